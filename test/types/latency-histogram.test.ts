import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  LATENCY_BOUNDS_MS,
  LATENCY_BUCKETS,
  LATENCY_HISTOGRAM_OCTETS,
  LatencyHistogram,
  latencyBucket,
  summarize,
} from '../../src/types/latency-histogram.ts';

test('a latency is counted in the one bucket whose bounds hold it', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 200_000, noNaN: true }), (ms) => {
      const bucket = latencyBucket(ms);
      if (bucket > 0) assert.ok(ms > LATENCY_BOUNDS_MS[bucket - 1]!, `${ms} is above the bucket before`);
      if (bucket < LATENCY_BUCKETS - 1) assert.ok(ms <= LATENCY_BOUNDS_MS[bucket]!, `${ms} is within`);
    }),
    { numRuns: 2000 },
  );
  for (const [index, bound] of LATENCY_BOUNDS_MS.entries()) assert.equal(latencyBucket(bound), index);
});

test('what is no latency counts as the shortest, what has no end as the longest', () => {
  assert.equal(latencyBucket(Number.NaN), 0);
  assert.equal(latencyBucket(-1), 0);
  assert.equal(latencyBucket(Number.POSITIVE_INFINITY), LATENCY_BUCKETS - 1);
});

test('a percentile is at most an eighth above the exact one and never below it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.02, max: 50_000, noNaN: true }), { minLength: 1, maxLength: 300 }),
      (values) => {
        const histogram = new LatencyHistogram();
        for (const value of values) histogram.record(value);
        const summary = histogram.since(new Uint32Array(LATENCY_BUCKETS));
        const sorted = values.toSorted((a, b) => a - b);
        for (const [fraction, found] of [
          [0.5, summary.p50Ms],
          [0.9, summary.p90Ms],
          [0.99, summary.p99Ms],
          [0.999, summary.p999Ms],
        ] as const) {
          const exact = sorted[Math.max(0, Math.ceil(sorted.length * fraction) - 1)]!;
          assert.ok(found >= exact * 0.999_999 && found <= exact * 1.126, `${found} for ${exact}`);
        }
        assert.equal(summary.count, values.length);
        assert.equal(
          summary.buckets.reduce((sum, value) => sum + value, 0),
          values.length,
        );
      },
    ),
    { numRuns: 200 },
  );
});

test('one thread records into shared memory and another reads what came since it last looked', () => {
  const memory = new SharedArrayBuffer(LATENCY_HISTOGRAM_OCTETS * 2);
  const writer = new LatencyHistogram(memory, LATENCY_HISTOGRAM_OCTETS);
  const reader = new LatencyHistogram(memory, LATENCY_HISTOGRAM_OCTETS);
  const before = new Uint32Array(LATENCY_BUCKETS);
  writer.record(5);
  assert.equal(reader.since(before).count, 1);
  assert.equal(reader.since(before).count, 0);
  writer.record(7);
  writer.record(9);
  assert.equal(reader.since(before).count, 2);
  assert.equal(reader.count, 3);
  assert.equal(reader.sumMs, 21);
});

test('nothing measured has a count of 0 and no buckets', () => {
  const summary = summarize(new Uint32Array(LATENCY_BUCKETS));
  assert.deepEqual([summary.count, summary.buckets, summary.maxMs], [0, [], 0]);
});
