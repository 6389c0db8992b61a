/** The way out of e-mails over HTTP, with subscribers in a map. */
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { loadSelfCareTexts } from '../../../src/adapters/selfcare/text-files.ts';
import { UnsubscribeTokens } from '../../../src/adapters/unsubscribe/token.ts';
import {
  type EMailSubscribers,
  startUnsubscribeServer,
} from '../../../src/adapters/unsubscribe/unsubscribe-server.ts';
import { loadUws } from '../../../src/adapters/web/uws-transport.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { silentLog } from '../../../src/types/log.ts';
import type { Profile } from '../../../src/types/model/profile.ts';

const B = '491710000002';
const ADDRESS = 'b@subscriber.example';
const tokens = new UnsubscribeTokens(['a secret of thirty-two characters']);
const { texts } = loadSelfCareTexts([]);
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };
const ONE_CLICK = 'List-Unsubscribe=One-Click';
const uwsLoads = !((await loadUws()) instanceof Error);

const profileOf = (language = 'de'): Profile => ({
  missedCalls: true,
  notifyMe: 'off',
  language,
  timeZone: 'UTC',
  preferences: { channels: ['e-mail', 'sms'], eMail: ADDRESS },
});

interface PlantOptions {
  readonly transport?: 'uws' | 'node';
  readonly requestsPerSecond?: number;
  readonly subscribers?: EMailSubscribers | undefined;
}

