/**
 * The floor of the codecs: an initialDP read by its offsets, and its answer patched into a template, with none of the checks
 * that a network needs. It knows the form of this one message, and is wrong for any other.
 */

/** As `CallAttempt` (src/call/call-session.ts). */
export interface Attempt {
  readonly originating: number;
  readonly called: string;
  readonly caller: string;
  readonly callKey: Uint8Array;
}

const DIGITS = '0123456789';
const PROTOCOL_DATA = 0x0210;

/** Reads M3UA DATA, UDT, BEGIN, the first component and the fields of initialDP that make a call attempt. */
export function readByOffsets(octets: Uint8Array): Attempt {
  let at = 8;
  while (((octets[at]! << 8) | octets[at + 1]!) !== PROTOCOL_DATA)
    at += (((octets[at + 2]! << 8) | octets[at + 3]!) + 3) & ~3;
  // Parameter header and routing label; then UDT: type, class, three pointers.
  const udt = at + 16;
  const data = udt + 4 + octets[udt + 4]!;
  at = data + 1;
  at = contentsAt(octets, at);
  let originating = 0;
  for (let octet = at + 2, end = octet + octets[at + 1]!; octet < end; octet++)
    originating = originating * 256 + octets[octet]!;
  at += 2 + octets[at + 1]!;
  // The dialogue portion is stepped over; component portion, invoke, invoke id, operation code.
  at = after(octets, at);
  at = contentsAt(octets, at);
  at = contentsAt(octets, at);
  at = after(octets, at);
  at = after(octets, at);
  const end = after(octets, at);
  at = contentsAt(octets, at);
  let called = '';
  let caller = '';
  let reference = 0;
  let referenceEnd = 0;
  let msc = 0;
  let mscEnd = 0;
  while (at < end) {
    const wide = (octets[at]! & 0x1f) === 0x1f;
    const tag = wide ? octets[at + 1]! : octets[at]! & 0x1f;
    const start = contentsAt(octets, wide ? at + 1 : at);
    const next = after(octets, wide ? at + 1 : at);
    switch (tag) {
      case 2:
        called = digitsOf(octets, start, next);
        break;
      case 3:
        caller = digitsOf(octets, start, next);
        break;
      case 54:
        reference = start;
        referenceEnd = next;
        break;
      case 55:
        msc = start;
        mscEnd = next;
        break;
      default:
        break;
    }
    at = next;
  }
  const callKey = new Uint8Array(referenceEnd - reference + mscEnd - msc);
  callKey.set(octets.subarray(reference, referenceEnd));
  callKey.set(octets.subarray(msc, mscEnd), referenceEnd - reference);
  return { originating, called, caller, callKey };
}

/** Of the element whose last octet of the tag is at `at`. */
function contentsAt(octets: Uint8Array, at: number): number {
  const length = octets[at + 1]!;
  return length < 0x80 ? at + 2 : at + 2 + (length & 0x7f);
}

function after(octets: Uint8Array, at: number): number {
  let length = octets[at + 1]!;
  if (length < 0x80) return at + 2 + length;
  let start = at + 2;
  let octetsOfLength = length & 0x7f;
  for (length = 0; octetsOfLength > 0; octetsOfLength--) length = length * 256 + octets[start++]!;
  return start + length;
}

/** ITU-T Q.763 §3.9: an odd number of digits is said in the first octet. */
function digitsOf(octets: Uint8Array, start: number, end: number): string {
  const odd = octets[start]! >= 0x80;
  let digits = '';
  for (let at = start + 2; at < end; at++) {
    digits += DIGITS[octets[at]! & 0x0f]!;
    if (at < end - 1 || !odd) digits += DIGITS[octets[at]! >> 4]!;
  }
  return digits;
}
