/** What a run leaves behind: report.json is this, and report.html shows it. */
import type { CapacityTry } from './capacity.ts';
import type { CurvePoint } from './latencies.ts';
import type { LatencyName, LoadReport, PhaseReport, SampleCounts } from './plan.ts';
import type { Outcome, Verdict } from './verdict.ts';

/** Of this file; a reader refuses others. */
export const REPORT_FORMAT = 1;

/** Percentiles of a second in ms; null: nothing was measured in it. */
export interface LatencySeries {
  readonly p50: readonly (number | null)[];
  readonly p90: readonly (number | null)[];
  readonly p99: readonly (number | null)[];
  readonly p999: readonly (number | null)[];
}

/** A value a second, from the beginning of the load. */
export interface Series {
  readonly counts: Readonly<Record<keyof SampleCounts, readonly number[]>>;
  readonly latencies: Readonly<Record<LatencyName, LatencySeries>>;
  /** Null: it was not looked at in that second, or was not there any more. */
  readonly engineCpu: readonly (number | null)[];
  readonly engineAnonymousMiB: readonly (number | null)[];
  readonly engineResidentMiB: readonly (number | null)[];
  readonly generatorCpu: readonly (number | null)[];
}

export interface RunConfiguration {
  readonly profile: string;
  readonly what: string;
  readonly ratePerSecond: number;
  readonly forMs: number;
  readonly rampMs: number;
  readonly subscribers: number;
  readonly workers: number;
  readonly associations: number;
  readonly transport: string;
  readonly seed: number;
  readonly warmUpMs: number;
  readonly engine: 'beside' | 'external';
  readonly objectives: readonly string[];
}

export interface MachineFacts {
  readonly cores: number;
  readonly cpu: string;
  readonly memoryMiB: number;
  readonly node: string;
  readonly platform: string;
}

export interface RunReport {
  readonly format: typeof REPORT_FORMAT;
  readonly version: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly configuration: RunConfiguration;
  readonly machine: MachineFacts;
  readonly outcome: Outcome;
  readonly verdict: Verdict;
  /** Of all phases together. */
  readonly total: PhaseReport;
  readonly phases: readonly PhaseReport[];
  /** Of the whole, the warm-up included: notices are accounted for to the last. */
  readonly load: LoadReport;
  readonly curves: Readonly<Record<LatencyName, readonly CurvePoint[]>>;
  /** Seconds until everybody came back, so that the last notices could be told. */
  readonly playedForS: number;
  readonly series: Series;
  readonly capacity?: {
    readonly ratePerSecond: number;
    readonly limitedBy: 'engine' | 'generator' | 'range';
    readonly tries: readonly CapacityTry[];
  };
}
