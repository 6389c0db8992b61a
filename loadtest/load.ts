/** A generator in its thread, as whoever drives it sees it. */
import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import type { GeneratorOptions } from './generator.ts';
import {
  defaultGeneratorLimits,
  defaultNetworkPlan,
  type GeneratorLimits,
  type LoadReport,
  type NetworkPlan,
  type Phase,
  type PhaseReport,
} from './plan.ts';
import type { Done, Order } from './worker.ts';

export interface LoadOptions {
  readonly network?: Partial<NetworkPlan>;
  readonly limits?: Partial<GeneratorLimits>;
  readonly subscribers: number;
  readonly seed?: number;
  readonly absence?: 'hlr' | 'msc';
}

/** Beyond its planned time a phase ends when its dialogues have, or after this long. */
const PHASE_WITHIN_MS = 60_000;

export class Load {
  /** Where the engine is to connect to. */
  readonly port: number;
  readonly #worker: Worker;

  static async start(options: LoadOptions): Promise<Load> {
    const workerData: GeneratorOptions = {
      network: { ...defaultNetworkPlan, ...options.network },
      limits: { ...defaultGeneratorLimits, ...options.limits },
      subscribers: options.subscribers,
      seed: options.seed ?? 1,
      absence: options.absence ?? 'msc',
    };
    const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData, name: 'generator' });
    const listening = await answerOf(worker);
    assert(listening.kind === 'listening');
    return new Load(worker, listening.port);
  }

  private constructor(worker: Worker, port: number) {
    this.#worker = worker;
    this.port = port;
  }

  /** Resolves when the engine serves its application server. */
  async active(withinMs = 20_000): Promise<void> {
    const done = await this.#order({ kind: 'await-active', withinMs });
    assert(done.kind === 'await-active' && done.inTime, 'the engine did not become active');
  }

  async play(phase: Phase, withinMs = PHASE_WITHIN_MS): Promise<PhaseReport> {
    const done = await this.#order({ kind: 'play', phase, withinMs });
    assert(done.kind === 'play');
    return done.report;
  }

  /** Waits until the engine says nothing any more; false when it still did after `withinMs`. */
  async settle(quietMs = 1_000, withinMs = 60_000): Promise<boolean> {
    const done = await this.#order({ kind: 'settle', quietMs, withinMs });
    return done.kind === 'settle' && done.inTime;
  }

  async report(): Promise<LoadReport> {
    const done = await this.#order({ kind: 'report' });
    assert(done.kind === 'report');
    return done.report;
  }

  async stop(): Promise<void> {
    await this.#order({ kind: 'stop' });
    await this.#worker.terminate();
  }

  #order(order: Order): Promise<Done> {
    const answer = answerOf(this.#worker);
    this.#worker.postMessage(order);
    return answer;
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
    const onMessage = (done: Done): void => end(() => resolve(done));
    const onError = (error: Error): void => end(() => reject(error));
    const onExit = (): void => end(() => reject(new Error('the generator has ended')));
    worker.once('exit', onExit);
    worker.once('message', onMessage);
    worker.once('error', onError);
  });
}
