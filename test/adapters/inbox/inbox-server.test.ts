/** Inboxes over HTTP, with subscribers in a map. */
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { AppSubscribers } from '../../../src/adapters/inbox/app-subscribers.ts';
import { inboxKeys } from '../../../src/adapters/inbox/inbox-keys.ts';
import { startInboxServer } from '../../../src/adapters/inbox/inbox-server.ts';
import type { InboxOrder } from '../../../src/adapters/inbox/read-request.ts';
import { loadUws } from '../../../src/adapters/web/uws-transport.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { silentLog } from '../../../src/types/log.ts';
import type { Inbox } from '../../../src/types/model/inbox.ts';
import { temporaryFile } from '../../support/temporary-folder.ts';

const B = '491710000002';
const KEY = 'a-key-of-thirty-two-characters-or-more';
const OTHER_KEY = 'another.key/of~thirty+two-characters==';
const uwsLoads = !((await loadUws()) instanceof Error);

const inboxOf = (): Inbox => ({
  entries: [1, 2].map((sequence) => ({
    notice: {
      id: { partition: 3, sequence, index: 0 },
      recipient: B,
      language: 'de',
      timeZone: 'UTC',
      templateVersion: 1,
      createdAtMs: 1_000 * sequence,
      reference: sequence,
      content: {
        kind: 'missed-calls',
        callers: [{ caller: '491710000001', calls: sequence, lastAtMs: 900, reason: 'busy' }],
        furtherCalls: 0,
      },
      ...(sequence === 2 ? { replaces: { partition: 3, sequence: 9, index: 1 } } : {}),
    },
    sinceMs: 950,
    readAtMs: sequence === 1 ? 1_500 : 0,
    untilMs: 9_000,
  })),
  isPassedBy: false,
});

interface PlantOptions {
  readonly transport?: 'uws' | 'node';
  readonly requestsPerSecond?: number;
  readonly subscribers?: AppSubscribers | undefined;
}

