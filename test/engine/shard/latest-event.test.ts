import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryDisk, MemoryStore } from '../../../src/engine/memory-store.ts';
import { latestEventMs } from '../../../src/engine/shard/latest-event.ts';
import { TimingWheel } from '../../../src/types/timing-wheel.ts';
import { encodeJournalRecord } from '../../../src/wire/journal.ts';

const entry = (sequence: number, atMs: number) => ({
  partition: 1,
  sequence,
  event: {
    subscriber: '491700000001',
    atMs,
    what: { kind: 'subscriber-reachable', source: 'alert' },
  } as const,
  effects: [],
});

test('the latest event is found where the last windows hold none', () => {
  const timers = new TimingWheel();
  const disk = new MemoryDisk([1]);
  const store = new MemoryStore(disk, { timers });
  assert.equal(latestEventMs(store), 0);
  const windows = [[entry(1, 5_000), entry(2, 9_000)], [entry(3, 7_000)], []];
  for (const [index, entries] of windows.entries())
    disk.journal.set(index + 1, encodeJournalRecord({ entries, closed: [] }));
  disk.lastWindow = windows.length;
  assert.equal(latestEventMs(store), 9_000);
});
