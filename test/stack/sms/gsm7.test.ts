import { strict as assert } from 'node:assert';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ESCAPE, gsm7Length, gsm7Septets, gsm7Text } from '../../../src/stack/sms/gsm7-alphabet.ts';
import { packedOctets, packSeptets, unpackSeptets } from '../../../src/stack/sms/gsm7-packing.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));

/** Every character that GSM 7 bit has. */
const everyCharacter = [
  ...Array.from(gsm7Text(new Uint8Array([...Array(128).keys()].filter((septet) => septet !== ESCAPE)))),
  ...Array.from('\f^{}\\[~]|€'),
];

describe('GSM 7 bit default alphabet (3GPP TS 23.038 §6.2.1)', () => {
  test('has 127 characters, and ten more behind the escape', () => {
    assert.equal(new Set(everyCharacter).size, 137);
    assert.equal(gsm7Length(everyCharacter.join('')), 127 + 20);
    assert.deepEqual(gsm7Septets('@€{'), hex('00 1b65 1b28'));
    assert.deepEqual(gsm7Septets('Ω§à'), hex('155f7f'));
  });

  test('knows what it does not have', () => {
    for (const text of ['ç', 'Привет', 'á', '\t', '\u001b', '😀', 'a\u0301', '‘'])
      assert.equal(gsm7Septets(text), undefined);
  });

  test('shows an unknown extension as the default character, and an escape without one as a space', () => {
    assert.equal(gsm7Text(hex('1b41')), 'A');
    assert.equal(gsm7Text(hex('411b')), 'A ');
    assert.equal(gsm7Text(hex('1b1b41')), ' A');
  });

  test('text → septets → text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...everyCharacter)), (characters) => {
        const text = characters.join('');
        const septets = gsm7Septets(text);
        assert(septets !== undefined);
        assert.equal(septets.length, gsm7Length(text));
        assert.equal(gsm7Text(septets), text);
      }),
      { numRuns: 500 },
    );
  });
});

describe('packing of septets (3GPP TS 23.038 §6.1.2.1)', () => {
  const packed = (septets: Uint8Array, fillBits = 0) => {
    const octets = new Uint8Array(packedOctets(septets.length, fillBits));
    assert.equal(packSeptets(septets, octets, 0, fillBits), octets.length);
    return octets;
  };

  test('the least significant bits come first', () => {
    assert.deepEqual(packed(gsm7Septets('hellohello') as Uint8Array), hex('e8329bfd4697d9ec37'));
    assert.deepEqual(packed(hex('7f'), 1), hex('fe'));
    assert.deepEqual(packed(hex('7f'), 6), hex('c01f'));
    assert.deepEqual(packed(new Uint8Array(0)), new Uint8Array(0));
  });

  test('pack → unpack gives the septets back, with any number of fill bits', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ max: 127, maxLength: 170 }),
        fc.integer({ min: 0, max: 6 }),
        (septets, fillBits) => {
          assert.deepEqual(unpackSeptets(packed(septets, fillBits), septets.length, fillBits), septets);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('never reads behind the octets', () => {
    assert.equal(unpackSeptets(hex('ff'), 200).length, 1);
    assert.equal(unpackSeptets(hex(''), 200, 3).length, 0);
  });
});
