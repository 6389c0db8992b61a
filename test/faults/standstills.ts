/**
 * When the machine itself stood still, for its processors or its disk: measured beside the engine, by a timer and a write that is to be
 * durable. A machine that does so lets calls go that no fault of ours has met.
 */
import { closeSync, fdatasync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Down, sinceEpochMs } from './network-messages.ts';

const EVERY_MS = 100;
/** What is durable later than this keeps a call waiting for longer than it may. */
const LATE_MS = 150;
const KEPT_MAX = 1_000;

const durable = promisify(fdatasync);

export class Standstills {
  /** The last ones. */
  readonly seen: Down[] = [];
  readonly #file: number;
  readonly #over = new AbortController();
  readonly #watching: Promise<void>;

  /** @param folder on the disk that the engine writes to */
  constructor(folder: string) {
    this.#file = openSync(path.join(folder, 'standstills'), 'w');
    this.#watching = this.#watch();
  }

  /** Their sum. */
  get lastedMs(): number {
    return Math.round(this.seen.reduce((sum, { fromMs, untilMs }) => sum + untilMs - fromMs, 0));
  }

  async stop(): Promise<void> {
    this.#over.abort();
    await this.#watching;
  }

  async #watch(): Promise<void> {
    const { signal } = this.#over;
    for (;;) {
      const dueMs = sinceEpochMs() + EVERY_MS;
      await sleep(EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) break;
      try {
        writeSync(this.#file, '.', 0);
        await durable(this.#file);
      } catch {
        // A disk that is full or broken is a fault of ours, and known as one.
        continue;
      }
      const nowMs = sinceEpochMs();
      if (nowMs - dueMs > LATE_MS) this.seen.push({ fromMs: dueMs, untilMs: nowMs });
      if (this.seen.length > KEPT_MAX) this.seen.shift();
    }
    closeSync(this.#file);
  }
}
