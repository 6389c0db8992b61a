import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromAddress, fromIsup, type NumberingOptions } from '../../src/gateway/numbers.ts';

const german: NumberingOptions = { countryCode: '49', nationalPrefix: '0', internationalPrefix: '00' };
/** A country without a national prefix. */
const spanish: NumberingOptions = { countryCode: '34', nationalPrefix: '', internationalPrefix: '00' };

// biome-ignore format: a row a number
const rows = [
  // nature  digits            plan  options   E.164
  [4,        '4915112345678',  1,    german,   '4915112345678'],
  [4,        '4915112345678f', 1,    german,   '4915112345678'],
  [3,        '15112345678',    1,    german,   '4915112345678'],
  [3,        '',               1,    german,   ''],
  [2,        '015112345678',   1,    german,   '4915112345678'],
  [2,        '004915112345678',0,    german,   '4915112345678'],
  [2,        '4915112345678',  1,    german,   '4915112345678'],
  [1,        '015112345678',   1,    german,   '4915112345678'],
  [2,        '00',             1,    german,   ''],
  [2,        '0',              1,    german,   ''],
  [2,        '34600123456',    1,    spanish,  '34600123456'],
  [3,        '600123456',      1,    spanish,  '34600123456'],
  // Network-specific numbers, and other plans, name nobody.
  [5,        '4915112345678',  1,    german,   ''],
  [4,        '4915112345678',  4,    german,   ''],
  // Too long, and no digits.
  [4,        '49151123456789012', 1, german,   ''],
  [4,        '*21#',           1,    german,   ''],
] as const;

for (const [nature, digits, plan, options, e164] of rows) {
  test(`ITU-T Q.763 §3.9 nature ${nature}, plan ${plan}, "${digits}" in +${options.countryCode} is ${e164 === '' ? 'nobody' : e164}`, () => {
    const number = { nature, plan, digits, presentation: 0, screening: 3, incomplete: false };
    assert.equal(fromIsup(number as unknown as Parameters<typeof fromIsup>[0], options), e164);
  });
}

// biome-ignore format: a row an address
const addresses = [
  // nature plan digits            E.164
  [1,       1,   '4915112345678',  '4915112345678'],
  [2,       1,   '15112345678',    '4915112345678'],
  [0,       1,   '015112345678',   '4915112345678'],
  [0,       0,   '004915112345678','4915112345678'],
  [3,       1,   '4915112345678',  ''],
  [1,       3,   '4915112345678',  ''],
  [1,       1,   '',               ''],
] as const;

for (const [nature, plan, digits, e164] of addresses) {
  test(`3GPP TS 29.002 §17.7.8 an AddressString of nature ${nature}, plan ${plan}, "${digits}" is ${e164 === '' ? 'nobody' : e164}`, () => {
    assert.equal(fromAddress({ nature, plan, digits }, german), e164);
  });
}

test('no address is nobody', () => {
  assert.equal(fromAddress(undefined, german), '');
});

test('R5 ITU-T Q.769.1 §6 what number portability put before a number on its way is no part of it', () => {
  const options = { ...german, routingPrefixes: ['d091', '1985'] };
  const isup = (nature: 2 | 3 | 4, digits: string) => fromIsup({ nature, plan: 1, digits }, options);
  assert.equal(isup(3, 'd09115112345678'), '4915112345678');
  assert.equal(isup(2, 'd091015112345678'), '4915112345678');
  assert.equal(isup(4, 'd0914915112345678'), '4915112345678');
  assert.equal(isup(3, '15112345678'), '4915112345678');
  assert.equal(isup(3, '19851234'), '4919851234', 'too little is left: it is the number itself');
  assert.equal(fromAddress({ nature: 2, plan: 1, digits: 'd09115112345678' }, options), '4915112345678');
});
