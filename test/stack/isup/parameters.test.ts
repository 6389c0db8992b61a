import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  decodeCalledPartyNumber,
  decodeCallingPartyNumber,
  decodeCause,
  decodeGenericNumber,
  decodeRedirectionInformation,
  decodeTimeAndTimezone,
  encodeCalledPartyNumber,
  encodeCallingPartyNumber,
  encodeCause,
  encodeGenericNumber,
  encodeRedirectionInformation,
  encodeTimeAndTimezone,
  timeAndTimezoneToMs,
} from '../../../src/stack/cap/isup-parameters.ts';

const from = (hex: string) => Buffer.from(hex, 'hex');
const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex');
const digits = fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcdef')), maxLength: 30 });
const nature = fc.nat(127);
const plan = fc.nat(7);
const calling = fc.record(
  {
    nature,
    plan,
    incomplete: fc.boolean(),
    presentation: fc.nat(3),
    screening: fc.nat(3),
    digits,
  },
  { noNullPrototype: true },
);

test('a called party number of even and of odd length: ITU-T Q.763 §3.9', () => {
  assert.deepEqual(decodeCalledPartyNumber(from('841021436587f9'.slice(0, 12))), {
    nature: 4,
    plan: 1,
    internalNetworkNumber: false,
    digits: '1234567',
  });
  assert.equal(
    hex(encodeCalledPartyNumber({ nature: 4, plan: 1, internalNetworkNumber: true, digits: '123456' })),
    '0490214365',
  );
});

test('a calling party number says whether it may be shown: ITU-T Q.763 §3.10', () => {
  assert.deepEqual(decodeCallingPartyNumber(from('041794710000')), {
    nature: 4,
    plan: 1,
    incomplete: false,
    presentation: 1,
    screening: 3,
    digits: '49170000',
  });
  assert.deepEqual(decodeCallingPartyNumber(from('000b')), {
    nature: 0,
    plan: 0,
    incomplete: false,
    presentation: 2,
    screening: 3,
    digits: '',
  });
});

test('numbers come back as they were', () => {
  fc.assert(
    fc.property(calling, fc.boolean(), fc.nat(255), (number, internalNetworkNumber, qualifier) => {
      assert.deepEqual(decodeCallingPartyNumber(encodeCallingPartyNumber(number)), number);
      const called = {
        nature: number.nature,
        plan: number.plan,
        internalNetworkNumber,
        digits: number.digits,
      };
      assert.deepEqual(decodeCalledPartyNumber(encodeCalledPartyNumber(called)), called);
      const generic = { qualifier, ...number };
      assert.deepEqual(decodeGenericNumber(encodeGenericNumber(generic)), generic);
    }),
  );
});

test('a cause is read with and without its octet 1a, and with diagnostics: ITU-T Q.763 §3.12', () => {
  assert.deepEqual(decodeCause(from('8494')), { codingStandard: 0, location: 4, value: 20 });
  assert.deepEqual(decodeCause(from('028091')), {
    codingStandard: 0,
    location: 2,
    recommendation: 0,
    value: 17,
  });
  fc.assert(
    fc.property(
      fc.nat(3),
      fc.nat(15),
      fc.option(fc.nat(127), { nil: undefined }),
      fc.nat(127),
      fc.uint8Array({ minLength: 1, maxLength: 20 }),
      (codingStandard, location, recommendation, value, diagnostics) => {
        const cause = {
          codingStandard,
          location,
          ...(recommendation === undefined ? {} : { recommendation }),
          value,
          diagnostics,
        };
        assert.deepEqual(decodeCause(encodeCause(cause)), cause);
      },
    ),
  );
});

test('redirection information: ITU-T Q.763 §3.45', () => {
  assert.deepEqual(decodeRedirectionInformation(from('6321')), {
    originalReason: 6,
    indicator: 3,
    reason: 2,
    counter: 1,
  });
  assert.equal(
    hex(encodeRedirectionInformation({ originalReason: 6, indicator: 3, reason: 2, counter: 1 })),
    '6321',
  );
  // The second octet may be left out.
  const short = decodeRedirectionInformation(from('63'));
  assert.deepEqual(short, { originalReason: 6, indicator: 3, reason: 0, counter: 0, short: true });
  assert.equal(hex(encodeRedirectionInformation(short)), '63');
  assert.equal(decodeRedirectionInformation(from('')), undefined);
});

test('timeAndTimezone is a moment, east and west of Greenwich: 3GPP TS 29.078 §5.1', () => {
  const winter = from('0252112191330180'); // 2025-11-12 19:33:10, 8 quarters
  const time = decodeTimeAndTimezone(winter);
  assert.deepEqual(time, {
    year: 2025,
    month: 11,
    day: 12,
    hour: 19,
    minute: 33,
    second: 10,
    zoneQuarters: 8,
  });
  assert.ok(time);
  assert.equal(timeAndTimezoneToMs(time), Date.UTC(2025, 10, 12, 17, 33, 10));
  assert.equal(hex(encodeTimeAndTimezone(time)), hex(winter));
  const west = decodeTimeAndTimezone(from('024220920000000a'));
  assert.equal(west?.zoneQuarters, -20);
  assert.equal(decodeTimeAndTimezone(from('0252f12191330180')), undefined);
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4_102_444_799 }),
      fc.integer({ min: -79, max: 79 }),
      (seconds, zoneQuarters) => {
        const date = new Date((seconds + zoneQuarters * 900) * 1000);
        const local = {
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
          hour: date.getUTCHours(),
          minute: date.getUTCMinutes(),
          second: date.getUTCSeconds(),
          zoneQuarters,
        };
        assert.equal(timeAndTimezoneToMs(local), seconds * 1000);
        const again = decodeTimeAndTimezone(encodeTimeAndTimezone(local));
        assert.deepEqual({ ...again, zoneQuarters: (again?.zoneQuarters ?? 0) + 0 }, local);
      },
    ),
  );
});

test('no octets make a parameter throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 24 }), (octets) => {
      decodeCalledPartyNumber(octets);
      decodeCallingPartyNumber(octets);
      decodeGenericNumber(octets);
      decodeCause(octets);
      decodeRedirectionInformation(octets);
      decodeTimeAndTimezone(octets);
    }),
  );
});
