/**
 * The association of an ASP with one SGP: set up, kept up, ended, by `association-fsm.ts`; the ASP's procedures run on it.
 */
import type { Counters } from '../../types/counters.ts';
import type { TimerListener, Timers } from '../../types/timers.ts';
import type { SctpAssociation, SctpDownReason, SctpPort, SctpUser } from '../sctp/port.ts';
import { AspProcedures, type AspProceduresUser } from './asp-procedures.ts';
import type { AspTrafficState } from './asp-traffic-fsm.ts';
import {
  type AssociationAction,
  type AssociationEvent,
  type AssociationState,
  associationFsm,
} from './association-fsm.ts';
import {
  type ApplicationServerConfig,
  type AspConfig,
  QUEUE_OCTETS_MAX_DEFAULT,
  type SgpPeerConfig,
  type Times,
} from './configuration.ts';
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

export class SgpAssociation implements SctpUser, TimerListener, AspProceduresUser {
  readonly config: SgpPeerConfig;
  readonly applicationServers: readonly ApplicationServerConfig[];
  readonly peer: Peer;
  readonly procedures: AspProcedures;
  readonly #timers: Timers;
  readonly #times: Times;
  readonly #counters: Counters;
  readonly #sctp: SctpPort;
  readonly #user: SgpAssociationUser;
  readonly #onStateChange: OnM3uaStateChange;
  #state: AssociationState = 'IDLE';
  #sctpAssociation: SctpAssociation | undefined;
  #reconnectTimer = 0;
  #reconnectMs: number;

  constructor(options: {
    readonly config: SgpPeerConfig;
    readonly asp: AspConfig;
    readonly times: Times;
    readonly timers: Timers;
    readonly counters: Counters;
    readonly sctp: SctpPort;
    readonly user: SgpAssociationUser;
    readonly onStateChange: OnM3uaStateChange;
  }) {
    const { config, asp, times, timers, counters } = options;
    this.config = config;
    this.#timers = timers;
    this.#times = times;
    this.#counters = counters;
    this.#sctp = options.sctp;
    this.#user = options.user;
    this.#onStateChange = options.onStateChange;
    this.#reconnectMs = times.reconnectMinMs;
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
      user: this,
    });
  }

  get state(): AssociationState {
    return this.#state;
  }

  establish(): void {
    this.#step('M-SCTP_ESTABLISH.req');
  }

  /** Ends traffic, ASP and association; `onReleased` follows. */
  release(): void {
    if (this.#state === 'IDLE') this.#user.onReleased(this);
    else this.#step('M-SCTP_RELEASE.req');
  }

  snapshot(): AssociationSnapshot {
    return {
      name: this.config.name,
      address: this.peer.association?.peer ?? '',
      signallingGateway: this.config.signallingGateway,
      state: this.#state,
      aspState: this.procedures.maintenanceState,
      traffic: this.procedures.traffic.map(({ applicationServer, state }) => ({
        applicationServer: applicationServer.name,
        state,
      })),
      messagesSent: this.peer.sent,
      messagesReceived: this.peer.received,
      queuedOctets: this.peer.queuedOctets,
    };
  }

  // From SCTP. An upcall of an association that was given up before is not for us any more.

  up(association: SctpAssociation): void {
    if (association !== this.#sctpAssociation) return;
    this.#counters.count('m3ua.association.up');
    this.#step('SCTP-CU');
  }

  message(association: SctpAssociation, message: Uint8Array, stream: number): void {
    if (association === this.#sctpAssociation) this.peer.receive(message, stream);
  }

  drained(association: SctpAssociation): void {
    if (association === this.#sctpAssociation) this.peer.drained();
  }

  restarted(association: SctpAssociation): void {
    if (association !== this.#sctpAssociation) return;
    this.#counters.count('m3ua.association.restarted');
    this.peer.restarted();
    this.procedures.associationRestarted();
  }

  down(association: SctpAssociation, reason: SctpDownReason): void {
    if (association !== this.#sctpAssociation) return;
    this.#counters.count(`m3ua.association.down.${reason}`);
    this.#sctpAssociation = undefined;
    this.#step('SCTP-CDI');
  }

  // From the procedures.

  onUp(): void {
    this.#reconnectMs = this.#times.reconnectMinMs;
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
    this.#sctpAssociation?.abort();
  }

  closeAssociation(): void {
    this.#sctpAssociation?.close();
  }

  onTimer(): void {
    this.#reconnectTimer = 0;
    this.#step('T(reconnect) expiry');
  }

  #step(event: AssociationEvent): void {
    const row = associationFsm.find(this.#state, event, () => true);
    if (row === undefined) return;
    const from = this.#state;
    this.#state = row[4];
    if (from !== this.#state)
      this.#onStateChange({ kind: 'association', name: this.config.name, from, to: this.#state });
    for (const action of row[3]) this.#perform(action);
  }

  #perform(action: AssociationAction): void {
    switch (action) {
      case 'connect':
        this.#counters.count('m3ua.association.attempt');
        this.#sctpAssociation = this.#sctp.connect(this.config.connect, this);
        return;
      case 'abort':
        this.#sctpAssociation?.abort();
        return;
      case 'attach':
        this.peer.attach(this.#sctpAssociation!);
        this.procedures.associationUp();
        return;
      case 'detach':
        this.procedures.associationDown();
        this.peer.detach();
        return;
      case 'M-ASP_DOWN':
        this.procedures.down();
        return;
      case 'start T(reconnect)':
        this.#reconnectTimer = this.#timers.start(this.#reconnectMs, this, 0, 0);
        this.#reconnectMs = Math.min(this.#reconnectMs * 2, this.#times.reconnectMaxMs);
        return;
      case 'stop T(reconnect)':
        this.#timers.stop(this.#reconnectTimer);
        this.#reconnectTimer = 0;
        return;
      case 'M-SCTP_RELEASE.ind':
        this.#user.onReleased(this);
        return;
    }
  }
}
