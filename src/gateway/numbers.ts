/** Numbers of signalling, made E.164: country code first, no plus, no prefix. */

import { type IsupNumber, isupNature } from '../stack/isup/number.ts';
import { type Address, natureOfAddress, numberingPlan } from '../stack/map/address-string.ts';
import { isSubscriberNumber } from '../types/partition.ts';
import { type Numbering, ROUTED_DIGITS_MIN } from '../types/written-number.ts';

export type NumberingOptions = Numbering;

/** E.164 digits of an ISUP number; empty when it names nobody (no digits, other plans, network-specific). */
export function fromIsup(number: IsupNumber, options: NumberingOptions): string {
  if (number.plan !== 1 && number.plan !== 0) return '';
  const signalled = number.digits.endsWith('f') ? number.digits.slice(0, -1) : number.digits;
  const digits = withoutRouting(signalled, options);
  switch (number.nature) {
    case isupNature.international:
      return checked(digits);
    case isupNature.national:
      return isShort(digits, options) ? checked(digits) : national(digits, options);
    case isupNature.networkSpecific:
      return isShort(digits, options) ? checked(digits) : '';
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
  const digits = withoutRouting(address.digits, options);
  switch (address.nature) {
    case natureOfAddress.international:
      return checked(digits);
    case natureOfAddress.nationalSignificant:
      return isShort(digits, options) ? checked(digits) : national(digits, options);
    case natureOfAddress.unknown:
      return fromDialled(digits, options);
    default:
      return '';
  }
}

/** What is left must still be a number. */
function withoutRouting(digits: string, { routingPrefixes }: NumberingOptions): string {
  if (routingPrefixes === undefined) return digits;
  for (const prefix of routingPrefixes)
    if (digits.startsWith(prefix) && digits.length - prefix.length >= ROUTED_DIGITS_MIN)
      return digits.slice(prefix.length);
  return digits;
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

function isShort(digits: string, { shortNumberDigitsMax = 0 }: NumberingOptions): boolean {
  return digits.length <= shortNumberDigitsMax;
}

/** A country code alone names nobody. */
function national(digits: string, { countryCode }: NumberingOptions): string {
  return digits === '' ? '' : checked(countryCode + digits);
}

function checked(digits: string): string {
  return isSubscriberNumber(digits) ? digits : '';
}
