/**
 * Tells a subscriber's story from the entries of the journal that name it: its own events in their order, and those of others
 * that told it something. What the rules said is in the journal as it was said then; what is so now is in the state.
 */
import { messageIdKeys } from '../types/message-id.ts';
import type { SendNotice } from '../types/model/effect.ts';
import type { NoticeOutcome, OpenInbox, ReachabilityOutcome, ReceiptCame } from '../types/model/event.ts';
import type { JournalEntry } from '../types/model/journal.ts';
import { type EffectId, type Notice, sameEffect } from '../types/model/notice.ts';
import type { SubscriberState } from '../types/model/state.ts';
import type { Mutable } from '../types/mutable.ts';
import { CallLedger } from './call-ledger.ts';
import { ReturnLedger } from './return-ledger.ts';
import type {
  NoticeEnd,
  NoticeStory,
  QueryStory,
  ReceiptStory,
  Standing,
  Story,
  Trigger,
  TryStory,
} from './story.ts';
import { type EntryOf, entriesByEffect, idOf, showsPresence, triggerOf } from './triggers.ts';

interface NoticeAtWork {
  readonly id: string;
  readonly notice: Notice;
  readonly composed: NoticeStory['composed'];
  readonly calls: readonly string[];
  readonly tries: Mutable<TryStory>[];
  readonly receipts: ReceiptStory[];
  readonly delivered: Set<string>;
  end: NoticeEnd | undefined;
}

/**
 * @param entries in any order; of one partition the sequence tells it
 * @param state as it is now; undefined: there is no record
 */
export function tellStory(
  number: string,
  entries: readonly JournalEntry[],
  state: SubscriberState | undefined,
): Story {
  return new Telling(number, entries, state).story();
}

class Telling {
  readonly #number: string;
  readonly #entries: readonly JournalEntry[];
  readonly #state: SubscriberState | undefined;
  readonly #entryOf: EntryOf;
  readonly #calls = new CallLedger();
  readonly #returns: ReturnLedger;
  readonly #notices: NoticeAtWork[] = [];
  readonly #queries: Mutable<QueryStory>[] = [];
  #reachable: Trigger | undefined;
  #lastTry: string | undefined;

  constructor(number: string, entries: readonly JournalEntry[], state: SubscriberState | undefined) {
    this.#number = number;
    this.#entries = entries;
    this.#state = state;
    this.#entryOf = entriesByEffect(entries);
    this.#returns = new ReturnLedger(number, this.#entryOf);
  }

