/**
 * When the starts of a phase are planned. Between two points the rate changes along a straight line, so the starts until a
 * moment are the area under it, and the time of a start is where that area is reached.
 */
import assert from 'node:assert/strict';

export interface RatePoint {
  readonly atMs: number;
  readonly perSecond: number;
}

export interface Rates {
  readonly ratePerSecond: number;
  readonly forMs: number;
  readonly rampMs?: number;
  readonly shape?: readonly number[];
}

export function ratePoints({ ratePerSecond, forMs, rampMs = 0, shape = [1] }: Rates): RatePoint[] {
  const factors = shape.length === 1 ? [shape[0]!, shape[0]!] : shape;
  const body = factors.map((factor, at) => ({
    atMs: rampMs + (at * forMs) / (factors.length - 1),
    perSecond: factor * ratePerSecond,
  }));
  return rampMs === 0 ? body : [{ atMs: 0, perSecond: 0 }, ...body];
}

/** When starts are planned, one after the other. */
export interface StartPlan {
  /** Starts in all. */
  readonly planned: number;
  readonly taken: number;
  /** When the next start is planned, in ms from the beginning; infinite when there is none. */
  nextMs(): number;
  /** The one that `nextMs` told of is taken; returns its index. */
  take(): number;
}

export class RateCurve implements StartPlan {
  readonly planned: number;
  readonly #points: readonly RatePoint[];
  /** Area until each point. */
  readonly #sums: readonly number[];
  #segment = 0;
  #next = 0;

  /** @param offset of the starts, 0 … 1: several generators begin one after the other */
  constructor(points: readonly RatePoint[], offset = 0) {
    assert(points.length >= 2, 'a curve has two points at least');
    const sums = [0];
    for (let at = 1; at < points.length; at++) {
      const [from, to] = [points[at - 1]!, points[at]!];
      sums.push(sums[at - 1]! + ((to.atMs - from.atMs) * (from.perSecond + to.perSecond)) / 2_000);
    }
    this.#points = points;
    this.#sums = sums;
    this.planned = Math.max(0, Math.round(sums.at(-1)!));
    this.#offset = offset;
  }

  readonly #offset: number;

  nextMs(): number {
    if (this.#next >= this.planned) return Infinity;
    // Rounding may have made one start more than the area has.
    const area = Math.min(this.#next + this.#offset, this.#sums.at(-1)!);
    while (this.#segment < this.#points.length - 2 && this.#sums[this.#segment + 1]! < area) this.#segment++;
    const from = this.#points[this.#segment]!;
    const to = this.#points[this.#segment + 1]!;
    const rest = (area - this.#sums[this.#segment]!) * 1_000;
    const slope = (to.perSecond - from.perSecond) / (to.atMs - from.atMs);
    // rest = rate · t + slope · t² / 2, solved so that a slope of 0 is no special case.
    const root = Math.sqrt(Math.max(0, from.perSecond ** 2 + 2 * slope * rest));
    const divisor = from.perSecond + root;
    return Math.min(to.atMs, from.atMs + (divisor > 0 ? (2 * rest) / divisor : 0));
  }

  take(): number {
    return this.#next++;
  }

  get taken(): number {
    return this.#next;
  }
}
