/** Calls of a subscriber's own that failed as the called party was away, and what became of the notices of its return (K1). */
import type { Told } from '../types/model/event.ts';
import type { JournalEntry } from '../types/model/journal.ts';
import type { Notice } from '../types/model/notice.ts';
import type { Mutable } from '../types/mutable.ts';
import type { ReturnStory } from './story.ts';
import { type EntryOf, triggerOf } from './triggers.ts';

type AtWork = Omit<Mutable<ReturnStory>, 'notices'> & { readonly notices: string[] };

export class ReturnLedger {
  readonly #number: string;
  readonly #entryOf: EntryOf;
  readonly #returns: AtWork[] = [];

  constructor(number: string, entryOf: EntryOf) {
    this.#number = number;
    this.#entryOf = entryOf;
  }

  /** @param entry of this subscriber */
  told({ event: { atMs }, effects }: JournalEntry, { from, what, source }: Told): void {
    if (what.kind === 'callee-unreachable') {
      const watched = effects.some(
        ({ what: effect }) => effect.kind === 'tell-subscriber' && effect.what.kind === 'return-watched',
      );
      const { attemptedAtMs } = what;
      this.#returns.push({ callee: from, attemptedAtMs, toldAtMs: atMs, watched, notices: [] });
    }
    if (what.kind !== 'callee-returned') return;
    const shows = this.#entryOf(source);
    const trigger = shows === undefined ? {} : { trigger: triggerOf(shows, this.#entryOf) };
    for (const one of this.#returns)
      if (one.callee === from && one.watched && one.returned === undefined)
        one.returned = { atMs: what.returnedAtMs, ...trigger };
  }

  composed(id: string, { content }: Notice): void {
    if (content.kind !== 'returns') return;
    for (const one of this.#returns)
      if (
        content.returned.some(
          (line) => line.subscriber === one.callee && one.attemptedAtMs <= line.attemptedAtMs,
        )
      )
        if (one.notices.length === 0 || one.returned !== undefined) one.notices.push(id);
  }

  /** R2: events of the called parties, by which they let this subscriber not know. */
  refusals(entries: readonly JournalEntry[]): void {
    for (const { event, ruled = [] } of entries)
      if (ruled.some(({ rule, of }) => rule === 'privacy' && of === this.#number))
        for (const one of this.#returns)
          if (one.callee === event.subscriber && one.watched && one.returned === undefined)
            one.refusedAtMs ??= event.atMs;
  }

  stories(): ReturnStory[] {
    return this.#returns;
  }
}
