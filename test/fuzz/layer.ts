/** What a fuzz run needs of a layer: messages to damage, and what becomes of a damaged one. */

export interface Sample {
  readonly octets: Uint8Array;
  /** What the octets are, where the decoder has to be told. */
  readonly about?: unknown;
}

export interface Reading {
  /** What the decoders made of the octets; it may hold views of them. */
  readonly value: unknown;
  /** False: refused, and `value` is the failure. */
  readonly read: boolean;
  /** Writes what was read, and reads that again. */
  readonly again?: () => void;
}

export interface FuzzLayer {
  /** Undefined when the messages that it begins with are not there. */
  samples(): readonly Sample[] | undefined;
  /** Never throws. What it allocates is measured; `again` is not. */
  read(octets: Uint8Array, about: unknown): Reading;
}
