/**
 * TP-User-Data-Length and TP-User-Data (3GPP TS 23.040 §9.2.3.16, §9.2.3.24).
 *
 *     TP-UDL   septets of header, fill bits and text (GSM 7 bit), else octets of header and text
 *     TP-UD    [ TP-UDHL, header, fill bits up to a septet boundary (GSM 7 bit only) ], text; at most 140 octets
 */
import assert from 'node:assert/strict';
import { failure, type Result, success } from '../../types/result.ts';
import { type Alphabet, alphabetOf } from './data-coding.ts';
import { gsm7Text } from './gsm7-alphabet.ts';
import { packedOctets, packSeptets, unpackSeptets } from './gsm7-packing.ts';
import { ucs2Text } from './ucs2.ts';

export const USER_DATA_OCTETS_MAX = 140;
export const USER_DATA_SEPTETS_MAX = 160;

const clause = '3GPP TS 23.040 §9.2.3.24';

export interface UserData {
  /** The octets behind TP-UDHL (`informationElements` reads them); undefined when TP-UDHI is 0. */
  readonly header: Uint8Array | undefined;
  /** GSM 7 bit: a septet in each octet, unpacked. Else the octets of the text. */
  readonly units: Uint8Array;
}

export const NO_USER_DATA: UserData = { header: undefined, units: new Uint8Array(0) };

/** The text; of data that is no text (8-bit, compressed), an empty one. National language tables are not applied. */
export function userDataText(dataCodingScheme: number, userData: UserData): string {
  switch (alphabetOf(dataCodingScheme)) {
    case 'gsm7':
      return gsm7Text(userData.units);
    case 'ucs2':
      return ucs2Text(userData.units);
    case 'octets':
      return '';
  }
}

/** Octets that the two fields take together. */
export function userDataOctets(alphabet: Alphabet, userData: UserData): number {
  const header = userData.header === undefined ? 0 : userData.header.length + 1;
  if (alphabet !== 'gsm7') return 1 + header + userData.units.length;
  return 1 + packedOctets(headerSeptets(header) + userData.units.length);
}

/** Writes both fields at `offset`; returns the offset behind them. More than 140 octets are a programmer's error. */
export function writeUserData(
  alphabet: Alphabet,
  userData: UserData,
  target: Uint8Array,
  offset: number,
): number {
  const { header, units } = userData;
  assert(userDataOctets(alphabet, userData) <= 1 + USER_DATA_OCTETS_MAX, 'user data is 140 octets at most');
  const headerOctets = header === undefined ? 0 : header.length + 1;
  const septetsBefore = headerSeptets(headerOctets);
  target[offset] = alphabet === 'gsm7' ? septetsBefore + units.length : headerOctets + units.length;
  let to = offset + 1;
  if (header !== undefined) {
    target[to] = header.length;
    target.set(header, to + 1);
    to += headerOctets;
  }
  if (alphabet === 'gsm7') return packSeptets(units, target, to, septetsBefore * 7 - headerOctets * 8);
  target.set(units, to);
  return to + units.length;
}

/**
 * Reads both fields, which begin at `offset`. Octets behind what TP-UDL counts are left alone. `header` and (but for GSM 7
 * bit) `units` are views. Failures: `sms.truncated`, `sms.user-data-too-long`, `sms.user-data-header` (TP-UDHL passes the end).
 */
export function readUserData(
  alphabet: Alphabet,
  headerIndicator: boolean,
  octets: Uint8Array,
  offset: number,
): Result<UserData> {
  const length = octets[offset];
  if (length === undefined) return failure('sms.truncated', octets.length, clause);
  const lengthOctets = alphabet === 'gsm7' ? packedOctets(length) : length;
  if (lengthOctets > USER_DATA_OCTETS_MAX) return failure('sms.user-data-too-long', offset, clause);
  const start = offset + 1;
  const end = start + lengthOctets;
  if (end > octets.length) return failure('sms.truncated', octets.length, clause);
  let headerOctets = 0;
  let header: Uint8Array | undefined;
  if (headerIndicator) {
    headerOctets = (end > start ? (octets[start] as number) : USER_DATA_OCTETS_MAX) + 1;
    if (start + headerOctets > end) return failure('sms.user-data-header', start, clause);
    header = octets.subarray(start + 1, start + headerOctets);
  }
  const textStart = start + headerOctets;
  if (alphabet !== 'gsm7') return success({ header, units: octets.subarray(textStart, end) });
  const septetsBefore = headerSeptets(headerOctets);
  const fillBits = septetsBefore * 7 - headerOctets * 8;
  const count = Math.max(0, length - septetsBefore);
  return success({ header, units: unpackSeptets(octets.subarray(textStart, end), count, fillBits) });
}

function headerSeptets(headerOctets: number): number {
  return Math.ceil((headerOctets * 8) / 7);
}
