import assert from 'node:assert/strict';
import { readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { pushServiceOf } from '../../../src/adapters/web-push/endpoint.ts';
import { checkVapidKeys, newVapidKeys } from '../../../src/adapters/web-push/vapid.ts';
import { runWebPushKeys } from '../../../src/cli/run-web-push.ts';
import { noOpenssl } from '../../support/certificate.ts';
import { status } from '../../support/http-receiver.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { Browser, pushMessage, pushPlant } from './push-plant.ts';

describe('web push', { skip: noOpenssl }, () => {
  test('N8 RFC 8030 §5 a notice reaches the push service with TTL, Urgency and a Topic that replaces', async (t) => {
    const { plant, service, endpoint } = await pushPlant(t, { keptMs: 3_600_000 });
    service.answer = status(201);
    const browser = new Browser();
    const about = { subscriber: '491700000001', kind: 'missed-calls' } as const;
    for (const one of [
      { about },
      { about },
      { about: { ...about, kind: 'returns' as const } },
      { about: { ...about, subscriber: '491700000009' } },
    ])
      assert.equal(await plant.result(pushMessage(endpoint, browser, one)), 'accepted: HTTP 201');
    const [first, second, third, fourth] = service.received.map(({ headers }) => headers);
    assert(first !== undefined && second !== undefined);
    assert.equal(first['ttl'], '3600');
    assert.equal(first['urgency'], 'high');
    assert.equal(first['content-encoding'], 'aes128gcm');
    assert.match(first['topic'] as string, /^[\w-]{32}$/);
    assert.equal(second['topic'], first['topic']);
    assert.equal(new Set([first, third, fourth].map((headers) => headers?.['topic'])).size, 3);
    assert.equal(
      second['authorization'],
      first['authorization'],
      'RFC 8292 §2: one token for all that goes there',
    );
    assert(
      service.received.every(({ body }) => !body.includes('Missed')),
      'the service cannot read it',
    );
  });

  // biome-ignore format: a status a line
  const answers: readonly (readonly [code: number, headers: Record<string, string>, result: string])[] = [
    [201, {},                     'accepted: HTTP 201'],
    [202, {},                     'accepted: HTTP 202'],
    [404, {},                     'permanent, gone: HTTP 404'],
    [410, {},                     'permanent, gone: HTTP 410'],
    [403, {},                     'permanent: HTTP 403'],
    [413, {},                     'permanent: HTTP 413'],
    [429, { 'retry-after': '9' }, 'temporary: throttled: HTTP 429'],
    [500, {},                     'temporary: failing: HTTP 500'],
  ];
  for (const [code, headers, result] of answers)
    test(`RFC 8030 §7.3, §8.4 ${code}: ${result}`, async (t) => {
      const { plant, service, endpoint } = await pushPlant(t);
      service.answer = status(code, headers);
      assert.equal(await plant.result(pushMessage(endpoint, new Browser())), result);
    });

  test('RFC 8291 §4 what no push service takes is not sent', async (t) => {
    const { plant, service, endpoint } = await pushPlant(t);
    const fits = { text: 'x'.repeat(3_993 - '{"text":""}'.length) };
    assert.equal(
      await plant.result(pushMessage(endpoint, new Browser(), { data: fits })),
      'accepted: HTTP 204',
    );
    assert.equal(service.received[0]?.body.length, 4_096);
    const larger = { text: `${fits.text}x` };
    assert.equal(
      await plant.result(pushMessage(endpoint, new Browser(), { data: larger })),
      'permanent: 3994 octets, 3993 fit',
    );
  });

  test('keys that no browser has, and services that nobody allowed', async (t) => {
    const { plant, service, endpoint } = await pushPlant(t);
    const browser = new Browser();
    for (const subscription of [
      { endpoint, p256dh: Buffer.alloc(65), auth: browser.auth },
      { endpoint, p256dh: Buffer.concat([Buffer.of(4), Buffer.alloc(64, 0xff)]), auth: browser.auth },
      { endpoint, p256dh: Buffer.alloc(0), auth: browser.auth },
      { endpoint, p256dh: browser.p256dh, auth: Buffer.alloc(3) },
    ])
      assert.equal(
        await plant.result(pushMessage(endpoint, browser, { subscription })),
        'permanent, gone: keys of the subscription',
      );
    for (const where of [
      'https://127.0.0.1/x',
      'http://localhost/x',
      'https://localhost.evil.example/',
      'nonsense',
      `https://localhost/${'x'.repeat(3_000)}`,
    ])
      assert.equal(
        await plant.result(pushMessage(where, browser)),
        'permanent: push service not allowed',
        where,
      );
    assert.equal(service.received.length, 0);
    assert.equal(plant.counters.get('web-push.service-not-allowed'), 5);
  });

  test('a push service that is down holds up no other one', async (t) => {
    const { plant, service, endpoint } = await pushPlant(t, { allowedHosts: ['127.0.0.1', 'localhost'] });
    service.answer = status(201);
    for (let down = 0; down < 6; down++)
      assert.match(await plant.result(pushMessage('https://127.0.0.1:1/', new Browser())), /^temporary/);
    assert.deepEqual(
      plant.channel.statuses.map(({ name, breaker }) => [name, breaker === 'closed']),
      [
        ['web-push 127.0.0.1', false],
        ['web-push localhost', true],
      ],
    );
    assert.equal(await plant.result(pushMessage(endpoint, new Browser())), 'accepted: HTTP 201');
  });
});

test('the endpoints of push services, and what looks like one', () => {
  const hosts = ['fcm.googleapis.com', '*.notify.windows.com'];
  const service = (endpoint: string): string | undefined => pushServiceOf(endpoint, hosts, false)?.service;
  assert.equal(service('https://fcm.googleapis.com/fcm/send/x'), hosts[0]);
  assert.equal(service('https://FCM.googleapis.com./x'), undefined, 'another name, with its dot');
  assert.equal(service('https://db5p.notify.windows.com/w/?token=x'), hosts[1]);
  for (const other of [
    'https://notify.windows.com/',
    'https://evilnotify.windows.com.example/',
    'https://fcm.googleapis.com:8443/',
    'https://user@fcm.googleapis.com/',
    'https://fcm.googleapis.com@evil.example/',
    'http://fcm.googleapis.com/',
    'https://fcm.googleapis.com.evil.example/',
  ])
    assert.equal(service(other), undefined, other);
});

test('RFC 8292 §3.2 a key pair is checked at the start', () => {
  const [one, other] = [newVapidKeys(), newVapidKeys()];
  checkVapidKeys(one);
  for (const privateKey of [other.privateKey, '', 'AAAA', '_'.repeat(43)])
    assert.throws(() => checkVapidKeys({ publicKey: one.publicKey, privateKey }), {
      code: 'CW_SECRET_MISSING',
    });
});

test('callwake web-push keys: the private half into a new file of this user’s, the public one printed', (t) => {
  const folder = temporaryFolder();
  t.after(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'key');
  const said: string[] = [];
  const terminal = {
    out: (text: string) => void said.push(text),
    error: (text: string) => void said.push(text),
  };
  assert.equal(runWebPushKeys({ privateKey: file }, terminal), 0);
  const privateKey = readFileSync(file, 'utf8').trim();
  checkVapidKeys({ publicKey: said[0]!.trim(), privateKey });
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(runWebPushKeys({ privateKey: file }, terminal), 69);
  assert.equal(readFileSync(file, 'utf8').trim(), privateKey);
  assert(!said.join('').includes(privateKey));
});
