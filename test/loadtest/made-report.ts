/** A report as a run would write it, made by hand. */
import { Latencies } from '../../loadtest/latencies.ts';
import type { PhaseReport } from '../../loadtest/plan.ts';
import type { RunReport, Series } from '../../loadtest/report.ts';
import { verdictOf } from '../../loadtest/verdict.ts';

export const dialogues = {
  begun: 1_000,
  served: 1_000,
  letGo: 0,
  refused: 0,
  aborted: 0,
  unanswered: 0,
  open: 0,
};
const noDialogues = { begun: 0, served: 0, letGo: 0, refused: 0, aborted: 0, unanswered: 0, open: 0 };

export function latenciesOf(...ms: readonly number[]): Latencies {
  const latencies = new Latencies();
  for (const one of ms) latencies.record(one);
  return latencies;
}

const answer = latenciesOf(...Array.from({ length: 1_000 }, (_, at) => 1 + at / 100));
const late = latenciesOf(...Array.from({ length: 1_000 }, () => 0.5));

export const phase: PhaseReport = {
  name: 'total',
  tookMs: 10_000,
  planned: 1_000,
  unsent: 0,
  calls: dialogues,
  alerts: noDialogues,
  answer: answer.percentiles,
  report: answer.percentiles,
  late: late.percentiles,
  messagesArrived: 900,
  errors: {},
};

export const load: RunReport['load'] = {
  notices: {
    right: 900,
    lost: 0,
    doubled: 0,
    repeated: 0,
    wrong: 0,
    unacknowledged: 0,
    counted: 12,
    messages: 900,
  },
  calls: dialogues,
  alerts: noDialogues,
  engine: { routing: 900, routingAbsent: 0, forwards: 900, forwardsAbsent: 0, reports: 0 },
  unexpected: 0,
  associationsLost: 0,
};

const seconds = (of: (second: number) => number | null): (number | null)[] =>
  Array.from({ length: 10 }, (_, at) => of(at));
const even = seconds(() => 100) as number[];
const zero = seconds(() => 0) as number[];
const band = {
  p50: seconds(() => 2),
  p90: seconds(() => 4),
  p99: seconds((at) => (at === 4 ? null : 8 + at)),
  p999: seconds(() => 20),
};

export const series: Series = {
  counts: {
    planned: even,
    begun: even,
    served: even,
    letGo: zero,
    refused: zero,
    aborted: zero,
    unanswered: zero,
    unsent: zero,
    messages: even,
  },
  latencies: { answer: band, report: band, late: band },
  engineCpu: seconds((at) => (at === 0 ? null : 0.4)),
  engineAnonymousMiB: seconds((at) => 150 + at),
  engineResidentMiB: seconds((at) => 200 + at),
  generatorCpu: seconds(() => 0.1),
};

export function madeReport(changes: Partial<RunReport> = {}): RunReport {
  const outcome = changes.outcome ?? { kind: 'completed' };
  const total = changes.total ?? phase;
  const whole = changes.load ?? load;
  return {
    format: 1,
    version: '0.1.0',
    startedAt: '2026-02-03T04:05:06.000Z',
    configuration: {
      profile: 'mine',
      what: 'calls with a <b> & "quotes"',
      ratePerSecond: 100,
      forMs: 10_000,
      rampMs: 0,
      subscribers: 2_000,
      workers: 1,
      associations: 1,
      transport: 'tcp',
      seed: 1,
      warmUpMs: 0,
      engine: 'beside',
      objectives: ['answer-p99 <= 20 ms'],
    },
    machine: { cores: 2, cpu: 'a processor', memoryMiB: 4_000, node: 'v20.0.0', platform: 'linux x64' },
    outcome,
    verdict: verdictOf(outcome, total, whole, [
      { what: 'answer-p99', comparison: '<=', limit: 20, unit: 'ms' },
    ]),
    total,
    phases: [total],
    load: whole,
    curves: { answer: answer.curve(), report: answer.curve(), late: late.curve() },
    playedForS: 9,
    series,
    ...changes,
  };
}
