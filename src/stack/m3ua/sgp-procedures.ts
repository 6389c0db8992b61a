/**
 * What an SGP does on one association: it keeps the ASP's state per AS by figure 3, answers ASPSM and ASPTM
 * (RFC 4666 §4.3.4) and tells the AS.
 */
import type { Counters } from '../../types/counters.ts';
import type { ApplicationServer, ServingAsp } from './application-server.ts';
import { type AspState, type AspStateAction, type AspStateEvent, aspStateFsm } from './asp-state-fsm.ts';
import type { KnownAspConfig } from './configuration.ts';
import type { OnManagement } from './management.ts';
import type { M3uaMessage } from './messages.ts';
import { STATUS_OTHER, STATUS_TYPE, trafficModeName } from './parameters.ts';
import type { Peer } from './peer.ts';
import type { RegisteringAsp, Registrar } from './registrar.ts';
import { DEREGISTRATION_STATUS, REGISTRATION_STATUS } from './registration-status.ts';
import type { AssociationSnapshot } from './snapshot.ts';

export interface SgpProceduresUser {
  /** Whether another association is up with this ASP Identifier. */
  isIdentifierInUse(aspIdentifier: number, by: SgpProcedures): boolean;
  /** Management lockout of the ASP (RFC 4666 §4.3.4.1), or nothing behind us to be active for (§4.7). */
  isBlocked(procedures: SgpProcedures): boolean;
  isNifAvailable(): boolean;
  onAspChange(procedures: SgpProcedures, from: AspState, to: AspState): void;
  /** The ASP's state for an AS changed, and both were told. */
  onTrafficChange(
    procedures: SgpProcedures,
    applicationServer: ApplicationServer,
    from: AspState,
    to: AspState,
  ): void;
}

/** What the answer to a message is made of. */
interface Answer {
  readonly octets: Uint8Array;
  readonly routingContext?: readonly number[] | undefined;
  readonly trafficModeType?: number | undefined;
}

export class SgpProcedures implements ServingAsp, RegisteringAsp {
  readonly peer: Peer;
  readonly #counters: Counters;
  readonly #all: readonly ApplicationServer[];
  readonly #known: readonly KnownAspConfig[] | undefined;
  readonly #registrar: Registrar | undefined;
  readonly #ownIdentifier: number | undefined;
  readonly #user: SgpProceduresUser;
  readonly #onManagement: OnManagement | undefined;
  /** AS that the ASP serves by configuration; it is in others by registration. */
  readonly #configured = new Set<ApplicationServer>();
  /** The ASP itself, which also stands for one that serves no AS. */
  #state: AspState = 'ASP-DOWN';
  readonly #states = new Map<ApplicationServer, AspState>();
  #aspIdentifier: number | undefined;

