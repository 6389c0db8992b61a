/**
 * Called and calling party address (ITU-T Q.713 §3.4).
 *
 *     octet 1   8: national  7: routing (1: on SSN)  6–3: GTI  2: SSN there  1: point code there
 *     then      point code (2 octets, low one first)   SSN   global title
 *
 * In networks whose point codes have 24 bits, a point code takes 3 octets.
 */
import { failure, type Result, success } from '../../types/result.ts';
import { decodeGlobalTitle, encodeGlobalTitle, globalTitleOctets } from './global-title.ts';
import type { SccpAddress } from './service.ts';

const POINT_CODE_THERE = 0x01;
const SSN_THERE = 0x02;
const ROUTE_ON_SSN = 0x40;
const NATIONAL = 0x80;
/** Higher global title indicators are spare (ITU-T Q.713 §3.4.1). */
const GTI_MAX = 4;

/** Bits of a point code: the routing label of MTP, and with it the addresses of SCCP, have one or the other. */
export type PointCodeBits = 14 | 24;

/** A point code, low octet first. */
export function readPointCode(octets: Uint8Array, at: number, bits: PointCodeBits): number {
  const low = octets[at]! | (octets[at + 1]! << 8);
  return bits === 14 ? low & 0x3fff : low | (octets[at + 2]! << 16);
}

/** Writes it, and returns its end. */
export function writePointCode(
  octets: Uint8Array,
  at: number,
  pointCode: number,
  bits: PointCodeBits,
): number {
  octets[at] = pointCode;
  octets[at + 1] = bits === 14 ? (pointCode >> 8) & 0x3f : pointCode >> 8;
  if (bits === 14) return at + 2;
  octets[at + 2] = pointCode >> 16;
  return at + 3;
}

export const pointCodeOctets = (bits: PointCodeBits): 2 | 3 => (bits === 14 ? 2 : 3);

/** Decodes the address in `octets[offset … offset + length)`. */
export function decodeAddress(
  octets: Uint8Array,
  offset: number,
  length: number,
  bits: PointCodeBits = 14,
): Result<SccpAddress> {
  const end = offset + length;
  if (length < 1 || end > octets.length) return failure('address-truncated', offset, 'ITU-T Q.713 §3.4');
  const indicator = octets[offset]!;
  let at = offset + 1;
  const address: { -readonly [K in keyof SccpAddress]: SccpAddress[K] } = {
    routing: (indicator & ROUTE_ON_SSN) === 0 ? 'gt' : 'ssn',
  };
  if ((indicator & NATIONAL) !== 0) address.national = true;
  if ((indicator & POINT_CODE_THERE) !== 0) {
    if (end - at < pointCodeOctets(bits)) return failure('address-truncated', at, 'ITU-T Q.713 §3.4.2.1');
    address.pointCode = readPointCode(octets, at, bits);
    at += pointCodeOctets(bits);
  }
  if ((indicator & SSN_THERE) !== 0) {
    if (end - at < 1) return failure('address-truncated', at, 'ITU-T Q.713 §3.4.2.2');
    address.ssn = octets[at]!;
    at += 1;
  }
  const gti = (indicator >> 2) & 0x0f;
  if (gti > GTI_MAX) address.spareTitle = { gti, octets: octets.slice(at, end) };
  else if (gti !== 0) {
    const title = decodeGlobalTitle(gti, octets, at, end);
    if (!title.ok) return title;
    address.globalTitle = title.value;
  }
  return success(address);
}

/** Octets that `encodeAddress` writes. */
export function addressOctets(address: SccpAddress, bits: PointCodeBits = 14): number {
  return (
    1 +
    (address.pointCode === undefined ? 0 : pointCodeOctets(bits)) +
    (address.ssn === undefined ? 0 : 1) +
    (address.globalTitle === undefined ? 0 : globalTitleOctets(address.globalTitle)) +
    (address.spareTitle === undefined ? 0 : address.spareTitle.octets.length)
  );
}

/** Writes the address at `offset`, where there is room, and returns its end. */
export function writeAddress(
  octets: Uint8Array,
  offset: number,
  address: SccpAddress,
  bits: PointCodeBits = 14,
): number {
  const { pointCode, ssn, globalTitle, spareTitle } = address;
  octets[offset] =
    (address.national === true ? NATIONAL : 0) |
    (address.routing === 'ssn' ? ROUTE_ON_SSN : 0) |
    ((globalTitle?.gti ?? spareTitle?.gti ?? 0) << 2) |
    (ssn === undefined ? 0 : SSN_THERE) |
    (pointCode === undefined ? 0 : POINT_CODE_THERE);
  let at = offset + 1;
  if (pointCode !== undefined) at = writePointCode(octets, at, pointCode, bits);
  if (ssn !== undefined) octets[at++] = ssn;
  if (globalTitle !== undefined) return encodeGlobalTitle(globalTitle, octets, at);
  if (spareTitle === undefined) return at;
  octets.set(spareTitle.octets, at);
  return at + spareTitle.octets.length;
}

/** The address in octets of its own. */
export function encodeAddress(address: SccpAddress, bits: PointCodeBits = 14): Uint8Array {
  const octets = new Uint8Array(addressOctets(address, bits));
  writeAddress(octets, 0, address, bits);
  return octets;
}
