/** Everything that was ever committed, in the order of the log: journals are trimmed, and checks want all of them. */
import type { MemoryDisk } from '../../src/engine/memory-store.ts';
import type { NoticeOutcome } from '../../src/types/model/event.ts';
import type { JournalEntry } from '../../src/types/model/journal.ts';
import { effectKey } from '../../src/types/model/notice.ts';
import type { CommitWindow } from '../../src/types/ports/store.ts';
import { decodeJournalRecord } from '../../src/wire/journal.ts';

/** The disks at one moment, and where the log stood. */
export interface Snapshot {
  readonly disks: readonly MemoryDisk[];
  /** By shard: entries that were committed. */
  readonly committed: readonly number[];
}

export class JournalTap {
  /** By shard. */
  readonly entries: JournalEntry[][];
  /** A record that was committed and does not decode. */
  damage = '';
  snapshot: Snapshot | undefined;
  /** Deliveries that have ended, and of whose end the log does not know yet: a crash forgets it. */
  readonly #endedUnknown = new Set<string>();

  /** When entries came to inboxes (N8), by the ids of their effects. */
  readonly placedAtMs = new Map<string, number>();
  /** Ids of entries of which an app has said that they were read. */
  readonly readIds = new Set<string>();
  readonly #now: () => number;

  constructor(shards: number, now: () => number) {
    this.#now = now;
    this.entries = Array.from({ length: shards }, () => []);
  }

  applied(shard: number, { window, journal }: CommitWindow): void {
    const record = decodeJournalRecord(journal);
    if (!record.ok) {
      this.damage ||= `window ${window} of shard ${shard}: ${record.code}`;
      return;
    }
    this.entries[shard]!.push(...record.value.entries);
    for (const id of record.value.closed) this.#endedUnknown.delete(effectKey(id));
    for (const { event } of record.value.entries)
      if (event.what.kind === 'notice-outcome') this.#noticeEnded(event.what);
    for (const { event } of record.value.entries)
      if (event.what.kind === 'admin-command' && event.what.command.kind === 'open-inbox')
        for (const id of event.what.command.read) this.readIds.add(effectKey(id));
  }

  #noticeEnded({ effect, channel }: NoticeOutcome): void {
    const id = effectKey(effect);
    this.#endedUnknown.delete(id);
    if (channel === 'inbox') this.placedAtMs.set(id, this.#now());
  }

  get endedUnknown(): number {
    return this.#endedUnknown.size;
  }

  /** The desk has handed over what came of a notice, by `effectKey`. */
  ended(key: string): void {
    this.#endedUnknown.add(key);
  }

  /** Kept for the fold at the end; the first one counts. */
  takeSnapshot(disks: readonly MemoryDisk[]): void {
    this.snapshot ??= {
      disks: disks.map((disk) => disk.clone()),
      committed: this.entries.map(({ length }) => length),
    };
  }
}
