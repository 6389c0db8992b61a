/** How the threads do, as the pages show it: this one, which is the main thread, and those of the engine. */
import type { Thread } from '../../web/live-source.ts';
import { heartbeatMemory, startHeartbeat } from '../threads/heartbeat.ts';
import { PauseMeter, type RuntimeReport } from '../threads/pauses.ts';
import type { ThreadState } from '../threads/supervisor.ts';
import { LagMeter, type PartReport } from './reports.ts';

export class LiveThreads {
  readonly #lags = new Map<string, number>();
  readonly #runtimes = new Map<string, RuntimeReport>();
  readonly #gcBefore = new Map<string, number>();
  readonly #mainPauses = new PauseMeter();
  readonly #mainLag = new LagMeter();
  readonly #mainHeart = startHeartbeat(heartbeatMemory(), this.#mainLag.note);

  take(name: string, { lagMs, runtime }: PartReport): void {
    this.#lags.set(name, lagMs);
    if (runtime !== undefined) this.#runtimes.set(name, runtime);
  }

  /** @param seconds since this was asked before */
  now(threads: readonly ThreadState[], seconds: number): Thread[] {
    const main = {
      name: 'main',
      alive: true,
      restarts: 0,
      loopLagP99Ms: this.#mainLag.take(),
      ...this.#runtimeOf('main', this.#mainPauses.take(), seconds),
    };
    const others = threads.map(({ name, alive, restarts }) => ({
      name,
      alive,
      restarts,
      loopLagP99Ms: alive ? (this.#lags.get(name) ?? 0) : 0,
      ...this.#runtimeOf(name, alive ? this.#runtimes.get(name) : undefined, seconds),
    }));
    return [main, ...others];
  }

  close(): void {
    this.#mainHeart.stop();
    this.#mainPauses.close();
  }

  #runtimeOf(name: string, report: RuntimeReport | undefined, seconds: number) {
    const gcMs = report?.gcMs ?? 0;
    const grown = Math.max(0, gcMs - (this.#gcBefore.get(name) ?? gcMs));
    this.#gcBefore.set(name, gcMs);
    return {
      gcCount: report?.gcCount ?? 0,
      gcMs,
      gcLongestMs: report?.gcLongestMs ?? 0,
      heapOctets: report?.heapOctets ?? 0,
      busy: report?.busy ?? 0,
      gcMsPerSecond: grown / seconds,
    };
  }
}