async function plant(t: TestContext, options: PlantOptions = {}) {
  let profile: Profile | undefined = profileOf();
  const closed: string[] = [];
  const counters = new CountersMap();
  let nowMs = 0;
  const standard: EMailSubscribers = {
    get: (number) => Promise.resolve(number === B ? profile : undefined),
    closeEMail: (number, address) => {
      closed.push(`${number} ${address}`);
      if (profile !== undefined)
        profile = { ...profile, preferences: { ...profile.preferences, channels: ['sms'] } };
      return Promise.resolve();
    },
  };
  const subscribers = 'subscribers' in options ? options.subscribers : standard;
  const { requestsPerSecond = 1_000, transport = 'node' } = options;
  const server = await startUnsubscribeServer(
    { host: '127.0.0.1', port: 0, requestsPerSecond },
    {
      tokens,
      subscribers: () => subscribers,
      texts,
      defaultLanguage: 'en',
      clock: { now: () => nowMs, monotonic: () => nowMs },
      counters,
      log: silentLog,
      transport,
    },
  );
  t.after(() => server.close());
  const ask = (token: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`http://127.0.0.1:${server.port}/any/path/${token}`, { redirect: 'error', ...init });
  return {
    ask,
    click: (token: string) => ask(token, { method: 'POST', headers: FORM, body: ONE_CLICK }),
    closed,
    counters,
    set: (changed: Profile | undefined) => {
      profile = changed;
    },
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

for (const transport of uwsLoads ? (['uws', 'node'] as const) : (['node'] as const))
  describe(`the way out of e-mails over ${transport}`, () => {
    const token = tokens.seal(B, ADDRESS);

    test('N6 RFC 8058 §3.2, RFC 7578 §4.2 one click ends e-mail, in either form, without a cookie or a redirect', async (t) => {
      const { click, ask, closed, set } = await plant(t, { transport });
      const answer = await click(token);
      assert.equal(answer.status, 200);
      assert.deepEqual(closed, [`${B} ${ADDRESS}`]);
      assert.equal(answer.headers.get('set-cookie'), null);
      const page = await answer.text();
      assert.match(page, /<html lang="de" dir="ltr">/);
      assert.match(page, /E-Mail: aus/);
      assert.ok(!page.includes(B) && !page.includes(ADDRESS));
      set(profileOf());
      const form = new FormData();
      form.set('List-Unsubscribe', 'One-Click');
      assert.equal((await ask(token, { method: 'POST', body: form })).status, 200);
      assert.equal(closed.length, 2);
    });

    test('N6 again it does no harm, and of an address that is another one by now nothing is told or changed', async (t) => {
      const { click, closed, set, counters } = await plant(t, { transport });
      await click(token);
      const again = await click(token);
      assert.equal(again.status, 200);
      assert.equal(closed.length, 1);
      const moved = { ...profileOf('ar'), preferences: { channels: ['e-mail'], eMail: 'new@x.example' } };
      for (const profile of [moved as Profile, undefined]) {
        set(profile);
        const answer = await click(token);
        assert.equal(answer.status, 200);
        assert.match(await answer.text(), /<html lang="en"/, 'not the language of the subscriber');
      }
      assert.equal(closed.length, 1);
      assert.equal(counters.get('unsubscribe.nothing-to-end'), 3);
    });

    test('N6 a browser is asked first: what fetches the address ends nothing, and the button does', async (t) => {
      const { ask, closed, set } = await plant(t, { transport });
      const page = await ask(token);
      assert.equal(page.status, 200);
      assert.equal(page.headers.get('cache-control'), 'no-store');
      assert.equal(page.headers.get('referrer-policy'), 'no-referrer');
      assert.match(page.headers.get('content-security-policy') ?? '', /form-action 'self'/);
      const text = await page.text();
      assert.match(text, /E-Mail: aus: sind Sie sicher\?/);
      assert.match(
        text,
        /<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click">/,
      );
      assert.equal(await (await ask(token, { method: 'HEAD' })).text(), '');
      assert.deepEqual(closed, []);
      set(profileOf('he'));
      assert.match(await (await ask(token)).text(), /<html lang="he" dir="rtl">/);
    });

    test('N6 what we have not sealed, another method, another body, and one that is too long change nothing', async (t) => {
      const { ask, click, closed, counters } = await plant(t, { transport });
      const foreign = new UnsubscribeTokens(['x'.repeat(32)]).seal(B, ADDRESS);
      for (const bad of [foreign, 'abc', '', `${token}/`, token.slice(0, -1)])
        assert.equal((await click(bad)).status, 404);
      assert.equal(counters.get('unsubscribe.no-token'), 5);
      assert.equal((await ask(token, { method: 'PUT', body: ONE_CLICK })).status, 405);
      for (const [headers, body] of [
        [FORM, ''],
        [FORM, 'List-Unsubscribe=Two-Clicks'],
        [{ 'Content-Type': 'application/json' }, '{}'],
        [{ 'Content-Type': 'multipart/form-data; boundary=x' }, '--x\r\n\r\nOne-Click\r\n--x--'],
      ] as const)
        assert.equal((await ask(token, { method: 'POST', headers, body })).status, 400);
      const long = await ask(token, { method: 'POST', headers: FORM, body: 'x'.repeat(5_000) });
      assert.equal(long.status, 413);
      assert.deepEqual(closed, []);
    });

    test('N6 requests have a bound, and an engine that is starting or does not answer says come again', async (t) => {
      const { click, closed, pass, counters } = await plant(t, { transport, requestsPerSecond: 1 });
      const statuses: number[] = [];
      for (let tries = 0; tries < 3; tries++) statuses.push((await click('abc')).status);
      assert.deepEqual(statuses, [404, 429, 429]);
      assert.equal(counters.get('unsubscribe.limited'), 2);
      pass(1_000);
      assert.equal((await click(token)).status, 200);
      assert.equal(closed.length, 1);
      const busy: EMailSubscribers = {
        get: () => Promise.reject(new Error('busy')),
        closeEMail: () => Promise.reject(new Error('busy')),
      };
      for (const subscribers of [busy, undefined]) {
        const answer = await (await plant(t, { transport, subscribers })).click(token);
        assert.equal(answer.status, 503);
        assert.equal(answer.headers.get('retry-after'), '60');
      }
    });
  });
