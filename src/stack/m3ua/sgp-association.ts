/** The association of an ASP with one SGP: kept by `association-keeper.ts`, with the ASP's procedures on it. */
import type { Counters } from '../../types/counters.ts';
import type { Timers } from '../../types/timers.ts';
import type { SctpAssociation, SctpPort } from '../sctp/port.ts';
import { AspProcedures, type AspProceduresUser } from './asp-procedures.ts';
import type { AspTrafficState } from './asp-traffic-fsm.ts';
import type { AssociationState } from './association-fsm.ts';
import { AssociationKeeper, type AssociationKeeperUser } from './association-keeper.ts';
import {
  type ApplicationServerConfig,
  type AspConfig,
  QUEUE_OCTETS_MAX_DEFAULT,
  type SgpPeerConfig,
  type Times,
} from './configuration.ts';
import type { OnManagement } from './management.ts';
import { Peer, type PeerUser } from './peer.ts';
import type { AssociationSnapshot, OnM3uaStateChange } from './snapshot.ts';

export interface SgpAssociationUser extends PeerUser {
  onTrafficChange(
    association: SgpAssociation,
    applicationServer: ApplicationServerConfig,
    from: AspTrafficState,
    to: AspTrafficState,
  ): void;
  /** The association was released, as asked. */
  onReleased(association: SgpAssociation): void;
}

export class SgpAssociation implements AssociationKeeperUser, AspProceduresUser {
  readonly config: SgpPeerConfig;
  readonly applicationServers: readonly ApplicationServerConfig[];
  readonly peer: Peer;
  readonly procedures: AspProcedures;
  readonly #keeper: AssociationKeeper;
  readonly #counters: Counters;
  readonly #user: SgpAssociationUser;
  readonly #onStateChange: OnM3uaStateChange;

  constructor(options: {
    readonly config: SgpPeerConfig;
    readonly asp: AspConfig;
    readonly times: Times;
    readonly timers: Timers;
    readonly counters: Counters;
    readonly sctp: SctpPort;
    readonly user: SgpAssociationUser;
    readonly onStateChange: OnM3uaStateChange;
    readonly onManagement?: OnManagement | undefined;
  }) {
    const { config, asp, times, timers, counters } = options;
    this.config = config;
    this.#counters = counters;
    this.#user = options.user;
    this.#onStateChange = options.onStateChange;
    this.#keeper = new AssociationKeeper({
      name: config.name,
      connect: config.connect,
      times,
      timers,
      counters,
      sctp: options.sctp,
      user: this,
      onStateChange: options.onStateChange,
    });
    this.applicationServers = asp.applicationServers.filter(
      ({ name }) => config.applicationServers?.includes(name) ?? true,
    );
    this.peer = new Peer(
      config.name,
      timers,
      counters,
      {
        heartbeat: { intervalMs: times.heartbeatMs, missesMax: times.heartbeatMissesMax },
        queueOctetsMax: asp.queueOctetsMax ?? QUEUE_OCTETS_MAX_DEFAULT,
        onManagement: options.onManagement,
      },
      options.user,
    );
    this.procedures = new AspProcedures({
      peer: this.peer,
      timers,
      times,
      applicationServers: this.applicationServers,
      standbyFor: config.standbyFor ?? [],
      aspIdentifier: asp.aspIdentifier,
      begin: asp.begin,
      user: this,
      onManagement: options.onManagement,
    });
  }

  get state(): AssociationState {
    return this.#keeper.state;
  }

  establish(): void {
    this.#keeper.establish();
  }

  /** Ends traffic, ASP and association; `onReleased` follows. */
  release(): void {
    this.#keeper.release();
  }

  snapshot(): AssociationSnapshot {
    return {
      name: this.config.name,
      address: this.peer.association?.peer ?? '',
      signallingGateway: this.config.signallingGateway,
      state: this.state,
      aspState: this.procedures.maintenanceState,
      traffic: this.procedures.traffic.map(({ applicationServer, state }) => ({
        applicationServer: applicationServer.name,
        state,
      })),
      messagesSent: this.peer.sent,
      messagesReceived: this.peer.received,
      octetsSent: this.peer.sentOctets,
      octetsReceived: this.peer.receivedOctets,
      congestion: this.peer.congestionLevel,
      queuedOctets: this.peer.queuedOctets,
    };
  }

  // From the keeper.

  attach(association: SctpAssociation): void {
    this.peer.attach(association);
    this.procedures.associationUp();
  }

  detach(): void {
    this.procedures.associationDown();
    this.peer.detach();
  }

  restarted(): void {
    this.peer.restarted();
    this.procedures.associationRestarted();
  }

  received(message: Uint8Array, stream: number): void {
    this.peer.receive(message, stream);
  }

  drained(): void {
    this.peer.drained();
  }

  leave(): void {
    this.procedures.down();
  }

  onReleased(): void {
    this.#user.onReleased(this);
  }

  // From the procedures.

  onUp(): void {
    this.#keeper.forgetFailures();
  }

  onMaintenanceChange(from: string, to: string): void {
    this.#onStateChange({ kind: 'asp', name: this.config.name, from, to });
  }

  onTrafficChange(
    applicationServer: ApplicationServerConfig,
    from: AspTrafficState,
    to: AspTrafficState,
  ): void {
    this.#onStateChange({
      kind: 'traffic',
      name: this.config.name,
      applicationServer: applicationServer.name,
      from,
      to,
    });
    this.#user.onTrafficChange(this, applicationServer, from, to);
  }

  abortAssociation(): void {
    this.#counters.count('m3ua.asp-up.given-up');
    this.#keeper.abort();
  }

  closeAssociation(): void {
    this.#keeper.close();
  }
}
