import type { LatencyTotals } from '../../web/live-source.ts';

/** One sample line of Prometheus' text form. */
export interface SampleLine {
  readonly metricName: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

/** Bounds that a scrape shows, in seconds: of the finer buckets, what alerts are written on. */
export const LATENCY_BOUNDS_SECONDS: readonly number[] = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 30,
];

/**
 * A Prometheus histogram out of finer buckets that were counted elsewhere. A fine bucket belongs to the first bound that
 * is not below its own: what is counted as at most a bound really is.
 */
export function latencySamples(
  name: string,
  labels: Readonly<Record<string, string>>,
  totals: LatencyTotals,
  fineBoundsMs: readonly number[],
): SampleLine[] {
  const samples: SampleLine[] = [];
  let fine = 0;
  let cumulative = 0;
  for (const bound of LATENCY_BOUNDS_SECONDS) {
    while (fine < fineBoundsMs.length && fineBoundsMs[fine]! <= bound * 1000)
      cumulative += totals.buckets[fine++] ?? 0;
    samples.push({ metricName: `${name}_bucket`, labels: { ...labels, le: bound }, value: cumulative });
  }
  samples.push({ metricName: `${name}_bucket`, labels: { ...labels, le: '+Inf' }, value: totals.count });
  samples.push({ metricName: `${name}_sum`, labels, value: totals.sumMs / 1000 });
  samples.push({ metricName: `${name}_count`, labels, value: totals.count });
  return samples;
}
