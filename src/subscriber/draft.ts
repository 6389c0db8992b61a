/** The state that one reduction works on: a shallow copy whose lists are replaced, never changed in place. */

import assert from 'node:assert/strict';
import type { EffectKind } from '../types/model/effect.ts';
import type { HandedOver, HandedOverTo, SmscMessages } from '../types/model/handed-over.ts';
import type { EffectId, MissedCalls, Notice, NoticeContent, Returns } from '../types/model/notice.ts';
import { changedSelfCare, type SubscriberState } from '../types/model/state.ts';
import type { Mutable } from '../types/mutable.ts';
import { type DeliveryAction, type DeliveryEvent, type DeliveryGuard, deliveryFsm } from './delivery-fsm.ts';
import { dueBeside, replacementOf, withReturns } from './hand-over.ts';
import { putBack } from './missed-list.ts';
import { rung, type SubscriberPolicy } from './policy.ts';

/** What the end of a try brings to guards and actions. */
interface Attempt {
  readonly startedAtMs: number;
  readonly onWaitingList: boolean;
  /** Of a notice, not of a query. */
  readonly ofNotice: boolean;
  /** Where it was accepted. */
  readonly handedOver?: HandedOverTo | undefined;
}

const NO_TEXTS: readonly string[] = [];

const NO_ATTEMPT: Attempt = {
  startedAtMs: Number.POSITIVE_INFINITY,
  onWaitingList: false,
  ofNotice: false,
};

/**
 * TP-SCTS counts seconds, and with the originating address it names a message to its receiver (3GPP TS 23.040 §9.2.3.11):
 * no two notices to one subscriber have the same.
 */
function nextTimeStampMs(lastMs: number): number {
  return lastMs === 0 ? 0 : (Math.floor(lastMs / 1000) + 1) * 1000;
}

/** A list of the state that is full: its oldest entry gives way, or of callers the new one, who is told as a count. */
type FullList = 'returns' | 'watchers' | 'callers' | 'answers' | 'fraud-reports';

/** What is worth a counter: a list that overflowed, a receipt of a message that nobody waits for. */
export type Notable = FullList | 'receipt-unknown';

/** Evidence of the subscriber being there that is younger is believed rather than the HLR's flag. */
const SEEN_LATELY_MS = 60_000;

/** A receipt may come so long after the SMSC's own time is over. */
const RECEIPT_LATE_MS = 60_000;

const OVERTAKING_MAX_MS = 30_000;

/** Notices that follow one another faster than their stamps may run ahead of the time by so much, and wait then. */
const STAMP_AHEAD_MAX_MS = 10_000;

export class Draft {
  readonly next: Mutable<SubscriberState>;
  readonly effects: EffectKind[] = [];
  readonly notables: Notable[] = [];
  readonly policy: SubscriberPolicy;
  readonly #partition: number;
  readonly #sequence: number;
  readonly atMs: number;
  /** How long notices wait for their turn first; 0: not at all. */
  noticesWaitMs = 0;
  /** Whether anything but the sequence changed. */
  changed = false;

  constructor(
    state: SubscriberState,
    partition: number,
    sequence: number,
    atMs: number,
    policy: SubscriberPolicy,
  ) {
    this.next = { ...state };
    this.#partition = partition;
    this.#sequence = sequence;
    this.atMs = atMs;
    this.policy = policy;
  }

  /** Whether a time was taken before the clock was set back. Events of several rings may overtake one another a little. */
  isOfAnotherClock(atMs: number): boolean {
    return atMs > this.atMs + OVERTAKING_MAX_MS;
  }

  /** The latest evidence of the subscriber being there; 0 when there is none that can be compared. */
  get reachableAtMs(): number {
    const { reachableAtMs } = this.next;
    return this.isOfAnotherClock(reachableAtMs) ? 0 : reachableAtMs;
  }

  /** Asks for an effect; its id is its place among the effects of this event. */
  emit(effect: EffectKind): EffectId {
    this.effects.push(effect);
    return { partition: this.#partition, sequence: this.#sequence, index: this.effects.length - 1 };
  }

  note(notable: Notable): void {
    this.notables.push(notable);
  }

  set(change: Partial<SubscriberState>): void {
    this.changed = true;
    Object.assign(this.next, change);
  }

  /** The newest entries that a list has room for. */
  newest<T>(list: FullList, entries: readonly T[], max: number): readonly T[] {
    for (let excess = entries.length - max; excess > 0; excess--) this.note(list);
    return entries.slice(-max);
  }

  /** Takes the delivery machine one step; an event that a state has no row for changes nothing. */
  step(event: DeliveryEvent, attempt: Attempt = NO_ATTEMPT): void {
    const row = deliveryFsm.find(this.next.delivery, event, (guard) => this.#holds(guard, attempt));
    if (row === undefined) return;
    for (const action of row[3]) this.#do(action, attempt);
    if (row[4] !== this.next.delivery) this.set({ delivery: row[4] });
  }

  get #somethingDue(): boolean {
    return this.next.notice !== undefined || this.#moreDue;
  }

  get #moreDue(): boolean {
    const { missed, furtherCalls, returns, watchers } = this.next;
    return (
      missed.length > 0 ||
      furtherCalls > 0 ||
      returns.length > 0 ||
      watchers.length > 0 ||
      this.#texts.length > 0
    );
  }

