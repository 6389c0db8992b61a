/**
 * Registers the AS of an ASP on one association (RFC 4666 §4.4): asks with the routing key, and keeps the routing context
 * that it is given. The table is `asp-registration-fsm.ts`.
 */
import type { TimerListener, Timers } from '../../types/timers.ts';
import {
  type AspRegistrationAction,
  type AspRegistrationEvent,
  type AspRegistrationState,
  aspRegistrationFsm,
} from './asp-registration-fsm.ts';
import type { ApplicationServerConfig, Times } from './configuration.ts';
import type { OnManagement } from './management.ts';
import { TRAFFIC_MODE } from './parameters.ts';
import type { Peer } from './peer.ts';
import {
  DEREGISTRATION_STATUS,
  deregistrationStatusName,
  REGISTRATION_STATUS,
  registrationStatusName,
} from './registration-status.ts';
import type { RoutingKeyValue } from './routing-key.ts';

export interface AspRegistrationUser {
  onRegistered(applicationServer: ApplicationServerConfig, routingContext: number): void;
  onDeregistered(applicationServer: ApplicationServerConfig): void;
  /** Whether no traffic flows for the AS. */
  isIdle(applicationServer: ApplicationServerConfig): boolean;
}

const ACK = 0;
const RETRY = 1;

interface Registration {
  readonly applicationServer: ApplicationServerConfig;
  /** Names the request in its answer (RFC 4666 §3.6.1). */
  readonly localRoutingKeyIdentifier: number;
  state: AspRegistrationState;
  routingContext: number | undefined;
  wanted: boolean;
  tries: number;
  ackTimer: number;
  retryTimer: number;
}

/** The routing key of an AS, as it is asked for (RFC 4666 §3.6.1). */
export function routingKeyOf(
  applicationServer: ApplicationServerConfig,
  localRoutingKeyIdentifier: number,
): RoutingKeyValue {
  const { pointCodes, routingContext, trafficMode, networkAppearance } = applicationServer;
  const { serviceIndicators, originatingPointCodes } = applicationServer;
  return {
    localRoutingKeyIdentifier,
    ...(routingContext === undefined ? {} : { routingContext }),
    ...(trafficMode === undefined ? {} : { trafficModeType: TRAFFIC_MODE[trafficMode] }),
    ...(networkAppearance === undefined ? {} : { networkAppearance }),
    destinations: pointCodes.map((pointCode) => ({
      destinationPointCode: { mask: 0, pointCode },
      ...(serviceIndicators === undefined ? {} : { serviceIndicators }),
      ...(originatingPointCodes === undefined
        ? {}
        : { originatingPointCodes: originatingPointCodes.map((one) => ({ mask: 0, pointCode: one })) }),
    })),
  };
}

export class AspRegistration implements TimerListener {
  readonly #peer: Peer;
  readonly #timers: Timers;
  readonly #times: Times;
  readonly #user: AspRegistrationUser;
  readonly #onManagement: OnManagement | undefined;
  readonly #registrations: readonly Registration[];

