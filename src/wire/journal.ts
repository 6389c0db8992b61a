/** Journal records (proto/journal.proto). */
import type { JournalEntry, JournalRecord } from '../types/model/journal.ts';
import { partitionCount } from '../types/partition.ts';
import type { Result } from '../types/result.ts';
import { counted, Damage, decodeWith, encodeWith, needed } from './codec.ts';
import { effectFromWire, effectToWire } from './effect.ts';
import { eventFromWire, eventToWire } from './event.ts';
import { callwake } from './generated/messages.js';
import { effectIdFromWire } from './notice.ts';
import { rulingFromWire, rulingToWire } from './ruling.ts';

export function encodeJournalRecord(record: JournalRecord): Uint8Array {
  return encodeWith(callwake.JournalRecord, {
    entries: record.entries.map((entry) => ({
      partition: entry.partition,
      sequence: entry.sequence,
      event: eventToWire(entry.event),
      effects: entry.effects.map(effectToWire),
      ...(entry.ruled === undefined ? {} : { ruled: entry.ruled.map(rulingToWire) }),
    })),
    closed: [...record.closed],
  });
}

export function decodeJournalRecord(octets: Uint8Array): Result<JournalRecord> {
  return decodeWith(callwake.JournalRecord, octets, (record: callwake.JournalRecord.$Properties) => ({
    entries: (record.entries ?? []).map(entryFromWire),
    closed: (record.closed ?? []).map((id) => effectIdFromWire(id, 'JournalRecord.closed')),
  }));
}

function entryFromWire(entry: callwake.JournalEntry.$Properties): JournalEntry {
  const partition = entry.partition ?? 0;
  if (partition >= partitionCount) throw new Damage('wire-out-of-range', 'JournalEntry.partition');
  return {
    partition,
    sequence: counted(entry.sequence, 'JournalEntry.sequence'),
    event: eventFromWire(needed(entry.event, 'JournalEntry.event')),
    effects: (entry.effects ?? []).map(effectFromWire),
    ...(entry.ruled?.length ? { ruled: entry.ruled.map(rulingFromWire) } : {}),
  };
}
