import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { webhookChannel } from '../../../src/adapters/channels/webhook.ts';
import { webhookKey } from '../../../src/adapters/webhook/signature.ts';
import { loadConfig } from '../../../src/config/load.ts';
import type { Config } from '../../../src/config/schema/config.ts';
import type { WebhookEvent } from '../../../src/types/model/channel-message.ts';
import { noOpenssl, selfSigned } from '../../support/certificate.ts';
import { ChannelPlant } from '../../support/channel-plant.ts';
import { httpReceiver, status } from '../../support/http-receiver.ts';
import { temporaryFile } from '../../support/temporary-folder.ts';

type WebhookConfig = Config['channels']['webhook'];

const SECRETS = [0x11, 0x22].map((octet) => `whsec_${Buffer.alloc(32, octet).toString('base64')}`);

function config(t: TestContext, url: string, changed: Partial<WebhookConfig> = {}): WebhookConfig {
  const secrets = [`file:${temporaryFile(t, `${SECRETS[0]!}\n`)}`];
  const loaded = loadConfig('signalling: { localPointCode: 1 }\nmap: { serviceCentreNumber: 491700000 }\n');
  assert(loaded.ok);
  const { webhook } = loaded.config.channels;
  return { ...webhook, url, secrets, allowPrivateAddresses: true, triesMax: 1, ...changed };
}

function plantOf(
  t: TestContext,
  url: string,
  changed: Partial<WebhookConfig> = {},
): ChannelPlant<WebhookEvent> {
  const plant = new ChannelPlant<WebhookEvent>((ports) => webhookChannel(config(t, url, changed), ports));
  t.after(() => plant.end());
  return plant;
}

let last = 0;
const event = (): WebhookEvent => ({
  id: `12.${++last}.0`,
  kind: 'missed-calls',
  subject: '491700000001',
  writtenAtMs: Date.UTC(2026, 0, 2, 3, 4, 5),
  data: { callers: [{ caller: '491700000002', calls: 2 }] },
});

test('N8 a notice reaches the webhook as a signed CloudEvent', async (t) => {
  const receiver = await httpReceiver(t);
  const plant = plantOf(t, `http://127.0.0.1:${receiver.port}/hook?x=1`);
  const one = event();
  assert.equal(await plant.result(one), 'delivered: HTTP 204');
  const [{ headers, body, path: target }] = receiver.received as [(typeof receiver.received)[0]];
  assert.equal(target, '/hook?x=1');
  assert.equal(headers['content-type'], 'application/cloudevents+json; charset=UTF-8');
  assert.deepEqual(JSON.parse(body.toString()), {
    specversion: '1.0',
    id: one.id,
    source: '/callwake',
    type: 'callwake.notice.missed-calls',
    subject: '491700000001',
    time: '2026-01-02T03:04:05.000Z',
    datacontenttype: 'application/json',
    data: one.data,
  });
  assert.equal(headers['webhook-id'], one.id);
  const signed = createHmac('sha256', Buffer.alloc(32, 0x11))
    .update(`${one.id}.${headers['webhook-timestamp'] as string}.${body.toString()}`)
    .digest('base64');
  assert.equal(headers['webhook-signature'], `v1,${signed}`);
  assert(Math.abs(Number(headers['webhook-timestamp']) - Date.now() / 1_000) < 60);
});

test('N8 an event that takes the place of another names it, in either mode', async (t) => {
  for (const contentMode of ['structured', 'binary'] as const) {
    const receiver = await httpReceiver(t);
    const plant = plantOf(t, `http://127.0.0.1:${receiver.port}/`, { contentMode });
    await plant.result({ ...event(), replaces: '12.5.0' });
    await plant.result(event());
    const named = receiver.received.map(({ headers, body }) =>
      contentMode === 'binary'
        ? headers['ce-replaces']
        : (JSON.parse(body.toString()) as { replaces?: string }).replaces,
    );
    assert.deepEqual(named, ['12.5.0', undefined]);
  }
});

describe('RFC 6585 §4, RFC 8470 §5.2 what the webhook answers', () => {
  // biome-ignore format: a status a line
  const answers: readonly (readonly [code: number, headers: Record<string, string>, result: string])[] = [
    [200, {},                     'delivered: HTTP 200'],
    [202, {},                     'delivered: HTTP 202'],
    [301, { location: '/other' }, 'permanent: HTTP 301'],
    [400, {},                     'permanent: HTTP 400'],
    [401, {},                     'permanent: HTTP 401'],
    [404, {},                     'permanent: HTTP 404'],
    [408, {},                     'temporary, uncertain: timeout: HTTP 408'],
    [410, {},                     'permanent, gone: HTTP 410'],
    [425, {},                     'temporary: refused-for-now: HTTP 425'],
    [429, {},                     'temporary: throttled: HTTP 429'],
    [500, {},                     'temporary: failing: HTTP 500'],
    [503, { 'retry-after': '3' }, 'temporary: throttled: HTTP 503'],
    [504, {},                     'temporary, uncertain: failing: HTTP 504'],
  ];
  for (const [code, headers, result] of answers)
    test(`${code}: ${result}`, async (t) => {
      const receiver = await httpReceiver(t);
      receiver.answer = status(code, headers);
      const plant = plantOf(t, `http://127.0.0.1:${receiver.port}/`);
      assert.equal(await plant.result(event()), result);
      assert.equal(receiver.received.length, 1, 'redirects are not followed, and tries are counted');
    });

  test('RFC 9110 §10.2.3 Retry-After holds the next try, in seconds and as a date, and the try has the same id', async (t) => {
    const receiver = await httpReceiver(t);
    const inTwoSeconds = (): string => new Date(Date.now() + 2_000).toUTCString();
    for (const wait of [() => '1', inTwoSeconds]) {
      const at: number[] = [];
      receiver.answer = (response) => {
        at.push(performance.now());
        status(at.length === 1 ? 429 : 200, at.length === 1 ? { 'retry-after': wait() } : {})(response);
      };
      const plant = plantOf(t, `http://127.0.0.1:${receiver.port}/`, { triesMax: 2 });
      assert.equal(await plant.result(event()), 'delivered: HTTP 200');
      assert(at[1]! - at[0]! >= 900, `${at[1]! - at[0]!} ms`);
    }
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    assert.equal(ids[0], ids[1]);
  });
});

