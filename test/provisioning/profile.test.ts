import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import fc from 'fast-check';
import { loadConfig } from '../../src/config/load.ts';
import { classDefaults } from '../../src/provisioning/class-defaults.ts';
import { CSV_COLUMNS, csvHead, csvLine, csvRow } from '../../src/provisioning/csv-rows.ts';
import { plainChange, plainProfile } from '../../src/provisioning/plain.ts';
import { changedProfile, type ProfileChange, profileOf } from '../../src/provisioning/profile-change.ts';
import { ProfileReader } from '../../src/provisioning/reader.ts';
import { seriesDefaults } from '../../src/provisioning/series.ts';
import { LISTED_MAX, type Preferences } from '../../src/types/model/preferences.ts';
import { type Profile, sameProfile } from '../../src/types/model/profile.ts';
import { readNumber } from '../../src/types/written-number.ts';

const german = { countryCode: '49', nationalPrefix: '0', internationalPrefix: '00' };
const reader = new ProfileReader(german);
const defaults: Profile = { missedCalls: true, notifyMe: 'off', language: 'en', timeZone: 'UTC' };

const numbers = fc.stringMatching(/^[1-9][0-9]{4,14}$/);
const lists = fc.uniqueArray(numbers, { maxLength: 5 });
const minutes = fc.nat({ max: 1439 });
const messages = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.constantFrom('#1', 'none', '"', ',', 'a,"b"', '- -'),
  )
  .map((text) => text.trim())
  .filter((text) => /^[^\p{C}\p{Zl}\p{Zp}]+$/u.test(text) && text !== '-');

