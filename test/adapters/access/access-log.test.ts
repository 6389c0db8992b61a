import { strict as assert } from 'node:assert';
import { createHmac } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { AccessLog } from '../../../src/adapters/access/access-log.ts';
import { accessesOf } from '../../../src/adapters/access/accesses-of.ts';
import { LoggedAccess } from '../../../src/adapters/access/logged-access.ts';
import { keyedHash, madeNumberHash, numberHash } from '../../../src/adapters/access/number-hash.ts';
import type { NumberAccess } from '../../../src/adapters/engine/number-access.ts';
import type { SubscriberAccess } from '../../../src/adapters/engine/subscriber-access.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { silentLog } from '../../../src/types/log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const who = { user: 'anna', processId: 7, command: 'subscriber get' };
const X = '4915112345678';

function plant(octetsMax = 1_000_000, filesMax = 3) {
  const directory = temporaryFolder();
  const counters = new CountersMap();
  const clock = { now: () => 1_700_000_000_000, monotonic: () => 0 };
  const log = new AccessLog({ directory, octetsMax, filesMax, clock, counters, log: silentLog });
  return { directory, counters, log };
}

async function found(directory: string, number: string): Promise<Record<string, unknown>[]> {
  const entries: Record<string, unknown>[] = [];
  for await (const entry of accessesOf(directory, number))
    entries.push(JSON.parse(JSON.stringify(entry)) as never);
  return entries;
}

test('R6 an access has who, what and when; the number is masked, and found by who has the key', async () => {
  const { directory, log } = plant();
  log.record(who, 'look', [X]);
  log.record(who, 'change', [X, '4915100000001']);
  log.record(who, 'list', []);
  log.record(who, 'remove', ['4915100000001']);
  await log.close();
  const file = path.join(directory, 'access.log');
  const text = readFileSync(file, 'utf8');
  assert(!text.includes(X) && !text.includes('4915100000001'));
  assert.equal(text.trim().split('\n').length, 3);
  for (const name of ['access.log', 'access.key'])
    assert.equal(statSync(path.join(directory, name)).mode & 0o777, 0o600);
  const at = new Date(1_700_000_000_000).toISOString();
  assert.deepEqual(await found(directory, X), [
    { at, ...who, did: 'look', number: '4915•••••••78' },
    { at, ...who, did: 'change', count: 2 },
  ]);
  assert.deepEqual(await found(directory, '4915199999999'), []);
  // What a crash cut off is no entry, and no end.
  appendFileSync(file, `{"at":"x","hashes":["${numberHash(directory)!(X)}"`);
  assert.equal((await found(directory, X)).length, 2);
  assert.equal(madeNumberHash(directory)(X), numberHash(directory)!(X));
  assert.deepEqual(await found(temporaryFolder(), X), [], 'nothing was ever written there');
  rmSync(directory, { recursive: true });
});

test('R6 the access log is rotated by size, and keeps so many files', async () => {
  const { directory, log } = plant(500, 3);
  for (let index = 0; index < 30; index++) {
    log.record({ ...who, processId: index }, 'look', [X]);
    await log.close();
  }
  const files = readdirSync(directory).filter((name) => name.startsWith('access.log'));
  assert(files.length <= 3 && files.length >= 2, files.join());
  for (const name of files) assert(statSync(path.join(directory, name)).size < 1_000);
  const ids = (await found(directory, X)).map(({ processId }) => processId as number);
  assert.equal(ids.at(-1), 29);
  assert.deepEqual(
    ids,
    [...ids].sort((a, b) => a - b),
    'the oldest first',
  );
  assert(ids.length < 15);
  const single = plant(100, 1);
  for (let index = 0; index < 3; index++) {
    single.log.record(who, 'look', [X]);
    await single.log.close();
  }
  assert(readdirSync(single.directory).filter((name) => name.startsWith('access.log')).length <= 1);
});

test('what cannot be written is counted, and keeps nobody waiting', async () => {
  const { directory, counters, log } = plant();
  rmSync(directory, { recursive: true });
  log.record(who, 'look', [X]);
  await log.close();
  assert.equal(counters.get('access-log.failed'), 1);
  const many = Array.from({ length: 512 }, (_, index) => `${4_915_100_000_000 + index}`);
  const full = plant();
  for (let index = 0; index < 2_000; index++) full.log.record(who, 'change', many);
  assert(full.counters.get('access-log.dropped') > 1_000);
  await full.log.close();
  full.log.record(who, 'look', [X]);
  await full.log.close();
  assert.equal((await found(full.directory, X)).length, 1, 'there is room again');
  rmSync(full.directory, { recursive: true });
});

test('R6 whatever is done with subscribers is recorded, a search once', async () => {
  const recorded: unknown[] = [];
  const profile = { missedCalls: true, notifyMe: 'off', language: 'en', timeZone: 'UTC' } as const;
  const page = {
    hits: [],
    after: '',
    done: true,
    looked: 0,
    unreadable: 0,
    firstWindow: 0,
    lastWindow: 0,
    firstAtMs: 0,
  };
  const access: SubscriberAccess & NumberAccess = {
    get: () => Promise.resolve(profile),
    presence: () => Promise.resolve(undefined),
    put: () => Promise.resolve('changed'),
    change: () => Promise.resolve(['added']),
    remove: () => Promise.resolve(true),
    list: () =>
      Promise.resolve([
        { number: '2', profile },
        { number: '3', profile },
      ]),
    search: () => Promise.resolve(page),
    shardPartitions: () => Promise.resolve([0]),
    forget: () => Promise.resolve(),
  };
  const record = (_: unknown, did: string, numbers: readonly string[]) => recorded.push([did, ...numbers]);
  const logged = new LoggedAccess(access, { record }, who);
  await logged.get('1');
  await logged.put('1', profile);
  await logged.change([{ number: '1', change: {} }], { replace: false, dryRun: false });
  await logged.change([{ number: '1', change: {} }], { replace: false, dryRun: true });
  await logged.remove('1');
  await logged.list('', 10);
  for (const partition of [0, 1])
    await logged.search({ number: '1', place: 'records', partition, after: '' });
  await logged.search({ number: '1', place: 'journal', partition: 0, after: '' });
  await logged.search({ number: '', place: 'journal', partition: 0, after: '', sequence: 7 });
  for (const partition of [0, 1])
    await logged.search({ number: '2', place: 'journal', partition, after: '' });
  await logged.forget('2', '1');
  await logged.forget('1', '1');
  assert.deepEqual(recorded, [
    ['look', '1'],
    ['change', '1'],
    ['change', '1'],
    ['look', '1'],
    ['remove', '1'],
    ['list', '2', '3'],
    ['search', '1'],
    ['search', '2'],
    ['forget', '1'],
  ]);
});

test('the hash of a number is the beginning of its HMAC-SHA-256 (RFC 2104 §2)', () => {
  for (const length of [1, 32, 64]) {
    const key = Uint8Array.from({ length }, (_, index) => index * 7);
    const hash = keyedHash(key);
    for (const number of [X, '1', '', '123456789012345', '49']) {
      const expected = createHmac('sha256', key).update(number).digest().subarray(0, 12);
      assert.equal(hash(number), expected.toString('base64url'));
    }
  }
});
