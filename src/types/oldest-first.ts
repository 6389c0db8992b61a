/** Who waits for a turn, the longest wait first: a bounded list by the time since when each waits. */
export class OldestFirst<T> {
  readonly #entries: { readonly sinceMs: number; readonly item: T }[] = [];

  get size(): number {
    return this.#entries.length;
  }

  /** Who has waited longest. */
  get peek(): T | undefined {
    return this.#entries[0]?.item;
  }

  add(sinceMs: number, item: T): void {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#entries[middle]!.sinceMs <= sinceMs) low = middle + 1;
      else high = middle;
    }
    this.#entries.splice(low, 0, { sinceMs, item });
  }

  takeOldest(): T | undefined {
    return this.#entries.shift()?.item;
  }

  takeYoungest(): T | undefined {
    return this.#entries.pop()?.item;
  }
}