  constructor(options: {
    readonly peer: Peer;
    readonly counters: Counters;
    readonly applicationServers: readonly ApplicationServer[];
    readonly knownAsps?: readonly KnownAspConfig[] | undefined;
    /** Absent: registration is not supported. */
    readonly registrar?: Registrar | undefined;
    /** An ASP is in no AS before it has registered. */
    readonly registrationRequired?: boolean | undefined;
    /** Said in ASP Up Ack: an IPSP names itself (RFC 4666 §3.5.2). */
    readonly ownIdentifier?: number | undefined;
    readonly user: SgpProceduresUser;
    readonly onManagement?: OnManagement | undefined;
  }) {
    this.peer = options.peer;
    this.#counters = options.counters;
    this.#all = options.applicationServers;
    this.#known = options.knownAsps;
    this.#registrar = options.registrar;
    this.#ownIdentifier = options.ownIdentifier;
    this.#user = options.user;
    this.#onManagement = options.onManagement;
    if (this.#known === undefined && options.registrationRequired !== true) this.#serve(this.#all);
  }

  get isBlocked(): boolean {
    return this.#user.isBlocked(this);
  }

  /** Where ASPs are known by name, only what their configuration says. */
  mayServe(applicationServer: ApplicationServer): boolean {
    if (this.#known === undefined) return true;
    const known = this.#known.find((one) => one.aspIdentifier === this.#aspIdentifier);
    return known?.applicationServers.includes(applicationServer.config.name) ?? false;
  }

  get aspIdentifier(): number | undefined {
    return this.#aspIdentifier;
  }

  /** State of the ASP itself: ASP-DOWN, or ASP-INACTIVE whatever its traffic does. */
  get state(): AspState {
    return this.#state;
  }

  get states(): ReadonlyMap<ApplicationServer, AspState> {
    return this.#states;
  }

  snapshot(): AssociationSnapshot {
    const { name, association, sent, received, queuedOctets, sentOctets, receivedOctets, congestionLevel } =
      this.peer;
    return {
      name,
      address: association?.peer ?? '',
      ...(this.#aspIdentifier === undefined ? {} : { aspIdentifier: this.#aspIdentifier }),
      state: 'UP',
      aspState: this.#state,
      traffic: [...this.#states].map(([{ config }, state]) => ({ applicationServer: config.name, state })),
      messagesSent: sent,
      messagesReceived: received,
      octetsSent: sentOctets,
      octetsReceived: receivedOctets,
      congestion: congestionLevel,
      queuedOctets,
    };
  }

  aspState(applicationServer: ApplicationServer): AspState {
    return this.#states.get(applicationServer) ?? 'ASP-DOWN';
  }

  /** The AS that a routing context names on this association; without one, the only AS. */
  applicationServer(routingContext: number | undefined): ApplicationServer | undefined {
    let only: ApplicationServer | undefined;
    for (const one of this.#states.keys()) {
      if (routingContext !== undefined && one.config.routingContext === routingContext) return one;
      only = one;
    }
    if (this.#states.size !== 1) return undefined;
    return routingContext === undefined || only?.config.routingContext === undefined ? only : undefined;
  }

  associationDown(): void {
    this.#apply('SCTP-CDI', [...this.#states.keys()], { octets: new Uint8Array() });
    this.#deregisterAll();
  }

  associationRestarted(): void {
    this.#apply('SCTP-RI', [...this.#states.keys()], { octets: new Uint8Array() });
    this.#deregisterAll();
  }

  /** There is nothing behind us that traffic could go to (RFC 4666 §4.7). */
  nifUnavailable(): void {
    const active = [...this.#states].filter(([, state]) => state === 'ASP-ACTIVE').map(([one]) => one);
    if (active.length > 0)
      this.#apply('NIF unavailable', active, {
        octets: new Uint8Array(),
        routingContext: optionalContexts(active),
      });
  }

  overridden(applicationServer: ApplicationServer, by: ServingAsp): void {
    const from = this.aspState(applicationServer);
    const row = aspStateFsm.find(from, 'other ASP in override', () => true);
    if (row === undefined) return;
    this.#states.set(applicationServer, row[4]);
    applicationServer.notify(this, STATUS_TYPE.other, STATUS_OTHER['Alternate ASP Active'], by);
    this.#tell(applicationServer, from, row[4]);
  }

  /** Takes an ASPSM, ASPTM or RKM message that an SGP may get. False: such a message is not for an SGP. */
  onMessage(message: M3uaMessage, octets: Uint8Array): boolean {
    switch (message.name) {
      case 'ASP Up':
        this.#up(message.parameters.aspIdentifier, octets);
        return true;
      case 'ASP Down':
        this.#apply('ASP Down', [...this.#states.keys()], { octets });
        this.#deregisterAll();
        return true;
      case 'REG REQ':
        this.#register(message, octets);
        return true;
      case 'DEREG REQ':
        this.#deregister(message, octets);
        return true;
      case 'ASP Active':
        this.#active(message, octets);
        return true;
      case 'ASP Inactive':
        this.#inactive(message, octets);
        return true;
      default:
        return false;
    }
  }

  #up(aspIdentifier: number | undefined, octets: Uint8Array): void {
    if (this.isBlocked) return this.peer.refuse('refused-management-blocking', octets);
    if (!this.#identify(aspIdentifier, octets)) return;
    const wasActive = [...this.#states.values()].includes('ASP-ACTIVE');
    this.#apply('ASP Up', [...this.#states.keys()], { octets });
    // Whoever begins anew without having ended has nothing registered (RFC 4666 §4.3.4.1).
    if (wasActive) this.#deregisterAll();
  }

  /** Takes the ASP Identifier of ASP Up (RFC 4666 §4.3.4.1). False: refused. */
  #identify(aspIdentifier: number | undefined, octets: Uint8Array): boolean {
    if (this.#known === undefined) {
      if (aspIdentifier !== undefined && this.#user.isIdentifierInUse(aspIdentifier, this)) {
        this.peer.refuse('invalid-asp-identifier', octets);
        return false;
      }
      this.#aspIdentifier = aspIdentifier;
      return true;
    }
    if (aspIdentifier === undefined) {
      this.peer.refuse('asp-identifier-required', octets);
      return false;
    }
    const known = this.#known.find((one) => one.aspIdentifier === aspIdentifier);
    const another = this.#aspIdentifier !== undefined && this.#aspIdentifier !== aspIdentifier;
    if (known === undefined || another || this.#user.isIdentifierInUse(aspIdentifier, this)) {
      this.peer.refuse('invalid-asp-identifier', octets);
      return false;
    }
    if (this.#aspIdentifier === undefined)
      this.#serve(this.#all.filter(({ config }) => known.applicationServers.includes(config.name)));
    this.#aspIdentifier = aspIdentifier;
    return true;
  }

  #serve(applicationServers: readonly ApplicationServer[]): void {
    for (const one of applicationServers) {
      this.#configured.add(one);
      if (!this.#states.has(one)) this.#states.set(one, 'ASP-DOWN');
    }
  }

  /** All keys of a REG REQ are answered in one REG RSP; then the AS are told (RFC 4666 §4.4.1). */
  #register(message: Extract<M3uaMessage, { readonly name: 'REG REQ' }>, octets: Uint8Array): void {
    const registrar = this.#registrar;
    if (registrar === undefined) return this.peer.refuse('unsupported-message-class', octets);
    const joined: ApplicationServer[] = [];
    const registrationResults = message.parameters.routingKeys.map((key) => {
      const { status, applicationServer } = registrar.register(this, key);
      if (status === 'Successfully Registered' && applicationServer !== undefined)
        joined.push(applicationServer);
      const { localRoutingKeyIdentifier } = key;
      const routingContext = applicationServer?.config.routingContext ?? 0;
      this.#onManagement?.({
        primitive: 'M-RK_REG.ind',
        association: this.peer.name,
        localRoutingKeyIdentifier,
        status,
        routingContext,
      });
      return { localRoutingKeyIdentifier, registrationStatus: REGISTRATION_STATUS[status], routingContext };
    });
    this.peer.send('REG RSP', { registrationResults });
    for (const one of joined) {
      if (this.#states.has(one)) continue;
      this.#states.set(one, this.#state);
      if (this.#state !== 'ASP-DOWN') this.#tell(one, 'ASP-DOWN', this.#state);
    }
  }

  #deregister(message: Extract<M3uaMessage, { readonly name: 'DEREG REQ' }>, octets: Uint8Array): void {
    const registrar = this.#registrar;
    if (registrar === undefined) return this.peer.refuse('unsupported-message-class', octets);
    const left: ApplicationServer[] = [];
    const deregistrationResults = message.parameters.routingContext.map((routingContext) => {
      const { status, applicationServer } = registrar.deregister(this, routingContext);
      if (applicationServer !== undefined) left.push(applicationServer);
      this.#onManagement?.({
        primitive: 'M-RK_DEREG.ind',
        association: this.peer.name,
        status,
        routingContext,
      });
      return { routingContext, deregistrationStatus: DEREGISTRATION_STATUS[status] };
    });
    this.peer.send('DEREG RSP', { deregistrationResults });
    for (const one of left) this.#leave(one);
  }

  #deregisterAll(): void {
    for (const one of this.#registrar?.registeredBy(this) ?? []) this.#leave(one);
  }

  #leave(applicationServer: ApplicationServer): void {
    if (!this.#configured.has(applicationServer)) {
      const from = this.aspState(applicationServer);
      this.#states.delete(applicationServer);
      if (from !== 'ASP-DOWN') this.#tell(applicationServer, from, 'ASP-DOWN');
    }
    this.#registrar?.forget(this, applicationServer);
  }

