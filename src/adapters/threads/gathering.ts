/**
 * Whether a busy thread waits a millisecond for more to come before its next turn. A turn has costs that do not depend on what
 * there is to do in it: its wake-up, those of the threads that it answers, their writes to sockets, a commit. Where a turn
 * follows the other for single events they are most of what is spent; so above a rate of turns a thread has no doorbell
 * rung for it, and looks at its rings once in a millisecond.
 */

/** The rate of turns is looked at over so long. */
const STRETCH_MS = 20;
/** Turns with work in a stretch: from so many on a thread gathers, below the other it does no longer. */
const BEGINS_AT = 40;
const ENDS_BELOW = 10;

export class Gathering {
  #stretchFromMs = 0;
  #turns = 0;
  #gathers = false;

  /** Notes a turn; returns whether the next one is to wait. */
  noteTurn(nowMs: number, worked: boolean): boolean {
    if (nowMs - this.#stretchFromMs >= STRETCH_MS) {
      this.#gathers = this.#turns >= (this.#gathers ? ENDS_BELOW : BEGINS_AT);
      this.#turns = 0;
      this.#stretchFromMs = nowMs;
    }
    if (worked) this.#turns++;
    return this.#gathers;
  }
}
