/**
 * The subscriber actor: `reduce` takes a fact and returns the new state and what is to be done. Total and pure: time, ids
 * and random choices are in the event, so that a fold of the journal gives the same state anywhere.
 */
import { verdictOn } from '../rules/capture.ts';
import { precedenceTable } from '../rules/returns.ts';
import type { AnswerCall, EffectKind } from '../types/model/effect.ts';
import type {
  AdminCommand,
  CallAnswered,
  CallMissed,
  NoticeOutcome,
  ReachabilityOutcome,
  ReachabilitySource,
  SubscriberEvent,
} from '../types/model/event.ts';
import type { HandedOverTo } from '../types/model/handed-over.ts';
import { EMPTY_INBOX } from '../types/model/inbox.ts';
import { sameEffect } from '../types/model/notice.ts';
import { NO_RULE_STATE } from '../types/model/rule-state.ts';
import type { Ruling } from '../types/model/ruling.ts';
import { initialState, isBlank, nextDeadline, type SubscriberState } from '../types/model/state.ts';
import { utc } from '../types/zone-span.ts';
import { arrived } from './arrived.ts';
import { failureSeriesOver, tellCallerOfAbsence, tellCallerOfFailure } from './callee-away.ts';
import { forgetEndpoints } from './channels.ts';
import { type Attempt, step } from './delivery.ts';
import { Draft, type Notable } from './draft.ts';
import { closeEMail, mailed } from './e-mail.ts';
import { forgetNumber } from './forget.ts';
import { cancel, cancelHandedOver, cancelUnwanted } from './hand-over.ts';
import { inboxDeadline, openInbox, place } from './inbox.ts';
import { lineBecameFree, lineDeadline, lineWentAway } from './line.ts';
import { addLine } from './missed-list.ts';
import { provision } from './opt-in.ts';
import { listAsked, noteNotTold } from './orders.ts';
import type { SubscriberPolicy } from './policy.ts';
import { becameAbsent, becameReachable, seen, wasInContact } from './presence.ts';
import { receiptCame, settleHandedOver } from './receipt.ts';
import { answerWritten, selfCare } from './self-care.ts';
import { settle } from './settled.ts';
import { askToShow } from './show-number.ts';
import { alerted, expectAlert } from './stored-number.ts';
import { told } from './told.ts';

/** ITU-T Q.850 §2.2.5: no user responding (to paging), subscriber absent. */
const lookedForInVain: ReadonlySet<number> = new Set([18, 20]);

export interface Reduction {
  /** The same object as before when nothing changed. */
  readonly state: SubscriberState;
  /** An effect's index in this list is the index of its id. */
  readonly effects: readonly EffectKind[];
  /** To be counted. */
  readonly notables: readonly Notable[];
  /** What the rules kept from being told: to be counted, and kept in the journal (N16). */
  readonly ruled: readonly Ruling[];
  /** What ended an absence (A6), to be counted. */
  readonly returnedBy?: ReachabilitySource | undefined;
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
  const draft = new Draft(state, partition, sequence, event.atMs, policy, event.zone ?? utc);
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
      if (what.source === 'line') lineBecameFree(draft, event.atMs);
      if (what.ageMs === undefined) becameReachable(draft, event.atMs, what.source);
      else wasInContact(draft, event.atMs - what.ageMs, what.source);
      break;
    case 'call-obstructed':
      tellCallerOfFailure(draft, { ...what, reason: 'network' });
      break;
    case 'call-answered':
      callAnswered(draft, what, event.atMs);
      break;
    case 'subscriber-unreachable':
      becameAbsent(draft);
      break;
    case 'notice-outcome':
      noticeOutcome(draft, what);
      break;
    case 'receipt-came':
      receiptCame(draft, what, event.atMs);
      break;
    case 'reachability-outcome':
      if (isAwaited(draft, what)) attemptEnded(draft, what);
      break;
    case 'timer-fired':
      if (what.generation === draft.next.deadlineGeneration) timerFired(draft);
      break;
    case 'admin-command':
      adminCommand(draft, what);
      break;
    case 'told':
      told(draft, what);
      break;
    case 'list-asked':
      if (what.answerToken !== 0) draft.emit({ kind: 'answer-command', answerToken: what.answerToken });
      listAsked(draft);
      break;
    case 'self-care':
      selfCare(draft, what);
      break;
    case 'answer-written':
      answerWritten(draft, what);
      break;
    default:
      return what satisfies never;
  }
  const { effects, notables, ruled, returnedBy } = draft;
  if (!draft.changed) return { state, effects, notables, ruled };
  // What is left of a subscriber who is gone is no part of one who comes back: a record need not be kept for it.
  if (isBlank(draft.next)) {
    const blank = { ...initialState(draft.next.number), sequence };
    return { state: blank, effects, notables, ruled, returnedBy };
  }
  draft.next.sequence = sequence;
  return { state: draft.next, effects, notables, ruled, returnedBy };
}

