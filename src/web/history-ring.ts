import type { Point } from './live-source.ts';

/** The points of the last minutes, for charts that are not empty on connect. The oldest gives way at the bound. */
export class HistoryRing {
  readonly #points: (Point | undefined)[];
  #next = 0;
  #size = 0;

  /** `capacity` in points: ten minutes at a sample a second are 600. */
  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1)
      throw new RangeError('a history holds at least one point');
    this.#points = new Array<Point | undefined>(capacity).fill(undefined);
  }

  get size(): number {
    return this.#size;
  }

  push(point: Point): void {
    this.#points[this.#next] = point;
    this.#next = (this.#next + 1) % this.#points.length;
    if (this.#size < this.#points.length) this.#size++;
  }

  /** Oldest first. */
  points(): Point[] {
    const result: Point[] = [];
    const start = this.#next - this.#size + this.#points.length;
    for (let index = 0; index < this.#size; index++) {
      const point = this.#points[(start + index) % this.#points.length];
      if (point !== undefined) result.push(point);
    }
    return result;
  }
}
