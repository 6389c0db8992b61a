/** Dialogues whose time comes, the earliest first: a binary heap in typed arrays. */

export class DueHeap {
  readonly #ids: Float64Array;
  readonly #atMs: Float64Array;
  #size = 0;

  constructor(max: number) {
    this.#ids = new Float64Array(max);
    this.#atMs = new Float64Array(max);
  }

  get size(): number {
    return this.#size;
  }

  /** False: there is no room. */
  push(id: number, atMs: number): boolean {
    if (this.#size >= this.#ids.length) return false;
    let at = this.#size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((this.#atMs[parent] as number) <= atMs) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#ids[at] = id;
    this.#atMs[at] = atMs;
    return true;
  }

  /** −1: nothing is due. */
  takeDue(nowMs: number): number {
    if (this.#size === 0 || (this.#atMs[0] as number) > nowMs) return -1;
    const first = this.#ids[0] as number;
    const last = --this.#size;
    const lastAtMs = this.#atMs[last] as number;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= last) break;
      if (child + 1 < last && (this.#atMs[child + 1] as number) < (this.#atMs[child] as number)) child++;
      if ((this.#atMs[child] as number) >= lastAtMs) break;
      this.#move(child, at);
      at = child;
    }
    this.#ids[at] = this.#ids[last] as number;
    this.#atMs[at] = lastAtMs;
    return first;
  }

  #move(from: number, to: number): void {
    this.#ids[to] = this.#ids[from] as number;
    this.#atMs[to] = this.#atMs[from] as number;
  }
}
