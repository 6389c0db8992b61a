/** Numbers of signalling, made E.164: country code first, no plus, no prefix. */

import { type IsupNumber, isupNature } from '../stack/isup/number.ts';
import { type Address, natureOfAddress, numberingPlan } from '../stack/map/address-string.ts';
import { isSubscriberNumber } from '../types/partition.ts';

export interface NumberingOptions {
  /** Of the home network: `49`. */
  readonly countryCode: string;
  /** Dialled before a national significant number of unknown nature: `0`. Empty where there is none. */
  readonly nationalPrefix: string;
  /** Dialled before a country code: `00`. */
  readonly internationalPrefix: string;
}

/** E.164 digits of an ISUP number; empty when it names nobody (no digits, other plans, network-specific). */
export function fromIsup(number: IsupNumber, options: NumberingOptions): string {
  if (number.plan !== 1 && number.plan !== 0) return '';
  const digits = number.digits.endsWith('f') ? number.digits.slice(0, -1) : number.digits;
  switch (number.nature) {
    case isupNature.international:
      return checked(digits);
    case isupNature.national:
      return national(digits, options);
    case isupNature.unknown:
    case isupNature.subscriber:
      return fromDialled(digits, options);
    default:
      return '';
  }
}

/** E.164 digits of a MAP address; empty when it names nobody. */
export function fromAddress(address: Address | undefined, options: NumberingOptions): string {
  if (address === undefined) return '';
  if (address.plan !== numberingPlan.isdn && address.plan !== numberingPlan.unknown) return '';
  switch (address.nature) {
    case natureOfAddress.international:
      return checked(address.digits);
    case natureOfAddress.nationalSignificant:
      return national(address.digits, options);
    case natureOfAddress.unknown:
      return fromDialled(address.digits, options);
    default:
      return '';
  }
}

/** E.164 digits of what a subscriber writes or dials, with or without a plus; empty when it names nobody. */
export function fromWritten(dialled: string, options: NumberingOptions): string {
  return dialled.startsWith('+') ? checked(dialled.slice(1)) : fromDialled(dialled, options);
}

function fromDialled(digits: string, options: NumberingOptions): string {
  const { nationalPrefix, internationalPrefix } = options;
  if (internationalPrefix !== '' && digits.startsWith(internationalPrefix)) {
    return checked(digits.slice(internationalPrefix.length));
  }
  if (nationalPrefix !== '' && digits.startsWith(nationalPrefix)) {
    return national(digits.slice(nationalPrefix.length), options);
  }
  return checked(digits);
}

/** A country code alone names nobody. */
function national(digits: string, { countryCode }: NumberingOptions): string {
  return digits === '' ? '' : checked(countryCode + digits);
}

function checked(digits: string): string {
  return isSubscriberNumber(digits) ? digits : '';
}
