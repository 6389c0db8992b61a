import { strict as assert } from 'node:assert';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { addressOf, internationalAddress, type SmsAddress } from '../../../src/stack/sms/address.ts';
import { gsm7Septets } from '../../../src/stack/sms/gsm7-alphabet.ts';
import { decodeSmsDeliver, encodeSmsDeliver, type SmsDeliver } from '../../../src/stack/sms/sms-deliver.ts';
import { readTimeStamp, timeStampMs, timeStampOctets } from '../../../src/stack/sms/time-stamp.ts';
import { userDataText } from '../../../src/stack/sms/user-data.ts';
import { concatenationHeader, concatenationOf, headerOf } from '../../../src/stack/sms/user-data-header.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const decoded = (octets: Uint8Array): SmsDeliver => {
  const result = decodeSmsDeliver(octets);
  assert(result.ok, JSON.stringify(result));
  return result.value;
};

/** Objects as the decoder makes them. */
const plain = { noNullPrototype: true } as const;

const addresses: fc.Arbitrary<SmsAddress> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('number' as const),
      typeOfNumber: fc.constantFrom(0, 1, 2, 3, 4, 6),
      numberingPlan: fc.integer({ min: 0, max: 15 }),
      digits: fc.string({ unit: fc.constantFrom(...Array.from('0123456789*#abc')), maxLength: 20 }),
    },
    plain,
  ),
  fc.record(
    {
      kind: fc.constant('alphanumeric' as const),
      numberingPlan: fc.integer({ min: 0, max: 15 }),
      text: fc.string({ unit: fc.constantFrom(...Array.from('Ab @éΩ9')), maxLength: 11 }),
    },
    plain,
  ),
);

const headers = fc.option(
  fc
    .array(
      fc.record({ identifier: fc.integer({ min: 0, max: 255 }), data: fc.uint8Array({ maxLength: 6 }) }),
      { maxLength: 4 },
    )
    .map(headerOf),
  { nil: undefined },
);

const messages: fc.Arbitrary<SmsDeliver> = fc.record(
  {
    kind: fc.constant('SMS-DELIVER' as const),
    moreMessagesToSend: fc.boolean(),
    loopPrevention: fc.boolean(),
    statusReportIndication: fc.boolean(),
    replyPath: fc.boolean(),
    originatingAddress: addresses,
    protocolIdentifier: fc.integer({ min: 0, max: 255 }),
    dataCodingScheme: fc.integer({ min: 0, max: 255 }),
    serviceCentreTimeStamp: fc.uint8Array({ minLength: 7, maxLength: 7 }),
    userData: fc.record({ header: headers, units: fc.uint8Array({ max: 127, maxLength: 100 }) }, plain),
  },
  plain,
);

