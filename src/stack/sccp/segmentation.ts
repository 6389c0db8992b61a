/**
 * Which message carries a user's data, and into how many it is cut (ITU-T Q.714 §4.1.1): a UDT where it fits, else XUDT
 * in at most 16 segments.
 */
import { addressOctets } from './address.ts';
import type { SccpAddress } from './service.ts';

export const SEGMENTS_MAX = 16;

/** Octets of a UDT and of an XUDT with segmentation around addresses and data, length octets and pointers included. */
const UDT_OCTETS = 2 + 3 + 3;
const XUDT_OCTETS = 3 + 4 + 3;
const SEGMENTATION_OCTETS = 6;
const IMPORTANCE_OCTETS = 3;
const END_OCTETS = 1;
/** How far the pointer to the optional part is from the first octet after the pointers. */
const POINTER_REACH = 255 - 1;

export type Carriage =
  | { readonly kind: 'UDT' }
  | { readonly kind: 'XUDT' }
  | { readonly kind: 'segments'; readonly count: number; readonly segmentOctets: number };

/** How to carry `dataLength` octets; undefined when 16 segments are not enough. */
export function carriage(
  called: SccpAddress,
  calling: SccpAddress,
  dataLength: number,
  messageOctetsMax: number,
  hasImportance: boolean,
): Carriage | undefined {
  const addresses = addressOctets(called) + addressOctets(calling);
  if (!hasImportance && dataLength <= 255 && UDT_OCTETS + addresses + dataLength <= messageOctetsMax)
    return { kind: 'UDT' };
  const optional = hasImportance ? IMPORTANCE_OCTETS + END_OCTETS : 0;
  const reach = POINTER_REACH - 3 - addresses;
  const whole = Math.min(
    255,
    messageOctetsMax - XUDT_OCTETS - addresses - optional,
    hasImportance ? reach : 255,
  );
  if (dataLength <= whole) return { kind: 'XUDT' };
  const segmentOctets = Math.min(
    reach,
    messageOctetsMax -
      XUDT_OCTETS -
      addresses -
      SEGMENTATION_OCTETS -
      (optional === 0 ? END_OCTETS : optional),
  );
  if (segmentOctets < 1) return undefined;
  const count = Math.ceil(dataLength / segmentOctets);
  return count > SEGMENTS_MAX ? undefined : { kind: 'segments', count, segmentOctets };
}
