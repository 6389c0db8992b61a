/**
 * Keeps a thread running: starts it, starts it anew when it has died or its event loop no longer turns, with a pause that
 * grows, and says so; stops it in order.
 */
import { Worker } from 'node:worker_threads';
import type { Counters } from '../../types/counters.ts';
import type { Log } from '../../types/log.ts';
import { revived } from '../../types/operating-error.ts';
import type { DoorbellMemory } from '../rings/doorbell.ts';
import { beatsOf, heartbeatMemory } from './heartbeat.ts';
import type { ThreadData, ThreadOrder, ThreadReport } from './messages.ts';

export interface ThreadOptions {
  readonly name: string;
  /** The built entry module, which calls `hostPart`. */
  readonly entry: URL;
  /** Asked at every start: rings and configuration for the part. */
  readonly data: (restarts: number) => unknown;
  readonly doorbell?: DoorbellMemory;
  readonly log: Log;
  /** Counts `thread.started`, `thread.died`, `thread.stalled`. */
  readonly counters: Counters;
  /** Called when the thread has ended unbidden, before it is started again. */
  readonly onDeath?: (error: unknown) => void;
  /** What the thread posts besides its reports to the supervisor. */
  readonly onMessage?: (message: unknown) => void;
  readonly limits?: Partial<ThreadLimits>;
}

export interface ThreadLimits {
  /** Pause before the first start after a death; doubles with every further one. */
  readonly pauseMs: number;
  readonly pauseMaxMs: number;
  /** A thread that has run for so long starts with the first pause again. */
  readonly soundMs: number;
  /** An event loop that has not turned for so long is given up. */
  readonly stallMs: number;
}

export const defaultThreadLimits: ThreadLimits = {
  pauseMs: 50,
  pauseMaxMs: 5_000,
  soundMs: 60_000,
  stallMs: 10_000,
};

export interface ThreadState {
  readonly name: string;
  readonly alive: boolean;
  readonly restarts: number;
}

export class SupervisedThread {
  readonly #options: ThreadOptions;
  readonly #limits: ThreadLimits;
  #worker: Worker | undefined;
  #restarts = 0;
  #ready = false;
  #stopping = false;
  #pauseMs: number;
  #startedAtMs = 0;
  #heartbeat = heartbeatMemory();
  #beats = 0;
  #beatAtMs = 0;
  #lookedAtMs = 0;
  #watch: NodeJS.Timeout | undefined;
  #pause: NodeJS.Timeout | undefined;
  #waiting: { resolve: () => void; reject: (error: unknown) => void }[] = [];

  constructor(options: ThreadOptions) {
    this.#options = options;
    this.#limits = { ...defaultThreadLimits, ...options.limits };
    this.#pauseMs = this.#limits.pauseMs;
  }

