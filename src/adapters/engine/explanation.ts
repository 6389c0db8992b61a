/** N16: what an engine's journal tells of a subscriber, or of one notice, whichever way the engine is reached. */
import type { Story } from '../../explain/story.ts';
import { tellStory } from '../../explain/tell-story.ts';
import type { JournalEntry } from '../../types/model/journal.ts';
import { type EffectId, effectKey } from '../../types/model/notice.ts';
import { decodeJournalRecord } from '../../wire/journal.ts';
import { findNumber, type JournalReach, searchProgress } from './find-number.ts';
import type { NumberAccess } from './number-access.ts';
import { stateOf } from './record-of.ts';

export interface Explanation {
  readonly story: Story;
  readonly journal: {
    /** From when on it has all events, of all shards; 0: it is empty. */
    readonly sinceMs: number;
    /** Nothing was ever trimmed from it. */
    readonly isWhole: boolean;
    /** Entries that were left out, the oldest. */
    readonly leftOut: number;
    /** Records that could not be read. */
    readonly unreadable: number;
  };
}

/** Entries of one subscriber that are told at most: the newest. */
const ENTRIES_MAX = 20_000;

export async function explainSubscriber(access: NumberAccess, number: string): Promise<Explanation> {
  const progress = searchProgress();
  let entries: JournalEntry[] = [];
  let leftOut = 0;
  for await (const { octets } of findNumber(access, number, ['journal'], progress)) {
    const record = decodeJournalRecord(octets);
    if (!record.ok) progress.unreadable++;
    else entries.push(...record.value.entries);
    if (entries.length >= 2 * ENTRIES_MAX) {
      leftOut += entries.length - ENTRIES_MAX;
      entries = newest(entries);
    }
  }
  leftOut += Math.max(0, entries.length - ENTRIES_MAX);
  const story = tellStory(number, newest(entries), await stateOf(access, number));
  const { unreadable, journals } = progress;
  return { story, journal: { ...reachOf(journals), leftOut, unreadable } };
}

function newest(entries: readonly JournalEntry[]): JournalEntry[] {
  return [...entries].sort((a, b) => a.event.atMs - b.event.atMs).slice(-ENTRIES_MAX);
}

function reachOf(journals: readonly JournalReach[]): Pick<Explanation['journal'], 'sinceMs' | 'isWhole'> {
  return {
    sinceMs: Math.max(0, ...journals.map(({ firstAtMs }) => firstAtMs)),
    isWhole: journals.every(({ firstWindow }) => firstWindow <= 1),
  };
}

export interface FoundNotice {
  /** Whose notice it is. */
  readonly subscriber: string;
  /** Of the effect that first sent it. */
  readonly id: string;
}

/**
 * Whose notice it is; else how far the journal reaches that does not have it.
 *
 * @param id of the effect that first sent it, or of a further try
 */
export async function findNotice(access: NumberAccess, id: EffectId): Promise<FoundNotice | JournalReach> {
  const { partition, sequence, index } = id;
  for (let after = ''; ; ) {
    const page = await access.search({ number: '', place: 'journal', partition, after, sequence });
    const [hit] = page.hits;
    if (hit !== undefined) {
      const record = decodeJournalRecord(hit.octets);
      const [entry] = record.ok ? record.value.entries : [];
      const effect = entry?.effects.find((one) => one.id.index === index)?.what;
      if (entry === undefined || effect?.kind !== 'send-notice') return page;
      return { subscriber: entry.event.subscriber, id: effectKey(effect.notice.id) };
    }
    after = page.after;
    if (page.done) return page;
  }
}
