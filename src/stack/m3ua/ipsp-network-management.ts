/**
 * Signalling network management between IPSPs (RFC 4666 §3.4, §4.5): what peers say of their point codes, how congested the
 * ways to them are, and what the users are told.
 */
import type { Counters } from '../../types/counters.ts';
import type { Timers } from '../../types/timers.ts';
import type { ApplicationServer } from './application-server.ts';
import { type ApplicationServerConfig, hasAppearance } from './configuration.ts';
import { CongestedDestinations, type CongestedDestinationsUser } from './congested-destinations.ts';
import type { IpspExchange } from './ipsp-exchange.ts';
import type { M3uaMessage } from './messages.ts';
import { type MtpStatusCause, type MtpUser, unavailabilityCause } from './mtp.ts';
import type { AffectedPointCode } from './parameter-types.ts';
import type { Peer } from './peer.ts';
import type { RoutingKeys } from './routing-keys.ts';
import type { SsnmContext } from './sgp-network-management.ts';

export class IpspNetworkManagement implements CongestedDestinationsUser {
  readonly #counters: Counters;
  readonly #keys: RoutingKeys<ApplicationServer>;
  readonly #users: ReadonlyMap<number, MtpUser>;
  readonly #local: readonly ApplicationServerConfig[];
  readonly #congested: CongestedDestinations;
  /** Point codes of peers that they say cannot be reached behind them. */
  readonly #unavailable = new Set<number>();

  constructor(options: {
    readonly timers: Timers;
    readonly counters: Counters;
    readonly keys: RoutingKeys<ApplicationServer>;
    readonly users: ReadonlyMap<number, MtpUser>;
    /** Our own AS. */
    readonly local: readonly ApplicationServerConfig[];
  }) {
    this.#counters = options.counters;
    this.#keys = options.keys;
    this.#users = options.users;
    this.#local = options.local;
    this.#congested = new CongestedDestinations(options.timers, this);
  }

