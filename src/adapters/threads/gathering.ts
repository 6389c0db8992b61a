/**
 * Whether a busy thread waits some milliseconds for more to come before its next turn. A turn has costs that do not depend on what
 * there is to do in it: its wake-up, those of the threads that it answers, their writes to sockets, a commit. Where a turn
 * follows the other for single events they are most of what is spent; so above a rate of turns a thread has no doorbell
 * rung for it, and looks at its rings some hundred times a second.
 */

/** Rates are looked at over so long. */
const STRETCH_MS = 50;
/** Turns with work in a stretch from which on a thread gathers. */
const BEGINS_AT_TURNS = 50;
/** Work in a stretch, records and the like, below which it gathers no longer. */
const ENDS_BELOW_WORK = 50;

export class Gathering {
  #stretchFromMs = 0;
  #turns = 0;
  #work = 0;
  #gathers = false;

  /** Notes what a turn has done; returns whether the next one is to wait. */
  noteTurn(nowMs: number, work: number): boolean {
    if (nowMs - this.#stretchFromMs >= STRETCH_MS) {
      this.#gathers = this.#gathers ? this.#work >= ENDS_BELOW_WORK : this.#turns >= BEGINS_AT_TURNS;
      this.#turns = 0;
      this.#work = 0;
      this.#stretchFromMs = nowMs;
    }
    this.#work += work;
    if (work > 0) this.#turns++;
    return this.#gathers;
  }
}
