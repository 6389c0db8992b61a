/**
 * An ISUP node (ITU-T Q.763, Q.764): call processing and circuit supervision put together between the MTP3 service below and
 * the user, who has the calls, above. Everything that it keeps is bounded by the circuits that are configured.
 */
import assert from 'node:assert/strict';
import type { TimerListener } from '../../types/timers.ts';
import type { MtpStatusCause, MtpTransfer, MtpUser } from '../m3ua/mtp.ts';
import { CallProcessing } from './call-processing.ts';
import type { Cause } from './cause.ts';
import type { Circuit } from './circuit.ts';
import { CircuitSupervision } from './circuit-supervision.ts';
import { configurationProblems } from './configuration.ts';
import { Core, ISUP_SERVICE_INDICATOR, type IsupOptions } from './core.ts';
import { Destinations } from './destinations.ts';
import { type BlockingType, GroupSupervision } from './group-supervision.ts';
import { decodeMessage, type IsupMessage } from './message.ts';
import { messages, opaqueMessages } from './messages.ts';
import type { CircuitState } from './range-and-status.ts';
import type { SetupRequest, SetupResult } from './service.ts';
import { TIMER_NAMES } from './timers.ts';
import { judgeMessage, judgeParameters, UNRECOGNIZED_CAUSE, type Verdict } from './unrecognized.ts';

export interface IsupSnapshot {
  readonly pointCode: number;
  readonly circuits: number;
  readonly incoming: number;
  readonly outgoing: number;
  readonly blocked: number;
  readonly resetting: number;
  readonly unequipped: number;
  readonly groupRequests: number;
}

export class Isup implements MtpUser, TimerListener {
  readonly #core: Core;
  readonly #supervision: CircuitSupervision;
  readonly #calls: CallProcessing;
  readonly #groups: GroupSupervision;
  readonly #destinations: Destinations;

  constructor(options: IsupOptions) {
    const problems = configurationProblems(options.config);
    assert(problems.length === 0, `ISUP: ${problems.join('; ')}`);
    this.#core = new Core(options);
    this.#core.listener = this;
    this.#supervision = new CircuitSupervision(this.#core);
    this.#calls = new CallProcessing(this.#core, this.#supervision);
    this.#supervision.calls = this.#calls;
    this.#groups = new GroupSupervision(this.#core, this.#supervision, this.#calls);
    this.#destinations = new Destinations(this.#core);
    options.mtp.bind(ISUP_SERVICE_INDICATOR, this);
  }

  // From the user.

  /** SETUP.req. */
  setup(request: SetupRequest): SetupResult {
    const circuits = this.#core.circuits.inGroup(request.group);
    const pointCode = circuits?.[0]?.pointCode;
    if (pointCode === undefined) return { ok: false, refusal: 'unknown-group' };
    const admitted = this.#destinations.admits(pointCode);
    const result: SetupResult =
      admitted === 'admitted' ? this.#calls.setup(request) : { ok: false, refusal: admitted };
    if (!result.ok) this.#core.count(`isup.refused.${result.refusal}`);
    return result;
  }

