/**
 * The subscriber actor: `reduce` takes a fact and returns the new state and what is to be done. Total and pure: time, ids
 * and random choices are in the event, so that a fold of the journal gives the same state anywhere.
 */
import type { EffectKind } from '../types/model/effect.ts';
import type {
  AdminCommand,
  CallMissed,
  NoticeOutcome,
  ReachabilityOutcome,
  SubscriberEvent,
} from '../types/model/event.ts';
import { sameEffect } from '../types/model/notice.ts';
import { sameProfile } from '../types/model/profile.ts';
import { initialState, isBlank, type SubscriberState } from '../types/model/state.ts';
import { Draft, type Overflow } from './draft.ts';
import { forgetNumber } from './forget.ts';
import { addLine } from './missed-list.ts';
import type { SubscriberPolicy } from './policy.ts';
import { becameAbsent, becameReachable, seen } from './presence.ts';
import { alerted, expectAlert } from './stored-number.ts';
import { told } from './told.ts';

/** ITU-T Q.850 §2.2.5: no user responding (to paging), subscriber absent. */
const lookedForInVain: ReadonlySet<number> = new Set([18, 20]);

export interface Reduction {
  /** The same object as before when nothing changed. */
  readonly state: SubscriberState;
  /** An effect's index in this list is the index of its id. */
  readonly effects: readonly EffectKind[];
  /** Entries that a full list had no room for, to be counted. */
  readonly overflows: readonly Overflow[];
}

/**
 * @param state the actor before the event; `initialState` for a number never heard of
 * @param partition the partition that owns the number
 * @param sequence of this event in that partition
 */
export function reduce(
  state: SubscriberState,
  event: SubscriberEvent,
  partition: number,
  sequence: number,
  policy: SubscriberPolicy,
): Reduction {
  const draft = new Draft(state, partition, sequence, event.atMs, policy);
  const { what } = event;
  switch (what.kind) {
    case 'call-missed':
      callMissed(draft, what, event.atMs);
      break;
    case 'subscriber-reachable':
      if (what.answerToken !== undefined) {
        draft.emit({ kind: 'answer-alert', answerToken: what.answerToken });
      }
      draft.noticesWaitMs = what.noticesWaitMs ?? 0;
      if (what.source === 'alert') alerted(draft, event.atMs);
      becameReachable(draft, event.atMs);
      break;
    case 'call-answered':
      becameReachable(draft, event.atMs);
      break;
    case 'subscriber-unreachable':
      becameAbsent(draft);
      break;
    case 'notice-outcome':
      noticeOutcome(draft, what);
      break;
    case 'reachability-outcome':
      if (isAwaited(draft, what)) attemptEnded(draft, what);
      break;
    case 'timer-fired':
      if (what.generation === draft.next.deadlineGeneration && draft.next.deadlineAtMs !== 0) {
        draft.set({ deadlineAtMs: 0 });
        draft.step('deadline');
      }
      break;
    case 'admin-command':
      adminCommand(draft, what);
      break;
    case 'told':
      told(draft, what);
      break;
    default:
      return what satisfies never;
  }
  const { effects, overflows } = draft;
  if (!draft.changed) return { state, effects, overflows };
  // What is left of a subscriber who is gone is no part of one who comes back: a record need not be kept for it.
  if (isBlank(draft.next)) {
    return { state: { ...initialState(draft.next.number), sequence }, effects, overflows };
  }
  draft.next.sequence = sequence;
  return { state: draft.next, effects, overflows };
}

