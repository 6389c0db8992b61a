import assert from 'node:assert/strict';
import { test } from 'node:test';
import { smscConditions } from '../../../src/adapters/engine/smsc-conditions.ts';

test('A8 an SMSC that is down or throttles is an alarm, one that is well is none', () => {
  const well = { name: 'a', up: true, waiting: 0, oldestMs: 0, perSecond: 0, throttled: false };
  assert.deepEqual(smscConditions([well]), []);
  assert.deepEqual(
    smscConditions([
      { ...well, up: false, waiting: 7 },
      { ...well, name: 'b', throttled: true, perSecond: 12.5 },
    ]),
    [
      { code: 'smsc-down', subject: 'a', detail: '7 notices wait' },
      { code: 'smsc-throttled', subject: 'b', detail: '12.5 a second now' },
    ],
  );
});
