import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MemoryDisk, MemoryStore } from '../../../src/engine/memory-store.ts';
import { ActorCache } from '../../../src/engine/shard/actor-cache.ts';
import { QUARANTINE } from '../../../src/engine/shard/recover.ts';
import { Search } from '../../../src/engine/shard/search.ts';
import type { JournalRecord } from '../../../src/types/model/journal.ts';
import { effectKey } from '../../../src/types/model/notice.ts';
import { initialState, type SubscriberState } from '../../../src/types/model/state.ts';
import type { SearchPage, SearchPlace } from '../../../src/types/model/thread.ts';
import { namesNumber } from '../../../src/types/names-number.ts';
import { OperatingError } from '../../../src/types/operating-error.ts';
import { TimingWheel } from '../../../src/types/timing-wheel.ts';
import { encodeEffect } from '../../../src/wire/effect.ts';
import { encodeEvent } from '../../../src/wire/event.ts';
import { decodeJournalRecord, encodeJournalRecord } from '../../../src/wire/journal.ts';
import { decodeState, encodeState } from '../../../src/wire/state.ts';
import { effects, events, journalRecords } from '../../support/model-arbitraries.ts';

const PARTITION = 7;
const X = '4917012345';

const watchedBy = (number: string, watcher?: string): SubscriberState => ({
  ...initialState(number),
  watchers: watcher === undefined ? [] : [{ subscriber: watcher, attemptedAtMs: 1, awaySinceMs: 1 }],
  alertsFor: ['4999'],
});

function plant(replyOctetsMax = 100_000) {
  const disk = new MemoryDisk([PARTITION]);
  const store = new MemoryStore(disk, { timers: new TimingWheel({ startMs: 0 }) });
  const cache = new ActorCache({ store, actorsMax: 100_000, onDamagedRecord: () => undefined });
  const search = new Search(cache, store, replyOctetsMax);
  const all = (place: SearchPlace, number = X) => {
    const keys: string[] = [];
    const pages: SearchPage[] = [];
    for (let after = ''; ; ) {
      const page = search.look({ number, place, partition: PARTITION, after });
      pages.push(page);
      keys.push(...page.hits.map(({ key }) => key));
      assert(pages.length < 10_000, 'a search comes to its end');
      if (page.done) return { keys, pages };
      assert.notEqual(page.after, after);
      after = page.after;
    }
  };
  return { disk, store, cache, all };
}

test('R6 records that name a number are found as they are now, its own one too, page by page', () => {
  const { disk, cache, all } = plant();
  const stored = disk.actors.get(PARTITION)!;
  const expected: string[] = [];
  for (let index = 0; index < 5_000; index++) {
    const number = `49151${1_000_000 + index}`;
    const names = index % 777 === 0;
    if (names) expected.push(number);
    // Digits within other digits are no hit.
    stored.set(number, encodeState(watchedBy(number, names ? X : index % 2 === 0 ? `${X}1` : undefined)));
  }
  stored.set(X, encodeState(initialState(X)));
  expected.push(X);
  const changed = (number: string, watcher?: string) =>
    cache.changed(cache.activate(PARTITION, number)!, watchedBy(number, watcher), 1);
  changed('491510', X);
  changed('491511000001', X);
  changed(expected[1]!);
  changed('49999', X);
  expected.splice(1, 1);
  expected.push('491510', '491511000001', '49999');
  const { keys, pages } = all('records');
  assert.deepEqual(keys, expected.sort());
  assert.equal(
    pages.reduce((sum, { looked }) => sum + looked, 0),
    5_003,
  );
  assert(pages.every(({ looked }) => looked <= 1_000));
  assert.deepEqual(all('records', '4998').keys, []);
  const elsewhere = plant().all('records');
  assert.deepEqual(elsewhere.keys, []);
});

test('R6 a reply holds as many hits as it has room for; what no reply holds is said', () => {
  const { disk, all } = plant(2_000);
  const stored = disk.actors.get(PARTITION)!;
  for (let index = 0; index < 100; index++) {
    const number = `49151${1_000_000 + index}`;
    const long = index % 10 === 3;
    const list = Array.from({ length: long ? 300 : 3 }, (_, at) => `4930${at}`);
    stored.set(number, encodeState({ ...watchedBy(number, X), alertsFor: list }));
  }
  const { keys, pages } = all('records');
  assert.equal(keys.length, 90);
  assert.equal(
    pages.reduce((sum, { unreadable }) => sum + unreadable, 0),
    10,
  );
  for (const { hits } of pages) assert(hits.reduce((sum, { octets }) => sum + octets.length, 0) <= 2_000);
});

test('R6 what does not decode is counted, and the search goes on', () => {
  const { disk, all } = plant();
  const stored = disk.actors.get(PARTITION)!;
  stored.set('4911', Buffer.concat([Buffer.from(X), Buffer.of(0xff)]));
  stored.set('4912', encodeState(watchedBy('4912', X)));
  const { keys, pages } = all('records');
  assert.deepEqual([keys, pages[0]!.unreadable], [['4912'], 1]);
});

/** With the number that is looked for in the place of some. */
function naming(record: JournalRecord, every: number): JournalRecord {
  const entries = record.entries.map((entry, index) =>
    index % every === 0 ? { ...entry, event: { ...entry.event, subscriber: X } } : entry,
  );
  return { ...record, entries };
}

