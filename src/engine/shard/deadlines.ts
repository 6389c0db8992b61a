/**
 * Deadlines of the shard's actors. An actor's record holds its next one; a coarse index in the store loads the near
 * future into the wheel. A firing carries its generation, so that a stale one is ignored.
 */

import type { Counters } from '../../types/counters.ts';
import type { SubscriberState } from '../../types/model/state.ts';
import type { Timers } from '../../types/timers.ts';
import type { SetBacks } from './set-backs.ts';

const DEADLINE = 1;
const LOAD = 2;

/** How far ahead deadlines are in the wheel; farther ones wait in the store's index. */
export const HORIZON_MS = 120_000;
const LOAD_EVERY_MS = 30_000;
/** Deadlines in the wheel; what comes beyond waits in the store's index for the next look. */
export const ARMED_MAX = 200_000;
/** One that cannot be worked on now comes again after this long. */
const AGAIN_MS = 5;

interface Armed {
  readonly number: string;
  readonly generation: number;
  handle: number;
  readonly slot: number;
}

export interface DeadlinesOptions {
  readonly timers: Timers;
  /** The time, and which deadlines are too late by it. */
  readonly clock: SetBacks;
  readonly counters: Counters;
  /** False: not now. */
  readonly onDeadline: (number: string, generation: number) => boolean;
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

  /** Follows a change of an actor's deadline. False: there is no room for it in the wheel. */
  update(state: SubscriberState): boolean {
    const { number, deadlineAtMs, deadlineGeneration } = state;
    const known = this.#byNumber.get(number);
    if (known !== undefined) {
      if (deadlineAtMs !== 0 && known.generation === deadlineGeneration) return true;
      this.#options.timers.stop(known.handle);
      this.#byNumber.delete(number);
      this.#bySlot.delete(known.slot);
    }
    const { clock } = this.#options;
    const waitMs = deadlineAtMs - clock.now() - clock.of(state);
    if (deadlineAtMs === 0 || waitMs > HORIZON_MS) return true;
    if (this.#bySlot.size >= ARMED_MAX) {
      this.#options.counters.count('shard.deadline-deferred');
      return false;
    }
    const slot = ++this.#slot;
    const handle = this.#options.timers.start(Math.max(0, waitMs), this, DEADLINE, slot);
    const armed = { number, generation: deadlineGeneration, handle, slot };
    this.#byNumber.set(number, armed);
    this.#bySlot.set(slot, armed);
    return true;
  }

  onTimer(kind: number, key: number): void {
    if (kind === LOAD) return this.#load();
    const armed = this.#bySlot.get(key);
    if (armed === undefined) return;
    this.#bySlot.delete(key);
    this.#byNumber.delete(armed.number);
    if (this.#options.onDeadline(armed.number, armed.generation)) return;
    armed.handle = this.#options.timers.start(AGAIN_MS, this, DEADLINE, key);
    this.#bySlot.set(key, armed);
    this.#byNumber.set(armed.number, armed);
  }

  #load(): void {
    const { clock, onLoad } = this.#options;
    onLoad(clock.now() + HORIZON_MS + clock.mostMs);
    this.#loading = this.#options.timers.start(LOAD_EVERY_MS, this, LOAD, 0);
  }
}
