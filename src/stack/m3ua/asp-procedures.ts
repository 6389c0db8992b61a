/**
 * What an ASP does on one association: it runs ASP maintenance and, per AS, ASP traffic maintenance
 * (RFC 4666 §4.3.4). Messages and timers come in as events, the tables decide.
 */
import type { TimerListener, Timers } from '../../types/timers.ts';
import {
  type AspMaintenanceAction,
  type AspMaintenanceEvent,
  type AspMaintenanceState,
  aspMaintenanceFsm,
} from './asp-maintenance-fsm.ts';
import { AspRegistration, type AspRegistrationUser } from './asp-registration.ts';
import {
  type AspTrafficAction,
  type AspTrafficEvent,
  type AspTrafficState,
  aspTrafficFsm,
} from './asp-traffic-fsm.ts';
import type { ApplicationServerConfig, AspConfig, Times } from './configuration.ts';
import { ERROR_CODE } from './error-codes.ts';
import type { OnManagement } from './management.ts';
import type { M3uaMessage } from './messages.ts';
import { AS_STATE_CHANGE, STATUS_OTHER, STATUS_TYPE, TRAFFIC_MODE } from './parameters.ts';
import type { Peer } from './peer.ts';

export interface AspProceduresUser {
  /** ASP Up was acknowledged: the peer is there and wants us. */
  onUp(): void;
  onMaintenanceChange(from: AspMaintenanceState, to: AspMaintenanceState): void;
  onTrafficChange(
    applicationServer: ApplicationServerConfig,
    from: AspTrafficState,
    to: AspTrafficState,
  ): void;
  abortAssociation(): void;
  closeAssociation(): void;
}

const MAINTENANCE_ACK = 0;
const TRAFFIC_ACK = 1;
const TRAFFIC_RETRY = 2;

/** One AS on this association. */
interface Traffic {
  readonly applicationServer: ApplicationServerConfig;
  readonly standby: boolean;
  /** As configured, or as the SGP gave it when the routing key was registered. */
  routingContext: number | undefined;
  state: AspTrafficState;
  wanted: boolean;
  tries: number;
  ackTimer: number;
  retryTimer: number;
}

/** Errors that say no to REG REQ and DEREG REQ as a whole: the peer does not support them (RFC 4666 §4.4.1). */
const RKM_REFUSALS = new Set<number>([
  ERROR_CODE['unsupported-message-class'],
  ERROR_CODE['unsupported-message-type'],
]);

/** Errors that say no to an ASP Active (RFC 4666 §3.8.1). */
export const REFUSALS: ReadonlySet<number> = new Set<number>([
  ERROR_CODE['unsupported-traffic-mode-type'],
  ERROR_CODE['unexpected-message'],
  ERROR_CODE['refused-management-blocking'],
  ERROR_CODE['invalid-parameter-value'],
  ERROR_CODE['missing-parameter'],
  ERROR_CODE['invalid-routing-context'],
  ERROR_CODE['no-configured-as-for-asp'],
]);

export class AspProcedures implements TimerListener, AspRegistrationUser {
  readonly #peer: Peer;
  readonly #timers: Timers;
  readonly #times: Times;
  readonly #aspIdentifier: number | undefined;
  readonly #user: AspProceduresUser;
  readonly #traffic: readonly Traffic[];
  readonly #registration: AspRegistration;
  #upWanted: boolean;
  #state: AspMaintenanceState = 'ASP-DOWN';
  #tries = 0;
  #ackTimer = 0;

