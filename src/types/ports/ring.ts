/**
 * A bounded single-producer single-consumer ring of octet records. The real one lies in shared memory between two
 * threads; the seeded one in plain memory. A full ring is back-pressure with a name and a counter, never memory without bound.
 */
export interface RingWriter {
  readonly name: string;
  /** Appends one record. False when there is no room: nothing was written, and the refusal was counted. */
  write(kind: number, record: Uint8Array): boolean;
  /** Makes what was written visible to the reader and wakes it when it sleeps. Batches: call it once per turn of work. */
  flush(): void;
  /** 0 … 1. */
  readonly fill: number;
}

export interface RingReader {
  readonly name: string;
  /**
   * Hands up to `max` records to `take`, in order; returns how many. `record` is valid during the call only. The records
   * stay in the ring, and a reader that starts anew gets them again, until `release`.
   */
  read(take: (kind: number, record: Uint8Array, position: number) => void, max: number): number;
  /** Frees the records up to and including `position`: what they led to is durable. */
  release(position: number): void;
  /** Records written and not yet released. */
  readonly depth: number;
}
