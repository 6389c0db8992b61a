import type { Failure, Result } from '../../types/result.ts';
import type { BerFailureCode, BerWriter } from './ber.ts';

/** What can be wrong with octets that are sound BER, or with a value that is to be encoded. */
export type Asn1FailureCode =
  | 'asn1.tag' // an element of another tag than the declared ones
  | 'asn1.constructed' // a primitive type in constructed form (strings too), or the other way round
  | 'asn1.missing' // a mandatory component is absent
  | 'asn1.order' // a component repeated, or behind one that it stands before
  | 'asn1.unexpected' // an element that no field covers, in a type that is not extensible
  | 'asn1.trailing' // octets behind the one element that may stand here
  | 'asn1.size' // fewer or more octets, bits, characters or elements than declared
  | 'asn1.range' // a number out of the declared range, or past 2^53
  | 'asn1.content' // contents that no value of the type has
  | 'asn1.characters' // a character that the string type does not have
  | 'asn1.depth'; // more lazy types within each other than DEPTH_MAX

/** A mapping's own codes come besides these. */
export type DecodeFailureCode = BerFailureCode | Asn1FailureCode;

/** The rule that a failure broke, by its code. */
export const failureClauses: Readonly<Record<DecodeFailureCode, string>> = {
  'ber.truncated': 'ITU-T X.690 §8.1.3',
  'ber.tag': 'ITU-T X.690 §8.1.2',
  'ber.length': 'ITU-T X.690 §8.1.3',
  'ber.endOfContents': 'ITU-T X.690 §8.1.5',
  'asn1.tag': 'ITU-T X.690 §8.1.2',
  'asn1.constructed': 'ITU-T X.690 §8.1.2.5',
  'asn1.missing': 'ITU-T X.680 §25.4',
  'asn1.order': 'ITU-T X.690 §8.9.2',
  'asn1.unexpected': 'ITU-T X.690 §8.9.2',
  'asn1.trailing': 'ITU-T X.690 §8.14',
  'asn1.size': 'ITU-T X.680 §51.5',
  'asn1.range': 'ITU-T X.680 §51.4',
  'asn1.content': 'ITU-T X.690 §8',
  'asn1.characters': 'ITU-T X.680 §41',
  'asn1.depth': 'ITU-T X.690 §8.1.4',
};

export interface CodecOptions {
  /** First part of every field path: `InitialDPArg`. */
  readonly name?: string;
  /**
   * Takes what can be understood: declared sizes, ranges and character sets are not enforced, and a component that is
   * repeated or out of order is kept as an unknown element. (A SEQUENCE OF is still bounded, by `COUNT_MAX`.)
   */
  readonly lenient?: boolean;
}

export interface Codec<T> {
  /**
   * Canonical octets: definite minimal lengths. Asserts that `value` is one of the declared type (a lenient codec: but for
   * sizes, ranges and character sets); see `check`.
   */
  encode(value: T): Uint8Array;
  /** Writes the element before what `writer` holds. */
  encodeInto(writer: BerWriter, value: T): void;
  /**
   * Reads the one element that `octets` are from `offset` to `end`. Octet strings of the value are views. A failure has
   * its offset in `octets`, the field's path and the clause. Absent optional fields are `undefined`.
   */
  decode(octets: Uint8Array, offset?: number, end?: number): Result<T>;
  /**
   * How `value` breaks its declaration (offset 0), for values from outside; `undefined` when it does not, and so can be
   * encoded. Sizes, ranges and character sets count for a lenient codec too, though it would encode the value.
   */
  check(value: T): Failure | undefined;
  /** Unknown elements in all that was decoded so far. */
  readonly unknownElementsSeen: number;
}