describe('SMS-DELIVER (3GPP TS 23.040 §9.2.2.1)', () => {
  test('is written octet by octet as the clause has it', () => {
    const octets = encodeSmsDeliver({
      kind: 'SMS-DELIVER',
      moreMessagesToSend: false,
      loopPrevention: false,
      statusReportIndication: false,
      replyPath: false,
      originatingAddress: internationalAddress('4915112345678'),
      protocolIdentifier: 0,
      dataCodingScheme: 0,
      serviceCentreTimeStamp: timeStampOctets(Date.UTC(2026, 10, 21, 13, 5, 9), 3_600_000),
      userData: { header: undefined, units: gsm7Septets('hellohello') as Uint8Array },
    });
    assert.deepEqual(octets, hex('04 0d91 945111325476f8 00 00 62111241509040 0a e8329bfd4697d9ec37'));
  });

  test('a name as originating address is packed, and counted in the semi-octets it touches', () => {
    const name = addressOf('Missed call');
    assert(name.ok);
    const octets = encodeSmsDeliver({
      ...decoded(hex('04 00 80 00 00 62111241509040 00')),
      moreMessagesToSend: true,
      originatingAddress: name.value,
    });
    assert.deepEqual(octets, hex('00 14d0 cdf47c5e2683c661361b 00 00 62111241509040 00'));
    assert.deepEqual(decoded(octets).originatingAddress, name.value);
  });

  test('text behind a header starts on a septet boundary', () => {
    const octets = encodeSmsDeliver({
      ...decoded(hex('04 00 80 00 00 62111241509040 00')),
      userData: { header: concatenationHeader(0x0a, 3, 1), units: gsm7Septets('1234') as Uint8Array },
    });
    assert.deepEqual(octets, hex('44 00 80 00 00 62111241509040 0b 0500030a0301 62b2190d'));
  });

  test('a damaged time stamp keeps no message from being read', () => {
    const message = decoded(hex('04 00 80 00 00 ffffffffffffff 01 41'));
    assert.equal(readTimeStamp(message.serviceCentreTimeStamp).ok, false);
    assert.equal(userDataText(0, message.userData), 'A');
  });

  test('what was written is read back, and written again alike', () => {
    fc.assert(
      fc.property(messages, (message) => {
        const octets = encodeSmsDeliver(message);
        const again = decoded(octets);
        assert.deepEqual(again, message);
        assert.deepEqual(encodeSmsDeliver(again), octets);
      }),
      { numRuns: 1000 },
    );
  });

  test('no octets at all, cut or changed, make the decoder throw or read behind the end', () => {
    fc.assert(
      fc.property(
        messages,
        fc.nat(),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }),
        (message, cut, changes) => {
          const octets = encodeSmsDeliver(message);
          for (const [at, value] of changes) octets[at % octets.length] = value;
          const result = decodeSmsDeliver(octets.subarray(0, cut % (octets.length + 1)));
          if (result.ok) {
            userDataText(result.value.dataCodingScheme, result.value.userData);
            concatenationOf(result.value.userData.header);
            readTimeStamp(result.value.serviceCentreTimeStamp);
            encodeSmsDeliver(result.value);
          } else assert.match(result.code, /^sms\./);
        },
      ),
      { numRuns: 3000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
        decodeSmsDeliver(octets);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('concatenation (3GPP TS 23.040 §9.2.3.24)', () => {
  test('8-bit and 16-bit references are read, also behind other elements', () => {
    assert.deepEqual(concatenationOf(hex('0003 a1 02 01')), {
      reference: 0xa1,
      referenceBits: 8,
      total: 2,
      sequence: 1,
    });
    assert.deepEqual(concatenationOf(hex('240101 0804 1234 03 02')), {
      reference: 0x1234,
      referenceBits: 16,
      total: 3,
      sequence: 2,
    });
  });

  test('what cannot be is ignored: a part 0, a part behind the last, a total of 0, a header that does not add up', () => {
    for (const header of [
      '0003 01 02 00',
      '0003 01 02 03',
      '0003 01 00 01',
      '0003 01 02',
      '0003 01 02 01 00',
    ])
      assert.equal(concatenationOf(hex(header)), undefined, header);
  });
});

describe('TP-SCTS (3GPP TS 23.040 §9.2.3.11)', () => {
  test('the zone is signed quarters of an hour', () => {
    const at = Date.UTC(2026, 0, 31, 23, 30, 0);
    assert.deepEqual(timeStampOctets(at, 20_700_000), hex('62 20 10 50 51 00 32'));
    assert.deepEqual(timeStampOctets(at, -12_600_000), hex('62 10 13 02 00 00 49'));
    assert.deepEqual(readTimeStamp(timeStampOctets(at, -12_600_000)), {
      ok: true,
      value: { year: 2026, month: 1, day: 31, hour: 20, minute: 0, second: 0, quarterHours: -14 },
    });
  });

  test('instant and zone are read back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(1991, 0, 1) / 1000, max: Date.UTC(2088, 0, 1) / 1000 }),
        fc.integer({ min: -79, max: 79 }),
        (seconds, quarterHours) => {
          const stamp = readTimeStamp(timeStampOctets(seconds * 1000, quarterHours * 900_000));
          assert(stamp.ok);
          assert.equal(timeStampMs(stamp.value), seconds * 1000);
          assert.equal(stamp.value.quarterHours, quarterHours);
        },
      ),
      { numRuns: 500 },
    );
  });
});
