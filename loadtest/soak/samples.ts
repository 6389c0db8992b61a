/** What a soak looks at, every few seconds: of the engine's process from outside, and of what it tells of itself. */
import { type ProcessView, viewProcess } from '../process-view.ts';

export interface Sample {
  /** Since the load began. */
  readonly atMs: number;
  readonly residentOctets: number;
  /** Anonymous memory: without the pages of the store's file. */
  readonly anonymousOctets: number;
  readonly fileDescriptors: number;
  readonly threads: number;
  /** Of one core, since the sample before. */
  readonly cpu: number;
  /** Of the network, beside which the engine runs: where it is late, so is all that is measured. */
  readonly networkCpu: number;
  readonly networkResidentOctets: number;
  readonly storeOctets: number;
  readonly storeFreeOctets: number;
  /** Since the sample before. */
  readonly calls: number;
  readonly notices: number;
  readonly answer: Percentiles;
  readonly notice: Percentiles;
  readonly noticesWaiting: number;
  readonly commitP99Ms: number;
}

/** Upper bounds of the histogram's buckets, in ms; 0 when nothing was measured. */
export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
}

/** The scrape of an engine: values by name with labels as they stand in the text. */
export function parseMetrics(text: string): Map<string, number> {
  const values = new Map<string, number>();
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const space = line.lastIndexOf(' ');
    values.set(line.slice(0, space), Number(line.slice(space + 1)));
  }
  return values;
}

/** The sum of a metric over all its labels. */
export function sumOf(metrics: ReadonlyMap<string, number>, name: string): number {
  let sum = 0;
  for (const [key, value] of metrics) if (key === name || key.startsWith(`${name}{`)) sum += value;
  return sum;
}

function maxOf(metrics: ReadonlyMap<string, number>, name: string): number {
  let max = 0;
  for (const [key, value] of metrics) if (key.startsWith(`${name}{`)) max = Math.max(max, value);
  return max;
}

/** Of what came between two scrapes. */
export function percentilesBetween(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  path: string,
): Percentiles {
  const bounds: number[] = [];
  const counts: number[] = [];
  const prefix = 'callwake_latency_seconds_bucket{';
  for (const [key, value] of after) {
    if (!key.startsWith(prefix) || !key.includes(`path="${path}"`)) continue;
    const bound = /le="([^"]+)"/.exec(key)?.[1] ?? '+Inf';
    bounds.push(bound === '+Inf' ? Infinity : Number(bound) * 1000);
    counts.push(value - (before.get(key) ?? 0));
  }
  const total = counts.at(-1) ?? 0;
  const at = (share: number): number => {
    if (total === 0) return 0;
    const index = counts.findIndex((count) => count >= share * total);
    return bounds[index] ?? Infinity;
  };
  return { p50: at(0.5), p99: at(0.99), p999: at(0.999) };
}

export class Sampler {
  readonly #engine: number;
  readonly #network: number;
  readonly #scrape: () => Promise<string>;
  #before:
    | { atMs: number; view: ProcessView; network: ProcessView; metrics: Map<string, number> }
    | undefined;

  /** Process ids of both. */
  constructor(engine: number, network: number, scrape: () => Promise<string>) {
    this.#engine = engine;
    this.#network = network;
    this.#scrape = scrape;
  }

  /** The first call gives nothing to compare with yet. */
  async take(atMs: number): Promise<Sample | undefined> {
    const metrics = parseMetrics(await this.#scrape());
    const view = viewProcess(this.#engine);
    const network = viewProcess(this.#network);
    const before = this.#before;
    this.#before = { atMs, view, network, metrics };
    if (before === undefined) return undefined;
    const since = (name: string): number => sumOf(metrics, name) - sumOf(before.metrics, name);
    return {
      atMs,
      residentOctets: view.residentOctets,
      anonymousOctets: view.anonymousOctets,
      fileDescriptors: view.fileDescriptors,
      threads: view.threads,
      cpu: (view.cpuMs - before.view.cpuMs) / (atMs - before.atMs),
      networkCpu: (network.cpuMs - before.network.cpuMs) / (atMs - before.atMs),
      networkResidentOctets: network.residentOctets,
      storeOctets: sumOf(metrics, 'callwake_shard_store_bytes'),
      storeFreeOctets: sumOf(metrics, 'callwake_shard_store_free_bytes'),
      calls: since('callwake_calls_attempted_total'),
      notices: since('callwake_notices_delivered_total'),
      answer: percentilesBetween(before.metrics, metrics, 'initialdp_to_answer'),
      notice: percentilesBetween(before.metrics, metrics, 'reachable_to_notice'),
      noticesWaiting: sumOf(metrics, 'callwake_notices_waiting'),
      commitP99Ms: 1000 * maxOf(metrics, 'callwake_shard_commit_p99_seconds'),
    };
  }
}
