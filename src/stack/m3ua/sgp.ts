/**
 * An M3UA endpoint in the role of an SGP (RFC 4666 §1.4): it listens for ASPs, keeps the application servers that they
 * serve, and stands between them and the users on its own side (point codes of its own), which get the same MTP3 service
 * as an ASP's user. What an ASP sends to another AS is passed on, as a signalling transfer point would.
 */
import assert from 'node:assert/strict';
import type { Counters } from '../../types/counters.ts';
import type { Log } from '../../types/log.ts';
import type { TimerListener, Timers } from '../../types/timers.ts';
import type { SctpAssociation, SctpDownReason, SctpListener, SctpPort, SctpUser } from '../sctp/port.ts';
import { ApplicationServer, type ApplicationServerUser } from './application-server.ts';
import type { AsState } from './as-fsm.ts';
import type { AspState } from './asp-state-fsm.ts';
import { DEFAULT_TIMES, QUEUE_OCTETS_MAX_DEFAULT, type SgpConfig, type Times } from './configuration.ts';
import { type DataMessage, USER_DATA_OCTETS_MAX, writeData } from './data.ts';
import { ERROR_CODE } from './error-codes.ts';
import type { M3uaMessage } from './messages.ts';
import type { MtpService, MtpTransfer, MtpUser } from './mtp.ts';
import type { AffectedPointCode } from './parameter-types.ts';
import { UNAVAILABILITY_CAUSE } from './parameters.ts';
import { Peer, type PeerUser } from './peer.ts';
import { SgpProcedures, type SgpProceduresUser } from './sgp-procedures.ts';
import type { M3uaSnapshot, M3uaStateChange } from './snapshot.ts';

export interface SgpOptions {
  readonly config: SgpConfig;
  readonly sctp: SctpPort;
  readonly timers: Timers;
  readonly counters: Counters;
  readonly log: Log;
  readonly onStateChange?: (change: M3uaStateChange) => void;
}

const SCRATCH_OCTETS = 65_536 + 64;
/** Messages between users of the SG's own side that may wait for their turn. */
const LOCAL_MESSAGES_MAX = 4096;

interface LocalUser {
  readonly users: Map<number, MtpUser>;
  available: boolean;
}

export class M3uaSgp implements SctpUser, PeerUser, SgpProceduresUser, ApplicationServerUser, TimerListener {
  readonly #config: SgpConfig;
  readonly #times: Times;
  readonly #sctp: SctpPort;
  readonly #timers: Timers;
  readonly #counters: Counters;
  readonly #log: Log;
  readonly #onStateChange: (change: M3uaStateChange) => void;
  readonly #applicationServers: readonly ApplicationServer[];
  readonly #byPointCode = new Map<number, ApplicationServer[]>();
  readonly #local = new Map<number, LocalUser>();
  readonly #asps = new Map<SctpAssociation, SgpProcedures>();
  readonly #byPeer = new Map<Peer, SgpProcedures>();
  readonly #scratch = new Uint8Array(SCRATCH_OCTETS);
  #localMessages: MtpTransfer[] = [];
  #listener: SctpListener | undefined;

