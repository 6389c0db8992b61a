/** The property under which a decoded SEQUENCE or SET keeps what no field covers. Spread copies it along. */
export const unknownElements: unique symbol = Symbol('unknownElements');

/**
 * One or more elements in a row that no field covers: extensions, fields of later versions. They are not looked into
 * (their contents need not be BER), and are encoded again at the same place.
 */
export interface UnknownElements {
  /** Index of the declared field behind which they stand (of a SET: in the order of tags); −1: before all. A component that a SET repeats stands last. */
  readonly after: number;
  /** Whole elements: a view of the input. */
  readonly octets: Uint8Array;
  readonly count: number;
}
