/**
 * Records on their way out of a part, in order per ring. A full ring keeps them waiting here; how many wait tells the part
 * to take in less, which is what bounds their number.
 */
import type { RingWriter } from '../types/ports/ring.ts';

/** One that may wait for long is encoded when it goes: until then it is what it is made from, which is kept anyway. */
type Encoded = Uint8Array | (() => Uint8Array);

interface Waiting {
  readonly kind: number;
  readonly record: Encoded;
}

export class ReleaseQueue {
  readonly ring: RingWriter;
  #waiting: Waiting[] = [];
  #next = 0;
  #written = false;

  constructor(ring: RingWriter) {
    this.ring = ring;
  }

  get depth(): number {
    return this.#waiting.length - this.#next;
  }

  push(kind: number, record: Encoded): void {
    if (!this.offer(kind, record)) this.#waiting.push({ kind, record });
  }

  /** Writes it if there is room and nothing waits before it. */
  offer(kind: number, record: Encoded): boolean {
    if (this.depth > 0 || !this.ring.write(kind, octetsOf(record))) return false;
    this.#written = true;
    return true;
  }

  /** Drops what waits. */
  clear(): void {
    this.#waiting = [];
    this.#next = 0;
  }

  /** Writes what there is room for, and makes it visible. Returns the number of records moved. */
  flush(): number {
    const first = this.#next;
    while (this.#next < this.#waiting.length) {
      const { kind, record } = this.#waiting[this.#next]!;
      if (!this.ring.write(kind, octetsOf(record))) break;
      this.#next++;
    }
    const moved = this.#next - first;
    if (this.#next === this.#waiting.length) this.clear();
    else if (this.#next > 1024) {
      this.#waiting = this.#waiting.slice(this.#next);
      this.#next = 0;
    }
    if (moved > 0 || this.#written) this.ring.flush();
    this.#written = false;
    return moved;
  }
}

function octetsOf(record: Encoded): Uint8Array {
  return typeof record === 'function' ? record() : record;
}
