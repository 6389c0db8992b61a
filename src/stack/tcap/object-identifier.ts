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
  for (const candidate of kept)
    if (candidate.octets.length === size && same(candidate.octets, octets, offset)) return candidate.arcs;
  const arcs = decode(octets, offset, end);
  if (arcs !== null && kept.length < keptMax) kept.push({ octets: octets.slice(offset, end), arcs });
  return arcs;
}

/** Contents of an OBJECT IDENTIFIER; the arcs are as `readObjectIdentifier` gives them. */
export function objectIdentifierOctets(arcs: ObjectIdentifier): Uint8Array {
  const octets: number[] = [];
  pushArc(octets, (arcs[0] ?? 0) * 40 + (arcs[1] ?? 0));
  for (let at = 2; at < arcs.length; at++) pushArc(octets, arcs[at] ?? 0);
  return Uint8Array.from(octets);
}

export function sameObjectIdentifier(a: ObjectIdentifier, b: ObjectIdentifier): boolean {
  return a === b || (a.length === b.length && a.every((arc, at) => arc === b[at]));
}

function same(a: Uint8Array, b: Uint8Array, offset: number): boolean {
  for (let at = a.length - 1; at >= 0; at--) if (a[at] !== b[offset + at]) return false;
  return true;
}

function decode(octets: Uint8Array, offset: number, end: number): ObjectIdentifier | null {
  if (offset >= end || end - offset > sizeMaxOctets) return null;
  const arcs: number[] = [];
  let arc = 0;
  for (let at = offset; at < end; at++) {
    const octet = octets[at] as number;
    arc = arc * 128 + (octet & 0x7f);
    if (arc > 0xffff_ffff) return null;
    if (octet >= 0x80) continue;
    if (arcs.length === 0) {
      const first = arc < 40 ? 0 : arc < 80 ? 1 : 2;
      arcs.push(first, arc - first * 40);
    } else {
      arcs.push(arc);
    }
    arc = 0;
  }
  return (octets[end - 1] as number) < 0x80 ? arcs : null;
}

function pushArc(octets: number[], arc: number): void {
  const at = octets.length;
  octets.push(arc % 128);
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128))
    octets.splice(at, 0, 0x80 | (rest % 128));
}
