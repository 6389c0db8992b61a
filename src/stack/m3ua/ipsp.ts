/**
 * An M3UA endpoint in the role of an IPSP (RFC 4666 §1.4.3.4): two nodes of the network talk over IP with no signalling
 * gateway between. It gives its users the MTP3 service, as an ASP does, and keeps the AS of its peers, as an SGP does.
 */
import assert from 'node:assert';
import type { Counters } from '../../types/counters.ts';
import type { Log } from '../../types/log.ts';
import type { Timers } from '../../types/timers.ts';
import type { SctpAssociation, SctpListener, SctpPort, SctpUser } from '../sctp/port.ts';
import { ApplicationServer, type ApplicationServerUser } from './application-server.ts';
import type { AsState } from './as-fsm.ts';
import { AssociationKeeper } from './association-keeper.ts';
import {
  DEFAULT_TIMES,
  hasAppearance,
  type IpspConfig,
  type IpspPeerConfig,
  QUEUE_OCTETS_MAX_DEFAULT,
  type ServedApplicationServerConfig,
  type Times,
} from './configuration.ts';
import { type DataMessage, USER_DATA_OCTETS_MAX, writeData } from './data.ts';
import { DoubleExchange } from './double-exchange.ts';
import { IpspAssociation, type IpspAssociationUser } from './ipsp-association.ts';
import type { IpspExchange, IpspExchangeUser } from './ipsp-exchange.ts';
import { IpspNetworkManagement } from './ipsp-network-management.ts';
import type { OnManagement } from './management.ts';
import type { M3uaMessage } from './messages.ts';
import type { MtpService, MtpTransfer, MtpUser } from './mtp.ts';
import { POINT_CODE_BITS, UNAVAILABILITY_CAUSE } from './parameters.ts';
import { Peer, type PeerUser } from './peer.ts';
import { configuredKey, Registrar, type RegistrarUser } from './registrar.ts';
import { type RoutingKey, RoutingKeys } from './routing-keys.ts';
import { SingleExchange } from './single-exchange.ts';
import type { M3uaSnapshot, OnM3uaStateChange } from './snapshot.ts';

export interface IpspOptions {
  readonly config: IpspConfig;
  readonly sctp: SctpPort;
  readonly timers: Timers;
  readonly counters: Counters;
  readonly log: Log;
  readonly onStateChange?: OnM3uaStateChange;
  readonly onManagement?: OnManagement;
}

const SCRATCH_OCTETS = 65_536 + 64;
/** A user that sends into a congestion is told with each of so many messages (ITU-T Q.704 §2.3.5.2). */
const CONGESTED_MESSAGES = 8;