/** Whichever deadline comes first. */
function timerFired(draft: Draft): void {
  switch (nextDeadline(draft.next)?.of) {
    case 'line':
      return lineDeadline(draft);
    case 'inbox':
      return inboxDeadline(draft);
    case 'delivery':
      draft.set({ deadlineAtMs: 0 });
      return step(draft, 'deadline');
    case undefined:
  }
}

/** C1, N1, N2, and the start of K1, by the rules at capture (`src/rules/capture.ts`). */
function callMissed(draft: Draft, call: CallMissed, atMs: number): void {
  const { next, policy } = draft;
  if (call.answerToken !== 0) {
    draft.emit({ kind: 'answer-call', answerToken: call.answerToken, answer: answerTo(draft, call) });
  }
  if (next.profile?.missedCalls !== true) return othersCallMissed(draft, call, atMs);
  if (next.seenCalls.some((known) => sameOctets(known.callKey, call.callKey))) return;
  draft.set({ seenCalls: [...next.seenCalls, { callKey: call.callKey, atMs }].slice(-policy.seenCallsMax) });

  const { rules } = draft;
  const verdict = verdictOn(call, rules, policy.callers, next.number);
  const tellsCalled = verdict === 'told' || verdict === 'counted';
  const knowsCaller = isOfAnother(draft, call);
  if (call.reason === 'not-reachable') {
    const awaySinceMs = awaySince(call, atMs);
    if (draft.reachableAtMs <= awaySinceMs) becameAbsent(draft);
    lineWentAway(draft);
    // Where the called party's service goes first, the caller's is left (K7).
    const tellsCaller = !tellsCalled || precedenceTable[rules.precedence].tellsCaller;
    if (knowsCaller && tellsCaller) {
      tellCallerUnreachable(draft, call, awaySinceMs);
    } else if (knowsCaller) draft.noteRule('precedence', { of: call.caller });
    if (knowsCaller) tellCallerOfAbsence(draft, call);
  } else if (call.reason === 'busy' && rules.lineFree && knowsCaller) {
    if (tellsCalled && !precedenceTable[rules.precedence].tellsCaller)
      draft.noteRule('precedence', { of: call.caller });
    else
      draft.emit({
        kind: 'tell-subscriber',
        subscriber: call.caller,
        from: next.number,
        what: {
          kind: 'callee-unreachable',
          attemptedAtMs: call.attemptedAtMs,
          awaySinceMs: atMs,
          busy: true,
        },
      });
  }
  if (call.reason !== 'not-reachable') tellCallerOfFailure(draft, call);
  const asksCaller = verdict === 'counted' && rules.withheld === 'ask';
  if (asksCaller && knowsCaller) askToShow(draft, call);
  if (tellsCalled) {
    const list = addLine(
      { callers: next.missed, furtherCalls: next.furtherCalls },
      {
        caller: verdict === 'told' ? call.caller : '',
        calls: 1,
        lastAtMs: call.attemptedAtMs,
        reason: call.reason,
        ...(asksCaller ? { firstAtMs: call.attemptedAtMs } : {}),
      },
      policy.callersMax,
    );
    if (list.furtherCalls > next.furtherCalls) draft.note('callers');
    draft.set({ missed: list.callers, furtherCalls: list.furtherCalls });
    if (rules.digestMinute !== undefined && draft.remembered.waitingSinceMs === 0)
      draft.remember({ waitingSinceMs: atMs });
  } else draft.noteRule(verdict, { of: call.caller });
  // A busy line and a ringing phone are signs of life.
  if (call.reason === 'busy' || call.reason === 'no-answer') becameReachable(draft, atMs, 'call');
  // A7: a phone that rings is on no other call.
  if (call.reason === 'no-answer') lineBecameFree(draft, atMs);
  step(draft, 'became-due');
}

