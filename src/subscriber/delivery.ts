/** What the delivery machine's guards and actions mean; its table is beside (`delivery-fsm.ts`). */
import type { HandedOverTo } from '../types/model/handed-over.ts';
import type { Notice } from '../types/model/notice.ts';
import { NO_RULE_STATE, type RuleState } from '../types/model/rule-state.ts';
import { changedSelfCare } from '../types/model/state.ts';
import {
  anyway,
  beginAnew,
  type ChannelFailure,
  isOtherChannelLeft,
  smsAwaitsReturn,
  withFailed,
} from './channels.ts';
import { composeNotice, isInboxNext, nextTimeStampMs } from './compose.ts';
import { type DeliveryAction, type DeliveryEvent, type DeliveryGuard, deliveryFsm } from './delivery-fsm.ts';
import type { Draft } from './draft.ts';
import { beforeQuiet, heldUntilMs, holdingRule, matterDue, noticeHeldUntilMs } from './due.ts';
import {
  askBeforeLong,
  awaitReceipt,
  cancelHandedOver,
  changeHandedOver,
  closeHandedOver,
  handOver,
  isWanted,
  messagesOf,
  queryReceipt,
  replace,
  replacement,
  takeBack,
  withdrawReplacement,
} from './hand-over.ts';
import { rung } from './policy.ts';
import { isRecallable, recall } from './recall.ts';
import { putBackContent } from './taken-back.ts';

/** What the end of a try brings to guards and actions. */
export interface Attempt {
  readonly startedAtMs: number;
  readonly onWaitingList: boolean;
  /** Of a notice, not of a query. */
  readonly ofNotice: boolean;
  readonly delivered: boolean;
  /** Where it was accepted. */
  readonly handedOver?: HandedOverTo | undefined;
}

const NO_ATTEMPT: Attempt = {
  startedAtMs: Number.POSITIVE_INFINITY,
  onWaitingList: false,
  ofNotice: false,
  delivered: false,
};

/** What a subscriber who cannot be told at all is not told. */
const NOTHING_TO_TELL: Partial<RuleState> = {
  waitingSinceMs: 0,
  asked: NO_RULE_STATE.asked,
  askedFurther: 0,
  away: NO_RULE_STATE.away,
  withheldCalls: NO_RULE_STATE.withheldCalls,
};

/** Evidence of the subscriber being there that is younger is believed rather than the HLR's flag. */
const SEEN_LATELY_MS = 60_000;

/** Notices that follow one another faster than their stamps may run ahead of the time by so much, and wait then. */
const STAMP_AHEAD_MAX_MS = 10_000;

/** Quiet hours of many subscribers end at once: their notices are spread over two minutes, by the last digits of the number. */
const HELD_SPREAD_MS = 120_000;

/** Takes the delivery machine one step; an event that a state has no row for changes nothing. */
export function step(draft: Draft, event: DeliveryEvent, attempt: Attempt = NO_ATTEMPT): void {
  draft.forgetWhatIsTooOld();
  const row = deliveryFsm.find(draft.next.delivery, event, (guard) => holds(draft, guard, attempt));
  if (row === undefined) return;
  for (const action of row[3]) act(draft, action, attempt);
  if (row[4] !== draft.next.delivery) draft.set({ delivery: row[4] });
}

function holds(draft: Draft, guard: DeliveryGuard, attempt: Attempt): boolean {
  const { next } = draft;
  switch (guard) {
    case 'too-soon':
      return isTooSoon(draft);
    case 'crowded':
      return draft.noticesWaitMs > 0 && somethingDue(draft);
    case 'held-by-rule':
      return isHeld(draft, attempt);
    case 'something-due':
      return somethingDue(draft);
    case 'more-due':
      return moreDue(draft);
    case 'returned-since':
      return draft.reachableAtMs > attempt.startedAtMs && next.reachableAtMs !== next.evidenceAheadAtMs;
    case 'replaceable':
      return next.handedOver?.replaceable === true && replacement(draft) !== undefined;
    case 'replacing':
      return next.handedOver !== undefined;
    case 'not-replaced':
      return next.handedOver !== undefined && !next.noticeFixed;
    case 'resting':
      return next.passingFailures > 0;
    case 'still-valid':
      return draft.atMs < (next.handedOver?.validUntilMs ?? 0);
    case 'unwanted':
      return !isWanted(draft);
    case 'tries-left':
      return hasTriesLeft(draft);
    case 'channel-may-recover':
      return next.fallback?.mayRecover === true && !next.noticeFixed && hasTriesLeft(draft);
    case 'other-channel-left':
      return isOtherChannelLeft(draft);
    case 'recallable':
      return !isTooSoon(draft) && isRecallable(draft);
    case 'connector-gave-up':
      return next.notice?.way !== undefined && isOtherChannelLeft(draft);
    case 'sms-awaits-return':
      return smsAwaitsReturn(draft);
    case 'sms-may-go':
      return smsAwaitsReturn(draft) && draft.reachableAtMs > attempt.startedAtMs;
    case 'inbox-is-next':
      return next.notice === undefined && isInboxNext(draft);
    case 'watched':
      return attempt.ofNotice && next.watchers.length > 0;
  }
}

