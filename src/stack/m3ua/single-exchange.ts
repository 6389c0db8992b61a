/**
 * Single exchange between IPSPs (RFC 4666 §4.3.4.1.2, §4.3.4.3.1, §5.6.1): a routing context stands for the AS at both
 * ends, and what one side says and the other acknowledges is for both directions. The tables are `ipsp-maintenance-fsm.ts`
 * and `ipsp-traffic-fsm.ts`.
 */
import type { TimerListener, Timers } from '../../types/timers.ts';
import type { ApplicationServer, ServingAsp } from './application-server.ts';
import { notificationEvent, REFUSALS } from './asp-procedures.ts';
import type { AspState } from './asp-state-fsm.ts';
import type { ApplicationServerConfig, AspConfig, KnownAspConfig, Times } from './configuration.ts';
import type { IpspExchange, IpspExchangeUser } from './ipsp-exchange.ts';
import {
  type IpspMaintenanceAction,
  type IpspMaintenanceEvent,
  type IpspMaintenanceState,
  ipspMaintenanceFsm,
} from './ipsp-maintenance-fsm.ts';
import {
  type IpspTrafficAction,
  type IpspTrafficEvent,
  type IpspTrafficState,
  ipspTrafficFsm,
} from './ipsp-traffic-fsm.ts';
import type { M3uaMessage } from './messages.ts';
import { STATUS_OTHER, STATUS_TYPE, TRAFFIC_MODE, trafficModeName } from './parameters.ts';
import type { Peer } from './peer.ts';

const MAINTENANCE_ACK = 0;
const TRAFFIC_ACK = 1;
const TRAFFIC_RETRY = 2;

/** The AS at both ends that a routing context stands for. */
export interface SharedApplicationServer {
  readonly local: ApplicationServerConfig;
  readonly remote: ApplicationServer;
}

interface Traffic extends SharedApplicationServer {
  state: IpspTrafficState;
  wanted: boolean;
  /** The peer said ASP Inactive: it is for the peer, or for our Layer Management, to say ASP Active again. */
  held: boolean;
  tries: number;
  ackTimer: number;
  retryTimer: number;
}

export interface SingleExchangeOptions {
  readonly peer: Peer;
  readonly timers: Timers;
  readonly times: Times;
  readonly shared: readonly SharedApplicationServer[];
  /** This side is the one that says ASP Up and ASP Active by itself. */
  readonly initiates: boolean;
  readonly begin?: AspConfig['begin'] | undefined;
  readonly aspIdentifier?: number | undefined;
  /** Present: a peer must name itself, by one of these. */
  readonly knownAsps?: readonly KnownAspConfig[] | undefined;
  readonly user: IpspExchangeUser;
}

export class SingleExchange implements IpspExchange, ServingAsp, TimerListener {
  readonly peer: Peer;
  readonly #options: SingleExchangeOptions;
  readonly #timers: Timers;
  readonly #times: Times;
  readonly #user: IpspExchangeUser;
  readonly #traffic: readonly Traffic[];
  #state: IpspMaintenanceState = 'ASP-DOWN';
  #upWanted: boolean;
  #tries = 0;
  #ackTimer = 0;
  /** Of the peer, when it named itself. */
  #aspIdentifier: number | undefined;
  /** The peer said ASP Up: it is the one that is notified (RFC 4666 §4.3.4.5). */
  #isReceptor = false;
  /** The request that is being answered. */
  #octets: Uint8Array = new Uint8Array();

