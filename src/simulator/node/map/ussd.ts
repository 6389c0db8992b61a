/** USSD strings in the default alphabet (3GPP TS 23.038 §5, §6.1.2.3). */
import type { UssdRes } from '../../../stack/map/operations/unstructured-ss.ts';
import { gsm7Septets, gsm7Text } from '../../../stack/sms/gsm7-alphabet.ts';
import { packedOctets, packSeptets, unpackSeptets } from '../../../stack/sms/gsm7-packing.ts';

/** Default alphabet, language unspecified. */
const DEFAULT_ALPHABET = 0x0f;
const CARRIAGE_RETURN = 0x0d;

export function ussd(text: string): UssdRes {
  let septets = gsm7Septets(text) ?? new Uint8Array(0);
  // Seven spare bits would read as one more "@" (3GPP TS 23.038 §6.1.2.3.1).
  if (septets.length % 8 === 7) septets = Uint8Array.of(...septets, CARRIAGE_RETURN);
  const octets = new Uint8Array(packedOctets(septets.length));
  packSeptets(septets, octets, 0);
  return { 'ussd-DataCodingScheme': Uint8Array.of(DEFAULT_ALPHABET), 'ussd-String': octets };
}

export function ussdText({ 'ussd-String': octets }: UssdRes): string {
  const septets = unpackSeptets(octets, Math.floor((octets.length * 8) / 7));
  return gsm7Text(septets).replace(/\r$/, '');
}
