/** When the last event of a store was, as far as the end of its journal says: time goes on from there. */
import type { Store } from '../../types/ports/store.ts';
import { decodeJournalRecord } from '../../wire/journal.ts';

/** The last windows may hold no event, or those of a life that was short, with a clock that was set back before it. */
const WINDOWS_MAX = 1000;

/** 0 when there is none. */
export function latestEventMs(store: Store): number {
  let latestMs = 0;
  for (const [, octets] of store.journal(Math.max(1, store.lastWindow - WINDOWS_MAX))) {
    const record = decodeJournalRecord(octets);
    if (!record.ok) continue;
    for (const { event } of record.value.entries) latestMs = Math.max(latestMs, event.atMs);
  }
  return latestMs;
}
