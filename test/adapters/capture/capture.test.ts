import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { CaptureFile } from '../../../src/adapters/capture/capture-file.ts';
import { CapturingSctpPort } from '../../../src/adapters/capture/capturing-port.ts';
import { memoryNetwork } from '../../../src/adapters/sctp/memory.ts';
import { TcpSctpPort } from '../../../src/adapters/sctp/tcp.ts';
import { UdpSctpPort } from '../../../src/adapters/sctp/udp/port.ts';
import type { SctpPort } from '../../../src/stack/sctp/port.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { silentLog } from '../../../src/types/log.ts';
import { sctpData } from '../../support/pcap.ts';
import { tsharkMissing } from '../../support/tshark.ts';
import { Recorder } from '../sctp/recorder.ts';

const clock = { now: () => Date.now(), monotonic: () => performance.now() };

/** BEAT (RFC 4666 §3.5.5): the one M3UA message whose contents are the sender's own, of any length. */
function beat(number: number, sizeOctets = 40): Buffer {
  const message = Buffer.alloc(sizeOctets, number);
  message.set([1, 0, 3, 3]);
  message.writeUInt32BE(sizeOctets, 4);
  message.writeUInt16BE(9, 8);
  message.writeUInt16BE(sizeOctets - 8, 10);
  return message;
}

function tshark(file: string, ...args: string[]): string[] {
  return execFileSync('tshark', ['-r', file, '-o', 'sctp.checksum:CRC 32c', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 1 << 26,
  })
    .split('\n')
    .filter((line) => line !== '');
}

const FIELDS = [
  'sctp.checksum.status',
  'ip.checksum.status',
  '_ws.malformed',
  '_ws.expert.severity',
  'sctp.retransmission',
  'sctp.chunk_type',
  'sctp.assoc_index',
  'm3ua.message_type',
] as const;

/** What tshark says of each frame. */
function frameFields(file: string): Record<(typeof FIELDS)[number], string>[] {
  const args = FIELDS.flatMap((field) => ['-e', field]);
  return tshark(file, '-o', 'ip.check_checksum:TRUE', '-T', 'fields', ...args).map((line) => {
    const values = line.split('\t');
    return Object.fromEntries(FIELDS.map((field, index) => [field, values[index] ?? ''])) as never;
  });
}

function withFolder<T>(body: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'callwake-capture-'));
  return body(folder).finally(() => rmSync(folder, { recursive: true, force: true }));
}

/** 300 messages each way on several streams, one of 4 kB among them, then a graceful end; and one attempt refused. */
async function converse(client: SctpPort, server: SctpPort, host: string): Promise<void> {
  const serverUser = new Recorder();
  const clientUser = new Recorder();
  const listener = await server.listen({ host, port: 0 }, serverUser);
  const association = client.connect({ host, port: listener.port }, clientUser);
  const accepted = await serverUser.firstUp();
  await clientUser.firstUp();
  const streams = association.outboundStreams;
  for (let number = 0; number < 300; number++) {
    assert.equal(association.send(beat(number, number === 7 ? 4096 : 40), number % streams, 3), true);
    assert.equal(accepted.send(beat(number), number % streams, 3), true);
  }
  await serverUser.until(() => serverUser.messages.length === 300);
  await clientUser.until(() => clientUser.messages.length === 300);
  association.close();
  await clientUser.firstDown();
  await serverUser.firstDown();
  const refused = new Recorder();
  await listener.close();
  client.connect({ host, port: listener.port }, refused);
  await refused.firstDown();
}

