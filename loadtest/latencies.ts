/** Latencies in microseconds, by HdrHistogram. */
import * as hdr from 'hdr-histogram-js';
import type { Percentiles } from './plan.ts';

const HIGHEST_US = 600_000_000;
/** Of the whole, and of one second of it. */
export const DIGITS = { whole: 3, second: 2 } as const;

/** A point of a percentile curve: so many of a hundred took no longer. */
export interface CurvePoint {
  readonly percentile: number;
  readonly ms: number;
}

export class Latencies {
  readonly #histogram: hdr.Histogram;

  constructor(digits: 2 | 3 = DIGITS.whole) {
    this.#histogram = hdr.build({
      lowestDiscernibleValue: 1,
      highestTrackableValue: HIGHEST_US,
      numberOfSignificantValueDigits: digits,
    });
  }

  record(ms: number): void {
    this.#histogram.recordValue(Math.min(HIGHEST_US, Math.max(0, Math.round(ms * 1_000))));
  }

  get count(): number {
    return this.#histogram.totalCount;
  }

  /** Empty when nothing was recorded. */
  encoded(): string {
    return this.count === 0 ? '' : hdr.encodeIntoCompressedBase64(this.#histogram);
  }

  /** @param encoded of another, with as many digits */
  add(encoded: string): void {
    if (encoded !== '') this.#histogram.add(hdr.decodeFromCompressedBase64(encoded));
  }

  reset(): void {
    this.#histogram.reset();
  }

  get percentiles(): Percentiles {
    return {
      count: this.count,
      p50Ms: this.#at(50),
      p90Ms: this.#at(90),
      p99Ms: this.#at(99),
      p999Ms: this.#at(99.9),
      maxMs: this.#histogram.maxValue / 1_000,
    };
  }

  /** Points as HdrHistogram plots them: each halving of what is left has as many; as far as there are values for. */
  curve(perHalving = 4): CurvePoint[] {
    if (this.count === 0) return [];
    const points: CurvePoint[] = [];
    const last = Math.log2(this.count);
    for (let step = 0; step / perHalving <= last; step++) {
      const percentile = 100 * (1 - 2 ** (-step / perHalving));
      points.push({ percentile, ms: this.#at(percentile) });
    }
    const end = { percentile: 100 * (1 - 1 / (2 * this.count)), ms: this.#histogram.maxValue / 1_000 };
    return [...points, end];
  }

  #at(percentile: number): number {
    return this.#histogram.getValueAtPercentile(percentile) / 1_000;
  }
}