  /** Takes circuits out of service, or puts them back: with BLO and UBL one by one, with CGB and CGU as a group. */
  block(group: string, cics: readonly number[], type: BlockingType = 'maintenance'): number {
    const circuits = this.#select(group, cics);
    if (type === 'hardware' || circuits.length > 1) return this.#groups.block(circuits, type, false);
    return circuits.filter((circuit) => this.#supervision.blockingSending(circuit, 'BLOCK.req')).length;
  }

  unblock(group: string, cics: readonly number[], type: BlockingType = 'maintenance'): number {
    const circuits = this.#select(group, cics);
    if (type === 'hardware' || circuits.length > 1) return this.#groups.block(circuits, type, true);
    return circuits.filter((circuit) => this.#supervision.blockingSending(circuit, 'UNBLOCK.req')).length;
  }

  /**
   * Resets circuits at both ends (ITU-T Q.764 §2.9.3): after a start of this exchange all of them, since it does not know any
   * more what was on them. Without codes: the whole group.
   */
  reset(group: string, cics?: readonly number[]): number {
    return this.#groups.reset(this.#select(group, cics));
  }

  /** What came of a continuity check that was asked for with the event `recheck`. */
  continuity(group: string, cic: number, successful: boolean): boolean {
    const [circuit] = this.#select(group, [cic]);
    return circuit !== undefined && this.#calls.recheck(circuit, successful);
  }

  /** The states of a group's circuits as this end has them. */
  states(group: string): readonly CircuitState[] {
    return this.#select(group).map(({ state }) => state);
  }

  /** Asks the other end for the states of circuits (ITU-T Q.764 §2.8.3). */
  query(group: string, cics?: readonly number[]): number {
    return this.#groups.query(this.#select(group, cics));
  }

  snapshot(): IsupSnapshot {
    const { all } = this.#core.circuits;
    const count = (holds: (circuit: Circuit) => boolean) => all.filter(holds).length;
    return {
      pointCode: this.#core.config.pointCode,
      circuits: all.length,
      incoming: count(({ incoming }) => incoming !== 'idle'),
      outgoing: count(({ outgoing }) => outgoing !== 'idle'),
      blocked: count(
        (circuit) =>
          circuit.isBlockedHere ||
          circuit.blockingReception !== 'idle' ||
          circuit.hardwareReception !== 'idle',
      ),
      resetting: count(({ reset, groupReset }) => reset !== 'idle' || groupReset),
      unequipped: count(({ unequipped }) => unequipped),
      groupRequests: this.#groups.underWay,
    };
  }

  // From MTP.

  onTransfer(transfer: MtpTransfer): void {
    const { opc } = transfer;
    if (!this.#core.circuits.pointCodes.has(opc)) return this.#core.count('isup.point-code-unknown');
    // What a message says is kept longer than the indication lasts.
    const decoded = decodeMessage(transfer.data.slice());
    if (!decoded.ok) return this.#core.count(`isup.undecodable.${decoded.code}`);
    const message = decoded.value;
    this.#core.count(`isup.received.${message.kind}`);
    this.#destinations.onMessage(opc);
    // Of the user part as a whole, not of the circuit that stands in it.
    if (message.kind === 'UPT') {
      this.#core.send({ pointCode: opc, cic: message.cic }, 'UPA', {});
      return;
    }
    if (message.kind === 'UPA') return;
    const circuit = this.#core.circuits.at(opc, message.cic);
    if (circuit === undefined) this.#unequipped(opc, message);
    else this.#onMessage(circuit, message);
  }

  onPause(pointCode: number): void {
    this.#destinations.onPause(pointCode);
  }

  onResume(pointCode: number): void {
    this.#destinations.onResume(pointCode);
  }

  onStatus(pointCode: number, cause: MtpStatusCause): void {
    this.#destinations.onStatus(pointCode, cause);
  }

  /** A timer of a circuit. */
  onTimer(kind: number, key: number): void {
    const circuit = this.#core.circuits.all[key]!;
    const name = TIMER_NAMES[kind]!;
    circuit.timers.delete(name);
    if (!this.#supervision.onTimer(circuit, name)) this.#calls.onTimer(circuit, name);
  }

  /** UCIC for a circuit that is not here (ITU-T Q.764 §2.12); never for a UCIC. */
  #unequipped(pointCode: number, { cic, kind }: IsupMessage): void {
    this.#core.count('isup.unequipped-circuit');
    if (kind !== 'UCIC' && kind !== 'CFN') this.#core.send({ pointCode, cic }, 'UCIC', {});
  }

  #onMessage(circuit: Circuit, message: IsupMessage): void {
    if (message.kind === 'opaque' && !opaqueMessages.has(message.type))
      return this.#unrecognized(circuit, judgeMessage(message.type, message.body));
    const verdict = judgeParameters(message);
    if (message.kind === 'REL' || message.kind === 'RLC' || message.kind === 'CFN') {
      // A release is never refused, and these are not answered with a confusion message (ITU-T Q.764 §2.9.5.2).
      const tells = message.kind === 'REL' && verdict.cause !== undefined;
      return this.#handle(circuit, message, tells ? this.#causeOf(verdict) : undefined);
    }
    if (verdict.action === 'release' && message.kind === 'IAM' && circuit.isIdle) {
      this.#core.count('isup.unrecognized.release');
      return this.#calls.refuse(circuit, message, this.#causeOf(verdict));
    }
    if (verdict.action !== 'proceed') return this.#unrecognized(circuit, verdict);
    if (verdict.cause !== undefined) this.#confusion(circuit, verdict);
    this.#handle(circuit, message);
  }

  #handle(circuit: Circuit, message: IsupMessage, notification?: Cause): void {
    switch (message.kind) {
      case 'BLO':
      case 'UBL':
        return this.#supervision.blockingReception(circuit, message.kind, 'maintenance');
      case 'BLA':
      case 'UBA':
        if (!this.#supervision.blockingSending(circuit, message.kind))
          this.#core.count('isup.unexpected-message');
        return;
      case 'RSC':
        return this.#supervision.onReset(circuit);
      case 'CGB':
      case 'CGU':
      case 'CGBA':
      case 'CGUA':
      case 'GRS':
      case 'GRA':
      case 'CQM':
      case 'CQR':
        return this.#groups.onMessage(circuit, message);
      case 'UCIC':
        this.#groups.onUnequipped(circuit);
        return this.#supervision.onUnequipped(circuit);
      case 'CFN':
        // Maintenance may look at it; nothing else is done (ITU-T Q.764 §2.9.5.2).
        return;
      case 'CRA':
      case 'CRM':
      case 'LPA':
        return this.#unrecognized(circuit, judgeMessage(messages[message.kind].type, new Uint8Array()));
      default:
    }
    if (message.kind === 'RLC' && this.#supervision.onReleaseComplete(circuit)) return;
    // Nothing is heard of calls while the circuit is being reset (ITU-T Q.764 §2.9.3).
    if (circuit.reset !== 'idle' || circuit.groupReset) return this.#core.count('isup.dropped-in-reset');
    this.#calls.onMessage(circuit, message, notification);
  }

  #unrecognized(circuit: Circuit, verdict: Verdict): void {
    this.#core.count(`isup.unrecognized.${verdict.action}`);
    if (verdict.action === 'release' && this.#calls.releaseFor(circuit, this.#causeOf(verdict))) return;
    if (verdict.cause !== undefined) this.#confusion(circuit, verdict);
  }

  #confusion(circuit: Circuit, verdict: Verdict): void {
    this.#core.send(circuit, 'CFN', { causeIndicators: this.#causeOf(verdict) });
  }

  #causeOf({ cause, diagnostics }: Verdict): Cause {
    return this.#core.cause(cause ?? UNRECOGNIZED_CAUSE.messageNotImplemented, Uint8Array.from(diagnostics));
  }

  #select(group: string, cics?: readonly number[]): readonly Circuit[] {
    const circuits = this.#core.circuits.inGroup(group) ?? [];
    if (cics === undefined) return circuits;
    const wanted = new Set(cics);
    return circuits.filter(({ cic }) => wanted.has(cic));
  }
}
