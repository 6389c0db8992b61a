/**
 * Numbers as ISUP codes them, which CAP carries unchanged.
 *
 *     called party (ITU-T Q.763 §3.9)      | odd | nature (7) |  | INN | plan (3) | spare (4) |               digits …
 *     calling party (ITU-T Q.763 §3.10)    | odd | nature (7) |  | NI  | plan (3) | presentation (2) | screening (2) |  digits …
 *
 * Digits are `0-9`, `b` and `c` for codes 11 and 12, `f` for ST; `a`, `d`, `e` are spare. A last half octet over is filler.
 */
import { strict as assert } from 'node:assert';

const DIGITS = '0123456789abcdef';

/** The two digits of each octet, the first in its lower half: half as many strings to put together. */
const PAIRS: readonly string[] = Array.from(
  { length: 256 },
  (_, octet) => DIGITS[octet & 15]! + DIGITS[octet >> 4]!,
);

/** Nature of address indicator: ITU-T Q.763 §3.9, §3.10. */
export const isupNature = {
  subscriber: 1,
  unknown: 2,
  national: 3,
  international: 4,
  networkSpecific: 5,
} as const;

/** Address presentation restricted indicator: ITU-T Q.763 §3.10. */
export const presentation = { allowed: 0, restricted: 1, notAvailable: 2, reserved: 3 } as const;

/** Screening indicator: ITU-T Q.763 §3.10. */
export const screening = {
  userProvidedNotVerified: 0,
  userProvidedVerified: 1,
  userProvidedFailed: 2,
  networkProvided: 3,
} as const;

export interface IsupNumber {
  /** 0 … 127: {@link isupNature}. */
  readonly nature: number;
  /** 0 … 7: 1 is ISDN, 3 data, 4 telex. */
  readonly plan: number;
  readonly digits: string;
}

export interface CalledPartyNumber extends IsupNumber {
  /** Internal network number indicator, as sent: true means that routing to an internal number is not allowed. */
  readonly internalNetworkNumber: boolean;
}

export interface CallingPartyNumber extends IsupNumber {
  /** Number incomplete indicator; in a location number the internal network number indicator. */
  readonly incomplete: boolean;
  /** 0 … 3: {@link presentation}. */
  readonly presentation: number;
  /** 0 … 3: {@link screening}; spare in redirecting and original called numbers. */
  readonly screening: number;
}

export interface GenericNumber extends CallingPartyNumber {
  /** Number qualifier indicator: 6 is the additional calling party number. ITU-T Q.763 §3.26. */
  readonly qualifier: number;
}

/** ITU-T Q.763 §3.9. Undefined when shorter than its two fixed octets. */
export function decodeCalledPartyNumber(octets: Uint8Array): CalledPartyNumber | undefined {
  if (octets.length < 2) return undefined;
  const second = octets[1]!;
  return {
    nature: octets[0]! & 0x7f,
    plan: (second >> 4) & 7,
    internalNetworkNumber: second >= 0x80,
    digits: readDigits(octets, 0),
  };
}

export function encodeCalledPartyNumber(number: CalledPartyNumber): Uint8Array {
  return write(number, 0, (number.internalNetworkNumber ? 0x80 : 0) | ((number.plan & 7) << 4));
}

/**
 * ITU-T Q.763 §3.10; also the redirecting number (§3.44), the original called number (§3.39) and the location number (§3.30).
 * Undefined when shorter than its two fixed octets.
 */
export function decodeCallingPartyNumber(octets: Uint8Array): CallingPartyNumber | undefined {
  return octets.length < 2 ? undefined : callingAt(octets, 0);
}

export function encodeCallingPartyNumber(number: CallingPartyNumber): Uint8Array {
  return write(number, 0, callingSecond(number));
}

/** ITU-T Q.763 §3.26. Undefined when shorter than its three fixed octets. */
export function decodeGenericNumber(octets: Uint8Array): GenericNumber | undefined {
  return octets.length < 3 ? undefined : { qualifier: octets[0]!, ...callingAt(octets, 1) };
}

export function encodeGenericNumber(number: GenericNumber): Uint8Array {
  const octets = write(number, 1, callingSecond(number));
  octets[0] = number.qualifier;
  return octets;
}

/** ITU-T Q.763 §3.51: digits that follow those of an IAM. Undefined when its one fixed octet is not there. */
export function decodeSubsequentNumber(octets: Uint8Array): { readonly digits: string } | undefined {
  return octets.length < 1 ? undefined : { digits: readDigits(octets, -1) };
}

export function encodeSubsequentNumber({ digits }: { readonly digits: string }): Uint8Array {
  const octets = write({ nature: 0, plan: 0, digits }, 0, 0);
  octets[1] = octets[0]!;
  return octets.subarray(1);
}

function callingAt(octets: Uint8Array, offset: number): CallingPartyNumber {
  const second = octets[offset + 1]!;
  return {
    nature: octets[offset]! & 0x7f,
    plan: (second >> 4) & 7,
    incomplete: second >= 0x80,
    presentation: (second >> 2) & 3,
    screening: second & 3,
    digits: readDigits(octets, offset),
  };
}

function callingSecond(number: CallingPartyNumber): number {
  return (
    (number.incomplete ? 0x80 : 0) |
    ((number.plan & 7) << 4) |
    ((number.presentation & 3) << 2) |
    (number.screening & 3)
  );
}

/** Digits from `offset + 2` on; the octet that says odd or even is at `offset`, or at 0 where the digits begin earlier. */
function readDigits(octets: Uint8Array, offset: number): string {
  let digits = '';
  const last = octets.length - 1;
  const even = octets[Math.max(0, offset)]! < 0x80;
  for (let at = offset + 2; at < last; at++) digits += PAIRS[octets[at]!]!;
  if (last >= offset + 2) digits += even ? PAIRS[octets[last]!]! : DIGITS[octets[last]! & 15]!;
  return digits;
}

function write(number: IsupNumber, offset: number, second: number): Uint8Array {
  const { digits } = number;
  const octets = new Uint8Array(offset + 2 + ((digits.length + 1) >> 1));
  octets[offset] = ((digits.length & 1) << 7) | (number.nature & 0x7f);
  octets[offset + 1] = second;
  for (let at = 0; at < digits.length; at++) {
    const value = DIGITS.indexOf(digits[at]!);
    assert(value >= 0, `"${digits}" are no ISUP digits`);
    octets[offset + 2 + (at >> 1)]! |= value << ((at & 1) * 4);
  }
  return octets;
}
