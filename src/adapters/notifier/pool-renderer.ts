import { Piscina } from 'piscina';
import type { NoticeRenderer, RenderOutcome } from '../../engine/renderer.ts';
import type { SmsAddress } from '../../stack/sms/address.ts';
import type { Counters } from '../../types/counters.ts';
import type { Notice } from '../../types/model/notice.ts';
import { type PackedBatch, unpackBatch } from './packed-batch.ts';
import type { NotifierWorkerData } from './worker.ts';

export interface PoolRendererOptions {
  /** Template files as text, checked with `parseTemplates`. */
  readonly templateSources: readonly string[];
  readonly originatingAddress: SmsAddress;
  readonly counters: Counters;
  /** Threads; default 1. */
  readonly threads?: number;
  /** Batches that may wait beside those being rendered; one more is refused as busy. Default 32. */
  readonly waitingMax?: number;
  /** After this long, waiting included, a batch fails and the worker that has it is ended. Default 10 000. */
  readonly batchTimeoutMs?: number;
  /** Another worker module: for tests of workers that die. */
  readonly workerFile?: string;
}

/**
 * The renderer on a Piscina pool. A worker that dies fails the batch that it had, as a value, and is replaced; a pool that has lost all its
 * workers (Piscina starts none again when one dies while it starts) is replaced as a whole with the next batch.
 *
 * Counters: `notifier.batch.rendered | busy | crashed | timed-out`, `notifier.notice.rendered | fault`,
 * `notifier.fallback.<which>`, `notifier.worker.died`, `notifier.pool.replaced`.
 */
export class PoolRenderer implements NoticeRenderer {
  readonly #options: PoolRendererOptions;
  readonly #threads: number;
  readonly #pendingMax: number;
  readonly #timeoutMs: number;
  /** Undefined: its last worker died with batches waiting; the next batch starts another. */
  #pool: Piscina<readonly Notice[], PackedBatch> | undefined;
  #pending = 0;
  #closed = false;

  constructor(options: PoolRendererOptions) {
    this.#options = options;
    this.#threads = options.threads ?? 1;
    this.#pendingMax = this.#threads + (options.waitingMax ?? 32);
    this.#timeoutMs = options.batchTimeoutMs ?? 10_000;
    this.#pool = this.#start();
  }

  /** Batches handed in and not yet answered. */
  get pending(): number {
    return this.#pending;
  }

  async render(batch: readonly Notice[]): Promise<RenderOutcome> {
    const { counters } = this.#options;
    if (this.#closed) return { ok: false, code: 'closed', detail: 'the renderer was closed' };
    if (this.#pending >= this.#pendingMax) {
      counters.count('notifier.batch.busy');
      return { ok: false, code: 'busy', detail: `${this.#pending} batches are waiting` };
    }
    if (this.#pool === undefined || this.#pool.threads.length === 0) this.#pool = this.#replace();
    const overdue = new AbortController();
    const timer = setTimeout(() => overdue.abort(), this.#timeoutMs);
    this.#pending++;
    try {
      const { rendered, faults } = unpackBatch(await this.#pool.run(batch, { signal: overdue.signal }));
      counters.count('notifier.batch.rendered');
      counters.count('notifier.notice.rendered', rendered.length - faults.length);
      if (faults.length > 0) counters.count('notifier.notice.fault', faults.length);
      for (const notice of rendered)
        for (const fallback of notice?.fallbacks ?? []) counters.count(`notifier.fallback.${fallback}`);
      return { ok: true, rendered, faults };
    } catch (error) {
      const code = this.#isClosed() ? 'closed' : overdue.signal.aborted ? 'timed-out' : 'crashed';
      counters.count(`notifier.batch.${code}`);
      return { ok: false, code, detail: error instanceof Error ? error.message : String(error) };
    } finally {
      clearTimeout(timer);
      this.#pending--;
    }
  }

  /** Ends the workers; batches that they have fail as closed. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#pool?.destroy();
  }

  /** It may have been closed while a batch was on its way. */
  #isClosed(): boolean {
    return this.#closed;
  }

  #start(): Piscina<readonly Notice[], PackedBatch> {
    const { templateSources, originatingAddress, workerFile, counters } = this.#options;
    const workerData: NotifierWorkerData = { templateSources, originatingAddress };
    const pool = new Piscina<readonly Notice[], PackedBatch>({
      filename: workerFile ?? new URL('./worker.js', import.meta.url).href,
      name: 'default',
      minThreads: this.#threads,
      maxThreads: this.#threads,
      maxQueue: this.#pendingMax,
      workerData,
      // Its histogram costs a timer and a record for each task, and is read by nobody.
      recordTiming: false,
    });
    // A worker that dies with nothing to do fails no batch; without a listener it would end the process.
    pool.on('error', () => {
      counters.count('notifier.worker.died');
      if (pool.threads.length > 0 || this.#pool !== pool) return;
      this.#pool = undefined;
      this.#end(pool);
    });
    return pool;
  }

  #replace(): Piscina<readonly Notice[], PackedBatch> {
    this.#options.counters.count('notifier.pool.replaced');
    if (this.#pool !== undefined) this.#end(this.#pool);
    return this.#start();
  }

  /** Batches that wait in the pool fail, as crashed. */
  #end(pool: Piscina<readonly Notice[], PackedBatch>): void {
    pool.destroy().catch(() => this.#options.counters.count('notifier.worker.died'));
  }
}
