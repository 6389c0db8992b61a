/**
 * Digits as generic digits: ITU-T Q.763 §3.24.
 *
 *     | encoding scheme (3 bits): 0 BCD even, 1 BCD odd | type of digits (5) |
 *     | digit 2 | digit 1 | …
 *
 * `*` is 11 and `#` is 12, as keypads send them in address digits (3GPP TS 29.078 §5.1, CollectedDigits).
 */
const DIGITS = '0123456789 *# ';

export function encodeDigits(digits: string, type = 0): Uint8Array {
  const octets = new Uint8Array(1 + Math.max(1, Math.ceil(digits.length / 2)));
  octets[0] = ((digits.length % 2) << 5) | type;
  for (let at = 0; at < digits.length; at++) {
    octets[1 + (at >> 1)]! |= digitCode(digits[at]!) << (at % 2 === 0 ? 0 : 4);
  }
  return octets;
}

/** Undefined when it is coded in another way than BCD. */
export function decodeDigits(octets: Uint8Array): string | undefined {
  const scheme = (octets[0] ?? 0xff) >> 5;
  if (octets.length < 2 || scheme > 1) return undefined;
  let digits = '';
  for (const octet of octets.subarray(1)) digits += (DIGITS[octet & 15] ?? '') + (DIGITS[octet >> 4] ?? '');
  return scheme === 1 ? digits.slice(0, -1) : digits;
}

export function digitCode(digit: string): number {
  return Math.max(0, DIGITS.indexOf(digit));
}

/** A digit of CollectedDigits, one BCD digit an octet (3GPP TS 29.078 §5.1), as keys. */
export function keysOf(octets: Uint8Array | undefined): string | undefined {
  if (octets === undefined) return undefined;
  return [...octets].map((octet) => DIGITS[octet & 15] ?? '').join('');
}
