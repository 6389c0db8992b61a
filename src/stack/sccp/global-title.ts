/**
 * Global title (ITU-T Q.713 §3.4.2.3), by its indicator:
 *
 *     1   odd | nature of address                              digits
 *     2   translation type                                     digits
 *     3   translation type   plan | encoding scheme            digits
 *     4   translation type   plan | encoding scheme   nature   digits
 *
 * Digits are BCD, low nibble first. Signals 10 … 15 are written `* # a b c f`. Where the title says that their number is
 * odd, the last high nibble is filler (0). GTI 2 has no such mark: there an odd number is closed by signal 15 (`f`),
 * which is never a digit of a title that we make.
 */
import { failure, type Result, success } from '../../types/result.ts';
import type { GlobalTitle } from './service.ts';

const SIGNALS = '0123456789*#abcf';
const CHARS = Array.from({ length: 16 }, (_, signal) => SIGNALS.charCodeAt(signal));

/** Encoding schemes (ITU-T Q.713 §3.4.2.3.3). */
const BCD_ODD = 1;
const BCD_EVEN = 2;

/** Value of a signal's character; −1 when it is none. */
export function signalValue(charCode: number): number {
  if (charCode >= 48 && charCode <= 57) return charCode - 48;
  return CHARS.indexOf(charCode | (charCode >= 65 ? 0x20 : 0));
}

/** Both signals of an octet, low nibble first. */
const PAIRS = Array.from({ length: 256 }, (_, octet) => SIGNALS[octet & 0x0f]! + SIGNALS[octet >> 4]!);

function readDigits(octets: Uint8Array, from: number, end: number, odd: boolean): string {
  const pairsEnd = odd ? end - 1 : end;
  let digits = '';
  for (let at = from; at < pairsEnd; at++) digits += PAIRS[octets[at]!]!;
  return odd && end > from ? digits + SIGNALS[octets[end - 1]! & 0x0f]! : digits;
}

function writeDigits(octets: Uint8Array, offset: number, digits: string, filler: number): number {
  let at = offset;
  for (let index = 0; index < digits.length; index += 2) {
    const low = signalValue(digits.charCodeAt(index)) & 0x0f;
    const high = index + 1 < digits.length ? signalValue(digits.charCodeAt(index + 1)) & 0x0f : filler;
    octets[at++] = low | (high << 4);
  }
  return at;
}

export function decodeGlobalTitle(
  gti: number,
  octets: Uint8Array,
  offset: number,
  end: number,
): Result<GlobalTitle> {
  const header = gti === 4 ? 3 : gti === 3 ? 2 : 1;
  if (gti > 4) return failure('global-title-indicator-unknown', offset, 'ITU-T Q.713 §3.4.1');
  if (end - offset < header) return failure('global-title-truncated', offset, 'ITU-T Q.713 §3.4.2.3');
  const first = octets[offset]!;
  const from = offset + header;
  if (gti === 1)
    return success({
      gti: 1,
      natureOfAddress: first & 0x7f,
      digits: readDigits(octets, from, end, (first & 0x80) !== 0),
    });
  if (gti === 2)
    return success({
      gti: 2,
      translationType: first,
      digits: readDigits(octets, from, end, end > from && octets[end - 1]! >> 4 === 0x0f),
    });
  const second = octets[offset + 1]!;
  const scheme = second & 0x0f;
  const numberingPlan = second >> 4;
  const digits = readDigits(octets, from, end, scheme === BCD_ODD);
  const title: { -readonly [K in keyof GlobalTitle]: GlobalTitle[K] } =
    gti === 3
      ? { gti: 3, translationType: first, numberingPlan, digits }
      : {
          gti: 4,
          translationType: first,
          numberingPlan,
          natureOfAddress: octets[offset + 2]! & 0x7f,
          digits,
        };
  if (scheme !== BCD_ODD && scheme !== BCD_EVEN) title.encodingScheme = scheme;
  return success(title);
}

export function globalTitleOctets(title: GlobalTitle): number {
  return (title.gti === 4 ? 3 : title.gti === 3 ? 2 : 1) + ((title.digits.length + 1) >> 1);
}

/** Writes the title at `offset`, where there is room, and returns its end. */
export function encodeGlobalTitle(title: GlobalTitle, octets: Uint8Array, offset: number): number {
  const odd = title.digits.length % 2 === 1;
  let at = offset;
  if (title.gti === 1) {
    octets[at++] = (odd ? 0x80 : 0) | ((title.natureOfAddress ?? 0) & 0x7f);
    return writeDigits(octets, at, title.digits, 0);
  }
  octets[at++] = title.translationType ?? 0;
  if (title.gti === 2) return writeDigits(octets, at, title.digits, 0x0f);
  octets[at++] = ((title.numberingPlan ?? 0) << 4) | (title.encodingScheme ?? (odd ? BCD_ODD : BCD_EVEN));
  if (title.gti === 4) octets[at++] = (title.natureOfAddress ?? 0) & 0x7f;
  return writeDigits(octets, at, title.digits, 0);
}

/** Digits that can be signalled: at most 32 of `0-9 * # a b c f`. */
export function isDigits(digits: string): boolean {
  if (digits.length > 32) return false;
  for (let index = 0; index < digits.length; index++) {
    if (signalValue(digits.charCodeAt(index)) < 0) return false;
  }
  return true;
}
