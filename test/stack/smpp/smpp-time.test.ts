import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absoluteTime, relativeTime, timeOf } from '../../../src/stack/smpp/smpp-time.ts';

const NOW = Date.UTC(2026, 10, 27, 12, 0, 0);
const HOUR = 3_600_000;
const at = (text: string): number | undefined | string => {
  const time = timeOf(text, NOW);
  return time.ok ? time.value : time.code;
};

test('SMPP 3.4 §7.1.1 a time is at a time, in whatever zone, or from now', () => {
  assert.equal(absoluteTime(NOW + 300), '261127120000300+');
  assert.equal(at('261127120000300+'), NOW + 300);
  assert.equal(at('261127130000004+'), NOW, 'four quarters east of Greenwich');
  assert.equal(at('261127070000020-'), NOW);
  assert.equal(relativeTime(26 * HOUR + 1), '000001020001000R');
  assert.equal(at('000001020001000R'), NOW + 26 * HOUR + 1_000);
  assert.equal(at('000100000000000R'), Date.UTC(2026, 11, 27, 12), 'a month is as long as it is');
  assert.equal(at(''), undefined);
});

test('what is no time is said to be none', () => {
  for (const text of [
    '1',
    '26112712000030 +',
    '261127240000000+',
    '261127126000000+',
    '261327120000000+',
    '261127120000049+',
    '26112712000000X+',
  ])
    assert.equal(at(text), 'smpp.time', text);
  assert.throws(() => relativeTime(40 * 24 * HOUR), RangeError);
});
