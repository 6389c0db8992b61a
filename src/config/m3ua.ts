/** What M3UA is told, from what the operator wrote. */
import type {
  ApplicationServerConfig,
  AspConfig,
  IpspConfig,
  SgpConfig,
  SgpPeerConfig,
} from '../stack/m3ua/configuration.ts';
import { PORT_M3UA } from '../stack/sctp/port.ts';
import { namedNotation } from '../types/point-code.ts';
import type { Config } from './schema/config.ts';

type Signalling = Config['signalling'];
type Association = Signalling['associations'][number];
type ApplicationServer = Signalling['applicationServers'][number];

/** Our side of the associations with the role asp; undefined when there is none. */
export function aspConfigOf(signalling: Signalling): AspConfig | undefined {
  const associations = signalling.associations.filter(({ role }) => role === 'asp');
  if (associations.length === 0) return undefined;
  const ours = ownServers(signalling);
  return {
    applicationServers: ours.map((server) => applicationServer(server, [signalling.localPointCode])),
    peers: associations.flatMap((association) => peer(association, ours)),
    routes: routes(signalling, associations),
    ...(signalling.aspIdentifier === undefined ? {} : { aspIdentifier: signalling.aspIdentifier }),
    auditOnActivation: signalling.auditOnActivation,
    queueOctetsMax: signalling.queueOctetsMax,
    times: signalling.times,
  };
}

/** Our side of the associations with the role ipsp; undefined when there is none. */
export function ipspConfigOf(signalling: Signalling): IpspConfig | undefined {
  const associations = signalling.associations.filter(({ role }) => role === 'ipsp');
  const [first] = associations;
  if (first === undefined) return undefined;
  const ours = ownServers(signalling);
  const theirs = new Set(associations.flatMap((one) => one.peerApplicationServers));
  const listening = associations.find(({ remote }) => remote.host === undefined);
  return {
    exchange: first.exchange,
    localApplicationServers: ours.map((server) => applicationServer(server, [signalling.localPointCode])),
    remoteApplicationServers: signalling.applicationServers
      .filter(({ name }) => theirs.has(name))
      .map((server) => applicationServer(server, [])),
    peers: associations.flatMap(({ name, remote, local, streams, ...one }) =>
      remote.host === undefined
        ? []
        : [
            {
              name,
              connect: connection(remote.host, remote.port, local, streams),
              applicationServers: [
                ...(one.applicationServers.length > 0 ? one.applicationServers : ours.map((our) => our.name)),
                ...one.peerApplicationServers,
              ],
            },
          ],
    ),
    ...(listening === undefined
      ? {}
      : {
          listen: {
            host: listening.local.host ?? '127.0.0.1',
            port: listening.local.port ?? PORT_M3UA,
            streams: listening.streams,
          },
          listenName: listening.name,
        }),
    ...(signalling.aspIdentifier === undefined ? {} : { aspIdentifier: signalling.aspIdentifier }),
    pointCodeBits: namedNotation(signalling.pointCodeFormat).bits,
    queueOctetsMax: signalling.queueOctetsMax,
    times: signalling.times,
  };
}

/** One for each association with the role sgp. */
export function sgpConfigsOf(signalling: Signalling): readonly SgpConfig[] {
  return signalling.associations
    .filter(({ role }) => role === 'sgp')
    .map(({ local, streams, applicationServers }) => ({
      listen: { host: local.host ?? '127.0.0.1', port: local.port ?? PORT_M3UA, streams },
      applicationServers: signalling.applicationServers
        .filter(({ name }) => applicationServers.includes(name))
        .map((server) => applicationServer(server, [])),
      localPointCodes: [signalling.localPointCode],
      queueOctetsMax: signalling.queueOctetsMax,
      times: signalling.times,
    }));
}

/** Those that are not of our peers, which we serve as a signalling gateway or talk to as an IPSP. */
function ownServers({ associations, applicationServers }: Signalling): ApplicationServer[] {
  const theirs = new Set(
    associations.flatMap((one) => (one.role === 'sgp' ? one.applicationServers : one.peerApplicationServers)),
  );
  return applicationServers.filter(({ name }) => !theirs.has(name));
}

function connection(
  host: string,
  port: number,
  local: Association['local'],
  streams: number,
): SgpPeerConfig['connect'] {
  return {
    host,
    port,
    streams,
    ...(local.host === undefined ? {} : { localHost: local.host }),
    ...(local.port === undefined ? {} : { localPort: local.port }),
  };
}

function applicationServer(
  server: ApplicationServer,
  pointCodes: readonly number[],
): ApplicationServerConfig {
  const { name, routingContext, networkAppearance, trafficMode } = server;
  return {
    name,
    pointCodes: server.pointCodes.length > 0 ? server.pointCodes : pointCodes,
    ...(routingContext === undefined ? {} : { routingContext }),
    ...(networkAppearance === undefined ? {} : { networkAppearance }),
    ...(trafficMode === 'gateway' ? {} : { trafficMode }),
  };
}

function peer(association: Association, ours: readonly ApplicationServer[]): SgpPeerConfig[] {
  const { name, remote, local, streams, applicationServers } = association;
  if (remote.host === undefined) return [];
  const served = applicationServers.length > 0 ? applicationServers : ours.map((server) => server.name);
  return [
    {
      name,
      signallingGateway: association.signallingGateway ?? name,
      connect: connection(remote.host, remote.port, local, streams),
      applicationServers: served,
      ...(association.standby ? { standbyFor: served } : {}),
    },
  ];
}

/** Without routes every signalling gateway leads everywhere. */
function routes(signalling: Signalling, associations: readonly Association[]): AspConfig['routes'] {
  if (signalling.routes.length > 0) return signalling.routes;
  const gateways = new Set(associations.map(({ name, signallingGateway }) => signallingGateway ?? name));
  const via = [...gateways].map((signallingGateway) => ({ signallingGateway, priority: 0 }));
  return [{ destination: 'default', via }];
}
