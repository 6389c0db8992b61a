/** The generators in their threads, as whoever drives them sees them: one load. */
import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import { revived } from '../src/types/operating-error.ts';
import type { GeneratorOptions } from './generator.ts';
import type { Latencies } from './latencies.ts';
import { mergedLatencies, mergedPhases, mergedReports } from './merge.ts';
import {
  defaultGeneratorLimits,
  defaultNetworkPlan,
  type GeneratorLimits,
  type LatencyName,
  type LoadReport,
  type NetworkPlan,
  networkOfWorker,
  type Phase,
  type PhaseReport,
  type Sample,
  SUBSCRIBERS_PER_WORKER_MAX,
  WORKERS_MAX,
} from './plan.ts';
import type { Played } from './playing.ts';
import type { Done, Order, Told } from './worker.ts';

export interface LoadOptions {
  readonly network?: Partial<NetworkPlan>;
  readonly limits?: Partial<GeneratorLimits>;
  /** In all: each generator has as many as the others. */
  readonly subscribers: number;
  readonly seed?: number;
  readonly absence?: 'hlr' | 'msc';
  readonly workers?: number;
}

/** A phase as all generators have played it. */
export interface PlayedPhase {
  readonly report: PhaseReport;
  readonly latencies: Readonly<Record<LatencyName, Latencies>>;
}

/** Beyond its planned time a phase ends when its dialogues have, or after this long. */
const PHASE_WITHIN_MS = 60_000;

export class Load {
  /** Where the engine is to connect to, of each generator. */
  readonly networks: readonly NetworkPlan[];
  readonly subscribersEach: number;
  readonly #workers: readonly Worker[];

  static async start(options: LoadOptions): Promise<Load> {
    const { workers: count = 1, subscribers, seed = 1 } = options;
    assert(count >= 1 && count <= WORKERS_MAX, `generators are 1 … ${WORKERS_MAX}`);
    const each = Math.ceil(subscribers / count);
    assert(count === 1 || each <= SUBSCRIBERS_PER_WORKER_MAX, 'too many subscribers for a generator');
    const plan = { ...defaultNetworkPlan, ...options.network };
    const started = Array.from({ length: count }, async (_, at) => {
      const network = networkOfWorker(plan, at);
      const workerData: GeneratorOptions = {
        network,
        limits: { ...defaultGeneratorLimits, ...options.limits },
        subscribers: each,
        seed: seed + at,
        absence: options.absence ?? 'msc',
        offset: at / count,
      };
      const worker = new Worker(new URL('./worker.js', import.meta.url), {
        workerData,
        name: `generator-${at}`,
      });
      const listening = await answerOf(worker);
      assert(listening.kind === 'listening');
      return { worker, network: { ...network, port: listening.port } };
    });
    const outcomes = await Promise.allSettled(started);
    const failed = outcomes.find((one) => one.status === 'rejected');
    const running = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    if (failed !== undefined) {
      await Promise.all(running.map(({ worker }) => worker.terminate()));
      throw failed.reason;
    }
    return new Load(running, each);
  }

  private constructor(
    running: readonly { readonly worker: Worker; readonly network: NetworkPlan }[],
    each: number,
  ) {
    this.#workers = running.map(({ worker }) => worker);
    this.networks = running.map(({ network }) => network);
    this.subscribersEach = each;
  }

  /** Of the first generator. */
  get port(): number {
    return this.networks[0]!.port;
  }

  /** What happens in each second from now on; each generator tells for itself. */
  sample(startedAtMs: number, tell: (sample: Sample) => void): void {
    for (const worker of this.#workers) {
      worker.on('message', (message: Done | Told) => {
        if (message.kind === 'second') tell(message.sample);
      });
      worker.postMessage({ kind: 'sample', startedAtMs } satisfies Order);
    }
  }

  /** Settles to whether the engine serves its application server over all associations. */
  async isActive(withinMs: number): Promise<boolean> {
    const all = await this.#order({ kind: 'await-active', withinMs });
    return all.every((done) => done.kind === 'await-active' && done.inTime);
  }

  /** Resolves when the engine serves its application server. */
  async active(withinMs = 20_000): Promise<void> {
    assert(await this.isActive(withinMs), 'the engine did not become active');
  }

  async play(phase: Phase, withinMs = PHASE_WITHIN_MS): Promise<PhaseReport> {
    return (await this.playInFull(phase, withinMs)).report;
  }

  async playInFull(phase: Phase, withinMs = PHASE_WITHIN_MS): Promise<PlayedPhase> {
    const count = this.#workers.length;
    const shared: Phase = {
      ...phase,
      ratePerSecond: phase.ratePerSecond / count,
      count: Math.max(1, Math.floor(phase.count / count)),
      ...(phase.hot === undefined || count === 1
        ? {}
        : { hot: { ...phase.hot, count: Math.max(1, Math.floor((phase.hot.count ?? 1) / count)) } }),
    };
    const played: Played[] = [];
    for (const done of await this.#order({ kind: 'play', phase: shared, withinMs })) {
      assert(done.kind === 'play');
      played.push(done.played);
    }
    const latencies = mergedLatencies(played.map(({ histograms }) => histograms));
    return {
      report: mergedPhases(
        played.map(({ report }) => report),
        latencies,
      ),
      latencies,
    };
  }

  /** What is played comes to its end at once: nobody is there any more to answer. */
  abandon(): void {
    for (const worker of this.#workers) worker.postMessage({ kind: 'abandon' } satisfies Order);
  }

  /** Waits until the engine says nothing any more; false when it still did after `withinMs`. */
  async settle(quietMs = 1_000, withinMs = 60_000): Promise<boolean> {
    const all = await this.#order({ kind: 'settle', quietMs, withinMs });
    return all.every((done) => done.kind === 'settle' && done.inTime);
  }

  async report(): Promise<LoadReport> {
    const reports: LoadReport[] = [];
    for (const done of await this.#order({ kind: 'report' })) {
      assert(done.kind === 'report');
      reports.push(done.report);
    }
    return mergedReports(reports);
  }

  async stop(): Promise<void> {
    await this.#order({ kind: 'stop' });
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #order(order: Order): Promise<Done[]> {
    const answers = this.#workers.map(answerOf);
    for (const worker of this.#workers) worker.postMessage(order);
    return Promise.all(answers);
  }
}

function answerOf(worker: Worker): Promise<Done> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('exit', onExit);
      settle();
    };
    const onMessage = (done: Done | Told): void => {
      if (done.kind !== 'second') end(() => resolve(done));
    };
    const onError = (error: unknown): void => {
      const whole = revived(error);
      end(() => reject(whole instanceof Error ? whole : new Error(String(whole))));
    };
    const onExit = (): void => end(() => reject(new Error('the generator has ended')));
    worker.once('exit', onExit);
    worker.on('message', onMessage);
    worker.once('error', onError);
  });
}
