/**
 * Signalling network management at the SGP (RFC 4666 §4.5.1, §4.5.3): what ASPs are told of destinations when it changes,
 * when they become active, when they ask, and when they send to what cannot be reached or is congested.
 */
import type { ApplicationServer } from './application-server.ts';
import { hasAppearance } from './configuration.ts';
import type { AffectedPointCode } from './parameter-types.ts';
import type { ErrorContext } from './peer.ts';
import type { DestinationStatus } from './route-table.ts';
import type { RoutingKeys } from './routing-keys.ts';
import type { SgpDestinations } from './sgp-destinations.ts';
import type { SgpProcedures } from './sgp-procedures.ts';

/** What SSNM says about what it is for. */
export interface SsnmContext {
  readonly routingContext?: readonly number[];
  readonly networkAppearance?: number;
}

/** Every so many messages to a congested destination are answered with SCON (ITU-T Q.704 §13.7: each eighth). */
const CONGESTED_MESSAGES = 8;
/** Destinations of a cluster that one audit is answered with. */
const CLUSTER_MAX = 256;

const MESSAGE_OF = { available: 'DAVA', restricted: 'DRST', unavailable: 'DUNA' } as const;

export class SgpNetworkManagement {
  readonly #destinations: SgpDestinations;
  readonly #keys: RoutingKeys<ApplicationServer>;
  readonly #asps: () => Iterable<SgpProcedures>;
  readonly #confidential: ReadonlySet<number>;
  /** Congestion of AS, as it was told last, with the messages that came meanwhile. */
  readonly #congested = new Map<ApplicationServer, { level: number; messages: number }>();

  constructor(options: {
    readonly destinations: SgpDestinations;
    readonly keys: RoutingKeys<ApplicationServer>;
    readonly asps: () => Iterable<SgpProcedures>;
    readonly confidentialPointCodes: readonly number[];
  }) {
    this.#destinations = options.destinations;
    this.#keys = options.keys;
    this.#asps = options.asps;
    this.#confidential = new Set(options.confidentialPointCodes);
  }

  /** While AS-PENDING messages are kept, so the point codes of the AS count as reachable. */
  status(pointCode: number): DestinationStatus {
    const own = this.#destinations.get(pointCode);
    if (own !== undefined) return own.status;
    for (const { state } of this.#keys.at(pointCode))
      if (state === 'AS-ACTIVE' || state === 'AS-PENDING') return 'available';
    return 'unavailable';
  }

  congestionLevel(pointCode: number): number {
    const own = this.#destinations.get(pointCode);
    if (own !== undefined) return own.congestionLevel;
    let level = 0;
    for (const one of this.#keys.at(pointCode)) level = Math.max(level, one.congestionLevel);
    return level;
  }

  /** Tells the active ASPs of a destination; not those that are active for the AS concerned (RFC 4666 §4.5.1). */
  announce(pointCode: number, status: DestinationStatus, concerned?: ApplicationServer): void {
    const affectedPointCodes = [{ mask: 0, pointCode }];
    this.#forConcerned(concerned, ({ peer }, one) => {
      peer.send(MESSAGE_OF[status], { ...contextOf(one), affectedPointCodes });
    });
  }

