import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Intake } from '../../../src/engine/shard/intake.ts';
import { defaultShardLimits } from '../../../src/engine/shard/shard-options.ts';
import { CountersMap } from '../../../src/types/counters.ts';

test('new calls are held at each bound of what a shard has in hand, and counted once for each time', () => {
  const counters = new CountersMap();
  const limits = { ...defaultShardLimits, waitingMax: 10, openEffectsMax: 20, lagActorsMax: 30 };
  const intake = new Intake(limits, counters);
  const none = { waiting: 9, openEffects: 19, lag: 29 };
  assert.ok(intake.isOpen(none));
  for (let turn = 0; turn < 3; turn++) {
    assert.ok(!intake.isOpen({ ...none, waiting: 10 }));
    assert.ok(!intake.isOpen({ ...none, openEffects: 20 }));
    assert.ok(!intake.isOpen({ ...none, openEffects: 21 }));
    assert.ok(!intake.isOpen({ ...none, lag: 30 }));
    assert.ok(intake.isOpen(none));
  }
  assert.deepEqual(Object.fromEntries(counters.values), {
    'shard.intake-held.waiting': 3,
    'shard.intake-held.open-effects': 3,
    'shard.intake-held.lag': 3,
  });
});

test('returns wait from a half of the open effects on, deadlines are worked on up to three quarters', () => {
  const intake = new Intake({ ...defaultShardLimits, openEffectsMax: 20 }, new CountersMap());
  assert.deepEqual(
    [9, 10, 14, 15, 20].map((open) => [intake.isCrowded(open), intake.takesDeadlines(open)]),
    [
      [false, true],
      [true, true],
      [true, true],
      [true, false],
      [true, false],
    ],
  );
});
