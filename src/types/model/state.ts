/** The state of one subscriber actor: plain and flat. proto/state.proto is its form at rest. */

import type { Fallback } from './channel.ts';
import type { ReachabilitySource } from './event.ts';
import type { HandedOver } from './handed-over.ts';
import { type Inbox, inboxDeadlineMs } from './inbox.ts';
import type { EffectId, MailThread, MissedCaller, Notice, Return } from './notice.ts';
import type { Profile } from './profile.ts';
import { lineDeadlineMs, type RuleState } from './rule-state.ts';
import type { FraudReport, OrderedReturn } from './self-care.ts';

/**
 * 'trying': a notice or a query is on its way. 'awaiting-return': away; the network tells, a deadline is the safety net.
 * 'handed-over': an SMSC has the notice; its receipt tells, a deadline is the safety net.
 * 'held': what is due is not to be told now, by a rule; a deadline ends that.
 */
export type DeliveryState = 'idle' | 'trying' | 'awaiting-return' | 'backing-off' | 'handed-over' | 'held';

export interface Watcher {
  readonly subscriber: string;
  readonly attemptedAtMs: number;
  /** Evidence that is younger is of a return. */
  readonly awaySinceMs: number;
}

/** A's last call of B in vain; `subscriber` is B. */
export interface LastAttempt extends Watcher {
  /** A7: B was not away, but on another call. */
  readonly busy?: true;
}

/** A return that A has been told of, or is about to be. */
export interface ReturnHeard {
  readonly subscriber: string;
  readonly returnedAtMs: number;
}

export interface SeenCall {
  readonly callKey: Uint8Array;
  readonly atMs: number;
}

/** What is left of what the subscriber has said (S1, S2, K3, F2). */
export interface SelfCareState {
  /** Effects whose text has not come back yet, oldest first. */
  readonly answersAwaited: readonly EffectId[];
  /** Answers that are to be sent, oldest first. */
  readonly texts: readonly string[];
  readonly ordered: readonly OrderedReturn[];
  readonly reports: readonly FraudReport[];
}

export const NOTHING_SAID: SelfCareState = { answersAwaited: [], texts: [], ordered: [], reports: [] };

/** What nobody has any use for takes no place in the record: undefined. */
export function changedSelfCare(
  selfCare: SelfCareState | undefined,
  change: Partial<SelfCareState>,
): SelfCareState | undefined {
  const next = { ...(selfCare ?? NOTHING_SAID), ...change };
  const { answersAwaited, texts, ordered, reports } = next;
  return answersAwaited.length + texts.length + ordered.length + reports.length === 0 ? undefined : next;
}

export interface SubscriberState {
  readonly number: string;
  /** Undefined: nobody has provisioned this number. */
  readonly profile: Profile | undefined;
  /** Sequence, in its partition, of the last event that changed this state; 0 before the first. */
  readonly sequence: number;

  /** What B is to be told, oldest first. */
  readonly missed: readonly MissedCaller[];
  readonly furtherCalls: number;
  /** What A is to be told. */
  readonly returns: readonly Return[];
  /** The last returns heard of: a call that failed before one of them is no reason for another notice (A6). */
  readonly returnsHeard: readonly ReturnHeard[];
  /** By callee, this subscriber's last call in vain, until its own answer: the answer to an older one tells this one (A6). */
  readonly lastAttempts: readonly LastAttempt[];
  /** Who is to be told when this subscriber is back. */
  readonly watchers: readonly Watcher[];
  /** Keys of the last calls: a repeated report is one call. */
  readonly seenCalls: readonly SeenCall[];

  /** Other subscribers of whom the HLR alerts us with this number; each until the next alert. */
  readonly alertsFor: readonly string[];

  /** Highest position heard of each source partition, at most 64: a tell that comes again is no news. */
  readonly tellsHeard: readonly EffectId[];

  readonly delivery: DeliveryState;
  /** The effect on its way while trying. */
  readonly trying: EffectId | undefined;
  /** The notice on its way, or the one that must go out again with the same octets. */
  readonly notice: Notice | undefined;
  readonly partsDelivered: number;
  /** Some of the notice may have arrived: it must not be composed anew. */
  readonly noticeFixed: boolean;
  /** What an SMSC has; while trying, what is to be replaced. */
  readonly handedOver: HandedOver | undefined;
  /** Failed attempts in a row. */
  readonly failures: number;
  /** Of these, the last ones that failed for passing reasons, not for absence. */
  readonly passingFailures: number;
  /** Notices composed so far. */
  readonly notices: number;
  /** Creation of the last notice; the next one's is a second later at least: TP-SCTS tells them apart. */
  readonly lastNoticeAtMs: number;

