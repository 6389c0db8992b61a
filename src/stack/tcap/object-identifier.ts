import { BerWriter } from '../asn1/ber.ts';
import { readObjectIdentifier as read, writeObjectIdentifier } from '../asn1/content.ts';
import type { ObjectIdentifier } from './service.ts';

/** Identifiers longer than this are refused: no context or code of the network comes near. */
const sizeMaxOctets = 32;
/** Decoded identifiers that are kept, so that the contexts of the network are decoded once. */
const keptMax = 128;

interface Kept {
  readonly octets: Uint8Array;
  readonly arcs: ObjectIdentifier;
}

const kept: Kept[] = [];

/**
 * The arcs of an OBJECT IDENTIFIER's contents, or null when they are none (ITU-T X.690 §8.19). The same octets give the
 * same array as long as fewer than 128 different ones were seen.
 */
export function readObjectIdentifier(
  octets: Uint8Array,
  offset: number,
  end: number,
): ObjectIdentifier | null {
  const size = end - offset;
  if (size > sizeMaxOctets) return null;
  for (const candidate of kept) {
    if (candidate.octets.length === size && same(candidate.octets, octets, offset)) return candidate.arcs;
  }
  const arcs = read(octets, offset, end);
  if (arcs !== null && kept.length < keptMax) kept.push({ octets: octets.slice(offset, end), arcs });
  return arcs;
}

/** Contents of an OBJECT IDENTIFIER; the arcs are as `readObjectIdentifier` gives them. */
export function objectIdentifierOctets(arcs: ObjectIdentifier): Uint8Array {
  const writer = new BerWriter(sizeMaxOctets);
  writeObjectIdentifier(writer, arcs);
  return writer.octets();
}

export function sameObjectIdentifier(a: ObjectIdentifier, b: ObjectIdentifier): boolean {
  return a === b || (a.length === b.length && a.every((arc, at) => arc === b[at]));
}

function same(a: Uint8Array, b: Uint8Array, offset: number): boolean {
  // From the end, where contexts differ.
  for (let at = a.length - 1; at >= 0; at--) if (a[at] !== b[offset + at]) return false;
  return true;
}
