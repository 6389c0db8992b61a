/** An association of an IPSP with another: set up by us and kept (`association-keeper.ts`), or taken from the peer. */
import type { Counters } from '../../types/counters.ts';
import type { SctpAssociation } from '../sctp/port.ts';
import type { ApplicationServer } from './application-server.ts';
import type { AssociationKeeper, AssociationKeeperUser } from './association-keeper.ts';
import type { ApplicationServerConfig } from './configuration.ts';
import type { IpspExchange, IpspExchangeUser } from './ipsp-exchange.ts';
import type { Peer } from './peer.ts';
import type { AssociationSnapshot, OnM3uaStateChange } from './snapshot.ts';

export interface IpspAssociationUser {
  onLocalChange(association: IpspAssociation): void;
  onRemoteChange(association: IpspAssociation, applicationServer: ApplicationServer, to: string): void;
  isBlocked(association: IpspAssociation, aspIdentifier: number | undefined): boolean;
  isIdentifierInUse(association: IpspAssociation, aspIdentifier: number): boolean;
  onReleased(association: IpspAssociation): void;
}

export class IpspAssociation implements AssociationKeeperUser, IpspExchangeUser {
  readonly peer: Peer;
  readonly exchange: IpspExchange;
  readonly #keeper: AssociationKeeper | undefined;
  readonly #counters: Counters;
  readonly #user: IpspAssociationUser;
  readonly #onStateChange: OnM3uaStateChange;
  #isClosing = false;

  constructor(options: {
    readonly peer: Peer;
    readonly exchange: (user: IpspExchangeUser) => IpspExchange;
    /** Absent: the peer set the association up. */
    readonly keeper?: (user: AssociationKeeperUser) => AssociationKeeper;
    readonly counters: Counters;
    readonly user: IpspAssociationUser;
    readonly onStateChange: OnM3uaStateChange;
  }) {
    this.peer = options.peer;
    this.#counters = options.counters;
    this.#user = options.user;
    this.#onStateChange = options.onStateChange;
    this.exchange = options.exchange(this);
    this.#keeper = options.keeper?.(this);
  }

  get isOurs(): boolean {
    return this.#keeper !== undefined;
  }

  get isIdle(): boolean {
    return this.#keeper === undefined ? this.peer.association === undefined : this.#keeper.state === 'IDLE';
  }

  establish(): void {
    this.#keeper?.establish();
  }

  /** Ends traffic, ASP and association. */
  release(): void {
    if (this.#keeper !== undefined) return this.#keeper.release();
    this.#isClosing = true;
    this.exchange.down();
  }

  snapshot(): AssociationSnapshot {
    const { name, association, sent, received, queuedOctets, sentOctets, receivedOctets, congestionLevel } =
      this.peer;
    const { aspIdentifier } = this.exchange;
    return {
      name,
      address: association?.peer ?? '',
      ...(aspIdentifier === undefined ? {} : { aspIdentifier }),
      state: this.#keeper?.state ?? 'UP',
      aspState: this.exchange.maintenanceState,
      traffic: this.exchange.traffic,
      messagesSent: sent,
      messagesReceived: received,
      octetsSent: sentOctets,
      octetsReceived: receivedOctets,
      congestion: congestionLevel,
      queuedOctets,
    };
  }

  // From the keeper, or from the endpoint that took the association.

  attach(association: SctpAssociation): void {
    this.peer.attach(association);
    this.exchange.associationUp();
  }

  detach(): void {
    // First, so that nothing is sent on what is no more.
    this.peer.detach();
    this.exchange.associationDown();
  }

  restarted(): void {
    this.peer.restarted();
    this.exchange.associationRestarted();
  }

  received(message: Uint8Array, stream: number): void {
    this.peer.receive(message, stream);
  }

  drained(): void {
    this.peer.drained();
  }

  leave(): void {
    this.exchange.down();
  }

  onReleased(): void {
    this.#user.onReleased(this);
  }

  // From the exchange.

  onUp(): void {
    this.#keeper?.forgetFailures();
  }

  onMaintenanceChange(from: string, to: string): void {
    this.#onStateChange({ kind: 'asp', name: this.peer.name, from, to });
  }

  onLocalChange(applicationServer: ApplicationServerConfig, from: string, to: string): void {
    this.#traffic(applicationServer.name, from, to);
    this.#user.onLocalChange(this);
  }

  onRemoteChange(applicationServer: ApplicationServer, from: string, to: string): void {
    this.#traffic(applicationServer.config.name, from, to);
    this.#user.onRemoteChange(this, applicationServer, to);
  }

  abortAssociation(): void {
    this.#counters.count('m3ua.asp-up.given-up');
    if (this.#keeper === undefined) this.peer.association?.abort();
    else this.#keeper.abort();
  }

  closeAssociation(): void {
    if (this.#keeper !== undefined) this.#keeper.close();
    else if (this.#isClosing) this.peer.association?.close();
  }

  isBlocked(aspIdentifier: number | undefined): boolean {
    return this.#user.isBlocked(this, aspIdentifier);
  }

  isIdentifierInUse(aspIdentifier: number): boolean {
    return this.#user.isIdentifierInUse(this, aspIdentifier);
  }

  #traffic(applicationServer: string, from: string, to: string): void {
    this.#onStateChange({ kind: 'traffic', name: this.peer.name, applicationServer, from, to });
  }
}
