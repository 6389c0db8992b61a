/** A disk after a crash that the store did not survive: a journal record that a recovery needs is gone, or torn. */
import type { MemoryDisk } from '../../src/engine/memory-store.ts';
import { decodeJournalRecord } from '../../src/wire/journal.ts';
import { sameOctets } from './invariants/fold.ts';

/** Undefined: a recovery needs no record. */
export function damagedCopy(
  disk: MemoryDisk,
  how: 'torn' | 'missing',
  below: (count: number) => number,
): MemoryDisk | undefined {
  const needed = disk.lastWindow - disk.recoverFrom + 1;
  if (needed < 1) return undefined;
  const window = disk.recoverFrom + below(needed);
  const record = disk.journal.get(window);
  // One without events has nothing to be torn.
  if (record === undefined || record.length < 2) return undefined;
  const copy = disk.clone();
  if (how === 'missing') copy.journal.delete(window);
  else copy.journal.set(window, torn(record, 1 + below(record.length - 1)));
  return copy;
}

/**
 * The first `length` octets, or one less where they end between two entries: that is a whole record to the decoder. The
 * checksum of the real store finds it, and this store has none.
 */
function torn(record: Uint8Array, length: number): Uint8Array {
  const cut = record.slice(0, length);
  return decodeJournalRecord(cut).ok ? record.slice(0, length - 1) : cut;
}

export function sameDisk(a: MemoryDisk, b: MemoryDisk): boolean {
  return (
    a.lastWindow === b.lastWindow &&
    a.recoverFrom === b.recoverFrom &&
    sameMap(a.journal, b.journal) &&
    sameMap(a.outbox, b.outbox) &&
    [...a.actors].every(([partition, actors]) => sameMap(actors, b.actors.get(partition) ?? new Map()))
  );
}

function sameMap<K>(a: ReadonlyMap<K, Uint8Array>, b: ReadonlyMap<K, Uint8Array>): boolean {
  if (a.size !== b.size) return false;
  for (const [key, octets] of a) {
    const other = b.get(key);
    if (other === undefined || !sameOctets(octets, other)) return false;
  }
  return true;
}
