import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDurationMs } from '../../src/cli/duration.ts';

test('a duration is a number with its unit, or several', () => {
  for (const [text, ms] of [
    ['250ms', 250],
    ['30s', 30_000],
    ['1.5s', 1500],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['2d', 172_800_000],
  ] as const)
    assert.equal(parseDurationMs(text), ms, text);
});

test('what has no unit, no end or no length is none', () => {
  for (const text of [
    '',
    '30',
    's',
    '0s',
    '-5s',
    '5 s',
    '5S',
    '1e3s',
    '5m ',
    'm5',
    '5ms5',
    '5mins',
    `${'9'.repeat(400)}d`,
  ])
    assert.equal(parseDurationMs(text), undefined, text);
});

test('any text is a duration above 0 or none', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const ms = parseDurationMs(text);
      assert.ok(ms === undefined || (ms > 0 && Number.isFinite(ms)));
    }),
    { numRuns: 300 },
  );
});