/** C1, N1, N2, R1 "suppress" and the start of K1. */
function callMissed(draft: Draft, call: CallMissed, atMs: number): void {
  const { next, policy } = draft;
  if (call.answerToken !== 0) {
    draft.emit({ kind: 'answer-call', answerToken: call.answerToken, answer: { kind: 'continue' } });
  }
  if (next.profile?.missedCalls !== true) return;
  if (next.seenCalls.some((known) => sameOctets(known.callKey, call.callKey))) return;
  draft.set({ seenCalls: [...next.seenCalls, { callKey: call.callKey, atMs }].slice(-policy.seenCallsMax) });

  const tellable = call.caller !== '' && call.caller !== next.number;
  if (call.reason === 'not-reachable') {
    // The network looked for the phone from the attempt on; of one that was there, at first, only the failure tells.
    const awaySinceMs = lookedForInVain.has(call.cause) ? call.attemptedAtMs : atMs;
    if (draft.reachableAtMs <= awaySinceMs) becameAbsent(draft);
    if (tellable) {
      draft.emit({
        kind: 'tell-subscriber',
        subscriber: call.caller,
        from: next.number,
        what: { kind: 'callee-unreachable', attemptedAtMs: call.attemptedAtMs, awaySinceMs },
      });
    }
  }
  if (tellable && call.presentation === 'allowed') {
    const list = addLine(
      { callers: next.missed, furtherCalls: next.furtherCalls },
      { caller: call.caller, calls: 1, lastAtMs: call.attemptedAtMs, reason: call.reason },
      policy.callersMax,
    );
    if (list.furtherCalls > next.furtherCalls) draft.overflows.push('callers');
    draft.set({ missed: list.callers, furtherCalls: list.furtherCalls });
  }
  // A busy line and a ringing phone are signs of life.
  if (call.reason === 'busy' || call.reason === 'no-answer') becameReachable(draft, atMs);
  draft.step('became-due');
}

function isAwaited(draft: Draft, { effect }: NoticeOutcome | ReachabilityOutcome): boolean {
  const { delivery, trying } = draft.next;
  return delivery === 'trying' && trying !== undefined && sameEffect(trying, effect);
}

function noticeOutcome(draft: Draft, outcome: NoticeOutcome): void {
  if (!isAwaited(draft, outcome)) return;
  // A notice that was taken back while it was on its way leaves no trace.
  if (draft.next.notice !== undefined) {
    const partsDelivered = Math.max(draft.next.partsDelivered, outcome.partsDelivered);
    const noticeFixed = draft.next.noticeFixed || outcome.uncertain || partsDelivered > 0;
    draft.set({ partsDelivered, noticeFixed });
  }
  attemptEnded(draft, outcome);
}

/**
 * The handset was there at some time between the start of the try and its answer: as evidence it counts from the start,
 * so that a call that failed in between is still watched.
 */
function attemptEnded(draft: Draft, outcome: NoticeOutcome | ReachabilityOutcome): void {
  const { result, startedAtMs, onWaitingList } = outcome;
  if (result === 'delivered') seen(draft, startedAtMs);
  else if (result === 'absent' && draft.reachableAtMs <= startedAtMs) becameAbsent(draft);
  if (onWaitingList) expectAlert(draft, outcome.storedAs);
  draft.step(result, { startedAtMs, onWaitingList, ofNotice: outcome.kind === 'notice-outcome' });
  // What was due may have been taken back meanwhile: then nothing is waited for.
  draft.step('withdrawn');
}

function adminCommand(draft: Draft, { command, answerToken }: AdminCommand): void {
  if (answerToken !== 0) draft.emit({ kind: 'answer-command', answerToken });
  switch (command.kind) {
    case 'set-profile':
      // What is ordered once more changes nothing, so that a list of subscribers can be taken in again.
      if (draft.next.profile !== undefined && sameProfile(draft.next.profile, command.profile)) return;
      draft.set({ profile: command.profile });
      if (!command.profile.missedCalls) {
        draft.set({ missed: [], furtherCalls: 0, watchers: [] });
        if (draft.next.notice?.content.kind === 'missed-calls') draft.dropNotice();
      }
      if (command.profile.notifyMe === 'off') {
        draft.set({ returns: [] });
        if (draft.next.notice?.content.kind === 'returns') draft.dropNotice();
      }
      break;
    case 'remove':
      draft.set({
        profile: undefined,
        missed: [],
        furtherCalls: 0,
        returns: [],
        watchers: [],
        seenCalls: [],
      });
      draft.dropNotice();
      break;
    case 'forget-number':
      forgetNumber(draft, command.number);
      break;
    default:
      command satisfies never;
  }
  draft.step('withdrawn');
}

function sameOctets(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
