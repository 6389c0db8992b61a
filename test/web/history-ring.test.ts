import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HistoryRing } from '../../src/web/history-ring.ts';
import type { Point } from '../../src/web/live-source.ts';

const none = { count: 0, p50Ms: 0, p90Ms: 0, p99Ms: 0, p999Ms: 0, maxMs: 0, firstBucket: 0, buckets: [] };
const point = (atMs: number): Point => ({
  atMs,
  callsPerSecond: 0,
  missedPerSecond: 0,
  noticesSentPerSecond: 0,
  noticesDeliveredPerSecond: 0,
  noticesFailedPerSecond: 0,
  answer: none,
  notice: none,
});

test('a history keeps the newest points, oldest first, and never more than its capacity', () => {
  const ring = new HistoryRing(3);
  assert.deepEqual(ring.points(), []);
  for (const atMs of [1, 2, 3, 4, 5]) ring.push(point(atMs));
  assert.deepEqual(
    ring.points().map(({ atMs }) => atMs),
    [3, 4, 5],
  );
  assert.equal(ring.size, 3);
});

test('a history without room is a mistake of the programmer', () => {
  assert.throws(() => new HistoryRing(0), RangeError);
});
