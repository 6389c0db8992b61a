/**
 * How long a decision that is asked for now will be waited for: by how many are waited for, and how many came in a time
 * (Little's law). The rate is the best of late, for when little is asked little is answered; one that was too good to be
 * true is put right by the first decision that comes too late.
 */

/** So many at once are no backlog on any machine. */
const FEW = 256;
const MEASURE_MS = 20;
/** A best rate is forgotten by half in this time. */
const HALF_LIFE_MS = 10_000;

export class DecisionBacklog {
  #perMs = 0;
  #answered = 0;
  #sinceMs = 0;

  /** A decision came. */
  answered(): void {
    this.#answered++;
  }

  /** Looks at what came since the last look; once a turn. */
  measure(nowMs: number): void {
    const tookMs = nowMs - this.#sinceMs;
    if (tookMs < MEASURE_MS) return;
    const faded = this.#perMs * 0.5 ** (tookMs / HALF_LIFE_MS);
    this.#perMs = Math.max(this.#answered / tookMs, faded);
    this.#answered = 0;
    this.#sinceMs = nowMs;
  }

  /** One of `waiting` decisions did not come within `lateMs`. */
  late(waiting: number, lateMs: number): void {
    this.#perMs = Math.min(this.#perMs, waiting / lateMs);
  }

  /** What the last of `waiting` decisions has to wait. */
  waitMs(waiting: number): number {
    return waiting <= FEW || this.#perMs === 0 ? 0 : waiting / this.#perMs;
  }
}
