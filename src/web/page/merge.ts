import type { Latency, Point } from '../live-source.ts';

/** Several samples as one: rates are averaged, percentiles come from the buckets of all, never from percentiles. */
export function mergePoints(
  points: readonly Point[],
  boundsMs: readonly number[],
  merges: readonly ('mean' | 'most')[],
): Point {
  const last = points.at(-1)!;
  if (points.length === 1) return last;
  const spanMs = points.reduce((sum, point) => sum + point.spanMs, 0);
  // Each by the time that it stands for: a coarse point weighs more than a fine one.
  const average = (pick: (point: Point) => number): number =>
    points.reduce((sum, point) => sum + pick(point) * point.spanMs, 0) / Math.max(1, spanMs);
  return {
    atMs: last.atMs,
    sequence: last.sequence,
    spanMs,
    callsPerSecond: average((point) => point.callsPerSecond),
    missedPerSecond: average((point) => point.missedPerSecond),
    noticesSentPerSecond: average((point) => point.noticesSentPerSecond),
    noticesDeliveredPerSecond: average((point) => point.noticesDeliveredPerSecond),
    noticesFailedPerSecond: average((point) => point.noticesFailedPerSecond),
    answer: mergeLatencies(
      points.map(({ answer }) => answer),
      boundsMs,
    ),
    notice: mergeLatencies(
      points.map(({ notice }) => notice),
      boundsMs,
    ),
    values: last.values.map((_, index) =>
      merges[index] === 'most'
        ? Math.max(...points.map(({ values }) => values[index] ?? 0))
        : average(({ values }) => values[index] ?? 0),
    ),
  };
}

export function mergeLatencies(latencies: readonly Latency[], boundsMs: readonly number[]): Latency {
  const measured = latencies.filter(({ count }) => count > 0);
  if (measured.length === 0) return latencies[0]!;
  if (measured.length === 1) return measured[0]!;
  const first = Math.min(...measured.map(({ firstBucket }) => firstBucket));
  const end = Math.max(...measured.map(({ firstBucket, buckets }) => firstBucket + buckets.length));
  const buckets = new Array<number>(end - first).fill(0);
  let count = 0;
  for (const latency of measured)
    for (const [index, number] of latency.buckets.entries()) {
      buckets[latency.firstBucket - first + index]! += number;
      count += number;
    }
  const percentile = (fraction: number): number => {
    const rank = Math.max(1, Math.ceil(count * fraction));
    let seen = 0;
    for (const [index, number] of buckets.entries()) {
      seen += number;
      if (seen >= rank) return boundsMs[Math.min(first + index, boundsMs.length - 1)] ?? 0;
    }
    return 0;
  };
  return {
    count,
    p50Ms: percentile(0.5),
    p90Ms: percentile(0.9),
    p99Ms: percentile(0.99),
    p999Ms: percentile(0.999),
    maxMs: Math.max(...measured.map(({ maxMs }) => maxMs)),
    firstBucket: first,
    buckets,
  };
}
