/**
 * Whether the engine took what has no answer. A report counts as taken when, in the same life of the engine, a message
 * of it arrived `takenAfterMs` or more after the report was sent. A life ends, as far as the network can see, when an
 * association comes or goes, or its traffic stops: what was sent before that and not proven yet is not counted as taken.
 */
import type { Clock } from '../types/clock.ts';

interface Watched {
  readonly sentAtMs: number;
  readonly settle: (taken: boolean) => void;
}

/** Waits for proof; `fail` settles it as not taken. */
export interface Proof {
  fail(): void;
}

export class Aliveness {
  readonly #clock: Clock;
  readonly #takenAfterMs: number;
  /** In the order of sending. */
  #watched: Watched[] = [];
  #life = 1;

  constructor(clock: Clock, takenAfterMs: number) {
    this.#clock = clock;
    this.#takenAfterMs = takenAfterMs;
  }

  get life(): number {
    return this.#life;
  }

  get pending(): number {
    return this.#watched.length;
  }

  /** A report has just been sent; `settle` is called once. */
  watch(settle: (taken: boolean) => void): Proof {
    const watched = { sentAtMs: this.#clock.monotonic(), settle };
    this.#watched.push(watched);
    return {
      fail: () => {
        const rest = this.#watched.filter((one) => one !== watched);
        if (rest.length === this.#watched.length) return;
        this.#watched = rest;
        settle(false);
      },
    };
  }

  /** A message of the engine arrived then, on each way to it. */
  heard(atMs: number): void {
    const before = atMs - this.#takenAfterMs;
    let count = 0;
    while (count < this.#watched.length && this.#watched[count]!.sentAtMs <= before) count++;
    if (count === 0) return;
    for (const { settle } of this.#watched.splice(0, count)) settle(true);
  }

  /** A life of the engine may have ended. */
  lifeEnded(): void {
    this.#life++;
    for (const { settle } of this.#watched.splice(0)) settle(false);
  }
}
