/** One journal record per commit window of a shard; proto/journal.proto is its form at rest. */
import type { Effect } from './effect.ts';
import type { SubscriberEvent } from './event.ts';
import type { EffectId } from './notice.ts';
import type { Ruling } from './ruling.ts';

export interface JournalEntry {
  readonly partition: number;
  /** Of the event in its partition; the first is 1. */
  readonly sequence: number;
  readonly event: SubscriberEvent;
  /** The effects that must outlive a crash. */
  readonly effects: readonly Effect[];
  /** N16: what the rules said then; they may be others now. Absent: nothing. */
  readonly ruled?: readonly Ruling[];
}

export interface JournalRecord {
  readonly entries: readonly JournalEntry[];
  /** Effects that ended without an event of their own. */
  readonly closed: readonly EffectId[];
}
