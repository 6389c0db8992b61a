/** The state that one reduction works on: a shallow copy whose lists are replaced, never changed in place. */

import type { NotTold } from '../rules/capture.ts';
import { type Rules, rulesOf } from '../rules/service-class.ts';
import type { EffectKind } from '../types/model/effect.ts';
import type { EffectId, Notice } from '../types/model/notice.ts';
import { NO_RULE_STATE, type RuleState } from '../types/model/rule-state.ts';
import type { SubscriberState } from '../types/model/state.ts';
import type { Mutable } from '../types/mutable.ts';
import type { ZoneSpan } from '../types/zone-span.ts';
import { compose } from './compose.ts';
import { type DeliveryAction, type DeliveryEvent, type DeliveryGuard, deliveryFsm } from './delivery-fsm.ts';
import { heldUntilMs, matterDue, noticeHeldUntilMs, ruleStateOf, whatIsTooOld } from './due.ts';
import { rung, type SubscriberPolicy } from './policy.ts';
import { returnsTakenBack, takenBack } from './taken-back.ts';

/** What the end of a try brings to guards and actions. */
interface Attempt {
  readonly startedAtMs: number;
  readonly onWaitingList: boolean;
  /** Of a notice, not of a query. */
  readonly ofNotice: boolean;
  readonly delivered: boolean;
}

const NO_ATTEMPT: Attempt = {
  startedAtMs: Number.POSITIVE_INFINITY,
  onWaitingList: false,
  ofNotice: false,
  delivered: false,
};

/**
 * TP-SCTS counts seconds, and with the originating address it names a message to its receiver (3GPP TS 23.040 §9.2.3.11):
 * no two notices to one subscriber have the same.
 */
function nextTimeStampMs(lastMs: number): number {
  return lastMs === 0 ? 0 : (Math.floor(lastMs / 1000) + 1) * 1000;
}

/** A list of the state that is full: its oldest entry gives way, or of callers the new one, who is told as a count. */
export type Overflow = 'returns' | 'watchers' | 'callers';

/** Something that a rule kept from being told, by the rule: calls, lines that are too old or settled, and what else is not said. */
export type Ruled = NotTold | 'expired' | 'settled' | 'privacy' | 'precedence' | 'away-too-late' | 'held';

/** What a subscriber who cannot be told at all is not told. */
const NOTHING_TO_TELL: Partial<RuleState> = {
  waitingSinceMs: 0,
  asked: NO_RULE_STATE.asked,
  askedFurther: 0,
  away: NO_RULE_STATE.away,
};

const NOTHING_RULED: readonly Ruled[] = [];

/** Evidence of the subscriber being there that is younger is believed rather than the HLR's flag. */
const SEEN_LATELY_MS = 60_000;

const OVERTAKING_MAX_MS = 30_000;

/** Notices that follow one another faster than their stamps may run ahead of the time by so much, and wait then. */
const STAMP_AHEAD_MAX_MS = 10_000;

/** Quiet hours of many subscribers end at once: their notices are spread over two minutes, by the last digits of the number. */
const HELD_SPREAD_MS = 120_000;

function spreadMs(number: string): number {
  return Math.floor((Number(number.slice(-4)) * HELD_SPREAD_MS) / 10_000);
}

const isSpreadOf = (untilMs: number, deadlineAtMs: number): boolean =>
  deadlineAtMs >= untilMs && deadlineAtMs - untilMs < HELD_SPREAD_MS;

