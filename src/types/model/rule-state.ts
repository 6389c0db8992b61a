/** What the rules remember of one subscriber; proto/state.proto is its form at rest. */
import type { CalleeAway, MissedCaller } from './notice.ts';
import type { NotifyMe } from './profile.ts';

/** S5: a welcome is told once, when the first service opens. */
export type WelcomeState = 'none' | 'due' | 'told';

/** A service that was ordered, and opens with the subscriber's own yes. */
export interface OptIn {
  readonly missedCalls: boolean;
  readonly notifyMe: NotifyMe;
  readonly askedAtMs: number;
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
  /** N15, K7: callers in the notice on its way whose calls are told no more if it fails. */
  readonly settled: readonly string[];
  /** K4, K6: failed calls of this subscriber's own, to be told of. */
  readonly away: readonly CalleeAway[];
  /** K4, K6: callers who were told in the present absence. */
  readonly awayTold: readonly string[];
  readonly welcome: WelcomeState;
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
  welcome: 'none',
};
