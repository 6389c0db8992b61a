/**
 * Deadlines of the shard's actors. An actor's record holds its next one; a coarse index in the store loads the near
 * future into the wheel. A firing carries its generation, so that a stale one is ignored.
 */
import type { SubscriberState } from '../../types/model/state.ts';
import type { Timers } from '../../types/timers.ts';

const DEADLINE = 1;
const LOAD = 2;

/** How far ahead deadlines are in the wheel; farther ones wait in the store's index. */
export const HORIZON_MS = 120_000;
const LOAD_EVERY_MS = 30_000;

interface Armed {
  readonly number: string;
  readonly generation: number;
  readonly handle: number;
  readonly slot: number;
}

export interface DeadlinesOptions {
  readonly timers: Timers;
  readonly now: () => number;
  readonly onDeadline: (number: string, generation: number) => void;
  /** Time to look at the store's index again. */
  readonly onLoad: (untilMs: number) => void;
}

export class Deadlines {
  readonly #options: DeadlinesOptions;
  readonly #byNumber = new Map<string, Armed>();
  readonly #bySlot = new Map<number, Armed>();
  #slot = 0;
  #loading = 0;

  constructor(options: DeadlinesOptions) {
    this.#options = options;
  }

  get armed(): number {
    return this.#bySlot.size;
  }

  start(): void {
    this.#load();
  }

  stop(): void {
    this.#options.timers.stop(this.#loading);
    for (const { handle } of this.#bySlot.values()) this.#options.timers.stop(handle);
    this.#bySlot.clear();
    this.#byNumber.clear();
  }

  /** Follows a change of an actor's deadline. */
  update({ number, deadlineAtMs, deadlineGeneration }: SubscriberState): void {
    const known = this.#byNumber.get(number);
    if (known !== undefined) {
      if (deadlineAtMs !== 0 && known.generation === deadlineGeneration) return;
      this.#options.timers.stop(known.handle);
      this.#byNumber.delete(number);
      this.#bySlot.delete(known.slot);
    }
    const waitMs = deadlineAtMs - this.#options.now();
    if (deadlineAtMs === 0 || waitMs > HORIZON_MS) return;
    const slot = ++this.#slot;
    const handle = this.#options.timers.start(Math.max(0, waitMs), this, DEADLINE, slot);
    const armed = { number, generation: deadlineGeneration, handle, slot };
    this.#byNumber.set(number, armed);
    this.#bySlot.set(slot, armed);
  }

  onTimer(kind: number, key: number): void {
    if (kind === LOAD) return this.#load();
    const armed = this.#bySlot.get(key);
    if (armed === undefined) return;
    this.#bySlot.delete(key);
    this.#byNumber.delete(armed.number);
    this.#options.onDeadline(armed.number, armed.generation);
  }

  #load(): void {
    this.#options.onLoad(this.#options.now() + HORIZON_MS);
    this.#loading = this.#options.timers.start(LOAD_EVERY_MS, this, LOAD, 0);
  }
}
