import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { WebSocket } from 'ws';
import { loadUws } from '../../../src/adapters/web/uws-transport.ts';
import {
  startWebServer,
  type WebServer,
  type WebServerOptions,
} from '../../../src/adapters/web/web-server.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { silentLog } from '../../../src/types/log.ts';
import { OperatingError } from '../../../src/types/operating-error.ts';
import { callwake } from '../../../src/wire/generated/messages.js';
import { freePort } from '../../support/free-port.ts';
import { LiveGenerator } from '../../support/live-generator.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'callwake-site-'));
writeFileSync(
  path.join(folder, 'index.html'),
  `<!doctype html><title>Callwake</title>${'<p>text</p>'.repeat(200)}`,
);
writeFileSync(path.join(folder, 'page.js'), 'export {};\n');
writeFileSync(path.join(folder, 'secret.pem'), 'not for the web');
after(() => rmSync(folder, { recursive: true, force: true }));

async function until(condition: () => boolean, what: string): Promise<void> {
  for (let round = 0; round < 1000; round++) {
    if (condition()) return;
    await sleep(10);
  }
  assert.fail(`never: ${what}`);
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

function ask(server: WebServer, target: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<Answer>((resolve, reject) => {
    const request = httpRequest(
      { host: server.host, port: server.port, path: target, method, headers, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end();
  });
}

const uws = await loadUws();

for (const transport of ['uws', 'node'] as const) {
  const skip =
    transport === 'uws' && uws instanceof Error ? 'the binary of uWebSockets.js does not load here' : false;

  describe(`web server over ${transport}`, { skip }, () => {
    const open: WebServer[] = [];
    after(() => Promise.all(open.map((server) => server.close())));
    const start = async (options: WebServerOptions = {}, source = new LiveGenerator('normal')) => {
      const counters = new CountersMap();
      const server = await startWebServer(
        {
          source,
          counters,
          log: silentLog,
          exposition: { contentType: 'text/plain', text: () => Promise.resolve('up 1\n') },
        },
        { transport, pageFolder: folder, ...options },
      );
      open.push(server);
      return { server, counters, source };
    };
    const live = (server: WebServer, headers: Record<string, string> = {}) =>
      new WebSocket(`ws://${server.host}:${server.port}/live`, { headers });
    const refused = (socket: WebSocket) =>
      new Promise<number>((resolve, reject) => {
        socket.on('unexpected-response', (_request, response) => {
          resolve(response.statusCode ?? 0);
          response.resume();
          socket.terminate();
        });
        socket.on('open', () => reject(new Error('came in')));
        socket.on('error', () => undefined);
      });

    test('it listens on loopback, on a free port when 0 is asked for', async () => {
      const { server } = await start();
      assert.equal(server.host, '127.0.0.1');
      assert.ok(server.port > 0);
      assert.equal(server.transport, transport);
      assert.equal(server.url, `http://127.0.0.1:${server.port}/`);
    });

    test('a port in use is an operating error that names the setting', async () => {
      const { server } = await start();
      await assert.rejects(start({ port: server.port }), (error: unknown) => {
        assert.ok(error instanceof OperatingError);
        assert.equal(error.code, 'CW_PORT_IN_USE');
        assert.match(error.message, /web\.port/);
        return true;
      });
      const other = net.createServer();
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      const { port } = other.address() as net.AddressInfo;
      await assert.rejects(start({ port }), { code: 'CW_PORT_IN_USE' });
      await new Promise((resolve) => other.close(resolve));
    });

    test('it starts again on its port at once, though pages were open', async () => {
      const { server } = await start({ port: await freePort() });
      const socket = live(server);
      socket.on('error', () => undefined);
      await until(() => server.clients === 1, 'one page');
      await server.close();
      const { server: next } = await start({ port: server.port });
      assert.equal(next.port, server.port);
    });

    test('an address of another machine is an operating error that names the setting', async () => {
      await assert.rejects(start({ host: '192.0.2.1' }), { code: 'CW_ADDRESS_NOT_HERE' });
    });

    test('the page is served compressed, with an entity tag, under a strict policy', async () => {
      const { server } = await start();
      const plain = await ask(server, '/');
      assert.equal(plain.status, 200);
      assert.equal(plain.headers['content-type'], 'text/html; charset=utf-8');
      const policy = String(plain.headers['content-security-policy']);
      assert.match(policy, /default-src 'none'/);
      assert.doesNotMatch(policy, /unsafe/);
      assert.equal(plain.headers['x-content-type-options'], 'nosniff');
      assert.equal(plain.headers['x-frame-options'], 'DENY');
      assert.equal(plain.headers['referrer-policy'], 'no-referrer');
      const packed = await ask(server, '/index.html?x=1', { 'Accept-Encoding': 'gzip' });
      assert.equal(packed.headers['content-encoding'], 'gzip');
      assert.ok(packed.body.length < plain.body.length);
      assert.deepEqual(gunzipSync(packed.body), plain.body);
      assert.equal(
        (await ask(server, '/', { 'Accept-Encoding': 'br, gzip' })).headers['content-encoding'],
        'br',
      );
      assert.equal(
        (await ask(server, '/', { 'Accept-Encoding': 'br;q=0, gzip;q=0.0' })).headers['content-encoding'],
        undefined,
      );
      const again = await ask(server, '/', { 'If-None-Match': String(plain.headers.etag) });
      assert.equal(again.status, 304);
      assert.equal(again.body.length, 0);
    });

    test('nothing but the files of the page is served, by GET and HEAD alone', async () => {
      const { server } = await start();
      for (const target of [
        '/secret.pem',
        '/../package.json',
        '/%2e%2e/package.json',
        '/page.js/',
        '/nothing',
      ])
        assert.equal((await ask(server, target)).status, 404, target);
      for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
        const answer = await ask(server, '/', {}, method);
        assert.equal(answer.status, 405);
        assert.equal(answer.headers.allow, 'GET, HEAD');
      }
      const head = await ask(server, '/page.js', {}, 'HEAD');
      assert.deepEqual([head.status, head.headers['content-length'], head.body.length], [200, '11', 0]);
    });

    test('a name that was made to point here gets nothing', async () => {
      const { server, counters } = await start();
      assert.equal((await ask(server, '/', { Host: 'evil.example' })).status, 421);
      assert.equal(await refused(live(server, { Host: 'evil.example' })), 421);
      assert.equal(counters.get('web.host.refused'), 2);
      assert.equal((await ask(server, '/', { Host: `LOCALHOST:${server.port}` })).status, 200);
    });

    test('health tells live and ready apart, with reasons', async () => {
      const { server, source } = await start();
      const well = await ask(server, '/health');
      assert.deepEqual(
        [well.status, JSON.parse(well.body.toString())],
        [200, { live: true, ready: true, reasons: [] }],
      );
      source.mood = 'fault';
      const ill = await ask(server, '/health');
      assert.equal(ill.status, 503);
      assert.deepEqual(JSON.parse(ill.body.toString()), {
        live: true,
        ready: false,
        reasons: ['shard-1 is not running'],
      });
      assert.equal((await ask(server, '/health/live')).status, 200);
    });

    test('metrics are what the exposition says', async () => {
      const { server } = await start();
      const answer = await ask(server, '/metrics');
      assert.deepEqual([answer.status, answer.body.toString()], [200, 'up 1\n']);
    });

    test('a page gets hello, history and a snapshot at once, then each new snapshot once', async () => {
      const { server, source } = await start();
      source.advance(20);
      const frames: callwake.live.Frame.$Properties[] = [];
      const socket = live(server, { Origin: `http://127.0.0.1:${server.port}` });
      socket.binaryType = 'nodebuffer';
      socket.on('message', (data: Buffer) => frames.push(callwake.live.Frame.decode(data)));
      await until(() => frames.length >= 3, 'three frames');
      assert.equal(frames[0]!.hello?.node, 'callwake-1');
      assert.equal(frames[1]!.history?.points?.length, 21);
      assert.deepEqual(frames[2]!.alarmHistory?.events, []);
      await until(() => frames[3]?.snapshot?.sequence === 21, 'the first snapshot');
      source.advance();
      await until(() => frames.at(-1)?.snapshot?.sequence === 22, 'the next snapshot');
      source.advance();
      await until(() => frames.at(-1)?.snapshot?.sequence === 23, 'the one after');
      assert.ok(frames.length <= 8, 'no snapshot is sent over and over');
      socket.terminate();
      await until(() => server.clients === 0, 'the page is gone');
    });

    test('a page that comes back gets what it lacks, and all of it when that is not known any more', async () => {
      const { server, source } = await start();
      source.advance(50);
      const { startedAtMs } = source.hello();
      const historyFor = async (query: string) => {
        const socket = new WebSocket(`ws://127.0.0.1:${server.port}/live${query}`);
        socket.binaryType = 'nodebuffer';
        const history = await new Promise<callwake.live.History.$Properties>((resolve) =>
          socket.on('message', (data: Buffer) => {
            const { history: found } = callwake.live.Frame.decode(data);
            if (found !== null) resolve(found);
          }),
        );
        socket.terminate();
        return [history.partial === true, history.points?.map(({ sequence }) => sequence)] as const;
      };
      assert.deepEqual(await historyFor(`?of=${startedAtMs}&after=48`), [true, [49, 50, 51]]);
      assert.deepEqual(await historyFor(`?of=${startedAtMs}&after=51`), [true, []]);
      for (const query of [
        '',
        `?of=${startedAtMs + 1}&after=48`,
        `?of=${startedAtMs}&after=4800`,
        '?of=x&after=-1',
      ]) {
        const [partial, points] = await historyFor(query);
        assert.deepEqual([partial, points?.length], [false, 51], query);
      }
    });

    test('a hundred pages cost one encoding for each frame, not a hundred', async () => {
      const { server, source, counters } = await start({ clientsMax: 100 });
      source.advance(20);
      let snapshots = 0;
      const sockets = Array.from({ length: 100 }, () => {
        const socket = live(server, { Origin: `http://127.0.0.1:${server.port}` });
        socket.binaryType = 'nodebuffer';
        socket.on('message', (data: Buffer) => {
          if (callwake.live.Frame.decode(data).snapshot?.sequence === 22) snapshots++;
        });
        return socket;
      });
      await until(() => server.clients === 100, 'all are there');
      const before = counters.get('web.live.encoded');
      assert.equal(before, 4, 'hello, history, alarms and snapshot, once each');
      source.advance();
      await until(() => snapshots === 100, 'all have the next snapshot');
      assert.equal(counters.get('web.live.encoded'), 5);
      for (const socket of sockets) socket.terminate();
    });

    test('an alarm is acknowledged by a page of ours, in JSON, when it stands, and when that is allowed', async () => {
      const { server, source, counters } = await start();
      source.mood = 'link-down';
      source.advance(3);
      const post = (body: string, headers: Record<string, string> = {}) =>
        new Promise<number>((resolve, reject) => {
          const request = httpRequest(
            {
              host: server.host,
              port: server.port,
              path: '/alarms/acknowledge',
              method: 'POST',
              agent: false,
              headers: {
                'Content-Type': 'application/json',
                Origin: `http://127.0.0.1:${server.port}`,
                ...headers,
              },
            },
            (response) => {
              response.resume();
              response.on('end', () => resolve(response.statusCode ?? 0));
            },
          );
          request.on('error', reject);
          request.end(body);
        });
      const alarm = JSON.stringify({ code: 'CW_ASSOCIATION_DOWN', subject: 'stp-b' });
      assert.equal(await post(alarm, { Origin: 'http://evil.example' }), 403);
      assert.equal(await post(alarm, { 'Sec-Fetch-Site': 'cross-site' }), 403);
      assert.equal(await post(alarm, { 'Content-Type': 'text/plain' }), 415);
      assert.equal(await post('x'.repeat(5_000)), 413);
      for (const damaged of ['', '{', '[]', '{"code":1,"subject":""}', '{"code":"","subject":""}', 'null'])
        assert.equal(await post(damaged), 400, damaged);
      assert.equal(await post(JSON.stringify({ code: 'CW_NONE', subject: '' })), 404);
      assert.equal(source.alarmHistory().events[0]?.acknowledgedAtMs, 0);
      source.mayAcknowledge = false;
      assert.equal(await post(alarm), 403);
      source.mayAcknowledge = true;
      assert.equal(await post(alarm), 204);
      assert.equal(counters.get('web.acknowledged'), 1);
      const found = source.alarmHistory().events.find(({ subject }) => subject === 'stp-b');
      assert.ok((found?.acknowledgedAtMs ?? 0) > 0);
      assert.equal((await ask(server, '/alarms/acknowledge')).status, 404, 'it is no page');
    });

    test('a page of another origin may not read, and a browser has nothing to say', async () => {
      const { server, counters } = await start({ allowedOrigins: ['https://noc.example'] });
      for (const origin of ['http://evil.example', 'null', `http://127.0.0.1:${server.port}.evil.example`])
        assert.equal(await refused(live(server, { Origin: origin })), 403, origin);
      assert.equal(counters.get('web.origin.refused'), 3);
      const friend = live(server, { Origin: 'https://noc.example' });
      await new Promise((resolve) => friend.once('open', resolve));
      friend.send('hello');
      await new Promise((resolve) => friend.once('close', resolve));
      assert.equal(counters.get('web.live.unexpected'), 1);
      assert.equal((await ask(server, '/live')).status, 426);
    });

    test('no more pages than are allowed, and the refusal says what to do', async () => {
      const { server, counters } = await start({ clientsMax: 1 });
      const first = live(server);
      await until(() => server.clients === 1, 'one page');
      assert.equal(await refused(live(server)), 503);
      assert.match((await ask(server, '/live')).body.toString(), /web\.clientsMax/);
      assert.ok(counters.get('web.live.refused') >= 1);
      first.terminate();
      await until(() => server.clients === 0, 'none');
    });

    test('a browser that never reads is skipped, then let go, while others are served', async () => {
      const { server, counters, source } = await start({ bufferedOctetsMax: 64_000, skipsMax: 4 });
      source.advance(600);
      // Never reads: the handshake by hand on a socket that stays paused.
      const deaf = net.connect({ port: server.port, host: server.host });
      await new Promise((resolve) => deaf.once('connect', resolve));
      deaf.pause();
      deaf.on('error', () => undefined);
      deaf.write(
        `GET /live HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
      );
      let heard = 0;
      const reader = live(server);
      reader.on('message', () => heard++);
      await until(() => server.clients === 2, 'both are in');
      // Frames as large as they get, so that the socket buffers of the machine fill soon.
      const snapshot = source.snapshot();
      const notice = { ...snapshot.notices[0]!, text: 'x'.repeat(100_000) };
      let sequence = 10_000;
      source.snapshot = () => ({ ...snapshot, sequence: ++sequence, notices: Array(20).fill(notice) });
      await until(() => counters.get('web.live.dropped') === 1, 'the deaf one is let go');
      assert.ok(counters.get('web.live.skipped') >= 4);
      await until(() => server.clients === 1, 'the reader is still in');
      assert.ok(heard > 4);
      reader.terminate();
      deaf.destroy();
    });

    test('a source that fails is counted, and the server lives', async () => {
      const { server, counters, source } = await start();
      const socket = live(server);
      await until(() => server.clients === 1, 'in');
      source.snapshot = () => {
        throw new Error('shard gone');
      };
      await until(() => counters.get('web.live.source.failed') > 0, 'counted');
      assert.equal((await ask(server, '/')).status, 200);
      socket.terminate();
    });

    test('close ends pages and listener, and may be called twice', async () => {
      const { server } = await start();
      const socket = live(server);
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.on('error', () => undefined);
      await until(() => server.clients === 1, 'in');
      await server.close();
      await closed;
      await server.close();
      await assert.rejects(ask(server, '/'));
    });
  });
}
