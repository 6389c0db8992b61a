import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodePdu } from '../../../src/stack/smpp/pdu.ts';
import { PduStream } from '../../../src/stack/smpp/pdu-stream.ts';
import { pdus } from './pdus.ts';

const octets = pdus.map((pdu) => encodePdu(pdu));

test('PDUs come out whole, however the connection cuts them', () => {
  const all = Buffer.concat(octets);
  for (const size of [1, 2, 3, 5, 15, 16, 17, 100, 1_000, all.length]) {
    const taken: string[] = [];
    const stream = new PduStream(2_000, (pdu) => taken.push(Buffer.from(pdu).toString('hex')));
    for (let at = 0; at < all.length; at += size) assert.ok(stream.add(all.subarray(at, at + size)).ok);
    assert.deepEqual(
      taken,
      octets.map((pdu) => Buffer.from(pdu).toString('hex')),
      `pieces of ${size}`,
    );
    assert.equal(stream.waitingOctets, 0);
  }
});

test('a length that cannot be is the end, and nothing is kept for it', () => {
  for (const length of [0, 15, 2_001, 0x7fff_ffff, 0xffff_ffff]) {
    for (const size of [1, 4, 16]) {
      const stream = new PduStream(2_000, () => assert.fail());
      const head = Buffer.alloc(16);
      head.writeUInt32BE(length);
      let ok = true;
      for (let at = 0; at < head.length && ok; at += size) ok = stream.add(head.subarray(at, at + size)).ok;
      assert.equal(ok, false, `${length} in pieces of ${size}`);
    }
  }
});
