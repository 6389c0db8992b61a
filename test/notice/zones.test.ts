import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import fc from 'fast-check';
import { isTimeZone, Zones } from '../../src/notice/zones.ts';
import { civilOf } from '../../src/types/civil-time.ts';

test('offsets follow daylight saving to the millisecond', () => {
  const zones = new Zones();
  const change = Date.UTC(2026, 9, 25, 1, 0, 0);
  assert.equal(zones.offsetMs('Europe/Berlin', change - 1), 7_200_000);
  assert.equal(zones.offsetMs('Europe/Berlin', change), 3_600_000);
  assert.equal(zones.offsetMs('Asia/Kathmandu', change), 20_700_000);
  assert.equal(zones.offsetMs('America/St_Johns', change), -9_000_000);
  assert.equal(zones.offsetMs('UTC', change), 0);
});

test('the wall clock is the one that the runtime shows, in zones of all kinds', () => {
  const zones = new Zones(4);
  const names = [
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'Asia/Kolkata',
    'Pacific/Apia',
    'America/Sao_Paulo',
  ];
  const formatters = new Map(
    names.map((timeZone) => [
      timeZone,
      new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }),
    ]),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.integer({ min: Date.UTC(1990, 0, 1) / 1000, max: Date.UTC(2037, 0, 1) / 1000 }),
      (name, seconds) => {
        const at = seconds * 1000;
        const { year, month, day, hour, minute, second } = civilOf(at + (zones.offsetMs(name, at) ?? NaN));
        const two = (value: number) => `${value}`.padStart(2, '0');
        const told = `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
        assert.equal(told, formatters.get(name)?.format(at));
      },
    ),
    { numRuns: 1000 },
  );
});

test('an unknown zone is a value, and the cache is bounded', () => {
  const zones = new Zones(3);
  assert.equal(zones.offsetMs('Mars/Olympus_Mons', 0), undefined);
  assert.equal(isTimeZone('Mars/Olympus_Mons'), false);
  assert.equal(isTimeZone('Europe/Paris'), true);
  for (let index = 0; index < 50; index++) zones.offsetMs(`No/Zone${index}`, 0);
  assert.equal(zones.size, 3);
});
