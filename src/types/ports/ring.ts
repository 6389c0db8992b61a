/**
 * A bounded single-producer single-consumer ring of octet records. The real one lies in shared memory between two
 * threads; the seeded one in plain memory. A full ring is back-pressure with a name and a counter, never memory without bound.
 *
 * A position is the octets that were ever written up to the end of a record. It grows with every record and goes on when
 * either thread starts anew, so that what a position led to can be stored beside it and a record that is read again be
 * told; it starts at 0 with a new ring, that is with a new process.
 */
export interface RingWriter {
  readonly name: string;
  /** A longer record is a programmer's error. */
  readonly recordOctetsMax: number;
  /**
   * Appends one record; `kind` is 0 … 254. False when there is no room: nothing was written, and the refusal was counted.
   * The record is copied. The reader sees it after `flush`.
   */
  write(kind: number, record: Uint8Array): boolean;
  /** Makes what was written visible to the reader and wakes it when it sleeps. Batches: call it once per turn of work. */
  flush(): void;
  /** 0 … 1: how much of the room is taken by records not yet released. */
  readonly fill: number;
  /** Records that found no room, since the ring was made. */
  readonly refused: number;
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
  /** Records flushed by the writer and not yet released. */
  readonly depth: number;
}
