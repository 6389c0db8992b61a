/** The verdict on a run, as `callwake simulate --report json` prints it. */
import type { Fault } from './judge/verdicts.ts';

export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
}

export interface SimulationReport {
  readonly callsAttempted: number;
  /** By subscribed people, reported or not. */
  readonly callsMissed: number;
  /** Missed calls that phones have been told of as they should be. */
  readonly callsTold: number;
  /** Away and back. */
  readonly absences: number;
  /** Notices that reached a phone, resends in the same octets not counted. */
  readonly noticesDelivered: number;
  /** Those of them that say who is back. */
  readonly notifyMeDelivered: number;
  /** Notices that break a rule. */
  readonly rulesBroken: number;
  /** Notices without any fault but lateness. */
  readonly right: number;
  readonly lost: number;
  readonly doubled: number;
  readonly wrong: number;
  readonly late: number;
  /** The same notice again in the same octets. */
  readonly repeated: number;
  /** Missed calls that the engine did not take, or let go. */
  readonly unacknowledged: number;
  /** Of those: let go by the engine at the beginning. */
  readonly letGo: number;
  /** Of those: the engine never answered, so that it may not have been there at all. The others were in flight. */
  readonly unanswered: number;
  /** Notices of which only the numbers were judged: their language is not read here (`judge/figures-judge.ts`). */
  readonly byFigures: number;
  /** People of whom no notice was demanded: what they had ordered was not known here, or came another way. */
  readonly peopleUnbound: number;
  /** What a scenario expected and did not see. */
  readonly unexpected: number;
  /** Everything due was told before the bound. */
  readonly drained: boolean;
  /** From initialDP to the first answer. */
  readonly idpToAnswerMs: Percentiles;
  /** From a return, or memory that is free again, to the first notice on the phone. */
  readonly reachableToNoticeMs: Percentiles;
  readonly durationMs: number;
  /** The first few of each kind. */
  readonly faults: readonly Fault[];
}

/** Nothing lost, doubled or wrong, no rule broken, and a scenario saw what it expected. */
export function isClean(report: SimulationReport): boolean {
  return report.lost + report.doubled + report.wrong + report.unexpected + report.rulesBroken === 0;
}
