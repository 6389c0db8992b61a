/**
 * A USSD string and its data coding scheme (3GPP TS 23.038 §5, §6.1.2.3; TS 29.002 §17.7.4: 160 octets at most, which are 182
 * characters of the GSM 7 bit default alphabet, or 80 of UCS2).
 */
import { CBS_GSM7, CBS_UCS2, cbsCodingOf } from './cbs-data-coding.ts';
import { gsm7Length, gsm7Septets, gsm7Text } from './gsm7-alphabet.ts';
import { packedOctets, packSeptets, unpackSeptets } from './gsm7-packing.ts';
import { ucs2Octets, ucs2Text } from './ucs2.ts';

export const USSD_OCTETS_MAX = 160;

const SEPTETS_MAX = 182;
const CARRIAGE_RETURN = 0x0d;
/** Two letters and a carriage return; two letters of seven bits, padded, before UCS2. */
const LANGUAGE_CHARACTERS = 3;
const LANGUAGE_OCTETS = 2;

export interface UssdString {
  readonly dataCodingScheme: number;
  readonly octets: Uint8Array;
}

/** Whether a text can be one string. */
export function fitsUssdString(text: string): boolean {
  const septets = gsm7Length(text);
  return septets < 0 ? text.length * 2 <= USSD_OCTETS_MAX : septets <= SEPTETS_MAX;
}

/** In the default alphabet where that has every character, else in UCS2. */
export function encodeUssdString(text: string): UssdString {
  const septets = gsm7Septets(text);
  if (septets === undefined) return { dataCodingScheme: CBS_UCS2, octets: ucs2Octets(text) };
  const padded = padding(septets) ? Uint8Array.of(...septets, CARRIAGE_RETURN) : septets;
  const octets = new Uint8Array(packedOctets(padded.length));
  packSeptets(padded, octets, 0);
  return { dataCodingScheme: CBS_GSM7, octets };
}

/** Seven spare bits would be read as one more "@", and a carriage return at the end of an octet as padding (§6.1.2.3.1). */
function padding(septets: Uint8Array): boolean {
  const rest = septets.length % 8;
  return rest === 7 || (rest === 0 && septets.at(-1) === CARRIAGE_RETURN);
}

/** The text; undefined where the scheme is of none that is read here: `unknownAlphabet` is the answer. */
export function decodeUssdString({ dataCodingScheme, octets }: UssdString): string | undefined {
  const { alphabet, languageFirst } = cbsCodingOf(dataCodingScheme);
  if (alphabet === 'octets') return undefined;
  if (alphabet === 'ucs2') return ucs2Text(languageFirst ? octets.subarray(LANGUAGE_OCTETS) : octets);
  const septets = unpackSeptets(octets, Math.floor((octets.length * 8) / 7));
  const text = gsm7Text(isPadded(septets) ? septets.subarray(0, -1) : septets);
  return languageFirst ? text.slice(LANGUAGE_CHARACTERS) : text;
}

function isPadded(septets: Uint8Array): boolean {
  if (septets.at(-1) !== CARRIAGE_RETURN) return false;
  const rest = septets.length % 8;
  return rest === 0 || (rest === 1 && septets.at(-2) === CARRIAGE_RETURN);
}
