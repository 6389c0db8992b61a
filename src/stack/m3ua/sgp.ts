/**
 * An M3UA endpoint in the role of an SGP (RFC 4666 §1.4): it listens for ASPs, keeps the application servers that they
 * serve, and stands between them and the users on its own side (point codes of its own), which get the same MTP3 service
 * as an ASP's user. What an ASP sends to another AS is passed on, as a signalling transfer point would.
 */
import assert from 'node:assert';
import type { Counters } from '../../types/counters.ts';
import type { Log } from '../../types/log.ts';
import type { TimerListener, Timers } from '../../types/timers.ts';
import type { SctpAssociation, SctpDownReason, SctpListener, SctpPort, SctpUser } from '../sctp/port.ts';
import { ApplicationServer, type ApplicationServerUser } from './application-server.ts';
import type { AsState } from './as-fsm.ts';
import type { AspState } from './asp-state-fsm.ts';
import {
  DEFAULT_TIMES,
  hasAppearance,
  QUEUE_OCTETS_MAX_DEFAULT,
  type ServedApplicationServerConfig,
  type SgpConfig,
  type Times,
} from './configuration.ts';
import { type DataMessage, USER_DATA_OCTETS_MAX, writeData } from './data.ts';
import type { OnManagement } from './management.ts';
import type { M3uaMessage } from './messages.ts';
import type { MtpService, MtpTransfer, MtpUser } from './mtp.ts';
import { POINT_CODE_BITS, UNAVAILABILITY_CAUSE } from './parameters.ts';
import { Peer, type PeerUser } from './peer.ts';
import { configuredKey, Registrar, type RegistrarUser } from './registrar.ts';
import type { DestinationStatus } from './route-table.ts';
import { type RoutingKey, RoutingKeys } from './routing-keys.ts';
import { type SgpDestination, SgpDestinations } from './sgp-destinations.ts';
import { contextOf, SgpNetworkManagement } from './sgp-network-management.ts';
import { SgpProcedures, type SgpProceduresUser } from './sgp-procedures.ts';
import type { M3uaSnapshot, M3uaStateChange } from './snapshot.ts';

export interface SgpOptions {
  readonly config: SgpConfig;
  readonly sctp: SctpPort;
  readonly timers: Timers;
  readonly counters: Counters;
  readonly log: Log;
  readonly onStateChange?: (change: M3uaStateChange) => void;
  readonly onManagement?: OnManagement;
}

const SCRATCH_OCTETS = 65_536 + 64;
/** Messages between users of the SG's own side that may wait for their turn. */
const LOCAL_MESSAGES_MAX = 4096;
/** A user that sends into a congestion is told with each of so many messages (ITU-T Q.704 §2.3.5.2). */
const CONGESTED_MESSAGES = 8;

