/**
 * Location areas and cells: LAIFixedLength and CellGlobalIdOrServiceAreaIdFixedLength of 3GPP TS 29.002 §17.7.8, as
 * 3GPP TS 23.003 §4 has them.
 *
 *     | MCC 2 | MCC 1 |  | MNC 3 or filler | MCC 3 |  | MNC 2 | MNC 1 |  | LAC (16) |  | CI or SAC (16), absent of an area |
 */
export interface CellIdentity {
  readonly mobileCountryCode: string;
  readonly mobileNetworkCode: string;
  readonly locationAreaCode: number;
  /** Cell or service area. */
  readonly cellIdentity?: number;
}

const DIGITS = '0123456789abcdef';

/** Undefined when the length is neither 5 nor 7 octets. Digits that are none are shown as `a … f`. */
export function decodeCellIdentity(octets: Uint8Array): CellIdentity | undefined {
  if (octets.length !== 5 && octets.length !== 7) return undefined;
  const digit = (at: number, shift: 0 | 4) => DIGITS[(octets[at]! >> shift) & 15]!;
  const third = digit(1, 4);
  const area = {
    mobileCountryCode: digit(0, 0) + digit(0, 4) + digit(1, 0),
    mobileNetworkCode: digit(2, 0) + digit(2, 4) + (third === 'f' ? '' : third),
    locationAreaCode: (octets[3]! << 8) | octets[4]!,
  };
  return octets.length === 5 ? area : { ...area, cellIdentity: (octets[5]! << 8) | octets[6]! };
}
