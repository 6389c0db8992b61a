/**
 * An M3UA endpoint in the role of an ASP (RFC 4666 §1.4): it keeps associations with the SGPs of one or more signalling
 * gateways, serves application servers over them, and gives its user the MTP3 service.
 */
import assert from 'node:assert/strict';
import type { Counters } from '../../types/counters.ts';
import type { Log } from '../../types/log.ts';
import type { Timers } from '../../types/timers.ts';
import type { SctpPort } from '../sctp/port.ts';
import type { AspTrafficState } from './asp-traffic-fsm.ts';
import {
  type ApplicationServerConfig,
  type AspConfig,
  DEFAULT_TIMES,
  hasAppearance,
  type Times,
} from './configuration.ts';
import { CongestedDestinations, type CongestedDestinationsUser } from './congested-destinations.ts';
import type { CongestionLevel } from './congestion.ts';
import { type DataMessage, dataOctets, USER_DATA_OCTETS_MAX, writeData } from './data.ts';
import type { OnManagement } from './management.ts';
import type { M3uaMessage } from './messages.ts';
import {
  type MtpService,
  type MtpStatusCause,
  type MtpTransfer,
  type MtpUser,
  unavailabilityCause,
} from './mtp.ts';
import type { Peer } from './peer.ts';
import { type DestinationStatus, type Gateway, RouteTable, type RouteTableUser } from './route-table.ts';
import { SgpAssociation, type SgpAssociationUser } from './sgp-association.ts';
import type { M3uaSnapshot, OnM3uaStateChange } from './snapshot.ts';

export interface AspOptions {
  readonly config: AspConfig;
  readonly sctp: SctpPort;
  readonly timers: Timers;
  readonly counters: Counters;
  readonly log: Log;
  readonly onStateChange?: OnM3uaStateChange;
  readonly onManagement?: OnManagement;
}

/** A user that sends into a congestion is told with each of so many messages (ITU-T Q.704 §2.3.5.2). */
export const CONGESTED_MESSAGES = 8;

const SCRATCH_OCTETS = 65_536 + 64;

export class M3uaAsp implements MtpService, SgpAssociationUser, RouteTableUser, CongestedDestinationsUser {
  readonly #config: AspConfig;
  readonly #times: Times;
  readonly #counters: Counters;
  readonly #log: Log;
  readonly #onStateChange: OnM3uaStateChange;
  readonly #associations: readonly SgpAssociation[];
  readonly #byGateway = new Map<string, SgpAssociation[]>();
  readonly #byPeer = new Map<Peer, SgpAssociation>();
  readonly #byOpc = new Map<number, ApplicationServerConfig>();
  readonly #routes: RouteTable;
  readonly #congested: CongestedDestinations;
  #congestedMessages = 0;
  readonly #users = new Map<number, MtpUser>();
  readonly #scratch = new Uint8Array(SCRATCH_OCTETS);
  /** Candidates of the choice in hand; kept so that a choice allocates nothing. */
  readonly #candidates: SgpAssociation[] = [];
  #stopped: (() => void) | undefined;

