/** What an M3UA endpoint is told about itself and its peers. Times have the defaults of `DEFAULT_TIMES`. */
import type { SctpConnectOptions, SctpListenOptions } from '../sctp/port.ts';
import type { TrafficMode } from './parameters.ts';

/** Every timer of M3UA in one place: name, default, meaning. */
export const DEFAULT_TIMES = {
  /** T(ack): an unanswered ASP Up, Down, Active or Inactive is sent again (RFC 4666 §4.3.4.1). */
  ackMs: 2_000,
  /** How often such a message is sent at most before it is given up. */
  ackTriesMax: 5,
  /** Pause before ASP Active is tried again after it was refused or not answered. */
  retryMs: 10_000,
  /** Pauses between attempts to set an association up: doubled from the first to the last. */
  reconnectMinMs: 1_000,
  reconnectMaxMs: 30_000,
  /** T(beat) (RFC 4666 §4.3.4.6); 0: no heartbeats. */
  heartbeatMs: 30_000,
  /** Unanswered heartbeats after which the peer is dead. */
  heartbeatMissesMax: 2,
  /** T(r): how long an AS may be AS-PENDING (RFC 4666 §4.3.2). */
  recoveryMs: 2_000,
} as const;

export type Times = { readonly [K in keyof typeof DEFAULT_TIMES]: number };

/** An application server: the traffic of one routing key, and how it is named on the wire (RFC 4666 §1.2). */
export interface ApplicationServerConfig {
  readonly name: string;
  /** The point codes that the AS stands for: the destinations of its routing key. */
  readonly pointCodes: readonly number[];
  /** Absent: messages carry none, which only works when it is the only AS of an association. */
  readonly routingContext?: number;
  readonly networkAppearance?: number;
  /** Absent at the ASP: left to the SGP. Absent at the SGP: what the first ASP asks for, else loadshare. */
  readonly trafficMode?: TrafficMode;
  /** Service indicators of the routing key; absent: all. */
  readonly serviceIndicators?: readonly number[];
  /** Originating point codes of the routing key; absent: all. */
  readonly originatingPointCodes?: readonly number[];
  /**
   * At the ASP: the SGP does not know the AS by configuration; its routing key is registered when the ASP is up, and the
   * routing context is the one that the SGP gives, or agrees to (RFC 4666 §4.4).
   */
  readonly dynamic?: boolean;
}

/** One SGP that an ASP connects to. SGPs of one signalling gateway share what it says about destinations. */
export interface SgpPeerConfig {
  readonly name: string;
  readonly signallingGateway: string;
  readonly connect: SctpConnectOptions;
  /** The AS served over this association; absent: all of them. */
  readonly applicationServers?: readonly string[];
  /** AS for which this association stays ASP-INACTIVE until the SGP says that it is needed. */
  readonly standbyFor?: readonly string[];
}

/** How a destination is reached: signalling gateways by priority (0 is tried first), shared by SLS within one. */
export interface RouteConfig {
  /** A point code, or 'default' for every other destination. */
  readonly destination: number | 'default';
  readonly via: readonly { readonly signallingGateway: string; readonly priority: number }[];
}

export interface AspConfig {
  readonly applicationServers: readonly ApplicationServerConfig[];
  readonly peers: readonly SgpPeerConfig[];
  readonly routes: readonly RouteConfig[];
  /** Sent in ASP Up (RFC 4666 §3.5.1). */
  readonly aspIdentifier?: number;
  /** How far the ASP goes by itself when an association is up; further at Layer Management's request. Default active. */
  readonly begin?: 'down' | 'up' | 'active';
  /** Sends DAUD for the configured destinations when traffic becomes active (RFC 4666 §4.5.3). Default true. */
  readonly auditOnActivation?: boolean;
  /** Octets that may wait for one association; default 1 MiB. */
  readonly queueOctetsMax?: number;
  readonly times?: Partial<Times>;
}

