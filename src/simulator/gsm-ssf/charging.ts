/**
 * Charging of one leg or resource by applyCharging: 3GPP TS 29.078 §11.2, §11.3; TS 23.078 §4.5.7, procedures Handle_AC,
 * Handle_ACR, Complete_Charging_Record. Time runs from the answer; Tcp ends a period, Tsw switches the tariff.
 */

import { compile, type Infer } from '../../stack/asn1/index.ts';
import type { CallResult } from '../../stack/cap/types/charging.ts';
import { CamelCallResult, type TimeInformation } from '../../stack/cap/types/charging.ts';
import type { Later } from '../later.ts';
import { receivingSide } from './leg-id.ts';

const resultCodec = compile(CamelCallResult, { name: 'CamelCallResult' });
/** Periods and times are in tenths of a second, tariff intervals in seconds. */
const TENTH_MS = 100;
const SECOND_MS = 1000;
const WARNING_DEFAULT_SECONDS = 30;

export interface ChargingOrder {
  readonly maxCallPeriodDuration: number;
  readonly releaseIfDurationExceeded: boolean;
  readonly tariffSwitchInterval: number | undefined;
  /** Seconds before the end of the period that a warning is given; undefined: no warning. */
  readonly warningSeconds: number | undefined;
}

export interface ChargingHost {
  readonly later: Later;
  now(): number;
  /** A report is due. */
  reportCharging(result: Uint8Array): void;
  warn(party: ChargedParty): void;
  /** What is due is sent. */
  settle(): void;
  /** The period is over, and the party was to be released then. */
  chargingExceeded(party: ChargedParty): void;
}

/** A leg, or the resource of a call segment (phase 4). */
export type ChargedParty = { readonly leg: number } | { readonly srfOf: number };

export const warningSecondsOf = (
  audible:
    | { readonly tone: boolean }
    | { readonly burstList: { readonly warningPeriod?: number | undefined } }
    | undefined,
): number | undefined => {
  if (audible === undefined) return undefined;
  if ('tone' in audible) return audible.tone ? WARNING_DEFAULT_SECONDS : undefined;
  return audible.burstList.warningPeriod ?? WARNING_DEFAULT_SECONDS;
};

export class ChargedCall {
  readonly #host: ChargingHost;
  readonly party: ChargedParty;
  readonly #phase: number;
  #order: ChargingOrder | undefined;
  #answeredAtMs: number | undefined;
  /** The end of the last period: the next one runs from here, whenever it is ordered. */
  #periodFromMs = 0;
  #switchedAtMs: number | undefined;
  #switchInterval = 0;
  #tcp = 0;
  #tsw = 0;
  #warning = 0;

  constructor(host: ChargingHost, party: ChargedParty, phase: number) {
    this.#host = host;
    this.party = party;
    this.#phase = phase;
  }

  /** A report is owed. */
  get isPending(): boolean {
    return this.#order !== undefined;
  }

  /** False when an earlier order is still to be reported. */
  apply(order: ChargingOrder): boolean {
    if (this.#order !== undefined) return false;
    this.#order = order;
    if (order.tariffSwitchInterval !== undefined) {
      this.#host.later.cancel(this.#tsw);
      this.#tsw = this.#host.later.after(order.tariffSwitchInterval * SECOND_MS, () =>
        this.#onTariffSwitch(),
      );
    }
    if (this.#answeredAtMs !== undefined) this.#startPeriod(order);
    return true;
  }

  /** The charged time begins. */
  answered(): void {
    if (this.#answeredAtMs !== undefined) return;
    this.#answeredAtMs = this.#periodFromMs = this.#host.now();
    if (this.#order !== undefined) this.#startPeriod(this.#order);
  }

  /** The party is gone: the last report. */
  ended(): void {
    this.#report(false, false);
    this.stop();
  }

  /** Nobody wants to know any more. */
  stop(): void {
    for (const timer of [this.#tcp, this.#tsw, this.#warning]) this.#host.later.cancel(timer);
    this.#order = undefined;
  }

  #startPeriod(order: ChargingOrder): void {
    const { later } = this.#host;
    const restMs = Math.max(
      0,
      this.#periodFromMs + order.maxCallPeriodDuration * TENTH_MS - this.#host.now(),
    );
    this.#tcp = later.after(restMs, () => this.#onPeriodOver(order));
    const { warningSeconds } = order;
    if (warningSeconds === undefined || !order.releaseIfDurationExceeded) return;
    const warnMs = restMs - warningSeconds * SECOND_MS;
    if (warnMs > 0) this.#warning = later.after(warnMs, () => this.#host.warn(this.party));
  }

  #onPeriodOver(order: ChargingOrder): void {
    this.#periodFromMs = this.#host.now();
    const release = order.releaseIfDurationExceeded;
    this.#report(!release, release);
    if (release) this.#host.chargingExceeded(this.party);
    else this.#host.settle();
  }

  #onTariffSwitch(): void {
    const nowMs = this.#host.now();
    const fromMs = this.#switchedAtMs ?? this.#answeredAtMs;
    // Before the answer the tariff changes, but there is no time of the old one.
    if (this.#answeredAtMs !== undefined && fromMs !== undefined) {
      this.#switchInterval = tenths(nowMs - fromMs);
      this.#switchedAtMs = nowMs;
    }
  }

  #report(legActive: boolean, releasedAtExpiry: boolean): void {
    if (this.#order === undefined) return;
    this.#order = undefined;
    this.#host.later.cancel(this.#tcp);
    this.#host.later.cancel(this.#warning);
    const { party } = this;
    const leg = 'leg' in party ? party.leg : 1;
    // What phases 1 to 3 do not have is left out.
    const phase4 =
      this.#phase < 4
        ? {}
        : {
            aChChargingAddress:
              'leg' in party ? { legID: receivingSide(party.leg) } : { srfConnection: party.srfOf },
          };
    const result: Infer<typeof CamelCallResult> = {
      timeDurationChargingResult: {
        partyToCharge: receivingSide(leg),
        timeInformation: this.#timeInformation(),
        legActive,
        ...(releasedAtExpiry ? { callLegReleasedAtTcpExpiry: null } : {}),
        ...phase4,
      },
    };
    this.#host.reportCharging(resultCodec.encode(result));
  }

  #timeInformation(): TimeInformation {
    const nowMs = this.#host.now();
    if (this.#switchedAtMs !== undefined) {
      return {
        timeIfTariffSwitch: {
          timeSinceTariffSwitch: tenths(nowMs - this.#switchedAtMs),
          ...(this.#switchInterval > 0 ? { tariffSwitchInterval: this.#switchInterval } : {}),
        },
      };
    }
    return {
      timeIfNoTariffSwitch: this.#answeredAtMs === undefined ? 0 : tenths(nowMs - this.#answeredAtMs),
    };
  }
}

function tenths(ms: number): number {
  return Math.min(864_000, Math.round(ms / TENTH_MS));
}

/** What applyChargingReport carries. */
export function readCallResult(octets: CallResult): Infer<typeof CamelCallResult> | undefined {
  const result = resultCodec.decode(octets);
  return result.ok ? result.value : undefined;
}
