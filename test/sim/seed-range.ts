/**
 * A range of seeds on several threads. What comes of it does not depend on how many there are: of those that fail the first
 * counts, and sums are sums.
 */
import { Worker } from 'node:worker_threads';
import type { Switches } from './run-plan.ts';
import type { SeedOutcome } from './run-seed.ts';

export interface RangeOptions {
  readonly base: number;
  readonly count: number;
  readonly generator: 1 | 2;
  readonly switches: Switches;
  readonly workers: number;
  readonly onProgress?: (done: number) => void;
}

export interface RangeSummary {
  readonly seeds: number;
  readonly virtualMs: number;
  readonly drainMaxMs: number;
  readonly callsMissed: number;
  readonly noticesDelivered: number;
  readonly repeated: number;
  readonly unacknowledged: number;
  /** How many runs had a fault switched on, by its name. */
  readonly faults: Readonly<Record<string, number>>;
  /** How often each thing was done. */
  readonly done: Readonly<Record<string, number>>;
}

export interface RangeOutcome {
  /** The failing run with the lowest number. */
  readonly failed: SeedOutcome | undefined;
  readonly summary: RangeSummary;
}

/** Seeds that a worker is handed at once. */
const CHUNK = 20;

export interface Chunk {
  readonly seeds: readonly number[];
  readonly generator: 1 | 2;
  readonly switches: Switches;
}

export async function runRange(options: RangeOptions): Promise<RangeOutcome> {
  const { base, count, generator, switches, onProgress } = options;
  const summary = new Summary();
  let failed: SeedOutcome | undefined;
  let next = base;
  const take = (): Chunk | undefined => {
    // What lies behind a failure need not be run.
    const end = Math.min(base + count, failed?.seed ?? Infinity, next + CHUNK);
    if (next >= end) return undefined;
    const seeds = Array.from({ length: end - next }, (_, index) => next + index);
    next = end;
    return { seeds, generator, switches };
  };
  const serve = (worker: Worker) =>
    new Promise<void>((resolve, reject) => {
      const hand = () => {
        const chunk = take();
        if (chunk !== undefined) return worker.postMessage(chunk);
        void worker.terminate().then(() => resolve());
      };
      worker.on('error', reject);
      worker.on('message', (outcomes: readonly SeedOutcome[]) => {
        for (const outcome of outcomes) {
          summary.add(outcome);
          if (outcome.broken.length > 0 && outcome.seed < (failed?.seed ?? Infinity)) failed = outcome;
        }
        onProgress?.(summary.seeds);
        hand();
      });
      hand();
    });
  const workers = Math.max(1, Math.min(options.workers, Math.ceil(count / CHUNK)));
  const entry = new URL('./seed-worker.js', import.meta.url);
  await Promise.all(Array.from({ length: workers }, () => serve(new Worker(entry))));
  return { failed, summary: summary.take() };
}

class Summary {
  seeds = 0;
  #virtualMs = 0;
  #drainMaxMs = 0;
  #callsMissed = 0;
  #noticesDelivered = 0;
  #repeated = 0;
  #unacknowledged = 0;
  readonly #faults = new Map<string, number>();
  readonly #done = new Map<string, number>();

  add({ report, faults, done, virtualMs, drainMs }: SeedOutcome): void {
    this.seeds++;
    this.#virtualMs += virtualMs;
    this.#drainMaxMs = Math.max(this.#drainMaxMs, drainMs);
    this.#callsMissed += report.callsMissed;
    this.#noticesDelivered += report.noticesDelivered;
    this.#repeated += report.repeated;
    this.#unacknowledged += report.unacknowledged;
    for (const name of faults) this.#faults.set(name, (this.#faults.get(name) ?? 0) + 1);
    for (const [name, times] of done) this.#done.set(name, (this.#done.get(name) ?? 0) + times);
  }

  take(): RangeSummary {
    const sorted = (counts: Map<string, number>) =>
      Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
    return {
      seeds: this.seeds,
      virtualMs: this.#virtualMs,
      drainMaxMs: this.#drainMaxMs,
      callsMissed: this.#callsMissed,
      noticesDelivered: this.#noticesDelivered,
      repeated: this.#repeated,
      unacknowledged: this.#unacknowledged,
      faults: sorted(this.#faults),
      done: sorted(this.#done),
    };
  }
}
