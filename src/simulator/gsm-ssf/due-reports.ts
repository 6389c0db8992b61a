import type { Later } from '../later.ts';
import { informationReport } from './call-information.ts';
import { ChargedCall, type ChargedParty, type ChargingHost } from './charging.ts';
import type { ControlledCall } from './controlled-call.ts';
import type { Leg, LegSegment } from './leg.ts';

/** ITU-T Q.850: normal, unspecified. */
const NORMAL_UNSPECIFIED = 31;

/** What the gsmSCF has asked to be told when a period or a leg is over: 3GPP TS 29.078 §11.2, §11.3, §11.6, §11.7. */
export class DueReports implements ChargingHost {
  readonly #call: ControlledCall;

  constructor(call: ControlledCall) {
    this.#call = call;
  }

  get later(): Later {
    return this.#call.later;
  }

  /** Any report is still owed. */
  get pending(): boolean {
    const { legs, segments } = this.#call;
    return (
      [...legs.values()].some(
        ({ charging, requested }) => charging?.isPending === true || requested !== undefined,
      ) || [...segments.values()].some(({ srfCharging }) => srfCharging?.isPending === true)
    );
  }

  charge(leg: Leg): ChargedCall {
    leg.charging ??= this.#charged({ leg: leg.id }, leg.bcsm.isActive);
    return leg.charging;
  }

  chargeResource(segment: LegSegment): ChargedCall {
    segment.srfCharging ??= this.#charged({ srfOf: segment.id }, segment.resource !== undefined);
    return segment.srfCharging;
  }

  #charged(party: ChargedParty, running: boolean): ChargedCall {
    const charged = new ChargedCall(this, party, this.#call.phase);
    if (running) charged.answered();
    return charged;
  }

  /** The connection between the parties of one state model is over: so is what is charged for it. */
  connectionOver(leg: Leg, cause: number): void {
    for (const other of this.#call.legs.values()) if (other.bcsm === leg.bcsm) this.#endCharging(other);
    this.legOver(leg, cause);
  }

  legOver(leg: Leg, cause: number): void {
    this.#endCharging(leg);
    if (leg.requested === undefined) return;
    const { requested, attemptAtMs, answeredAtMs } = leg;
    leg.requested = undefined;
    const { isControlled, dialogue, ports } = this.#call;
    if (!isControlled) return;
    const times = { attemptAtMs, answeredAtMs, endedAtMs: this.now(), cause };
    const offsetMs = ports.clock.now() - this.now();
    dialogue.invoke(
      'callInformationReport',
      informationReport(requested, leg.id, times, (ms) => ms + offsetMs),
    );
  }

  /** Nobody is to be told any more. */
  drop(): void {
    const { armed, legs, segments } = this.#call;
    armed.disarmAll();
    for (const leg of legs.values()) {
      leg.charging?.stop();
      leg.requested = undefined;
    }
    for (const segment of segments.values()) segment.srfCharging?.stop();
  }

  now(): number {
    return this.#call.now();
  }

  settle(): void {
    this.#call.settle();
  }

  reportCharging(result: Uint8Array): void {
    if (this.#call.isControlled) this.#call.dialogue.invoke('applyChargingReport', result);
  }

  warn(party: ChargedParty): void {
    this.#call.record.note(`warning tone ${'leg' in party ? `leg ${party.leg}` : 'resource'}`);
  }

  chargingExceeded(party: ChargedParty): void {
    const leg = 'leg' in party ? this.#call.legs.get(party.leg) : undefined;
    this.#call.record.note('charged period exceeded');
    if (leg === undefined) return this.settle();
    this.#call.onNetwork(leg, 'disconnect', { cause: NORMAL_UNSPECIFIED });
  }

  #endCharging(leg: Leg): void {
    leg.charging?.ended();
    leg.charging = undefined;
  }
}