  story(): Story {
    const own = this.#entries
      .filter(({ event }) => event.subscriber === this.#number)
      .sort((a, b) => a.sequence - b.sequence);
    for (const entry of own) this.#take(entry);
    this.#returns.refusals(this.#entries);
    return {
      number: this.#number,
      now: standingOf(this.#state),
      calls: this.#calls.stories(this.#state),
      notices: this.#notices.map((one) => this.#noticeStory(one)),
      returns: this.#returns.stories(),
      queries: this.#queries,
    };
  }

  /** What happened, what the rules said of it, and what it led to: in the order in which the actor did it. */
  #take(entry: JournalEntry): void {
    const { event, effects, ruled = [] } = entry;
    const { atMs, what } = event;
    switch (what.kind) {
      case 'call-missed':
        this.#calls.missed(entry, what);
        break;
      case 'notice-outcome':
        this.#tryEnded(what, atMs);
        break;
      case 'reachability-outcome':
        this.#queryEnded(what, atMs);
        break;
      case 'receipt-came':
        this.#receipt(what, atMs);
        break;
      case 'told':
        if (what.what.kind === 'number-shown') this.#calls.shown(what.from, what.what);
        this.#returns.told(entry, what);
        break;
      case 'admin-command':
        if (what.command.kind === 'open-inbox') this.#opened(what.command, atMs);
        break;
      default:
    }
    if (showsPresence(entry)) this.#reachable = triggerOf(entry, this.#entryOf);
    for (const ruling of ruled) {
      this.#calls.rule(ruling, atMs, this.#lastTry);
      if (ruling.rule === 'given-up') this.#giveUp(atMs);
      if (ruling.rule === 'unread') this.#unread(atMs);
    }
    for (const { id, what: effect } of effects) {
      if (effect.kind === 'send-notice') this.#sent(entry, id, effect);
      else if (effect.kind === 'query-reachability') this.#queries.push({ id: idOf(id), askedAtMs: atMs });
    }
  }

  #sent(entry: JournalEntry, id: EffectId, { notice, firstPart, priority, replaces }: SendNotice): void {
    const key = idOf(notice.id);
    const { atMs } = entry.event;
    let at = this.#notices.find((one) => one.id === key);
    if (at === undefined) {
      const isFirst = sameEffect(notice.id, id);
      const reachable = this.#reachable;
      const composed = {
        atMs,
        trigger: triggerOf(entry, this.#entryOf),
        ...(reachable === undefined ? {} : { reachable }),
      };
      // What it stands in for says no more.
      const before = replaces && this.#withSmsc(replaces.smsc, replaces.messageIds[0] ?? '');
      if (before !== undefined) this.#calls.takenBack(before.id);
      at = {
        id: key,
        notice,
        composed: isFirst ? composed : undefined,
        calls: this.#calls.composed(key, notice),
        tries: [],
        receipts: [],
        delivered: new Set(),
        end: undefined,
      };
      this.#notices.push(at);
      this.#returns.composed(key, notice);
    }
    at.end = undefined;
    const replacesAt = replaces === undefined ? {} : { replacesAt: replaces.smsc };
    at.tries.push({ id: idOf(id), askedAtMs: atMs, priority, firstPart, ...replacesAt });
    this.#lastTry = idOf(id);
  }

  #tryEnded(outcome: NoticeOutcome, atMs: number): void {
    const id = idOf(outcome.effect);
    const at = this.#notices.find(({ tries }) => tries.some((one) => one.id === id));
    const ended = at?.tries.find((one) => one.id === id);
    if (at === undefined || ended === undefined) return;
    const { result, startedAtMs, via, partsDelivered, uncertain, onWaitingList, detail, handedOver } =
      outcome;
    ended.end = {
      atMs,
      startedAtMs,
      result,
      ...(via === undefined ? {} : { via }),
      partsDelivered,
      uncertain,
      onWaitingList,
      detail,
      ...(handedOver === undefined
        ? {}
        : {
            handedOver: {
              smsc: handedOver.smsc,
              messageIds: handedOver.messageIds,
              validUntilMs: handedOver.validUntilMs,
            },
          }),
    };
    if (result === 'delivered') this.#delivered(at, atMs);
    else if (result === 'accepted') {
      at.end = { kind: 'with-smsc', untilMs: handedOver?.validUntilMs ?? 0 };
      if (ended.replacesAt !== undefined) this.#replaced(at, atMs);
    } else {
      at.end = { kind: 'not-delivered', atMs };
      // What may have arrived goes out again as it is, and goes on telling what it tells.
      if (!uncertain && partsDelivered === 0) this.#calls.takenBack(at.id);
    }
  }

