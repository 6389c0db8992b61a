/**
 * Telephony binary coded decimals: TBCD-STRING of 3GPP TS 29.002 §17.7.8.
 *
 *     | 2nd digit | 1st digit |  | 4th digit | 3rd digit |  …  | 1111 filler | last digit |
 */
import { strict as assert } from 'node:assert';

const DIGITS = '0123456789*#abcf';
const VALUES = new Int8Array(128).fill(-1);
for (let value = 0; value < 15; value++) VALUES[DIGITS.charCodeAt(value)] = value;

/** Whether `digits` can be sent: any of `0-9 * # a b c`. */
export function isTbcd(digits: string): boolean {
  for (let at = 0; at < digits.length; at++) if ((VALUES[digits.charCodeAt(at)] ?? -1) < 0) return false;
  return true;
}

/**
 * The digits of `octets` from `offset` on: `0-9 * # a b c`. A filler that is not the last is shown as `f`, so that what
 * is no number does not look like one.
 */
export function decodeTbcd(octets: Uint8Array, offset = 0): string {
  let digits = '';
  const last = octets.length - 1;
  for (let at = offset; at <= last; at++) {
    const octet = octets[at]!;
    digits += DIGITS[octet & 15]!;
    if (octet >= 0xf0 && at === last) break;
    digits += DIGITS[octet >> 4]!;
  }
  return digits;
}

/** Writes `digits` into `octets` at `offset`, the last octet filled up with `filler`; returns the offset behind them. */
export function writeTbcd(octets: Uint8Array, offset: number, digits: string, filler = 15): number {
  let to = offset;
  for (let at = 0; at < digits.length; at += 2) {
    octets[to++] = value(digits, at) | ((at + 1 < digits.length ? value(digits, at + 1) : filler) << 4);
  }
  return to;
}

/** Asserts {@link isTbcd}. */
export function encodeTbcd(digits: string): Uint8Array {
  const octets = new Uint8Array((digits.length + 1) >> 1);
  writeTbcd(octets, 0, digits);
  return octets;
}

function value(digits: string, at: number): number {
  const found = VALUES[digits.charCodeAt(at)] ?? -1;
  assert(found >= 0, `"${digits}" is no TBCD string`);
  return found;
}
