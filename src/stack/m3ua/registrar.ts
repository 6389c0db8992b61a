/**
 * Routing key management as the SGP or IPSP does it (RFC 4666 §4.4): which requests it grants, the AS it creates for new
 * keys, and who has registered what.
 */
import type { ApplicationServer } from './application-server.ts';
import type { AspState } from './asp-state-fsm.ts';
import type { RegistrationConfig, ServedApplicationServerConfig } from './configuration.ts';
import { trafficModeName } from './parameters.ts';
import type { DeregistrationStatusName, RegistrationStatusName } from './registration-status.ts';
import type { RoutingKeyValue } from './routing-key.ts';
import type { RoutingKey, RoutingKeyEntry, RoutingKeys } from './routing-keys.ts';

/** An ASP that registers. */
export interface RegisteringAsp {
  readonly isBlocked: boolean;
  /** Whether configuration lets it serve an AS that is known by configuration. */
  mayServe(applicationServer: ApplicationServer): boolean;
  aspState(applicationServer: ApplicationServer): AspState;
}

export interface RegistrarUser {
  /** The AS with a routing context, known by configuration or registered. */
  applicationServer(routingContext: number): ApplicationServer | undefined;
  /** Point codes that an AS cannot stand for: they are ours. */
  isOwn(pointCode: number): boolean;
  isAppearance(networkAppearance: number): boolean;
  create(config: ServedApplicationServerConfig, key: RoutingKey): ApplicationServer;
  /** No ASP is left in an AS that was created for a registration. */
  remove(applicationServer: ApplicationServer): void;
}

export interface RegistrationOutcome {
  readonly status: RegistrationStatusName;
  /** The AS that the ASP is in now, if it is. */
  readonly applicationServer?: ApplicationServer;
}

export const KEYS_MAX_DEFAULT = 64;
/** The highest service indicator (ITU-T Q.704 §14.2.1). */
const SERVICE_INDICATOR_MAX = 15;

export class Registrar {
  readonly #config: RegistrationConfig;
  readonly #pointCodeMax: number;
  readonly #keys: RoutingKeys<ApplicationServer>;
  readonly #user: RegistrarUser;
  readonly #registered = new Map<ApplicationServer, Set<RegisteringAsp>>();
  /** AS that were created for a registration. */
  readonly #created = new Set<ApplicationServer>();
  #nextRoutingContext: number;

  constructor(
    config: RegistrationConfig,
    pointCodeBits: number,
    keys: RoutingKeys<ApplicationServer>,
    user: RegistrarUser,
  ) {
    this.#config = config;
    this.#pointCodeMax = 2 ** pointCodeBits - 1;
    this.#keys = keys;
    this.#user = user;
    this.#nextRoutingContext = config.routingContextFirst ?? 1;
  }

