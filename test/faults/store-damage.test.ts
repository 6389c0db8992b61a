/**
 * Data that are not what was written: each damage is found, said with what to do, changes nothing, and is never used in silence.
 * Checked: what a start refuses it leaves as it was; after a restore everything is there again.
 */
import assert from 'node:assert/strict';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { writeBackup } from '../../src/adapters/store/backup/write-backup.ts';
import { checkEnvironment } from '../../src/adapters/store/check-environment.ts';
import { seal } from '../../src/adapters/store/checksum.ts';
import { shardDirectory } from '../../src/adapters/store/data-directory.ts';
import { Environment } from '../../src/adapters/store/environment.ts';
import { deadlineKey, windowKey } from '../../src/adapters/store/keys.ts';
import { verifyData } from '../../src/adapters/store/verify/verify-data.ts';
import { OperatingError } from '../../src/types/operating-error.ts';
import { partitionOf } from '../../src/types/partition.ts';
import { numberOf, StorePlace } from './store-place.ts';

const COUNT = 150;

/** Subscribers, and a backup of them. */
async function filled(t: TestContext): Promise<StorePlace> {
  const place = new StorePlace(t);
  await place.subscribe(COUNT);
  await place.backUp('backup');
  return place;
}

const faultsOf = (place: StorePlace): readonly string[] => verifyData(place.data, () => undefined).faults;

/** The start refuses it and changes nothing, a verification says what it is, and a restore makes good. */
async function assertFoundAndRestored(
  place: StorePlace,
  code: string,
  reason: RegExp,
  verified: RegExp,
): Promise<void> {
  const damaged = place.files();
  await place.refuses(code, reason);
  assert.match(faultsOf(place).join('\n'), verified);
  assert.deepEqual(place.files(), damaged, 'nothing was changed');
  await restored(place);
}

async function restored(place: StorePlace): Promise<void> {
  await place.restore('backup');
  assert.deepEqual(faultsOf(place), []);
  assert.equal((await place.numbers()).length, COUNT);
}

test('a truncated environment is found at the start, and restored from a backup', async (t) => {
  const place = await filled(t);
  truncateSync(place.dataFile(0), 6 * 4096);
  const found = /shard-0: .*(the file ends before it|lies outside the file|no page of the file)/;
  await assertFoundAndRestored(place, 'CW_STORE_DAMAGED', found, found);
});

test('environments cut to nothing are not taken for new ones', async (t) => {
  const place = await filled(t);
  for (const shard of [0, 1]) truncateSync(place.dataFile(shard), 0);
  await place.refuses('CW_STORE_INCOMPLETE', /has been started before/);
  await restored(place);
});

test('a bit of a branch page is found at the start, and restored from a backup', async (t) => {
  const place = await filled(t);
  const octets = readFileSync(place.dataFile(1));
  let branch = 0;
  checkEnvironment({
    directory: shardDirectory(place.data, 1),
    depth: 'whole',
    onPages: (page, found) => {
      if (found.readUInt16LE(18) === 1) branch = page * 4096;
    },
  });
  assert.ok(branch > 0);
  octets[branch + 26] = (octets[branch + 26] ?? 0) ^ 0x40;
  writeFileSync(place.dataFile(1), octets);
  await assertFoundAndRestored(
    place,
    'CW_STORE_DAMAGED',
    /shard-1: \w+, page \d+: /,
    /shard-1: \w+, page \d+: /,
  );
});

