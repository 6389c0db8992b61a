import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { STEP_SMOOTHED_MAX_MS, SteadyClock } from '../../src/types/steady-clock.ts';

class Watch {
  wallMs = 1_000_000;
  monotonicMs = 0;
  readonly steady = new SteadyClock({ now: () => this.wallMs, monotonic: () => this.monotonicMs });

  pass(ms: number): number {
    this.wallMs += ms;
    this.monotonicMs += ms;
    return this.steady.now();
  }
}

test('a wall clock that is not set is shown as it is', () => {
  const watch = new Watch();
  assert.equal(watch.pass(0), 1_000_000);
  assert.equal(watch.pass(5), 1_000_005);
  watch.wallMs += 3_600_000;
  assert.equal(watch.pass(5), 4_600_010);
});

test('set back by seconds: time goes on at half its speed until the clock has caught up', () => {
  const watch = new Watch();
  watch.pass(0);
  watch.wallMs -= 10_000;
  assert.equal(watch.pass(0), 1_000_000);
  assert.equal(watch.pass(10_000), 1_005_000);
  assert.equal(watch.pass(10_000), 1_010_000);
  assert.equal(watch.pass(1), 1_010_001);
});

test('set back by more than is smoothed: followed at once', () => {
  const watch = new Watch();
  watch.pass(0);
  watch.wallMs -= STEP_SMOOTHED_MAX_MS + 1;
  assert.equal(watch.pass(0), 1_000_000 - STEP_SMOOTHED_MAX_MS - 1);
});

test('a time of before a large step back is passed at once when it nears again', () => {
  const watch = new Watch();
  watch.pass(0);
  watch.wallMs -= 3_600_000;
  assert.equal(watch.pass(0), 1_000_000 - 3_600_000);
  assert.equal(watch.pass(3_530_000), 930_000);
  assert.equal(watch.pass(20_000), 1_000_000);
  assert.equal(watch.pass(20_000), 1_010_000);
  assert.equal(watch.pass(100_000), 1_070_000);
});

test('a new life goes on from what an earlier one has shown', () => {
  const watch = new Watch();
  watch.steady.notBefore(1_005_000);
  assert.equal(watch.pass(0), 1_005_000);
  assert.equal(watch.pass(10_000), 1_010_000);
  assert.equal(watch.pass(1), 1_010_001);
});

test('whatever steps it makes, it is never a little behind what it showed before one of them', () => {
  const step = fc.oneof(
    fc.integer({ min: -40_000, max: 40_000 }),
    fc.integer({ min: -400_000, max: 400_000 }),
  );
  fc.assert(
    fc.property(fc.array(fc.record({ passes: fc.nat(20_000), step }), { maxLength: 12 }), (moments) => {
      const watch = new Watch();
      let last = watch.pass(0);
      const before: number[] = [];
      for (const moment of moments) {
        watch.wallMs += moment.step;
        const now = watch.pass(moment.passes);
        if (now < last) before.push(last);
        for (const mark of before)
          assert.ok(mark <= now || mark - now > STEP_SMOOTHED_MAX_MS, `${mark} and now ${now}`);
        last = now;
      }
    }),
    { numRuns: 2000 },
  );
});
