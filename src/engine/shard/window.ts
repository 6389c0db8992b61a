/** What is committed together: the events that were reduced since the last commit, and what follows from them. */
import type { Effect } from '../../types/model/effect.ts';
import type { JournalEntry } from '../../types/model/journal.ts';
import type { EffectId } from '../../types/model/notice.ts';

export interface Pending {
  readonly effect: Effect;
  readonly returnedAtMs: number;
}

export interface Window {
  readonly entries: JournalEntry[];
  readonly closed: EffectId[];
  readonly effects: Pending[];
  /** Tells whose event is in this window: heard when it is durable. */
  readonly heard: EffectId[];
  readonly sequences: Map<number, number>;
  readonly outboxRemove: string[];
  readonly quarantined: [key: string, event: Uint8Array][];
}

export function emptyWindow(): Window {
  return {
    entries: [],
    closed: [],
    effects: [],
    heard: [],
    sequences: new Map(),
    outboxRemove: [],
    quarantined: [],
  };
}

/** Nothing in it has to be durable. */
export function isEmpty({ entries, closed, heard, quarantined }: Window): boolean {
  return entries.length + closed.length + heard.length + quarantined.length === 0;
}