test('a bit of a subscriber’s record is found when it is read: the others are served, and damage is not backed up', async (t) => {
  const place = await filled(t);
  const number = numberOf(7);
  flipRecord(place, number);
  const faults = faultsOf(place);
  assert.equal(faults.length, 1);
  assert.match(
    faults[0]!,
    /^shard-[01]: actors: the record of a subscriber in partition \d+ is not what was written$/,
  );
  assert.ok(!faults[0]!.includes(number), 'numbers of people are not in it');
  const sound = Array.from({ length: COUNT }, (_, index) => numberOf(index)).filter(
    (other) => other !== number,
  );
  await place.opened(async (subscribers) => {
    assert.deepEqual(
      (await subscribers.list('', 1000)).map((entry) => entry.number),
      sound,
    );
    assert.equal(await subscribers.get(number), undefined);
    const profile = { missedCalls: true, notifyMe: 'off', language: 'en', timeZone: 'UTC' } as const;
    assert.equal(await subscribers.put(numberOf(8), profile), 'changed');
  });
  await assert.rejects(
    writeBackup({ directory: place.data, to: place.at('other'), version: '0', starts: 1, nowMs: 0 }),
    (error) => error instanceof OperatingError && error.code === 'CW_STORE_DAMAGED',
  );
  await restored(place);
});

test('after a start that did not live long the whole of the data is checked before they are opened', async (t) => {
  const place = await filled(t);
  flipRecord(place, numberOf(7));
  // As a start leaves it that native code ended in its first seconds.
  writeFileSync(`${place.data}/starting`, '');
  await place.refuses('CW_STORE_DAMAGED', /record of a subscriber in partition \d+ is not what was written/);
  await restored(place);
});

test('a journal with a hole is refused, and restored from a backup', async (t) => {
  const place = await filled(t);
  const window = await changeStore(place, ({ journal }, head) => {
    void journal.remove(windowKey(head.window - 1));
    return { ...head, recoverFrom: head.window - 2 };
  });
  await assertFoundAndRestored(
    place,
    'CW_JOURNAL_DAMAGED',
    new RegExp(`window ${window - 1} is missing`),
    new RegExp(`shard-0: journal: after window ${window - 2} comes ${window}`),
  );
});

test('a record of an unknown kind is refused with where it is, and restored from a backup', async (t) => {
  const place = await filled(t);
  // An effect with an id (0.3.0) and a member of its oneof that this version does not know (field 111).
  const effect = Buffer.from('0a09110000000000000840fa0600', 'hex');
  await changeStore(place, ({ outbox }, head) => {
    const key = Buffer.from('0.3.0');
    void outbox.put(key, seal('outbox', key, effect));
    return head;
  });
  await assertFoundAndRestored(
    place,
    'CW_JOURNAL_DAMAGED',
    /outbox entry 0\.3\.0: wire-unknown-kind/,
    /shard-0: outbox: the effect 0\.3\.0: it is of a kind that this version does not know/,
  );
});

test('an entry of the deadlines without a subscriber that has it is found by a verification', async (t) => {
  const place = await filled(t);
  await changeStore(place, ({ deadlines }, head) => {
    const key = deadlineKey(29_000_000, partitionOf(numberOf(3)), numberOf(3));
    void deadlines.put(key, seal('deadlines', key, new Uint8Array(0)));
    return head;
  });
  assert.deepEqual(faultsOf(place), [
    'shard-0: deadlines: the index has 1 entries that are not those of the 0 subscribers with a deadline',
  ]);
});

/** Flips one bit of a record, wherever pages have it, in use or not. */
function flipRecord(place: StorePlace, number: string): void {
  for (const shard of [0, 1]) {
    const file = place.dataFile(shard);
    const octets = readFileSync(file);
    // The record's first field: its tag, its length, its text; then the tag of the profile.
    const text = Buffer.concat([Buffer.of(0x0a, number.length), Buffer.from(number), Buffer.of(0x12)]);
    for (let at = octets.indexOf(text); at >= 0; at = octets.indexOf(text, at + 1))
      octets[at + text.length + 2] = (octets[at + text.length + 2] ?? 0) ^ 0x01;
    writeFileSync(file, octets);
  }
}

/** Changes shard 0 as a fault of a program would: with right checksums. Returns its last window. */
async function changeStore(
  place: StorePlace,
  change: (environment: Environment, head: Environment['head']) => Environment['head'],
): Promise<number> {
  const environment = new Environment({ directory: shardDirectory(place.data, 0), mapSizeOctets: 2 ** 26 });
  const { head } = environment;
  assert.ok(head.window > 5);
  environment.transact(() => environment.putHead(change(environment, head)));
  await environment.close();
  return head.window;
}