  get state(): ThreadState {
    return { name: this.#options.name, alive: this.#ready, restarts: this.#restarts };
  }

  /** Starts it; resolves when its part runs. Rejects when the first start fails: what cannot start is not started again. */
  start(): Promise<void> {
    this.#watch = setInterval(() => this.#look(), this.#lookEveryMs);
    this.#watch.unref();
    this.#spawn();
    return this.whenReady();
  }

  get #lookEveryMs(): number {
    return Math.max(10, this.#limits.stallMs / 4);
  }

  /** Resolves when the part runs, at once when it does. */
  whenReady(): Promise<void> {
    if (this.#ready) return Promise.resolve();
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** Lets the part drain and close within `deadlineMs`; a thread that has not ended by then is cut off. */
  async stop(deadlineMs: number): Promise<'drained' | 'undrained' | 'cut-off'> {
    this.#stopping = true;
    clearInterval(this.#watch);
    clearTimeout(this.#pause);
    const worker = this.#worker;
    if (worker === undefined) return 'drained';
    const { name, log } = this.#options;
    const outcome = { drained: false };
    worker.on('message', (message: ThreadReport) => {
      if (message.kind === 'stopped') outcome.drained = message.drained;
    });
    const ended = new Promise<boolean>((resolve) => worker.once('exit', () => resolve(true)));
    // The last tenth is for the end of the thread itself.
    worker.postMessage({ kind: 'stop', deadlineMs: deadlineMs * 0.9 } satisfies ThreadOrder);
    let patience: NodeJS.Timeout | undefined;
    const timeIsUp = new Promise<boolean>((resolve) => {
      patience = setTimeout(() => resolve(false), deadlineMs);
    });
    const inOrder = await Promise.race([ended, timeIsUp]);
    clearTimeout(patience);
    if (inOrder) return outcome.drained ? 'drained' : 'undrained';
    log.warn('thread.cut-off', { thread: name, deadlineMs });
    await worker.terminate();
    return 'cut-off';
  }

  /** Tells the part something while it runs; a thread that is just being started anew gets it from its data instead. */
  tell(order: unknown): void {
    if (this.#stopping) return;
    this.#worker?.postMessage({ kind: 'order', order } satisfies ThreadOrder);
  }

  #spawn(): void {
    const { name, entry, data, doorbell, counters, onMessage } = this.#options;
    this.#heartbeat = heartbeatMemory();
    this.#startedAtMs = performance.now();
    this.#beats = 0;
    counters.count('thread.started');
    const workerData: ThreadData = {
      name,
      heartbeat: this.#heartbeat,
      doorbell,
      restarts: this.#restarts,
      data: data(this.#restarts),
    };
    const worker = new Worker(entry, { workerData, name });
    this.#worker = worker;
    let reason: unknown;
    worker.on('error', (error) => {
      reason = revived(error);
    });
    worker.on('message', (message: ThreadReport | { readonly kind: unknown }) => {
      if (message.kind === 'ready') this.#becameReady();
      else if (message.kind !== 'stopped') onMessage?.(message);
    });
    worker.once('exit', (code) => this.#ended(worker, reason ?? new Error(`ended with code ${code}`)));
  }

  #becameReady(): void {
    this.#ready = true;
    this.#beatAtMs = performance.now();
    for (const { resolve } of this.#waiting.splice(0)) resolve();
  }

  #ended(worker: Worker, reason: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    const wasReady = this.#ready;
    this.#ready = false;
    if (this.#stopping) return;
    const { name, log, counters, onDeath } = this.#options;
    counters.count('thread.died');
    if (!wasReady && this.#restarts === 0) {
      this.#stopping = true;
      clearInterval(this.#watch);
      for (const { reject } of this.#waiting.splice(0)) reject(reason);
      return;
    }
    if (performance.now() - this.#startedAtMs >= this.#limits.soundMs) this.#pauseMs = this.#limits.pauseMs;
    this.#restarts++;
    log.error('thread.died', {
      thread: name,
      error: reason,
      restarts: this.#restarts,
      pauseMs: this.#pauseMs,
    });
    onDeath?.(reason);
    this.#pause = setTimeout(() => this.#spawn(), this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, this.#limits.pauseMaxMs);
  }

  #look(): void {
    const lookedMs = performance.now() - this.#lookedAtMs;
    this.#lookedAtMs += lookedMs;
    // Who looks has stood still itself, and with it perhaps the whole process (SIGSTOP, a machine that slept): it says nothing of the thread.
    if (lookedMs > 2 * this.#lookEveryMs) this.#beatAtMs = this.#lookedAtMs;
    const worker = this.#worker;
    // Until it is ready it may be busy with the recovery of a large store.
    if (worker === undefined || !this.#ready) return;
    const beats = beatsOf(this.#heartbeat);
    const nowMs = performance.now();
    if (beats !== this.#beats) {
      this.#beats = beats;
      this.#beatAtMs = nowMs;
    } else if (nowMs - this.#beatAtMs >= this.#limits.stallMs) {
      const { name, log, counters } = this.#options;
      counters.count('thread.stalled');
      log.error('thread.stalled', { thread: name, forMs: Math.round(nowMs - this.#beatAtMs) });
      this.#beatAtMs = nowMs;
      void worker.terminate();
    }
  }
}
