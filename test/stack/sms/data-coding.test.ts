import { strict as assert } from 'node:assert';
import { describe, test } from 'node:test';
import { alphabetOf, dataCodingOf } from '../../../src/stack/sms/data-coding.ts';

describe('TP-DCS (3GPP TS 23.038 §4)', () => {
  test('general data coding: alphabet, class, compression, automatic deletion', () => {
    assert.deepEqual(dataCodingOf(0x00), { alphabet: 'gsm7', compressed: false, automaticDeletion: false });
    assert.deepEqual(dataCodingOf(0x08), { alphabet: 'ucs2', compressed: false, automaticDeletion: false });
    assert.deepEqual(dataCodingOf(0x15), {
      alphabet: 'octets',
      compressed: false,
      messageClass: 1,
      automaticDeletion: false,
    });
    assert.deepEqual(dataCodingOf(0x50), {
      alphabet: 'gsm7',
      compressed: false,
      messageClass: 0,
      automaticDeletion: true,
    });
    assert.equal(dataCodingOf(0x28).alphabet, 'octets');
    assert.equal(dataCodingOf(0x28).compressed, true);
    assert.equal(dataCodingOf(0x0c).alphabet, 'gsm7');
  });

  test('data coding / message class, and message waiting', () => {
    assert.deepEqual(dataCodingOf(0xf6), {
      alphabet: 'octets',
      compressed: false,
      messageClass: 2,
      automaticDeletion: false,
    });
    assert.deepEqual(dataCodingOf(0xc8).messageWaiting, { active: true, type: 'voicemail', discard: true });
    assert.deepEqual(dataCodingOf(0xd1).messageWaiting, { active: false, type: 'fax', discard: false });
    assert.equal(dataCodingOf(0xe8).alphabet, 'ucs2');
  });

  test('every octet has a meaning, and the short form agrees with the long one', () => {
    for (let octet = 0; octet < 256; octet++)
      assert.equal(alphabetOf(octet), dataCodingOf(octet).alphabet, octet.toString(16));
  });
});
