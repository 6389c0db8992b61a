import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ARMED_MAX, Deadlines, HORIZON_MS } from '../../../src/engine/shard/deadlines.ts';
import { Intake } from '../../../src/engine/shard/intake.ts';
import { SetBacks } from '../../../src/engine/shard/set-backs.ts';
import { defaultShardLimits } from '../../../src/engine/shard/shard-options.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { initialState } from '../../../src/types/model/state.ts';
import { TimingWheel } from '../../../src/types/timing-wheel.ts';

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

test('deadlines in memory have a bound; one that cannot be worked on now comes again', () => {
  const counters = new CountersMap();
  const wheel = new TimingWheel({ startMs: 0 });
  let busy = true;
  const fired: string[] = [];
  const deadlines = new Deadlines({
    timers: wheel,
    clock: new SetBacks({ now: () => wheel.now(), monotonic: () => wheel.now() }, new Map(), 0),
    counters,
    onDeadline: (number) => {
      if (!busy) fired.push(number);
      return !busy;
    },
    onLoad: () => undefined,
  });
  const state = (index: number) => ({
    ...initialState(String(index)),
    deadlineAtMs: 100,
    deadlineGeneration: 1,
  });
  assert.ok(deadlines.update(state(1)));
  wheel.advance(150);
  assert.equal(deadlines.armed, 1, 'it is not lost while there is no room');
  busy = false;
  wheel.advance(200);
  assert.deepEqual(fired, ['1']);
  for (let index = 0; index < ARMED_MAX; index++)
    deadlines.update({ ...state(index), deadlineAtMs: HORIZON_MS });
  assert.equal(deadlines.armed, ARMED_MAX);
  assert.ok(!deadlines.update(state(ARMED_MAX)));
  assert.equal(deadlines.armed, ARMED_MAX);
  assert.equal(counters.values.get('shard.deadline-deferred'), 1);
  deadlines.stop();
});