/** What may be stored by way of the schema. */
const preferences: fc.Arbitrary<Preferences> = fc.record(
  {
    serviceClass: fc.stringMatching(/^[A-Za-z0-9_]{1,40}$/),
    channels: fc.uniqueArray(fc.constantFrom('sms', 'e-mail', 'webhook', 'web-push', 'inbox')),
    eMail: fc.emailAddress().filter((address) => /^[^"()]*$/.test(address)),
    forwardTo: numbers,
    aggregation: fc.constantFrom('together', 'per-caller'),
    teaser: fc.boolean(),
    reasons: fc.uniqueArray(fc.constantFrom('busy', 'no-answer', 'not-reachable', 'abandoned', 'barred')),
    quietHours: fc.record({ fromMinute: minutes, toMinute: minutes }, { noNullPrototype: true }),
    digestMinute: minutes,
    noticesPerDay: fc.nat(),
    expiryMinutes: fc.nat(),
    returnPrivacy: fc.constantFrom('everyone', 'listed', 'nobody'),
    mayKnow: lists,
    callerFilter: fc.constantFrom('none', 'block-listed', 'only-listed'),
    callersListed: lists,
    watched: lists,
    ownMessage: messages,
    mailbox: fc.constantFrom('none', 'beside', 'instead'),
    ownCallCauses: fc.uniqueArray(fc.constantFrom('busy', 'no-answer', 'not-reachable', 'barred', 'network')),
  },
  { requiredKeys: [], noNullPrototype: true },
);
const profiles: fc.Arbitrary<Profile> = fc
  .record({
    missedCalls: fc.boolean(),
    notifyMe: fc.constantFrom('off' as const, 'listed' as const, 'always' as const),
    language: fc.constantFrom('en', 'pt-BR', 'ar'),
    timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Tokyo'),
    preferences,
  })
  .map(({ preferences: own, ...basics }) =>
    Object.keys(own).length === 0 ? basics : { ...basics, preferences: own },
  );
const webPush = fc.array(
  fc.record(
    {
      endpoint: fc.constant('https://push.example/x'),
      p256dh: fc.uint8Array({ minLength: 64, maxLength: 64 }).map((octets) => Uint8Array.of(4, ...octets)),
      auth: fc.uint8Array({ minLength: 16, maxLength: 16 }),
    },
    { noNullPrototype: true },
  ),
  { minLength: 1, maxLength: 3 },
);

test('O7 a profile is the same after it was written and read, as JSON with all fields and as CSV', () => {
  const head = CSV_COLUMNS.join(',');
  assert.deepEqual(csvHead(head), CSV_COLUMNS);
  fc.assert(
    fc.property(numbers, profiles, webPush, (number, profile, pushed) => {
      const whole: Profile = { ...profile, preferences: { ...profile.preferences, webPush: pushed } };
      const json = reader.read(JSON.parse(JSON.stringify({ number, ...plainProfile(whole) })) as never);
      assert(json.ok, JSON.stringify(json));
      assert.deepEqual(profileOf(json.value.change), whole);
      const line = csvLine(CSV_COLUMNS, { number, ...plainProfile(profile) });
      const row = csvRow(line, CSV_COLUMNS);
      assert(row.ok);
      const read = reader.read(row.value);
      assert(read.ok, JSON.stringify(read));
      assert.equal(read.value.number, number);
      assert.deepEqual(profileOf(read.value.change), profile);
      assert.equal(csvLine(CSV_COLUMNS, { number, ...plainProfile(profileOf(read.value.change)) }), line);
    }),
    { numRuns: 500 },
  );
});

test('O7 a change that is put on a profile is there, and its null is the default again', () => {
  fc.assert(
    fc.property(profiles, profiles, (before, wanted) => {
      const read = reader.change(plainProfile(wanted));
      assert(read.ok);
      const after = changedProfile(before, read.value, defaults, false);
      for (const [field, value] of Object.entries(plainProfile(wanted)))
        assert.deepEqual(plainProfile(after)[field], value);
      for (const field of Object.keys(plainProfile(before)))
        if (!(field in plainProfile(wanted)))
          assert.deepEqual(plainProfile(after)[field], plainProfile(before)[field]);
      assert(sameProfile(changedProfile(before, read.value, defaults, true), wanted));
      const back = Object.fromEntries(Object.keys(plainProfile(after)).map((field) => [field, null]));
      assert.deepEqual(changedProfile(after, back as ProfileChange, defaults, false), defaults);
    }),
    { numRuns: 200 },
  );
});

test('what a later version stored beside a profile outlives its changes', () => {
  const inner = [Uint8Array.of(1)];
  const outer = [Uint8Array.of(2)];
  const before: Profile = {
    ...defaults,
    laterFields: outer,
    preferences: { teaser: true, laterFields: inner },
  };
  for (const replace of [false, true]) {
    const after = changedProfile(before, { teaser: null }, defaults, replace);
    assert.deepEqual(after, { ...defaults, laterFields: outer, preferences: { laterFields: inner } });
  }
});

test('R5 numbers are made E.164 as the home network writes them', () => {
  const hungary = { countryCode: '36', nationalPrefix: '06', internationalPrefix: '00' };
  const russia = { countryCode: '7', nationalPrefix: '8', internationalPrefix: '810' };
  const none = { countryCode: '34', nationalPrefix: '', internationalPrefix: '00' };
  const ported = { ...german, routingPrefixes: ['d091', '0199', '1985'] };
  const cases: readonly [text: string, numbering: typeof german, expected: string | undefined][] = [
    ['+49 30 123-456', german, '4930123456'],
    ['(030) 123/456', german, '4930123456'],
    ['004930123456', german, '4930123456'],
    ['4930123456', german, '4930123456'],
    ['0049', german, undefined],
    ['00', german, undefined],
    ['0', german, undefined],
    ['', german, undefined],
    ['+030123456', german, undefined],
    ['1234567890123456', german, undefined],
    ['0301234567890123', german, undefined],
    ['06 1 234 567', hungary, '361234567'],
    ['01234567', hungary, undefined],
    ['81901234567', russia, '81901234567'],
    ['+79161234567', russia, '79161234567'],
    ['0034911234567', none, '34911234567'],
    ['0911234567', none, undefined],
    ['٤٩١٢٣٤٥', german, undefined],
    ['+', german, undefined],
    ['Anna', german, undefined],
    ['D091 0151 1234 5678', ported, '4915112345678'],
    ['d0914915112345678', ported, '4915112345678'],
    ['0199015112345678', ported, '4915112345678'],
    // Too little is left: it is the number itself, as it is where it may be a country’s.
    ['0199 1234', ported, '491991234'],
    ['19851234567', ported, '19851234567'],
    ['+19851234567', ported, '19851234567'],
  ];
  for (const [text, numbering, expected] of cases) assert.equal(readNumber(text, numbering), expected, text);
});

test('what is not allowed is refused by its path, with what is', () => {
  const long = Array.from({ length: LISTED_MAX + 1 }, (_, index) => `49301${100_000 + index}`);
  const key = (length: number, first: number) =>
    Buffer.alloc(length, 0).fill(first, 0, 1).toString('base64url');
  const push = { endpoint: 'https://push.example/x', p256dh: key(65, 4), auth: key(16, 0) };
  const cases: readonly [plain: Record<string, unknown>, field: string][] = [
    [{ missedCalls: 'on' }, 'missedCalls'],
    [{ notifyMe: 'sometimes' }, 'notifyMe'],
    [{ language: 'english language' }, 'language'],
    [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ serviceClass: 'a b' }, 'serviceClass'],
    [{ channels: ['sms', 'sms'] }, 'channels'],
    [{ channels: ['pigeon'] }, 'channels.0'],
    [{ channels: 'sms' }, 'channels'],
    ...[
      'anna',
      'anna@',
      '@example.org',
      'a b@example.org',
      'a@b',
      'a@b..c',
      'a@example.org\r\nBcc: x@example.org',
    ].map((eMail): [Record<string, unknown>, string] => [{ eMail }, 'eMail']),
    // RFC 5321 §4.5.3.1: lengths of a mail address.
    [{ eMail: `${'a'.repeat(65)}@example.org` }, 'eMail'],
    [{ eMail: `a@${'b.'.repeat(126)}c` }, 'eMail'],
    [{ webPush: [{ ...push, endpoint: 'http://push.example/x' }] }, 'webPush.0.endpoint'],
    // RFC 8291 §3.1, §3.2: an uncompressed point of P-256, 16 octets of secret; RFC 4648 §5: their alphabet.
    [{ webPush: [{ ...push, p256dh: key(64, 4) }] }, 'webPush.0.p256dh'],
    [{ webPush: [{ ...push, p256dh: key(65, 5) }] }, 'webPush.0.p256dh'],
    [{ webPush: [push, { ...push, auth: key(15, 0) }] }, 'webPush.1.auth'],
    [{ webPush: [{ ...push, auth: `${key(16, 0).slice(0, -1)}!` }] }, 'webPush.0.auth'],
    [{ webPush: Array.from({ length: 11 }, () => push) }, 'webPush'],
    [{ forwardTo: 'home' }, 'forwardTo'],
    [{ quietHours: '22:00' }, 'quietHours'],
    [{ quietHours: '22:00-24:00' }, 'quietHours'],
    [{ quietHours: '22:00-07:00-08:00' }, 'quietHours'],
    [{ digestAt: '6pm' }, 'digestAt'],
    [{ noticesPerDay: -1 }, 'noticesPerDay'],
    [{ noticesPerDay: 1.5 }, 'noticesPerDay'],
    [{ expiryMinutes: 2 ** 32 }, 'expiryMinutes'],
    [{ returnPrivacy: 'some' }, 'returnPrivacy'],
    [{ mayKnow: ['4930123456', '12'] }, 'mayKnow.1'],
    [{ callersListed: long }, 'callersListed'],
    [{ ownMessage: 'x'.repeat(161) }, 'ownMessage'],
    [{ ownMessage: 'two\nlines' }, 'ownMessage'],
    [{ ownMessage: '\ud800' }, 'ownMessage'],
    [{ ownMessage: '' }, 'ownMessage'],
    [{ mailbox: true }, 'mailbox'],
    [{ watched: null, quietHour: null }, ''],
  ];
  for (const [plain, field] of cases) {
    const read = reader.change(plain);
    assert(!read.ok, JSON.stringify(plain));
    assert.equal(read.fault.field, field, JSON.stringify(plain));
    assert.notEqual(read.fault.allowed, '');
    if (field !== '') assert(read.fault.message.startsWith(`${field}: `), read.fault.message);
  }
  const misspelt = reader.change({ quietHour: null });
  assert(!misspelt.ok && /did you mean quietHours\?/.test(misspelt.fault.message));
  assert(reader.change({ webPush: [push], eMail: 'a.b+c@sub.example.org', callersListed: [] }).ok);
});

test('O7 a number has the defaults of its series, the longest prefix first', () => {
  const defaultsOf = seriesDefaults({
    subscribers: {
      importFile: undefined,
      defaultLanguage: 'en',
      defaultTimeZone: 'UTC',
      series: [
        { prefix: '1', timeZone: 'America/New_York', language: undefined, serviceClass: undefined },
        { prefix: '1808', timeZone: 'Pacific/Honolulu', language: 'haw', serviceClass: 'islands' },
        { prefix: '180', timeZone: undefined, language: 'es', serviceClass: undefined },
      ],
    },
  });
  assert.deepEqual(defaultsOf('49301'), defaults);
  assert.deepEqual(defaultsOf('12125550001'), { ...defaults, timeZone: 'America/New_York' });
  assert.deepEqual(defaultsOf('18001234'), { ...defaults, language: 'es' });
  assert.deepEqual(defaultsOf('18085550001'), {
    ...defaults,
    timeZone: 'Pacific/Honolulu',
    language: 'haw',
    preferences: { serviceClass: 'islands' },
  });
  assert.deepEqual(defaultsOf(''), defaults);
});

test('what is so of a preference that is not set: as its service class has it', () => {
  const loaded = loadConfig(`
signalling:
  transport: memory
  localPointCode: 2-100-7
  associations: [{ name: stp, remote: { host: stp, port: 2905 } }]
map: { serviceCentreNumber: 491700000 }
selfCare: { serviceNumbers: ["4321"] }
notices: { originatingAddress: "4321" }
serviceClasses:
  - { name: prepaid, noticesPerDayMax: 5, digestAt: 18:00 }
  - { name: gold, teaser: true, quietHours: 22:00-07:00 }
`);
  assert.ok(loaded.ok, JSON.stringify(loaded));
  const defaultsIn = classDefaults(loaded.config);
  assert.deepEqual(plainChange(defaultsIn(undefined)), {
    channels: ['sms'],
    aggregation: 'together',
    teaser: false,
    reasons: ['busy', 'no-answer', 'not-reachable', 'abandoned', 'barred'],
    digestAt: '18:00',
    noticesPerDay: 5,
    expiryMinutes: 0,
    returnPrivacy: 'everyone',
    callerFilter: 'none',
    mailbox: 'none',
    ownCallCauses: ['not-reachable'],
  });
  const gold = plainChange(defaultsIn({ ...defaults, preferences: { serviceClass: 'gold' } }));
  assert.deepEqual([gold['teaser'], gold['quietHours'], gold['digestAt']], [true, '22:00-07:00', undefined]);
});
