/**
 * Whether a series is flat: the median of its last quarter against that of its second one. The first quarter is left out:
 * caches fill, the heap finds its size, the journal reaches what it keeps.
 */
import type { Sample } from './samples.ts';

export interface Trend {
  readonly name: string;
  readonly unit: string;
  readonly early: number;
  readonly late: number;
  /** What `late` may be at most, to be called flat. */
  readonly allowed: number;
  readonly flat: boolean;
}

interface Watched {
  readonly name: string;
  readonly unit: string;
  readonly value: (sample: Sample) => number;
  /** By this factor it may grow… */
  readonly factor: number;
  /** …and by this much beside it: what one more collection of garbage, or one bucket of the histogram, makes. */
  readonly beside: number;
}

const MIB = 2 ** 20;

/** Latencies are bounds of buckets 1, 2, 5: a step of one bucket is their resolution. */
// biome-ignore format: one series a line
export const WATCHED: readonly Watched[] = [
  { name: 'resident memory', unit: 'MiB', value: (s) => s.residentOctets / MIB, factor: 1.05, beside: 8 },
  { name: 'anonymous memory', unit: 'MiB', value: (s) => s.anonymousOctets / MIB, factor: 1.05, beside: 8 },
  { name: 'file descriptors', unit: '', value: (s) => s.fileDescriptors, factor: 1, beside: 0 },
  { name: 'threads', unit: '', value: (s) => s.threads, factor: 1, beside: 0 },
  { name: 'data files', unit: 'MiB', value: (s) => s.storeOctets / MIB, factor: 1.05, beside: 1 },
  { name: 'free pages', unit: 'MiB', value: (s) => s.storeFreeOctets / MIB, factor: 1.1, beside: 1 },
  { name: 'CPU of one core', unit: '%', value: (s) => 100 * s.cpu, factor: 1.15, beside: 1 },
  { name: 'CPU of the network', unit: '%', value: (s) => 100 * s.networkCpu, factor: 1.15, beside: 1 },
  { name: 'memory of the network', unit: 'MiB', value: (s) => s.networkResidentOctets / MIB, factor: 1.5, beside: 64 },
  { name: 'commit p99', unit: 'ms', value: (s) => s.commitP99Ms, factor: 2.5, beside: 1 },
  { name: 'initialDP to answer p50', unit: 'ms', value: (s) => s.answer.p50, factor: 2.5, beside: 0 },
  { name: 'initialDP to answer p99', unit: 'ms', value: (s) => s.answer.p99, factor: 2.5, beside: 0 },
  { name: 'return to notice p50', unit: 'ms', value: (s) => s.notice.p50, factor: 2.5, beside: 0 },
  { name: 'return to notice p99', unit: 'ms', value: (s) => s.notice.p99, factor: 2.5, beside: 0 },
  { name: 'notices waiting', unit: '', value: (s) => s.noticesWaiting, factor: 1.25, beside: 10 },
];

/** Samples that a quarter must have: a median of fewer says little. */
export const SAMPLES_MIN = 12;

export function trendsOf(samples: readonly Sample[]): Trend[] {
  if (samples.length < SAMPLES_MIN) throw new RangeError(`a soak needs at least ${SAMPLES_MIN} samples`);
  const quarter = samples.length / 4;
  const early = samples.slice(Math.floor(quarter), Math.floor(2 * quarter));
  const late = samples.slice(Math.floor(3 * quarter));
  return WATCHED.map(({ name, unit, value, factor, beside }) => {
    const [before, after] = [median(early.map(value)), median(late.map(value))];
    const allowed = before * factor + beside;
    return { name, unit, early: before, late: after, allowed, flat: after <= allowed };
  });
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle]!;
  return ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
