/**
 * Packing of septets into octets (3GPP TS 23.038 §6.1.2.1): the first septet takes the least significant bits. Behind a
 * user data header, `fillBits` zeros come first so that the text starts on a septet boundary (3GPP TS 23.040 §9.2.3.24).
 */

/** Octets that `count` septets take behind `fillBits` (0 … 6). */
export function packedOctets(count: number, fillBits = 0): number {
  return (count * 7 + fillBits + 7) >>> 3;
}

/** Packs `septets` into `target` from `offset` on; returns the offset behind the last octet written. */
export function packSeptets(septets: Uint8Array, target: Uint8Array, offset: number, fillBits = 0): number {
  let held = 0;
  let heldBits = fillBits;
  let to = offset;
  for (let at = 0; at < septets.length; at++) {
    held |= ((septets[at] as number) & 0x7f) << heldBits;
    heldBits += 7;
    if (heldBits >= 8) {
      target[to++] = held & 0xff;
      held >>>= 8;
      heldBits -= 8;
    }
  }
  if (heldBits > 0) target[to++] = held;
  return to;
}

/** The first `count` septets of `octets`, one in each octet; fewer when the octets do not hold so many. */
export function unpackSeptets(octets: Uint8Array, count: number, fillBits = 0): Uint8Array {
  const held = Math.max(0, Math.floor((octets.length * 8 - fillBits) / 7));
  const septets = new Uint8Array(Math.min(count, held));
  for (let at = 0, bit = fillBits; at < septets.length; at++, bit += 7) {
    const octet = bit >>> 3;
    const pair = (octets[octet] as number) | ((octets[octet + 1] ?? 0) << 8);
    septets[at] = (pair >>> (bit & 7)) & 0x7f;
  }
  return septets;
}
