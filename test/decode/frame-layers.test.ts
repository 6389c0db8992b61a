/** A capture's layers below SCTP: link types, IP, UDP and TCP, whole and cut off. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCapture } from '../../src/decode/capture.ts';
import { FrameSight, frameTree } from '../../src/decode/frame-tree.ts';
import type { TreeNode } from '../../src/decode/tree.ts';
import { chunk, chunkType, packet } from '../../src/stack/sctp/chunk.ts';

/** An SCTP packet with a COOKIE ACK alone. */
const sctp = packet(2905, 2905, 1, chunk(chunkType.COOKIE_ACK, 0));

function ipv4(payload: Buffer, { protocol = 132, fragment = 0, total = 20 + payload.length } = {}): Buffer {
  const header = Buffer.alloc(20);
  header[0] = 0x45;
  header.writeUInt16BE(total, 2);
  header.writeUInt16BE(fragment, 6);
  header[9] = protocol;
  header.set([10, 0, 0, 1, 10, 0, 0, 2], 12);
  return Buffer.concat([header, payload]);
}

function ipv6(payload: Buffer, next = 132, extension = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(40);
  header[0] = 0x60;
  header.writeUInt16BE(extension.length + payload.length, 4);
  header[6] = extension.length > 0 ? 60 : next;
  header[23] = 1;
  header[39] = 2;
  return Buffer.concat([header, extension, payload]);
}

function udp(payload: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt16BE(9899, 0);
  header.writeUInt16BE(9899, 2);
  header.writeUInt16BE(8 + payload.length, 4);
  return Buffer.concat([header, payload]);
}

const etherType = (type: number, at: number): Buffer => {
  const header = Buffer.alloc(at + 2);
  header.writeUInt16BE(type, at);
  return header;
};

/** The names from the frame down, and what is said of the last. */
function path(linkType: number, octets: Buffer): string {
  const names: string[] = [];
  let node: TreeNode | undefined = frameTree({ number: 1, linkType, octets }, new FrameSight());
  let note: string | undefined;
  while (node !== undefined) {
    names.push(node.name.replace(/^frame 1$/, 'frame'));
    note = node.note;
    if (node.name === 'SCTP') break;
    node = node.children?.[0];
  }
  return names.join(' › ') + (note === undefined ? '' : ` (${note})`);
}

const vlan = (inner: Buffer): Buffer => {
  const tag = Buffer.alloc(4);
  tag.writeUInt16BE(0x8100, 0);
  return Buffer.concat([Buffer.alloc(12), tag, Buffer.from([0x08, 0x00]), inner]);
};

// biome-ignore format: a row a frame
const rows: readonly (readonly [what: string, linkType: number, octets: Buffer, expected: RegExp])[] = [
  ['Ethernet', 1, Buffer.concat([etherType(0x0800, 12), ipv4(sctp)]), /^frame › IPv4 › SCTP/],
  ['Ethernet with a VLAN tag', 1, vlan(ipv4(sctp)), /^frame › IPv4 › SCTP/],
  ['Ethernet, IPv6', 1, Buffer.concat([etherType(0x86dd, 12), ipv6(sctp)]), /^frame › IPv6 › SCTP/],
  ['BSD loopback', 0, Buffer.concat([Buffer.alloc(4), ipv4(sctp)]), /^frame › IPv4 › SCTP/],
  ['OpenBSD loopback, IPv6', 108, Buffer.concat([Buffer.alloc(4), ipv6(sctp)]), /^frame › IPv6 › SCTP/],
  ['raw IP', 101, ipv4(sctp), /^frame › IPv4 › SCTP/],
  ['raw IPv6', 229, ipv6(sctp), /^frame › IPv6 › SCTP/],
  ['Linux cooked', 113, Buffer.concat([etherType(0x0800, 14), ipv4(sctp)]), /^frame › IPv4 › SCTP/],
  ['Linux cooked 2', 276, Buffer.concat([Buffer.from([8, 0]), Buffer.alloc(18), ipv4(sctp)]), /^frame › IPv4 › SCTP/],
  ['SCTP in UDP (RFC 6951)', 101, ipv4(udp(sctp), { protocol: 17 }), /^frame › IPv4 › UDP › SCTP/],
  ['UDP of something else', 101, ipv4(udp(Buffer.from('DNS or so')), { protocol: 17 }), /UDP \(not covered: no SCTP in it\)$/],
  ['IPv6 with an extension header', 229, ipv6(sctp, 132, Buffer.from([132, 0, 0, 0, 0, 0, 0, 0])), /^frame › IPv6 › SCTP/],
  ['IPv6, a fragment', 229, ipv6(Buffer.alloc(16), 44), /IPv6 \(not covered: a fragment\)$/],
  ['IPv4, a fragment', 101, ipv4(sctp, { fragment: 0x2000 }), /IPv4 \(not covered: a fragment\)$/],
  ['another IP protocol', 101, ipv4(Buffer.alloc(8), { protocol: 1 }), /IP protocol \(not covered\)$/],
  ['ARP', 1, Buffer.concat([etherType(0x0806, 12), Buffer.alloc(28)]), /^frame \(not covered: EtherType 0806\)$/],
  ['a link type that is not read', 147, Buffer.alloc(40), /^frame \(not covered: link type 147\)$/],
  ['Ethernet, cut off', 1, Buffer.alloc(8), /^frame \(truncated\)$/],
  ['IPv4, cut off', 101, ipv4(sctp).subarray(0, 12), /IPv4 \(truncated\)$/],
  ['IPv6, cut off', 229, ipv6(sctp).subarray(0, 20), /IPv6 \(truncated\)$/],
  ['TCP without M3UA', 101, ipv4(Buffer.concat([Buffer.alloc(12), Buffer.from([0x50]), Buffer.alloc(7), Buffer.from('GET /')]), { protocol: 6 }), /TCP \(not covered: no M3UA message in it\)$/],
  ['TCP without data', 101, ipv4(Buffer.concat([Buffer.alloc(12), Buffer.from([0x50]), Buffer.alloc(7)]), { protocol: 6 }), /IPv4 › TCP$/],
];

