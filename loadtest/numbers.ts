/**
 * The numbers of the load: a subscriber and a call are an index each, and stand as eight decimal digits in whatever names
 * them, packed alike in ISUP numbers, MAP addresses and IMSIs: two digits an octet, the first in the lower half.
 */

export const INDEX_MAX = 99_999_999;
export const PACKED_OCTETS = 4;

/** Before the eight digits: an even count of digits each, so that they begin with an octet. */
export const SUBSCRIBER_PREFIX = '4915';
export const CALLER_PREFIX = '4930';
export const IMSI_PREFIX = '262010';
/** Behind the eight digits of an IMSI, which has fifteen. */
export const IMSI_SUFFIX = '0';

export function eightDigits(index: number): string {
  return String(index).padStart(8, '0');
}

export function subscriberNumber(index: number): string {
  return SUBSCRIBER_PREFIX + eightDigits(index);
}

/** The index in E.164 digits with this prefix; −1: they are none of ours. */
export function indexIn(digits: string, prefix: string): number {
  if (digits.length !== prefix.length + 8 || !digits.startsWith(prefix)) return -1;
  return Number(digits.slice(prefix.length));
}

export function packIndex(octets: Uint8Array, at: number, index: number): void {
  let rest = index;
  for (let octet = at + PACKED_OCTETS - 1; octet >= at; octet--) {
    const pair = rest % 100;
    rest = (rest - pair) / 100;
    const low = pair % 10;
    octets[octet] = (low << 4) | ((pair - low) / 10);
  }
}

/** −1: these octets are no digits. */
export function unpackIndex(octets: Uint8Array, at: number): number {
  if (at + PACKED_OCTETS > octets.length) return -1;
  let index = 0;
  for (let octet = at; octet < at + PACKED_OCTETS; octet++) {
    const high = (octets[octet] as number) & 0x0f;
    const low = (octets[octet] as number) >> 4;
    if (high > 9 || low > 9) return -1;
    index = index * 100 + high * 10 + low;
  }
  return index;
}
