/**
 * SCMG messages (ITU-T Q.713 §5): the user data of a UDT between subsystems 1.
 *
 *     type   affected SSN   affected point code (2 or 3, low octet first)   multiplicity   [congestion level, SSC only]
 */
import { failure, type Result, success } from '../../types/result.ts';
import { type PointCodeBits, pointCodeOctets, readPointCode, writePointCode } from './address.ts';

export const MANAGEMENT_TYPE = { SSA: 1, SSP: 2, SST: 3, SOR: 4, SOG: 5, SSC: 6 } as const;
export type ManagementKind = keyof typeof MANAGEMENT_TYPE;

const KINDS: readonly (ManagementKind | undefined)[] = [undefined, 'SSA', 'SSP', 'SST', 'SOR', 'SOG', 'SSC'];

export interface ManagementMessage {
  readonly kind: ManagementKind;
  readonly affectedSsn: number;
  readonly affectedPointCode: number;
  /** Subsystem multiplicity indicator: 0 unknown. */
  readonly multiplicity: number;
  /** SSC only: 1 … 8. */
  readonly congestionLevel?: number;
}

export function decodeManagement(octets: Uint8Array, bits: PointCodeBits = 14): Result<ManagementMessage> {
  const kind = KINDS[octets[0] ?? 0];
  if (kind === undefined) return failure('management-type-unknown', 0, 'ITU-T Q.713 §5.1.1');
  const at = 2 + pointCodeOctets(bits);
  if (octets.length < at + (kind === 'SSC' ? 2 : 1))
    return failure('management-truncated', octets.length, 'ITU-T Q.713 §5.3');
  return success({
    kind,
    affectedSsn: octets[1]!,
    affectedPointCode: readPointCode(octets, 2, bits),
    multiplicity: octets[at]! & 0x03,
    ...(kind === 'SSC' ? { congestionLevel: octets[at + 1]! & 0x0f } : {}),
  });
}

export function encodeManagement(message: ManagementMessage, bits: PointCodeBits = 14): Uint8Array {
  const octets = new Uint8Array(3 + pointCodeOctets(bits) + (message.kind === 'SSC' ? 1 : 0));
  octets[0] = MANAGEMENT_TYPE[message.kind];
  octets[1] = message.affectedSsn;
  const at = writePointCode(octets, 2, message.affectedPointCode, bits);
  octets[at] = message.multiplicity;
  if (message.kind === 'SSC') octets[at + 1] = message.congestionLevel ?? 1;
  return octets;
}