/** An AS at the SGP. */
export interface ServedApplicationServerConfig extends ApplicationServerConfig {
  /** ASPs that must be active before the AS is (RFC 4666 §4.3.2); default 1. */
  readonly aspsActiveMin?: number;
  /** With the traffic mode loadshare: by SLS, which keeps the order of an SLS, or one after the other. Default sls. */
  readonly loadshareBy?: 'sls' | 'round-robin';
  /** Octets that may wait while the AS is AS-PENDING; default 1 MiB. */
  readonly pendingOctetsMax?: number;
}

/** An ASP that an SGP knows by its identifier, and what it may serve. */
export interface KnownAspConfig {
  readonly aspIdentifier: number;
  readonly applicationServers: readonly string[];
}

/** Routing key management by request (RFC 4666 §4.4). */
export interface RegistrationConfig {
  /** static: only keys that are known by configuration are granted. dynamic: AS are created for new ones. */
  readonly policy: 'static' | 'dynamic';
  /** An ASP is in no AS before it has registered; otherwise configuration alone will do too. Default false. */
  readonly required?: boolean;
  /** AS that are created at most; default 64. */
  readonly keysMax?: number;
  /** The first routing context that is given to a key that names none; default 1. */
  readonly routingContextFirst?: number;
}

export interface SgpConfig {
  readonly listen: SctpListenOptions;
  readonly applicationServers: readonly ServedApplicationServerConfig[];
  /** Point codes of the SG's own side: what users are bound for, and what ASPs may send to. */
  readonly localPointCodes: readonly number[];
  /** Absent: any ASP may serve any AS. Present: an ASP must name itself in ASP Up, and serves what stands here. */
  readonly knownAsps?: readonly KnownAspConfig[];
  /** Absent: REG REQ and DEREG REQ are not supported. */
  readonly registration?: RegistrationConfig;
  /** Bits of a point code, 14 or 24; default 24. */
  readonly pointCodeBits?: number;
  /** Point codes whose state no ASP is told (RFC 4666 §4.5.3). */
  readonly confidentialPointCodes?: readonly number[];
  readonly queueOctetsMax?: number;
  readonly times?: Partial<Times>;
}

/** An IPSP that we set the association up to; others may set theirs up to us. */
export interface IpspPeerConfig {
  readonly name: string;
  readonly connect: SctpConnectOptions;
  /** The AS of the association, ours and the peer's; absent: all of them. */
  readonly applicationServers?: readonly string[];
}

/** An IPSP: our AS on one side, those of the peers on the other, no signalling gateway between (RFC 4666 §1.4.3.4). */
export interface IpspConfig {
  /**
   * single: ASP Up and ASP Active of one side are for both, and a routing context stands for one of our AS and the AS of
   * the peer with the same one. double: each side says its own, for its own AS.
   */
  readonly exchange: 'single' | 'double';
  readonly localApplicationServers: readonly ApplicationServerConfig[];
  readonly remoteApplicationServers: readonly ServedApplicationServerConfig[];
  readonly peers: readonly IpspPeerConfig[];
  readonly listen?: SctpListenOptions;
  /** What the first association that is taken is called; further ones by their address. */
  readonly listenName?: string;
  /** With single exchange: who says ASP Up and ASP Active. Default: who set the association up. */
  readonly initiates?: boolean;
  /** Ours, sent in ASP Up and ASP Up Ack (RFC 4666 §3.5.1, §3.5.2). */
  readonly aspIdentifier?: number;
  /** Present: a peer must name itself in ASP Up; with double exchange it serves what stands here. */
  readonly knownAsps?: readonly KnownAspConfig[];
  /** With double exchange: peers may register their routing keys. */
  readonly registration?: RegistrationConfig;
  readonly pointCodeBits?: number;
  readonly begin?: 'down' | 'up' | 'active';
  readonly queueOctetsMax?: number;
  readonly times?: Partial<Times>;
}

export const QUEUE_OCTETS_MAX_DEFAULT = 1_048_576;

/** Whether a network appearance is that of the AS; one that has none configured takes any (RFC 4666 §3.3.1). */
export function hasAppearance(
  { networkAppearance }: ApplicationServerConfig,
  received: number | undefined,
): boolean {
  return networkAppearance === undefined || networkAppearance === received;
}
