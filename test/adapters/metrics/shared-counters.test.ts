import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  SharedCounters,
  SharedCountersReader,
  sharedCountersMemory,
} from '../../../src/adapters/metrics/shared-counters.ts';

function read(...memories: SharedArrayBuffer[]): Record<string, number> {
  const values = new Map<string, number>();
  for (const memory of memories) new SharedCountersReader(memory).addTo(values);
  return Object.fromEntries(values);
}

test('what a thread counts can be read elsewhere, several threads’ counts under one name', () => {
  const [one, two] = [sharedCountersMemory(), sharedCountersMemory()];
  const counters = new SharedCounters(one);
  counters.count('tcap.reject.invoke.1');
  counters.count('sccp.udt.received', 3);
  counters.count('sccp.udt.received');
  new SharedCounters(two).count('sccp.udt.received', 10);
  assert.deepEqual(read(one, two), { 'tcap.reject.invoke.1': 1, 'sccp.udt.received': 14 });
});

test('a reader sees names that came after it', () => {
  const memory = sharedCountersMemory();
  const counters = new SharedCounters(memory);
  const reader = new SharedCountersReader(memory);
  for (const name of ['a', 'ü', 'c']) {
    counters.count(name);
    const values = new Map<string, number>();
    reader.addTo(values);
    assert.equal(values.get(name), 1);
  }
});

test('a thread that starts anew goes on with the counts of its predecessor', () => {
  const memory = sharedCountersMemory();
  new SharedCounters(memory).count('shard.events', 5);
  new SharedCounters(memory).count('shard.events', 2);
  assert.deepEqual(read(memory), { 'shard.events': 7 });
});

test('names for which there is no room, and names too long, are counted together', () => {
  const memory = sharedCountersMemory(3);
  const counters = new SharedCounters(memory);
  for (const name of ['a', 'b', 'c', 'd', 'c']) counters.count(name);
  assert.deepEqual(read(memory), { 'counters.other': 3, a: 1, b: 1 });
  const wide = sharedCountersMemory();
  new SharedCounters(wide).count('x'.repeat(96));
  new SharedCounters(wide).count('x'.repeat(95));
  assert.deepEqual(read(wide), { 'counters.other': 1, ['x'.repeat(95)]: 1 });
});
