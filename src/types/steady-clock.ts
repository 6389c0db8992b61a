/**
 * A wall clock that a small step back does not turn back: it goes at half its speed until the other one has caught up.
 *
 * Actors compare the times of facts: whether a sign of life is younger than a call that failed, or than the try that met
 * nobody. A clock that goes back by seconds, as a correction over NTP does, would make evidence of before look like a return.
 * A large step is followed at once, as people read these times; facts that lie far in the future are known by that.
 */
import type { Clock } from './clock.ts';

/** Steps back of up to this are smoothed. Twice as long as what passes for events that overtake one another (`Draft`). */
export const STEP_SMOOTHED_MAX_MS = 60_000;
/** Large steps back that are remembered: the latest times that were shown before one. */
const MARKS_MAX = 16;

export class SteadyClock implements Clock {
  readonly #clock: Clock;
  #lastMs = Number.NEGATIVE_INFINITY;
  /**
   * Times that were shown before a large step back, in order. When the time nears one of them again, after whatever further
   * steps, it is passed at once: what was stamped with it must not look as if it came a little later than now.
   */
  #marks: readonly number[] = [];
  #slowedSince: { readonly shownMs: number; readonly monotonicMs: number } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A time that an earlier life has shown: the clock may have been set back while nobody looked. */
  notBefore(atMs: number): void {
    this.#mark(atMs);
  }

  now(): number {
    const wallMs = this.#clock.now();
    const isPastAll = this.#lastMs >= (this.#marks.at(-1) ?? Number.NEGATIVE_INFINITY);
    if (wallMs >= this.#lastMs && isPastAll && this.#slowedSince === undefined) {
      this.#lastMs = wallMs;
      return wallMs;
    }
    let shownMs = this.#slowed(wallMs);
    for (const mark of [...this.#marks, this.#lastMs].sort((a, b) => a - b)) {
      if (mark <= shownMs || mark - shownMs > STEP_SMOOTHED_MAX_MS) continue;
      shownMs = mark;
      this.#slowedSince = { shownMs, monotonicMs: this.#clock.monotonic() };
    }
    if (shownMs < this.#lastMs) this.#mark(this.#lastMs);
    this.#lastMs = shownMs;
    return shownMs;
  }

  monotonic(): number {
    return this.#clock.monotonic();
  }

  #slowed(wallMs: number): number {
    if (this.#slowedSince === undefined) return wallMs;
    const { shownMs: fromMs, monotonicMs } = this.#slowedSince;
    const shownMs = Math.floor(fromMs + (this.#clock.monotonic() - monotonicMs) / 2);
    if (shownMs > wallMs && shownMs - wallMs <= STEP_SMOOTHED_MAX_MS) return shownMs;
    this.#slowedSince = undefined;
    return wallMs;
  }

  #mark(atMs: number): void {
    this.#marks = [...this.#marks, atMs].sort((a, b) => a - b).slice(-MARKS_MAX);
  }
}
