import { strict as assert } from 'node:assert';
import { once } from 'node:events';
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import type { Who } from '../../../src/adapters/access/access-log.ts';
import { ControlClient } from '../../../src/adapters/control/control-client.ts';
import { controlAnswer, REQUEST_OCTETS_MAX } from '../../../src/adapters/control/control-messages.ts';
import { ControlServer } from '../../../src/adapters/control/control-server.ts';
import type { NumberAccess } from '../../../src/adapters/engine/number-access.ts';
import {
  CHANGES_MAX,
  type ChangeOptions,
  type ChangeOutcome,
  type SubscriberAccess,
  type SubscriberEntry,
} from '../../../src/adapters/engine/subscriber-access.ts';
import { changedProfile } from '../../../src/provisioning/profile-change.ts';
import { ProfileReader, type SubscriberChange } from '../../../src/provisioning/reader.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { silentLog } from '../../../src/types/log.ts';
import { type Profile, sameProfile } from '../../../src/types/model/profile.ts';
import type { SearchPage, SearchStep } from '../../../src/types/model/thread.ts';
import { OperatingError } from '../../../src/types/operating-error.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const profile: Profile = { missedCalls: true, notifyMe: 'off', language: 'en', timeZone: 'Europe/Berlin' };

class MemoryAccess implements SubscriberAccess, NumberAccess {
  presence(number: string) {
    const known = { absent: true, absentSinceMs: 5, reachableAtMs: 3, reachableBy: 'alert' };
    return Promise.resolve(number === '491510000001' ? known : undefined);
  }

  readonly stored = new Map<string, Profile>();
  busy = false;

  get(number: string): Promise<Profile | undefined> {
    if (this.busy) return Promise.reject(new OperatingError('CW_ENGINE_BUSY', 'the engine is busy'));
    return Promise.resolve(this.stored.get(number));
  }

  async put(number: string, ordered: Profile): Promise<'changed' | 'unchanged'> {
    await new Promise(setImmediate);
    const before = this.stored.get(number);
    this.stored.set(number, ordered);
    return before !== undefined && sameProfile(before, ordered) ? 'unchanged' : 'changed';
  }

  async change(
    changes: readonly SubscriberChange[],
    { replace, dryRun }: ChangeOptions,
  ): Promise<readonly ChangeOutcome[]> {
    await new Promise(setImmediate);
    return changes.map(({ number, change }) => {
      const before = this.stored.get(number);
      const after = changedProfile(before, change, profile, replace);
      if (!dryRun) this.stored.set(number, after);
      if (before === undefined) return 'added';
      return sameProfile(before, after) ? 'unchanged' : 'changed';
    });
  }

  remove(number: string): Promise<boolean> {
    return Promise.resolve(this.stored.delete(number));
  }

  readonly steps: SearchStep[] = [];
  readonly forgotten: [subscriber: string, number: string][] = [];

  search(step: SearchStep): Promise<SearchPage> {
    this.steps.push(step);
    const hits = [{ key: '4915110000001', octets: Uint8Array.of(0, 255, 7) }];
    return Promise.resolve({
      hits,
      after: '',
      done: true,
      looked: 1,
      unreadable: 0,
      firstWindow: 3,
      lastWindow: 9,
      firstAtMs: 5,
    });
  }

  shardPartitions(): Promise<readonly number[]> {
    return Promise.resolve([0, 1]);
  }

  forget(subscriber: string, number: string): Promise<void> {
    this.forgotten.push([subscriber, number]);
    return Promise.resolve();
  }

  list(after: string, limit: number): Promise<SubscriberEntry[]> {
    const entries = [...this.stored].map(([number, ordered]) => ({ number, profile: ordered }));
    const above = entries.filter(({ number }) => number > after);
    return Promise.resolve(above.sort((a, b) => (a.number < b.number ? -1 : 1)).slice(0, limit));
  }
}

