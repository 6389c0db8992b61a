import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  decodeAddressString,
  encodeAddressString,
  internationalAddress,
} from '../../../src/stack/map/address-string.ts';
import { decodeCellIdentity } from '../../../src/stack/map/cell-identity.ts';
import { decodeTbcd, encodeTbcd, isTbcd } from '../../../src/stack/map/tbcd.ts';

const digits = fc.string({ unit: fc.constantFrom(...Array.from('0123456789*#abc')), maxLength: 30 });
const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex');

test('an address of a real message reads as nature, plan and digits', () => {
  assert.deepEqual(decodeAddressString(Buffer.from('919471000010f0', 'hex')), {
    nature: 1,
    plan: 1,
    digits: '49170000010',
  });
  assert.equal(hex(internationalAddress('49170000010')), '919471000010f0');
  assert.equal(decodeTbcd(Buffer.from('62020000000001f0', 'hex')), '262000000000100'.slice(0, 15));
});

test('digits of either parity come back: 3GPP TS 29.002 §17.7.8', () => {
  fc.assert(
    fc.property(digits, fc.nat(7), fc.nat(15), (text, nature, plan) => {
      assert.equal(decodeTbcd(encodeTbcd(text)), text);
      const address = { nature, plan, digits: text };
      assert.deepEqual(decodeAddressString(encodeAddressString(address)), address);
    }),
  );
});

test('no octets make the digits throw, and what is no number does not look like one', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 24 }), (octets) => {
      assert.match(decodeTbcd(octets), /^[0-9*#abcf]*$/);
      decodeAddressString(octets);
      decodeCellIdentity(octets);
    }),
  );
  assert.equal(decodeTbcd(Uint8Array.of(0xf1, 0x32)), '1f23');
  assert.equal(isTbcd('12f'), false);
  assert.equal(decodeAddressString(new Uint8Array(0)), undefined);
});

test('a cell is read with a network code of two digits and of three: 3GPP TS 23.003 §4', () => {
  assert.deepEqual(decodeCellIdentity(Buffer.from('62f21001f40203', 'hex')), {
    mobileCountryCode: '262',
    mobileNetworkCode: '01',
    locationAreaCode: 0x01f4,
    cellIdentity: 0x0203,
  });
  assert.deepEqual(decodeCellIdentity(Buffer.from('1300140001', 'hex')), {
    mobileCountryCode: '310',
    mobileNetworkCode: '410',
    locationAreaCode: 1,
  });
});
