/**
 * AddressString and ISDN-AddressString: 3GPP TS 29.002 §17.7.8. The called party BCD number of 3GPP TS 24.008 §10.5.4.7,
 * which CAP carries, has the same form.
 *
 *     | 1 (no extension) | nature of address (3) | numbering plan (4) |  digits in TBCD …
 */
import { decodeTbcd, writeTbcd } from './tbcd.ts';

export const natureOfAddress = {
  unknown: 0,
  international: 1,
  nationalSignificant: 2,
  networkSpecific: 3,
  subscriber: 4,
  alphanumeric: 5,
  abbreviated: 6,
} as const;

export const numberingPlan = {
  unknown: 0,
  isdn: 1,
  data: 3,
  telex: 4,
  landMobile: 6,
  national: 8,
  private: 9,
} as const;

export interface Address {
  /** 0 … 7: {@link natureOfAddress}. */
  readonly nature: number;
  /** 0 … 15: {@link numberingPlan}. */
  readonly plan: number;
  /** `0-9 * # a b c`; see `decodeTbcd` for what is no number. */
  readonly digits: string;
}

/** Undefined when there is not even the first octet. */
export function decodeAddressString(octets: Uint8Array): Address | undefined {
  const first = octets[0];
  if (first === undefined) return undefined;
  return { nature: (first >> 4) & 7, plan: first & 15, digits: decodeTbcd(octets, 1) };
}

/** Asserts that the digits can be sent: `isTbcd`. */
export function encodeAddressString(address: Address): Uint8Array {
  const octets = new Uint8Array(1 + ((address.digits.length + 1) >> 1));
  octets[0] = 0x80 | ((address.nature & 7) << 4) | (address.plan & 15);
  writeTbcd(octets, 1, address.digits);
  return octets;
}

/** An international number of the ISDN plan: country code first. */
export function internationalAddress(digits: string): Uint8Array {
  return encodeAddressString({ nature: natureOfAddress.international, plan: numberingPlan.isdn, digits });
}
