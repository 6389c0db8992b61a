/** What the configuration of an engine must say to be under this load. */
import type { NetworkPlan } from './plan.ts';

/** The configuration's sections, as `callwake run` reads them. */
export function engineSections(
  networks: readonly NetworkPlan[],
  dataDirectory: string,
): Record<string, Record<string, unknown>> {
  const plan = networks[0]!;
  const alone = networks.length === 1;
  const gateways = networks.map((network, at) => ({ network, name: alone ? 'load' : `load-${at}` }));
  const associations = gateways.flatMap(({ network, name }) =>
    Array.from({ length: network.associations }, (_, at) => ({
      name: network.associations === 1 ? name : `${name}-${at}`,
      signallingGateway: name,
      remote: { host: network.host, port: network.port },
    })),
  );
  const translations = gateways.flatMap(({ network: { firstSubscriber, mscNumber, peerPointCode } }, at) =>
    alone
      ? [{ digits: '*', targets: [{ pointCode: peerPointCode }] }]
      : [`4915${firstSubscriber / 10_000_000}`, mscNumber.slice(0, 6)].map((digits) => ({
          digits: `${digits}*`,
          targets: [{ pointCode: gateways[at]!.network.peerPointCode }],
        })),
  );
  return {
    node: { dataDirectory },
    signalling: {
      transport: plan.transport,
      localPointCode: plan.enginePointCode,
      queueOctetsMax: 16_777_216,
      times: { reconnectMinMs: 100, reconnectMaxMs: 500 },
      applicationServers: [{ name: 'callwake', routingContext: plan.routingContext }],
      associations,
      ...(alone
        ? {}
        : {
            routes: gateways.map(({ network, name }) => ({
              destination: network.peerPointCode,
              via: [{ signallingGateway: name }],
            })),
          }),
    },
    sccp: { translations },
    map: { serviceCentreNumber: `+${plan.engineNumber}` },
    shards: { count: 1 },
    web: { enabled: false },
    log: { level: 'warn', format: 'json' },
  };
}
