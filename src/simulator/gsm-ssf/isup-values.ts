/** Numbers as ISUP codes them, with the values that the simulated exchange gives them. */
import {
  decodeCalledPartyNumber,
  encodeCalledPartyNumber,
  encodeCallingPartyNumber,
  isupNature,
} from '../../stack/isup/number.ts';

const ISDN = 1;

export function calledPartyNumber(digits: string): Uint8Array {
  return encodeCalledPartyNumber({
    nature: isupNature.international,
    plan: ISDN,
    internalNetworkNumber: false,
    digits,
  });
}

export function callingPartyNumber(digits: string): Uint8Array {
  return encodeCallingPartyNumber({
    nature: isupNature.international,
    plan: ISDN,
    incomplete: false,
    presentation: 0,
    screening: 3,
    digits,
  });
}

/** Undefined when there is no number in it. */
export function destinationOf(addresses: readonly Uint8Array[]): string | undefined {
  const number = addresses[0] && decodeCalledPartyNumber(addresses[0]);
  return number === undefined || number.digits === '' ? undefined : number.digits;
}
