/**
 * The subscribers of a network of nodes: the same on both sides, by their number. What their phones do follows from the last
 * digit, so that every outcome can be had: 7 is switched off, 8 has no room for short messages, 9 is busy.
 */
import { internationalAddress } from '../../../stack/map/address-string.ts';
import { encodeTbcd } from '../../../stack/map/tbcd.ts';
import type { NodeNumbers } from '../plan.ts';

export const SUBSCRIBERS = 10_000;
const DIGITS = 4;

export type Phone = 'there' | 'off' | 'full' | 'busy';

export interface Subscriber {
  readonly index: number;
  /** TBCD. */
  readonly imsi: Uint8Array;
  /** ISDN-AddressString. */
  readonly msisdn: Uint8Array;
  /** E.164 digits. */
  readonly number: string;
  readonly phone: Phone;
}

export function subscriberAt(numbers: NodeNumbers, index: number): Subscriber {
  const serial = String(index).padStart(DIGITS, '0');
  const number = `${numbers.subscriberPrefix}${serial}`;
  const imsi = `${numbers.imsiPrefix}000000${serial}`;
  const last = index % 10;
  const phone: Phone = last === 7 ? 'off' : last === 8 ? 'full' : last === 9 ? 'busy' : 'there';
  return { index, imsi: encodeTbcd(imsi), msisdn: internationalAddress(number), number, phone };
}

/** The index in an IMSI's or a number's digits; undefined: nobody of ours. */
export function indexOf(numbers: NodeNumbers, digits: string): number | undefined {
  for (const prefix of [numbers.subscriberPrefix, `${numbers.imsiPrefix}000000`])
    if (digits.startsWith(prefix) && digits.length === prefix.length + DIGITS) {
      const index = Number(digits.slice(prefix.length));
      if (Number.isInteger(index)) return index;
    }
  return undefined;
}
