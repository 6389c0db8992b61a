import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { HistoryRing } from '../../src/web/history-ring.ts';
import type { Point } from '../../src/web/live-source.ts';

const nothing = { count: 0, p50Ms: 0, p90Ms: 0, p99Ms: 0, p999Ms: 0, maxMs: 0, firstBucket: 0, buckets: [] };
const point = (sequence: number): Point => ({
  atMs: sequence * 1000,
  sequence,
  spanMs: 1000,
  callsPerSecond: sequence,
  missedPerSecond: 0,
  noticesSentPerSecond: 0,
  noticesDeliveredPerSecond: 0,
  noticesFailedPerSecond: 0,
  answer: { ...nothing, count: 1, p50Ms: 2, maxMs: 2, firstBucket: 1, buckets: [1] },
  notice: nothing,
  values: [sequence, sequence],
});
const ring = (fine: number, coarse: number, merged = 10) =>
  new HistoryRing({ fine, coarse, merged, boundsMs: [1, 2, 4], merges: ['mean', 'most'] });

test('points come oldest first, and the oldest give way at the bound', () => {
  const history = ring(3, 0);
  assert.deepEqual(history.points(), []);
  for (let sequence = 1; sequence <= 5; sequence++) history.push(point(sequence));
  assert.deepEqual(
    history.points().map(({ sequence }) => sequence),
    [3, 4, 5],
  );
  assert.equal(history.size, 3);
});

test('what leaves the last minutes is kept as one point for ten, and nothing is lost between', () => {
  const history = ring(5, 3);
  for (let sequence = 1; sequence <= 29; sequence++) history.push(point(sequence));
  const points = history.points();
  assert.deepEqual(
    points.map(({ sequence, spanMs }) => [sequence, spanMs]),
    [[10, 10_000], [20, 10_000], [24, 4_000], ...[25, 26, 27, 28, 29].map((sequence) => [sequence, 1_000])],
  );
  const first = points[0]!;
  assert.equal(first.callsPerSecond, 5.5);
  assert.deepEqual(first.values, [5.5, 10], 'a mean, and the most');
  assert.equal(first.answer.count, 10);
  for (let sequence = 30; sequence <= 1000; sequence++) history.push(point(sequence));
  assert.ok(history.points().length <= 5 + 3 + 1);
  assert.equal(history.points().at(-1)?.sequence, 1000);
});

test('a history holds at least one point', () => {
  assert.throws(() => ring(0, 0), RangeError);
  assert.throws(() => ring(1, -1), RangeError);
});
