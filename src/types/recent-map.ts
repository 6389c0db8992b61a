/**
 * A map of the last `max` keys that were set: one more takes the place of the oldest. A plain Map whose first key is deleted again and
 * again looks at all those that were deleted before it finds the next first one.
 */
export class RecentMap<V> {
  readonly #values = new Map<string, V>();
  /** In the order in which they came, around. */
  readonly #keys: string[] = [];
  readonly #max: number;
  #next = 0;

  constructor(max: number) {
    this.#max = max;
  }

  get size(): number {
    return this.#values.size;
  }

  get(key: string): V | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: V): void {
    if (!this.#values.has(key)) {
      const oldest = this.#keys[this.#next];
      if (oldest !== undefined) this.#values.delete(oldest);
      this.#keys[this.#next] = key;
      this.#next = (this.#next + 1) % this.#max;
    }
    this.#values.set(key, value);
  }
}