  #active(message: Extract<M3uaMessage, { readonly name: 'ASP Active' }>, octets: Uint8Array): void {
    if (this.#state === 'ASP-DOWN') return this.#apply('ASP Active', [], { octets });
    const { trafficModeType, routingContext } = message.parameters;
    if (this.isBlocked || !this.#user.isNifAvailable())
      return this.peer.refuse(
        'refused-management-blocking',
        octets,
        contexts(routingContext ?? optionalContexts([...this.#states.keys()])),
      );
    const mode = trafficModeType === undefined ? undefined : trafficModeName(trafficModeType);
    if (trafficModeType !== undefined && mode === undefined)
      return this.peer.refuse('unsupported-traffic-mode-type', octets, contexts(routingContext));
    const named = this.#named(routingContext, octets);
    if (named === undefined) return;
    const willing = mode === undefined ? named : named.filter((one) => one.accepts(mode));
    if (willing.length < named.length)
      this.peer.refuse(
        'unsupported-traffic-mode-type',
        octets,
        contexts(contextsOf(named.filter((one) => !willing.includes(one)))),
      );
    if (willing.length === 0) return;
    for (const one of willing) one.adopt(mode);
    this.#apply('ASP Active', willing, {
      octets,
      trafficModeType,
      routingContext: routingContext === undefined ? undefined : contextsOf(willing),
    });
  }

  #inactive(message: Extract<M3uaMessage, { readonly name: 'ASP Inactive' }>, octets: Uint8Array): void {
    if (this.#state === 'ASP-DOWN') return this.#apply('ASP Inactive', [], { octets });
    const { routingContext } = message.parameters;
    const named = this.#named(routingContext, octets);
    if (named !== undefined && named.length > 0)
      this.#apply('ASP Inactive', named, {
        octets,
        routingContext: routingContext === undefined ? undefined : contextsOf(named),
      });
  }

