/** The engine in its threads: what an app reads over HTTP, and what becomes of what nobody reads (N8). */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { machineClock } from '../../src/adapters/clock.ts';
import { pushRenderer } from '../../src/adapters/engine/notice-text.ts';
import { inboxKeys } from '../../src/adapters/inbox/inbox-keys.ts';
import { startInboxServer } from '../../src/adapters/inbox/inbox-server.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { silentLog } from '../../src/types/log.ts';
import type { Preferences } from '../../src/types/model/preferences.ts';
import { temporaryFile } from '../support/temporary-folder.ts';
import { isTold, plantWith, texts } from './channels-plant.ts';
import { until } from './engine-plant.ts';

const KEY = 'a-key-of-thirty-two-characters-or-more';

interface Shown {
  readonly unread: number;
  readonly entries: readonly {
    readonly id: string;
    readonly unread: boolean;
    readonly replaces?: string;
    readonly title: string;
    readonly body: string;
    readonly data: { readonly callers: readonly { readonly caller: string; readonly calls: number }[] };
  }[];
}

/** A plant whose called person has an app. */
async function plantWithApp(t: TestContext) {
  const secrets = [`file:${temporaryFile(t, KEY)}`];
  const plant = await plantWith(t, ({ inbox }) => ({ inbox: { ...inbox, enabled: true, secrets } }));
  const { engine, config, b } = plant;
  const server = await startInboxServer(
    { host: '127.0.0.1', port: 0, requestsPerSecond: 1_000 },
    {
      mayRead: inboxKeys({ secrets }),
      subscribers: () => engine.appSubscribers,
      write: pushRenderer(config),
      clock: machineClock,
      counters: new CountersMap(),
      log: silentLog,
    },
  );
  t.after(() => server.close());
  const headers = { Authorization: `Bearer ${KEY}`, 'Content-Type': 'application/json' };
  const ask = async (init: RequestInit = {}): Promise<Shown> => {
    const address = `http://127.0.0.1:${server.port}/v1/subscribers/${b.number}/inbox`;
    const response = await fetch(address, { headers, ...init });
    assert.equal(response.status, 200);
    return (await response.json()) as Shown;
  };
  return {
    ...plant,
    app: {
      look: () => ask(),
      say: (order: object) => ask({ method: 'POST', body: JSON.stringify(order) }),
      shows: async (holds: (shown: Shown) => boolean): Promise<Shown> => {
        const endMs = performance.now() + 20_000;
        for (;;) {
          const shown = await ask();
          if (holds(shown)) return shown;
          assert.ok(performance.now() < endMs, 'the inbox shows something else');
        }
      },
    },
  };
}

test('N8 missed calls are told to the app, one entry says all while nobody has read it, and by no short message', async (t) => {
  const { app, order, miss, a, b, actorIs } = await plantWithApp(t);
  await order({ channels: ['inbox', 'sms'] });
  assert.deepEqual((await app.look()).entries, []);
  miss();
  const first = await app.shows(({ entries }) => entries.length === 1);
  const [entry] = first.entries;
  assert.ok(entry);
  assert.match(entry.body, new RegExp(`\\+${a.number}`));
  assert.equal(first.unread, 1);
  await actorIs(isTold);
  miss();
  const second = await app.shows(({ entries }) => entries[0]?.data.callers[0]?.calls === 2);
  const [both, ...others] = second.entries;
  assert.ok(both !== undefined && others.length === 0);
  assert.equal(both.replaces, entry.id);
  const read = await app.say({ read: [both.id] });
  assert.equal(read.unread, 0);
  assert.deepEqual(
    read.entries.map(({ unread }) => unread),
    [false],
  );
  miss();
  const third = await app.shows(({ entries }) => entries.length === 2);
  assert.equal(third.entries[0]?.data.callers[0]?.calls, 1, 'what was read is told no more');
  assert.deepEqual((await app.say({ removed: third.entries.map(({ id }) => id) })).entries, []);
  assert.deepEqual(texts(b), []);
});

test('N8 S1 the inbox is ordered away: what comes is told by short message, and what waits in it stays to be read', async (t) => {
  const { app, order, miss, b } = await plantWithApp(t);
  const preferences: Preferences = { channels: ['inbox'] };
  await order(preferences);
  miss();
  await app.shows(({ entries }) => entries.length === 1);
  await order({ channels: ['sms'] });
  miss();
  await until(() => texts(b).length === 1, 'the short message');
  assert.equal((await app.look()).entries.length, 1);
});
