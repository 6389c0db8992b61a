/** Legs by number: 3GPP TS 29.078 §5.1. The calling party is leg 1, the called party leg 2. */
import type { LegID } from '../../stack/cap/types/call.ts';

export const LEG_CALLING = 1;
export const LEG_CALLED = 2;

/** Undefined when it is not one octet. */
export function legNumber(id: LegID): number | undefined {
  const octets = 'sendingSideID' in id ? id.sendingSideID : id.receivingSideID;
  return octets.length === 1 ? octets[0] : undefined;
}

/** As the gsmSSF names a leg. */
export function receivingSide(leg: number): { readonly receivingSideID: Uint8Array } {
  return { receivingSideID: Uint8Array.of(leg) };
}

/** As the gsmSCF names a leg. */
export function sendingSide(leg: number): { readonly sendingSideID: Uint8Array } {
  return { sendingSideID: Uint8Array.of(leg) };
}
