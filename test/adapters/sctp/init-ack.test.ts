import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readInitAck } from '../../../src/adapters/sctp/udp/init-ack.ts';
import { causeCode, chunk, chunkType, parameterType, tagLengthValue } from '../../../src/stack/sctp/chunk.ts';

interface Said {
  readonly tag?: number;
  readonly window?: number;
  readonly outbound?: number;
  readonly inbound?: number;
  readonly parameters?: readonly Buffer[];
}

const cookie = tagLengthValue(parameterType.STATE_COOKIE, Buffer.from('cookie!!'));

/** RFC 9260 §3.3.3: tag, window, streams, first TSN, parameters. */
function initAck({
  tag = 7,
  window = 65_536,
  outbound = 2,
  inbound = 2,
  parameters = [cookie],
}: Said): ReturnType<typeof readInitAck> {
  const fixed = Buffer.alloc(16);
  fixed.writeUInt32BE(tag, 0);
  fixed.writeUInt32BE(window, 4);
  fixed.writeUInt16BE(outbound, 8);
  fixed.writeUInt16BE(inbound, 10);
  fixed.writeUInt32BE(1, 12);
  return readInitAck(chunk(chunkType.INIT_ACK, 0, Buffer.concat([fixed, ...parameters])), 0);
}

test('RFC 9260 §5.1 C an INIT ACK with a cookie is answered with COOKIE ECHO', () => {
  const read = initAck({});
  assert.ok(read.kind === 'acceptable');
  assert.deepEqual(read.cookieEcho, [chunk(chunkType.COOKIE_ECHO, 0, Buffer.from('cookie!!'))]);
});

test('RFC 9260 §3.3.3 an INIT ACK with a tag of zero is as if it had not come', () => {
  assert.deepEqual(initAck({ tag: 0 }), { kind: 'ignored' });
});

for (const [what, said] of [
  ['no outbound stream', { outbound: 0 }],
  ['no inbound stream', { inbound: 0 }],
  ['a window below 1500 octets', { window: 1499 }],
] as const) {
  test(`RFC 9260 §3.3.3 an INIT ACK with ${what} is refused: Invalid Mandatory Parameter`, () => {
    const read = initAck(said);
    assert.ok(read.kind === 'unacceptable');
    assert.equal(read.cause.readUInt16BE(0), causeCode.INVALID_MANDATORY_PARAMETER);
  });
}

test('RFC 9260 §3.3.10.2 an INIT ACK without a cookie is refused, and the parameter that is missing is named', () => {
  const read = initAck({ parameters: [] });
  assert.ok(read.kind === 'unacceptable');
  assert.equal(read.cause.readUInt16BE(0), causeCode.MISSING_MANDATORY_PARAMETER);
  assert.deepEqual([...read.cause.subarray(4, 10)], [0, 0, 0, 1, 0, parameterType.STATE_COOKIE]);
});

test('RFC 9260 §3.3.2.1.4 an INIT ACK with a host name is refused: Unresolvable Address', () => {
  const hostName = tagLengthValue(11, Buffer.from('stp.example\0'));
  const read = initAck({ parameters: [hostName, cookie] });
  assert.ok(read.kind === 'unacceptable');
  assert.equal(read.cause.readUInt16BE(0), causeCode.UNRESOLVABLE_ADDRESS);
});

test('RFC 9260 §3.2.2 parameters that nobody knows and that want a report get one behind the COOKIE ECHO', () => {
  const unknown = tagLengthValue(0xc123, Buffer.from('what'));
  const read = initAck({ parameters: [unknown, cookie] });
  assert.ok(read.kind === 'acceptable');
  assert.equal(read.cookieEcho.length, 2);
  assert.equal(read.cookieEcho[1]?.[0], chunkType.ERROR);
  assert.ok(read.cookieEcho[1].includes(unknown));
});

test('a report of very many unknown parameters is left out: it would not fit', () => {
  const many = Array.from({ length: 40 }, (_, index) =>
    tagLengthValue(0xc100 + index, Buffer.alloc(16, index)),
  );
  const read = initAck({ parameters: [...many, cookie] });
  assert.ok(read.kind === 'acceptable');
  assert.equal(read.cookieEcho.length, 1);
});
