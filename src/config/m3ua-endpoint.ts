/** What a plain M3UA endpoint is told, from what stands on a command line. */
import type {
  ApplicationServerConfig,
  AspConfig,
  IpspConfig,
  KnownAspConfig,
  RegistrationConfig,
  SgpConfig,
  Times,
} from '../stack/m3ua/configuration.ts';
import type { TrafficMode } from '../stack/m3ua/parameters.ts';
import type { SctpConnectOptions, SctpListenOptions } from '../stack/sctp/port.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface EndpointSettings {
  readonly role: 'asp' | 'sgp' | 'ipsp';
  readonly listen?: Address | undefined;
  readonly connect: readonly Address[];
  readonly pointCodes: readonly number[];
  readonly peerPointCodes: readonly number[];
  readonly pointCodeBits: number;
  readonly routingContexts: readonly number[];
  readonly peerRoutingContexts: readonly number[];
  readonly networkAppearance?: number | undefined;
  readonly trafficMode?: TrafficMode | undefined;
  readonly loadshareBy: 'sls' | 'round-robin';
  readonly aspsActiveMin: number;
  readonly aspIdentifier?: number | undefined;
  readonly knownAsps: readonly number[];
  readonly registration: 'none' | 'static' | 'dynamic';
  readonly registrationRequired: boolean;
  readonly exchange: 'single' | 'double';
  readonly initiates?: boolean | undefined;
  readonly begin: 'down' | 'up' | 'active';
  readonly audit: boolean;
  readonly confidentialPointCodes: readonly number[];
  readonly streams: number;
  readonly times: Partial<Times>;
}

export type EndpointConfig =
  | { readonly role: 'asp'; readonly config: AspConfig; readonly listen?: SctpListenOptions }
  | { readonly role: 'sgp'; readonly config: SgpConfig; readonly call?: readonly SctpConnectOptions[] }
  | { readonly role: 'ipsp'; readonly config: IpspConfig };

/** Where an SGP that calls its ASPs would listen. */
const NOWHERE: Address = { host: '127.0.0.1', port: 0 };
/** The gateway that an ASP waits for. */
const WAITED_FOR = 'waited-for';

/** The configuration of the role, or in words why there is none. */
export function endpointConfig(settings: EndpointSettings): EndpointConfig | string {
  const { role, listen, connect, pointCodes } = settings;
  if (pointCodes.length === 0) return 'name a point code of ours: --point-code';
  if (role !== 'ipsp' && (listen === undefined) === (connect.length === 0))
    return `an ${role} ${role === 'asp' ? 'connects to its gateways, or waits for one' : 'listens for its ASPs, or calls them'}: --connect or --listen`;
  if (role === 'ipsp' && listen === undefined && connect.length === 0)
    return 'an ipsp needs a peer, or a place for one: --connect, --listen, or both';
  if (role !== 'asp' && settings.registration === 'none' && settings.peerPointCodes.length === 0)
    return 'name a point code of the other side: --peer-point-code';
  switch (role) {
    case 'asp':
      return {
        role,
        config: aspConfig(settings),
        ...(listen === undefined ? {} : { listen: { ...listen, streams: settings.streams } }),
      };
    case 'sgp':
      return {
        role,
        config: sgpConfig(settings, listen ?? NOWHERE),
        ...(listen === undefined
          ? { call: connect.map((address) => ({ ...address, streams: settings.streams })) }
          : {}),
      };
    case 'ipsp':
      return { role, config: ipspConfig(settings) };
  }
}

function aspConfig(settings: EndpointSettings): AspConfig {
  const { peerPointCodes, streams, begin, audit, times } = settings;
  const signallingGateway = (index: number) => `sg-${index + 1}`;
  const connect = settings.connect.length > 0 ? settings.connect : [NOWHERE];
  const via = connect.map((_, index) => ({ signallingGateway: signallingGateway(index), priority: 0 }));
  return {
    applicationServers: applicationServers(
      settings.routingContexts,
      settings.pointCodes,
      settings,
      settings.registration === 'dynamic',
    ),
    peers: connect.map(({ host, port }, index) => ({
      name: settings.connect.length > 0 ? `${host}:${port}` : WAITED_FOR,
      signallingGateway: signallingGateway(index),
      connect: { host, port, streams },
    })),
    routes: [
      ...peerPointCodes.map((destination) => ({ destination, via })),
      { destination: 'default' as const, via },
    ],
    ...(settings.aspIdentifier === undefined ? {} : { aspIdentifier: settings.aspIdentifier }),
    auditOnActivation: audit,
    begin,
    times,
  };
}

