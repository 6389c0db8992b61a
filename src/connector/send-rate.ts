/**
 * How many sends a second: a token bucket whose rate halves when the far side says that it is too much, and comes back step
 * by step while it does not.
 */

/** Throttling answers within this time are one: they were on their way when the rate was cut. */
const SETTLE_MS = 1_000;
/** From one step back up to the next, while nobody says that it is too much. */
const STEP_MS = 5_000;
/** A step, as a share of the full rate. */
const STEP = 0.1;
/** The least rate, as a share of the full one. */
const FLOOR = 0.01;
/** What may go at once after a pause, as a share of a second. */
const BURST_S = 0.1;
/** Nobody makes us wait longer than this by a Retry-After. */
const HOLD_MAX_MS = 300_000;

export class SendRate {
  readonly perSecondMax: number;
  readonly #now: () => number;
  #perSecond: number;
  #tokens: number;
  #filledMs: number;
  /** When it was cut last, and when it last came up a step. */
  #cutMs = Number.NEGATIVE_INFINITY;
  #steppedMs = 0;
  #heldUntilMs = Number.NEGATIVE_INFINITY;

  /** @param now monotonic milliseconds */
  constructor(perSecondMax: number, now: () => number) {
    this.perSecondMax = perSecondMax;
    this.#now = now;
    this.#perSecond = perSecondMax;
    this.#tokens = this.#burst;
    this.#filledMs = now();
  }

  get perSecond(): number {
    this.#fill(this.#now());
    return this.#perSecond;
  }

  /** Until the next send may begin; 0: now. */
  waitMs(): number {
    const now = this.#now();
    this.#fill(now);
    const lacking = Math.max(0, 1 - this.#tokens);
    return Math.max(Math.ceil((lacking / this.#perSecond) * 1_000), this.#heldUntilMs - now, 0);
  }

  /** A send begins. */
  take(): void {
    this.#fill(this.#now());
    this.#tokens--;
  }

  throttled(retryAfterMs = 0): void {
    const now = this.#now();
    this.#fill(now);
    this.#heldUntilMs = Math.max(this.#heldUntilMs, now + Math.min(retryAfterMs, HOLD_MAX_MS));
    if (now - this.#cutMs < SETTLE_MS) return;
    this.#perSecond = Math.max(this.#perSecond / 2, this.perSecondMax * FLOOR);
    this.#cutMs = now;
    this.#steppedMs = now;
  }

  get #burst(): number {
    return Math.max(1, this.#perSecond * BURST_S);
  }

  #fill(now: number): void {
    const filled = this.#tokens + ((now - this.#filledMs) / 1_000) * this.#perSecond;
    this.#filledMs = now;
    if (this.#perSecond < this.perSecondMax) {
      const steps = Math.floor((now - this.#steppedMs) / STEP_MS);
      this.#perSecond = Math.min(this.perSecondMax, this.#perSecond + steps * STEP * this.perSecondMax);
      this.#steppedMs += steps * STEP_MS;
    }
    this.#tokens = Math.min(this.#burst, filled);
  }
}
