import { strict as assert } from 'node:assert';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { BerReader, BerWriter, identifierOf, readInteger } from '../../../src/stack/asn1/ber.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const reader = new BerReader();

describe('BER reader (ITU-T X.690 §8.1)', () => {
  test('goes through siblings and into constructed elements', () => {
    reader.reset(hex('a1 05 04 03 010203 bf32 81 01 ff'));
    assert(reader.next());
    assert.equal(reader.identifier, 0xa1);
    const { offset, end } = reader;
    reader.enter();
    assert(reader.next());
    assert.deepEqual(reader.content(), hex('010203'));
    assert(!reader.next());
    reader.resume(offset, end);
    assert(reader.next());
    assert.equal(reader.identifier, identifierOf(2, true, 50));
    assert.deepEqual([reader.tagClass, reader.constructed, reader.tag], [2, true, 50]);
    assert.deepEqual(reader.element(), hex('bf328101ff'));
    assert(!reader.next());
    assert.equal(reader.failureCode, '');
  });

  test('accepts long lengths that are not minimal, with leading zeros', () => {
    reader.reset(hex('04 86 000000000001 aa'));
    assert(reader.next());
    assert.deepEqual(reader.content(), hex('aa'));
  });

  test('finds the end-of-contents of nested indefinite lengths', () => {
    reader.reset(hex('30 80 a0 80 04 02 0000 0000 30 02 0500 0000 04 00'));
    assert(reader.next());
    assert.deepEqual(reader.content(), hex('a08004020000 0000 30020500'));
    assert(reader.next());
    assert.equal(reader.identifier, 4);
    assert(!reader.next());
    assert.equal(reader.failureCode, '');
  });

  for (const [octets, code, offset] of [
    ['04', 'ber.truncated', 0],
    ['04 02 aa', 'ber.truncated', 0],
    ['3080 0400', 'ber.truncated', 0],
    ['3080 0405 0000', 'ber.truncated', 2],
    ['04 80 0000', 'ber.length', 0],
    ['04 ff', 'ber.length', 0],
    ['04 85 ffffffffff', 'ber.length', 0],
    ['04 84 ffffffff', 'ber.truncated', 0],
    ['0000', 'ber.endOfContents', 0],
    ['3080 0001ff 0000', 'ber.endOfContents', 2],
    ['bf1e 00', 'ber.tag', 0],
    ['bf8020 00', 'ber.tag', 0],
    ['bfffffffff7f 00', 'ber.tag', 0],
    ['bf', 'ber.truncated', 0],
  ] as const)
    test(`${octets} is ${code}`, () => {
      reader.reset(hex(octets));
      assert(!reader.next());
      assert.deepEqual([reader.failureCode, reader.failureOffset], [code, offset]);
    });

  test('any octets: ends, stays inside, and each element lies behind the one before', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (octets) => {
        reader.reset(octets);
        let last = 0;
        while (reader.next()) {
          assert(reader.elementOffset === last && reader.contentOffset > last);
          assert(reader.contentEnd >= reader.contentOffset && reader.offset >= reader.contentEnd);
          assert(reader.offset <= octets.length);
          last = reader.offset;
        }
        assert(reader.failureCode !== '' || last === octets.length);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('BER writer', () => {
  test('writes minimal definite headers, high tag numbers and lengths past its buffer', () => {
    for (const length of [0, 1, 127, 128, 255, 256, 70_000])
      for (const number of [0, 30, 31, 127, 128, 16_383, 16_384, 0x1f_ffff]) {
        const writer = new BerWriter(4);
        const identifier = identifierOf(2, true, number);
        const mark = writer.written;
        writer.bytes(new Uint8Array(length).fill(7));
        writer.header(identifier, mark);
        reader.reset(writer.octets());
        assert(reader.next());
        assert.deepEqual(
          [reader.identifier, reader.content().length, reader.tag],
          [identifier, length, number],
        );
        assert(!reader.next());
      }
  });

  test('writes integers in the fewest octets, and they are read back', () => {
    const write = (value: number) => {
      const writer = new BerWriter(2);
      writer.integer(value);
      return Buffer.from(writer.octets()).toString('hex');
    };
    assert.deepEqual([0, 127, 128, -1, -128, -129, 256, 2 ** 40].map(write), [
      '00',
      '7f',
      '0080',
      'ff',
      '80',
      'ff7f',
      '0100',
      '010000000000',
    ]);
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        const octets = hex(write(value));
        assert.equal(readInteger(octets, 0, octets.length), value);
      }),
    );
    assert(Number.isNaN(readInteger(hex(''), 0, 0)));
    assert(Number.isNaN(readInteger(hex('0020000000000000'), 0, 8)));
  });
});
