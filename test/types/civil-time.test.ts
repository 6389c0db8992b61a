import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import fc from 'fast-check';
import { civilDay, civilOf, msOfCivil } from '../../src/types/civil-time.ts';

test('a civil time is what the runtime’s calendar says, from year 1 to 9999', () => {
  fc.assert(
    fc.property(fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }), (seconds) => {
      const date = new Date(seconds * 1000);
      const civil = civilOf(seconds * 1000);
      assert.deepEqual(civil, {
        year: date.getUTCFullYear(),
        month: date.getUTCMonth() + 1,
        day: date.getUTCDate(),
        hour: date.getUTCHours(),
        minute: date.getUTCMinutes(),
        second: date.getUTCSeconds(),
        weekday: date.getUTCDay(),
      });
      assert.equal(msOfCivil(civil), seconds * 1000);
    }),
    { numRuns: 2000 },
  );
});

test('dates differ by days, over leap days and centuries', () => {
  assert.equal(civilDay(2024, 3, 1) - civilDay(2024, 2, 28), 2);
  assert.equal(civilDay(1900, 3, 1) - civilDay(1900, 2, 28), 1);
  assert.equal(civilDay(2000, 3, 1) - civilDay(2000, 2, 28), 2);
  assert.equal(civilDay(1970, 1, 1), 0);
});
