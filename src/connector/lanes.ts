/**
 * What waits for its turn, in a lane for each priority. Within a lane the order is that of coming; between lanes a share each,
 * so that much of one priority delays another one by a fixed number of sends and never for ever.
 */

export type Priority = 'urgent' | 'ordinary' | 'bulk';

/** Turns out of the sum, where all lanes have something. */
// biome-ignore format: a lane a line
const SHARES: Readonly<Record<Priority, number>> = {
  urgent:   12,
  ordinary: 4,
  bulk:     1,
};

export const PRIORITIES = Object.keys(SHARES) as readonly Priority[];

/** An item's links in its lane; `lane` is undefined while it is in none. */
export interface Queued<T> {
  lane: Lane<T> | undefined;
  previous: T | undefined;
  next: T | undefined;
}

export interface Lane<T> {
  readonly share: number;
  credit: number;
  first: T | undefined;
  last: T | undefined;
  length: number;
}

export class Lanes<T extends Queued<T>> {
  readonly #lanes: Readonly<Record<Priority, Lane<T>>>;
  readonly #all: readonly Lane<T>[];

  constructor() {
    const lane = (priority: Priority): Lane<T> => ({
      share: SHARES[priority],
      credit: 0,
      first: undefined,
      last: undefined,
      length: 0,
    });
    this.#lanes = { urgent: lane('urgent'), ordinary: lane('ordinary'), bulk: lane('bulk') };
    this.#all = Object.values(this.#lanes);
  }

  length(priority: Priority): number {
    return this.#lanes[priority].length;
  }

  get isEmpty(): boolean {
    return this.#all.every(({ length }) => length === 0);
  }

  push(item: T, priority: Priority): void {
    const lane = this.#lanes[priority];
    item.lane = lane;
    item.previous = lane.last;
    item.next = undefined;
    if (lane.last === undefined) lane.first = item;
    else lane.last.next = item;
    lane.last = item;
    lane.length++;
  }

  /** Takes it out of its lane, if it is in one. */
  remove(item: T): void {
    const { lane, previous, next } = item;
    if (lane === undefined) return;
    if (previous === undefined) lane.first = next;
    else previous.next = next;
    if (next === undefined) lane.last = previous;
    else next.previous = previous;
    lane.length--;
    if (lane.length === 0) lane.credit = 0;
    this.#leave(item);
  }

  /** Puts one in the place of another one of the same lane. */
  replace(old: T, item: T): void {
    const { lane, previous, next } = old;
    if (lane === undefined) return;
    item.lane = lane;
    item.previous = previous;
    item.next = next;
    if (previous === undefined) lane.first = item;
    else previous.next = item;
    if (next === undefined) lane.last = item;
    else next.previous = item;
    this.#leave(old);
  }

  /** The next one, by the shares of the lanes that have something: smooth weighted round robin. */
  shift(): T | undefined {
    let chosen: Lane<T> | undefined;
    let sum = 0;
    for (const lane of this.#all) {
      if (lane.length === 0) continue;
      sum += lane.share;
      lane.credit += lane.share;
      if (chosen === undefined || lane.credit > chosen.credit) chosen = lane;
    }
    if (chosen === undefined) return undefined;
    chosen.credit -= sum;
    const item = chosen.first!;
    this.remove(item);
    return item;
  }

  #leave(item: T): void {
    item.lane = undefined;
    item.previous = undefined;
    item.next = undefined;
  }
}