  /** Tells them how congested it is (SCON). Level 0: no longer. */
  announceCongestion(pointCode: number, congestionIndications: number, concerned?: ApplicationServer): void {
    const affectedPointCodes = [{ mask: 0, pointCode }];
    this.#forConcerned(concerned, ({ peer }, one) => {
      peer.send('SCON', { ...contextOf(one), affectedPointCodes, congestionIndications });
    });
  }

  /** The way to an AS became more or less congested: true when that is news. */
  isCongestionNews(applicationServer: ApplicationServer): boolean {
    const { congestionLevel } = applicationServer;
    const before = this.#congested.get(applicationServer);
    if ((before?.level ?? 0) === congestionLevel) return false;
    if (congestionLevel === 0) this.#congested.delete(applicationServer);
    else this.#congested.set(applicationServer, { level: congestionLevel, messages: 0 });
    return true;
  }

  /** Forgets an AS that is no more. */
  forget(applicationServer: ApplicationServer): void {
    this.#congested.delete(applicationServer);
  }

  /** An ASP became active: it hears what is not as it would expect (RFC 4666 §4.5.1). */
  activated({ peer }: SgpProcedures, applicationServer: ApplicationServer): void {
    const context = contextOf(applicationServer);
    for (const { pointCode, status, congestionLevel } of this.#destinations.all()) {
      const affectedPointCodes = [{ mask: 0, pointCode }];
      if (status !== 'available') peer.send(MESSAGE_OF[status], { ...context, affectedPointCodes });
      if (status !== 'unavailable' && congestionLevel > 0)
        peer.send('SCON', { ...context, affectedPointCodes, congestionIndications: congestionLevel });
    }
  }

  /** An ASP sent to what cannot be reached. */
  unavailable({ peer }: SgpProcedures, applicationServer: ApplicationServer, pointCode: number): void {
    peer.send('DUNA', {
      ...contextOf(applicationServer),
      affectedPointCodes: [{ mask: 0, pointCode }],
    });
  }

  /** An ASP sent to what is congested: the first message, and each eighth, is answered (RFC 4666 §3.4.4). */
  congested({ peer }: SgpProcedures, from: ApplicationServer, pointCode: number, level: number): void {
    const own = this.#destinations.get(pointCode);
    let messages = 0;
    if (own !== undefined) messages = own.congestedMessages++;
    else
      for (const one of this.#keys.at(pointCode)) {
        const known = this.#congested.get(one);
        if (known !== undefined) messages = known.messages++;
      }
    if (messages % CONGESTED_MESSAGES !== 0) return;
    peer.send('SCON', {
      ...contextOf(from),
      affectedPointCodes: [{ mask: 0, pointCode }],
      congestionIndications: level,
    });
  }

  /**
   * SSNM is for an ASP that is active somewhere, and names routing contexts that it serves and a network appearance of
   * theirs, or none. False: it was refused.
   */
  accepts(procedures: SgpProcedures, context: SsnmContext, octets: Uint8Array): boolean {
    const { peer, states } = procedures;
    const { routingContext, networkAppearance } = context;
    const unknown = routingContext?.filter((one) => procedures.applicationServer(one) === undefined) ?? [];
    if (unknown.length > 0) {
      peer.refuse('invalid-routing-context', octets, { routingContext: unknown });
      return false;
    }
    const concerned = [...states.keys()].filter(
      ({ config }) => routingContext === undefined || routingContext.includes(config.routingContext ?? -1),
    );
    if (
      networkAppearance !== undefined &&
      concerned.length > 0 &&
      !concerned.some(({ config }) => hasAppearance(config, networkAppearance))
    ) {
      peer.refuse('invalid-network-appearance', octets, { networkAppearance });
      return false;
    }
    for (const state of states.values()) if (state === 'ASP-ACTIVE') return true;
    peer.refuse('unexpected-message', octets);
    return false;
  }

  /** DAUD is answered by the state of each destination (RFC 4666 §4.5.3). */
  audit(
    { peer }: SgpProcedures,
    asked: SsnmContext & { readonly affectedPointCodes: readonly AffectedPointCode[] },
    octets: Uint8Array,
  ): void {
    const answers: Record<DestinationStatus, AffectedPointCode[]> = {
      available: [],
      restricted: [],
      unavailable: [],
    };
    const secret: AffectedPointCode[] = [];
    for (const one of asked.affectedPointCodes.flatMap((cluster) => this.#members(cluster))) {
      if (this.#confidential.has(one.pointCode)) secret.push(one);
      else answers[this.status(one.pointCode)].push(one);
    }
    const { networkAppearance, routingContext } = asked;
    const context = {
      ...(networkAppearance === undefined ? {} : { networkAppearance }),
      ...(routingContext === undefined ? {} : { routingContext }),
    };
    for (const status of ['available', 'restricted', 'unavailable'] as const)
      if (answers[status].length > 0)
        peer.send(MESSAGE_OF[status], { ...context, affectedPointCodes: answers[status] });
    for (const one of [...answers.available, ...answers.restricted]) {
      const congestionIndications = this.congestionLevel(one.pointCode);
      if (congestionIndications > 0)
        peer.send('SCON', { ...context, affectedPointCodes: [one], congestionIndications });
    }
    const about: ErrorContext = { ...context, affectedPointCodes: secret };
    if (secret.length > 0) peer.refuse('destination-status-unknown', octets, about);
  }

  /** The destinations that a cluster stands for: those that are known; when none is, itself. */
  #members(cluster: AffectedPointCode): AffectedPointCode[] {
    const { mask, pointCode } = cluster;
    if (mask === 0) return [cluster];
    const same = (other: number) => mask >= 24 || other >>> mask === pointCode >>> mask;
    const members = new Set<number>();
    for (const { pointCode: own } of this.#destinations.all()) if (same(own)) members.add(own);
    for (const other of this.#keys.pointCodes()) if (same(other)) members.add(other);
    if (members.size === 0) return [cluster];
    return [...members].slice(0, CLUSTER_MAX).map((one) => ({ mask: 0, pointCode: one }));
  }

  #forConcerned(
    concerned: ApplicationServer | undefined,
    say: (procedures: SgpProcedures, applicationServer: ApplicationServer) => void,
  ): void {
    for (const procedures of this.#asps()) {
      if (concerned !== undefined && procedures.states.get(concerned) === 'ASP-ACTIVE') continue;
      for (const [one, state] of procedures.states) {
        const { networkAppearance } = one.config;
        const foreign =
          concerned !== undefined &&
          networkAppearance !== undefined &&
          !hasAppearance(concerned.config, networkAppearance);
        if (state === 'ASP-ACTIVE' && !foreign) say(procedures, one);
      }
    }
  }
}

/** What SSNM about an AS says it is for. */
export function contextOf({ config }: ApplicationServer): {
  readonly networkAppearance?: number;
  readonly routingContext?: readonly number[];
} {
  const { routingContext, networkAppearance } = config;
  return {
    ...(networkAppearance === undefined ? {} : { networkAppearance }),
    ...(routingContext === undefined ? {} : { routingContext: [routingContext] }),
  };
}
