/** What nobody should send: nothing throws, hangs or grows, and the association that was up goes on working. */
import assert from 'node:assert/strict';
import dgram from 'node:dgram';
import { describe, test } from 'node:test';
import {
  chunk,
  chunkType,
  initChunk,
  packet,
  tagLengthValue,
  writeData,
} from '../../../src/stack/sctp/chunk.ts';
import { SeededRandom } from '../../../src/types/random.ts';
import { damage } from '../../support/damage.ts';
import { SCTP_CAPTURES, sctpPackets } from '../../support/sctp-packets.ts';
import { NO_SHARED, sharedPath } from '../../support/shared.ts';
import { numbered, numberOf } from './recorder.ts';
import { connected, firstChunk, HOST, lastTsn, type Node } from './udp-plant.ts';

type Pair = Awaited<ReturnType<typeof connected>>;

const INIT = {
  initiateTag: 77,
  advertisedWindow: 65_536,
  outboundStreams: 4,
  inboundStreams: 4,
  initialTsn: 9,
};
const octets = (...values: number[]) => Buffer.from(values);
const uint32 = (value: number) => {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value >>> 0);
  return buffer;
};

async function withPair(body: (pair: Pair) => Promise<void> | void, parameters = {}) {
  // Heartbeats stay out of what is counted here.
  const pair = await connected({ heartbeatMs: 60_000, ...parameters });
  try {
    await body(pair);
  } finally {
    await pair.close();
  }
}

/** A message passes both ways. */
async function works(pair: Pair): Promise<void> {
  const { serverUser, clientUser } = pair;
  const before = [serverUser.messages.length, clientUser.messages.length] as const;
  assert.equal(pair.association.send(numbered(1), 2, 3), true);
  assert.equal(pair.accepted.send(numbered(2), 2, 3), true);
  await serverUser.until(() => serverUser.messages.length === before[0] + 1);
  await clientUser.until(() => clientUser.messages.length === before[1] + 1);
}

/** Octets 4 … 7 of what the client sends: the server's verification tag. */
async function serverTag(pair: Pair): Promise<number> {
  await works(pair);
  return pair.client.lastSent!.packet.readUInt32BE(4);
}

/** Packets that a node answered with while `during` ran. */
function answers(node: Node, during: () => void): Buffer[] {
  const sent: Buffer[] = [];
  const before = node.loses;
  node.loses = (one) => {
    sent.push(Buffer.from(one));
    return before(one);
  };
  during();
  node.loses = before;
  return sent;
}