for (const [what, linkType, octets, expected] of rows) {
  test(`${what}: what is in it, or why not`, () => {
    assert.match(path(linkType, octets), expected);
  });
}

test('an IPv4 packet of which the capture has a part is read as far as it goes, and said to be cut off', () => {
  const tree = frameTree({ number: 1, linkType: 101, octets: ipv4(sctp, { total: 1500 }) }, new FrameSight());
  assert.equal(tree.children?.[0]?.note, 'cut off by the capture');
});

function pcap(magic: number, little: boolean, frames: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32BE(magic, 0);
  const put = (into: Buffer, value: number, at: number) =>
    little ? into.writeUInt32LE(value, at) : into.writeUInt32BE(value, at);
  put(header, 101, 20);
  const parts = frames.map((octets) => {
    const one = Buffer.alloc(16);
    put(one, 1_700_000_000, 0);
    put(one, 500_000, 4);
    put(one, octets.length, 8);
    put(one, octets.length, 12);
    return Buffer.concat([one, octets]);
  });
  return Buffer.concat([header, ...parts]);
}

for (const [name, magic, little, atMs] of [
  ['microseconds, big-endian', 0xa1b2c3d4, false, 1_700_000_000_500],
  ['microseconds, little-endian', 0xd4c3b2a1, true, 1_700_000_000_500],
  ['nanoseconds, big-endian', 0xa1b23c4d, false, 1_700_000_000_000.5],
  ['nanoseconds, little-endian', 0x4d3cb2a1, true, 1_700_000_000_000.5],
] as const) {
  test(`a pcap of ${name} has its frames and times; cut off anywhere, those before the cut`, () => {
    const file = pcap(magic, little, [ipv4(sctp), ipv4(sctp)]);
    const { frames, problem } = readCapture(file);
    assert.equal(problem, undefined);
    assert.deepEqual(
      frames.map((frame) => [frame.number, frame.linkType, frame.atMs]),
      [
        [1, 101, atMs],
        [2, 101, atMs],
      ],
    );
    for (let length = 4; length < file.length; length++) {
      const cut = readCapture(file.subarray(0, length));
      assert.ok(cut.frames.length <= 2);
      if (cut.frames.length < 2 && length !== 24 && length !== 24 + 16 + ipv4(sctp).length)
        assert.match(cut.problem ?? '', /cut off|neither/);
    }
  });
}

function block(type: number, body: Buffer): Buffer {
  const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
  const whole = Buffer.alloc(12 + padded.length);
  whole.writeUInt32LE(type, 0);
  whole.writeUInt32LE(whole.length, 4);
  whole.set(padded, 8);
  whole.writeUInt32LE(whole.length, whole.length - 4);
  return whole;
}

const uint32 = (...values: number[]): Buffer => {
  const octets = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) octets.writeUInt32LE(value, 4 * index);
  return octets;
};

test('a pcapng with resolutions, a simple packet and a block that is not known', () => {
  const section = block(0x0a0d0d0a, uint32(0x1a2b3c4d, 1, 0xffffffff, 0xffffffff));
  const nanoseconds = block(
    1,
    Buffer.concat([uint32(101, 0), Buffer.from([9, 0, 1, 0, 9, 0, 0, 0, 0, 0, 0, 0])]),
  );
  const binary = block(
    1,
    Buffer.concat([uint32(101, 0), Buffer.from([9, 0, 1, 0, 0x80 | 10, 0, 0, 0, 0, 0, 0, 0])]),
  );
  const octets = ipv4(sctp);
  const enhanced = (from: number, ticks: number) =>
    block(6, Buffer.concat([uint32(from, 0, ticks, octets.length, octets.length), octets]));
  const simple = block(3, Buffer.concat([uint32(octets.length), octets]));
  const unknown = block(0x0bad, uint32(1, 2, 3));
  const file = Buffer.concat([
    section,
    nanoseconds,
    binary,
    unknown,
    enhanced(0, 3_000_000),
    enhanced(1, 1024),
    simple,
  ]);
  const { frames, problem } = readCapture(file);
  assert.equal(problem, undefined);
  assert.deepEqual(
    frames.map(({ atMs }) => atMs),
    [3, 1000, undefined],
  );
  for (const frame of frames) assert.match(path(frame.linkType, Buffer.from(frame.octets)), /IPv4 › SCTP/);
  const withoutInterface = readCapture(Buffer.concat([section, simple]));
  assert.match(withoutInterface.problem ?? '', /cut off/);
  for (let length = 12; length < file.length; length += 3)
    assert.ok(readCapture(file.subarray(0, length)).frames.length <= 3);
});
