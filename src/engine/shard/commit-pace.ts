/**
 * When a window is committed. A commit costs as much as a hundred events, most of it to wake those who do it: the first event
 * after a pause is committed at once, what follows it closely is gathered for a while.
 */
import type { Clock } from '../../types/clock.ts';
import type { TimerListener, Timers } from '../../types/timers.ts';

/** Timers are no finer: what is nearer is now. */
const TICK_MS = 1;

export interface CommitPaceOptions {
  readonly clock: Clock;
  readonly timers: Timers;
}

export class CommitPace implements TimerListener {
  readonly #options: CommitPaceOptions;
  readonly #windowMs: number;
  /** When the last commit began; monotonic. */
  #begunAtMs = -Infinity;
  #timer = 0;

  /** @param windowMs from the beginning of a commit to that of the next one, unless the window is full before */
  constructor(options: CommitPaceOptions, windowMs: number) {
    this.#options = options;
    this.#windowMs = windowMs;
  }

  committed(): void {
    this.#begunAtMs = this.#options.clock.monotonic();
  }

  /** Where not yet, the host has a turn when it is. */
  isDue(): boolean {
    const { clock, timers } = this.#options;
    const waitMs = this.#begunAtMs + this.#windowMs - clock.monotonic();
    if (waitMs < TICK_MS) return true;
    if (this.#timer === 0) this.#timer = timers.start(waitMs, this, 0, 0);
    return false;
  }

  stop(): void {
    this.#options.timers.stop(this.#timer);
  }

  onTimer(): void {
    this.#timer = 0;
  }
}