  #queryEnded(outcome: ReachabilityOutcome, atMs: number): void {
    const asked = this.#queries.find(({ id }) => id === idOf(outcome.effect));
    if (asked === undefined) return;
    const { result, via, onWaitingList, detail } = outcome;
    asked.end = { atMs, result, ...(via === undefined ? {} : { via }), onWaitingList, detail };
  }

  #receipt({ smsc, messageId, fate, detail }: ReceiptCame, atMs: number): void {
    const at = this.#withSmsc(smsc, messageId);
    if (at === undefined) return;
    at.receipts.push({ atMs, smsc, messageId, fate, detail });
    const parts =
      at.tries.findLast(({ end }) => end?.handedOver !== undefined)?.end?.handedOver?.messageIds ?? [];
    if (fate === 'delivered') {
      const part = parts.find((one) => isSameMessage(one, messageId));
      if (part !== undefined) at.delivered.add(part);
      if (parts.every((one) => at.delivered.has(one))) this.#delivered(at, atMs);
    } else if (fate === 'expired' || fate === 'failed') {
      at.end = { kind: 'not-delivered', atMs };
      this.#calls.takenBack(at.id);
    }
  }

  #delivered(at: NoticeAtWork, atMs: number): void {
    const isInInbox = at.notice.way?.channel === 'inbox';
    if (isInInbox) this.#placed(at, atMs);
    at.end = { kind: isInInbox ? 'in-inbox' : 'delivered', atMs };
    this.#calls.arrived(at.id, at.notice.content.kind === 'teaser', atMs);
  }

  #replaced(by: NoticeAtWork, atMs: number): void {
    for (const one of this.#notices)
      if (one !== by && one.end?.kind === 'with-smsc') one.end = { kind: 'replaced', atMs, notice: by.id };
  }

  /** N8 */
  #opened({ read, removed }: OpenInbox, atMs: number): void {
    for (const one of this.#notices)
      if (one.end?.kind === 'in-inbox' && [...read, ...removed].some((id) => idOf(id) === one.id))
        one.end = { kind: 'read', atMs };
  }

  /** N8: what lay in the inbox is to be told another way. */
  #unread(atMs: number): void {
    for (const one of this.#notices)
      if (one.end?.kind === 'in-inbox') {
        one.end = { kind: 'unread', atMs };
        this.#dueAgain(one.id);
      }
  }

  /** What it tells, and what it took the place of. */
  #dueAgain(id: string): void {
    this.#calls.unread(id);
    for (const { id: before, end } of this.#notices)
      if (end?.kind === 'replaced' && end.notice === id) this.#dueAgain(before);
  }

  /** N8: unread, what is of its kind gives way to it, but for a notice of another caller where each has one. */
  #placed(by: NoticeAtWork, atMs: number): void {
    const perCaller = this.#state?.profile?.preferences?.aggregation === 'per-caller';
    for (const one of this.#notices) {
      const isOther = one === by || one.end?.kind !== 'in-inbox';
      if (isOther || one.notice.content.kind !== by.notice.content.kind) continue;
      if (perCaller && callerOf(one.notice) !== callerOf(by.notice)) continue;
      one.end = { kind: 'replaced', atMs, notice: by.id };
    }
  }

  #giveUp(atMs: number): void {
    for (const one of this.#notices)
      if (one.end === undefined || one.end.kind === 'not-delivered') one.end = { kind: 'given-up', atMs };
  }

  #withSmsc(smsc: string, messageId: string): NoticeAtWork | undefined {
    return this.#notices.findLast(({ tries }) =>
      tries.some(
        ({ end }) =>
          end?.handedOver?.smsc === smsc &&
          end.handedOver.messageIds.some((one) => isSameMessage(one, messageId)),
      ),
    );
  }

  #noticeStory({ id, notice, composed, calls, tries, receipts, end }: NoticeAtWork): NoticeStory {
    return {
      id,
      notice,
      kind: notice.content.kind,
      ...(composed === undefined ? {} : { composed }),
      calls,
      tries,
      receipts,
      end: this.#endNow(notice, end),
    };
  }

  #endNow(notice: Notice, end: NoticeEnd | undefined): NoticeEnd {
    const { delivery, deadlineAtMs, notice: held, handedOver, inbox } = this.#state ?? {};
    const underWay: NoticeEnd = { kind: 'under-way', state: delivery ?? 'idle', untilMs: deadlineAtMs ?? 0 };
    if (held !== undefined && sameEffect(held.id, notice.id)) return underWay;
    const isWithSmsc = handedOver !== undefined && sameEffect(handedOver.notice.id, notice.id);
    if (end?.kind === 'with-smsc' && !isWithSmsc) return { kind: 'unknown' };
    const isInInbox = inbox?.entries.some((entry) => sameEffect(entry.notice.id, notice.id)) === true;
    if (end?.kind === 'in-inbox' && !isInInbox) return { kind: 'unknown' };
    return end ?? { kind: 'unknown' };
  }
}

const callerOf = ({ content }: Notice): string | undefined =>
  content.kind === 'missed-calls' ? content.callers[0]?.caller : undefined;

function isSameMessage(own: string, other: string): boolean {
  const meant = messageIdKeys(other);
  return messageIdKeys(own).some((key) => meant.includes(key));
}

function standingOf(state: SubscriberState | undefined): Standing {
  const { profile, delivery = 'idle', deadlineAtMs = 0, absent = false, reachableAtMs = 0 } = state ?? {};
  const { missed = [], furtherCalls = 0 } = state ?? {};
  return {
    isSubscribed: profile !== undefined,
    missedCalls: profile?.missedCalls ?? false,
    notifyMe: profile?.notifyMe ?? 'off',
    delivery,
    deadlineAtMs,
    isAbsent: absent,
    reachableAtMs,
    callsWaiting: missed.reduce((sum, { calls }) => sum + calls, furtherCalls),
  };
}
