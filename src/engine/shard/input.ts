/** One ring that a shard reads: what was read is released when what it led to is durable. */
import type { RingReader } from '../../types/ports/ring.ts';

export class Input {
  readonly ring: RingReader;
  /** Position of the last record taken. */
  taken = 0;
  #released = 0;
  /** Records up to here were committed by the shard that read this ring before. */
  readonly #skipUntil: number;

  constructor(ring: RingReader, skipUntil: number) {
    this.ring = ring;
    this.#skipUntil = skipUntil;
    this.taken = skipUntil;
  }

  read(take: (kind: number, record: Uint8Array) => void, max: number): number {
    return this.ring.read((kind, record, position) => {
      if (position <= this.#skipUntil) return;
      this.taken = position;
      take(kind, record);
    }, max);
  }

  release(position: number): void {
    if (position <= this.#released) return;
    this.#released = position;
    this.ring.release(position);
  }
}