  constructor(options: {
    readonly peer: Peer;
    readonly timers: Timers;
    readonly times: Times;
    readonly applicationServers: readonly ApplicationServerConfig[];
    readonly standbyFor: readonly string[];
    readonly aspIdentifier?: number | undefined;
    readonly begin?: AspConfig['begin'] | undefined;
    readonly user: AspProceduresUser;
    readonly onManagement?: OnManagement | undefined;
  }) {
    const begin = options.begin ?? 'active';
    this.#peer = options.peer;
    this.#timers = options.timers;
    this.#times = options.times;
    this.#aspIdentifier = options.aspIdentifier;
    this.#user = options.user;
    this.#traffic = options.applicationServers.map((applicationServer) => ({
      applicationServer,
      standby: options.standbyFor.includes(applicationServer.name),
      routingContext: applicationServer.routingContext,
      state: aspTrafficFsm.table.initial,
      wanted: begin === 'active',
      tries: 0,
      ackTimer: 0,
      retryTimer: 0,
    }));
    this.#upWanted = begin !== 'down';
    this.#registration = new AspRegistration({ ...options, user: this });
  }

  get maintenanceState(): AspMaintenanceState {
    return this.#state;
  }

  get traffic(): readonly {
    readonly applicationServer: ApplicationServerConfig;
    readonly routingContext: number | undefined;
    readonly state: AspTrafficState;
  }[] {
    return this.#traffic;
  }

  /** The state towards one AS; ASP-DOWN for an AS that is not served here. */
  trafficState(applicationServer: ApplicationServerConfig): AspTrafficState {
    for (const traffic of this.#traffic)
      if (traffic.applicationServer === applicationServer) return traffic.state;
    return 'ASP-DOWN';
  }

  /** The routing context of an AS on this association; undefined when it has none, or none yet. */
  routingContext(applicationServer: ApplicationServerConfig): number | undefined {
    for (const traffic of this.#traffic)
      if (traffic.applicationServer === applicationServer) return traffic.routingContext;
    return undefined;
  }

  /** The AS that a routing context names on this association; without one, the only AS. */
  applicationServer(routingContext: number | undefined): ApplicationServerConfig | undefined {
    if (this.#traffic.length === 1) {
      const only = this.#traffic[0]!;
      const matches =
        routingContext === undefined ||
        only.routingContext === undefined ||
        only.routingContext === routingContext;
      return matches ? only.applicationServer : undefined;
    }
    if (routingContext === undefined) return undefined;
    for (const one of this.#traffic) if (one.routingContext === routingContext) return one.applicationServer;
    return undefined;
  }

  associationUp(): void {
    this.#maintain('SCTP-CU');
  }

  associationRestarted(): void {
    this.#maintain('SCTP-RI');
  }

  associationDown(): void {
    this.#maintain('SCTP-CDI');
  }

  /** M-ASP_UP.req (RFC 4666 §1.6.3): says ASP Up, now and whenever the association comes up. */
  up(): void {
    this.#upWanted = true;
    if (this.#peer.association !== undefined) this.#maintain('M-ASP_UP.req');
  }

  /** M-ASP_DOWN.req: ends all traffic and the ASP. `closeAssociation` follows when the peer has acknowledged, or did not. */
  down(): void {
    this.#upWanted = false;
    if (this.#state === 'ASP-DOWN') return this.#user.closeAssociation();
    this.inactivate();
    this.#maintain('M-ASP_DOWN.req');
  }

  /** M-RK_REG.req and M-RK_DEREG.req for one dynamic AS or all of them. */
  register(applicationServer?: string): void {
    if (this.#state === 'ASP-UP') this.#registration.register(applicationServer);
  }

  deregister(applicationServer?: string): void {
    if (this.#state === 'ASP-UP') this.#registration.deregister(applicationServer);
  }

  /** M-ASP_ACTIVE.req for one AS or all of them (RFC 4666 §1.6.3). */
  activate(applicationServer?: string): void {
    this.#request('M-ASP_ACTIVE.req', true, applicationServer);
  }

  /** M-ASP_INACTIVE.req. */
  inactivate(applicationServer?: string): void {
    this.#request('M-ASP_INACTIVE.req', false, applicationServer);
  }

  /** Takes an ASPSM, ASPTM, RKM or MGMT message that an ASP may get. False: such a message is not for an ASP. */
  onMessage(message: M3uaMessage, octets: Uint8Array): boolean {
    switch (message.name) {
      case 'ASP Up Ack':
        this.#maintain('ASP Up Ack');
        return true;
      case 'ASP Down Ack':
        this.#maintain('ASP Down Ack');
        return true;
      case 'ASP Active Ack':
      case 'ASP Inactive Ack':
        if (this.#knows(message.parameters.routingContext, octets))
          this.#forContexts(message.parameters.routingContext, message.name);
        return true;
      case 'NTFY': {
        const { status, routingContext } = message.parameters;
        if (!this.#knows(routingContext, octets)) return true;
        const event = notificationEvent(status.type, status.information);
        if (event !== undefined) this.#forContexts(routingContext, event);
        return true;
      }
      case 'REG RSP':
        for (const result of message.parameters.registrationResults)
          this.#registration.onRegistrationResult(result);
        return true;
      case 'DEREG RSP':
        for (const result of message.parameters.deregistrationResults)
          this.#registration.onDeregistrationResult(result);
        return true;
      case 'ERR':
        if (RKM_REFUSALS.has(message.parameters.errorCode)) this.#registration.onError();
        if (REFUSALS.has(message.parameters.errorCode))
          this.#forContexts(message.parameters.routingContext, 'Error');
        return true;
      default:
        return false;
    }
  }

  // From the registration.

  onRegistered(applicationServer: ApplicationServerConfig, routingContext: number): void {
    const traffic = this.#traffic.find((one) => one.applicationServer === applicationServer)!;
    traffic.routingContext = routingContext;
    this.#step(traffic, 'ASP is up');
  }

  onDeregistered(applicationServer: ApplicationServerConfig): void {
    const traffic = this.#traffic.find((one) => one.applicationServer === applicationServer)!;
    this.#step(traffic, 'ASP is down');
    traffic.routingContext = applicationServer.routingContext;
  }

  isIdle(applicationServer: ApplicationServerConfig): boolean {
    return this.trafficState(applicationServer) === 'ASP-INACTIVE';
  }

  onTimer(kind: number, key: number): void {
    if (kind === MAINTENANCE_ACK) {
      this.#ackTimer = 0;
      this.#maintain('T(ack) expiry');
      return;
    }
    const traffic = this.#traffic[key]!;
    if (kind === TRAFFIC_ACK) {
      traffic.ackTimer = 0;
      this.#step(traffic, 'T(ack) expiry');
    } else if (kind === TRAFFIC_RETRY) {
      traffic.retryTimer = 0;
      this.#step(traffic, 'T(retry) expiry');
    }
  }

  #request(event: AspTrafficEvent, wanted: boolean, applicationServer: string | undefined): void {
    for (const traffic of this.#traffic) {
      if (applicationServer !== undefined && traffic.applicationServer.name !== applicationServer) continue;
      traffic.wanted = wanted;
      this.#step(traffic, event);
    }
  }

  /** Whether a message names AS of ours only; else it is answered (RFC 4666 §3.8.1). */
  #knows(routingContexts: readonly number[] | undefined, octets: Uint8Array): boolean {
    if (routingContexts === undefined || this.#traffic.some((one) => one.routingContext === undefined))
      return true;
    const unknown = routingContexts.filter((context) =>
      this.#traffic.every((one) => one.routingContext !== context),
    );
    if (unknown.length === 0) return true;
    this.#peer.refuse('invalid-routing-context', octets, { routingContext: unknown });
    return unknown.length < routingContexts.length;
  }

  /** The AS that a message names by routing context; all of them when it names none. */
  #forContexts(routingContexts: readonly number[] | undefined, event: AspTrafficEvent): void {
    for (const traffic of this.#traffic) {
      const { routingContext } = traffic;
      if (
        routingContexts === undefined ||
        routingContext === undefined ||
        routingContexts.includes(routingContext)
      )
        this.#step(traffic, event);
    }
  }

  #maintain(event: AspMaintenanceEvent): void {
    const row = aspMaintenanceFsm.find(this.#state, event, (guard) =>
      guard === 'wanted' ? this.#upWanted : this.#tries < this.#times.ackTriesMax,
    );
    if (row === undefined) return;
    const from = this.#state;
    this.#state = row[4];
    if (from !== this.#state) {
      this.#tries = 0;
      this.#user.onMaintenanceChange(from, this.#state);
    }
    for (const action of row[3]) this.#perform(action);
  }

  #perform(action: AspMaintenanceAction): void {
    switch (action) {
      case 'send ASP Up':
        this.#tries++;
        return this.#peer.send(
          'ASP Up',
          this.#aspIdentifier === undefined ? {} : { aspIdentifier: this.#aspIdentifier },
        );
      case 'send ASP Down':
        this.#tries++;
        return this.#peer.send('ASP Down', {});
      case 'start T(ack)':
        this.#timers.stop(this.#ackTimer);
        this.#ackTimer = this.#timers.start(this.#times.ackMs, this, MAINTENANCE_ACK, 0);
        return;
      case 'stop T(ack)':
        this.#timers.stop(this.#ackTimer);
        this.#ackTimer = 0;
        return;
      case 'ASP is up':
        this.#user.onUp();
        for (const traffic of this.#traffic)
          if (traffic.applicationServer.dynamic !== true) this.#step(traffic, 'ASP is up');
        this.#registration.aspUp();
        return;
      case 'ASP is down':
        for (const traffic of this.#traffic) this.#step(traffic, 'ASP is down');
        this.#registration.aspDown();
        return;
      case 'unexpected ASP Up Ack':
        for (const traffic of this.#traffic) this.#step(traffic, 'ASP Up Ack');
        return;
      case 'abort association':
        return this.#user.abortAssociation();
      case 'close association':
        return this.#user.closeAssociation();
    }
  }

  #step(traffic: Traffic, event: AspTrafficEvent): void {
    const row = aspTrafficFsm.find(traffic.state, event, (guard) => {
      switch (guard) {
        case 'tries left':
          return traffic.tries < this.#times.ackTriesMax;
        case 'wanted':
          return traffic.wanted;
        case 'primary':
          return traffic.wanted && !traffic.standby;
      }
    });
    if (row === undefined) return;
    const from = traffic.state;
    traffic.state = row[4];
    if (from !== traffic.state) traffic.tries = 0;
    for (const action of row[3]) this.#performTraffic(traffic, action);
    if (from !== traffic.state) this.#user.onTrafficChange(traffic.applicationServer, from, traffic.state);
  }

  #performTraffic(traffic: Traffic, action: AspTrafficAction): void {
    const { trafficMode } = traffic.applicationServer;
    const { routingContext } = traffic;
    const contexts = routingContext === undefined ? {} : { routingContext: [routingContext] };
    const index = this.#traffic.indexOf(traffic);
    switch (action) {
      case 'send ASP Active':
        traffic.tries++;
        return this.#peer.send('ASP Active', {
          ...(trafficMode === undefined ? {} : { trafficModeType: TRAFFIC_MODE[trafficMode] }),
          ...contexts,
        });
      case 'send ASP Inactive':
        traffic.tries++;
        return this.#peer.send('ASP Inactive', contexts);
      case 'send Error Unexpected Message':
        return this.#peer.send('ERR', { errorCode: ERROR_CODE['unexpected-message'], ...contexts });
      case 'start T(ack)':
        this.#timers.stop(traffic.ackTimer);
        traffic.ackTimer = this.#timers.start(this.#times.ackMs, this, TRAFFIC_ACK, index);
        return;
      case 'stop T(ack)':
        this.#timers.stop(traffic.ackTimer);
        traffic.ackTimer = 0;
        return;
      case 'start T(retry)':
        this.#timers.stop(traffic.retryTimer);
        traffic.retryTimer = this.#timers.start(this.#times.retryMs, this, TRAFFIC_RETRY, index);
        return;
      case 'stop T(retry)':
        this.#timers.stop(traffic.retryTimer);
        traffic.retryTimer = 0;
        return;
    }
  }
}

type NotificationEvent = Extract<AspTrafficEvent, `NTFY ${string}`>;

/** The event that a Notify is for an ASP; undefined for one that changes nothing here. */
export function notificationEvent(type: number, information: number): NotificationEvent | undefined {
  if (type === STATUS_TYPE.asStateChange)
    return information === AS_STATE_CHANGE['AS-PENDING'] ? 'NTFY AS-PENDING' : undefined;
  if (type !== STATUS_TYPE.other) return undefined;
  if (information === STATUS_OTHER['Insufficient ASP Resources']) return 'NTFY Insufficient ASP Resources';
  if (information === STATUS_OTHER['Alternate ASP Active']) return 'NTFY Alternate ASP Active';
  return undefined;
}
