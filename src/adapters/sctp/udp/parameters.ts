import type { Clock } from '../../../types/clock.ts';
import type { Counters } from '../../../types/counters.ts';
import type { DatagramSocket } from './datagram-socket.ts';

/** Protocol parameters (RFC 9260 §16) and bounds of the adapter. */
export interface SctpParameters {
  /** SCTP port on both sides, inside UDP; default 2905. `port` of listen and connect is the UDP port. */
  readonly sctpPort: number;
  /** Path MTU with IP and UDP headers, octets; default 1500. */
  readonly pathMtuOctets: number;
  /** Receive window of one association, octets; default 262 144. */
  readonly windowOctets: number;
  /** Send queue of one association, octets; default 1 MiB. */
  readonly queueOctetsMax: number;
  /** RTO.Initial, RTO.Min, RTO.Max; defaults 1000, 400, 4000. */
  readonly rtoInitialMs: number;
  readonly rtoMinMs: number;
  readonly rtoMaxMs: number;
  /** Max.Init.Retransmits, of INIT and of COOKIE ECHO; default 5. */
  readonly initRetransmissionsMax: number;
  /** Association.Max.Retrans: timeouts and heartbeats without answer in a row; default 6. */
  readonly retransmissionsMax: number;
  /** HB.interval: how long a peer may be quiet before it is asked; default 5000. */
  readonly heartbeatMs: number;
  /** INITs answered a second, per endpoint; default 200. The same number of stray packets is answered. */
  readonly initsPerSecond: number;
}

export interface SctpOptions extends Partial<SctpParameters> {
  readonly counters: Counters;
  readonly clock: Clock;
  readonly openSocket?: (family: 4 | 6) => DatagramSocket;
}

export const DEFAULT_PARAMETERS: SctpParameters = {
  sctpPort: 2905,
  pathMtuOctets: 1500,
  windowOctets: 262_144,
  queueOctetsMax: 1_048_576,
  rtoInitialMs: 1000,
  rtoMinMs: 400,
  rtoMaxMs: 4000,
  initRetransmissionsMax: 5,
  retransmissionsMax: 6,
  heartbeatMs: 5000,
  initsPerSecond: 200,
};