test('R6 events of the journal that name a number are found, each once, whatever a reply holds', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(journalRecords, fc.integer({ min: 1, max: 3 })), { maxLength: 30 }),
      fc.constantFrom(3_000, 100_000),
      (drawn, room) => {
        const { disk, all } = plant(room);
        const expected: string[] = [];
        drawn.forEach(([record, every], index) => {
          const window = index + 1;
          const stored = encodeJournalRecord(naming(record, every));
          disk.journal.set(window, stored);
          disk.lastWindow = window;
          const decoded = decodeJournalRecord(stored);
          assert(decoded.ok);
          decoded.value.entries.forEach((entry, at) => {
            if (
              namesNumber(entry, X) &&
              encodeJournalRecord({ entries: [entry], closed: [] }).length < room - 300
            )
              expected.push(`${window}.${at}`);
          });
        });
        const { keys, pages } = all('journal');
        assert.deepEqual(
          expected.filter((key) => !keys.includes(key)),
          [],
        );
        assert.equal(new Set(keys).size, keys.length);
        assert.equal(pages.at(-1)!.lastWindow, drawn.length);
      },
    ),
    { numRuns: 100 },
  );
});

test('N16 an event of the journal is found by its sequence, once, or not at all', () => {
  const { store, cache } = plant();
  const entry = (partition: number, sequence: number) => ({
    partition,
    sequence,
    event: { subscriber: X, atMs: 5, what: { kind: 'timer-fired', generation: sequence } },
    effects: [],
  });
  const record = (...entries: ReturnType<typeof entry>[]) =>
    encodeJournalRecord({ entries, closed: [] } as unknown as JournalRecord);
  const journal = [
    record(entry(PARTITION, 1), entry(PARTITION + 1, 2)),
    record(entry(PARTITION, 2), entry(PARTITION, 3)),
  ];
  const full = {
    partitions: store.partitions,
    lastWindow: 2,
    journal: (from: number) =>
      journal.map((octets, at) => [at + 1, octets] as const).slice(Math.max(0, from - 1)),
  };
  const search = new Search(cache, full as unknown as MemoryStore, 100_000);
  const keysOf = (sequence: number) =>
    search
      .look({ number: '', place: 'journal', partition: PARTITION, after: '', sequence })
      .hits.map(({ key }) => key);
  assert.deepEqual([keysOf(1), keysOf(2), keysOf(3), keysOf(4)], [['1.0'], ['2.0'], ['2.1'], []]);
});

test('R6 a damaged journal ends the search there, and says that something could not be read', () => {
  const { store, cache } = plant();
  const entry = {
    partition: PARTITION,
    sequence: 1,
    event: { subscriber: X, atMs: 5, what: { kind: 'timer-fired', generation: 1 } },
    effects: [],
  } as const;
  const record = encodeJournalRecord({ entries: [entry], closed: [] });
  const broken = {
    partitions: store.partitions,
    lastWindow: 3,
    journal: function* (from: number) {
      if (from <= 1) yield [1, record] as const;
      throw new OperatingError('CW_STORE_DAMAGED', 'a page');
    },
  };
  const search = new Search(cache, broken as unknown as MemoryStore, 100_000);
  const page = search.look({ number: X, place: 'journal', partition: PARTITION, after: '' });
  assert.deepEqual(
    [
      page.hits.map(({ key }) => key),
      page.done,
      page.unreadable,
      page.firstWindow,
      page.lastWindow,
      page.firstAtMs,
    ],
    [['1.0'], true, 1, 1, 3, 5],
  );
});

test('R6 effects and events in the outbox that name a number are found', () => {
  fc.assert(
    fc.property(fc.array(effects, { maxLength: 20 }), fc.array(events, { maxLength: 5 }), (drawn, aside) => {
      const { disk, all } = plant();
      const expected = new Set<string>();
      for (const [index, effect] of drawn.entries()) {
        const named = effect.what.kind === 'tell-subscriber' && index % 2 === 0;
        const one = named ? { ...effect, what: { ...effect.what, from: X } } : effect;
        disk.outbox.set(effectKey(one.id), encodeEffect(one));
        if (named) expected.add(effectKey(one.id));
      }
      for (const [index, event] of aside.entries()) {
        const key = `${PARTITION}${QUARANTINE}1.${index}`;
        disk.outbox.set(key, encodeEvent({ ...event, subscriber: X }));
        expected.add(key);
      }
      assert.deepEqual(all('outbox').keys.sort(), [...expected].sort());
    }),
    { numRuns: 100 },
  );
});

test('no number is nowhere', () => {
  const { all } = plant();
  for (const place of ['records', 'journal', 'outbox'] as const) {
    assert.deepEqual(all(place, '').keys, []);
    assert.deepEqual(all(place, 'x'.repeat(50)).keys, []);
  }
});

test('decoding what was found gives what was stored', () => {
  const { disk, all } = plant();
  const state = watchedBy('4912', X);
  disk.actors.get(PARTITION)!.set('4912', encodeState(state));
  const [hit] = all('records').pages[0]!.hits;
  const decoded = decodeState(hit!.octets);
  assert(decoded.ok);
  assert.deepEqual(decoded.value, state);
});