/** C9: what is told of a call to somebody abroad need not be forwarded, too; what is not told goes where it would without us. */
function answerTo({ next, rules, policy }: Draft, call: CallMissed): AnswerCall['answer'] {
  if (call.abroad !== true || next.profile?.missedCalls !== true) return { kind: 'continue' };
  const verdict = verdictOn(call, rules, policy.callers, next.number);
  const isTold = verdict === 'told' || verdict === 'counted';
  return isTold ? { kind: 'release', cause: call.cause } : { kind: 'continue' };
}

/** The network looked for the phone from the attempt on; of one that was there, at first, only the failure tells. */
function awaySince({ cause, attemptedAtMs }: CallMissed, atMs: number): number {
  return lookedForInVain.has(cause) ? attemptedAtMs : atMs;
}

function isOfAnother({ next }: Draft, { caller }: CallMissed): boolean {
  return caller !== '' && caller !== next.number;
}

function tellCallerUnreachable(
  draft: Draft,
  { caller, attemptedAtMs }: CallMissed,
  awaySinceMs: number,
): void {
  draft.emit({
    kind: 'tell-subscriber',
    subscriber: caller,
    from: draft.next.number,
    what: { kind: 'callee-unreachable', attemptedAtMs, awaySinceMs },
  });
}

/** K2: of who is not told of calls only the caller may be, of the return. */
function othersCallMissed(draft: Draft, call: CallMissed, atMs: number): void {
  draft.noteRule('no-service', { of: call.caller });
  if (!draft.policy.watchesStrangers) return;
  if (call.reason === 'not-reachable' && isOfAnother(draft, call))
    tellCallerUnreachable(draft, call, awaySince(call, atMs));
  else if (call.reason === 'busy' || call.reason === 'no-answer') becameReachable(draft, atMs, 'call');
}

/** N15: those who have spoken are told no more of calls before; and B is there. */
function callAnswered(draft: Draft, { caller }: CallAnswered, atMs: number): void {
  const { next, rules } = draft;
  if (next.profile !== undefined && caller !== next.number) {
    settle(draft, caller, atMs);
    failureSeriesOver(draft, caller);
    step(draft, 'withdrawn');
    if (rules.spokenBothWays && caller !== '')
      draft.emit({
        kind: 'tell-subscriber',
        subscriber: caller,
        from: next.number,
        what: { kind: 'spoken', atMs },
      });
  }
  becameReachable(draft, atMs, 'call');
}

function isAwaited(draft: Draft, { effect }: NoticeOutcome | ReachabilityOutcome): boolean {
  const { delivery, trying } = draft.next;
  return delivery === 'trying' && trying !== undefined && sameEffect(trying, effect);
}

function noticeOutcome(draft: Draft, outcome: NoticeOutcome): void {
  if (outcome.gone !== undefined) forgetEndpoints(draft, outcome.gone);
  if (!isAwaited(draft, outcome)) return;
  const { notice } = draft.next;
  // A notice that was taken back while it was on its way leaves no trace.
  if (notice === undefined) return attemptEnded(draft, outcome);
  const partsDelivered = Math.max(draft.next.partsDelivered, outcome.partsDelivered);
  // Another channel has refused it for good, and so has never taken it.
  const isRefused = notice.way !== undefined && outcome.result === 'permanent';
  const noticeFixed = !isRefused && (draft.next.noticeFixed || outcome.uncertain || partsDelivered > 0);
  draft.set({ partsDelivered, noticeFixed });
  if (outcome.result === 'delivered') {
    arrived(draft, notice);
    mailed(draft, notice);
    place(draft, notice);
  }
  attemptEnded(draft, outcome);
}

/** N13, N6, N8: what became of it says nothing of this subscriber's handset. No alert of the other number's return comes here: it is tried again. */
function endedElsewhere(draft: Draft, outcome: NoticeOutcome, handedOver: HandedOverTo | undefined): void {
  const { result, startedAtMs } = outcome;
  const isAway = result === 'absent' || result === 'memory-full';
  const attempt = {
    startedAtMs,
    onWaitingList: false,
    ofNotice: true,
    delivered: result === 'delivered',
    handedOver,
  };
  ended(draft, isAway ? { ...outcome, result: 'temporary' } : outcome, attempt);
}

