import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { initialState } from '../../src/types/model/state.ts';
import { SeededRandom } from '../../src/types/random.ts';
import type { Result } from '../../src/types/result.ts';
import { decodeEffect, encodeEffect } from '../../src/wire/effect.ts';
import { decodeEvent, encodeEvent } from '../../src/wire/event.ts';
import { decodeJournalRecord, encodeJournalRecord } from '../../src/wire/journal.ts';
import { decodeNotice, encodeNotice } from '../../src/wire/notice.ts';
import { decodeProfile, encodeProfile } from '../../src/wire/profile.ts';
import { decodeState, encodeState } from '../../src/wire/state.ts';
import { effects, events, journalRecords, notices, profiles, states } from '../support/model-arbitraries.ts';
import { withoutSomeFields } from '../support/protobuf-fields.ts';

/** fast-check makes records without a prototype; and octets may be a Buffer on one side. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
  }
  return value;
}

interface Codec<T> {
  readonly name: string;
  readonly values: fc.Arbitrary<T>;
  readonly encode: (value: T) => Uint8Array;
  readonly decode: (octets: Uint8Array) => Result<T>;
}

function codec<T>(
  name: string,
  values: fc.Arbitrary<T>,
  encode: Codec<T>['encode'],
  decode: Codec<T>['decode'],
): Codec<unknown> {
  return { name, values, encode: (value) => encode(value as T), decode };
}

const codecs = [
  codec('profile', profiles, encodeProfile, decodeProfile),
  codec('notice', notices, encodeNotice, decodeNotice),
  codec('event', events, encodeEvent, decodeEvent),
  codec('effect', effects, encodeEffect, decodeEffect),
  codec('state', states, encodeState, decodeState),
  codec('journal record', journalRecords, encodeJournalRecord, decodeJournalRecord),
];

for (const { name, values, encode, decode } of codecs) {
  describe(`wire codec of a ${name}`, () => {
    test('what is encoded decodes to the same value, and that to the same octets', () => {
      fc.assert(
        fc.property(values, (value) => {
          const octets = encode(value);
          const decoded = decode(octets);
          assert(decoded.ok, JSON.stringify(decoded));
          assert.deepEqual(plain(decoded.value), plain(value));
          assert.deepEqual(plain(encode(decoded.value)), plain(octets));
        }),
        { numRuns: 200 },
      );
    });

    test('what was written by one who knew fewer fields is read with what they default to, or refused by name', () => {
      fc.assert(
        fc.property(values, fc.integer({ min: 0 }), (value, seed) => {
          const thinner = withoutSomeFields(encode(value), new SeededRandom(seed));
          const decoded = decode(thinner);
          if (!decoded.ok) {
            assert.match(decoded.code, /^wire-/);
            return;
          }
          const again = decode(encode(decoded.value));
          assert(again.ok);
          assert.deepEqual(plain(again.value), plain(decoded.value));
        }),
        { numRuns: 300 },
      );
    });

    test('damaged octets give a value or a failure with a code, and never throw', () => {
      fc.assert(
        fc.property(
          values,
          fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 4 }),
          fc.nat(),
          (value, changes, cut) => {
            const octets = Uint8Array.from(encode(value));
            for (const [at, octet] of changes) if (octets.length > 0) octets[at % octets.length] = octet;
            const decoded = decode(octets.subarray(0, cut % (octets.length + 1)));
            if (!decoded.ok) assert.match(decoded.code, /^wire-/);
          },
        ),
        { numRuns: 500 },
      );
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 64 }), (octets) => {
          const decoded = decode(octets);
          if (!decoded.ok) assert.match(decoded.code, /^wire-/);
        }),
        { numRuns: 500 },
      );
    });
  });
}

describe('what a decoded value is made of', () => {
  test('it holds no view of the octets that it came from', () => {
    fc.assert(
      fc.property(journalRecords, states, (record, state) => {
        for (const [octets, decode] of [
          [encodeJournalRecord(record), decodeJournalRecord],
          [encodeState(state), decodeState],
        ] as const) {
          const scratch = Buffer.from(octets);
          const decoded = decode(scratch);
          assert(decoded.ok);
          const before = JSON.stringify(plain(decoded.value));
          scratch.fill(0xff);
          assert.equal(JSON.stringify(plain(decoded.value)), before);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('fields of a later version survive in state, profile and notice', () => {
    const later = Buffer.from('ba3e03616263', 'hex'); // field 999, three octets
    const withLater = (octets: Uint8Array): Buffer => Buffer.concat([octets, later]);
    const profile = { missedCalls: true, notifyMe: 'always', language: 'en', timeZone: 'UTC' } as const;
    const decodedProfile = decodeProfile(withLater(encodeProfile(profile)));
    assert(decodedProfile.ok);
    const state = decodeState(
      withLater(encodeState({ ...initialState('4915112345678'), profile: decodedProfile.value })),
    );
    assert(state.ok);
    const changed = encodeState({ ...state.value, failures: 1 });
    const again = decodeState(changed);
    assert(again.ok);
    assert.deepEqual(plain(again.value.laterFields), ['ba3e03616263']);
    assert.deepEqual(plain(again.value.profile?.laterFields), ['ba3e03616263']);
    assert.equal(again.value.failures, 1);
  });
});

describe('what a decoder refuses', () => {
  const code = (result: Result<unknown>): string =>
    result.ok ? 'ok' : `${result.code} ${result.path ?? ''}`;

  test('an event without a number, of an unknown kind, or with an unknown reason', () => {
    assert.equal(code(decodeEvent(new Uint8Array(0))), 'wire-out-of-range Event.subscriber');
    assert.equal(code(decodeEvent(Buffer.from('0a0131', 'hex'))), 'wire-unknown-kind Event.kind');
    // subscriber "1", kind 99 of a later version
    assert.equal(code(decodeEvent(Buffer.from('0a01319a0600', 'hex'))), 'wire-unknown-kind Event.kind');
    // call_missed { reason: 77 }
    assert.equal(
      code(decodeEvent(Buffer.from('0a01315202284d', 'hex'))),
      'wire-unknown-value CallMissed.reason',
    );
  });

  test('a partition past 63, a sequence that is none, and a number that names no actor', () => {
    assert.equal(code(decodeNotice(Buffer.from('0a020840', 'hex'))), 'wire-out-of-range Notice.id.partition');
    assert.equal(
      code(decodeNotice(Buffer.from('0a0911000000000000f07f', 'hex'))),
      'wire-out-of-range Notice.id.sequence',
    );
    assert.equal(code(decodeState(Buffer.from('0a0161', 'hex'))), 'wire-out-of-range SubscriberState.number');
  });

  test('truncated and nonsensical octets', () => {
    assert.equal(code(decodeEvent(Buffer.from('0a05', 'hex'))), 'wire-damaged ');
    assert.equal(code(decodeEvent(Buffer.from('0a02c328', 'hex'))), 'wire-damaged ');
    assert.equal(code(decodeJournalRecord(Buffer.from('07', 'hex'))), 'wire-damaged ');
  });
});
