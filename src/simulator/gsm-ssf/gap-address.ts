/** Addresses of call gap criteria and of assisting nodes are generic numbers: 3GPP TS 29.078 §5.1, Digits; ITU-T Q.763 §3.26. */
import { decodeGenericNumber, encodeGenericNumber, isupNature } from '../../stack/isup/number.ts';

const ISDN = 1;

/** Empty when there is no number in it. */
export function decodeGapAddress(octets: Uint8Array): string {
  return decodeGenericNumber(octets)?.digits ?? '';
}

export function genericAddress(digits: string): Uint8Array {
  return encodeGenericNumber({
    qualifier: 0,
    nature: isupNature.international,
    plan: ISDN,
    incomplete: false,
    presentation: 0,
    screening: 0,
    digits,
  });
}