const hasTriesLeft = ({ next, policy }: Draft): boolean => next.passingFailures + 1 < policy.failuresMax;

function act(draft: Draft, action: DeliveryAction, attempt: Attempt): void {
  const { next, policy } = draft;
  switch (action) {
    case 'try':
      return tryNow(draft, wasSeenLately(draft));
    case 'try-anyway':
      return tryNow(draft, true);
    case 'ask-and-try':
      return tryNow(draft, true, !next.onWaitingList);
    case 'next-channel':
      return nextChannel(draft, 'for-good');
    case 'next-channel-for-now':
      return nextChannel(draft, 'for-now');
    case 'next-channel-meanwhile':
      return nextChannel(draft, 'until-return');
    case 'recall':
      return recall(draft);
    case 'take-again':
      return takeAgain(draft);
    case 'close-notice':
      return draft.closeNotice();
    case 'keep-for-later':
      return keepForLater(draft);
    case 'give-up':
      giveUpNotices(draft);
      return draft.set({ watchers: [] });
    case 'give-up-notices':
      return giveUpNotices(draft);
    case 'await-return': {
      beginAnew(draft);
      // How far the ladder of an absence is climbed, tries that never got as far as that do not say.
      const failures = Math.max(1, next.failures - next.passingFailures);
      draft.set({ failures, passingFailures: 0, onWaitingList: attempt.onWaitingList });
      return draft.setDeadline(
        rung(attempt.onWaitingList ? policy.recheckListedMs : policy.recheckUnlistedMs, failures),
      );
    }
    case 'back-off':
      if (!next.noticeFixed && next.handedOver === undefined) beginAnew(draft);
      draft.set({ passingFailures: next.passingFailures + 1 });
      return draft.setDeadline(rung(policy.retryMs, next.failures));
    case 'wait-for-stamp':
      return draft.setDeadline(stampAheadMs(draft) - STAMP_AHEAD_MAX_MS);
    case 'wait-for-rule':
      return waitForRule(draft);
    case 'wait-for-turn':
      if (next.deadlineAtMs !== 0 && next.deadlineAtMs <= draft.atMs + draft.noticesWaitMs) return;
      return draft.setDeadline(draft.noticesWaitMs);
    case 'clear-deadline':
      return draft.set({ deadlineAtMs: 0 });
    case 'hand-over':
      return handOver(draft, attempt.handedOver);
    case 'await-receipt':
      return awaitReceipt(draft);
    case 'ask-before-long':
      return askBeforeLong(draft);
    case 'replace':
      return replace(draft);
    case 'withdraw-replacement':
      return withdrawReplacement(draft);
    case 'hold':
      return changeHandedOver(draft, { replaceable: false });
    case 'close-handed-over':
      return closeHandedOver(draft);
    case 'take-back':
      return takeBack(draft);
    case 'query-receipt':
      return queryReceipt(draft);
    case 'cancel':
      return cancelHandedOver(draft);
  }
}

function somethingDue(draft: Draft): boolean {
  const { notice } = draft.next;
  return notice === undefined ? moreDue(draft) : noticeHeldUntilMs(draft, notice) === 0;
}

function moreDue(draft: Draft): boolean {
  return draft.next.watchers.length > 0 || matterDue(draft) !== undefined;
}

/** Until when a rule holds what is there to tell, and nobody waits for a return meanwhile; 0: none does. */
function untilRuleEndsMs(draft: Draft, notice: Notice | undefined): number {
  if (notice !== undefined) return noticeHeldUntilMs(draft, notice);
  return draft.next.watchers.length > 0 ? 0 : heldUntilMs(draft);
}

/** A notice that failed and need not go out as it was is composed anew, or held, at the next try. */
function isHeld(draft: Draft, attempt: Attempt): boolean {
  const { delivery, notice, noticeFixed } = draft.next;
  if (delivery !== 'trying') return untilRuleEndsMs(draft, notice) > 0;
  if (attempt.delivered) return untilRuleEndsMs(draft, undefined) > 0;
  return notice !== undefined && noticeFixed && untilRuleEndsMs(draft, notice) > 0;
}

function waitForRule(draft: Draft): void {
  const { delivery, notice, deadlineAtMs, number } = draft.next;
  const untilMs = untilRuleEndsMs(draft, notice);
  const isSpread = deadlineAtMs >= untilMs && deadlineAtMs - untilMs < HELD_SPREAD_MS;
  if (delivery === 'held' && isSpread) return;
  const by = holdingRule(draft, notice);
  draft.noteRule('held', { untilMs, ...(by === undefined ? {} : { by }) });
  const waitMs = Math.max(1, untilMs - draft.atMs);
  const spreadMs = Math.floor((Number(number.slice(-4)) * HELD_SPREAD_MS) / 10_000);
  draft.setDeadline(waitMs + Math.min(waitMs, spreadMs));
}