  constructor(options: SgpOptions) {
    const { config } = options;
    this.#config = config;
    this.#times = { ...DEFAULT_TIMES, ...config.times };
    this.#sctp = options.sctp;
    this.#timers = options.timers;
    this.#counters = options.counters;
    this.#log = options.log;
    this.#onStateChange = (change) => {
      this.#log.info(`m3ua.${change.kind}`, { ...change });
      options.onStateChange?.(change);
    };
    this.#applicationServers = config.applicationServers.map(
      (applicationServer) =>
        new ApplicationServer({
          config: applicationServer,
          timers: this.#timers,
          counters: this.#counters,
          recoveryMs: this.#times.recoveryMs,
          user: this,
        }),
    );
    for (const one of this.#applicationServers)
      for (const pointCode of one.config.pointCodes) {
        const others = this.#byPointCode.get(pointCode);
        if (others === undefined) this.#byPointCode.set(pointCode, [one]);
        else others.push(one);
      }
    for (const pointCode of config.localPointCodes)
      this.#local.set(pointCode, { users: new Map(), available: true });
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
    const local = this.#local.get(pointCode);
    assert(local !== undefined, `point code ${pointCode} is not one of the signalling gateway's own`);
    return {
      transfer: (request) => this.transfer(request),
      bind: (si, user) => {
        assert(!local.users.has(si), `service indicator ${si} has a user at ${pointCode}`);
        local.users.set(si, user);
        // Everything counts as reachable until something else is said; what is not yet is said now.
        for (const one of this.#byPointCode.keys()) if (!this.#isReachable(one)) user.onPause(one);
        for (const [one, { available }] of this.#local) if (!available) user.onPause(one);
      },
    };
  }

  /** MTP-TRANSFER.request of a user on the SG's own side, to an AS or to another such user. */
  transfer(request: MtpTransfer): boolean {
    if (this.#local.has(request.dpc)) return this.#transferLocally(request);
    const applicationServer = this.#route(request);
    if (applicationServer === undefined) {
      this.#counters.count('m3ua.transfer.no-route');
      return false;
    }
    if (request.data.length > USER_DATA_OCTETS_MAX) {
      this.#counters.count('m3ua.transfer.too-long');
      return false;
    }
    const length = writeData(this.#scratch, request, applicationServer.config);
    return applicationServer.send(this.#scratch.subarray(0, length), request.sls);
  }

  /** One of the SG's own point codes becomes reachable or not: its ASPs hear DAVA or DUNA (RFC 4666 §4.5.1). */
  setAvailable(pointCode: number, available: boolean): void {
    const local = this.#local.get(pointCode);
    if (local === undefined || local.available === available) return;
    local.available = available;
    this.#tellLocalUsers(pointCode, available);
    this.#announce(pointCode, available, undefined);
  }

  /** Stops and goes on reading from the ASPs that are there (back-pressure). */
  setReading(reading: boolean): void {
    for (const { peer } of this.#asps.values()) peer.setReading(reading);
  }

  snapshot(): M3uaSnapshot {
    return {
      role: 'sgp',
      associations: [...this.#asps].map(([association, procedures]) => ({
        name: procedures.peer.name,
        address: association.peer,
        ...(procedures.aspIdentifier === undefined ? {} : { aspIdentifier: procedures.aspIdentifier }),
        state: 'UP',
        aspState: procedures.state,
        traffic: [...procedures.states].map(([{ config }, state]) => ({
          applicationServer: config.name,
          state,
        })),
        messagesSent: procedures.peer.sent,
        messagesReceived: procedures.peer.received,
        queuedOctets: procedures.peer.queuedOctets,
      })),
      applicationServers: this.#applicationServers.map((one) => one.snapshot()),
      destinations: [...this.#local].map(([pointCode, { available }]) => ({
        pointCode,
        reachable: available,
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
      },
      this,
    );
    const procedures = new SgpProcedures({
      peer,
      counters: this.#counters,
      applicationServers: this.#applicationServers,
      knownAsps: this.#config.knownAsps,
      user: this,
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
    const { networkAppearance } = from.config;
    if (
      networkAppearance !== undefined &&
      data.networkAppearance !== undefined &&
      data.networkAppearance !== networkAppearance
    )
      return peer.refuse('invalid-network-appearance', octets, {
        networkAppearance: data.networkAppearance,
      });
    if (procedures.aspState(from) !== 'ASP-ACTIVE') return peer.refuse('unexpected-message', octets);
    const local = this.#local.get(data.dpc);
    if (local !== undefined) {
      if (local.available) return this.#deliver(local, data, peer);
      return this.#unavailable(peer, from, data.dpc);
    }
    const to = this.#route(data);
    if (to === undefined) {
      this.#counters.count('m3ua.transfer.no-route');
      return this.#unavailable(peer, from, data.dpc);
    }
    this.#counters.count('m3ua.data.passed-on');
    const length = writeData(this.#scratch, data, to.config);
    if (!to.send(this.#scratch.subarray(0, length), data.sls) && to.state !== 'AS-ACTIVE')
      this.#unavailable(peer, from, data.dpc);
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
        if (this.#accepts(procedures, message.parameters.routingContext, octets))
          this.#audit(peer, message.parameters);
        return;
      case 'SCON':
        if (!this.#accepts(procedures, message.parameters.routingContext, octets)) return;
        for (const { pointCode } of message.parameters.affectedPointCodes)
          for (const { users } of this.#local.values())
            for (const user of users.values())
              user.onStatus(pointCode, 'congestion', message.parameters.congestionIndications ?? 1);
        return;
      case 'REG REQ':
      case 'DEREG REQ':
        // Registration is by configuration here (RFC 4666 §4.4.1).
        return peer.refuse('unsupported-message-type', octets);
      default:
        return peer.refuse('unexpected-message', octets);
    }
  }

  isIdentifierInUse(aspIdentifier: number, by: SgpProcedures): boolean {
    for (const procedures of this.#asps.values())
      if (procedures !== by && procedures.aspIdentifier === aspIdentifier && procedures.state !== 'ASP-DOWN')
        return true;
    return false;
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
  }

  onAsState(applicationServer: ApplicationServer, from: AsState, to: AsState): void {
    this.#onStateChange({ kind: 'as', name: applicationServer.config.name, from, to });
    // While AS-PENDING messages are kept, so its point codes count as reachable.
    const was = from === 'AS-ACTIVE' || from === 'AS-PENDING';
    const is = to === 'AS-ACTIVE' || to === 'AS-PENDING';
    if (was === is) return;
    for (const pointCode of applicationServer.config.pointCodes) {
      this.#tellLocalUsers(pointCode, is);
      this.#announce(pointCode, is, applicationServer);
    }
  }

  /** Runs the messages between users of the SG's own side. */
  onTimer(): void {
    const messages = this.#localMessages;
    this.#localMessages = [];
    for (const message of messages) {
      const local = this.#local.get(message.dpc);
      if (local?.available === true) this.#deliver(local, message, undefined);
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

  #deliver(local: LocalUser, transfer: MtpTransfer, peer: Peer | undefined): void {
    const user = local.users.get(transfer.si);
    if (user !== undefined) return user.onTransfer(transfer);
    this.#counters.count('m3ua.data.no-user');
    peer?.send('DUPU', {
      affectedPointCodes: [{ mask: 0, pointCode: transfer.dpc }],
      userCause: { cause: UNAVAILABILITY_CAUSE.unequippedRemoteUser, user: transfer.si },
    });
  }

  /** The AS whose routing key matches: by destination, narrowed down by service indicator. */
  #route(transfer: MtpTransfer): ApplicationServer | undefined {
    const candidates = this.#byPointCode.get(transfer.dpc);
    if (candidates === undefined) return undefined;
    for (const one of candidates) {
      const { serviceIndicators } = one.config;
      if (serviceIndicators === undefined || serviceIndicators.includes(transfer.si)) return one;
    }
    return undefined;
  }

  /** SSNM is for an ASP that is active somewhere, and names routing contexts that it serves or none. */
  #accepts(
    procedures: SgpProcedures,
    routingContexts: readonly number[] | undefined,
    octets: Uint8Array,
  ): boolean {
    const unknown = routingContexts?.filter((one) => procedures.applicationServer(one) === undefined) ?? [];
    if (unknown.length > 0) {
      procedures.peer.refuse('invalid-routing-context', octets, { routingContext: unknown });
      return false;
    }
    for (const state of procedures.states.values()) if (state === 'ASP-ACTIVE') return true;
    procedures.peer.send('ERR', { errorCode: ERROR_CODE['unexpected-message'] });
    return false;
  }

  /** DAUD is answered by the state of each destination (RFC 4666 §4.5.3). */
  #audit(
    peer: Peer,
    asked: {
      readonly networkAppearance?: number;
      readonly routingContext?: readonly number[];
      readonly affectedPointCodes: readonly AffectedPointCode[];
    },
  ): void {
    const available: AffectedPointCode[] = [];
    const unavailable: AffectedPointCode[] = [];
    for (const one of asked.affectedPointCodes)
      (this.#isReachable(one.pointCode) ? available : unavailable).push(one);
    const context = {
      ...(asked.networkAppearance === undefined ? {} : { networkAppearance: asked.networkAppearance }),
      ...(asked.routingContext === undefined ? {} : { routingContext: asked.routingContext }),
    };
    if (available.length > 0) peer.send('DAVA', { ...context, affectedPointCodes: available });
    if (unavailable.length > 0) peer.send('DUNA', { ...context, affectedPointCodes: unavailable });
  }

  #isReachable(pointCode: number): boolean {
    const local = this.#local.get(pointCode);
    if (local !== undefined) return local.available;
    for (const { state } of this.#byPointCode.get(pointCode) ?? [])
      if (state === 'AS-ACTIVE' || state === 'AS-PENDING') return true;
    return false;
  }

  #unavailable(peer: Peer, applicationServer: ApplicationServer, pointCode: number): void {
    const { routingContext, networkAppearance } = applicationServer.config;
    peer.send('DUNA', {
      ...(networkAppearance === undefined ? {} : { networkAppearance }),
      ...(routingContext === undefined ? {} : { routingContext: [routingContext] }),
      affectedPointCodes: [{ mask: 0, pointCode }],
    });
  }

  #tellLocalUsers(pointCode: number, reachable: boolean): void {
    for (const [own, { users }] of this.#local) {
      if (own === pointCode) continue;
      for (const user of users.values()) {
        if (reachable) user.onResume(pointCode);
        else user.onPause(pointCode);
      }
    }
  }

  /** Tells the active ASPs, but for those that are active for the AS concerned themselves (RFC 4666 §4.5.1). */
  #announce(pointCode: number, available: boolean, concerned: ApplicationServer | undefined): void {
    for (const { peer, states } of this.#asps.values()) {
      if (concerned !== undefined && states.get(concerned) === 'ASP-ACTIVE') continue;
      for (const [one, state] of states) {
        if (state !== 'ASP-ACTIVE') continue;
        const { routingContext, networkAppearance } = one.config;
        peer.send(available ? 'DAVA' : 'DUNA', {
          ...(networkAppearance === undefined ? {} : { networkAppearance }),
          ...(routingContext === undefined ? {} : { routingContext: [routingContext] }),
          affectedPointCodes: [{ mask: 0, pointCode }],
        });
      }
    }
  }
}
