import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryDisk, MemoryStore } from '../../../src/engine/memory-store.ts';
import { ActorCache } from '../../../src/engine/shard/actor-cache.ts';
import { Lookups } from '../../../src/engine/shard/lookups.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { initialState, type SubscriberState } from '../../../src/types/model/state.ts';
import { TimingWheel } from '../../../src/types/timing-wheel.ts';
import { decodeState, encodeState } from '../../../src/wire/state.ts';

const PARTITION = 7;
const provisioned = (number: string, language: string): SubscriberState => ({
  ...initialState(number),
  profile: { missedCalls: true, notifyMe: 'off', language, timeZone: 'UTC' },
});

test('a page holds who is stored and who was changed a moment ago, in order, each once, with what is true now', () => {
  const disk = new MemoryDisk([PARTITION]);
  for (const number of ['4911', '4913', '4915'])
    disk.actors.get(PARTITION)!.set(number, encodeState(provisioned(number, 'en')));
  const store = new MemoryStore(disk, { timers: new TimingWheel({ startMs: 0 }) });
  const cache = new ActorCache({ store, actorsMax: 10, onDamagedRecord: () => assert.fail() });
  for (const number of ['4910', '4913', '4914', '491'])
    cache.changed(cache.activate(PARTITION, number)!, provisioned(number, 'de'), 1);
  const lookups = new Lookups(cache, store, new CountersMap(), 100_000);
  const page = (after: string, count: number): string[] =>
    lookups.answer({ token: 1, subscriber: after, page: count, partition: PARTITION }).map((octets) => {
      const state = decodeState(octets);
      assert.ok(state.ok);
      return `${state.value.number} ${state.value.profile?.language}`;
    });
  const all = ['491 de', '4910 de', '4911 en', '4913 de', '4914 de', '4915 en'];
  assert.deepEqual(page('', 10), all);
  assert.deepEqual(page('', 2), all.slice(0, 2));
  assert.deepEqual(page('4910', 2), all.slice(2, 4));
  assert.deepEqual(page('4913', 10), all.slice(4));
  assert.deepEqual(page('4914', 10), all.slice(5));
});