  /** One routing key of a REG REQ (RFC 4666 §4.4.1). */
  register(asp: RegisteringAsp, value: RoutingKeyValue): RegistrationOutcome {
    const { networkAppearance, trafficModeType, routingContext } = value;
    if (asp.isBlocked) return { status: 'Permission Denied' };
    if (value.isUnsupported === true) return { status: 'Unsupported RK parameter Field' };
    if (networkAppearance !== undefined && !this.#user.isAppearance(networkAppearance))
      return { status: 'Invalid Network Appearance' };
    const invalid = this.#invalid(value);
    if (invalid !== undefined) return { status: invalid };
    const mode = trafficModeType === undefined ? undefined : trafficModeName(trafficModeType);
    if (trafficModeType !== undefined && mode === undefined)
      return { status: 'Unsupported/Invalid Traffic Handling Mode' };
    const key: RoutingKey = { networkAppearance, entries: value.destinations.map(entryOf) };
    const named = routingContext === undefined ? undefined : this.#user.applicationServer(routingContext);
    // A key that names another one's routing context would change it.
    if (named !== undefined && !this.#keys.is(named, key)) return { status: 'Routing Key Change Refused' };
    const known = named ?? this.#keys.equal(key);
    if (known !== undefined) {
      if (this.#isRegistered(known, asp))
        return { status: 'Routing Key Already Registered', applicationServer: known };
      // A key that has a routing context cannot have a second one.
      if (routingContext !== undefined && known.config.routingContext !== routingContext)
        return { status: 'Routing Key Change Refused' };
      if (!this.#created.has(known) && !asp.mayServe(known)) return { status: 'Permission Denied' };
      if (mode !== undefined && !known.accepts(mode))
        return { status: 'Unsupported/Invalid Traffic Handling Mode' };
      return this.#join(known, asp);
    }
    if (this.#keys.overlapping(key) !== undefined) return { status: 'Cannot Support Unique Routing' };
    if (this.#config.policy === 'static') return { status: 'Routing Key not Currently Provisioned' };
    if (this.#created.size >= (this.#config.keysMax ?? KEYS_MAX_DEFAULT))
      return { status: 'Insufficient Resources' };
    const context = routingContext ?? this.#freeRoutingContext();
    const created = this.#user.create(
      {
        name: `rk-${context}`,
        routingContext: context,
        pointCodes: [...new Set(key.entries.map(({ pointCode }) => pointCode))],
        ...(networkAppearance === undefined ? {} : { networkAppearance }),
        ...(mode === undefined ? {} : { trafficMode: mode }),
      },
      key,
    );
    this.#created.add(created);
    return this.#join(created, asp);
  }

  /** One routing context of a DEREG REQ (RFC 4666 §4.4.2). */
  deregister(
    asp: RegisteringAsp,
    routingContext: number,
  ): { readonly status: DeregistrationStatusName; readonly applicationServer?: ApplicationServer } {
    if (asp.isBlocked) return { status: 'Permission Denied' };
    const applicationServer = this.#user.applicationServer(routingContext);
    if (applicationServer === undefined) return { status: 'Invalid Routing Context' };
    if (!this.#isRegistered(applicationServer, asp)) return { status: 'Not Registered' };
    if (asp.aspState(applicationServer) === 'ASP-ACTIVE')
      return { status: 'ASP Currently Active for Routing Context' };
    return { status: 'Successfully Deregistered', applicationServer };
  }

  /** What an ASP has registered. */
  registeredBy(asp: RegisteringAsp): ApplicationServer[] {
    return [...this.#registered].filter(([, asps]) => asps.has(asp)).map(([one]) => one);
  }

  /** The ASP is no longer registered; an AS that was created for a registration goes with its last one. */
  forget(asp: RegisteringAsp, applicationServer: ApplicationServer): void {
    const asps = this.#registered.get(applicationServer);
    asps?.delete(asp);
    if (asps === undefined || asps.size > 0) return;
    this.#registered.delete(applicationServer);
    if (this.#created.delete(applicationServer)) this.#user.remove(applicationServer);
  }

  #isRegistered(applicationServer: ApplicationServer, asp: RegisteringAsp): boolean {
    return this.#registered.get(applicationServer)?.has(asp) ?? false;
  }

  #join(applicationServer: ApplicationServer, asp: RegisteringAsp): RegistrationOutcome {
    const asps = this.#registered.get(applicationServer);
    if (asps === undefined) this.#registered.set(applicationServer, new Set([asp]));
    else asps.add(asp);
    return { status: 'Successfully Registered', applicationServer };
  }

  #invalid({ destinations }: RoutingKeyValue): RegistrationStatusName | undefined {
    for (const { destinationPointCode, serviceIndicators, originatingPointCodes } of destinations) {
      const { mask, pointCode } = destinationPointCode;
      if (mask !== 0 || pointCode === 0 || pointCode > this.#pointCodeMax || this.#user.isOwn(pointCode))
        return 'Invalid DPC';
      if (serviceIndicators?.some((si) => si > SERVICE_INDICATOR_MAX) === true) return 'Invalid Routing Key';
      if (originatingPointCodes?.some((one) => one.mask !== 0 || one.pointCode > this.#pointCodeMax) === true)
        return 'Invalid Routing Key';
    }
    return undefined;
  }

  #freeRoutingContext(): number {
    while (this.#user.applicationServer(this.#nextRoutingContext) !== undefined)
      this.#nextRoutingContext = (this.#nextRoutingContext + 1) >>> 0;
    return this.#nextRoutingContext++;
  }
}

function entryOf(one: RoutingKeyValue['destinations'][number]): RoutingKeyEntry {
  return {
    pointCode: one.destinationPointCode.pointCode,
    serviceIndicators: one.serviceIndicators,
    originatingPointCodes: one.originatingPointCodes?.map(({ pointCode }) => pointCode),
  };
}

/** The routing key of an AS that is known by configuration. */
export function configuredKey(config: ServedApplicationServerConfig): RoutingKey {
  const { networkAppearance, pointCodes, serviceIndicators, originatingPointCodes } = config;
  return {
    networkAppearance,
    entries: pointCodes.map((pointCode) => ({ pointCode, serviceIndicators, originatingPointCodes })),
  };
}