async function plant(t: TestContext, options: PlantOptions = {}) {
  const opened: InboxOrder[] = [];
  const counters = new CountersMap();
  let nowMs = 0;
  const standard: AppSubscribers = {
    look: (number) => Promise.resolve(number === B ? { inbox: inboxOf() } : undefined),
    say: (number, order) => {
      if (number !== B) return Promise.resolve(undefined);
      opened.push(order);
      return Promise.resolve({ inbox: inboxOf() });
    },
  };
  const subscribers = 'subscribers' in options ? options.subscribers : standard;
  const { requestsPerSecond = 1_000, transport = 'node' } = options;
  const secrets = [KEY, OTHER_KEY].map((key) => `file:${temporaryFile(t, key)}`);
  const server = await startInboxServer(
    { host: '127.0.0.1', port: 0, requestsPerSecond },
    {
      mayRead: inboxKeys({ secrets }),
      subscribers: () => subscribers,
      write: ({ language, content }) => ({
        title: 'Missed calls',
        body: content.kind,
        language,
        direction: 'ltr',
        fallbacks: [],
      }),
      clock: { now: () => nowMs, monotonic: () => nowMs },
      counters,
      log: silentLog,
      transport,
    },
  );
  t.after(() => server.close());
  const ask = (
    path: string,
    init: RequestInit = {},
    headers: Record<string, string> = { Authorization: `Bearer ${KEY}` },
  ): Promise<Response> =>
    fetch(`http://127.0.0.1:${server.port}${path}`, {
      redirect: 'error',
      ...init,
      headers: { ...headers, ...(init.headers as Record<string, string> | undefined) },
    });
  const own = `/v1/subscribers/${B}/inbox`;
  return {
    ask,
    show: (init: RequestInit = {}) => ask(own, init),
    say: (body: string, contentType = 'application/json') =>
      ask(own, { method: 'POST', body, headers: { 'Content-Type': contentType } }),
    own,
    opened,
    counters,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

async function problemOf(response: Response, status: number): Promise<string> {
  assert.equal(response.status, status);
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  const { title, status: said, detail } = (await response.json()) as Record<string, unknown>;
  assert.equal(said, status);
  assert.equal(typeof title, 'string');
  return String(detail);
}

for (const transport of uwsLoads ? (['node', 'uws'] as const) : (['node'] as const))
  describe(`N8 the inbox over ${transport}`, () => {
    test('GET shows it, the latest first; who has it already is told in a word', async (t) => {
      const { show, counters } = await plant(t, { transport });
      const first = await show();
      assert.equal(first.status, 200);
      assert.equal(first.headers.get('cache-control'), 'private, no-cache');
      assert.deepEqual(await first.json(), {
        subscriber: B,
        unread: 1,
        entries: [
          {
            id: '3.2.0',
            kind: 'missed-calls',
            unread: true,
            sinceMs: 950,
            writtenAtMs: 2_000,
            replaces: '3.9.1',
            language: 'de',
            direction: 'ltr',
            title: 'Missed calls',
            body: 'missed-calls',
            data: {
              callers: [{ caller: '491710000001', calls: 2, lastAtMs: 900, reason: 'busy' }],
              furtherCalls: 0,
            },
          },
          {
            id: '3.1.0',
            kind: 'missed-calls',
            unread: false,
            readAtMs: 1_500,
            sinceMs: 950,
            writtenAtMs: 1_000,
            language: 'de',
            direction: 'ltr',
            title: 'Missed calls',
            body: 'missed-calls',
            data: {
              callers: [{ caller: '491710000001', calls: 1, lastAtMs: 900, reason: 'busy' }],
              furtherCalls: 0,
            },
          },
        ],
      });
      const etag = first.headers.get('etag') ?? '';
      const again = await show({ headers: { 'If-None-Match': etag } });
      assert.equal(again.status, 304);
      assert.equal((await show({ method: 'HEAD' })).headers.get('etag'), etag);
      assert.equal(counters.get('inbox.shown'), 3);
    });

    test('POST says what was read and what is to go, and shows what is left', async (t) => {
      const { say, opened, counters } = await plant(t, { transport });
      const answer = await say('{"read":["3.1.0","3.2.0"],"removed":["63.9007199254740991.0"]}');
      assert.equal(answer.status, 200);
      assert.equal(((await answer.json()) as { entries: unknown[] }).entries.length, 2);
      assert.deepEqual(opened, [
        {
          read: [
            { partition: 3, sequence: 1, index: 0 },
            { partition: 3, sequence: 2, index: 0 },
          ],
          removed: [{ partition: 63, sequence: 9_007_199_254_740_991, index: 0 }],
        },
      ]);
      assert.equal((await say('{}', 'application/json; charset=utf-8')).status, 200);
      assert.equal(counters.get('inbox.changed'), 2);
    });

    test('RFC 6750 §2.1 without a key nothing is told, also not whether there is such a subscriber', async (t) => {
      const { ask, own, opened, counters } = await plant(t, { transport });
      const headers = ['', KEY, `Bearer ${KEY}x`, `Bearer ${KEY.slice(1)}`, `Basic ${btoa(KEY)}`, 'Bearer '];
      for (const authorization of headers) {
        const refused = await ask(own, {}, authorization === '' ? {} : { Authorization: authorization });
        assert.equal(refused.headers.get('www-authenticate'), 'Bearer');
        await problemOf(refused, 401);
      }
      await problemOf(await ask('/v1/subscribers/491719999999/inbox', {}, {}), 401);
      await problemOf(await ask(own, { method: 'POST', body: '{"read":["3.2.0"]}' }, {}), 401);
      assert.equal((await ask(own, {}, { Authorization: `bearer ${OTHER_KEY}` })).status, 200);
      assert.deepEqual(opened, []);
      assert.equal(counters.get('inbox.no-key'), headers.length + 2);
    });

    test('what is damaged changes nothing, and is told what is wrong', async (t) => {
      const { ask, own, say, opened, counters } = await plant(t, { transport });
      for (const path of ['/', '/v1/subscribers//inbox', `${own}/`, `/v1/subscribers/abc/inbox`, `${own}/x`])
        await problemOf(await ask(path), 404);
      await problemOf(await ask('/v1/subscribers/491719999999/inbox'), 404);
      assert.equal((await ask(`/v1/subscribers/%2B${B}/inbox`)).status, 200);
      const refused = await ask(own, { method: 'DELETE' });
      assert.equal(refused.headers.get('allow'), 'GET, HEAD, POST');
      await problemOf(refused, 405);
      await problemOf(await say('read=3.2.0', 'application/x-www-form-urlencoded'), 415);
      await problemOf(await say(`{"read":["${'9'.repeat(5_000)}"]}`), 413);
      for (const [body, what] of [
        ['', /not JSON/],
        ['[1,2', /not JSON/],
        ['\xff', /read|body|JSON/i],
        ['"read"', /body/i],
        ['{"read":"3.2.0"}', /^read: is to be a list of ids/],
        ['{"read":[7]}', /^read\.0/],
        ['{"read":["3.2"]}', /^read\.0: is no id/],
        ['{"read":["64.1.0"]}', /^read\.0: is no id/],
        ['{"read":["3.02.0"]}', /^read\.0: is no id/],
        ['{"read":["3.9007199254740992.0"]}', /^read\.0: is no id/],
        ['{"removed":[null]}', /^removed\.0/],
        ['{"unread":[]}', /unread/],
        [`{"read":[${Array.from({ length: 101 }, () => '"3.2.0"').join()}]}`, /at most 100/],
      ] as const)
        assert.match(await problemOf(await say(body), 400), what, body);
      assert.deepEqual(opened, []);
      assert.equal(counters.get('inbox.refused'), 5 + 1 + 1 + 1 + 1 + 13);
    });

    test('too many requests, an engine that has not started, one that does not answer', async (t) => {
      const { show, pass, counters } = await plant(t, { transport, requestsPerSecond: 10 });
      assert.equal((await show()).status, 200);
      const limited = await show();
      assert.equal(limited.headers.get('retry-after'), '1');
      await problemOf(limited, 429);
      pass(1_000);
      assert.equal((await show()).status, 200);
      assert.equal(counters.get('inbox.limited'), 1);
      const starting = await plant(t, { transport, subscribers: undefined });
      await problemOf(await starting.show(), 503);
      const late = () => Promise.reject(new Error('late'));
      const silent = { look: late, say: late };
      const stuck = await plant(t, { transport, subscribers: silent });
      await problemOf(await stuck.show(), 503);
      await problemOf(await stuck.say('{}'), 503);
      assert.equal(stuck.counters.get('inbox.not-now'), 2);
    });
  });

test('a key that is short, or of other characters than a bearer token has, ends the start', (t) => {
  for (const key of ['too short', 'a key with spaces, long enough to be one', 'ä'.repeat(40)]) {
    const secrets = [`file:${temporaryFile(t, key)}`];
    assert.throws(
      () => inboxKeys({ secrets }),
      (error: Error) => 'code' in error && error.code === 'CW_SECRET_MISSING' && !error.message.includes(key),
    );
  }
  assert.throws(() => inboxKeys({ secrets: ['env:CALLWAKE_NOT_THERE'] }), /CALLWAKE_NOT_THERE/);
});
