import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Deadlines } from '../../../src/engine/shard/deadlines.ts';
import { SetBacks } from '../../../src/engine/shard/set-backs.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { initialState, type SubscriberState } from '../../../src/types/model/state.ts';
import { partitionOf } from '../../../src/types/partition.ts';
import { STEP_SMOOTHED_MAX_MS } from '../../../src/types/steady-clock.ts';
import { TimingWheel } from '../../../src/types/timing-wheel.ts';

const HOUR_MS = 3_600_000;
const NUMBER = '4915112345678';
const PARTITION = partitionOf(NUMBER);

/** A clock on the wall that can be set, and the last sequence of one partition. */
class Watch {
  readonly wheel = new TimingWheel({ startMs: 0 });
  readonly sequences = new Map([[PARTITION, 10]]);
  aheadMs = 1_000_000_000;
  readonly clock = {
    now: () => this.wheel.now() + this.aheadMs,
    monotonic: () => this.wheel.now(),
  };

  state(sequence: number, waitMs = 0): SubscriberState {
    const deadlineAtMs = waitMs === 0 ? 0 : this.clock.now() + waitMs;
    return { ...initialState(NUMBER), sequence, deadlineAtMs, deadlineGeneration: sequence };
  }
}

test('what was waited for before the clock was set back comes earlier by as much, and nothing else', () => {
  const watch = new Watch();
  const setBacks = new SetBacks(watch.clock, watch.sequences, 0);
  watch.aheadMs -= HOUR_MS;
  setBacks.now();
  watch.sequences.set(PARTITION, 12);
  assert.equal(setBacks.of(watch.state(10)), HOUR_MS);
  assert.equal(setBacks.of(watch.state(11)), 0, 'an event after the step has set it');
  watch.aheadMs -= 2 * HOUR_MS;
  setBacks.now();
  assert.equal(setBacks.of(watch.state(10)), 3 * HOUR_MS);
  assert.equal(setBacks.of(watch.state(11)), 2 * HOUR_MS);
  assert.equal(setBacks.of(watch.state(13)), 0);
  assert.equal(setBacks.mostMs, 3 * HOUR_MS);
});

test('steps forward, and those that the clock smooths, change nothing', () => {
  const watch = new Watch();
  const setBacks = new SetBacks(watch.clock, watch.sequences, 0);
  watch.aheadMs += HOUR_MS;
  setBacks.now();
  watch.aheadMs -= STEP_SMOOTHED_MAX_MS;
  setBacks.now();
  assert.equal(setBacks.mostMs, 0);
  assert.equal(setBacks.of(watch.state(1)), 0);
});

test('a clock that was set back between two lives is known by the latest time of the life before', () => {
  const watch = new Watch();
  const setBacks = new SetBacks(watch.clock, watch.sequences, watch.clock.now() + HOUR_MS);
  assert.equal(setBacks.of(watch.state(10)), HOUR_MS);
  assert.equal(setBacks.of(watch.state(11)), 0);
  assert.equal(new SetBacks(watch.clock, watch.sequences, 0).mostMs, 0);
});

test('of many steps the oldest are forgotten', () => {
  const watch = new Watch();
  const setBacks = new SetBacks(watch.clock, watch.sequences, 0);
  for (let step = 0; step < 100; step++) {
    watch.aheadMs -= HOUR_MS;
    setBacks.now();
  }
  assert.equal(setBacks.mostMs, 8 * HOUR_MS);
});

for (const [when, stepAtMs] of [
  ['while it is in the wheel', 10_000],
  ['while it waits in the index', 1_000],
] as const) {
  test(`a deadline comes when it would have, though the clock was set back by an hour ${when}`, () => {
    const watch = new Watch();
    const waitMs = when.endsWith('wheel') ? 60_000 : 600_000;
    const state = watch.state(10, waitMs);
    const fired: number[] = [];
    const deadlines: Deadlines = new Deadlines({
      timers: watch.wheel,
      clock: new SetBacks(watch.clock, watch.sequences, 0),
      counters: new CountersMap(),
      onDeadline: () => fired.push(watch.wheel.now()) > 0,
      index: (untilMs) => (fired.length === 0 && state.deadlineAtMs <= untilMs ? [[0, state.number, 0]] : []),
      stateOf: () => state,
    });
    deadlines.update(state);
    deadlines.start();
    watch.wheel.advance(stepAtMs);
    watch.aheadMs -= HOUR_MS;
    for (let atMs = stepAtMs; atMs <= waitMs + 1_000; atMs += 1_000) watch.wheel.advance(atMs);
    assert.equal(fired.length, 1);
    assert.ok(Math.abs(fired[0]! - waitMs) <= 1_000, `${fired[0]} for ${waitMs}`);
  });
}
