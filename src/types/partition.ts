/**
 * Partitions: every subscriber number belongs to one of 64, for ever. A shard owns whole partitions, so their number may
 * change between starts and no number is hashed anew.
 */
import assert from 'node:assert/strict';

export const partitionCount = 64;

/** ITU-T E.164 §6.2: a number has at most 15 digits. */
export const numberDigitsMax = 15;

/** Octets of a packed number. */
export const packedNumberOctets = 8;

/** Whether `text` can name an actor: 1 … 15 decimal digits. */
export function isSubscriberNumber(text: string): boolean {
  if (text.length === 0 || text.length > numberDigitsMax) return false;
  for (let index = 0; index < text.length; index++) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return false;
  }
  return true;
}

/**
 * The partition of a number, 0 … 63: FNV-1a of 32 bits over its digits, its bits mixed once more, the upper six of it.
 * FNV alone spreads numbers that differ in their last digits poorly over the upper bits. Stored data depends on this
 * function: it never changes.
 */
export function partitionOf(number: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < number.length; index++) {
    hash = Math.imul(hash ^ number.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 26;
}

/**
 * Packs a number into eight octets whose order is that of the digits, a prefix before what it starts:
 *
 *     octet   0     1     2     3     4     5     6     7
 *           d1 d2 d3 d4 d5 d6 d7 d8 d9 .. .. .. .. .. d15 n      four bits each, unused digits 0, n = count of digits
 */
export function packNumber(number: string, into: Uint8Array, at: number): void {
  assert(isSubscriberNumber(number), 'an actor is named by 1 … 15 digits');
  const count = number.length;
  for (let octet = 0; octet < packedNumberOctets; octet++) {
    const first = octet * 2;
    const high = first < count ? number.charCodeAt(first) - 48 : 0;
    const low = first + 1 < count ? number.charCodeAt(first + 1) - 48 : 0;
    into[at + octet] = (high << 4) | low;
  }
  into[at + packedNumberOctets - 1] = ((into[at + packedNumberOctets - 1] as number) & 0xf0) | count;
}

/** The number packed at `at`; undefined when these octets are none. */
export function unpackNumber(from: Uint8Array, at: number): string | undefined {
  if (at + packedNumberOctets > from.length) return undefined;
  const count = (from[at + packedNumberOctets - 1] as number) & 0x0f;
  if (count === 0) return undefined;
  let number = '';
  for (let index = 0; index < numberDigitsMax; index++) {
    const octet = from[at + (index >> 1)] as number;
    const digit = index % 2 === 0 ? octet >> 4 : octet & 0x0f;
    if (digit > 9 || (index >= count && digit !== 0)) return undefined;
    if (index < count) number += String.fromCharCode(48 + digit);
  }
  return number;
}