export class M3uaSgp
  implements SctpUser, PeerUser, SgpProceduresUser, ApplicationServerUser, RegistrarUser, TimerListener
{
  readonly #config: SgpConfig;
  readonly #times: Times;
  readonly #sctp: SctpPort;
  readonly #timers: Timers;
  readonly #counters: Counters;
  readonly #log: Log;
  readonly #onStateChange: (change: M3uaStateChange) => void;
  readonly #onManagement: OnManagement | undefined;
  readonly #applicationServers = new Set<ApplicationServer>();
  readonly #configured: readonly ApplicationServer[];
  readonly #keys = new RoutingKeys<ApplicationServer>();
  readonly #destinations: SgpDestinations;
  readonly #network: SgpNetworkManagement;
  readonly #registrar: Registrar | undefined;
  readonly #asps = new Map<SctpAssociation, SgpProcedures>();
  readonly #byPeer = new Map<Peer, SgpProcedures>();
  /** Management lockouts: of all ASPs, or by the name of the association or the ASP Identifier. */
  readonly #blocked = new Set<string | number>();
  readonly #scratch = new Uint8Array(SCRATCH_OCTETS);
  #nifAvailable = true;
  #localMessages: MtpTransfer[] = [];
  #congestedMessages = 0;
  #listener: SctpListener | undefined;

  constructor(options: SgpOptions) {
    const { config } = options;
    this.#config = config;
    this.#times = { ...DEFAULT_TIMES, ...config.times };
    this.#sctp = options.sctp;
    this.#timers = options.timers;
    this.#counters = options.counters;
    this.#log = options.log;
    this.#onManagement = options.onManagement;
    this.#onStateChange = (change) => {
      this.#log.info(`m3ua.${change.kind}`, { ...change });
      options.onStateChange?.(change);
    };
    this.#configured = config.applicationServers.map((one) => this.create(one, configuredKey(one)));
    this.#destinations = new SgpDestinations(config.localPointCodes);
    this.#network = new SgpNetworkManagement({
      destinations: this.#destinations,
      keys: this.#keys,
      asps: () => this.#asps.values(),
      confidentialPointCodes: config.confidentialPointCodes ?? [],
    });
    if (config.registration !== undefined)
      this.#registrar = new Registrar(
        config.registration,
        config.pointCodeBits ?? POINT_CODE_BITS,
        this.#keys,
        this,
      );
  }

  /** Listens for ASPs. Rejects with an operating error when the address cannot be had. Returns the port in use. */
  async start(): Promise<number> {
    this.#listener = await this.#sctp.listen(this.#config.listen, this);
    return this.#listener.port;
  }

  /** Takes no more ASPs and closes the associations. */
  async stop(): Promise<void> {
    for (const association of this.#asps.keys()) association.close();
    await this.#listener?.close();
  }

  /** The MTP3 service for the users at one of the SG's own point codes. */
  service(pointCode: number): MtpService {
    const local = this.#destinations.get(pointCode);
    assert(local !== undefined, `point code ${pointCode} is not one of the signalling gateway's own`);
    return {
      transfer: (request) => this.transfer(request),
      congestionLevel: (dpc) => this.#network.congestionLevel(dpc),
      bind: (si, user) => {
        assert(!local.users.has(si), `service indicator ${si} has a user at ${pointCode}`);
        const isNew = !this.#destinations.has(user);
        local.users.set(si, user);
        if (!isNew) return;
        // Everything counts as reachable until something else is said; what is not yet is said now.
        for (const one of this.#keys.pointCodes())
          if (this.#network.status(one) === 'unavailable') user.onPause(one);
        for (const one of this.#destinations.all())
          if (one.status === 'unavailable') user.onPause(one.pointCode);
      },
    };
  }

  /** MTP-TRANSFER.request of a user on the SG's own side, to an AS or to another such user. */
  transfer(request: MtpTransfer): boolean {
    if (this.#destinations.get(request.dpc) !== undefined) return this.#transferLocally(request);
    const applicationServer = this.#keys.find(request.dpc, request.opc, request.si);
    if (applicationServer === undefined) {
      this.#counters.count('m3ua.transfer.no-route');
      return false;
    }
    if (request.data.length > USER_DATA_OCTETS_MAX) {
      this.#counters.count('m3ua.transfer.too-long');
      return false;
    }
    const level = applicationServer.congestionLevel;
    if (level > 0) {
      this.#counters.count('m3ua.transfer.congested');
      if (this.#congestedMessages++ % CONGESTED_MESSAGES === 0)
        this.#destinations
          .get(request.opc)
          ?.users.get(request.si)
          ?.onStatus(request.dpc, 'congestion', level);
    }
    const length = writeData(this.#scratch, request, applicationServer.config);
    return applicationServer.send(this.#scratch.subarray(0, length), request.sls);
  }

  /** One of the SG's own point codes becomes reachable or not: its ASPs hear DAVA or DUNA (RFC 4666 §4.5.1). */
  setAvailable(pointCode: number, available: boolean): void {
    this.setStatus(pointCode, available ? 'available' : 'unavailable');
  }

  /** The same, with DRST for what is better reached on another way. */
  setStatus(pointCode: number, status: DestinationStatus): void {
    const local = this.#destinations.get(pointCode);
    if (local === undefined || local.status === status) return;
    const was = local.status;
    local.status = status;
    if (status === 'unavailable') this.#destinations.tell(pointCode, (user) => user.onPause(pointCode));
    else if (was === 'unavailable') this.#destinations.tell(pointCode, (user) => user.onResume(pointCode));
    this.#network.announce(pointCode, status);
  }

  /** One of the SG's own point codes becomes congested, or no longer (level 0): its ASPs hear SCON. */
  setCongestion(pointCode: number, level: number): void {
    const local = this.#destinations.get(pointCode);
    if (local === undefined || local.congestionLevel === level) return;
    local.congestionLevel = level;
    local.congestedMessages = 0;
    this.#destinations.tell(pointCode, (user) => user.onStatus(pointCode, 'congestion', level));
    this.#network.announceCongestion(pointCode, level);
  }

  /** Management lockout of one ASP (association or ASP Identifier) or of all: ASP Up and Active are refused (Error 13). */
  setBlocked(blocked: boolean, asp: string | number = ''): void {
    if (blocked) this.#blocked.add(asp);
    else this.#blocked.delete(asp);
  }

  /** The nodal interworking function is there or not (RFC 4666 §4.7): without it no ASP is active. */
  setNifAvailable(available: boolean): void {
    if (available === this.#nifAvailable) return;
    this.#nifAvailable = available;
    if (!available) for (const procedures of this.#asps.values()) procedures.nifUnavailable();
  }

  /** Stops and goes on reading from the ASPs that are there (back-pressure). */
  setReading(reading: boolean): void {
    for (const { peer } of this.#asps.values()) peer.setReading(reading);
  }

  snapshot(): M3uaSnapshot {
    return {
      role: 'sgp',
      associations: [...this.#asps.values()].map((procedures) => procedures.snapshot()),
      applicationServers: [...this.#applicationServers].map((one) => one.snapshot()),
      destinations: [...this.#destinations.all()].map(({ pointCode, status }) => ({
        pointCode,
        reachable: status !== 'unavailable',
      })),
    };
  }

  // From SCTP.

  up(association: SctpAssociation): void {
    this.#counters.count('m3ua.association.up');
    const peer = new Peer(
      association.peer,
      this.#timers,
      this.#counters,
      {
        heartbeat: { intervalMs: this.#times.heartbeatMs, missesMax: this.#times.heartbeatMissesMax },
        queueOctetsMax: this.#config.queueOctetsMax ?? QUEUE_OCTETS_MAX_DEFAULT,
        onManagement: this.#onManagement,
      },
      this,
    );
    const procedures = new SgpProcedures({
      peer,
      counters: this.#counters,
      applicationServers: this.#configured,
      knownAsps: this.#config.knownAsps,
      registrar: this.#registrar,
      registrationRequired: this.#config.registration?.required,
      user: this,
      onManagement: this.#onManagement,
    });
    this.#asps.set(association, procedures);
    this.#byPeer.set(peer, procedures);
    peer.attach(association);
    this.#onStateChange({ kind: 'association', name: peer.name, from: 'DOWN', to: 'UP' });
  }

  message(association: SctpAssociation, message: Uint8Array, stream: number): void {
    this.#asps.get(association)?.peer.receive(message, stream);
  }

  drained(association: SctpAssociation): void {
    this.#asps.get(association)?.peer.drained();
  }

  restarted(association: SctpAssociation): void {
    this.#counters.count('m3ua.association.restarted');
    const procedures = this.#asps.get(association);
    procedures?.peer.restarted();
    procedures?.associationRestarted();
  }

  down(association: SctpAssociation, reason: SctpDownReason): void {
    this.#counters.count(`m3ua.association.down.${reason}`);
    const procedures = this.#asps.get(association);
    if (procedures === undefined) return;
    procedures.peer.detach();
    procedures.associationDown();
    this.#asps.delete(association);
    this.#byPeer.delete(procedures.peer);
    this.#onStateChange({ kind: 'association', name: procedures.peer.name, from: 'UP', to: 'DOWN' });
  }

  // From the associations.

  onData(peer: Peer, data: DataMessage, octets: Uint8Array): void {
    const procedures = this.#byPeer.get(peer)!;
    const from = procedures.applicationServer(data.routingContext);
    if (from === undefined) {
      if (data.routingContext === undefined) return peer.refuse('no-configured-as-for-asp', octets);
      return peer.refuse('invalid-routing-context', octets, { routingContext: [data.routingContext] });
    }
    const { networkAppearance } = data;
    if (networkAppearance !== undefined && !hasAppearance(from.config, networkAppearance))
      return peer.refuse('invalid-network-appearance', octets, { networkAppearance });
    if (procedures.aspState(from) !== 'ASP-ACTIVE') return peer.refuse('unexpected-message', octets);
    const local = this.#destinations.get(data.dpc);
    if (local !== undefined) {
      if (local.status === 'unavailable') return this.#network.unavailable(procedures, from, data.dpc);
      if (local.congestionLevel > 0)
        this.#network.congested(procedures, from, data.dpc, local.congestionLevel);
      return this.#deliver(local, data, procedures, from);
    }
    const to = this.#keys.find(data.dpc, data.opc, data.si, from.config.networkAppearance);
    if (to === undefined) {
      this.#counters.count('m3ua.transfer.no-route');
      return this.#network.unavailable(procedures, from, data.dpc);
    }
    this.#counters.count('m3ua.data.passed-on');
    if (to.congestionLevel > 0) this.#network.congested(procedures, from, data.dpc, to.congestionLevel);
    const length = writeData(this.#scratch, data, to.config);
    if (!to.send(this.#scratch.subarray(0, length), data.sls) && to.state !== 'AS-ACTIVE')
      this.#network.unavailable(procedures, from, data.dpc);
  }

  onMessage(peer: Peer, message: M3uaMessage, octets: Uint8Array): void {
    const procedures = this.#byPeer.get(peer)!;
    if (procedures.onMessage(message, octets)) return;
    switch (message.name) {
      case 'ERR':
        this.#log.warn('m3ua.error-received', {
          peer: peer.name,
          errorCode: message.parameters.errorCode,
        });
        return;
      case 'DAUD':
        if (this.#network.accepts(procedures, message.parameters, octets))
          this.#network.audit(procedures, message.parameters, octets);
        return;
      case 'SCON':
        if (this.#network.accepts(procedures, message.parameters, octets))
          this.#congestionAtAsp(message.parameters);
        return;
      default:
        return peer.refuse('unexpected-message', octets);
    }
  }

  onCongestion(peer: Peer): void {
    for (const [one, state] of this.#byPeer.get(peer)?.states ?? []) {
      if (state !== 'ASP-ACTIVE' || !this.#network.isCongestionNews(one)) continue;
      for (const pointCode of one.config.pointCodes) {
        const level = one.congestionLevel;
        this.#destinations.tell(pointCode, (user) => user.onStatus(pointCode, 'congestion', level));
        this.#network.announceCongestion(pointCode, level, one);
      }
    }
  }

  isIdentifierInUse(aspIdentifier: number, by: SgpProcedures): boolean {
    for (const procedures of this.#asps.values())
      if (procedures !== by && procedures.aspIdentifier === aspIdentifier && procedures.state !== 'ASP-DOWN')
        return true;
    return false;
  }

  isBlocked({ peer, aspIdentifier }: SgpProcedures): boolean {
    if (this.#blocked.size === 0) return false;
    if (this.#blocked.has('') || this.#blocked.has(peer.name)) return true;
    return aspIdentifier !== undefined && this.#blocked.has(aspIdentifier);
  }

  isNifAvailable(): boolean {
    return this.#nifAvailable;
  }

  onAspChange(procedures: SgpProcedures, from: AspState, to: AspState): void {
    this.#onStateChange({ kind: 'asp', name: procedures.peer.name, from, to });
  }

  onTrafficChange(
    procedures: SgpProcedures,
    applicationServer: ApplicationServer,
    from: AspState,
    to: AspState,
  ): void {
    this.#onStateChange({
      kind: 'traffic',
      name: procedures.peer.name,
      applicationServer: applicationServer.config.name,
      from,
      to,
    });
    if (to === 'ASP-ACTIVE') this.#network.activated(procedures, applicationServer);
  }

  onAsState(applicationServer: ApplicationServer, from: AsState, to: AsState): void {
    this.#onStateChange({ kind: 'as', name: applicationServer.config.name, from, to });
    // While AS-PENDING messages are kept, so its point codes count as reachable.
    const was = from === 'AS-ACTIVE' || from === 'AS-PENDING';
    const is = to === 'AS-ACTIVE' || to === 'AS-PENDING';
    if (was !== is) this.#reachability(applicationServer, is);
  }

  // From the registrar.

  applicationServer(routingContext: number): ApplicationServer | undefined {
    for (const one of this.#applicationServers) if (one.config.routingContext === routingContext) return one;
    return undefined;
  }

  isOwn(pointCode: number): boolean {
    return this.#destinations.get(pointCode) !== undefined;
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
    this.#network.forget(applicationServer);
    applicationServer.dispose();
    if (state === 'AS-ACTIVE' || state === 'AS-PENDING') this.#reachability(applicationServer, false);
  }

  /** Runs the messages between users of the SG's own side. */
  onTimer(): void {
    const messages = this.#localMessages;
    this.#localMessages = [];
    for (const message of messages) {
      const local = this.#destinations.get(message.dpc);
      if (local !== undefined && local.status !== 'unavailable') this.#deliver(local, message);
    }
  }

  #transferLocally(request: MtpTransfer): boolean {
    if (this.#localMessages.length >= LOCAL_MESSAGES_MAX) {
      this.#counters.count('m3ua.transfer.local-full');
      return false;
    }
    if (this.#localMessages.length === 0) this.#timers.start(0, this, 0, 0);
    this.#localMessages.push({ ...request, data: request.data.slice() });
    return true;
  }

  #deliver(
    { users }: SgpDestination,
    transfer: MtpTransfer,
    procedures?: SgpProcedures,
    from?: ApplicationServer,
  ): void {
    const user = users.get(transfer.si);
    if (user !== undefined) return user.onTransfer(transfer);
    this.#counters.count('m3ua.data.no-user');
    procedures?.peer.send('DUPU', {
      ...(from === undefined ? {} : contextOf(from)),
      affectedPointCodes: [{ mask: 0, pointCode: transfer.dpc }],
      userCause: { cause: UNAVAILABILITY_CAUSE.unequippedRemoteUser, user: transfer.si },
    });
  }

  #reachability(applicationServer: ApplicationServer, reachable: boolean): void {
    for (const pointCode of applicationServer.config.pointCodes) {
      this.#destinations.tell(pointCode, (user: MtpUser) => {
        if (reachable) user.onResume(pointCode);
        else user.onPause(pointCode);
      });
      this.#network.announce(pointCode, reachable ? 'available' : 'unavailable', applicationServer);
    }
  }

  /** An ASP says that its side is congested: whom it concerns is slowed down, else everybody (RFC 4666 §3.4.4). */
  #congestionAtAsp(scon: Extract<M3uaMessage, { readonly name: 'SCON' }>['parameters']): void {
    const level = scon.congestionIndications ?? 1;
    const concerned = scon.concernedDestination?.[0]?.pointCode;
    for (const { pointCode } of scon.affectedPointCodes) {
      const say = (user: MtpUser): void => user.onStatus(pointCode, 'congestion', level);
      if (concerned === undefined) this.#destinations.tell(pointCode, say);
      else for (const user of this.#destinations.get(concerned)?.users.values() ?? []) say(user);
      for (const one of concerned === undefined ? [] : this.#keys.at(concerned))
        for (const { peer, states } of this.#asps.values())
          if (states.get(one) === 'ASP-ACTIVE')
            peer.send('SCON', {
              ...contextOf(one),
              affectedPointCodes: [{ mask: 0, pointCode }],
              congestionIndications: level,
            });
    }
  }
}