  /** Absences so far; each has one set of notices at its end. */
  readonly absences: number;
  readonly absent: boolean;
  /** When that was found; 0: it is not absent. */
  readonly absentSinceMs: number;
  /** The latest evidence of being there; 0 when there was none. */
  readonly reachableAtMs: number;
  /** What showed it; absent: nothing yet, or a version of the program that did not remember it. */
  readonly reachableBy?: ReachabilitySource;
  /**
   * Evidence that lay in the future when the last try was asked for, as the clock had been set back: it is of no return since,
   * or every try that fails would lead to the next one at once. 0: none.
   */
  readonly evidenceAheadAtMs: number;

  /** While awaiting the return: the HLR is to tell of it, having us on its list. */
  readonly onWaitingList: boolean;

  /** 0: none. */
  readonly deadlineAtMs: number;
  readonly deadlineGeneration: number;

  /** Undefined: no channel has failed what is to be told. */
  readonly fallback: Fallback | undefined;
  /** Undefined: of most. */
  readonly selfCare: SelfCareState | undefined;
  /** Absent: nothing that a new actor would not remember. */
  readonly rules?: RuleState;
  /** N6: what the relay has taken for the address of the profile; absent: nothing. */
  readonly mailThread?: MailThread;
  /** N8: what the subscriber’s app reads; absent: nothing. */
  readonly inbox?: Inbox;

  /** Fields that a later version stored: kept as they are. */
  readonly laterFields?: readonly Uint8Array[];
}

export function initialState(number: string): SubscriberState {
  return {
    number,
    profile: undefined,
    sequence: 0,
    missed: [],
    furtherCalls: 0,
    returns: [],
    returnsHeard: [],
    lastAttempts: [],
    watchers: [],
    seenCalls: [],
    alertsFor: [],
    tellsHeard: [],
    delivery: 'idle',
    trying: undefined,
    notice: undefined,
    partsDelivered: 0,
    noticeFixed: false,
    handedOver: undefined,
    failures: 0,
    passingFailures: 0,
    notices: 0,
    lastNoticeAtMs: 0,
    absences: 0,
    absent: false,
    absentSinceMs: 0,
    reachableAtMs: 0,
    evidenceAheadAtMs: 0,
    onWaitingList: false,
    deadlineAtMs: 0,
    deadlineGeneration: 0,
    fallback: undefined,
    selfCare: undefined,
  };
}

/** What an actor's timer is for: what it tells, the last moment of a wait for its line (A7), its inbox (N8). */
export type DeadlineOf = 'delivery' | 'line' | 'inbox';

/** Which one is next; undefined: none. */
export function nextDeadline(state: SubscriberState): { of: DeadlineOf; atMs: number } | undefined {
  const { deadlineAtMs, rules, inbox } = state;
  const lineAtMs = rules === undefined ? 0 : lineDeadlineMs(rules);
  const inboxAtMs = inbox === undefined ? 0 : inboxDeadlineMs(inbox);
  let next: { of: DeadlineOf; atMs: number } | undefined;
  if (deadlineAtMs !== 0) next = { of: 'delivery', atMs: deadlineAtMs };
  if (lineAtMs !== 0 && (next === undefined || lineAtMs < next.atMs)) next = { of: 'line', atMs: lineAtMs };
  if (inboxAtMs !== 0 && (next === undefined || inboxAtMs < next.atMs))
    next = { of: 'inbox', atMs: inboxAtMs };
  return next;
}

/** When the actor's timer is to fire next; 0: never. Every change of an actor asks. */
export function nextDeadlineMs(state: SubscriberState): number {
  const { deadlineAtMs, rules, inbox } = state;
  if (rules === undefined && inbox === undefined) return deadlineAtMs;
  return nextDeadline(state)?.atMs ?? 0;
}

/** Nothing in it that a new actor would not have, save its sequence: nobody has ordered anything, and nothing is under way. */
export function isBlank(state: SubscriberState): boolean {
  const { profile, delivery, notice, alertsFor, watchers, selfCare } = state;
  return (
    profile === undefined &&
    delivery === 'idle' &&
    notice === undefined &&
    alertsFor.length === 0 &&
    watchers.length === 0 &&
    selfCare === undefined
  );
}
