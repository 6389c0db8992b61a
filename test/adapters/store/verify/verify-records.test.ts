/** Each thing that can be wrong among records whose checksums hold is found, and said in words that name no subscriber. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EnvironmentEntry } from '../../../../src/adapters/store/check-environment.ts';
import type { Head } from '../../../../src/adapters/store/environment.ts';
import { actorKey, deadlineKey, minuteOf, windowKey } from '../../../../src/adapters/store/keys.ts';
import { RecordCheck } from '../../../../src/adapters/store/verify/verify-records.ts';
import { QUARANTINE } from '../../../../src/engine/shard/recover.ts';
import type { Effect } from '../../../../src/types/model/effect.ts';
import type { SubscriberEvent } from '../../../../src/types/model/event.ts';
import { effectKey } from '../../../../src/types/model/notice.ts';
import { initialState, type SubscriberState } from '../../../../src/types/model/state.ts';
import { partitionCount, partitionOf } from '../../../../src/types/partition.ts';
import { encodeEffect } from '../../../../src/wire/effect.ts';
import { encodeEvent } from '../../../../src/wire/event.ts';
import { encodeJournalRecord } from '../../../../src/wire/journal.ts';
import { encodeState } from '../../../../src/wire/state.ts';

const NUMBER = '491511000001';
const OTHER = '491511000002';
const OWN = partitionOf(NUMBER);
const ANOTHER = (OWN + 1) % partitionCount;
const DEADLINE_MS = Date.UTC(2026, 5, 1);
const GARBAGE = Buffer.from([0xff, 0xff, 0xff]);

const head: Head = {
  window: 7,
  recoverFrom: 6,
  sequences: new Float64Array(partitionCount).fill(20),
  positions: undefined,
};

type Entries = readonly EnvironmentEntry[];
const entry = (table: EnvironmentEntry['table'], key: Uint8Array, value: Uint8Array): EnvironmentEntry => ({
  table,
  key: Buffer.from(key),
  value: Buffer.from(value),
});

const actor = (change: Partial<SubscriberState> = {}, partition = OWN, number = NUMBER): EnvironmentEntry =>
  entry(
    'actors',
    actorKey(partition, number),
    encodeState({ ...initialState(NUMBER), sequence: 20, ...change }),
  );
const deadline = (minute = minuteOf(DEADLINE_MS)): EnvironmentEntry =>
  entry('deadlines', deadlineKey(minute, OWN, NUMBER), new Uint8Array(0));
const event: SubscriberEvent = {
  subscriber: NUMBER,
  atMs: DEADLINE_MS,
  what: { kind: 'call-answered', callKey: Uint8Array.of(1), caller: OTHER },
};
const window = (number: number, sequences: readonly number[] = [], partition = OWN): EnvironmentEntry =>
  entry(
    'journal',
    windowKey(number),
    encodeJournalRecord({
      entries: sequences.map((sequence) => ({ partition, sequence, event, effects: [] })),
      closed: [],
    }),
  );
const effect = (sequence: number, partition = OWN): Effect => ({
  id: { partition, sequence, index: 0 },
  what: { kind: 'query-reachability', subscriber: NUMBER, priority: false },
});
const outbox = (key: string, value: Uint8Array): EnvironmentEntry => entry('outbox', Buffer.from(key), value);
const open = (one: Effect): EnvironmentEntry => outbox(effectKey(one.id), encodeEffect(one));

const JOURNAL = [window(6, [19]), window(7, [20])];
const SOUND: Entries = [
  actor({ deadlineAtMs: DEADLINE_MS }),
  ...JOURNAL,
  deadline(),
  open(effect(20)),
  outbox(`${QUARANTINE}1`, encodeEvent(event)),
];

function faultsIn(entries: Entries, to: Head = head, owned: readonly number[] = [OWN]) {
  const faults: string[] = [];
  const check = new RecordCheck(to, new Set(owned), (what) => faults.push(what));
  for (const one of entries) check.take(one);
  check.end();
  return { faults, counts: check.counts };
}

test('sound records have no fault, and are counted', () => {
  assert.deepEqual(faultsIn(SOUND), {
    faults: [],
    counts: { subscribers: 1, windows: 2, openEffects: 1, putAside: 1, deadlines: 1 },
  });
});

// biome-ignore format: a fault a line
const FAULTS: readonly (readonly [what: string, entries: Entries, fault: RegExp])[] = [
  ['a key of no subscriber',              [entry('actors', Buffer.of(1, 2), GARBAGE), ...JOURNAL],                  /a key is no subscriber/],
  ['a subscriber of another partition',   [actor({}, ANOTHER), ...JOURNAL],                                         /belongs to another one/],
  ['a subscriber that cannot be read',    [entry('actors', actorKey(OWN, NUMBER), GARBAGE), ...JOURNAL],            /it cannot be read/],
  ['a subscriber under another number',   [actor({}, partitionOf(OTHER), OTHER), ...JOURNAL],                       /has the number of another one/],
  ['a subscriber ahead of its partition', [actor({ sequence: 21 }), ...JOURNAL],                                    /is at 21, and the partition at 20/],
  ['a state that no reduction makes',     [actor({ delivery: 'trying' }), ...JOURNAL],                              /trying without a try/],
  ['a deadline that is not in the index', [actor({ deadlineAtMs: DEADLINE_MS }), ...JOURNAL],                       /the index has 0 entries/],
  ['a deadline of nobody',                [...JOURNAL, deadline()],                                                 /the index has 1 entries/],
  ['a deadline of another minute',        [actor({ deadlineAtMs: DEADLINE_MS }), ...JOURNAL, deadline(5)],          /not those of the 1 subscribers/],
  ['a key of no window',                  [entry('journal', Buffer.of(1), GARBAGE), ...JOURNAL],                    /a key is no window/],
  ['a journal with a hole',               [window(5), window(7)],                                                   /after window 5 comes 7/],
  ['a journal that begins too late',      [window(7)],                                                              /from 6 on are needed, and it begins with 7/],
  ['a journal that is not there',         [],                                                                       /from 6 on are needed, and it begins with 0/],
  ['a journal that ends early',           [window(6)],                                                              /ends with window 6, and the head is at 7/],
  ['a window that cannot be read',        [window(6), entry('journal', windowKey(7), GARBAGE)],                     /window 7: it cannot be read/],
  ['an event of another partition',       [window(6), window(7, [1], ANOTHER)],                                     /event \d+\.1 is of another partition/],
  ['an event that comes again',           [window(6, [20]), window(7, [20])],                                       /is not after the one before/],
  ['an event that the head has not',      [window(6), window(7, [21])],                                             /after the last one that the head knows/],
  ['an event put aside, unreadable',      [...JOURNAL, outbox(`${QUARANTINE}1`, GARBAGE)],                          /outbox: the event .+cannot be read/],
  ['an effect that cannot be read',       [...JOURNAL, outbox(`${OWN}.20.0`, GARBAGE)],                             /outbox: the effect .+cannot be read/],
  ['an effect under another key',         [...JOURNAL, outbox(`${OWN}.19.0`, encodeEffect(effect(20)))],            /is another one/],
  ['an effect of an event to come',       [...JOURNAL, open(effect(21))],                                           /is of an event to come/],
  ['an effect of another shard',          [...JOURNAL, open(effect(20, ANOTHER))],                                  /is not of this shard/],
];

for (const [what, entries, expected] of FAULTS) {
  test(`${what} is found`, () => {
    const { faults } = faultsIn(entries, head, [OWN, partitionOf(OTHER)]);
    assert.ok(
      faults.some((fault) => expected.test(fault)),
      faults.join('\n'),
    );
    assert.ok(!faults.some((fault) => fault.includes(NUMBER) || fault.includes(OTHER)), 'no number is told');
  });
}

test('a subscriber of a partition that another shard owns is found', () => {
  assert.match(faultsIn([actor(), ...JOURNAL], head, []).faults.join(), /which is not of this shard/);
});

test('positions of the rings that cannot be read are found', () => {
  assert.match(
    faultsIn(JOURNAL, { ...head, positions: GARBAGE }).faults.join(),
    /positions of the rings: it cannot be read/,
  );
});