describe('sctp over UDP and hostile packets', { timeout: 60_000 }, () => {
  test('zero-length parameters in INIT, ERROR and ABORT, from a stranger and from the peer itself', () =>
    withPair(async (pair) => {
      const tag = await serverTag(pair);
      const bad = [
        packet(2905, 2905, 0, initChunk(1, INIT, [octets(0x80, 0, 0, 0)])),
        packet(2905, 2905, 0, initChunk(1, INIT, [octets(0xc0, 0, 0, 0), octets(0, 0, 0, 0)])),
        packet(2905, 2905, tag, chunk(chunkType.ERROR, 0, octets(0, 1, 0, 0))),
        packet(2905, 2905, tag, chunk(chunkType.ERROR, 0, octets(0, 8, 0, 3))),
        packet(2905, 2905, tag, chunk(chunkType.ABORT, 0, octets(0, 12, 0, 0))),
        packet(2905, 2905, tag, chunk(chunkType.ABORT, 0, octets(0, 12, 0, 9, 1))),
        packet(2905, 2905, tag, initChunk(2, INIT, [octets(0, 7, 0, 0)])),
        packet(2905, 2905, tag, octets(3, 0, 0, 0)),
        packet(2905, 2905, tag, octets(0, 3, 0, 4)),
        packet(2905, 2905, tag, octets(4, 0, 0, 4)),
        packet(2905, 2905, tag, octets(4, 0, 0, 8, 0, 1, 0, 0)),
      ];
      const sent = answers(pair.server, () => {
        for (const one of bad) {
          pair.server.inject(one, pair.clientUdpPort);
          pair.server.inject(one, 9);
        }
      });
      assert.deepEqual(sent, []);
      assert.equal(pair.server.counters.get('sctp.chunk.1.contents'), 4);
      assert.equal(pair.server.counters.get('sctp.chunk.6.contents'), 4);
      assert.equal(pair.server.counters.get('sctp.chunk.9.contents'), 4);
      await works(pair);
    }));

  test('RFC 9260 §6.8: a packet with a wrong checksum changes nothing, whatever it says', () =>
    withPair(async (pair) => {
      const tag = await serverTag(pair);
      const abort = packet(2905, 2905, tag, chunk(chunkType.ABORT, 0));
      abort[8] = abort[8]! ^ 1;
      pair.server.inject(abort, pair.clientUdpPort);
      assert.equal(pair.server.counters.get('sctp.packet.checksum'), 1);
      await works(pair);
    }));

  test('RFC 9260 §3.2.1: unknown parameters in INIT are skipped or reported, and the attempt goes on', () =>
    withPair((pair) => {
      const parameters = [
        tagLengthValue(0xbfff, octets(1)),
        tagLengthValue(0xffff, octets(2)),
        tagLengthValue(0x7fff, octets(3)),
        tagLengthValue(0xfffe, octets(4)),
      ];
      const init = packet(2905, 2905, 0, initChunk(1, INIT, parameters));
      const [ack, ...more] = answers(pair.server, () => pair.server.inject(init, 9));
      assert.deepEqual(more, []);
      assert.equal(firstChunk(ack!), chunkType.INIT_ACK);
      assert.equal(ack!.readUInt32BE(4), INIT.initiateTag);
      const reported = ack!.toString('hex');
      assert.ok(reported.includes('0008000cffff000502000000'), 'skipped and reported');
      assert.ok(reported.includes('0008000c7fff000503000000'), 'reported, and the last one looked at');
      assert.ok(!reported.includes('bfff') && !reported.includes('fffe'));
    }));

  test('RFC 9260 §3.2: unknown chunks are treated by their highest two bits', () =>
    withPair(async (pair) => {
      const tag = await serverTag(pair);
      const heartbeat = chunk(chunkType.HEARTBEAT, 0, tagLengthValue(1, uint32(5)));
      const answered = (type: number) =>
        answers(pair.server, () =>
          pair.server.inject(
            packet(2905, 2905, tag, chunk(type, 0, octets(9)), heartbeat),
            pair.clientUdpPort,
          ),
        ).map((one) => firstChunk(one));
      assert.deepEqual(answered(0x3f), []);
      assert.deepEqual(answered(0x7f), [chunkType.ERROR]);
      assert.deepEqual(answered(0xbf), [chunkType.HEARTBEAT_ACK]);
      assert.deepEqual(answered(0xff), [chunkType.ERROR, chunkType.HEARTBEAT_ACK]);
      await works(pair);
    }));

  test('SACKs for what was never sent, old ones, and gap blocks out of bounds are dropped', () =>
    withPair(async (pair) => {
      const tag = await serverTag(pair);
      const sack = (cumulative: number, ...gaps: [number, number][]) =>
        packet(
          2905,
          2905,
          tag,
          chunk(
            chunkType.SACK,
            0,
            uint32(cumulative),
            uint32(65_536),
            octets(0, gaps.length, 0, 0),
            ...gaps.map(([start, finish]) =>
              Buffer.concat([uint32(start).subarray(2), uint32(finish).subarray(2)]),
            ),
          ),
        );
      let last = 0;
      const before = pair.server.loses;
      pair.server.loses = (one) => {
        last = lastTsn(one) ?? last;
        return before(one);
      };
      await works(pair);
      for (const one of [
        sack(last + 1),
        sack(last + 0x7fffffff),
        sack(last - 1000),
        sack(last, [2, 0xffff]),
        sack(last, [0, 1]),
        sack(last, [9, 3]),
        sack(last, ...Array.from({ length: 200 }, (): [number, number] => [2, 0xffff])),
      ]) {
        pair.server.inject(one, pair.clientUdpPort);
      }
      const { counters } = pair.server;
      assert.equal(counters.get('sctp.sack.never-sent'), 2);
      assert.equal(counters.get('sctp.sack.old'), 1);
      assert.equal(counters.get('sctp.sack.gap-blocks'), 4);
      await works(pair);
    }));

  test('DATA far ahead, doubled, on a stream that was not agreed, and without user data', () =>
    withPair(async (pair) => {
      const tag = await serverTag(pair);
      let tsn = 0;
      const before = pair.client.loses;
      pair.client.loses = (one) => {
        tsn = lastTsn(one) ?? tsn;
        return before(one);
      };
      await works(pair);
      const data = (number: number, stream: number, size = 20) => {
        const body = Buffer.alloc(16 + size);
        writeData(body, 0, 3, number >>> 0, stream, 999, 3, Buffer.alloc(size));
        return packet(2905, 2905, tag, body);
      };
      for (const one of [data(tsn + 100_000, 0), data(tsn - 5, 0), data(tsn, 0), data(tsn + 0x7fffffff, 0)]) {
        pair.server.inject(one, pair.clientUdpPort);
      }
      assert.equal(pair.server.counters.get('sctp.data.far-ahead'), 2);
      assert.equal(pair.server.counters.get('sctp.data.duplicate'), 2);
      await works(pair);
      // RFC 9260 §6.2: no user data is an error that ends the association.
      pair.server.inject(data(tsn + 1, 0, 0), pair.clientUdpPort);
      assert.equal(await pair.serverUser.firstDown(), 'aborted');
      assert.equal(await pair.clientUser.firstDown(), 'aborted');
    }));

  test('a window full of a message without end is given up, not waited for', () =>
    withPair(
      async (pair) => {
        const tag = await serverTag(pair);
        let tsn = 0;
        pair.client.loses = (one) => {
          tsn = lastTsn(one) ?? tsn;
          return false;
        };
        await works(pair);
        for (let fragment = 1; fragment <= 20; fragment++) {
          const body = Buffer.alloc(16 + 1000);
          writeData(body, 0, fragment === 1 ? 2 : 0, tsn + fragment, 2, 2, 3, Buffer.alloc(1000));
          pair.server.inject(packet(2905, 2905, tag, body), pair.clientUdpPort);
        }
        assert.equal(await pair.serverUser.firstDown(), 'aborted');
        assert.equal(pair.server.counters.get('sctp.data.unacceptable'), 1);
      },
      { windowOctets: 16_384 },
    ));

  test('RFC 9260 §8.5.1: ABORT and SHUTDOWN COMPLETE need the right tag', () =>
    withPair(async (pair) => {
      const tag = await serverTag(pair);
      for (const wrong of [tag + 1, tag ^ 0x80, 1]) {
        for (const flags of [0, 1]) {
          pair.server.inject(
            packet(2905, 2905, wrong >>> 0, chunk(chunkType.ABORT, flags)),
            pair.clientUdpPort,
          );
          pair.server.inject(
            packet(2905, 2905, wrong >>> 0, chunk(chunkType.SHUTDOWN_COMPLETE, flags)),
            pair.clientUdpPort,
          );
        }
      }
      // The right tag with the T bit, and the right tag from another place.
      pair.server.inject(packet(2905, 2905, tag, chunk(chunkType.ABORT, 1)), pair.clientUdpPort);
      pair.server.inject(packet(2905, 2905, tag, chunk(chunkType.ABORT, 0)), 9);
      await works(pair);
      pair.server.inject(packet(2905, 2905, tag, chunk(chunkType.ABORT, 0)), pair.clientUdpPort);
      assert.equal(await pair.serverUser.firstDown(), 'aborted');
    }));

  test('RFC 9260 §8.4: what belongs to no association is answered with ABORT, and never an ABORT with anything', () =>
    withPair((pair) => {
      const answered = (...chunks: Buffer[]) =>
        answers(pair.server, () => pair.server.inject(packet(2905, 2905, 5, ...chunks), 9)).map((one) => [
          firstChunk(one),
          one[13],
          one.readUInt32BE(4),
        ]);
      assert.deepEqual(answered(chunk(chunkType.HEARTBEAT, 0, tagLengthValue(1, uint32(1)))), [[6, 1, 5]]);
      assert.deepEqual(answered(chunk(chunkType.SHUTDOWN_ACK, 0)), [[14, 1, 5]]);
      assert.deepEqual(answered(chunk(chunkType.ABORT, 0)), []);
      assert.deepEqual(answered(chunk(chunkType.COOKIE_ACK, 0), chunk(chunkType.ABORT, 0)), []);
      assert.deepEqual(answered(chunk(chunkType.SHUTDOWN_COMPLETE, 1)), []);
      assert.deepEqual(answered(chunk(chunkType.COOKIE_ECHO, 0, Buffer.alloc(68, 7))), []);
    }));

  test('a flood of INITs is answered a bounded number of times and makes no association', () =>
    withPair(
      async (pair) => {
        const sent = answers(pair.server, () => {
          for (let number = 1; number <= 5000; number++) {
            const init = packet(2905, 2905, 0, initChunk(1, { ...INIT, initiateTag: number }));
            pair.server.inject(init, 1024 + (number % 60_000));
          }
        });
        assert.ok(sent.length >= 50 && sent.length < 500, `${sent.length} answers`);
        assert.ok(pair.server.counters.get('sctp.init.flood') > 4000);
        assert.equal(pair.serverUser.ups.length, 1);
        await works(pair);
      },
      { initsPerSecond: 50 },
    ));

  test('real datagrams: garbage and 20 000 damaged copies of captured packets', (t) => {
    const folder = sharedPath('vectors/pcap');
    if (folder === undefined) {
      t.skip(NO_SHARED);
      return;
    }
    return withPair(async (pair) => {
      const originals = SCTP_CAPTURES.flatMap((name) => sctpPackets(`${folder}/${name}`));
      const random = new SeededRandom(2905);
      const socket = dgram.createSocket('udp4');
      const send = (one: Uint8Array) =>
        new Promise((resolve) => socket.send(one, pair.listener.port, HOST, resolve));
      for (let round = 0; round < 20_000; round++) {
        const copy = Buffer.from(damage(originals[round % originals.length]!, random));
        // Every second one gets through the first two checks: it is for our port and its checksum is right.
        const sealed = round % 2 === 0 || copy.length < 12;
        await send(sealed ? copy : packet(2905, 2905, copy.readUInt32BE(4) & 1, copy.subarray(12)));
        if (round % 100 === 0) await works(pair);
      }
      for (let size = 0; size < 2000; size += 7) await send(Buffer.alloc(size, size));
      await works(pair);
      socket.close();
      assert.equal(pair.serverUser.ups.length, 1);
      assert.deepEqual(pair.serverUser.downs, []);
      assert.deepEqual(pair.clientUser.downs, []);
      assert.ok(pair.server.counters.get('sctp.packet.checksum') > 1000);
    });
  });

  test('damaged chunks with the right tag, from the peer itself: at worst the association ends, and a new one works', async (t) => {
    const folder = sharedPath('vectors/pcap');
    if (folder === undefined) {
      t.skip(NO_SHARED);
      return;
    }
    const originals = SCTP_CAPTURES.flatMap((name) => sctpPackets(`${folder}/${name}`)).filter(
      // A sound ABORT or SHUTDOWN is no damage.
      (one) => ![6, 7].includes(one[12]!),
    );
    const random = new SeededRandom(7);
    let pair = await connected({ heartbeatMs: 60_000 });
    let tag = await serverTag(pair);
    let tsn = lastTsn(pair.client.lastSent!.packet) ?? 0;
    let ended = 0;
    for (let round = 0; round < 20_000; round++) {
      const body = Buffer.from(damage(originals[round % originals.length]!.subarray(12), random));
      if (body.length === 0) continue;
      // Where damage hits the sequence number, the chunk would only be far ahead: bring it near, as a peer gone mad would.
      if (body[0] === 0 && body.length > 8) {
        body.writeUInt32BE((tsn + 1 + (round % 40)) >>> 0, 4);
      }
      pair.server.inject(packet(2905, 2905, tag, body), pair.clientUdpPort);
      if (round % 50 !== 0 && pair.serverUser.downs.length === 0) continue;
      await new Promise((resolve) => setImmediate(resolve));
      if (pair.serverUser.downs.length + pair.clientUser.downs.length > 0 || round % 500 === 0) {
        ended++;
        await pair.close();
        pair = await connected({ heartbeatMs: 60_000 });
        tag = await serverTag(pair);
        tsn = lastTsn(pair.client.lastSent!.packet) ?? 0;
      }
    }
    await pair.close();
    t.diagnostic(`${ended} associations`);
  });

  test('a peer that sends on while paused fills the window and no more', () =>
    withPair(async (pair) => {
      pair.accepted.pause();
      let next = 0;
      while (pair.association.send(numbered(next, 1000), next % 16, 3)) next++;
      assert.ok(next > 500);
      for (let beat = 0; beat < 50; beat++) await new Promise((resolve) => setImmediate(resolve));
      assert.equal(pair.serverUser.messages.length, 0);
      pair.accepted.resume();
      await pair.serverUser.until(() => pair.serverUser.messages.length === next);
      const perStream = new Map<number, number>();
      for (const message of pair.serverUser.messages) {
        const number = numberOf(message.octets);
        assert.ok(number > (perStream.get(message.stream) ?? -1));
        perStream.set(message.stream, number);
      }
    }));
});
