/**
 * Called and calling party address (ITU-T Q.713 §3.4).
 *
 *     octet 1   8: national  7: routing (1: on SSN)  6–3: GTI  2: SSN there  1: point code there
 *     then      point code (2 octets, low one first)   SSN   global title
 */
import { failure, type Result, success } from '../../types/result.ts';
import { decodeGlobalTitle, encodeGlobalTitle, globalTitleOctets } from './global-title.ts';
import type { SccpAddress } from './service.ts';

const POINT_CODE_THERE = 0x01;
const SSN_THERE = 0x02;
const ROUTE_ON_SSN = 0x40;
const NATIONAL = 0x80;

/** Decodes the address in `octets[offset … offset + length)`. */
export function decodeAddress(octets: Uint8Array, offset: number, length: number): Result<SccpAddress> {
  const end = offset + length;
  if (length < 1 || end > octets.length) return failure('address-truncated', offset, 'ITU-T Q.713 §3.4');
  const indicator = octets[offset]!;
  let at = offset + 1;
  const address: { -readonly [K in keyof SccpAddress]: SccpAddress[K] } = {
    routing: (indicator & ROUTE_ON_SSN) === 0 ? 'gt' : 'ssn',
  };
  if ((indicator & NATIONAL) !== 0) address.national = true;
  if ((indicator & POINT_CODE_THERE) !== 0) {
    if (end - at < 2) return failure('address-truncated', at, 'ITU-T Q.713 §3.4.2.1');
    address.pointCode = (octets[at]! | (octets[at + 1]! << 8)) & 0x3fff;
    at += 2;
  }
  if ((indicator & SSN_THERE) !== 0) {
    if (end - at < 1) return failure('address-truncated', at, 'ITU-T Q.713 §3.4.2.2');
    address.ssn = octets[at]!;
    at += 1;
  }
  const gti = (indicator >> 2) & 0x0f;
  if (gti !== 0) {
    const title = decodeGlobalTitle(gti, octets, at, end);
    if (!title.ok) return title;
    address.globalTitle = title.value;
  }
  return success(address);
}

/** Octets that `encodeAddress` writes. */
export function addressOctets(address: SccpAddress): number {
  return (
    1 +
    (address.pointCode === undefined ? 0 : 2) +
    (address.ssn === undefined ? 0 : 1) +
    (address.globalTitle === undefined ? 0 : globalTitleOctets(address.globalTitle))
  );
}

/** Writes the address at `offset`, where there is room, and returns its end. */
export function writeAddress(octets: Uint8Array, offset: number, address: SccpAddress): number {
  const { pointCode, ssn, globalTitle } = address;
  octets[offset] =
    (address.national === true ? NATIONAL : 0) |
    (address.routing === 'ssn' ? ROUTE_ON_SSN : 0) |
    ((globalTitle?.gti ?? 0) << 2) |
    (ssn === undefined ? 0 : SSN_THERE) |
    (pointCode === undefined ? 0 : POINT_CODE_THERE);
  let at = offset + 1;
  if (pointCode !== undefined) {
    octets[at] = pointCode;
    octets[at + 1] = (pointCode >> 8) & 0x3f;
    at += 2;
  }
  if (ssn !== undefined) octets[at++] = ssn;
  return globalTitle === undefined ? at : encodeGlobalTitle(globalTitle, octets, at);
}

/** The address in octets of its own. */
export function encodeAddress(address: SccpAddress): Uint8Array {
  const octets = new Uint8Array(addressOctets(address));
  writeAddress(octets, 0, address);
  return octets;
}
