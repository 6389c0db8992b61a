/** What several generators, or several phases, have reported, as one. */
import { Latencies } from './latencies.ts';
import {
  type DialogueAccount,
  LATENCY_NAMES,
  type LatencyName,
  type LoadReport,
  type PhaseReport,
} from './plan.ts';

export type AllLatencies = Readonly<Record<LatencyName, Latencies>>;

export function mergedLatencies(all: readonly Readonly<Record<LatencyName, string>>[]): AllLatencies {
  const merged = { answer: new Latencies(), report: new Latencies(), late: new Latencies() };
  for (const one of all) for (const name of LATENCY_NAMES) merged[name].add(one[name]);
  return merged;
}

/** @param latencies of all together: percentiles cannot be added */
export function mergedPhases(all: readonly PhaseReport[], latencies: AllLatencies): PhaseReport {
  const sum = (of: (one: PhaseReport) => number): number => all.reduce((total, one) => total + of(one), 0);
  return {
    name: all[0]!.name,
    tookMs: Math.max(...all.map(({ tookMs }) => tookMs)),
    planned: sum(({ planned }) => planned),
    unsent: sum(({ unsent }) => unsent),
    calls: summed(all.map(({ calls }) => calls)),
    alerts: summed(all.map(({ alerts }) => alerts)),
    answer: latencies.answer.percentiles,
    report: latencies.report.percentiles,
    late: latencies.late.percentiles,
    messagesArrived: sum(({ messagesArrived }) => messagesArrived),
    errors: summedByName(all.map(({ errors }) => errors)),
  };
}

export function mergedReports(all: readonly LoadReport[]): LoadReport {
  const sum = (of: (one: LoadReport) => number): number => all.reduce((total, one) => total + of(one), 0);
  return {
    notices: summed(all.map(({ notices }) => notices)),
    calls: summed(all.map(({ calls }) => calls)),
    alerts: summed(all.map(({ alerts }) => alerts)),
    engine: summed(all.map(({ engine }) => engine)),
    unexpected: sum(({ unexpected }) => unexpected),
    associationsLost: sum(({ associationsLost }) => associationsLost),
  };
}

export const noDialogues: DialogueAccount = {
  begun: 0,
  served: 0,
  letGo: 0,
  refused: 0,
  aborted: 0,
  unanswered: 0,
  open: 0,
};

/** Field by field; all have the same. */
function summed<T extends object>(all: readonly T[]): T {
  return summedByName(all as readonly Readonly<Record<string, number>>[]) as T;
}

function summedByName(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const one of all)
    for (const [name, value] of Object.entries(one)) sums[name] = (sums[name] ?? 0) + value;
  return sums;
}
