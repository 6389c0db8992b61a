import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import fc from 'fast-check';
import { transliterate } from '../../src/notice/transliterate.ts';
import { gsm7Length } from '../../src/stack/sms/gsm7-alphabet.ts';

test('N10 3GPP TS 23.038 §6.2.1 letters that the GSM 7 bit alphabet lacks become near ones, those that it has stay', () => {
  assert.equal(transliterate('Zażółć gęślą jaźń, ĄĆĘŁŃÓŚŹŻ'), 'Zazolc gesla jazn, ACELNOSZZ');
  assert.equal(transliterate('Şişli’de İĞÜÖÇ ığüöç'), "Sisli'de IGÜÖÇ igüöc");
  assert.equal(
    transliterate('não há ligações, você às 14:05'),
    'nao ha ligaçoes, voce às 14:05'.replace('ç', 'c'),
  );
  assert.equal(transliterate('«été» „œuf“ – naïve…\u00A0€'), '"été" "oeuf" - naive... €');
  assert.equal(transliterate('Đặng Thị Hương, Þórður, ß, Åse'), 'Dang Thi Huong, Thordur, ß, Åse');
  assert.equal(transliterate('e\u0301'), 'é', 'a letter and its mark are one');
});

test('a text that stays outside the alphabet whatever is done is left alone', () => {
  for (const text of ['Привет', 'مرحبا', 'こんにちは', 'cześć 😀', 'αβγ', '\uD800'])
    assert.equal(transliterate(text), undefined, text);
});

test('what comes out is in the alphabet, and what is in the alphabet is left alone', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
      const written = transliterate(text);
      if (written === undefined) return;
      assert(gsm7Length(written) >= 0);
      assert.equal(transliterate(written), written);
      if (gsm7Length(text) >= 0) assert.equal(written, text);
    }),
    { numRuns: 1000 },
  );
  for (let code = 0x20; code < 0x250; code++) {
    const letter = String.fromCharCode(code);
    if (!/\p{L}/u.test(letter) || transliterate(letter) === undefined) continue;
    assert.match(transliterate(letter) ?? '', /^\p{L}{1,2}$/u, letter);
  }
});
