import type { Point } from './live-source.ts';
import { mergePoints } from './page/merge.ts';

export interface HistoryOptions {
  /** Points as they came: those of the last minutes. */
  readonly fine: number;
  /** Points as one, behind them; 0: none are kept. */
  readonly coarse: number;
  /** How many fine points become one coarse. */
  readonly merged: number;
  readonly boundsMs: readonly number[];
  /** How the values of points become one (`Series.merge`). */
  readonly merges: readonly ('mean' | 'most')[];
}

/** The points of the last hour: each of the last minutes, and behind them several as one. The oldest give way at the bound. */
export class HistoryRing {
  readonly #options: HistoryOptions;
  readonly #fine: Ring;
  readonly #coarse: Ring;
  /** Fine points that gave way, until there are enough for a coarse one. */
  #leaving: Point[] = [];

  constructor(options: HistoryOptions) {
    const { fine, coarse, merged } = options;
    if (!Number.isInteger(fine) || fine < 1) throw new RangeError('a history holds at least one point');
    if (!Number.isInteger(coarse) || coarse < 0 || !Number.isInteger(merged) || merged < 1)
      throw new RangeError('coarse points are counted, and made of one or more');
    this.#options = options;
    this.#fine = new Ring(fine);
    this.#coarse = new Ring(Math.max(1, coarse));
  }

  get size(): number {
    return this.#coarse.size + (this.#leaving.length > 0 ? 1 : 0) + this.#fine.size;
  }

  push(point: Point): void {
    const left = this.#fine.push(point);
    const { coarse, merged } = this.#options;
    if (left === undefined || coarse === 0) return;
    this.#leaving.push(left);
    if (this.#leaving.length < merged) return;
    this.#coarse.push(this.#merge(this.#leaving));
    this.#leaving = [];
  }

  /** Oldest first. */
  points(): Point[] {
    const between = this.#leaving.length > 0 ? [this.#merge(this.#leaving)] : [];
    return [...this.#coarse.points(), ...between, ...this.#fine.points()];
  }

  #merge(points: readonly Point[]): Point {
    return mergePoints(points, this.#options.boundsMs, this.#options.merges);
  }
}

class Ring {
  readonly #points: (Point | undefined)[];
  #next = 0;
  size = 0;

  constructor(capacity: number) {
    this.#points = new Array<Point | undefined>(capacity).fill(undefined);
  }

  /** What gave way. */
  push(point: Point): Point | undefined {
    const left = this.#points[this.#next];
    this.#points[this.#next] = point;
    this.#next = (this.#next + 1) % this.#points.length;
    if (this.size < this.#points.length) this.size++;
    return left;
  }

  points(): Point[] {
    const result: Point[] = [];
    const start = this.#next - this.size + this.#points.length;
    for (let index = 0; index < this.size; index++) {
      const point = this.#points[(start + index) % this.#points.length];
      if (point !== undefined) result.push(point);
    }
    return result;
  }
}
