/**
 * Which message carries data to a destination, and into how many it is cut (ITU-T Q.714 §4.1.1.1): a UDT where it fits, else an
 * XUDT, an LUDT where the destination takes it, or XUDTs of a segment each, 16 at most.
 */
import { addressOctets, type PointCodeBits } from './address.ts';
import { DATA_OCTETS_MAX, type Destination } from './destinations.ts';
import type { OptionalParameter } from './optional-part.ts';
import type { ReturnCauseName } from './return-causes.ts';
import type { SccpAddress } from './service.ts';

export const SEGMENTS_MAX = 16;

/** Octets around addresses and data, length octets and pointers included. */
const UDT_OCTETS = 2 + 3 + 3;
const XUDT_OCTETS = 3 + 4 + 3;
const LUDT_OCTETS = 3 + 8 + 4;
const SEGMENTATION_OCTETS = 6;
const IMPORTANCE_OCTETS = 3;
const END_OCTETS = 1;
/** How far the pointer to the optional part is from the first octet after the pointers. */
const POINTER_REACH = 255 - 1;

export interface ToCarry {
  readonly called: SccpAddress;
  readonly calling: SccpAddress;
  readonly dataLength: number;
  readonly importance?: number | undefined;
  readonly other?: readonly OptionalParameter[] | undefined;
  /** It must have a hop counter, where the destination knows one. */
  readonly extended: boolean;
}

export type Carriage =
  | { readonly kind: 'UDT' }
  | { readonly kind: 'XUDT' }
  | { readonly kind: 'LUDT' }
  | { readonly kind: 'segments'; readonly count: number; readonly segmentOctets: number };

export type NoCarriage = Extract<ReturnCauseName, 'segmentation-not-supported' | 'segmentation-failure'>;

/** How to carry data, or why it cannot be carried (ITU-T Q.714 §4.1.1.1.3). */
export function carriage(
  what: ToCarry,
  { messages, messageOctetsMax }: Destination,
  bits: PointCodeBits,
): Carriage | NoCarriage {
  const { dataLength } = what;
  const addresses = addressOctets(what.called, bits) + addressOctets(what.calling, bits);
  const fitsUnitdata = dataLength <= 255 && UDT_OCTETS + addresses + dataLength <= messageOctetsMax;
  // Importance and whatever else is optional gives way where there is no optional part.
  if (messages === 'udt') return fitsUnitdata ? { kind: 'UDT' } : 'segmentation-not-supported';
  const parameters = (what.importance === undefined ? 0 : IMPORTANCE_OCTETS) + octetsOf(what.other);
  if (fitsUnitdata && parameters === 0 && !what.extended) return { kind: 'UDT' };
  const optional = parameters === 0 ? 0 : parameters + END_OCTETS;
  const reach = POINTER_REACH - 3 - addresses;
  const whole = Math.min(
    255,
    messageOctetsMax - XUDT_OCTETS - addresses - optional,
    optional === 0 ? 255 : reach,
  );
  if (dataLength <= whole) return { kind: 'XUDT' };
  if (dataLength > DATA_OCTETS_MAX) return 'segmentation-failure';
  const around = addresses + SEGMENTATION_OCTETS + parameters + END_OCTETS;
  if (messages === 'ludt' && LUDT_OCTETS + around + dataLength <= messageOctetsMax) return { kind: 'LUDT' };
  const segmentOctets = Math.min(reach, 255, messageOctetsMax - XUDT_OCTETS - around);
  if (segmentOctets < 1) return 'segmentation-failure';
  const count = Math.ceil(dataLength / segmentOctets);
  return count > SEGMENTS_MAX ? 'segmentation-failure' : { kind: 'segments', count, segmentOctets };
}

function octetsOf(parameters: readonly OptionalParameter[] | undefined): number {
  if (parameters === undefined) return 0;
  return parameters.reduce((octets, { value }) => octets + 2 + value.length, 0);
}
