/** What the rules remember of one subscriber; proto/state.proto is its form at rest. */
import type { CalleeAway, FailureCause, MissedCaller, MissedReason } from './notice.ts';
import type { NotifyMe } from './profile.ts';

/** S5: a welcome is told once, when the first service opens. */
export type WelcomeState = 'none' | 'due' | 'told';

/** N15, K7: what concerns this number and happened until then is told no more. */
export interface Settled {
  readonly number: string;
  readonly untilMs: number;
}

/** A7: a caller who met a busy line, and is told when it is free, or at `untilMs`. */
export interface LineAwaited {
  readonly subscriber: string;
  readonly attemptedAtMs: number;
  /** A line that became free later is free. */
  readonly busySinceMs: number;
  readonly untilMs: number;
}

/** A service that was ordered, and opens with the subscriber's own yes. */
export interface OptIn {
  readonly missedCalls: boolean;
  readonly notifyMe: NotifyMe;
  readonly askedAtMs: number;
}

/** K4: a caller was told why a call failed; one that fails so again before long is of the same series. */
export interface FailureTold {
  readonly caller: string;
  readonly cause: FailureCause;
  readonly atMs: number;
}

/** R1: calls of this subscriber's own with the number withheld, which `subscriber` did not take. */
export interface WithheldCalls {
  readonly subscriber: string;
  /** Oldest first. */
  readonly attemptsAtMs: readonly number[];
  /** Of the last one. */
  readonly reason: MissedReason;
  /** When the question went out; 0: not yet. */
  readonly askedAtMs: number;
  /** When it was answered: the number may be shown; 0: it was not. */
  readonly shownAtMs: number;
}

export interface RuleState {
  /** N12: since when calls wait for the digest; 0: none does. */
  readonly waitingSinceMs: number;
  /** N14: notices of missed calls that arrived on `toldDay`, a day since 1970 in the subscriber's zone. */
  readonly toldDay: number;
  readonly toldOnDay: number;
  /** N9: what has been hinted at, and can be asked for until a day after `hintedAtMs`. */
  readonly hinted: readonly MissedCaller[];
  readonly hintedFurther: number;
  readonly hintedAtMs: number;
  /** N9: what has been asked for. */
  readonly asked: readonly MissedCaller[];
  readonly askedFurther: number;
  /** Of the notice on its way, or with an SMSC: told no more if it fails. */
  readonly settled: readonly Settled[];
  /** K4, K6: failed calls of this subscriber's own, to be told of. */
  readonly away: readonly CalleeAway[];
  /** K4, K6: callers who were told in the present absence. */
  readonly awayTold: readonly string[];
  /** K4: of other causes than an absence; oldest first. */
  readonly failuresTold: readonly FailureTold[];
  /** R1: one series for a called party; oldest first. */
  readonly withheldCalls: readonly WithheldCalls[];
  readonly welcome: WelcomeState;
  /** A7: oldest first. */
  readonly lineAwaited: readonly LineAwaited[];
  /** A7: when the line was last known to have become free; 0: never. */
  readonly lineFreeAtMs: number;
  /** Absent: nobody was asked, or the answer has come. */
  readonly optIn?: OptIn;
}

export const NO_RULE_STATE: RuleState = {
  waitingSinceMs: 0,
  toldDay: 0,
  toldOnDay: 0,
  hinted: [],
  hintedFurther: 0,
  hintedAtMs: 0,
  asked: [],
  askedFurther: 0,
  settled: [],
  away: [],
  awayTold: [],
  failuresTold: [],
  withheldCalls: [],
  welcome: 'none',
  lineAwaited: [],
  lineFreeAtMs: 0,
};

export function isSettled({ settled }: RuleState, number: string, atMs: number): boolean {
  return settled.some((one) => one.number === number && atMs <= one.untilMs);
}

/** When the first wait for the line ends at the latest; 0: nobody waits. */
export function lineDeadlineMs({ lineAwaited }: RuleState): number {
  let firstMs = 0;
  for (const { untilMs } of lineAwaited) if (firstMs === 0 || untilMs < firstMs) firstMs = untilMs;
  return firstMs;
}
