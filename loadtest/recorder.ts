/** The seconds of a run, put together from what each generator tells of them, and from looking at the processes. */
import { DIGITS, Latencies } from './latencies.ts';
import {
  COUNT_NAMES,
  LATENCY_NAMES,
  type LatencyName,
  type Percentiles,
  type Sample,
  type SampleCounts,
} from './plan.ts';
import { type ProcessView, viewProcess } from './process-view.ts';
import type { LatencySeries, Series } from './report.ts';

/** A week: what a run may last. */
export const SECONDS_MAX = 7 * 86_400;

interface Second {
  readonly counts: Record<keyof SampleCounts, number>;
  /** Those that something was recorded in, until all generators have told. */
  open: Partial<Record<LatencyName, Latencies>>;
  readonly closed: Partial<Record<LatencyName, Percentiles>>;
  told: number;
}

interface Look {
  readonly engineCpu: number | null;
  readonly engineAnonymousMiB: number | null;
  readonly engineResidentMiB: number | null;
  readonly generatorCpu: number;
}

const MIB = 2 ** 20;

export class Recorder {
  readonly #workers: number;
  readonly #seconds: Second[] = [];
  readonly #looks: (Look | undefined)[] = [];
  #before: { atMs: number; engine: ProcessView | undefined; ownMs: number } | undefined;

  /** As the last generator that told has them; those of one engine come and go together. */
  #associations = 0;

  constructor(workers: number) {
    this.#workers = workers;
  }

  take({ second: at, counts, associations, histograms }: Sample): void {
    if (at >= SECONDS_MAX) return;
    while (this.#seconds.length <= at) this.#seconds.push(emptySecond());
    const second = this.#seconds[at]!;
    for (const name of COUNT_NAMES) second.counts[name] += counts[name];
    this.#associations = associations;
    for (const name of LATENCY_NAMES) {
      if (histograms[name] === '') continue;
      second.open[name] ??= new Latencies(DIGITS.second);
      second.open[name].add(histograms[name]);
    }
    if (++second.told === this.#workers) close(second);
  }

  /** Looks at the processes, once a second; `engine` is the id of the engine's process. */
  look(nowMs: number, startedAtMs: number, engine: number | undefined): void {
    const view = engine === undefined ? undefined : viewOf(engine);
    const { user, system } = process.cpuUsage();
    const ownMs = (user + system) / 1_000;
    const before = this.#before;
    this.#before = { atMs: nowMs, engine: view, ownMs };
    const at = Math.floor((nowMs - startedAtMs) / 1_000) - 1;
    if (before === undefined || at < 0 || at >= SECONDS_MAX) return;
    const share = (ms: number): number => Math.max(0, ms) / (nowMs - before.atMs);
    this.#looks[at] = {
      engineCpu:
        view === undefined || before.engine === undefined ? null : share(view.cpuMs - before.engine.cpuMs),
      engineAnonymousMiB: view === undefined ? null : view.anonymousOctets / MIB,
      engineResidentMiB: view === undefined ? null : view.residentOctets / MIB,
      generatorCpu: share(ownMs - before.ownMs),
    };
  }

  /** What is known of the last second that is over, for the terminal. */
  last():
    | { counts: SampleCounts; answer: Percentiles | undefined; late: Percentiles | undefined }
    | undefined {
    const second = this.#seconds.at(-1);
    if (second === undefined) return undefined;
    return {
      counts: second.counts,
      answer: percentilesOf(second, 'answer'),
      late: percentilesOf(second, 'late'),
    };
  }

  get associations(): number {
    return this.#associations;
  }

  lastLook(): Look | undefined {
    return this.#looks.at(-1);
  }

  series(): Series {
    const length = this.#seconds.length;
    const counts = Object.fromEntries(
      COUNT_NAMES.map((name) => [name, this.#seconds.map((second) => second.counts[name])]),
    ) as unknown as Series['counts'];
    const latencies = Object.fromEntries(
      LATENCY_NAMES.map((name) => [name, this.#latencySeries(name)]),
    ) as Record<LatencyName, LatencySeries>;
    const looked = (of: (look: Look) => number | null): (number | null)[] =>
      Array.from({ length }, (_, at) => {
        const look = this.#looks[at];
        return look === undefined ? null : rounded(of(look));
      });
    return {
      counts,
      latencies,
      engineCpu: looked(({ engineCpu }) => engineCpu),
      engineAnonymousMiB: looked(({ engineAnonymousMiB }) => engineAnonymousMiB),
      engineResidentMiB: looked(({ engineResidentMiB }) => engineResidentMiB),
      generatorCpu: looked(({ generatorCpu }) => generatorCpu),
    };
  }

  #latencySeries(name: LatencyName): LatencySeries {
    const of = this.#seconds.map((second) => percentilesOf(second, name));
    const pick = (key: 'p50Ms' | 'p90Ms' | 'p99Ms' | 'p999Ms'): (number | null)[] =>
      of.map((percentiles) => percentiles?.[key] ?? null);
    return { p50: pick('p50Ms'), p90: pick('p90Ms'), p99: pick('p99Ms'), p999: pick('p999Ms') };
  }
}

function emptySecond(): Second {
  const counts = Object.fromEntries(COUNT_NAMES.map((name) => [name, 0])) as Second['counts'];
  return { counts, open: {}, closed: {}, told: 0 };
}

/** What is complete is kept as percentiles alone: a run may have many seconds. */
function close(second: Second): void {
  for (const name of LATENCY_NAMES) {
    const latencies = second.open[name];
    if (latencies !== undefined) second.closed[name] = latencies.percentiles;
  }
  second.open = {};
}

function percentilesOf({ open, closed }: Second, name: LatencyName): Percentiles | undefined {
  return closed[name] ?? open[name]?.percentiles;
}

/** Undefined: it is gone, or this machine has no /proc. */
function viewOf(processId: number): ProcessView | undefined {
  try {
    const view = viewProcess(processId);
    // A process that has ended and was not waited for yet has no memory.
    return Number.isNaN(view.residentOctets) ? undefined : view;
  } catch {
    return undefined;
  }
}

function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(4));
}