  constructor(options: {
    readonly peer: Peer;
    readonly timers: Timers;
    readonly times: Times;
    /** All AS of the association; those that are not dynamic are left alone. */
    readonly applicationServers: readonly ApplicationServerConfig[];
    readonly user: AspRegistrationUser;
    readonly onManagement?: OnManagement | undefined;
  }) {
    this.#peer = options.peer;
    this.#timers = options.timers;
    this.#times = options.times;
    this.#user = options.user;
    this.#onManagement = options.onManagement;
    this.#registrations = options.applicationServers.flatMap((applicationServer, index) =>
      applicationServer.dynamic === true
        ? [
            {
              applicationServer,
              localRoutingKeyIdentifier: index + 1,
              state: aspRegistrationFsm.table.initial,
              routingContext: undefined,
              wanted: true,
              tries: 0,
              ackTimer: 0,
              retryTimer: 0,
            },
          ]
        : [],
    );
  }

  aspUp(): void {
    for (const one of this.#registrations) this.#step(one, 'ASP is up');
  }

  aspDown(): void {
    for (const one of this.#registrations) this.#step(one, 'ASP is down');
  }

  /** M-RK_REG.req for one AS or all dynamic ones. */
  register(applicationServer?: string): void {
    this.#request('M-RK_REG.req', true, applicationServer);
  }

  /** M-RK_DEREG.req. */
  deregister(applicationServer?: string): void {
    this.#request('M-RK_DEREG.req', false, applicationServer);
  }

  /** A result of REG RSP. */
  onRegistrationResult(result: {
    readonly localRoutingKeyIdentifier: number;
    readonly registrationStatus: number;
    readonly routingContext: number;
  }): void {
    const { localRoutingKeyIdentifier, registrationStatus, routingContext } = result;
    this.#onManagement?.({
      primitive: 'M-RK_REG.cnf',
      association: this.#peer.name,
      localRoutingKeyIdentifier,
      status: registrationStatusName(registrationStatus),
      routingContext,
    });
    for (const one of this.#registrations) {
      if (one.localRoutingKeyIdentifier !== localRoutingKeyIdentifier) continue;
      // A request that was sent twice, or one that outlived us, finds its key registered: that is what was wanted.
      const registered =
        registrationStatus === REGISTRATION_STATUS['Successfully Registered'] ||
        registrationStatus === REGISTRATION_STATUS['Routing Key Already Registered'];
      if (registered && one.state === 'REG-SENT') one.routingContext = routingContext;
      this.#step(one, registered ? 'Successfully Registered' : 'registration refused');
    }
  }

  /** A result of DEREG RSP. */
  onDeregistrationResult(result: {
    readonly routingContext: number;
    readonly deregistrationStatus: number;
  }): void {
    const { routingContext, deregistrationStatus } = result;
    this.#onManagement?.({
      primitive: 'M-RK_DEREG.cnf',
      association: this.#peer.name,
      status: deregistrationStatusName(deregistrationStatus),
      routingContext,
    });
    const gone =
      deregistrationStatus === DEREGISTRATION_STATUS['Successfully Deregistered'] ||
      deregistrationStatus === DEREGISTRATION_STATUS['Not Registered'];
    for (const one of this.#registrations)
      if (one.routingContext === routingContext)
        this.#step(one, gone ? 'Successfully Deregistered' : 'deregistration refused');
  }

  /** RKM is not supported by the peer, or the request was refused as a whole. */
  onError(): void {
    for (const one of this.#registrations)
      this.#step(one, one.state === 'REG-SENT' ? 'registration refused' : 'deregistration refused');
  }

  onTimer(kind: number, key: number): void {
    const one = this.#registrations[key]!;
    if (kind === ACK) {
      one.ackTimer = 0;
      this.#step(one, 'T(ack) expiry');
    } else {
      one.retryTimer = 0;
      this.#step(one, 'T(retry) expiry');
    }
  }

  #request(event: AspRegistrationEvent, wanted: boolean, applicationServer: string | undefined): void {
    for (const one of this.#registrations) {
      if (applicationServer !== undefined && one.applicationServer.name !== applicationServer) continue;
      one.wanted = wanted;
      this.#step(one, event);
    }
  }

  #step(one: Registration, event: AspRegistrationEvent): void {
    const row = aspRegistrationFsm.find(one.state, event, (guard) => {
      switch (guard) {
        case 'tries left':
          return one.tries < this.#times.ackTriesMax;
        case 'wanted':
          return one.wanted;
        case 'no traffic':
          return this.#user.isIdle(one.applicationServer);
      }
    });
    if (row === undefined) return;
    if (one.state !== row[4]) one.tries = 0;
    one.state = row[4];
    for (const action of row[3]) this.#perform(one, action);
  }

  #perform(one: Registration, action: AspRegistrationAction): void {
    const key = this.#registrations.indexOf(one);
    switch (action) {
      case 'send REG REQ':
        one.tries++;
        return this.#peer.send('REG REQ', {
          routingKeys: [routingKeyOf(one.applicationServer, one.localRoutingKeyIdentifier)],
        });
      case 'send DEREG REQ':
        one.tries++;
        return this.#peer.send('DEREG REQ', { routingContext: [one.routingContext ?? 0] });
      case 'start T(ack)':
        this.#timers.stop(one.ackTimer);
        one.ackTimer = this.#timers.start(this.#times.ackMs, this, ACK, key);
        return;
      case 'stop T(ack)':
        this.#timers.stop(one.ackTimer);
        one.ackTimer = 0;
        return;
      case 'start T(retry)':
        this.#timers.stop(one.retryTimer);
        one.retryTimer = this.#timers.start(this.#times.retryMs, this, RETRY, key);
        return;
      case 'stop T(retry)':
        this.#timers.stop(one.retryTimer);
        one.retryTimer = 0;
        return;
      case 'traffic may begin':
        return this.#user.onRegistered(one.applicationServer, one.routingContext ?? 0);
      case 'traffic is over':
        one.routingContext = undefined;
        return this.#user.onDeregistered(one.applicationServer);
    }
  }
}
