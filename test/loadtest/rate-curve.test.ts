import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RateCurve, ratePoints } from '../../loadtest/rate-curve.ts';

function startsOf(curve: RateCurve): number[] {
  const starts: number[] = [];
  for (let atMs = curve.nextMs(); atMs !== Infinity; atMs = curve.nextMs()) {
    starts.push(atMs);
    curve.take();
  }
  return starts;
}

test('an even rate has even pauses', () => {
  const curve = new RateCurve(ratePoints({ ratePerSecond: 10, forMs: 500 }));
  assert.deepEqual(startsOf(curve).map(Math.round), [0, 100, 200, 300, 400]);
});

test('a ramp has half as many as the rate would, and they come closer and closer', () => {
  const starts = startsOf(new RateCurve(ratePoints({ ratePerSecond: 10, forMs: 1, rampMs: 2_000 })));
  assert.equal(starts.length, 10);
  const pauses = starts.slice(1).map((atMs, at) => atMs - starts[at]!);
  for (let at = 1; at < pauses.length; at++) assert.ok(pauses[at]! < pauses[at - 1]!);
});

test('a day follows its shape', () => {
  const starts = startsOf(new RateCurve(ratePoints({ ratePerSecond: 100, forMs: 4_000, shape: [0, 1, 0] })));
  assert.equal(starts.length, 200);
  const inSecond = [0, 1, 2, 3].map(
    (second) => starts.filter((atMs) => Math.floor(atMs / 1_000) === second).length,
  );
  for (const [at, count] of [25, 75, 75, 25].entries())
    assert.ok(Math.abs(inSecond[at]! - count) <= 1, inSecond.join());
});

test('generators begin one after the other', () => {
  const points = ratePoints({ ratePerSecond: 10, forMs: 400 });
  assert.deepEqual(startsOf(new RateCurve(points, 0.5)).map(Math.round), [50, 150, 250, 350]);
});

test('whatever the shape is, the starts are as many as planned, in order, and within the time', () => {
  const shape = fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(
      fc.record({
        ratePerSecond: fc.double({ min: 0.1, max: 500, noNaN: true }),
        forMs: fc.integer({ min: 1, max: 5_000 }),
        rampMs: fc.integer({ min: 0, max: 3_000 }),
        shape,
      }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (rates, offset) => {
        const curve = new RateCurve(ratePoints(rates), offset);
        const starts = startsOf(curve);
        assert.equal(starts.length, curve.planned);
        for (const [at, atMs] of starts.entries()) {
          assert.ok(atMs >= (starts[at - 1] ?? 0) - 1e-6, `${atMs} is before ${starts[at - 1]}`);
          assert.ok(atMs <= rates.forMs + rates.rampMs + 1e-6);
        }
      },
    ),
    { numRuns: 300 },
  );
});
