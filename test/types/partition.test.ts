import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  isSubscriberNumber,
  packedNumberOctets,
  packNumber,
  partitionCount,
  partitionOf,
  unpackNumber,
} from '../../src/types/partition.ts';
import { numbers } from '../support/model-arbitraries.ts';

function packed(number: string): Buffer {
  const octets = Buffer.alloc(packedNumberOctets + 2, 0xff);
  packNumber(number, octets, 1);
  return octets.subarray(1, 1 + packedNumberOctets);
}

test('the partition of a number never changes: stored data depends on it', () => {
  const golden: Readonly<Record<string, number>> = {
    '0': 25,
    '1': 21,
    '49': 3,
    '4915112345678': 48,
    '4915112345679': 56,
    '8613800000000': 32,
    '262012345678901': 50,
    '999999999999999': 8,
  };
  for (const [number, partition] of Object.entries(golden)) assert.equal(partitionOf(number), partition);
});

test('numbers of one range spread evenly over the partitions', () => {
  for (const first of [491511000000, 819000000000000, 10]) {
    const counts = new Array<number>(partitionCount).fill(0);
    const total = 64_000;
    for (let index = 0; index < total; index++) {
      const partition = partitionOf(String(first + index));
      assert(partition >= 0 && partition < partitionCount);
      counts[partition] = (counts[partition] as number) + 1;
    }
    // 1000 each on average, and a standard deviation near 31 when it is as good as random.
    assert(Math.min(...counts) > 850 && Math.max(...counts) < 1150, String(counts));
  }
});

test('a packed number unpacks to itself', () => {
  fc.assert(
    fc.property(numbers, (number) => {
      assert.equal(unpackNumber(packed(number), 0), number);
    }),
    { numRuns: 300 },
  );
});

test('packed numbers are in the order of their digits, a prefix before what it starts', () => {
  fc.assert(
    fc.property(numbers, numbers, (a, b) => {
      const expected = a < b ? -1 : a > b ? 1 : 0;
      assert.equal(Math.sign(Buffer.compare(packed(a), packed(b))), expected);
    }),
    { numRuns: 500 },
  );
  assert(Buffer.compare(packed('49'), packed('490')) < 0);
});

test('octets that are no packed number give none', () => {
  assert.equal(unpackNumber(Buffer.from('1200000000000000', 'hex'), 0), undefined);
  assert.equal(unpackNumber(Buffer.from('1a00000000000002', 'hex'), 0), undefined);
  assert.equal(unpackNumber(Buffer.from('1230000000000002', 'hex'), 0), undefined);
  assert.equal(unpackNumber(Buffer.from('1200', 'hex'), 0), undefined);
});

test('an actor is named by 1 … 15 digits', () => {
  for (const good of ['1', '491511234567890']) assert(isSubscriberNumber(good));
  for (const bad of ['', '+49', '4915112345678901', '49a', '٤٩']) assert(!isSubscriberNumber(bad));
  assert.throws(() => packNumber('12x', new Uint8Array(8), 0));
});
