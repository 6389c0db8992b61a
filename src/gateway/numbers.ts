/** Numbers of signalling, made E.164: country code first, no plus, no prefix. */

import { type IsupNumber, isupNature } from '../stack/isup/number.ts';
import { type Address, natureOfAddress, numberingPlan } from '../stack/map/address-string.ts';
import { isSubscriberNumber } from '../types/partition.ts';

/** Fewer digits behind a routing prefix are no subscriber's: the prefix is the beginning of the number itself. */
const ROUTED_DIGITS_MIN = 5;

export interface NumberingOptions {
  /** Of the home network: `49`. */
  readonly countryCode: string;
  /** Dialled before a national significant number of unknown nature: `0`. Empty where there is none. */
  readonly nationalPrefix: string;
  /** Dialled before a country code: `00`. */
  readonly internationalPrefix: string;
  /** Digits that number portability puts before a number on its way (ITU-T Q.769.1 §6: routing number). */
  readonly routingPrefixes?: readonly string[];
  /** National and other numbers of so many digits at most are short numbers, which have no country code; absent: none is. */
  readonly shortNumberDigitsMax?: number;
}

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

/** R5: E.164 digits of a number as a person writes it: with a plus, as it is dialled, or with its country code; empty: none. */
export function fromWritten(text: string, options: NumberingOptions): string {
  const digits = text.replaceAll(/[\s()./-]/g, '');
  return digits.startsWith('+') ? checked(digits.slice(1)) : fromDialled(digits, options);
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
