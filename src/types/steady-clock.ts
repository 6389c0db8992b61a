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

export class SteadyClock implements Clock {
  readonly #clock: Clock;
  #lastMs = Number.NEGATIVE_INFINITY;
  #smoothingSince: { readonly shownMs: number; readonly monotonicMs: number } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    const wallMs = this.#clock.now();
    const shownMs = this.#smoothed(wallMs);
    if (shownMs === undefined) this.#smoothingSince = undefined;
    this.#lastMs = shownMs ?? wallMs;
    return this.#lastMs;
  }

  /** Undefined: what the other clock shows will do. */
  #smoothed(wallMs: number): number | undefined {
    if (this.#smoothingSince === undefined && wallMs >= this.#lastMs) return undefined;
    const monotonicMs = this.#clock.monotonic();
    this.#smoothingSince ??= { shownMs: this.#lastMs, monotonicMs };
    const since = this.#smoothingSince;
    const shownMs = Math.max(this.#lastMs, Math.floor(since.shownMs + (monotonicMs - since.monotonicMs) / 2));
    return wallMs >= shownMs || shownMs - wallMs > STEP_SMOOTHED_MAX_MS ? undefined : shownMs;
  }

  monotonic(): number {
    return this.#clock.monotonic();
  }
}
