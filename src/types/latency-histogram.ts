/**
 * Latencies in log-linear buckets on a typed array, which may lie on shared memory: one thread records, another one reads.
 * Eight buckets per doubling from 8 µs to 65 s keep a percentile within an eighth; recording allocates nothing.
 */

const PER_DOUBLING = 8;
/** A power of two, so that bounds are exact. */
const FIRST_MS = 1 / 128;
const DOUBLINGS = 23;
/** One for all below the first bound, one for all above the last. */
export const LATENCY_BUCKETS = PER_DOUBLING * DOUBLINGS + 2;

/** Upper bounds in ms of all buckets but the last, which is open. */
export const LATENCY_BOUNDS_MS: readonly number[] = Array.from(
  { length: LATENCY_BUCKETS - 1 },
  (_, index) => {
    const doubling = Math.floor(index / PER_DOUBLING);
    return FIRST_MS * 2 ** doubling * (1 + (index % PER_DOUBLING) / PER_DOUBLING);
  },
);

/** 2⁻ⁿ: a power is dear, and this is recorded for every call. */
const INVERSES = Float64Array.from({ length: DOUBLINGS }, (_, doubling) => 2 ** -doubling);

/** The bucket that counts `ms`. What is not a number, or below 0, counts as 0. */
export function latencyBucket(ms: number): number {
  const ratio = ms / FIRST_MS;
  if (!(ratio > 1)) return 0;
  if (ratio > 2 ** DOUBLINGS) return LATENCY_BUCKETS - 1;
  const doubling = Math.min(31 - Math.clz32(Math.floor(ratio)), DOUBLINGS - 1);
  const within = Math.ceil((ratio * INVERSES[doubling]! - 1) * PER_DOUBLING);
  return doubling * PER_DOUBLING + within;
}

export interface LatencySummary {
  readonly count: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly maxMs: number;
  readonly firstBucket: number;
  readonly buckets: readonly number[];
}

export class LatencyHistogram {
  readonly counts: Uint32Array;
  /** [0] the sum in ms since start. */
  readonly #sum: Float64Array;

  /** Over `LATENCY_HISTOGRAM_OCTETS` octets of `memory`, which starts as zeros. */
  constructor(memory: ArrayBufferLike = new ArrayBuffer(LATENCY_HISTOGRAM_OCTETS), offset = 0) {
    this.#sum = new Float64Array(memory, offset, 1);
    this.counts = new Uint32Array(memory, offset + 8, LATENCY_BUCKETS);
  }

  record(ms: number): void {
    const bucket = latencyBucket(ms);
    this.counts[bucket] = this.counts[bucket]! + 1;
    if (ms > 0) this.#sum[0] = this.#sum[0]! + ms;
  }

  get sumMs(): number {
    return this.#sum[0]!;
  }

  get count(): number {
    let count = 0;
    for (const value of this.counts) count += value;
    return count;
  }

  /**
   * What was recorded since `before`, a copy of `counts` taken earlier, which is brought up to date. Counts may wrap:
   * the difference is taken modulo 2³².
   */
  since(before: Uint32Array): LatencySummary {
    const difference = new Uint32Array(LATENCY_BUCKETS);
    for (let index = 0; index < LATENCY_BUCKETS; index++) {
      const now = this.counts[index]!;
      difference[index] = now - before[index]!;
      before[index] = now;
    }
    return summarize(difference);
  }
}

/** Octets of memory that one histogram needs; a multiple of 8. */
export const LATENCY_HISTOGRAM_OCTETS = 8 + Math.ceil((LATENCY_BUCKETS * 4) / 8) * 8;

/** Percentiles are upper bounds of their bucket: never smaller than what was measured. */
export function summarize(counts: ArrayLike<number>): LatencySummary {
  let count = 0;
  let first = -1;
  let last = -1;
  for (let index = 0; index < counts.length; index++) {
    const value = counts[index]!;
    if (value === 0) continue;
    if (first < 0) first = index;
    last = index;
    count += value;
  }
  const percentile = (fraction: number): number => {
    const rank = Math.max(1, Math.ceil(count * fraction));
    let seen = 0;
    for (let index = Math.max(first, 0); index <= last; index++) {
      seen += counts[index]!;
      if (seen >= rank) return boundOf(index);
    }
    return 0;
  };
  return {
    count,
    p50Ms: percentile(0.5),
    p90Ms: percentile(0.9),
    p99Ms: percentile(0.99),
    p999Ms: percentile(0.999),
    maxMs: last < 0 ? 0 : boundOf(last),
    firstBucket: Math.max(first, 0),
    buckets: first < 0 ? [] : Array.from({ length: last - first + 1 }, (_, index) => counts[first + index]!),
  };
}

/** The open bucket has no upper bound; the largest one that there is stands for it. */
const boundOf = (bucket: number): number => LATENCY_BOUNDS_MS[Math.min(bucket, LATENCY_BUCKETS - 2)]!;
