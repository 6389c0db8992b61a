import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  checkPacket,
  chunk,
  chunkType,
  hasCause,
  initChunk,
  isAfter,
  packet,
  readInit,
  readInitParameters,
  tagLengthValue,
} from '../../../src/stack/sctp/chunk.ts';
import { crc32c } from '../../../src/stack/sctp/crc32c.ts';
import { SeededRandom } from '../../../src/types/random.ts';
import { damage } from '../../support/damage.ts';
import { SCTP_CAPTURES, sctpPackets } from '../../support/sctp-packets.ts';
import { NO_SHARED, sharedPath } from '../../support/shared.ts';

const code = (octets: Buffer) => {
  const result = checkPacket(octets);
  return result.ok ? result.value : result.code;
};

test('RFC 9260 appendix A: CRC32c of the known check string', () => {
  assert.equal(crc32c(Buffer.from('123456789')), 0xe3069283);
  assert.equal(crc32c(Buffer.alloc(32)), 0x8a9136aa);
  assert.equal(crc32c(Buffer.alloc(32, 0xff)), 0x62a8ab43);
});

test('every captured packet with a right checksum passes the check', (t) => {
  const folder = sharedPath('vectors/pcap');
  if (folder === undefined) {
    t.skip(NO_SHARED);
    return;
  }
  let passed = 0;
  const refused = new Map<string | number, number>();
  for (const name of SCTP_CAPTURES) {
    for (const octets of sctpPackets(`${folder}/${name}`)) {
      const result = checkPacket(octets);
      if (result.ok) passed++;
      else refused.set(result.code, (refused.get(result.code) ?? 0) + 1);
    }
  }
  t.diagnostic(`${passed} passed; refused: ${JSON.stringify([...refused])}`);
  // Old captures carry Adler-32 (RFC 2960) or no checksum at all; nothing else may be amiss.
  assert.deepEqual(
    [...refused.keys()].filter((key) => key !== 'sctp.packet.checksum'),
    [],
  );
  assert.ok(passed > 300);
});

test('damaged packets with a checksum made right never throw, and what passes can be walked', (t) => {
  const folder = sharedPath('vectors/pcap');
  if (folder === undefined) {
    t.skip(NO_SHARED);
    return;
  }
  const all = SCTP_CAPTURES.flatMap((name) => sctpPackets(`${folder}/${name}`));
  const random = new SeededRandom(1);
  for (let round = 0; round < 20_000; round++) {
    const body = damage(all[round % all.length]!.subarray(12), random);
    const octets = packet(2905, 2905, 1, body);
    if (!checkPacket(octets).ok) continue;
    for (let at = 12; at < octets.length; at += (octets.readUInt16BE(at + 2) + 3) & ~3) {
      const type = octets[at]!;
      if (type === chunkType.INIT || type === chunkType.INIT_ACK) {
        readInit(octets, at);
        readInitParameters(octets, at);
      }
      if (type === chunkType.ERROR || type === chunkType.ABORT) hasCause(octets, at, 3);
    }
  }
});

test('lengths that lead nowhere are refused: zero-length chunk, parameter and cause, and what goes past its end', () => {
  const raw = (...octets: number[]) => packet(1, 2, 3, Buffer.from(octets));
  assert.equal(code(raw(11, 0, 0, 0)), 'sctp.chunk.length');
  assert.equal(code(raw(11, 0, 0, 3)), 'sctp.chunk.length');
  assert.equal(code(raw(11, 0, 0, 8)), 'sctp.chunk.length');
  assert.equal(code(raw(11, 0, 0, 4, 11, 0)), 'sctp.chunk.header');
  assert.equal(code(raw(6, 0, 0, 8, 0, 12, 0, 0)), 'sctp.chunk.6.contents');
  assert.equal(code(raw(9, 0, 0, 8, 0, 12, 0, 0)), 'sctp.chunk.9.contents');
  assert.equal(code(raw(9, 0, 0, 8, 0, 12, 0, 5)), 'sctp.chunk.9.contents');
  assert.equal(code(raw(4, 0, 0, 8, 0, 1, 0, 0)), 'sctp.chunk.4.contents');
  const init = {
    initiateTag: 1,
    advertisedWindow: 5000,
    outboundStreams: 1,
    inboundStreams: 1,
    initialTsn: 1,
  };
  for (const parameter of [
    [0xc0, 0x20, 0, 0],
    [0, 5, 0, 0],
    [0x80, 0, 0, 3],
    [0x80, 0, 0, 9],
  ]) {
    assert.equal(
      code(packet(1, 2, 0, initChunk(1, init, [Buffer.from(parameter)]))),
      'sctp.chunk.1.contents',
      parameter.join(' '),
    );
  }
  // A SACK whose counts do not fill its length.
  assert.equal(code(raw(3, 0, 0, 16, 0, 0, 0, 1, 0, 0, 9, 9, 0, 1, 0, 0)), 'sctp.chunk.3.contents');
});

test('RFC 9260 §3.2.1: what is done with an unknown parameter is in its highest two bits', () => {
  const init = {
    initiateTag: 1,
    advertisedWindow: 5000,
    outboundStreams: 2,
    inboundStreams: 3,
    initialTsn: 4,
  };
  const cookie = tagLengthValue(7, Buffer.from([1, 2, 3]));
  const read = (type: number) => {
    const octets = packet(1, 2, 0, initChunk(2, init, [tagLengthValue(type, Buffer.from([9])), cookie]));
    assert.equal(code(octets), 1);
    assert.deepEqual(readInit(octets, 12), init);
    const { stateCookie, unrecognized } = readInitParameters(octets, 12);
    return { cookie: stateCookie?.toString('hex'), reported: unrecognized.map((one) => one.toString('hex')) };
  };
  assert.deepEqual(read(0x3fff), { cookie: undefined, reported: [] });
  assert.deepEqual(read(0x7fff), { cookie: undefined, reported: ['7fff000509000000'] });
  assert.deepEqual(read(0xbfff), { cookie: '010203', reported: [] });
  assert.deepEqual(read(0xffff), { cookie: '010203', reported: ['ffff000509000000'] });
});

test('a single damaged bit is found by the checksum', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(), (value, bit) => {
      const octets = packet(1, 2, 3, chunk(0xbf, 0, value));
      assert.equal(code(octets), 1);
      const at = Math.floor(bit / 8) % octets.length;
      octets[at] = octets[at]! ^ (1 << (bit % 8));
      assert.equal(code(octets), 'sctp.packet.checksum');
    }),
    { numRuns: 200 },
  );
});

test('RFC 1982: serial numbers wrap', () => {
  assert.ok(isAfter(0, 0xffffffff));
  assert.ok(isAfter(1, 0));
  assert.ok(!isAfter(0xffffffff, 0));
  assert.ok(!isAfter(5, 5));
});
