import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Zones } from '../../src/notice/zones.ts';
import { isQuiet, localDay, nextDayMs, nextMinuteMs, quietUntilMs } from '../../src/rules/local-time.ts';

const zones = new Zones();
const MINUTE_MS = 60_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(zone, made);
  return made;
}

/** What a wall clock shows, by the runtime's calendar: nothing that the rules use. */
function wall(zone: string, atMs: number): string {
  return formatOf(zone).format(atMs).replace(', ', 'T');
}

const minuteAt = (zone: string, atMs: number): number => {
  const [hour = 0, minute = 0] = wall(zone, atMs).slice(11).split(':').map(Number);
  return hour * 60 + minute;
};

const at = (text: string): number => Date.parse(text);
const hours = (text: string) => {
  const [from = 0, to = 0] = text.split('-').map((time) => {
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    return hour * 60 + minute;
  });
  return { fromMinute: from, toMinute: to };
};

/** Zone, now, quiet hours, and what the wall clock shows when they are over. */
const ends: readonly (readonly [string, string, string, string])[] = [
  ['Europe/Berlin', '2026-06-01T21:50:00Z', '22:00-07:00', '2026-06-02T07:00'],
  ['Europe/Berlin', '2026-06-02T04:59:59Z', '22:00-07:00', '2026-06-02T07:00'],
  ['Europe/Berlin', '2026-06-02T05:00:00Z', '22:00-07:00', '2026-06-02T07:00'],
  ['Asia/Kolkata', '2026-06-01T09:00:00Z', '12:00-15:15', '2026-06-01T15:15'],
  // Put forward, 02:00 to 03:00, on 29 March 2026: the end is left out, or comes an hour sooner.
  ['Europe/Berlin', '2026-03-29T00:30:00Z', '22:00-02:30', '2026-03-29T03:00'],
  ['Europe/Berlin', '2026-03-28T21:30:00Z', '22:00-07:00', '2026-03-29T07:00'],
  // Put back, 03:00 to 02:00, on 25 October 2026.
  ['Europe/Berlin', '2026-10-24T21:30:00Z', '22:00-07:00', '2026-10-25T07:00'],
  ['Europe/Berlin', '2026-10-24T21:30:00Z', '22:00-02:30', '2026-10-25T02:30'],
  ['Europe/Berlin', '2026-10-24T23:30:00Z', '22:00-03:00', '2026-10-25T03:00'],
  // At midnight, 00:00 to 01:00, in Cairo on 24 April 2026.
  ['Africa/Cairo', '2026-04-23T20:30:00Z', '22:00-00:00', '2026-04-24T01:00'],
  ['Australia/Lord_Howe', '2026-04-04T12:00:00Z', '22:00-06:00', '2026-04-05T06:00'],
];

for (const [zone, now, quiet, over] of ends)
  test(`N12 ${quiet} in ${zone} at ${now}: over at ${over}`, () => {
    const atMs = at(now);
    const untilMs = quietUntilMs(atMs, zones.spanAt(zone, atMs)!, hours(quiet));
    assert.equal(wall(zone, untilMs), over);
  });

test('N12 property: quiet hours end at the first minute that is not quiet, in every zone and over changes of the clock', () => {
  const zone = fc.constantFrom(
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Africa/Cairo',
    'America/Santiago',
    'Asia/Kathmandu',
    'Pacific/Chatham',
    'UTC',
  );
  // Days around the changes of 2026, and others.
  const day = fc.oneof(
    fc.constantFrom(
      '2026-03-08',
      '2026-03-29',
      '2026-04-05',
      '2026-04-24',
      '2026-09-27',
      '2026-10-25',
      '2026-10-30',
    ),
    fc.constantFrom('2026-01-01', '2026-07-15', '2026-12-31'),
  );
  fc.assert(
    fc.property(
      zone,
      day,
      fc.integer({ min: -36 * 60, max: 36 * 60 }),
      fc.nat({ max: 1439 }),
      fc.nat({ max: 1439 }),
      (name, date, shift, fromMinute, toMinute) => {
        const atMs = at(`${date}T00:00:00Z`) + shift * MINUTE_MS + 17_000;
        const span = zones.spanAt(name, atMs)!;
        const quiet = { fromMinute, toMinute };
        const isQuietThen = (thenMs: number): boolean => {
          const length = (toMinute - fromMinute + 1440) % 1440;
          return (minuteAt(name, thenMs) - fromMinute + 1440) % 1440 < length;
        };
        const untilMs = quietUntilMs(atMs, span, quiet);
        assert.equal(isQuiet(atMs, span, quiet), isQuietThen(atMs));
        if (!isQuietThen(atMs)) return assert.equal(untilMs, atMs);
        // Nearly two days, where a clock that is put forward leaves out the few minutes of one that are not quiet.
        assert.ok(untilMs > atMs && untilMs - atMs <= 49 * 60 * MINUTE_MS);
        assert.ok(!isQuietThen(untilMs), 'it is not quiet then');
        assert.ok(isQuietThen(untilMs - 1), 'and was, until then');
        for (let minute = 1; atMs + minute * 7 * MINUTE_MS < untilMs; minute++)
          assert.ok(isQuietThen(atMs + minute * 7 * MINUTE_MS), 'and in between');
      },
    ),
    { numRuns: 1500 },
  );
});

test('N12 property: the next time of a digest is the first at which the wall clock shows it, or passes it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('Europe/Berlin', 'America/New_York', 'Africa/Cairo', 'Asia/Kolkata'),
      fc.constantFrom('2026-03-08', '2026-03-29', '2026-04-24', '2026-10-25', '2026-07-15'),
      fc.integer({ min: -24 * 60, max: 24 * 60 }),
      fc.nat({ max: 1439 }),
      (name, date, shift, minute) => {
        const sinceMs = at(`${date}T00:00:00Z`) + shift * MINUTE_MS;
        const nextMs = nextMinuteMs(sinceMs, zones.spanAt(name, sinceMs)!, minute);
        assert.ok(nextMs >= sinceMs && nextMs - sinceMs <= 25 * 60 * MINUTE_MS);
        for (let then = sinceMs; then < nextMs; then += MINUTE_MS)
          assert.notEqual(minuteAt(name, then), minute, `it is that time already at ${wall(name, then)}`);
        const shown = minuteAt(name, nextMs);
        assert.ok(shown === minute || (shown - minute + 1440) % 1440 <= 60, wall(name, nextMs));
      },
    ),
    { numRuns: 300 },
  );
});

test('N14 the subscriber’s next day begins at midnight there, or at a change of the clock that leaves midnight out', () => {
  for (const [zone, now, next] of [
    ['Europe/Berlin', '2026-06-01T21:50:00Z', '2026-06-02T00:00'],
    ['Africa/Cairo', '2026-04-23T20:30:00Z', '2026-04-24T01:00'],
    ['America/New_York', '2026-11-01T05:30:00Z', '2026-11-02T00:00'],
  ] as const) {
    const atMs = at(now);
    const span = zones.spanAt(zone, atMs)!;
    const nextMs = nextDayMs(atMs, span);
    assert.equal(wall(zone, nextMs), next);
    assert.equal(localDay(nextMs, span), localDay(atMs, span) + 1);
    assert.equal(localDay(nextMs - 1, span), localDay(atMs, span));
  }
});

test('N12 hours that end when they begin are none', () => {
  assert.equal(isQuiet(0, { offsetMs: 0, changesAtMs: 0, thenOffsetMs: 0 }, hours('00:00-00:00')), false);
});