  /** Answers to what the subscriber has said. */
  get #texts(): readonly string[] {
    return this.next.selfCare?.texts ?? NO_TEXTS;
  }

  /** By how much the next notice's stamp would be ahead of the time. */
  get #stampAheadMs(): number {
    return nextTimeStampMs(this.next.lastNoticeAtMs) - this.atMs;
  }

  /** Whatever flag the HLR has set is older: it may have been told of an absence behind the return that ended it. */
  get #wasSeenLately(): boolean {
    const sinceMs = this.atMs - this.reachableAtMs;
    return !this.next.absent && this.reachableAtMs > 0 && sinceMs >= 0 && sinceMs < SEEN_LATELY_MS;
  }

  /** A clock that was set back is no reason to wait for it. */
  get #isTooSoon(): boolean {
    const { delivery, notice, missed, furtherCalls, returns, lastNoticeAtMs } = this.next;
    // While trying, the notice is the one that has just been delivered.
    const isFree = notice === undefined || delivery === 'trying';
    const composes = isFree && missed.length + furtherCalls + returns.length + this.#texts.length > 0;
    return composes && this.#stampAheadMs > STAMP_AHEAD_MAX_MS && !this.isOfAnotherClock(lastNoticeAtMs);
  }

  #holds(guard: DeliveryGuard, attempt: Attempt): boolean {
    switch (guard) {
      case 'too-soon':
        return this.#isTooSoon;
      case 'crowded':
        return this.noticesWaitMs > 0 && this.#somethingDue;
      case 'something-due':
        return this.#somethingDue;
      case 'more-due':
        return this.#moreDue;
      case 'returned-since':
        return (
          this.reachableAtMs > attempt.startedAtMs && this.next.reachableAtMs !== this.next.evidenceAheadAtMs
        );
      case 'replaceable':
        return this.next.handedOver?.replaceable === true && this.#replacement !== undefined;
      case 'replacing':
        return this.next.handedOver !== undefined;
      case 'not-replaced':
        return this.next.handedOver !== undefined && !this.next.noticeFixed;
      case 'resting':
        return this.next.passingFailures > 0;
      case 'still-valid':
        return this.atMs < (this.next.handedOver?.validUntilMs ?? 0);
      case 'unwanted':
        return !this.#isOrdered(this.next.handedOver);
      case 'tries-left':
        return this.next.passingFailures + 1 < this.policy.failuresMax;
      case 'watched':
        return attempt.ofNotice && this.next.watchers.length > 0;
    }
  }

  #do(action: DeliveryAction, attempt: Attempt): void {
    switch (action) {
      case 'try':
        return this.#try(this.#wasSeenLately);
      case 'try-anyway':
        return this.#try(true);
      case 'close-notice':
        return this.#closeNotice();
      case 'keep-for-later':
        return this.#keepForLater();
      case 'give-up':
        this.#giveUpNotices();
        return this.set({ watchers: [] });
      case 'give-up-notices':
        return this.#giveUpNotices();
      case 'await-return': {
        // How far the ladder of an absence is climbed, tries that never got as far as that do not say.
        const failures = Math.max(1, this.next.failures - this.next.passingFailures);
        this.set({ failures, passingFailures: 0 });
        return this.#setDeadline(
          rung(attempt.onWaitingList ? this.policy.recheckListedMs : this.policy.recheckUnlistedMs, failures),
        );
      }
      case 'back-off':
        this.set({ passingFailures: this.next.passingFailures + 1 });
        return this.#setDeadline(rung(this.policy.retryMs, this.next.failures));
      case 'wait-for-stamp':
        return this.#setDeadline(this.#stampAheadMs - STAMP_AHEAD_MAX_MS);
      case 'wait-for-turn': {
        const { deadlineAtMs } = this.next;
        if (deadlineAtMs !== 0 && deadlineAtMs <= this.atMs + this.noticesWaitMs) return;
        return this.#setDeadline(this.noticesWaitMs);
      }
      case 'clear-deadline':
        return this.set({ deadlineAtMs: 0 });
      case 'hand-over':
        return this.#handOver(attempt.handedOver);
      case 'await-receipt':
        return this.#awaitReceipt();
      case 'replace':
        return this.#replace();
      case 'withdraw-replacement':
        return this.#withdrawReplacement();
      case 'hold':
        return this.#setHandedOver({ replaceable: false });
      case 'close-handed-over':
        return this.set({ handedOver: undefined, failures: 0, passingFailures: 0, deadlineAtMs: 0 });
      case 'take-back':
        return this.#takeBack();
      case 'query-receipt': {
        const { handedOver, number: recipient } = this.next;
        if (handedOver === undefined) return;
        this.set({ failures: this.next.failures + 1 });
        return void this.emit({ kind: 'query-notice', recipient, messages: messagesOf(handedOver) });
      }
      case 'cancel':
        return this.cancelHandedOver();
    }
  }

  #setDeadline(waitMs: number): void {
    this.set({
      deadlineAtMs: this.atMs + waitMs,
      deadlineGeneration: this.next.deadlineGeneration + 1,
    });
  }

  /**
   * Sends what is due now: the notice that must not be composed anew, else a new one of what is on the lists; with
   * nothing to tell but somebody who watches, asks the network instead.
   */
  #try(priority: boolean): void {
    const { reachableAtMs } = this.next;
    this.set({ evidenceAheadAtMs: reachableAtMs > this.atMs ? reachableAtMs : 0 });
    const notice = this.next.notice ?? this.#compose();
    if (notice === undefined) {
      const trying = this.emit({ kind: 'query-reachability', subscriber: this.next.number, priority });
      this.set({ trying, deadlineAtMs: 0 });
      return;
    }
    const { partsDelivered: firstPart, handedOver } = this.next;
    const replaces = handedOver === undefined ? {} : { replaces: messagesOf(handedOver) };
    const trying = this.emit({ kind: 'send-notice', notice, firstPart, priority, ...replaces });
    this.set({ notice, trying, deadlineAtMs: 0 });
  }

  #head(): Omit<Notice, 'content'> {
    const { next, policy } = this;
    return {
      id: { partition: this.#partition, sequence: this.#sequence, index: this.effects.length },
      recipient: next.number,
      language: next.profile?.language ?? 'en',
      timeZone: next.profile?.timeZone ?? 'UTC',
      templateVersion: policy.templateVersion,
      createdAtMs: Math.max(this.atMs, nextTimeStampMs(next.lastNoticeAtMs)),
      reference: (next.notices + 1) & 0xff,
    };
  }

  #compose(): Notice | undefined {
    const { next, policy } = this;
    const head = this.#head();
    const [text, ...texts] = this.#texts;
    if (text !== undefined) {
      this.#composed(head.createdAtMs);
      this.#setTexts(texts);
      return { ...head, content: { kind: 'text', text } };
    }
    if (next.missed.length > 0 || next.furtherCalls > 0) {
      const callers = next.missed.slice(0, policy.callersPerNotice);
      const missed = next.missed.slice(callers.length);
      // The count of further calls closes the last notice of a sequence.
      const furtherCalls = missed.length === 0 ? next.furtherCalls : 0;
      this.#composed(head.createdAtMs);
      this.set({ missed, furtherCalls: next.furtherCalls - furtherCalls });
      return { ...head, content: { kind: 'missed-calls', callers, furtherCalls } };
    }
    if (next.returns.length > 0) {
      const returned = next.returns.slice(0, policy.callersPerNotice);
      this.#composed(head.createdAtMs);
      this.set({ returns: next.returns.slice(returned.length) });
      return { ...head, content: { kind: 'returns', returned } };
    }
    return undefined;
  }

  #setTexts(texts: readonly string[]): void {
    this.set({ selfCare: changedSelfCare(this.next.selfCare, { texts }) });
  }

  #composed(createdAtMs: number): void {
    this.set({ notices: this.next.notices + 1, lastNoticeAtMs: createdAtMs });
  }

  #closeNotice(): void {
    this.dropNotice();
    this.set({ trying: undefined, failures: 0, passingFailures: 0 });
  }

  /** The notice is no longer wanted; a try that is on its way ends as it ends. */
  dropNotice(): void {
    this.set({ notice: undefined, noticeFixed: false, partsDelivered: 0 });
  }

  #giveUpNotices(): void {
    this.#closeNotice();
    this.cancelHandedOver();
    this.set({ missed: [], furtherCalls: 0, returns: [] });
    this.#setTexts([]);
  }

  /** A try failed: what surely did not arrive goes back to the lists, what may have arrived stays as it is. */
  #keepForLater(): void {
    const { next } = this;
    this.set({ trying: undefined, failures: next.failures + 1 });
    const { notice } = next;
    if (notice === undefined || next.noticeFixed) return;
    this.set({ notice: undefined });
    this.#putBack(notice.content);
  }

  /** What a notice was to say is on the lists again, before what came since. */
  #putBack(content: NoticeContent): void {
    const { next, policy } = this;
    if (content.kind === 'missed-calls') {
      const since = { callers: next.missed, furtherCalls: next.furtherCalls };
      const list = putBack(content, since, policy.callersMax);
      this.set({ missed: list.callers, furtherCalls: list.furtherCalls });
    } else if (content.kind === 'returns') {
      this.set({
        returns: this.newest('returns', withReturns(content, next.returns), policy.returnsMax),
      });
    } else if (content.kind === 'text') this.#setTexts([content.text, ...this.#texts]);
  }

  get #replacement(): MissedCalls | Returns | undefined {
    const { handedOver } = this.next;
    return handedOver === undefined
      ? undefined
      : replacementOf(handedOver.notice.content, this.next, this.policy);
  }

  #isOrdered(handedOver: HandedOver | undefined): boolean {
    const { profile } = this.next;
    switch (handedOver?.notice.content.kind) {
      case 'missed-calls':
        return profile?.missedCalls === true;
      case 'returns':
        return profile !== undefined && profile.notifyMe !== 'off';
      // An answer is due to whoever has asked.
      case 'text':
        return true;
      default:
        return profile !== undefined;
    }
  }

  #setHandedOver(change: Partial<HandedOver>): void {
    const { handedOver } = this.next;
    if (handedOver !== undefined) this.set({ handedOver: { ...handedOver, ...change } });
  }

  #handOver(to: HandedOverTo | undefined): void {
    const { notice, handedOver } = this.next;
    assert(to !== undefined && notice !== undefined, 'what is handed over is there');
    // Where the SMSC replaced it in place, a receipt may have overtaken its answer.
    const delivered = handedOver?.delivered.filter((messageId) => to.messageIds.includes(messageId)) ?? [];
    this.#closeNotice();
    this.set({ handedOver: { ...to, notice, delivered, added: undefined } });
  }

  #awaitReceipt(): void {
    const untilMs = (this.next.handedOver?.validUntilMs ?? 0) + RECEIPT_LATE_MS - this.atMs;
    this.#setDeadline(untilMs > 0 ? untilMs : rung(this.policy.recheckUnlistedMs, this.next.failures));
  }

  #replace(): void {
    const { handedOver } = this.next;
    const content = this.#replacement;
    assert(handedOver !== undefined && content !== undefined, 'there is what is replaced');
    const notice = { ...this.#head(), content };
    this.#composed(notice.createdAtMs);
    this.#setHandedOver({ added: dueBeside(content, this.next) });
    this.set(content.kind === 'returns' ? { returns: [] } : { missed: [], furtherCalls: 0 });
    const replaces = messagesOf(handedOver);
    const trying = this.emit({ kind: 'send-notice', notice, firstPart: 0, priority: false, replaces });
    this.set({ notice, trying, deadlineAtMs: 0 });
  }

  #withdrawReplacement(): void {
    const added = this.next.handedOver?.added;
    this.dropNotice();
    this.set({ trying: undefined });
    if (added !== undefined) this.#putBack(added);
    this.#setHandedOver({ added: undefined });
  }

  #takeBack(): void {
    const { handedOver, failures } = this.next;
    this.set({ handedOver: undefined, failures: failures + 1 });
    if (handedOver !== undefined) this.#putBack(handedOver.notice.content);
  }

  /** What is to be replaced, and is not ordered any more. */
  cancelUnwanted(): void {
    if (this.next.delivery !== 'handed-over' && !this.#isOrdered(this.next.handedOver))
      this.cancelHandedOver();
  }

  /** What the SMSC has is not to be delivered any more. */
  cancelHandedOver(): void {
    const { handedOver } = this.next;
    if (handedOver === undefined) return;
    this.cancel(handedOver);
    this.set({ handedOver: undefined, deadlineAtMs: 0 });
  }

  cancel(messages: SmscMessages): void {
    this.emit({ kind: 'cancel-notice', recipient: this.next.number, messages: messagesOf(messages) });
  }
}

function messagesOf({ smsc, messageIds, plain }: SmscMessages): SmscMessages {
  return { smsc, messageIds, plain };
}
