/** One ring that a shard reads: what was read is released when what it led to is durable. */
import type { RingReader } from '../../types/ports/ring.ts';

export class Input {
  readonly ring: RingReader;
  /** Position up to which all is part of a window, or of one before. */
  taken: number;
  /** Records up to here were committed by the shard that read this ring before. */
  readonly #skipUntil: number;
  /** Position of the last record read, taken or skipped: more cannot be released. */
  #read = 0;
  #released = 0;

  constructor(ring: RingReader, skipUntil: number) {
    this.ring = ring;
    this.#skipUntil = skipUntil;
    this.taken = skipUntil;
  }

  /** Returns how many records were read, those that were skipped included. */
  read(take: (kind: number, record: Uint8Array) => void, max: number): number {
    return this.ring.read((kind, record, position) => {
      this.#read = position;
      if (position <= this.#skipUntil) return;
      this.taken = position;
      take(kind, record);
    }, max);
  }

  release(position: number): void {
    const upTo = Math.min(position, this.#read);
    if (upTo <= this.#released) return;
    this.#released = upTo;
    this.ring.release(upTo);
  }
}