describe('capture of what passes the SCTP port', { timeout: 60_000 }, () => {
  const network = memoryNetwork();
  const tcp = () => new TcpSctpPort({ counters: new CountersMap() });
  const udp = () =>
    new UdpSctpPort({
      counters: new CountersMap(),
      clock,
      rtoInitialMs: 100,
      rtoMinMs: 100,
      initRetransmissionsMax: 1,
    });
  for (const [name, host, make] of [
    ['memory', 'stp', (node: string) => network.port(node)],
    ['TCP', '127.0.0.1', tcp],
    ['sctp over UDP', '127.0.0.1', udp],
  ] as const) {
    test(`over ${name}: tshark reads it, with right checksums and nothing to complain of`, (t) =>
      withFolder(async (folder) => {
        const file = path.join(folder, 'capture.pcap');
        const counters = new CountersMap();
        const capture = new CaptureFile(file, { clock, counters, log: silentLog });
        const client = make('scf');
        const server = make('stp');
        await converse(new CapturingSctpPort(client, capture), server, host);
        await client.close();
        await server.close();
        await capture.close();
        assert.equal(counters.get('capture.dropped'), 0);

        const data = sctpData(file);
        assert.equal(data.length, 600);
        assert.ok(data.every((one) => one.ppid === 3));
        const missing = tsharkMissing();
        if (missing !== undefined) {
          t.skip(missing);
          return;
        }
        const frames = frameFields(file);
        assert.equal(frames.length, counters.get('capture.packets'));
        // A refused attempt over memory or TCP is known as such; over UDP nobody answers.
        assert.equal(frames.length, 4 + 600 + 3 + (name === 'sctp over UDP' ? 0 : 2));
        assert.equal(frames.filter((frame) => frame['m3ua.message_type'] === '3').length, 600);
        for (const frame of frames) {
          assert.equal(frame['sctp.checksum.status'], '1');
          assert.equal(frame['ip.checksum.status'], '1');
          assert.equal(frame['_ws.malformed'], '');
          assert.equal(frame['_ws.expert.severity'], '');
          assert.equal(frame['sctp.retransmission'], '');
        }
        const control = frames.filter((frame) => frame['m3ua.message_type'] === '');
        assert.deepEqual(
          control.slice(0, 7).map((frame) => Number(frame['sctp.chunk_type'])),
          [1, 2, 10, 11, 7, 8, 14],
        );
        // One conversation has one association index: tags and ports belong together.
        assert.equal(new Set(frames.slice(0, 607).map((frame) => frame['sctp.assoc_index'])).size, 1);
      }));
  }

  test('messages longer than an IP packet become several DATA chunks', (t) =>
    withFolder(async (folder) => {
      const file = path.join(folder, 'capture.pcap');
      const capture = new CaptureFile(file, { clock, counters: new CountersMap(), log: silentLog });
      const users = [new Recorder(), new Recorder()];
      const client = new CapturingSctpPort(network.port('a'), capture);
      const listener = await network.port('b').listen({ host: 'b', port: 0 }, users[1]!);
      const association = client.connect({ host: 'b', port: listener.port }, users[0]!);
      await users[0]!.firstUp();
      association.send(Buffer.alloc(150_000, 1), 0, 0);
      association.abort();
      await users[0]!.firstDown();
      await listener.close();
      await capture.close();
      const missing = tsharkMissing();
      if (missing !== undefined) {
        t.skip(missing);
        return;
      }
      const frames = frameFields(file);
      assert.deepEqual(
        frames.map((frame) => Number(frame['sctp.chunk_type'])),
        [1, 2, 10, 11, 0, 0, 0, 6],
      );
      assert.ok(frames.every((frame) => frame['sctp.checksum.status'] === '1'));
    }));

  test('what the disk cannot take in time is dropped and counted; what is written is whole', () =>
    withFolder(async (folder) => {
      const file = path.join(folder, 'capture.pcap');
      const counters = new CountersMap();
      const capture = new CaptureFile(file, { clock, counters, log: silentLog, bufferOctetsMax: 524_288 });
      for (let number = 0; number < 20_000; number++) capture.add(Buffer.alloc(16 + 100));
      await capture.close();
      assert.ok(counters.get('capture.dropped') > 0);
      assert.equal(counters.get('capture.dropped') + counters.get('capture.packets'), 20_000);
      assert.equal(statSync(file).size, 24 + counters.get('capture.packets') * 116);
      capture.add(Buffer.alloc(16));
      assert.equal(counters.get('capture.dropped') + counters.get('capture.packets'), 20_001);
    }));

  test('the file has a bound', () =>
    withFolder(async (folder) => {
      const file = path.join(folder, 'capture.pcap');
      const counters = new CountersMap();
      const capture = new CaptureFile(file, { clock, counters, log: silentLog, fileOctetsMax: 1000 });
      for (let number = 0; number < 100; number++) capture.add(Buffer.alloc(16 + 84));
      await capture.close();
      assert.equal(counters.get('capture.packets'), 9);
      assert.equal(counters.get('capture.dropped'), 91);
      assert.equal(statSync(file).size, 924);
    }));

  test('a file that cannot be made is an operating error that names it', () => {
    assert.throws(
      () => new CaptureFile('/nowhere/at/all.pcap', { clock, counters: new CountersMap(), log: silentLog }),
      { code: 'CW_CAPTURE_FILE', message: /--capture/ },
    );
  });
});
