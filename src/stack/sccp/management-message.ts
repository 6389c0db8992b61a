/**
 * SCMG messages (ITU-T Q.713 §5): the user data of a UDT between subsystems 1.
 *
 *     type   affected SSN   affected point code (2, low octet first)   multiplicity   [congestion level, SSC only]
 */
import { failure, type Result, success } from '../../types/result.ts';

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

export function decodeManagement(octets: Uint8Array): Result<ManagementMessage> {
  const kind = KINDS[octets[0] ?? 0];
  if (kind === undefined) return failure('management-type-unknown', 0, 'ITU-T Q.713 §5.2.1');
  if (octets.length < (kind === 'SSC' ? 6 : 5))
    return failure('management-truncated', octets.length, 'ITU-T Q.713 §5.3');
  return success({
    kind,
    affectedSsn: octets[1]!,
    affectedPointCode: (octets[2]! | (octets[3]! << 8)) & 0x3fff,
    multiplicity: octets[4]! & 0x03,
    ...(kind === 'SSC' ? { congestionLevel: octets[5]! & 0x0f } : {}),
  });
}

export function encodeManagement(message: ManagementMessage): Uint8Array {
  const octets = [
    MANAGEMENT_TYPE[message.kind],
    message.affectedSsn,
    message.affectedPointCode & 0xff,
    (message.affectedPointCode >> 8) & 0x3f,
    message.multiplicity,
  ];
  if (message.kind === 'SSC') octets.push(message.congestionLevel ?? 1);
  return Uint8Array.from(octets);
}