describe('a webhook that is not what it should be', () => {
  /** A server that does with a connection whatever is said here. */
  async function rawServer(t: TestContext, onSocket: (socket: Socket) => void): Promise<string> {
    const sockets: Socket[] = [];
    const server = createTcpServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      onSocket(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => {
      server.close();
      for (const socket of sockets) socket.destroy();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }
  const onRequest = (act: (socket: Socket) => void) => (socket: Socket) =>
    void socket.once('data', () => act(socket));
  const flood = (socket: Socket, text: string, first = ''): void => {
    socket.write(first);
    const more = (): void => {
      while (socket.writable && socket.write(text));
      if (socket.writable) socket.once('drain', more);
    };
    more();
  };

  // biome-ignore format: a fault a line
  const faults: readonly (readonly [what: string, act: (socket: Socket) => void, result: RegExp])[] = [
    ['no answer',                        () => undefined,                                                  /^temporary, uncertain: timeout: ETIMEDOUT$/],
    ['cut after the request',            (socket) => socket.destroy(),                                     /^temporary, uncertain: unreachable: ECONNRESET$/],
    ['a line without end',               (socket) => flood(socket, 'x'.repeat(65_536)),                    /^temporary, uncertain: failing: HPE_/],
    ['headers without end',              (socket) => flood(socket, `a: ${'b'.repeat(1_000)}\r\n`, 'HTTP/1.1 200 OK\r\n'), /^temporary, uncertain: failing: HPE_HEADER_OVERFLOW$/],
    ['100 Continue without end',         (socket) => flood(socket, 'HTTP/1.1 100 Continue\r\n\r\n'),       /^temporary, uncertain: (timeout|failing)/],
    ['NULs',                             (socket) => socket.write(Buffer.alloc(1_000)),                    /^temporary, uncertain: failing: HPE_/],
    ['a status that is none',            (socket) => socket.write('HTTP/1.1 999999 X\r\n\r\n'),            /^temporary, uncertain: failing: HPE_INVALID_STATUS$/],
    ['an octet a moment',                (socket) => void setInterval(() => socket.writable && socket.write('H'), 20).unref(), /^temporary, uncertain: (timeout|failing)/],
    ['a body without end',               (socket) => flood(socket, 'x'.repeat(65_536), 'HTTP/1.1 200 OK\r\ncontent-length: 1000000000000\r\n\r\n'), /^delivered: HTTP 200$/],
    ['a body that never comes',          (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n'), /^delivered: HTTP 200$/],
  ];
  for (const [what, act, result] of faults)
    test(`${what}: ${result.source}`, { timeout: 30_000 }, async (t) => {
      const url = await rawServer(t, onRequest(act));
      const plant = plantOf(t, url, { sendMs: 500 });
      assert.match(await plant.result(event()), result);
    });

  test('nobody listens: certain that it did not arrive', async (t) => {
    const plant = plantOf(t, 'http://127.0.0.1:1/');
    assert.equal(await plant.result(event()), 'temporary: unreachable: ECONNREFUSED');
  });
});

describe('whom the webhook may be', () => {
  test('an address of this machine or of a private network is refused, however it is written', async (t) => {
    for (const host of [
      '127.0.0.1',
      'localhost',
      '[::1]',
      '2130706433',
      '0x7f.1',
      '10.1.2.3',
      '[::ffff:10.0.0.1]',
      '169.254.169.254',
      '[fd00::1]',
    ]) {
      const plant = plantOf(t, `https://${host}/`, { allowPrivateAddresses: false });
      assert.equal(await plant.result(event()), 'permanent: no public address', host);
      assert.equal(plant.counters.get('webhook.failed.ENOTPUBLIC'), 1);
    }
  });

  test('its certificate is checked', { skip: noOpenssl }, async (t) => {
    const tls = selfSigned();
    const receiver = await httpReceiver(t, tls);
    const caFile = temporaryFile(t, tls.cert);
    const url = `https://127.0.0.1:${receiver.port}/`;
    assert.equal(await plantOf(t, url, { caFile }).result(event()), 'delivered: HTTP 204');
    assert.equal(
      await plantOf(t, url).result(event()),
      'temporary: unreachable: DEPTH_ZERO_SELF_SIGNED_CERT',
      'nothing was sent, so nothing has arrived',
    );
    const other = selfSigned('DNS:elsewhere.example');
    const elsewhere = await httpReceiver(t, other);
    writeFileSync(caFile, other.cert);
    assert.equal(
      await plantOf(t, `https://127.0.0.1:${elsewhere.port}/`, { caFile }).result(event()),
      'temporary: unreachable: ERR_TLS_CERT_ALTNAME_INVALID',
    );
    assert.equal(elsewhere.received.length, 0);
  });
});

test('a key of the wrong length or form is said at the start, and is not shown', () => {
  for (const secret of ['', 'whsec_', 'whsec_AAAA', 'geheim', `whsec_${'A'.repeat(400)}`, `${SECRETS[0]!}!`])
    assert.throws(
      () => webhookKey(secret),
      (error: Error & { code?: string }) =>
        error.code === 'CW_SECRET_MISSING' && (secret.length < 7 || !error.message.includes(secret)),
    );
});