export class Draft {
  readonly next: Mutable<SubscriberState>;
  readonly effects: EffectKind[] = [];
  /** Entries that a full list of the state had no room for. */
  readonly overflows: Overflow[] = [];
  readonly policy: SubscriberPolicy;
  readonly zone: ZoneSpan;
  #rules: Rules;
  #ruled: Ruled[] | undefined;
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
    zone: ZoneSpan,
  ) {
    this.next = { ...state };
    this.#partition = partition;
    this.#sequence = sequence;
    this.atMs = atMs;
    this.policy = policy;
    this.zone = zone;
    this.#rules = rulesOf(state.profile, policy.classes);
  }

  /** In force for the profile as it is now. */
  get rules(): Rules {
    return this.#rules;
  }

  get ruled(): readonly Ruled[] {
    return this.#ruled ?? NOTHING_RULED;
  }

  note(rule: Ruled, times = 1): void {
    if (times === 0) return;
    this.#ruled ??= [];
    for (let count = 0; count < times; count++) this.#ruled.push(rule);
  }

  /** What the rules remember. */
  get remembered(): RuleState {
    return ruleStateOf(this.next);
  }

  remember(change: Partial<RuleState>): void {
    this.set({ rules: { ...this.remembered, ...change } });
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
    const id = this.#nextId;
    this.effects.push(effect);
    return id;
  }

  get #nextId(): EffectId {
    return { partition: this.#partition, sequence: this.#sequence, index: this.effects.length };
  }

  set(change: Partial<SubscriberState>): void {
    this.changed = true;
    Object.assign(this.next, change);
    if ('profile' in change) this.#rules = rulesOf(change.profile, this.policy.classes);
  }

  /** The newest entries that a list has room for. */
  newest<T>(list: Overflow, entries: readonly T[], max: number): readonly T[] {
    for (let excess = entries.length - max; excess > 0; excess--) this.overflows.push(list);
    return entries.slice(-max);
  }

  /** Takes the delivery machine one step; an event that a state has no row for changes nothing. */
  step(event: DeliveryEvent, attempt: Attempt = NO_ATTEMPT): void {
    this.forgetWhatIsTooOld();
    const row = deliveryFsm.find(this.next.delivery, event, (guard) => this.#holds(guard, attempt));
    if (row === undefined) return;
    for (const action of row[3]) this.#do(action, attempt);
    if (row[4] !== this.next.delivery) this.set({ delivery: row[4] });
  }

  get #somethingDue(): boolean {
    const { notice } = this.next;
    return notice === undefined ? this.#moreDue : noticeHeldUntilMs(this, notice) === 0;
  }

  get #moreDue(): boolean {
    return this.next.watchers.length > 0 || matterDue(this) !== undefined;
  }

  /** Until when a rule holds what is there to tell, and nobody waits for a return meanwhile; 0: none does. */
  #heldUntilMs(notice: Notice | undefined): number {
    if (notice !== undefined) return noticeHeldUntilMs(this, notice);
    return this.next.watchers.length > 0 ? 0 : heldUntilMs(this);
  }

  /** A notice that failed and need not go out as it was is composed anew, or held, at the next try. */
  #isHeld(attempt: Attempt): boolean {
    const { delivery, notice, noticeFixed } = this.next;
    if (delivery !== 'trying') return this.#heldUntilMs(notice) > 0;
    if (attempt.delivered) return this.#heldUntilMs(undefined) > 0;
    return notice !== undefined && noticeFixed && this.#heldUntilMs(notice) > 0;
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
    const { delivery, notice, lastNoticeAtMs } = this.next;
    // While trying, the notice is the one that has just been delivered.
    const isFree = notice === undefined || delivery === 'trying';
    if (!isFree || this.#stampAheadMs <= STAMP_AHEAD_MAX_MS) return false;
    return !this.isOfAnotherClock(lastNoticeAtMs) && matterDue(this) !== undefined;
  }

  #holds(guard: DeliveryGuard, attempt: Attempt): boolean {
    switch (guard) {
      case 'too-soon':
        return this.#isTooSoon;
      case 'crowded':
        return this.noticesWaitMs > 0 && this.#somethingDue;
      case 'held-by-rule':
        return this.#isHeld(attempt);
      case 'something-due':
        return this.#somethingDue;
      case 'more-due':
        return this.#moreDue;
      case 'returned-since':
        return (
          this.reachableAtMs > attempt.startedAtMs && this.next.reachableAtMs !== this.next.evidenceAheadAtMs
        );
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
      case 'wait-for-rule': {
        const untilMs = this.#heldUntilMs(this.next.notice);
        if (this.next.delivery === 'held' && isSpreadOf(untilMs, this.next.deadlineAtMs)) return;
        this.note('held');
        const waitMs = Math.max(1, untilMs - this.atMs);
        return this.#setDeadline(waitMs + Math.min(waitMs, spreadMs(this.next.number)));
      }
      case 'wait-for-turn': {
        const { deadlineAtMs } = this.next;
        if (deadlineAtMs !== 0 && deadlineAtMs <= this.atMs + this.noticesWaitMs) return;
        return this.#setDeadline(this.noticesWaitMs);
      }
      case 'clear-deadline':
        return this.set({ deadlineAtMs: 0 });
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
    const firstPart = this.next.partsDelivered;
    // Of the number that it is forwarded to nothing is known here (N13).
    const isForwarded = notice.recipient !== this.next.number;
    const trying = this.emit({ kind: 'send-notice', notice, firstPart, priority: priority && !isForwarded });
    this.set({ notice, trying, deadlineAtMs: 0 });
  }

  #compose(): Notice | undefined {
    const { next, policy, rules } = this;
    const composition = compose(this);
    if (composition === undefined) return undefined;
    const { content, recipient, originator, change } = composition;
    const createdAtMs = Math.max(this.atMs, nextTimeStampMs(next.lastNoticeAtMs));
    const notice: Mutable<Notice> = {
      id: this.#nextId,
      recipient,
      language: next.profile?.language ?? 'en',
      timeZone: next.profile?.timeZone ?? 'UTC',
      templateVersion: policy.templateVersion,
      createdAtMs,
      reference: (next.notices + 1) & 0xff,
      content,
    };
    if (originator !== '') notice.originator = originator;
    if (rules.brand !== '') notice.brand = rules.brand;
    if (recipient !== next.number) notice.subscriber = next.number;
    this.set(change);
    this.set({ notices: next.notices + 1, lastNoticeAtMs: createdAtMs });
    return notice;
  }

  #closeNotice(): void {
    this.dropNotice();
    this.set({ trying: undefined, failures: 0, passingFailures: 0 });
    this.#forgetSettled();
    const { missed, furtherCalls } = this.next;
    if (this.remembered.waitingSinceMs !== 0 && missed.length + furtherCalls === 0)
      this.remember({ waitingSinceMs: 0 });
  }

  /** The notice is no longer wanted; a try that is on its way ends as it ends. */
  dropNotice(): void {
    this.set({ notice: undefined, noticeFixed: false, partsDelivered: 0 });
  }

  #giveUpNotices(): void {
    this.#closeNotice();
    this.set({ missed: [], furtherCalls: 0, returns: [] });
    if (this.next.rules !== undefined) this.remember({ ...NOTHING_TO_TELL });
  }

  /** A try failed: what surely did not arrive goes back to the lists, what may have arrived stays as it is. */
  #keepForLater(): void {
    const { next, policy } = this;
    this.set({ trying: undefined, failures: next.failures + 1 });
    const { notice } = next;
    if (notice === undefined || next.noticeFixed) return;
    this.set({ notice: undefined });
    this.set(takenBack(notice.content, this));
    if (notice.content.kind === 'returns') {
      const kept = returnsTakenBack(notice.content.returned, this);
      this.set({ returns: this.newest('returns', [...kept, ...this.next.returns], policy.returnsMax) });
    }
    this.#forgetSettled();
    this.forgetWhatIsTooOld();
  }

  #forgetSettled(): void {
    if (this.remembered.settled.length > 0) this.remember({ settled: NO_RULE_STATE.settled });
  }

  forgetWhatIsTooOld(): void {
    const forgotten = whatIsTooOld(this);
    if (forgotten === undefined) return;
    this.set(forgotten.change);
    this.note('expired', forgotten.expired);
    this.note('away-too-late', forgotten.late);
  }
}
