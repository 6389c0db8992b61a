/**
 * Timers of one life of a part. Between threads a part's timers die with its thread; in one thread they share the host's
 * wheel, and what a dead part has started must not reach it any more: it would write into rings that are its successor's.
 */
import type { TimerListener, Timers } from '../types/timers.ts';

export class MortalTimers implements Timers {
  readonly #timers: Timers;
  readonly #mortal = new WeakMap<TimerListener, TimerListener>();
  #alive = true;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  start(delayMs: number, listener: TimerListener, kind: number, key: number): number {
    let mortal = this.#mortal.get(listener);
    if (mortal === undefined) {
      mortal = {
        onTimer: (firedKind, firedKey) => {
          if (this.#alive) listener.onTimer(firedKind, firedKey);
        },
      };
      this.#mortal.set(listener, mortal);
    }
    return this.#timers.start(delayMs, mortal, kind, key);
  }

  stop(handle: number): void {
    this.#timers.stop(handle);
  }

  now(): number {
    return this.#timers.now();
  }

  /** The life is over: nothing fires any more. */
  end(): void {
    this.#alive = false;
  }
}