  constructor(options: SingleExchangeOptions) {
    const begin = options.begin ?? 'active';
    this.#options = options;
    this.peer = options.peer;
    this.#timers = options.timers;
    this.#times = options.times;
    this.#user = options.user;
    this.#upWanted = options.initiates && begin !== 'down';
    this.#traffic = options.shared.map((one) => ({
      ...one,
      state: ipspTrafficFsm.table.initial,
      wanted: begin === 'active',
      held: false,
      tries: 0,
      ackTimer: 0,
      retryTimer: 0,
    }));
  }

  get maintenanceState(): string {
    return this.#state;
  }

  get traffic(): IpspExchange['traffic'] {
    return this.#traffic.map(({ local, state }) => ({ applicationServer: local.name, state }));
  }

  get aspIdentifier(): number | undefined {
    return this.#aspIdentifier;
  }

  get isNotified(): boolean {
    return this.#isReceptor;
  }

  associationUp(): void {
    this.#maintain('SCTP-CU');
  }

  associationRestarted(): void {
    this.#maintain('SCTP-RI');
  }

  associationDown(): void {
    for (const { remote, state } of this.#traffic) if (state !== 'ASP-DOWN') remote.notifyFailure(this);
    this.#maintain('SCTP-CDI');
  }

  up(): void {
    this.#upWanted = true;
    if (this.peer.association !== undefined) this.#maintain('M-ASP_UP.req');
  }

  down(): void {
    this.#upWanted = false;
    if (this.#state === 'ASP-DOWN') return this.#user.closeAssociation();
    this.inactivate();
    this.#maintain('M-ASP_DOWN.req');
  }

  activate(applicationServer?: string): void {
    this.#request('M-ASP_ACTIVE.req', true, applicationServer);
  }

  inactivate(applicationServer?: string): void {
    this.#request('M-ASP_INACTIVE.req', false, applicationServer);
  }

  register(): void {
    // A routing context is agreed on beforehand where it stands for both ends (RFC 4666 §5.6.1).
  }

  deregister(): void {
    // See register.
  }

  local(routingContext: number | undefined): ApplicationServerConfig | undefined {
    return this.#find(routingContext)?.local;
  }

  localState(applicationServer: ApplicationServerConfig): IpspTrafficState {
    return this.#traffic.find(({ local }) => local === applicationServer)?.state ?? 'ASP-DOWN';
  }

  // As the AS of the peer sees it.

  aspState(applicationServer: ApplicationServer): AspState {
    const traffic = this.#traffic.find(({ remote }) => remote === applicationServer);
    return traffic === undefined ? 'ASP-DOWN' : aspStateOf(traffic.state);
  }

  overridden(applicationServer: ApplicationServer, by: ServingAsp): void {
    const traffic = this.#traffic.find(({ remote }) => remote === applicationServer);
    if (traffic !== undefined) this.#stepAll([traffic], 'other ASP in override', undefined, by);
  }

  onMessage(message: M3uaMessage, octets: Uint8Array): boolean {
    this.#octets = octets;
    switch (message.name) {
      case 'ASP Up':
        if (this.#admits(message.parameters.aspIdentifier, octets)) this.#maintain('ASP Up');
        return true;
      case 'ASP Up Ack':
        this.#aspIdentifier ??= message.parameters.aspIdentifier;
        this.#maintain('ASP Up Ack');
        return true;
      case 'ASP Down':
      case 'ASP Down Ack':
        this.#maintain(message.name);
        return true;
      case 'ASP Active':
        this.#active(message.parameters, octets);
        return true;
      case 'ASP Inactive': {
        const { routingContext } = message.parameters;
        this.#stepAll(this.#named(routingContext, octets), 'ASP Inactive', { routingContext });
        return true;
      }
      case 'ASP Active Ack':
      case 'ASP Inactive Ack':
        this.#stepAll(this.#named(message.parameters.routingContext, octets), message.name);
        return true;
      case 'NTFY': {
        const { status, routingContext } = message.parameters;
        const event = notificationEvent(status.type, status.information);
        const named = this.#named(routingContext, octets);
        if (event !== undefined) this.#stepAll(named, event);
        return true;
      }
      case 'ERR':
        if (REFUSALS.has(message.parameters.errorCode))
          this.#stepAll(
            this.#traffic.filter(
              ({ local }) =>
                local.routingContext === undefined ||
                message.parameters.routingContext?.includes(local.routingContext) !== false,
            ),
            'Error',
          );
        return true;
      case 'REG REQ':
      case 'DEREG REQ':
        this.peer.refuse('unsupported-message-class', octets);
        return true;
      default:
        return false;
    }
  }

  onTimer(kind: number, key: number): void {
    if (kind === MAINTENANCE_ACK) {
      this.#ackTimer = 0;
      return this.#maintain('T(ack) expiry');
    }
    const traffic = this.#traffic[key]!;
    if (kind === TRAFFIC_ACK) traffic.ackTimer = 0;
    else if (kind === TRAFFIC_RETRY) traffic.retryTimer = 0;
    this.#stepAll([traffic], kind === TRAFFIC_ACK ? 'T(ack) expiry' : 'T(retry) expiry');
  }

  /** Management lockout and the ASP Identifier of ASP Up (RFC 4666 §4.3.4.1). False: refused. */
  #admits(aspIdentifier: number | undefined, octets: Uint8Array): boolean {
    const { knownAsps } = this.#options;
    if (this.#user.isBlocked(aspIdentifier)) this.peer.refuse('refused-management-blocking', octets);
    else if (knownAsps !== undefined && aspIdentifier === undefined)
      this.peer.refuse('asp-identifier-required', octets);
    else if (
      aspIdentifier !== undefined &&
      (knownAsps?.some((one) => one.aspIdentifier === aspIdentifier) === false ||
        this.#user.isIdentifierInUse(aspIdentifier))
    )
      this.peer.refuse('invalid-asp-identifier', octets);
    else {
      this.#aspIdentifier = aspIdentifier;
      this.#isReceptor = true;
      return true;
    }
    return false;
  }

  #active(parameters: ActiveParameters, octets: Uint8Array): void {
    const { trafficModeType, routingContext } = parameters;
    const contexts = routingContext === undefined ? {} : { routingContext };
    if (this.#user.isBlocked(this.#aspIdentifier))
      return this.peer.refuse('refused-management-blocking', octets, contexts);
    const mode = trafficModeType === undefined ? undefined : trafficModeName(trafficModeType);
    if (trafficModeType !== undefined && mode === undefined)
      return this.peer.refuse('unsupported-traffic-mode-type', octets, contexts);
    const named = this.#named(routingContext, octets);
    const willing = mode === undefined ? named : named.filter(({ remote }) => remote.accepts(mode));
    if (willing.length < named.length)
      this.peer.refuse('unsupported-traffic-mode-type', octets, {
        routingContext: named
          .filter((one) => !willing.includes(one))
          .flatMap(({ local }) => local.routingContext ?? []),
      });
    for (const { remote } of willing) remote.adopt(mode);
    this.#stepAll(willing, 'ASP Active', { trafficModeType, routingContext });
  }

  #find(routingContext: number | undefined): Traffic | undefined {
    const named = this.#traffic.find(
      ({ local }) => routingContext !== undefined && local.routingContext === routingContext,
    );
    if (named !== undefined || this.#traffic.length !== 1) return named;
    const only = this.#traffic[0]!;
    return routingContext === undefined || only.local.routingContext === undefined ? only : undefined;
  }

  /** The AS that a message is about: those it names, or all. What it should not name is answered. */
  #named(routingContexts: readonly number[] | undefined, octets: Uint8Array): readonly Traffic[] {
    if (this.#traffic.length === 0) {
      this.peer.refuse('no-configured-as-for-asp', octets);
      return [];
    }
    if (routingContexts === undefined) return this.#traffic;
    const named = new Set<Traffic>();
    const unknown: number[] = [];
    for (const context of routingContexts) {
      const one = this.#find(context);
      if (one === undefined) unknown.push(context);
      else named.add(one);
    }
    if (unknown.length > 0) this.peer.refuse('invalid-routing-context', octets, { routingContext: unknown });
    return [...named];
  }

  #request(event: IpspTrafficEvent, wanted: boolean, applicationServer: string | undefined): void {
    for (const traffic of this.#traffic) {
      if (applicationServer !== undefined && traffic.local.name !== applicationServer) continue;
      traffic.wanted = wanted;
      this.#stepAll([traffic], event);
    }
  }

  #maintain(event: IpspMaintenanceEvent): void {
    const row = ipspMaintenanceFsm.find(this.#state, event, (guard) => {
      switch (guard) {
        case 'tries left':
          return this.#tries < this.#times.ackTriesMax;
        case 'initiates':
          return this.#upWanted;
        case 'traffic active':
          return this.#traffic.some(({ state }) => state === 'ASP-ACTIVE');
      }
    });
    if (row === undefined) return;
    const from = this.#state;
    this.#state = row[4];
    if (from !== this.#state) {
      this.#tries = 0;
      this.#user.onMaintenanceChange(from, this.#state);
    }
    for (const action of row[3]) this.#perform(action);
    if (this.#state === 'ASP-DOWN') {
      this.#aspIdentifier = undefined;
      this.#isReceptor = false;
    }
  }

  #perform(action: IpspMaintenanceAction): void {
    const { aspIdentifier } = this.#options;
    const identifier = aspIdentifier === undefined ? {} : { aspIdentifier };
    switch (action) {
      case 'send ASP Up':
        this.#tries++;
        return this.peer.send('ASP Up', identifier);
      case 'send ASP Up Ack':
        return this.peer.send('ASP Up Ack', identifier);
      case 'send ASP Down':
        this.#tries++;
        return this.peer.send('ASP Down', {});
      case 'send ASP Down Ack':
        return this.peer.send('ASP Down Ack', {});
      case 'send Error Unexpected Message':
        return this.peer.refuse('unexpected-message', this.#octets);
      case 'start T(ack)':
        this.#timers.stop(this.#ackTimer);
        this.#ackTimer = this.#timers.start(this.#times.ackMs, this, MAINTENANCE_ACK, 0);
        return;
      case 'stop T(ack)':
        this.#timers.stop(this.#ackTimer);
        this.#ackTimer = 0;
        return;
      case 'IPSPs are up':
        this.#user.onUp();
        return this.#stepAll(this.#traffic, 'IPSPs are up');
      case 'IPSPs are down':
        return this.#stepAll(this.#traffic, 'IPSPs are down');
      case 'ASP Up while active':
        return this.#stepAll(this.#traffic, 'ASP Up');
      case 'unexpected ASP Up Ack':
        return this.#stepAll(this.#traffic, 'ASP Up Ack');
      case 'abort association':
        return this.#user.abortAssociation();
      case 'close association':
        return this.#user.closeAssociation();
    }
  }

  /** Every machine takes its row; answers are given once for all of them; then the AS are told. */
  #stepAll(
    traffics: readonly Traffic[],
    event: IpspTrafficEvent,
    request: ActiveParameters = {},
    by?: ServingAsp,
  ): void {
    const answered = new Map<IpspTrafficAction, Traffic[]>();
    const changes: { readonly traffic: Traffic; readonly from: IpspTrafficState }[] = [];
    for (const traffic of traffics) {
      if (event === 'ASP Inactive') traffic.held = true;
      else if (event === 'ASP Active' || event === 'IPSPs are up' || event === 'M-ASP_ACTIVE.req')
        traffic.held = false;
      const row = ipspTrafficFsm.find(traffic.state, event, (guard) => {
        switch (guard) {
          case 'tries left':
            return traffic.tries < this.#times.ackTriesMax;
          case 'wanted':
            return traffic.wanted && !traffic.held;
          case 'initiates':
            return traffic.wanted && !traffic.held && this.#upWanted;
        }
      });
      if (row === undefined) continue;
      const from = traffic.state;
      traffic.state = row[4];
      if (from !== traffic.state) {
        traffic.tries = 0;
        changes.push({ traffic, from });
      }
      for (const action of row[3])
        if (!this.#performTraffic(traffic, action, by))
          answered.set(action, [...(answered.get(action) ?? []), traffic]);
    }
    for (const [action, ones] of answered) this.#answer(action, ones, request);
    for (const { traffic, from } of changes) {
      this.#user.onLocalChange(traffic.local, from, traffic.state);
      const [before, after] = [aspStateOf(from), aspStateOf(traffic.state)];
      if (before === after) continue;
      traffic.remote.aspChanged(this, before, after);
      this.#user.onRemoteChange(traffic.remote, before, after);
    }
  }

  /** False: an answer, which is given once for all. */
  #performTraffic(traffic: Traffic, action: IpspTrafficAction, by: ServingAsp | undefined): boolean {
    const { routingContext, trafficMode } = traffic.local;
    const contexts = routingContext === undefined ? {} : { routingContext: [routingContext] };
    const key = this.#traffic.indexOf(traffic);
    switch (action) {
      case 'send ASP Active':
        traffic.tries++;
        this.peer.send('ASP Active', {
          ...(trafficMode === undefined ? {} : { trafficModeType: TRAFFIC_MODE[trafficMode] }),
          ...contexts,
        });
        return true;
      case 'send ASP Inactive':
        traffic.tries++;
        this.peer.send('ASP Inactive', contexts);
        return true;
      case 'notify Alternate ASP Active':
        traffic.remote.notify(this, STATUS_TYPE.other, STATUS_OTHER['Alternate ASP Active'], by);
        return true;
      case 'start T(ack)':
        this.#timers.stop(traffic.ackTimer);
        traffic.ackTimer = this.#timers.start(this.#times.ackMs, this, TRAFFIC_ACK, key);
        return true;
      case 'stop T(ack)':
        this.#timers.stop(traffic.ackTimer);
        traffic.ackTimer = 0;
        return true;
      case 'start T(retry)':
        this.#timers.stop(traffic.retryTimer);
        traffic.retryTimer = this.#timers.start(this.#times.retryMs, this, TRAFFIC_RETRY, key);
        return true;
      case 'stop T(retry)':
        this.#timers.stop(traffic.retryTimer);
        traffic.retryTimer = 0;
        return true;
      default:
        return false;
    }
  }

  /** The acknowledgement carries what the request did (RFC 4666 §4.3.4.3). */
  #answer(action: IpspTrafficAction, traffics: readonly Traffic[], request: ActiveParameters): void {
    const contexts =
      request.routingContext === undefined
        ? {}
        : { routingContext: traffics.flatMap(({ local }) => local.routingContext ?? []) };
    if (action === 'send ASP Active Ack')
      this.peer.send('ASP Active Ack', {
        ...(request.trafficModeType === undefined ? {} : { trafficModeType: request.trafficModeType }),
        ...contexts,
      });
    else if (action === 'send ASP Inactive Ack') this.peer.send('ASP Inactive Ack', contexts);
    else if (action === 'send Error Unexpected Message')
      this.peer.refuse('unexpected-message', this.#octets, contexts);
  }
}

interface ActiveParameters {
  readonly trafficModeType?: number | undefined;
  readonly routingContext?: readonly number[] | undefined;
}

/** The peer's state by figure 3: with single exchange it is as ours. */
function aspStateOf(state: IpspTrafficState): AspState {
  if (state === 'ASP-DOWN' || state === 'ASP-ACTIVE') return state;
  return 'ASP-INACTIVE';
}