function sgpConfig(settings: EndpointSettings, listen: Address): SgpConfig {
  const served = applicationServers(settings.routingContexts, settings.peerPointCodes, settings);
  return {
    listen: { ...listen, streams: settings.streams },
    applicationServers: served.map((one) => ({ ...one, ...serving(settings) })),
    localPointCodes: settings.pointCodes,
    ...knownAsps(settings, served),
    ...registration(settings),
    pointCodeBits: settings.pointCodeBits,
    confidentialPointCodes: settings.confidentialPointCodes,
    times: settings.times,
  };
}

function ipspConfig(settings: EndpointSettings): IpspConfig {
  const { exchange, listen, connect, streams, initiates, aspIdentifier, begin, times } = settings;
  const { routingContexts, peerRoutingContexts } = settings;
  const theirs =
    exchange === 'single' || peerRoutingContexts.length === 0 ? routingContexts : peerRoutingContexts;
  const isDouble = exchange === 'double';
  const local = applicationServers(
    routingContexts,
    settings.pointCodes,
    settings,
    isDouble && settings.registration === 'dynamic',
  );
  const remote = applicationServers(theirs, settings.peerPointCodes, settings).map((one) => ({
    ...one,
    name: `peer-${one.name}`,
    ...serving(settings),
  }));
  return {
    exchange,
    localApplicationServers: local,
    remoteApplicationServers: settings.peerPointCodes.length === 0 ? [] : remote,
    peers: connect.map(({ host, port }) => ({ name: `${host}:${port}`, connect: { host, port, streams } })),
    ...(listen === undefined ? {} : { listen: { ...listen, streams } }),
    ...(initiates === undefined ? {} : { initiates }),
    ...(aspIdentifier === undefined ? {} : { aspIdentifier }),
    ...knownAsps(settings, remote),
    ...(isDouble ? registration(settings) : {}),
    pointCodeBits: settings.pointCodeBits,
    begin,
    times,
  };
}

/** One for each routing context, with the point code at its place, or all of them for the first. */
function applicationServers(
  routingContexts: readonly number[],
  pointCodes: readonly number[],
  settings: EndpointSettings,
  dynamic = false,
): ApplicationServerConfig[] {
  const { networkAppearance, trafficMode } = settings;
  const common = {
    ...(networkAppearance === undefined ? {} : { networkAppearance }),
    ...(trafficMode === undefined ? {} : { trafficMode }),
    ...(dynamic ? { dynamic } : {}),
  };
  if (pointCodes.length === 0) return [];
  if (routingContexts.length === 0) return [{ name: 'as', pointCodes, ...common }];
  const one = routingContexts.length === pointCodes.length && pointCodes.length > 1;
  return routingContexts.map((routingContext, index) => ({
    name: `as-${routingContext}`,
    pointCodes: one ? pointCodes.slice(index, index + 1) : index === 0 ? pointCodes : [],
    routingContext,
    ...common,
  }));
}

const serving = ({ aspsActiveMin, loadshareBy }: EndpointSettings) => ({ aspsActiveMin, loadshareBy });

function knownAsps(
  settings: EndpointSettings,
  served: readonly ApplicationServerConfig[],
): { readonly knownAsps?: readonly KnownAspConfig[] } {
  if (settings.knownAsps.length === 0) return {};
  const names = served.map(({ name }) => name);
  return {
    knownAsps: settings.knownAsps.map((aspIdentifier) => ({ aspIdentifier, applicationServers: names })),
  };
}

function registration(settings: EndpointSettings): { readonly registration?: RegistrationConfig } {
  if (settings.registration === 'none') return {};
  return { registration: { policy: settings.registration, required: settings.registrationRequired } };
}