  /** The AS that an ASPTM message is about: those it names, or all. Undefined: refused as a whole. */
  #named(
    routingContexts: readonly number[] | undefined,
    octets: Uint8Array,
  ): ApplicationServer[] | undefined {
    if (this.#states.size === 0) {
      this.peer.refuse('no-configured-as-for-asp', octets);
      return undefined;
    }
    if (routingContexts === undefined) return [...this.#states.keys()];
    const named: ApplicationServer[] = [];
    const unknown: number[] = [];
    for (const context of new Set(routingContexts)) {
      const one = this.applicationServer(context);
      if (one === undefined) unknown.push(context);
      else if (!named.includes(one)) named.push(one);
    }
    if (unknown.length > 0) this.peer.refuse('invalid-routing-context', octets, { routingContext: unknown });
    return named;
  }

  /** Every machine takes its row; the actions of all are done once; then the AS are told. */
  #apply(event: AspStateEvent, applicationServers: readonly ApplicationServer[], answer: Answer): void {
    const actions = new Set<AspStateAction>();
    const changes: { one: ApplicationServer; from: AspState; to: AspState }[] = [];
    // The ASP itself follows ASP Up, ASP Down and the association; traffic only concerns it while it is down.
    const own = this.#state;
    if (own === 'ASP-DOWN' || (event !== 'ASP Active' && event !== 'ASP Inactive')) {
      const row = aspStateFsm.find(own, event, () => true);
      if (row !== undefined) {
        for (const action of row[3]) actions.add(action);
        this.#state = row[4];
      }
    }
    for (const one of applicationServers) {
      const from = this.aspState(one);
      const row = aspStateFsm.find(from, event, () => true);
      if (row === undefined) continue;
      this.#states.set(one, row[4]);
      for (const action of row[3]) actions.add(action);
      if (from !== row[4]) changes.push({ one, from, to: row[4] });
    }
    if (own !== this.#state) this.#user.onAspChange(this, own, this.#state);
    for (const action of actions) this.#perform(action, answer);
    if (actions.has('notify ASP Failure')) for (const { one } of changes) one.notifyFailure(this);
    for (const { one, from, to } of changes) this.#tell(one, from, to);
  }

  #tell(applicationServer: ApplicationServer, from: AspState, to: AspState): void {
    applicationServer.aspChanged(this, from, to);
    this.#user.onTrafficChange(this, applicationServer, from, to);
  }

  #perform(action: AspStateAction, answer: Answer): void {
    switch (action) {
      case 'send ASP Up Ack':
        return this.peer.send(
          'ASP Up Ack',
          this.#ownIdentifier === undefined ? {} : { aspIdentifier: this.#ownIdentifier },
        );
      case 'send ASP Down Ack':
        return this.peer.send('ASP Down Ack', {});
      case 'send ASP Active Ack':
        return this.peer.send('ASP Active Ack', {
          ...(answer.trafficModeType === undefined ? {} : { trafficModeType: answer.trafficModeType }),
          ...contexts(answer.routingContext),
        });
      case 'send ASP Inactive Ack':
        return this.peer.send('ASP Inactive Ack', contexts(answer.routingContext));
      case 'send Error Unexpected Message':
        this.#counters.count('m3ua.asp.unexpected');
        return this.peer.refuse('unexpected-message', answer.octets);
      case 'notify Alternate ASP Active':
      case 'notify ASP Failure':
        // Said per AS: by `overridden`, and after the answers.
        return;
    }
  }
}

const contexts = (routingContext: readonly number[] | undefined) =>
  routingContext === undefined ? {} : { routingContext };

const contextsOf = (applicationServers: readonly ApplicationServer[]): number[] =>
  applicationServers.flatMap(({ config }) => config.routingContext ?? []);

/** Undefined when an AS has none: then none is named. */
const optionalContexts = (applicationServers: readonly ApplicationServer[]): number[] | undefined =>
  applicationServers.some(({ config }) => config.routingContext === undefined)
    ? undefined
    : contextsOf(applicationServers);