/**
 * The handset was there at some time between the start of the try and its answer: as evidence it counts from the start,
 * so that a call that failed in between is still watched.
 */
function attemptEnded(draft: Draft, outcome: NoticeOutcome | ReachabilityOutcome): void {
  const { result, startedAtMs, onWaitingList } = outcome;
  const ofNotice = outcome.kind === 'notice-outcome';
  if (ofNotice && outcome.supersededGone === true && result !== 'accepted')
    draft.set({ handedOver: undefined });
  const handedOver = ofNotice ? outcome.handedOver : undefined;
  if (handedOver !== undefined && draft.next.notice === undefined)
    return takenBackMeanwhile(draft, handedOver);
  const recipient = draft.next.notice?.recipient ?? draft.next.number;
  const isElsewhere = recipient !== draft.next.number || draft.next.notice?.way !== undefined;
  if (isElsewhere && outcome.kind === 'notice-outcome') return endedElsewhere(draft, outcome, handedOver);
  if (result === 'delivered') seen(draft, startedAtMs, 'delivery');
  else if (result === 'absent' && draft.reachableAtMs <= startedAtMs) becameAbsent(draft);
  if (onWaitingList) expectAlert(draft, outcome.storedAs);
  ended(draft, outcome, {
    startedAtMs,
    onWaitingList,
    ofNotice,
    delivered: result === 'delivered',
    handedOver,
  });
}

function ended(draft: Draft, outcome: NoticeOutcome | ReachabilityOutcome, attempt: Attempt): void {
  // What another way has delivered an SMSC is not to deliver, too.
  if (attempt.delivered) cancelHandedOver(draft);
  const isSoundOutcome = isSound(draft, outcome);
  // What was to be replaced has arrived.
  const { handedOver } = draft.next;
  if (outcome.result === 'too-late' && handedOver !== undefined) arrived(draft, handedOver.notice);
  step(draft, isSoundOutcome ? outcome.result : 'temporary', attempt);
  settleHandedOver(draft);
  // What was due may have been taken back meanwhile: then nothing is waited for.
  step(draft, 'withdrawn');
  step(draft, 'became-due');
}

/** What an SMSC is said to have done with a message needs the message; of one that it has, no handset is asked. */
function isSound(draft: Draft, outcome: NoticeOutcome | ReachabilityOutcome): boolean {
  const isReplacing = draft.next.handedOver !== undefined;
  switch (outcome.result) {
    case 'accepted':
      return outcome.handedOver !== undefined;
    case 'too-late':
    case 'not-replaceable':
      return isReplacing;
    case 'absent':
    case 'memory-full':
      return !isReplacing;
    default:
      return true;
  }
}

/** The SMSC has taken what is not wanted any more. */
function takenBackMeanwhile(draft: Draft, to: HandedOverTo): void {
  // Whom it was for is forgotten with it.
  cancel(draft, to, '');
  draft.set({ handedOver: undefined });
  step(draft, 'delivered');
}

function adminCommand(draft: Draft, { command, answerToken }: AdminCommand): void {
  if (answerToken !== 0) draft.emit({ kind: 'answer-command', answerToken });
  switch (command.kind) {
    case 'set-profile':
      provision(draft, command.profile);
      break;
    case 'remove':
      noteNotTold(draft, draft.next.missed, []);
      draft.set({
        profile: undefined,
        missed: [],
        furtherCalls: 0,
        returns: [],
        lastAttempts: [],
        watchers: [],
        seenCalls: [],
        selfCare: undefined,
      });
      draft.dropNotice();
      if (draft.next.inbox !== undefined) draft.setInbox(EMPTY_INBOX);
      if (draft.next.rules !== undefined) draft.remember(NO_RULE_STATE);
      break;
    case 'forget-number':
      forgetNumber(draft, command.number);
      break;
    case 'close-e-mail':
      closeEMail(draft, command.address);
      break;
    case 'open-inbox':
      openInbox(draft, command);
      break;
    default:
      command satisfies never;
  }
  cancelUnwanted(draft);
  step(draft, 'withdrawn');
  step(draft, 'became-due');
}

function sameOctets(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
