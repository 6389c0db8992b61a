/** The starts of a recording, each with its own time. */
import type { Starts } from '../plan.ts';
import type { StartPlan } from '../rate-curve.ts';

export class ListedStarts implements StartPlan {
  readonly planned: number;
  readonly #atMs: Float64Array;
  #next = 0;

  constructor({ count, atMs }: Starts) {
    this.planned = count;
    this.#atMs = atMs;
  }

  get taken(): number {
    return this.#next;
  }

  nextMs(): number {
    return this.#next < this.planned ? this.#atMs[this.#next]! : Number.POSITIVE_INFINITY;
  }

  take(): number {
    return this.#next++;
  }
}
