import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { startWebServer } from '../../../src/adapters/web/web-server.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { silentLog } from '../../../src/types/log.ts';
import type { PhoneAction, Phones } from '../../../src/web/phones.ts';
import { LiveGenerator } from '../../support/live-generator.ts';

const NUMBER = '491511000001';

async function start(t: TestContext, transport: 'uws' | 'node', phones?: Phones) {
  const counters = new CountersMap();
  const source = new LiveGenerator('normal');
  const server = await startWebServer({ source, counters, log: silentLog, phones }, { transport });
  t.after(() => server.close());
  const post = async (body: object | string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.url}phones`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  };
  return { server, counters, post };
}

/** Phones that remember what was done with them. */
function recorded(): Phones & { readonly done: PhoneAction[] } {
  const done: PhoneAction[] = [];
  return {
    done,
    people: () => [{ number: NUMBER, name: 'Emma', about: '' }],
    stir: () => true,
    act: (number, action) => {
      if (number !== NUMBER) return Promise.resolve(undefined);
      done.push(action);
      return Promise.resolve({ number, name: 'Emma', radio: 'on', notices: [], said: [] });
    },
  };
}

for (const transport of ['uws', 'node'] as const) {
  test(`${transport}: an engine with a real network has no phones to operate`, async (t) => {
    const { post, server } = await start(t, transport);
    assert.equal((await post({ kind: 'people' })).status, 405);
    assert.equal((await post({ kind: 'send', number: NUMBER, text: 'STATUS' })).status, 405);
    assert.equal((await fetch(`${server.url}phones`)).status, 404);
  });

  test(`${transport}: phones are operated by a page of ours, in JSON, with what has its form`, async (t) => {
    const phones = recorded();
    const { post, counters, server } = await start(t, transport, phones);
    assert.equal((await post({ kind: 'people' }, { Origin: 'http://evil.example' })).status, 403);
    assert.equal((await post({ kind: 'people' }, { 'Sec-Fetch-Site': 'cross-site' })).status, 403);
    assert.equal((await post({ kind: 'people' }, { 'Content-Type': 'text/plain' })).status, 415);
    assert.equal((await post('x'.repeat(5_000))).status, 413);
    for (const damaged of [
      '',
      '{',
      'null',
      { kind: 'look' },
      { kind: 'look', number: '12' },
      { kind: 'look', number: NUMBER, more: 1 },
      { kind: 'send', number: NUMBER, text: '' },
      { kind: 'send', number: NUMBER, text: 'x'.repeat(269) },
      { kind: 'dial', number: NUMBER, code: 'hello' },
      { kind: 'power', number: NUMBER, on: 'yes' },
    ])
      assert.equal((await post(damaged)).status, 400, JSON.stringify(damaged));
    assert.equal((await post({ kind: 'look', number: '491519999999' })).status, 404);
    assert.deepEqual(phones.done, []);
    assert.equal(counters.get('web.phones-refused'), 15);

    const own = { Origin: new URL(server.url).origin };
    assert.deepEqual(JSON.parse((await post({ kind: 'people' }, own)).text), phones.people());
    const sent = await post({ kind: 'send', number: NUMBER, text: 'STATUS' }, own);
    assert.equal(sent.status, 200);
    assert.equal((JSON.parse(sent.text) as { radio: string }).radio, 'on');
    assert.deepEqual(phones.done, [{ kind: 'send', text: 'STATUS' }]);
  });

  test(`${transport}: phones are operated no faster than people do, and looked at all the same`, async (t) => {
    const phones = recorded();
    const { post } = await start(t, transport, phones);
    const statuses: number[] = [];
    for (let at = 0; at < 40; at++)
      statuses.push((await post({ kind: 'dial', number: NUMBER, code: '*123#' })).status);
    assert.ok(statuses.includes(429), statuses.join());
    assert.ok(phones.done.length >= 15);
    assert.equal((await post({ kind: 'look', number: NUMBER })).status, 200);
  });
}
