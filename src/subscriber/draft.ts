/** The state that one reduction works on: a shallow copy whose lists are replaced, never changed in place. */

import { type Rules, rulesOf } from '../rules/service-class.ts';
import type { EffectKind } from '../types/model/effect.ts';
import type { ReachabilitySource } from '../types/model/event.ts';
import type { Inbox } from '../types/model/inbox.ts';
import type { EffectId, NoticeContent } from '../types/model/notice.ts';
import { NO_RULE_STATE, type RuleState } from '../types/model/rule-state.ts';
import { NOTHING_RULED, type Ruled, type Ruling } from '../types/model/ruling.ts';
import type { SubscriberState } from '../types/model/state.ts';
import type { Mutable } from '../types/mutable.ts';
import type { ZoneSpan } from '../types/zone-span.ts';
import { ruleStateOf, whatIsTooOld } from './due.ts';
import type { SubscriberPolicy } from './policy.ts';

/** A list of the state that is full: its oldest entry gives way, or of callers the new one, who is told as a count. */
type FullList = 'returns' | 'watchers' | 'callers' | 'answers' | 'fraud-reports' | 'questions';

/** A notice of an SMSC has arrived, by what it tells. */
export type Arrived = `delivered.${NoticeContent['kind']}`;

/** N8: what has become of an entry; 'unread': nobody has read it, and it is kept no longer. */
type OfInbox = 'inbox.replaced' | 'inbox.read' | 'inbox.passed-on' | 'inbox.unread';

/** What is worth a counter: a list that overflowed, a receipt of a message that nobody waits for. */
export type Notable = FullList | 'receipt-unknown' | Arrived | OfInbox;

const OVERTAKING_MAX_MS = 30_000;

export class Draft {
  readonly next: Mutable<SubscriberState>;
  readonly effects: EffectKind[] = [];
  readonly notables: Notable[] = [];
  readonly policy: SubscriberPolicy;
  readonly zone: ZoneSpan;
  #rules: Rules;
  #ruled: Ruling[] | undefined;
  readonly #partition: number;
  readonly #sequence: number;
  readonly atMs: number;
  /** How long notices wait for their turn first; 0: not at all. */
  noticesWaitMs = 0;
  /** What told of a return of which nothing else had told. */
  returnedBy: ReachabilitySource | undefined;
  /** What was taken back for the notice that is composed next (N8). */
  recalled: EffectId | undefined;
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

  /** The id of the next effect: its place among the effects of this event. */
  get nextId(): EffectId {
    return { partition: this.#partition, sequence: this.#sequence, index: this.effects.length };
  }

  emit(effect: EffectKind): EffectId {
    const id = this.nextId;
    this.effects.push(effect);
    return id;
  }

  note(notable: Notable): void {
    this.notables.push(notable);
  }

  get ruled(): readonly Ruling[] {
    return this.#ruled ?? NOTHING_RULED;
  }

  /** A rule kept something from being told. */
  noteRule(rule: Ruled, detail: Omit<Ruling, 'rule'> = {}): void {
    this.#ruled ??= [];
    this.#ruled.push({ rule, ...detail });
  }

  set(change: Partial<SubscriberState>): void {
    this.changed = true;
    const eMailBefore = this.next.profile?.preferences?.eMail;
    Object.assign(this.next, change);
    if (!('profile' in change)) return;
    this.#rules = rulesOf(change.profile, this.policy.classes);
    // N6: another mailbox has nothing of the thread.
    if (change.profile?.preferences?.eMail !== eMailBefore) delete this.next.mailThread;
  }

  /** The timer follows: a firing for the inbox as it was is stale. */
  setInbox(inbox: Inbox): void {
    this.set({ inbox, deadlineGeneration: this.next.deadlineGeneration + 1 });
    if (inbox.entries.length === 0 && !inbox.isPassedBy) delete this.next.inbox;
  }

  /** The newest entries that a list has room for. */
  newest<T>(list: FullList, entries: readonly T[], max: number): readonly T[] {
    for (let excess = entries.length - max; excess > 0; excess--) this.note(list);
    return entries.slice(-max);
  }

  setDeadline(waitMs: number): void {
    this.set({
      deadlineAtMs: this.atMs + waitMs,
      deadlineGeneration: this.next.deadlineGeneration + 1,
    });
  }

  /** The notice is no longer wanted; a try that is on its way ends as it ends. */
  dropNotice(): void {
    this.set({ notice: undefined, noticeFixed: false, partsDelivered: 0 });
  }

  /** The end of a notice that has arrived, was given up, or is an SMSC's from now on. */
  closeNotice(): void {
    this.dropNotice();
    this.set({ trying: undefined, failures: 0, passingFailures: 0, fallback: undefined });
    this.forgetSettled();
    const { missed, furtherCalls } = this.next;
    if (this.remembered.waitingSinceMs !== 0 && missed.length + furtherCalls === 0)
      this.remember({ waitingSinceMs: 0 });
  }

  /** N15: who was settled is of no interest once no notice that names them is under way. */
  forgetSettled(): void {
    if (this.next.handedOver === undefined && this.remembered.settled.length > 0)
      this.remember({ settled: NO_RULE_STATE.settled });
  }

  forgetWhatIsTooOld(): void {
    const forgotten = whatIsTooOld(this);
    if (forgotten === undefined) return;
    this.set(forgotten.change);
    for (const of of forgotten.expired) this.noteRule('expired', { of });
    for (const of of forgotten.late) this.noteRule('away-too-late', { of });
  }
}
