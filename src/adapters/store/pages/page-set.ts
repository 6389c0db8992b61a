/** Which pages of a file were met: a bit for each, so that even a file of terabytes takes little. */
export class PageSet {
  readonly #bits: Uint8Array;
  #size = 0;

  constructor(pages: number) {
    this.#bits = new Uint8Array(Math.ceil(pages / 8));
  }

  get size(): number {
    return this.#size;
  }

  has(page: number): boolean {
    return ((this.#bits[Math.floor(page / 8)] ?? 0) & (1 << (page % 8))) !== 0;
  }

  /** False when it was in it already. */
  add(page: number): boolean {
    if (this.has(page)) return false;
    const at = Math.floor(page / 8);
    this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (page % 8));
    this.#size++;
    return true;
  }
}
