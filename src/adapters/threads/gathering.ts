/**
 * Whether a busy thread waits some milliseconds for more to come before its next turn. A turn has costs that do not depend on what
 * there is to do in it: its wake-up, those of the threads that it answers, their writes to sockets, a commit, a batch to render. Where
 * a turn follows the other for single events they are most of what is spent; so above a rate of turns a thread has no doorbell
 * rung for it, and looks at its rings some hundred times a second.
 */

export interface GatheringPace {
  /** From the end of a turn to the next. */
  readonly waitMs: number;
  /** Turns with work in a stretch from which on a thread gathers. */
  readonly beginsAtTurns: number;
  /** Work in a stretch, records and the like, below which it gathers no longer. */
  readonly endsBelowWork: number;
}

/** Rates are looked at over so long. */
const STRETCH_MS = 50;

export class Gathering {
  readonly #pace: GatheringPace;
  #stretchFromMs = 0;
  #turns = 0;
  #work = 0;
  #gathers = false;

  constructor(pace: GatheringPace) {
    this.#pace = pace;
  }

  get waitMs(): number {
    return this.#pace.waitMs;
  }

  /** Notes what a turn has done; returns whether the next one is to wait. */
  noteTurn(nowMs: number, work: number): boolean {
    if (nowMs - this.#stretchFromMs >= STRETCH_MS) {
      const { beginsAtTurns, endsBelowWork } = this.#pace;
      this.#gathers = this.#gathers ? this.#work >= endsBelowWork : this.#turns >= beginsAtTurns;
      this.#turns = 0;
      this.#work = 0;
      this.#stretchFromMs = nowMs;
    }
    this.#work += work;
    if (work > 0) this.#turns++;
    return this.#gathers;
  }
}
