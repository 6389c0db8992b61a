/** Contents of the primitive types that take more than a line: from octets to values and back. */
import type { BerWriter } from './ber.ts';
import type { BitString, CharacterSet, NamedBits } from './declaration.ts';

/** ITU-T X.690 §8.19. `null`: no arcs, an arc cut off, padded or past 2^53. */
export function readObjectIdentifier(buffer: Uint8Array, offset: number, end: number): number[] | null {
  const arcs: number[] = [];
  for (let at = offset; at < end; ) {
    let arc = 0;
    if (buffer[at] === 0x80) return null;
    for (;;) {
      if (at >= end) return null;
      const octet = buffer[at++]!;
      arc = arc * 128 + (octet & 0x7f);
      if (arc > Number.MAX_SAFE_INTEGER) return null;
      if (octet < 0x80) break;
    }
    if (arcs.length > 0) arcs.push(arc);
    else {
      const first = Math.min(2, Math.floor(arc / 40));
      arcs.push(first, arc - first * 40);
    }
  }
  return arcs.length === 0 ? null : arcs;
}

export function writeObjectIdentifier(writer: BerWriter, arcs: readonly number[]): void {
  for (let index = arcs.length - 1; index > 0; index--) {
    let arc = index === 1 ? arcs[0]! * 40 + arcs[1]! : arcs[index]!;
    writer.octet(arc % 128);
    while (arc >= 128) {
      arc = Math.floor(arc / 128);
      writer.octet(0x80 | (arc % 128));
    }
  }
}

/** At least two arcs, the first 0 … 2, the second below 40 under 0 and 1. ITU-T X.660 §A.2. */
export function isObjectIdentifier(arcs: readonly number[]): boolean {
  if (arcs.length < 2 || !arcs.every((arc) => Number.isSafeInteger(arc) && arc >= 0)) return false;
  return arcs[0]! <= 2 && (arcs[0] === 2 ? Number.isSafeInteger(80 + arcs[1]!) : arcs[1]! < 40);
}

const utf8Decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const utf8Encoder = new TextEncoder();

function has(set: CharacterSet, octet: number): boolean {
  if (set === 18) return octet === 0x20 || (octet >= 0x30 && octet <= 0x39);
  if (set === 26) return octet >= 0x20 && octet <= 0x7e;
  return octet <= 0x7f;
}

/** `null`: a character that the type does not have. `lenient` takes every octet as the character of that code. */
export function readCharacters(
  set: CharacterSet,
  buffer: Uint8Array,
  offset: number,
  end: number,
  lenient: boolean,
): string | null {
  if (set === 12) {
    try {
      return utf8Decoder.decode(buffer.subarray(offset, end));
    } catch {
      return null;
    }
  }
  let text = '';
  for (let at = offset; at < end; at++) {
    const octet = buffer[at]!;
    if (!lenient && !has(set, octet)) return null;
    text += String.fromCharCode(octet);
  }
  return text;
}

/** `null`: a character that the type does not have. */
export function charactersOctets(set: CharacterSet, text: string, lenient: boolean): Uint8Array | null {
  if (set === 12) return utf8Encoder.encode(text);
  const octets = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (lenient ? code > 0xff : !has(set, code)) return null;
    octets[at] = code;
  }
  return octets;
}

/** Bits of a BIT STRING's contents (its first octet counts the unused ones), or −1 when they are malformed. ITU-T X.690 §8.6.2. */
export function bitCountOf(buffer: Uint8Array, offset: number, end: number): number {
  if (offset >= end) return -1;
  const unused = buffer[offset]!;
  if (unused > 7 || (unused > 0 && end - offset === 1)) return -1;
  return (end - offset - 1) * 8 - unused;
}

/** The bits set among the first `bitCount` behind the octet of unused bits. */
export function readNamedBits(
  names: ReadonlyMap<number, string>,
  buffer: Uint8Array,
  offset: number,
  bitCount: number,
): NamedBits {
  const bits: (string | number)[] = [];
  for (let bit = 0; bit < bitCount; bit++) {
    if ((buffer[offset + 1 + (bit >> 3)]! & (0x80 >> (bit & 7))) !== 0) bits.push(names.get(bit) ?? bit);
  }
  return { bits, bitCount };
}

/** Named bits as octets; `null` when a name is unknown or a bit lies past `bitCount`. ITU-T X.690 §11.2. */
export function namedBitsOctets(
  names: ReadonlyMap<string, number>,
  value: NamedBits,
  min: number,
): BitString | null {
  let last = -1;
  const numbers: number[] = [];
  for (const bit of value.bits) {
    const number = typeof bit === 'number' ? bit : names.get(bit);
    if (number === undefined || !Number.isInteger(number) || number < 0 || number > 0xffff) return null;
    numbers.push(number);
    last = Math.max(last, number);
  }
  const bitCount = value.bitCount ?? Math.max(min, last + 1);
  if (bitCount <= last || !Number.isInteger(bitCount)) return null;
  const octets = new Uint8Array(Math.ceil(bitCount / 8));
  for (const number of numbers) octets[number >> 3]! |= 0x80 >> (number & 7);
  return { octets, bitCount };
}
