import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CommitPace } from '../../../src/engine/shard/commit-pace.ts';
import { TimingWheel } from '../../../src/types/timing-wheel.ts';

test('the first commit after a pause is due at once, the next one a window later, and the host is woken for it', () => {
  const wheel = new TimingWheel();
  const pace = new CommitPace({ timers: wheel, clock: { now: () => 0, monotonic: () => wheel.now() } }, 5);
  assert.ok(pace.isDue());
  pace.committed();
  assert.ok(!pace.isDue());
  assert.ok(!pace.isDue(), 'asked in each turn');
  assert.equal(wheel.nextDeadlineMs(), wheel.now() + 5);
  wheel.advance(wheel.now() + 4);
  assert.ok(!pace.isDue());
  wheel.advance(wheel.now() + 1);
  assert.ok(pace.isDue());
  pace.committed();
  assert.ok(!pace.isDue());
  pace.stop();
  assert.equal(wheel.nextDeadlineMs(), Infinity);
});