export class M3uaIpsp
  implements MtpService, PeerUser, IpspAssociationUser, ApplicationServerUser, RegistrarUser
{
  readonly #config: IpspConfig;
  readonly #options: IpspOptions;
  readonly #times: Times;
  readonly #timers: Timers;
  readonly #counters: Counters;
  readonly #log: Log;
  readonly #onStateChange: OnM3uaStateChange;
  readonly #applicationServers = new Set<ApplicationServer>();
  readonly #configured: readonly ApplicationServer[];
  readonly #keys = new RoutingKeys<ApplicationServer>();
  readonly #registrar: Registrar | undefined;
  readonly #ours: readonly IpspAssociation[];
  /** Those that peers set up. */
  readonly #accepted = new Map<SctpAssociation, IpspAssociation>();
  readonly #byPeer = new Map<Peer, IpspAssociation>();
  readonly #users = new Map<number, MtpUser>();
  readonly #network: IpspNetworkManagement;
  readonly #blocked = new Set<string | number>();
  readonly #scratch = new Uint8Array(SCRATCH_OCTETS);
  #reading = true;
  #congestedMessages = 0;
  #listener: SctpListener | undefined;
  #stopped: (() => void) | undefined;

  constructor(options: IpspOptions) {
    const { config } = options;
    this.#config = config;
    this.#options = options;
    this.#times = { ...DEFAULT_TIMES, ...config.times };
    this.#timers = options.timers;
    this.#counters = options.counters;
    this.#log = options.log;
    this.#onStateChange = (change) => {
      this.#log.info(`m3ua.${change.kind}`, { ...change });
      options.onStateChange?.(change);
    };
    this.#network = new IpspNetworkManagement({
      timers: this.#timers,
      counters: this.#counters,
      keys: this.#keys,
      users: this.#users,
      local: config.localApplicationServers,
    });
    this.#configured = config.remoteApplicationServers.map((one) => this.create(one, configuredKey(one)));
    if (config.registration !== undefined)
      this.#registrar = new Registrar(
        config.registration,
        config.pointCodeBits ?? POINT_CODE_BITS,
        this.#keys,
        this,
      );
    this.#ours = config.peers.map((peer) => this.#associate(peer.name, peer));
  }

  /** Listens for peers, if it is to, and sets up the associations to the others. Returns the port in use. */
  async start(): Promise<number | undefined> {
    const { listen } = this.#config;
    if (listen !== undefined) this.#listener = await this.#options.sctp.listen(listen, this.#acceptor);
    for (const association of this.#ours) association.establish();
    return this.#listener?.port;
  }

  /** Leaves the network in order. `stopped` is called once, when all is down. */
  stop(stopped: () => void = () => undefined): void {
    this.#stopped = stopped;
    void this.#listener?.close();
    for (const association of this.#associations()) association.release();
    this.#checkStopped();
  }

  /** Layer Management's requests on every association (RFC 4666 §1.6.3). */
  up(): void {
    for (const { exchange } of this.#associations()) exchange.up();
  }

  down(): void {
    for (const { exchange } of this.#associations()) exchange.down();
  }

  activate(applicationServer?: string): void {
    for (const { exchange } of this.#associations()) exchange.activate(applicationServer);
  }

  inactivate(applicationServer?: string): void {
    for (const { exchange } of this.#associations()) exchange.inactivate(applicationServer);
  }

  register(applicationServer?: string): void {
    for (const { exchange } of this.#associations()) exchange.register(applicationServer);
  }

  deregister(applicationServer?: string): void {
    for (const { exchange } of this.#associations()) exchange.deregister(applicationServer);
  }

  /** Management lockout of one peer (association or ASP Identifier) or of all: ASP Up and Active are refused. */
  setBlocked(blocked: boolean, peer: string | number = ''): void {
    if (blocked) this.#blocked.add(peer);
    else this.#blocked.delete(peer);
  }

  /** Stops and goes on reading from the peers (back-pressure); also those that come up meanwhile. */
  setReading(reading: boolean): void {
    this.#reading = reading;
    for (const { peer } of this.#associations()) peer.setReading(reading);
  }

  /** More has come than was taken, from one peer at least. */
  get isBehind(): boolean {
    for (const { peer } of this.#associations()) if (peer.behind) return true;
    return false;
  }

  bind(si: number, user: MtpUser): void {
    assert(!this.#users.has(si), `service indicator ${si} has a user`);
    const isNew = ![...this.#users.values()].includes(user);
    this.#users.set(si, user);
    if (!isNew) return;
    // Everything counts as reachable until something else is said; what is not yet is said now.
    for (const pointCode of this.#keys.pointCodes())
      if (!this.#network.isReachable(pointCode)) user.onPause(pointCode);
  }

  transfer(request: MtpTransfer): boolean {
    const to = this.#keys.find(request.dpc, request.opc, request.si);
    if (to === undefined || this.#network.isUnavailable(request.dpc)) return this.#refused('no-route');
    if (request.data.length > USER_DATA_OCTETS_MAX) return this.#refused('too-long');
    const level = this.congestionLevel(request.dpc);
    if (level > 0) {
      this.#counters.count('m3ua.transfer.congested');
      if (this.#congestedMessages++ % CONGESTED_MESSAGES === 0)
        this.#network.status(request.dpc, 'congestion', level);
    }
    const length = writeData(this.#scratch, request, to.config);
    return to.send(this.#scratch.subarray(0, length), request.sls);
  }

  /** Whether a peer's AS is active: something can be sent to it. */
  get isActive(): boolean {
    for (const one of this.#applicationServers) if (one.snapshot().state === 'AS-ACTIVE') return true;
    return false;
  }

  /** Whether a point code is that of a peer's AS. */
  leadsTo(pointCode: number): boolean {
    for (const _ of this.#keys.at(pointCode)) return true;
    return false;
  }

  congestionLevel(pointCode: number): number {
    return this.#network.congestionLevel(pointCode);
  }

  snapshot(): M3uaSnapshot {
    return {
      role: 'ipsp',
      associations: [...this.#associations()].map((association) => association.snapshot()),
      applicationServers: [...this.#applicationServers].map((one) => one.snapshot()),
      destinations: [...this.#keys.pointCodes()].map((pointCode) => ({
        pointCode,
        reachable: this.#network.isReachable(pointCode),
      })),
    };
  }

  // From the associations.

  onData(peer: Peer, data: DataMessage, octets: Uint8Array): void {
    const { exchange } = this.#byPeer.get(peer)!;
    const local = exchange.local(data.routingContext);
    if (local === undefined) {
      if (data.routingContext === undefined) return peer.refuse('no-configured-as-for-asp', octets);
      return peer.refuse('invalid-routing-context', octets, { routingContext: [data.routingContext] });
    }
    const { networkAppearance } = data;
    if (networkAppearance !== undefined && !hasAppearance(local, networkAppearance))
      return peer.refuse('invalid-network-appearance', octets, { networkAppearance });
    const state = exchange.localState(local);
    // DATA goes on other streams than the acknowledgement of ASP Active, and may come before it.
    if (state === 'ASP-DOWN' || state === 'ASP-INACTIVE') return peer.refuse('unexpected-message', octets);
    const user = this.#users.get(data.si);
    if (user !== undefined) return user.onTransfer(data);
    this.#counters.count('m3ua.data.no-user');
    peer.send('DUPU', {
      ...(local.networkAppearance === undefined ? {} : { networkAppearance: local.networkAppearance }),
      ...(data.routingContext === undefined ? {} : { routingContext: [data.routingContext] }),
      affectedPointCodes: [{ mask: 0, pointCode: data.dpc }],
      userCause: { cause: UNAVAILABILITY_CAUSE.unequippedRemoteUser, user: data.si },
    });
  }

  onMessage(peer: Peer, message: M3uaMessage, octets: Uint8Array): void {
    const { exchange } = this.#byPeer.get(peer)!;
    if (message.name === 'ERR')
      this.#log.warn('m3ua.error-received', { peer: peer.name, errorCode: message.parameters.errorCode });
    if (exchange.onMessage(message, octets)) return;
    if (this.#network.onMessage(exchange, peer, message, octets)) return;
    peer.refuse('unexpected-message', octets);
  }

  onCongestion(peer: Peer): void {
    this.#log.info('m3ua.congestion', { peer: peer.name, level: peer.congestionLevel });
    this.#network.congestionChanged();
  }

  onLocalChange(): void {
    // What can be reached is a matter of the peers' AS.
  }

  onRemoteChange(_association: IpspAssociation, applicationServer: ApplicationServer, to: string): void {
    if (to === 'ASP-ACTIVE') this.#network.activated(applicationServer);
  }

  onAsState(applicationServer: ApplicationServer, from: AsState, to: AsState): void {
    this.#onStateChange({ kind: 'as', name: applicationServer.config.name, from, to });
    // While AS-PENDING messages are kept, so its point codes count as reachable.
    const was = from === 'AS-ACTIVE' || from === 'AS-PENDING';
    const is = to === 'AS-ACTIVE' || to === 'AS-PENDING';
    if (was !== is) this.#network.reachability(applicationServer, is);
  }

  isBlocked({ peer }: IpspAssociation, aspIdentifier: number | undefined): boolean {
    if (this.#blocked.size === 0) return false;
    if (this.#blocked.has('') || this.#blocked.has(peer.name)) return true;
    return aspIdentifier !== undefined && this.#blocked.has(aspIdentifier);
  }

  isIdentifierInUse(by: IpspAssociation, aspIdentifier: number): boolean {
    for (const one of this.#associations())
      if (one !== by && one.exchange.aspIdentifier === aspIdentifier) return true;
    return false;
  }

  onReleased(): void {
    this.#checkStopped();
  }

  // From the registrar.

  applicationServer(routingContext: number): ApplicationServer | undefined {
    for (const one of this.#applicationServers) if (one.config.routingContext === routingContext) return one;
    return undefined;
  }

  isOwn(pointCode: number): boolean {
    return this.#network.isOwn(pointCode);
  }

  isAppearance(networkAppearance: number): boolean {
    return this.#configured.some(({ config }) => config.networkAppearance === networkAppearance);
  }

  create(config: ServedApplicationServerConfig, key: RoutingKey): ApplicationServer {
    const created = new ApplicationServer({
      config,
      timers: this.#timers,
      counters: this.#counters,
      recoveryMs: this.#times.recoveryMs,
      user: this,
    });
    this.#applicationServers.add(created);
    this.#keys.add(key, created);
    return created;
  }

  remove(applicationServer: ApplicationServer): void {
    const { state } = applicationServer;
    this.#applicationServers.delete(applicationServer);
    this.#keys.remove(applicationServer);
    applicationServer.dispose();
    if (state === 'AS-ACTIVE' || state === 'AS-PENDING') this.#network.reachability(applicationServer, false);
  }

  /** Takes the associations that peers set up. */
  readonly #acceptor: SctpUser = {
    up: (association) => {
      this.#counters.count('m3ua.association.up');
      const accepted = this.#associate(this.#nameOf(association), undefined);
      this.#accepted.set(association, accepted);
      this.#onStateChange({ kind: 'association', name: accepted.peer.name, from: 'DOWN', to: 'UP' });
      accepted.peer.setReading(this.#reading);
      accepted.attach(association);
    },
    message: (association, message, stream) => this.#accepted.get(association)?.received(message, stream),
    drained: (association) => this.#accepted.get(association)?.drained(),
    restarted: (association) => {
      this.#counters.count('m3ua.association.restarted');
      this.#accepted.get(association)?.restarted();
    },
    down: (association, reason) => {
      this.#counters.count(`m3ua.association.down.${reason}`);
      const accepted = this.#accepted.get(association);
      if (accepted === undefined) return;
      accepted.detach();
      this.#accepted.delete(association);
      this.#byPeer.delete(accepted.peer);
      this.#onStateChange({ kind: 'association', name: accepted.peer.name, from: 'UP', to: 'DOWN' });
      this.#checkStopped();
    },
  };

  *#associations(): Iterable<IpspAssociation> {
    yield* this.#ours;
    yield* this.#accepted.values();
  }

  #associate(name: string, config: IpspPeerConfig | undefined): IpspAssociation {
    const { sctp, onManagement } = this.#options;
    const peer = new Peer(
      name,
      this.#timers,
      this.#counters,
      {
        heartbeat: { intervalMs: this.#times.heartbeatMs, missesMax: this.#times.heartbeatMissesMax },
        queueOctetsMax: this.#config.queueOctetsMax ?? QUEUE_OCTETS_MAX_DEFAULT,
        onManagement,
      },
      this,
    );
    const association = new IpspAssociation({
      peer,
      exchange: (user) => this.#exchange(peer, config, user),
      ...(config === undefined
        ? {}
        : {
            keeper: (user) =>
              new AssociationKeeper({
                name,
                connect: config.connect,
                times: this.#times,
                timers: this.#timers,
                counters: this.#counters,
                sctp,
                user,
                onStateChange: this.#onStateChange,
              }),
          }),
      counters: this.#counters,
      user: this,
      onStateChange: this.#onStateChange,
    });
    this.#byPeer.set(peer, association);
    return association;
  }

  /** The first association that is taken has the name that was given for it; others are called by their address. */
  #nameOf(association: SctpAssociation): string {
    const { listenName } = this.#config;
    if (listenName === undefined) return association.peer;
    for (const { peer } of this.#accepted.values()) if (peer.name === listenName) return association.peer;
    return listenName;
  }

  #exchange(peer: Peer, config: IpspPeerConfig | undefined, user: IpspExchangeUser): IpspExchange {
    const { exchange, initiates, aspIdentifier, knownAsps, begin } = this.#config;
    const names = config?.applicationServers;
    const localApplicationServers = this.#config.localApplicationServers.filter(
      ({ name }) => names?.includes(name) ?? true,
    );
    const configured = this.#configured.filter((one) => names?.includes(one.config.name) ?? true);
    const common = {
      peer,
      timers: this.#timers,
      times: this.#times,
      aspIdentifier,
      knownAsps,
      begin,
      user,
    };
    if (exchange === 'double')
      return new DoubleExchange({
        ...common,
        counters: this.#counters,
        local: localApplicationServers,
        remote: configured,
        registrar: this.#registrar,
        registrationRequired: this.#config.registration?.required,
        onManagement: this.#options.onManagement,
      });
    const shared = localApplicationServers.flatMap((local) => {
      const remote = configured.find((one) => one.config.routingContext === local.routingContext);
      return remote === undefined ? [] : [{ local, remote }];
    });
    return new SingleExchange({ ...common, shared, initiates: initiates ?? config !== undefined });
  }

  #refused(reason: string): false {
    this.#counters.count(`m3ua.transfer.${reason}`);
    return false;
  }

  #checkStopped(): void {
    if (this.#stopped === undefined) return;
    for (const association of this.#associations()) if (!association.isIdle) return;
    const stopped = this.#stopped;
    this.#stopped = undefined;
    stopped();
  }
}
