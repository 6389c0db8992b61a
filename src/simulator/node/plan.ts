/** What a process that is one or several nodes of a network is told: its roles, its addresses, how it is joined to its peer. */
import type { HostAndPort } from '../host-and-port.ts';

/** The roles that are there, in `roles.ts`: by name, so that nobody who only asks for the names loads them. */
export const ROLE_NAMES = ['hlr', 'vlr', 'msc', 'smsc', 'scf', 'ssf', 'srf', 'pstn'] as const;

/** The kinds of nodes. */
export type RoleName = 'hlr' | 'vlr' | 'msc' | 'smsc' | 'scf' | 'ssf' | 'srf' | 'pstn';

export interface NodePlan {
  readonly roles: readonly RoleName[];
  /** This process is one signalling point, and its peer another one. */
  readonly pointCode: number;
  readonly peerPointCode: number;
  readonly networkIndicator: number;
  readonly routingContext: number;
  /** As SGP it listens, as ASP it connects. */
  readonly attachment:
    | { readonly as: 'sgp'; readonly listen: HostAndPort }
    | { readonly as: 'asp'; readonly connect: HostAndPort };
  readonly numbers: NodeNumbers;
  /** The highest version of MAP that the roles here speak; a context of a later one is refused. */
  readonly mapVersionMax: 1 | 2 | 3;
  /** The procedures that are played, by name; empty: none, the process only answers. */
  readonly play: readonly string[];
}

/** E.164 digits by which the nodes are known, the same on both sides; the first of a role is its own. */
export type NodeNumbers = Readonly<Record<RoleName, readonly [string, ...string[]]>> & {
  readonly countryCode: string;
  /** The digits before those of a subscriber, and mobile country and network code. */
  readonly subscriberPrefix: string;
  readonly imsiPrefix: string;
};

export const defaultNumbers: NodeNumbers = {
  countryCode: '49',
  subscriberPrefix: '4915190',
  imsiPrefix: '26201',
  hlr: ['491720000006'],
  // Two areas: a subscriber moves from one to the other.
  vlr: ['491720000007', '491720000017'],
  msc: ['491720000001', '491720000011'],
  smsc: ['491720000005'],
  scf: ['491720000008'],
  ssf: ['491720000002'],
  srf: ['491720000003'],
  pstn: ['493010000001'],
};