  constructor(options: AspOptions) {
    const { config } = options;
    this.#config = config;
    this.#times = { ...DEFAULT_TIMES, ...config.times };
    this.#counters = options.counters;
    this.#log = options.log;
    this.#onStateChange = (change) => {
      this.#log.info(`m3ua.${change.kind}`, { ...change });
      options.onStateChange?.(change);
    };
    for (const applicationServer of config.applicationServers)
      for (const pointCode of applicationServer.pointCodes) this.#byOpc.set(pointCode, applicationServer);
    this.#associations = config.peers.map(
      (peer) =>
        new SgpAssociation({
          config: peer,
          asp: config,
          times: this.#times,
          timers: options.timers,
          counters: this.#counters,
          sctp: options.sctp,
          user: this,
          onStateChange: this.#onStateChange,
          onManagement: options.onManagement,
        }),
    );
    for (const association of this.#associations) {
      this.#byPeer.set(association.peer, association);
      const name = association.config.signallingGateway;
      const siblings = this.#byGateway.get(name);
      if (siblings === undefined) this.#byGateway.set(name, [association]);
      else siblings.push(association);
    }
    this.#routes = new RouteTable(this.#byGateway.keys(), config.routes, this);
    this.#congested = new CongestedDestinations(options.timers, this);
  }

  /** Sets up the associations; from here on they are kept up. */
  start(): void {
    for (const association of this.#associations) association.establish();
  }

  /** Leaves the network in order: ASP Inactive, ASP Down, SHUTDOWN. `stopped` is called once, when all is down. */
  stop(stopped: () => void = () => undefined): void {
    this.#stopped = stopped;
    for (const association of this.#associations) association.release();
    this.#checkStopped();
  }

  /** M-ASP_ACTIVE.req and M-ASP_INACTIVE.req for one AS or all of them, on every association. */
  activate(applicationServer?: string): void {
    for (const association of this.#associations) association.procedures.activate(applicationServer);
  }

  inactivate(applicationServer?: string): void {
    for (const association of this.#associations) association.procedures.inactivate(applicationServer);
  }

  /** M-ASP_UP.req and M-ASP_DOWN.req on every association; the associations stay. */
  up(): void {
    for (const { procedures } of this.#associations) procedures.up();
  }

  down(): void {
    for (const { procedures } of this.#associations) procedures.down();
  }

  /** M-RK_REG.req and M-RK_DEREG.req for one dynamic AS or all of them. */
  register(applicationServer?: string): void {
    for (const { procedures } of this.#associations) procedures.register(applicationServer);
  }

  deregister(applicationServer?: string): void {
    for (const { procedures } of this.#associations) procedures.deregister(applicationServer);
  }

  /** Asks every signalling gateway for the state of destinations (RFC 4666 §4.5.3). True when one could be asked. */
  auditDestinations(pointCodes: readonly number[]): boolean {
    let asked = false;
    for (const association of this.#associations) {
      const active = association.applicationServers.find(
        (one) => association.procedures.trafficState(one) === 'ASP-ACTIVE',
      );
      if (active === undefined) continue;
      this.#audit(association, active, pointCodes);
      asked = true;
    }
    return asked;
  }

  bind(si: number, user: MtpUser): void {
    assert(!this.#users.has(si), `service indicator ${si} has a user`);
    const isNew = ![...this.#users.values()].includes(user);
    this.#users.set(si, user);
    if (!isNew) return;
    // Everything counts as reachable until something else is said; what is not yet is said now.
    for (const [pointCode, reachable] of this.#routes.destinations) if (!reachable) user.onPause(pointCode);
  }

  /** Stops and goes on reading from the peers (back-pressure); also those that come up meanwhile. */
  setReading(reading: boolean): void {
    for (const { peer } of this.#associations) peer.setReading(reading);
  }

  /** More has come than was taken, from one peer at least. */
  get isBehind(): boolean {
    for (const { peer } of this.#associations) if (peer.behind) return true;
    return false;
  }

  transfer(request: MtpTransfer): boolean {
    const applicationServer = this.#byOpc.get(request.opc);
    if (applicationServer === undefined) return this.#refused('no-application-server');
    if (request.data.length > USER_DATA_OCTETS_MAX) return this.#refused('too-long');
    const association = this.#choose(applicationServer, request.dpc, request.sls);
    if (association === undefined) return this.#refused('no-route');
    assert(dataOctets(request.data.length) <= SCRATCH_OCTETS);
    const level = Math.max(association.peer.congestionLevel, this.#congested.level(request.dpc));
    if (level > 0) this.#intoCongestion(request.dpc, level);
    const { networkAppearance } = applicationServer;
    const routingContext = association.procedures.routingContext(applicationServer);
    const length = writeData(this.#scratch, request, { routingContext, networkAppearance });
    return association.peer.sendData(this.#scratch.subarray(0, length), request.sls);
  }

  /** Whether traffic is active for an AS on some association. */
  get isActive(): boolean {
    return this.#associations.some(({ procedures }) =>
      procedures.traffic.some(({ state }) => state === 'ASP-ACTIVE'),
    );
  }

  congestionLevel(pointCode: number): number {
    let own = Infinity;
    for (const group of this.#routes.groups(pointCode))
      for (const gateway of group) {
        if (!gateway.up) continue;
        for (const { peer } of this.#byGateway.get(gateway.name)!) own = Math.min(own, peer.congestionLevel);
      }
    return Math.max(own === Infinity ? 0 : own, this.#congested.level(pointCode));
  }

  snapshot(): M3uaSnapshot {
    return {
      role: 'asp',
      associations: this.#associations.map((association) => association.snapshot()),
      applicationServers: [],
      destinations: [...this.#routes.destinations].map(([pointCode, reachable]) => {
        const congestion = this.congestionLevel(pointCode);
        return {
          pointCode,
          reachable,
          ...(congestion > 0 ? { congestion } : {}),
          ...(this.#routes.isRestricted(pointCode) ? { restricted: true as const } : {}),
        };
      }),
    };
  }

  /**
   * The association for a message: the first priority with a gateway that does not say that the destination is
   * unavailable; those that say restricted only when nothing better is there. Within one priority, by SLS.
   */
  #choose(applicationServer: ApplicationServerConfig, dpc: number, sls: number): SgpAssociation | undefined {
    const groups = this.#routes.groups(dpc);
    return (
      this.#chooseBy(applicationServer, groups, dpc, sls, false) ??
      this.#chooseBy(applicationServer, groups, dpc, sls, true)
    );
  }

  #chooseBy(
    applicationServer: ApplicationServerConfig,
    groups: readonly (readonly Gateway[])[],
    dpc: number,
    sls: number,
    restricted: boolean,
  ): SgpAssociation | undefined {
    for (const group of groups) {
      let count = 0;
      for (const gateway of group) {
        if (!gateway.up) continue;
        const status = gateway.statuses.get(dpc);
        if (status === 'unavailable' || (status === 'restricted') !== restricted) continue;
        for (const association of this.#byGateway.get(gateway.name)!)
          if (association.procedures.trafficState(applicationServer) === 'ASP-ACTIVE')
            this.#candidates[count++] = association;
      }
      if (count > 0) return this.#candidates[sls % count];
    }
    return undefined;
  }

  // From the associations.

  onData(peer: Peer, data: DataMessage, octets: Uint8Array): void {
    const association = this.#byPeer.get(peer)!;
    const { procedures } = association;
    const applicationServer = procedures.applicationServer(data.routingContext);
    if (applicationServer === undefined) {
      if (data.routingContext === undefined) return peer.refuse('no-configured-as-for-asp', octets);
      return peer.refuse('invalid-routing-context', octets, { routingContext: [data.routingContext] });
    }
    const { networkAppearance } = data;
    if (networkAppearance !== undefined && !hasAppearance(applicationServer, networkAppearance))
      return peer.refuse('invalid-network-appearance', octets, { networkAppearance });
    const state = association.procedures.trafficState(applicationServer);
    // DATA goes on other streams than the acknowledgement of ASP Active, and may come before it.
    if (state === 'ASP-DOWN' || state === 'ASP-INACTIVE') return peer.refuse('unexpected-message', octets);
    const user = this.#users.get(data.si);
    if (user === undefined) this.#counters.count('m3ua.data.no-user');
    else user.onTransfer(data);
  }

  onMessage(peer: Peer, message: M3uaMessage, octets: Uint8Array): void {
    const association = this.#byPeer.get(peer)!;
    if (message.name === 'ERR')
      this.#log.warn('m3ua.error-received', { peer: peer.name, errorCode: message.parameters.errorCode });
    if (association.procedures.onMessage(message, octets)) return;
    switch (message.name) {
      case 'DUNA':
        return this.#destinations(association, message, octets, 'unavailable');
      case 'DAVA':
        return this.#destinations(association, message, octets, 'available');
      case 'DRST':
        return this.#destinations(association, message, octets, 'restricted');
      case 'SCON':
        if (!this.#accepts(association, message.parameters, octets)) return;
        // Without a level there are none in this network: congested or not (RFC 4666 §3.4.4).
        for (const { pointCode } of message.parameters.affectedPointCodes)
          this.#congested.set(pointCode, message.parameters.congestionIndications ?? 1);
        return;
      case 'DUPU': {
        if (!this.#accepts(association, message.parameters, octets)) return;
        const { cause, user } = message.parameters.userCause;
        for (const { pointCode } of message.parameters.affectedPointCodes)
          this.#status(pointCode, unavailabilityCause(cause), 0, user);
        return;
      }
      case 'DAUD':
        // An audit is for a signalling gateway; what an ASP cannot do in any state is not merely unexpected.
        if (association.procedures.traffic.some(({ state }) => state === 'ASP-ACTIVE'))
          return peer.refuse('unsupported-message-type', octets);
        return peer.refuse('unexpected-message', octets);
      default:
        return peer.refuse('unexpected-message', octets);
    }
  }

  onCongestion(peer: Peer, level: CongestionLevel): void {
    this.#log.info('m3ua.congestion', { peer: peer.name, level });
    const { signallingGateway } = this.#byPeer.get(peer)!.config;
    for (const [pointCode, reachable] of this.#routes.destinations) {
      const groups = this.#routes.groups(pointCode);
      if (reachable && groups.some((group) => group.some(({ name }) => name === signallingGateway)))
        this.#status(pointCode, 'congestion', this.congestionLevel(pointCode));
    }
  }

  onTrafficChange(
    association: SgpAssociation,
    applicationServer: ApplicationServerConfig,
    from: AspTrafficState,
    to: AspTrafficState,
  ): void {
    if (from !== 'ASP-ACTIVE' && to !== 'ASP-ACTIVE') return;
    const name = association.config.signallingGateway;
    const siblings = this.#byGateway.get(name)!;
    const up = siblings.some(({ procedures }) =>
      procedures.traffic.some(({ state }) => state === 'ASP-ACTIVE'),
    );
    this.#routes.setUp(name, up);
    if (to !== 'ASP-ACTIVE' || this.#config.auditOnActivation === false) return;
    const pointCodes = [...this.#routes.configured];
    if (pointCodes.length > 0) this.#audit(association, applicationServer, pointCodes);
  }

  onReleased(): void {
    this.#checkStopped();
  }

  // From the route table.

  onReachable(pointCode: number): void {
    for (const user of new Set(this.#users.values())) user.onResume(pointCode);
  }

  onUnreachable(pointCode: number): void {
    for (const user of new Set(this.#users.values())) user.onPause(pointCode);
  }

  // From the congested destinations.

  onCongestionLevel(pointCode: number): void {
    this.#status(pointCode, 'congestion', this.congestionLevel(pointCode));
  }

  audit(pointCode: number): boolean {
    return this.auditDestinations([pointCode]);
  }

  onStatusDropped(): void {
    this.#counters.count('m3ua.route.status-dropped');
  }

  #destinations(
    association: SgpAssociation,
    message: Extract<M3uaMessage, { readonly name: 'DUNA' | 'DAVA' | 'DRST' }>,
    octets: Uint8Array,
    status: DestinationStatus,
  ): void {
    if (!this.#accepts(association, message.parameters, octets)) return;
    for (const { pointCode, mask } of message.parameters.affectedPointCodes)
      this.#routes.setStatus(association.config.signallingGateway, pointCode, mask, status);
  }

  /** Asks for the state of destinations (RFC 4666 §4.5.3). */
  #audit(
    association: SgpAssociation,
    applicationServer: ApplicationServerConfig,
    pointCodes: readonly number[],
  ): void {
    const { networkAppearance } = applicationServer;
    const routingContext = association.procedures.routingContext(applicationServer);
    association.peer.send('DAUD', {
      ...(networkAppearance === undefined ? {} : { networkAppearance }),
      ...(routingContext === undefined ? {} : { routingContext: [routingContext] }),
      affectedPointCodes: pointCodes.map((pointCode) => ({ mask: 0, pointCode })),
    });
  }

  /**
   * SSNM is for an ASP that is active, or about to be (an SGP may send it before ASP Active Ack), and names routing
   * contexts and a network appearance that are ours or none (RFC 4666 §4.3.1, §4.5.1).
   */
  #accepts(
    { peer, procedures }: SgpAssociation,
    { routingContext, networkAppearance }: SsnmContext,
    octets: Uint8Array,
  ): boolean {
    const unknown = routingContext?.filter((one) => procedures.applicationServer(one) === undefined) ?? [];
    if (unknown.length > 0) {
      peer.refuse('invalid-routing-context', octets, { routingContext: unknown });
      return false;
    }
    const named = procedures.traffic.filter(
      (one) => routingContext === undefined || routingContext.includes(one.routingContext ?? -1),
    );
    const concerned = named.length > 0 ? named : procedures.traffic;
    if (
      networkAppearance !== undefined &&
      !concerned.some((one) => hasAppearance(one.applicationServer, networkAppearance))
    ) {
      peer.refuse('invalid-network-appearance', octets, { networkAppearance });
      return false;
    }
    if (concerned.some(({ state }) => state !== 'ASP-DOWN' && state !== 'ASP-INACTIVE')) return true;
    peer.refuse('unexpected-message', octets);
    return false;
  }

  #intoCongestion(pointCode: number, level: number): void {
    this.#counters.count('m3ua.transfer.congested');
    if (this.#congestedMessages++ % CONGESTED_MESSAGES === 0) this.#status(pointCode, 'congestion', level);
  }

  #status(pointCode: number, cause: MtpStatusCause, level: number, si?: number): void {
    // Who is bound to several service indicators is told once.
    const users = si === undefined ? new Set(this.#users.values()) : [this.#users.get(si)];
    for (const user of users) user?.onStatus(pointCode, cause, level);
  }

  #refused(reason: string): false {
    this.#counters.count(`m3ua.transfer.${reason}`);
    return false;
  }

  #checkStopped(): void {
    if (this.#stopped === undefined || this.#associations.some(({ state }) => state !== 'IDLE')) return;
    const stopped = this.#stopped;
    this.#stopped = undefined;
    stopped();
  }
}

/** What SSNM says about what it is for. */
interface SsnmContext {
  readonly routingContext?: readonly number[];
  readonly networkAppearance?: number;
}