  /** Takes an SSNM message. False: it is none. */
  onMessage(exchange: IpspExchange, peer: Peer, message: M3uaMessage, octets: Uint8Array): boolean {
    switch (message.name) {
      case 'DUNA':
      case 'DAVA':
      case 'DRST':
        if (this.#accepts(exchange, peer, message.parameters, octets))
          for (const { pointCode } of message.parameters.affectedPointCodes)
            this.#setUnavailable(pointCode, message.name === 'DUNA');
        return true;
      case 'SCON':
        if (this.#accepts(exchange, peer, message.parameters, octets))
          for (const { pointCode } of message.parameters.affectedPointCodes)
            this.#congested.set(pointCode, message.parameters.congestionIndications ?? 1);
        return true;
      case 'DUPU': {
        const { affectedPointCodes, userCause } = message.parameters;
        if (this.#accepts(exchange, peer, message.parameters, octets))
          for (const { pointCode } of affectedPointCodes)
            this.status(pointCode, unavailabilityCause(userCause.cause), 0, userCause.user);
        return true;
      }
      case 'DAUD':
        if (this.#accepts(exchange, peer, message.parameters, octets))
          this.#audited(peer, message.parameters);
        return true;
      default:
        return false;
    }
  }

  isOwn(pointCode: number): boolean {
    return this.#local.some(({ pointCodes }) => pointCodes.includes(pointCode));
  }

  /** While AS-PENDING messages are kept, so the point codes of the AS count as reachable. */
  isReachable(pointCode: number): boolean {
    if (this.#unavailable.has(pointCode)) return false;
    for (const { state } of this.#keys.at(pointCode))
      if (state === 'AS-ACTIVE' || state === 'AS-PENDING') return true;
    return false;
  }

  isUnavailable(pointCode: number): boolean {
    return this.#unavailable.has(pointCode);
  }

  congestionLevel(pointCode: number): number {
    let level = this.#congested.level(pointCode);
    for (const one of this.#keys.at(pointCode)) level = Math.max(level, one.congestionLevel);
    return level;
  }

  /** What waits for a peer became more or less. */
  congestionChanged(): void {
    for (const pointCode of this.#keys.pointCodes())
      if (this.isReachable(pointCode)) this.onCongestionLevel(pointCode);
  }

  /** An AS of a peer became reachable or not. */
  reachability(applicationServer: ApplicationServer, reachable: boolean): void {
    for (const pointCode of applicationServer.config.pointCodes)
      if (!this.#unavailable.has(pointCode)) this.#tell(pointCode, reachable);
  }

  /** A peer became active for its AS: what an earlier one said of its point codes is over. */
  activated({ config }: ApplicationServer): void {
    for (const pointCode of config.pointCodes) this.#setUnavailable(pointCode, false);
  }

  status(pointCode: number, cause: MtpStatusCause, level: number, si?: number): void {
    // Who is bound to several service indicators is told once.
    const users = si === undefined ? new Set(this.#users.values()) : [this.#users.get(si)];
    for (const user of users) user?.onStatus(pointCode, cause, level);
  }

  onCongestionLevel(pointCode: number): void {
    this.status(pointCode, 'congestion', this.congestionLevel(pointCode));
  }

  audit(): boolean {
    // Who would be asked is who said it; a peer that is still congested says it again.
    return false;
  }

  onStatusDropped(): void {
    this.#counters.count('m3ua.route.status-dropped');
  }

  /** SSNM is for who is active, and names routing contexts and a network appearance that are ours or none. */
  #accepts(exchange: IpspExchange, peer: Peer, context: SsnmContext, octets: Uint8Array): boolean {
    const { routingContext, networkAppearance } = context;
    const unknown = routingContext?.filter((one) => exchange.local(one) === undefined) ?? [];
    if (unknown.length > 0) {
      peer.refuse('invalid-routing-context', octets, { routingContext: unknown });
      return false;
    }
    if (
      networkAppearance !== undefined &&
      !this.#local.some((one) => hasAppearance(one, networkAppearance))
    ) {
      peer.refuse('invalid-network-appearance', octets, { networkAppearance });
      return false;
    }
    const isActive = this.#local.some((one) => {
      const state = exchange.localState(one);
      return state !== 'ASP-DOWN' && state !== 'ASP-INACTIVE';
    });
    if (!isActive) peer.refuse('unexpected-message', octets);
    return isActive;
  }

  /** DAUD: our own point codes are here, and nothing is behind us. */
  #audited(
    peer: Peer,
    asked: SsnmContext & { readonly affectedPointCodes: readonly AffectedPointCode[] },
  ): void {
    const { networkAppearance, routingContext } = asked;
    const context = {
      ...(networkAppearance === undefined ? {} : { networkAppearance }),
      ...(routingContext === undefined ? {} : { routingContext }),
    };
    const own = asked.affectedPointCodes.filter(({ pointCode }) => this.isOwn(pointCode));
    const others = asked.affectedPointCodes.filter(({ pointCode }) => !this.isOwn(pointCode));
    if (own.length > 0) peer.send('DAVA', { ...context, affectedPointCodes: own });
    if (others.length > 0) peer.send('DUNA', { ...context, affectedPointCodes: others });
  }

  /** Only what is a destination of a peer's AS is looked at: that bounds what is kept. */
  #setUnavailable(pointCode: number, unavailable: boolean): void {
    if (this.#unavailable.has(pointCode) === unavailable) return;
    if (unavailable && [...this.#keys.at(pointCode)].length === 0) return;
    const before = this.isReachable(pointCode);
    if (unavailable) this.#unavailable.add(pointCode);
    else this.#unavailable.delete(pointCode);
    const after = this.isReachable(pointCode);
    if (before !== after) this.#tell(pointCode, after);
  }

  #tell(pointCode: number, reachable: boolean): void {
    for (const user of new Set(this.#users.values())) {
      if (reachable) user.onResume(pointCode);
      else user.onPause(pointCode);
    }
  }
}
