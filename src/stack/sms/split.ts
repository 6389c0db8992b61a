/**
 * A text as user data: in one short message where it fits, else in concatenated ones (3GPP TS 23.040 §9.2.3.24.1), in the GSM 7 bit default
 * alphabet where that has every character, else in UCS2.
 */
import { failure, type Result, success } from '../../types/result.ts';
import { type Alphabet, DCS_GSM7, DCS_UCS2 } from './data-coding.ts';
import { ESCAPE, gsm7Septets } from './gsm7-alphabet.ts';
import { ucs2Octets } from './ucs2.ts';
import { USER_DATA_OCTETS_MAX, USER_DATA_SEPTETS_MAX, type UserData } from './user-data.ts';
import { concatenationHeader } from './user-data-header.ts';

export interface SplitText {
  readonly alphabet: Alphabet;
  readonly dataCodingScheme: number;
  readonly parts: readonly UserData[];
}

/** Septets and octets of text beside the six octets of TP-UDHL and the concatenation element. */
const septetsWithHeader = 153;
const octetsWithHeader = 134;
const partsLimit = 255;

/**
 * Splits `text` into at most `partsMax` (1 … 255) parts with the concatenation reference `reference` (0 … 255). Neither an escaped
 * character nor a surrogate pair is cut, and no word, as long as that costs no part. Failure: `sms.text-too-long`.
 */
export function splitText(text: string, reference: number, partsMax = partsLimit): Result<SplitText> {
  const septets = gsm7Septets(text);
  const alphabet: Alphabet = septets === undefined ? 'ucs2' : 'gsm7';
  const units = septets ?? ucs2Octets(text);
  const coded = { alphabet, dataCodingScheme: septets === undefined ? DCS_UCS2 : DCS_GSM7 };
  const whole = septets === undefined ? USER_DATA_OCTETS_MAX : USER_DATA_SEPTETS_MAX;
  if (units.length <= whole) return success({ ...coded, parts: [{ header: undefined, units }] });
  const room = septets === undefined ? octetsWithHeader : septetsWithHeader;
  const mayCut = septets === undefined ? mayCutUcs2 : mayCutGsm7;
  const isSpace = septets === undefined ? isSpaceUcs2 : isSpaceGsm7;

  const tight = cuts(units, room, mayCut, undefined);
  if (tight.length > Math.min(partsMax, partsLimit))
    return failure('sms.text-too-long', 0, '3GPP TS 23.040 §9.2.3.24.1');
  const betweenWords = cuts(units, room, mayCut, isSpace);
  const chosen = betweenWords.length > tight.length ? tight : betweenWords;
  let start = 0;
  const parts = chosen.map((end, index): UserData => {
    const header = concatenationHeader(reference, chosen.length, index + 1);
    const part = { header, units: units.subarray(start, end) };
    start = end;
    return part;
  });
  return success({ ...coded, parts });
}

type At = (units: Uint8Array, at: number) => boolean;

/** The end of each part. With `isSpace`, a part ends behind the last space in its second half, where there is one. */
function cuts(units: Uint8Array, room: number, mayCut: At, isSpace: At | undefined): number[] {
  const ends: number[] = [];
  for (let start = 0; start < units.length; ) {
    let end = Math.min(start + room, units.length);
    if (end < units.length) {
      while (!mayCut(units, end)) end--;
      if (isSpace !== undefined) {
        const half = start + (room >>> 1);
        for (let at = end; at > half; at--) {
          if (mayCut(units, at) && isSpace(units, at)) {
            end = at;
            break;
          }
        }
      }
    }
    ends.push(end);
    start = end;
  }
  return ends;
}

/** An escape is never the last septet of a part. The coder writes no two in a row. */
function mayCutGsm7(units: Uint8Array, at: number): boolean {
  return units[at - 1] !== ESCAPE;
}

function isSpaceGsm7(units: Uint8Array, at: number): boolean {
  const before = units[at - 1];
  return (before === 0x20 || before === 0x0a) && (at < 2 || units[at - 2] !== ESCAPE);
}

/** Not inside a code unit, and not between the two of a surrogate pair. */
function mayCutUcs2(units: Uint8Array, at: number): boolean {
  if ((at & 1) !== 0) return false;
  const high = ((units[at - 2] ?? 0) & 0xfc) === 0xd8;
  return !(high && ((units[at] ?? 0) & 0xfc) === 0xdc);
}

function isSpaceUcs2(units: Uint8Array, at: number): boolean {
  const before = units[at - 1];
  return units[at - 2] === 0 && (before === 0x20 || before === 0x0a);
}