async function plant(folder = temporaryFolder()) {
  const access = new MemoryAccess();
  const asked: Who[] = [];
  const counters = new CountersMap();
  const server = await ControlServer.start({
    directory: folder,
    subscribers: (who) => {
      asked.push(who);
      return access;
    },
    profiles: new ProfileReader({ countryCode: '49', nationalPrefix: '0', internationalPrefix: '00' }),
    status: () => ({ threads: [] }),
    recording: {
      status: { underWay: true, tookMs: 5, facts: 7, octets: 900 },
      run: () => Promise.reject(new OperatingError('CW_RECORD_FAILED', 'it is there already')),
      end: () => Promise.resolve(false),
    },
    backup: (to) => Promise.resolve({ shards: [], files: [], to }),
    counters,
    log: silentLog,
  });
  return {
    folder,
    access,
    asked,
    counters,
    server,
    end: async () => {
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Sends octets as they are, and gives the answers until the engine or we have no more to say. */
async function talk(folder: string, text: string): Promise<unknown[]> {
  const socket = connect(path.join(folder, 'control.sock'));
  let answers = '';
  socket.setEncoding('utf8').on('data', (piece: string) => (answers += piece));
  socket.on('error', () => undefined);
  socket.end(text);
  await once(socket, 'close');
  const lines = answers.split('\n').filter((line) => line !== '');
  return lines.map((line) => controlAnswer.parse(JSON.parse(line)));
}

test('subscribers are read, changed, listed and removed over the socket', async () => {
  const { folder, access, end } = await plant();
  const client = await ControlClient.connect(folder);
  assert(client !== undefined);
  assert.equal(await client.get('4915110000001'), undefined);
  assert.equal(await client.put('4915110000001', profile), 'changed');
  assert.equal(await client.put('4915110000001', { ...profile }), 'unchanged');
  assert.deepEqual(await client.get('4915110000001'), profile);
  const many = Array.from({ length: 2_500 }, (_, index) => `49152${1_000_000 + index}`);
  await Promise.all(many.map((number) => client.put(number, profile)));
  assert.equal(access.stored.size, 2_501);
  const listed = await client.list('49152', 10_000);
  assert.deepEqual(
    listed.map(({ number }) => number),
    many,
  );
  assert.equal((await client.list('', 3)).length, 3);
  assert.equal(await client.remove('4915110000001'), true);
  assert.equal(await client.remove('4915110000001'), false);
  assert.deepEqual(await client.status(), { threads: [] });
  await client.close();
  await end();
});

test('O7 changes go over the socket in batches, in both directions as they are', async () => {
  const { folder, access, end } = await plant();
  const client = await ControlClient.connect(folder);
  assert(client !== undefined);
  const change = {
    language: 'de',
    quietHours: { fromMinute: 1_320, toMinute: 420 },
    digestAt: 1_080,
    webPush: [
      {
        endpoint: 'https://push.example/1',
        p256dh: Uint8Array.of(4, ...new Uint8Array(64)),
        auth: new Uint8Array(16),
      },
    ],
    callersListed: ['4930123456'],
    ownMessage: 'Zurück um acht, "pünktlich"',
  };
  const numbers = Array.from({ length: CHANGES_MAX }, (_, index) => `49152${1_000_000 + index}`);
  const changes = numbers.map((number) => ({ number, change }));
  const asked = { replace: false, dryRun: false };
  assert.deepEqual(
    await client.change(changes, { ...asked, dryRun: true }),
    numbers.map(() => 'added'),
  );
  assert.equal(access.stored.size, 0);
  assert.deepEqual(
    await client.change(changes, asked),
    numbers.map(() => 'added'),
  );
  const held = await client.get(numbers[7]!);
  assert.deepEqual(held, access.stored.get(numbers[7]!));
  assert.deepEqual(held?.preferences?.webPush?.[0]?.p256dh.length, 65);
  const back = { number: numbers[7]!, change: { quietHours: null, callersListed: null } };
  assert.deepEqual(await client.change([back], asked), ['changed']);
  assert.equal((await client.get(numbers[7]!))?.preferences?.quietHours, undefined);
  await assert.rejects(client.change([...changes, ...changes], asked), /entries/);
  await client.close();
  await end();
});

test('R6 who asks says who it is; a number is searched for and forgotten over the socket', async () => {
  const { folder, access, asked, end } = await plant();
  const client = await ControlClient.connect(folder);
  assert(client !== undefined);
  const { user, processId } = asked.at(-1)!;
  assert.notEqual(user, 'unknown');
  assert.equal(processId, process.pid);
  const step = { number: '4915110000002', place: 'journal', partition: 63, after: '7.1' } as const;
  const page = await client.search(step);
  const ofEvent = { number: '', place: 'journal', partition: 63, after: '', sequence: 12 } as const;
  await client.search(ofEvent);
  assert.deepEqual(access.steps, [step, ofEvent]);
  assert.deepEqual(page.hits, [{ key: '4915110000001', octets: Uint8Array.of(0, 255, 7) }]);
  assert.deepEqual([page.firstWindow, page.lastWindow, page.firstAtMs, page.done], [3, 9, 5, true]);
  assert.deepEqual(await client.shardPartitions(), [0, 1]);
  await client.forget('4915110000001', '4915110000002');
  assert.deepEqual(access.forgotten, [['4915110000001', '4915110000002']]);
  await client.close();
  await end();
});

test('the socket is for its user alone, and goes with the engine', async () => {
  const { folder, server } = await plant();
  const socket = path.join(folder, 'control.sock');
  assert.equal(statSync(socket).mode & 0o777, 0o600);
  await server.close();
  assert.equal(await ControlClient.connect(folder), undefined);
  rmSync(folder, { recursive: true });
  assert.equal(await ControlClient.connect(folder), undefined, 'nor where there is no folder');
});

test('what a dead engine left at the place of its socket is replaced', async () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'control.sock'), 'left over');
  const { end } = await plant(folder);
  const client = await ControlClient.connect(folder);
  assert(client !== undefined);
  await client.close();
  await end();
});

