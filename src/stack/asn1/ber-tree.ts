/** Octets that no declaration covers, as a tree of elements: for people to look at. */
import { type Failure, failure } from '../../types/result.ts';
import { BerReader, type TagClass, viewOf } from './ber.ts';
import { failureClauses } from './codec.ts';

export interface BerElement {
  readonly tagClass: TagClass;
  readonly tag: number;
  readonly constructed: boolean;
  readonly indefinite: boolean;
  /** Where the element begins, in all that was read. */
  readonly offset: number;
  readonly contentOffset: number;
  /** A view. Of a constructed element too: what its elements are read from. */
  readonly content: Uint8Array;
  /** Of a constructed element: what it contains, as far as it could be read. */
  readonly elements: readonly BerElement[];
  /** Why the contents could not be read to their end: they are no BER, or past a bound. */
  readonly failure?: Failure;
}

export interface BerTree {
  readonly elements: readonly BerElement[];
  /** Why the octets could not be read to their end. */
  readonly failure?: Failure;
}

export interface BerTreeBounds {
  /** Elements within each other; default 32. */
  readonly depthMax?: number;
  /** Elements in all; default 4096. */
  readonly countMax?: number;
}

/**
 * Reads as many elements as there are. Never fails as a whole: what is no BER keeps its octets, with the reason
 * (`ber.…`; `ber.depth` and `ber.count` past the bounds) beside it.
 */
export function berTree(octets: Uint8Array, bounds: BerTreeBounds = {}): BerTree {
  const walk: Walk = { octets, count: 0, countMax: bounds.countMax ?? 4096, depthMax: bounds.depthMax ?? 32 };
  return level(walk, 0, octets.length, 1);
}

interface Walk {
  readonly octets: Uint8Array;
  readonly countMax: number;
  readonly depthMax: number;
  count: number;
}

function level(walk: Walk, start: number, end: number, depth: number): BerTree {
  const elements: BerElement[] = [];
  if (start < end && depth > walk.depthMax) return { elements, failure: failure('ber.depth', start) };
  const reader = new BerReader().reset(walk.octets, start, end);
  while (reader.next()) {
    if (++walk.count > walk.countMax)
      return { elements, failure: failure('ber.count', reader.elementOffset) };
    const {
      tagClass,
      tag,
      constructed,
      indefinite,
      elementOffset: offset,
      contentOffset,
      contentEnd,
    } = reader;
    const inner = constructed ? level(walk, contentOffset, contentEnd, depth + 1) : { elements: [] };
    const content = viewOf(walk.octets, contentOffset, contentEnd);
    elements.push({ tagClass, tag, constructed, indefinite, offset, contentOffset, content, ...inner });
  }
  const { failureCode, failureOffset } = reader;
  if (failureCode === '') return { elements };
  return { elements, failure: failure(failureCode, failureOffset, failureClauses[failureCode]) };
}

const universalNames: Readonly<Record<number, string>> = {
  1: 'BOOLEAN',
  2: 'INTEGER',
  3: 'BIT STRING',
  4: 'OCTET STRING',
  5: 'NULL',
  6: 'OBJECT IDENTIFIER',
  8: 'EXTERNAL',
  9: 'REAL',
  10: 'ENUMERATED',
  12: 'UTF8String',
  16: 'SEQUENCE',
  17: 'SET',
  18: 'NumericString',
  19: 'PrintableString',
  20: 'TeletexString',
  22: 'IA5String',
  23: 'UTCTime',
  24: 'GeneralizedTime',
  26: 'VisibleString',
  27: 'GeneralString',
};

/** A tag as ASN.1 writes it: `SEQUENCE`, `[3]`, `[APPLICATION 2]`. */
export function tagText(tagClass: TagClass, tag: number): string {
  if (tagClass === 0) return universalNames[tag] ?? `[UNIVERSAL ${tag}]`;
  if (tagClass === 2) return `[${tag}]`;
  return `[${tagClass === 1 ? 'APPLICATION' : 'PRIVATE'} ${tag}]`;
}
