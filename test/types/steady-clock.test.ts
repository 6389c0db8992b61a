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

test('set back by however many small steps, it never goes back by as little as a smoothed step', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ passes: fc.nat(20_000), step: fc.integer({ min: -40_000, max: 40_000 }) })),
      (moments) => {
        const watch = new Watch();
        let last = watch.pass(0);
        for (const { passes, step } of moments) {
          watch.wallMs += step;
          const shown = watch.pass(passes);
          assert.ok(shown >= last || shown === watch.wallMs, `${shown} after ${last}`);
          if (shown < last) assert.ok(last - shown > STEP_SMOOTHED_MAX_MS - passes);
          last = shown;
        }
      },
    ),
  );
});
