import { strict as assert } from 'node:assert';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ESCAPE } from '../../../src/stack/sms/gsm7-alphabet.ts';
import { type SplitText, splitText } from '../../../src/stack/sms/split.ts';
import { userDataOctets, userDataText } from '../../../src/stack/sms/user-data.ts';
import { concatenationOf } from '../../../src/stack/sms/user-data-header.ts';

const split = (text: string, partsMax?: number): SplitText => {
  const result = splitText(text, 0x5a, partsMax);
  assert(result.ok);
  return result.value;
};
const texts = (message: SplitText) =>
  message.parts.map((part) => userDataText(message.dataCodingScheme, part));

describe('splitting into concatenated short messages (3GPP TS 23.040 §9.2.3.24.1)', () => {
  test('160 septets and 70 UCS2 characters fit one; one more makes two', () => {
    assert.equal(split('x'.repeat(160)).parts.length, 1);
    assert.equal(split('€'.repeat(80)).parts.length, 1);
    assert.equal(split('я'.repeat(70)).parts.length, 1);
    assert.deepEqual(
      texts(split('x'.repeat(161))).map((text) => text.length),
      [153, 8],
    );
    assert.deepEqual(
      texts(split('я'.repeat(71))).map((text) => text.length),
      [67, 4],
    );
  });

  test('an escaped character is not cut', () => {
    assert.deepEqual(
      texts(split(`${'x'.repeat(152)}€${'x'.repeat(20)}`)).map((text) => text.length),
      [152, 21],
    );
  });

  test('a surrogate pair is not cut', () => {
    assert.deepEqual(
      texts(split(`${'я'.repeat(66)}😀${'я'.repeat(20)}`)).map((text) => text.length),
      [66, 22],
    );
  });

  test('a word is not cut when that costs no part', () => {
    const text = 'missed call '.repeat(14);
    assert.deepEqual(texts(split(text)), [`${'missed call '.repeat(12)}missed `, 'call missed call ']);
  });

  test('a word is cut when a part is saved by it', () => {
    assert.deepEqual(
      texts(split(`${'x'.repeat(140)} ${'y'.repeat(165)}`)).map((text) => text.length),
      [153, 153],
    );
  });

  test('too long a text is a failure, not a heap of parts', () => {
    const result = splitText('x'.repeat(153 * 3 + 1), 1, 3);
    assert.equal(result.ok ? '' : result.code, 'sms.text-too-long');
    assert.equal(splitText('x'.repeat(153 * 255), 1).ok, true);
    assert.equal(splitText('x'.repeat(153 * 255 + 1), 1).ok, false);
  });

  test('any text comes together again from parts that fit and are numbered', () => {
    const character = fc.constantFrom(...Array.from('ab {€\n'), 'word', ' ');
    const wide = fc.constantFrom(...Array.from('aя '), '😀', 'слово', '\ud800', '\udc00');
    fc.assert(
      fc.property(
        fc.oneof(fc.array(character, { maxLength: 700 }), fc.array(wide, { maxLength: 400 })),
        (characters) => {
          const text = characters.join('');
          const message = split(text);
          assert.equal(texts(message).join(''), text);
          const total = message.parts.length;
          message.parts.forEach((part, index) => {
            assert(userDataOctets(message.alphabet, part) <= 141);
            assert.deepEqual(
              concatenationOf(part.header),
              total === 1 ? undefined : { reference: 0x5a, referenceBits: 8, total, sequence: index + 1 },
            );
            if (message.alphabet === 'gsm7')
              assert(!(part.units.at(-1) === ESCAPE && part.units.at(-2) !== ESCAPE));
          });
          for (let index = 1; index < total; index++) {
            const seam = texts(message)[index - 1]?.slice(-1) ?? '';
            const next = texts(message)[index]?.slice(0, 1) ?? '';
            assert(!(/[\ud800-\udbff]/.test(seam) && /[\udc00-\udfff]/.test(next)));
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
