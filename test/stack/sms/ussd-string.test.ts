import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { gsm7Length } from '../../../src/stack/sms/gsm7-alphabet.ts';
import { decodeUssdString, encodeUssdString, fitsUssdString } from '../../../src/stack/sms/ussd-string.ts';

const hex = (text: string) => Buffer.from(encodeUssdString(text).octets).toString('hex');
const decode = (dataCodingScheme: number, octets: string) =>
  decodeUssdString({ dataCodingScheme, octets: Buffer.from(octets, 'hex') });

test('3GPP TS 23.038 §5: strings as phones and networks send them', () => {
  // *100#, as in many captures.
  assert.equal(hex('*100#'), 'aa180c3602');
  assert.equal(decode(0x0f, 'aa180c3602'), '*100#');
  assert.deepEqual(encodeUssdString('Ещё'), {
    dataCodingScheme: 0x48,
    octets: Uint8Array.of(0x04, 0x15, 0x04, 0x49, 0x04, 0x51),
  });
});

test('3GPP TS 23.038 §6.1.2.3.1: seven spare bits are a carriage return, and one at the end of an octet is doubled', () => {
  assert.equal(encodeUssdString('1234567').octets.length, 7);
  assert.equal(encodeUssdString('1234567').octets.at(-1)! >> 1, 0x0d);
  for (const text of ['1234567', '12345678', '123456789', '1234567\r', '@', '123456@', ''])
    assert.equal(decodeUssdString(encodeUssdString(text)), text, JSON.stringify(text));
});

test('3GPP TS 23.038 §5: the language first, languages, reserved codings; what is no text', () => {
  const german = encodeUssdString('de\rHallo').octets;
  assert.equal(decodeUssdString({ dataCodingScheme: 0x10, octets: german }), 'Hallo');
  assert.equal(decode(0x11, 'e4b200480069'), 'Hi');
  for (const scheme of [0x00, 0x01, 0x0f, 0x20, 0x24, 0x33, 0x40, 0x80, 0xf0])
    assert.equal(decode(scheme, 'aa180c3602'), '*100#', scheme.toString(16));
  for (const scheme of [0x44, 0x60, 0x90, 0xd0, 0xe0, 0xf4])
    assert.equal(decode(scheme, 'aa180c3602'), undefined);
  assert.equal(decode(0x48, '00'), '', 'half a character');
});

test('182 characters of the default alphabet, or 80 of UCS2, and what is typed comes back as it was', () => {
  assert.ok(fitsUssdString('x'.repeat(182)) && !fitsUssdString('x'.repeat(183)));
  assert.ok(fitsUssdString('ж'.repeat(80)) && !fitsUssdString('ж'.repeat(81)));
  assert.equal(encodeUssdString('x'.repeat(182)).octets.length, 160);
  const typed = fc.oneof(fc.string({ maxLength: 182 }), fc.string({ unit: 'grapheme', maxLength: 40 }));
  fc.assert(
    fc.property(typed, (text) => {
      // A carriage return is padding where it closes an octet, and nobody can type one.
      if (text.includes('\r')) return;
      const string = encodeUssdString(text);
      assert.equal(decodeUssdString(string), text);
      if (fitsUssdString(text)) assert.ok(string.octets.length <= 160 && gsm7Length(text) <= 182);
    }),
  );
  fc.assert(
    fc.property(fc.nat({ max: 255 }), fc.uint8Array({ maxLength: 200 }), (dataCodingScheme, octets) => {
      decodeUssdString({ dataCodingScheme, octets });
    }),
  );
});