test('a folder whose path is longer than a socket’s address may be takes a socket all the same', async (t) => {
  if (process.platform !== 'linux') return t.skip('long paths work by way of /proc, which Linux has');
  const top = temporaryFolder();
  const folder = path.join(top, 'd'.repeat(100), 'e'.repeat(100));
  mkdirSync(folder, { recursive: true });
  const { server } = await plant(folder);
  const client = await ControlClient.connect(folder);
  assert.deepEqual(await client?.status(), { threads: [] });
  await client?.close();
  await server.close();
  rmSync(top, { recursive: true });
});

test('a request that is wrong is answered with what is wrong, and the next one is taken', async () => {
  const { folder, counters, end } = await plant();
  const requests = [
    'no json',
    '[]',
    '{"id":7,"op":"erase everything"}',
    '{"id":8,"op":"get","number":"+49"}',
    `{"id":9,"op":"put","number":"4915110000001","profile":${JSON.stringify({ ...profile, timeZone: 'Mars' })}}`,
    '{"id":10,"op":"list","after":"","limit":100000}',
    '{"id":-1,"op":"status"}',
    '',
    '{"id":11,"op":"status"}',
  ];
  const answers = (await talk(folder, `${requests.join('\n')}\n`)) as { id: number; ok: boolean }[];
  assert.deepEqual(
    answers.map(({ id, ok }) => [id, ok]).sort((a, b) => Number(a[0]) - Number(b[0])),
    [
      [0, false],
      [0, false],
      [0, false],
      [7, false],
      [8, false],
      [9, false],
      [10, false],
      [11, true],
    ],
  );
  assert.match(JSON.stringify(answers), /profile\.timeZone: an IANA time zone/);
  assert.equal(counters.get('control.request-refused'), 7);
  await end();
});

test('a line without end is refused and takes no memory', async () => {
  const { folder, counters, end } = await plant();
  const answers = await talk(folder, `${'x'.repeat(REQUEST_OCTETS_MAX * 3)}\n{"id":1,"op":"status"}\n`);
  assert.deepEqual(
    answers.map((answer) => (answer as { ok: boolean }).ok),
    [false],
  );
  assert.equal(counters.get('control.status'), 0);
  await end();
});

test('an asker that reads no answers is not read any further', async () => {
  const { folder, access, counters, end } = await plant();
  for (let index = 0; index < 1_000; index++) access.stored.set(`49151${1_000_000 + index}`, profile);
  const socket = connect(path.join(folder, 'control.sock'));
  await once(socket, 'connect');
  const request = '{"id":1,"op":"list","after":"","limit":1000}\n';
  socket.write(request.repeat(5_000));
  const settled = async (): Promise<number> => {
    let before = -1;
    for (;;) {
      for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate);
      const now = counters.get('control.list');
      if (now === before) return now;
      before = now;
    }
  };
  assert((await settled()) < 1_000, 'an answer has a tenth of a megabyte');
  socket.destroy();
  await once(socket, 'close');
  await end();
});

test('what the engine cannot do now is said with its code, and an engine that goes ends the wait', async () => {
  const { folder, access, server } = await plant();
  const client = await ControlClient.connect(folder);
  assert(client !== undefined);
  access.busy = true;
  await assert.rejects(
    client.get('4915110000001'),
    (error) => error instanceof OperatingError && error.code === 'CW_ENGINE_BUSY',
  );
  const waiting = client.put('4915110000001', profile);
  const gone = assert.rejects(
    waiting,
    (error) => error instanceof OperatingError && error.code === 'CW_ENGINE_BUSY',
  );
  await server.close();
  await gone;
  await assert.rejects(client.get('4915110000001'), /gave no answer/);
  rmSync(folder, { recursive: true });
});