/** By how much the next notice's stamp would be ahead of the time. */
function stampAheadMs({ next, atMs }: Draft): number {
  return nextTimeStampMs(next.lastNoticeAtMs) - atMs;
}

/** A clock that was set back is no reason to wait for it. */
function isTooSoon(draft: Draft): boolean {
  const { delivery, notice, lastNoticeAtMs } = draft.next;
  // While trying, the notice is the one that has just been delivered.
  const isFree = notice === undefined || delivery === 'trying';
  if (!isFree || stampAheadMs(draft) <= STAMP_AHEAD_MAX_MS) return false;
  return !draft.isOfAnotherClock(lastNoticeAtMs) && matterDue(draft) !== undefined;
}

/** Whatever flag the HLR has set is older: it may have been told of an absence behind the return that ended it. */
function wasSeenLately(draft: Draft): boolean {
  const { reachableAtMs, atMs } = draft;
  const sinceMs = atMs - reachableAtMs;
  return !draft.next.absent && reachableAtMs > 0 && sinceMs >= 0 && sinceMs < SEEN_LATELY_MS;
}

/**
 * Sends what is due now: the notice that must not be composed anew, else a new one of what is on the lists; with
 * nothing to tell but somebody who watches, asks the network instead.
 */
function tryNow(draft: Draft, priority: boolean, isAsked = false): void {
  const { reachableAtMs, number: subscriber } = draft.next;
  draft.set({ evidenceAheadAtMs: reachableAtMs > draft.atMs ? reachableAtMs : 0 });
  const asked = isAsked ? { askedSinceMs: waitsSinceMs(draft) } : {};
  const notice = draft.next.notice ?? composeNotice(draft);
  if (notice === undefined) {
    const trying = draft.emit({ kind: 'query-reachability', subscriber, priority, ...asked });
    draft.set({ trying, deadlineAtMs: 0 });
    return;
  }
  const { partsDelivered: firstPart, handedOver, fallback, passingFailures } = draft.next;
  if (priority && notice.way !== undefined) draft.set({ fallback: anyway(fallback) });
  // Of the number that it is forwarded to nothing is known here (N13), and its HLR alerts nobody who would try again: a further try goes out
  // whatever flag is set there.
  const isForwardedAgain = notice.way === undefined && passingFailures > 0;
  const isOwn = notice.recipient === subscriber && notice.way === undefined;
  const replaces = handedOver === undefined ? {} : { replaces: messagesOf(handedOver) };
  const trying = draft.emit({
    kind: 'send-notice',
    notice,
    firstPart,
    priority: isOwn ? priority || fallback?.anyway === true : isForwardedAgain,
    ...(isOwn ? asked : {}),
    ...beforeQuiet(draft, notice),
    ...replaces,
  });
  draft.set({ notice, trying, deadlineAtMs: 0 });
}

/** Since when the oldest of what there is to tell waits, or who has watched longest. */
function waitsSinceMs({ next, atMs }: Draft): number {
  let sinceMs = next.notice?.createdAtMs ?? atMs;
  for (const { lastAtMs } of next.missed) sinceMs = Math.min(sinceMs, lastAtMs);
  for (const { attemptedAtMs } of next.watchers) sinceMs = Math.min(sinceMs, attemptedAtMs);
  return Math.max(1, sinceMs);
}

/** A try failed: what surely did not arrive goes back to the lists, what may have arrived stays as it is. */
function keepForLater(draft: Draft): void {
  const { notice, noticeFixed, failures } = draft.next;
  draft.set({ trying: undefined, failures: failures + 1 });
  if (notice === undefined || noticeFixed) return;
  beginAnew(draft);
  draft.set({ notice: undefined });
  putBackContent(draft, notice.content);
  draft.forgetSettled();
  draft.forgetWhatIsTooOld();
}

/** What surely did not arrive goes out at once on the channel that is next, with what has come since. */
function nextChannel(draft: Draft, failure: ChannelFailure): void {
  const { failures, notice, fallback, passingFailures } = draft.next;
  const failed = notice?.way?.channel ?? 'sms';
  keepForLater(draft);
  draft.set({ failures, passingFailures, fallback: withFailed(fallback, failed, failure) });
}

function takeAgain(draft: Draft): void {
  const { failures, passingFailures, fallback, notice } = draft.next;
  keepForLater(draft);
  draft.set({ failures, passingFailures, fallback });
  if (notice?.way?.channel === 'webhook') draft.recalled = notice.id;
}

function giveUpNotices(draft: Draft): void {
  const { notice, missed, returns } = draft.next;
  if (notice !== undefined || missed.length + returns.length > 0) draft.noteRule('given-up');
  draft.closeNotice();
  cancelHandedOver(draft);
  draft.set({
    missed: [],
    furtherCalls: 0,
    returns: [],
    selfCare: changedSelfCare(draft.next.selfCare, { texts: [] }),
  });
  if (draft.next.rules !== undefined) draft.remember(NOTHING_TO_TELL);
}
