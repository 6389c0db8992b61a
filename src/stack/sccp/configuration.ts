/** What an SCCP node is told about itself. */
import type { PointCodeBits } from './address.ts';
import type { DestinationConfig } from './destinations.ts';
import type { Replica } from './local-subsystems.ts';
import type { TranslationRule } from './translation-rules.ts';

/** Every timer of SCCP in one place (ITU-T Q.714 Annex C): name, default, meaning. */
export const DEFAULT_TIMES = {
  /** T(reassembly): from the first segment to the last, 10 … 20 s. */
  reassemblyMs: 10_000,
  /** T(stat.info): between subsystem status tests; doubled from the first to the last. */
  statusTestMinMs: 10_000,
  statusTestMaxMs: 600_000,
  /** T(coord.chg): waiting for the grant to go out of service, 1 … 2 min. */
  coordinatedChangeMs: 60_000,
  /** T(ignore SST): after that grant tests are not answered. */
  ignoreTestMs: 30_000,
  /** T(a) and T(d) of congestion that MTP tells of, and T(con) of that which SSC tells of. */
  attackMs: 500,
  decayMs: 8_000,
  congestionMs: 8_000,
} as const;

export type Times = { readonly [K in keyof typeof DEFAULT_TIMES]: number };

/** The routing label takes 4 of the 272 octets of a signalling information field (ITU-T Q.703 §2.3.8). */
export const MTP_MESSAGE_OCTETS_MAX = 268;

export interface SccpConfig {
  readonly pointCode: number;
  /** Of all point codes of the network; default 14. */
  readonly pointCodeBits?: PointCodeBits;
  /** Network indicator 0 … 3; default 2 (national). */
  readonly networkIndicator?: number;
  /** The longest SCCP message that is sent whole; default `MTP_MESSAGE_OCTETS_MAX`. */
  readonly messageOctetsMax?: number;
  /** Hop counter of what is sent, 1 … 15; default 15. */
  readonly hopCounter?: number;
  readonly translation?: readonly TranslationRule[];
  /** What nodes take that are not as all others. */
  readonly destinations?: readonly DestinationConfig[];
  /** The network has message priorities: they follow from the importance; default false. */
  readonly messagePriorities?: boolean;
  /** Nodes that are told when a subsystem here comes or goes (ITU-T Q.714 §5.3.7). */
  readonly concernedPointCodes?: readonly number[];
  /** Subsystems elsewhere that can take over from those here, and the other way round (ITU-T Q.714 §5.3.5). */
  readonly replicas?: readonly Replica[];
  /** Messages in reassembly at once, and their octets; defaults 4096 and 8 MiB. */
  readonly reassembliesMax?: number;
  readonly reassemblyOctetsMax?: number;
  readonly times?: Partial<Times>;
}
