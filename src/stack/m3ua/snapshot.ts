/** What an M3UA endpoint shows of itself: snapshots for the dashboard, and state changes as they happen. */
import type { AsState } from './as-fsm.ts';

export interface AssociationSnapshot {
  readonly name: string;
  /** For people: `127.0.0.1:2905`; empty while there is no association. */
  readonly address: string;
  readonly signallingGateway?: string;
  readonly aspIdentifier?: number;
  /** State of the association at the ASP; at the SGP it is UP as long as it is shown. */
  readonly state: string;
  /** State of the ASP itself (ASP maintenance). */
  readonly aspState: string;
  /** Per AS, in the words of the machine that runs it. */
  readonly traffic: readonly { readonly applicationServer: string; readonly state: string }[];
  readonly messagesSent: number;
  readonly messagesReceived: number;
  readonly octetsSent: number;
  readonly octetsReceived: number;
  /** How congested the way to the peer is; 0: not at all. */
  readonly congestion: number;
  readonly queuedOctets: number;
}

export interface ApplicationServerSnapshot {
  readonly name: string;
  readonly routingContext?: number;
  readonly state: AsState;
  readonly aspsActive: number;
  /** Octets that wait while AS-PENDING. */
  readonly pendingOctets: number;
}

export interface DestinationSnapshot {
  readonly pointCode: number;
  readonly reachable: boolean;
  /** Its level, where there is any. */
  readonly congestion?: number;
  /** No gateway leads there but such that say restricted (DRST). */
  readonly restricted?: true;
}

export interface M3uaSnapshot {
  readonly role: 'asp' | 'sgp' | 'ipsp';
  readonly associations: readonly AssociationSnapshot[];
  /** At the SGP, and those of the peers at an IPSP. */
  readonly applicationServers: readonly ApplicationServerSnapshot[];
  readonly destinations: readonly DestinationSnapshot[];
}

/** A change of one of the machines. */
export interface M3uaStateChange {
  readonly kind: 'association' | 'asp' | 'traffic' | 'as';
  /** The association, or the AS for kind 'as'. */
  readonly name: string;
  readonly applicationServer?: string;
  readonly from: string;
  readonly to: string;
}

export type OnM3uaStateChange = (change: M3uaStateChange) => void;
