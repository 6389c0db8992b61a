import { M3uaAsp } from '../../src/stack/m3ua/asp.ts';
import type { AspConfig, IpspConfig, SgpConfig } from '../../src/stack/m3ua/configuration.ts';
import { M3uaIpsp } from '../../src/stack/m3ua/ipsp.ts';
import type { ManagementIndication } from '../../src/stack/m3ua/management.ts';
import type { MtpTransfer, MtpUser } from '../../src/stack/m3ua/mtp.ts';
import { M3uaSgp } from '../../src/stack/m3ua/sgp.ts';
import { silentLog } from '../../src/types/log.ts';
import { M3uaTester } from './m3ua-tester.ts';
import { VirtualNetwork } from './virtual-network.ts';

export const octetsOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

/** An MTP3 user that writes down what it hears: `100>1 aabb`, `pause 1`, `congestion 1 2`. */
export class RecordingUser implements MtpUser {
  readonly heard: string[] = [];
  onTransfer(one: MtpTransfer): void {
    this.heard.push(`${one.opc}>${one.dpc} ${Buffer.from(one.data).toString('hex')}`);
  }
  onPause(pointCode: number): void {
    this.heard.push(`pause ${pointCode}`);
  }
  onResume(pointCode: number): void {
    this.heard.push(`resume ${pointCode}`);
  }
  onStatus(pointCode: number, cause: string, level: number): void {
    this.heard.push(`${cause} ${pointCode} ${level}`);
  }
  take(): string[] {
    return this.heard.splice(0);
  }
}

export const transfer = (opc: number, dpc: number, data: string, sls = 0): MtpTransfer => ({
  opc,
  dpc,
  si: 3,
  ni: 2,
  mp: 0,
  sls,
  data: octetsOf(data),
});

export const SGP_BASE: SgpConfig = {
  listen: { host: 'sg', port: 2905 },
  localPointCodes: [1],
  applicationServers: [
    { name: 'as-1', pointCodes: [100], routingContext: 10 },
    { name: 'as-2', pointCodes: [200], routingContext: 20 },
  ],
  times: { heartbeatMs: 0, recoveryMs: 2000 },
};

/** An SGP that listens, and testers in the role of ASPs connected to it. */
export async function sgpPlant(config: Partial<SgpConfig> = {}, asps = 1, queueOctetsMax?: number) {
  const virtual = new VirtualNetwork(queueOctetsMax === undefined ? {} : { queueOctetsMax });
  const indications: ManagementIndication[] = [];
  const sgp = new M3uaSgp({
    config: { ...SGP_BASE, ...config },
    sctp: virtual.network.port('sg'),
    timers: virtual.timers,
    counters: virtual.counters,
    log: silentLog,
    onManagement: (indication) => indications.push(indication),
  });
  await sgp.start();
  const user = new RecordingUser();
  sgp.service(1).bind(3, user);
  user.take();
  const testers = Array.from({ length: asps }, (_, index) => {
    const tester = new M3uaTester();
    virtual.network.port(`asp-${index}`).connect({ host: 'sg', port: 2905, localPort: 5000 }, tester);
    return tester;
  });
  virtual.run();
  const exchange = (tester: M3uaTester): string[] => {
    virtual.run();
    return tester.take();
  };
  /** ASP Up and ASP Active for one routing context or all; what came is forgotten. */
  const activate = (tester: M3uaTester, routingContext?: number): void => {
    tester.say('ASP Up', {});
    tester.say('ASP Active', routingContext === undefined ? {} : { routingContext: [routingContext] });
    exchange(tester);
  };
  const service = sgp.service(1);
  return {
    virtual,
    sgp,
    service,
    user,
    testers,
    asp: testers[0]!,
    second: testers[1]!,
    exchange,
    activate,
    indications,
  };
}

export const ASP_BASE: AspConfig = {
  applicationServers: [{ name: 'as-1', pointCodes: [100], routingContext: 10, trafficMode: 'loadshare' }],
  peers: [{ name: 'sgp-0', signallingGateway: 'sg', connect: { host: 'sg-0', port: 2905 } }],
  routes: [{ destination: 1, via: [{ signallingGateway: 'sg', priority: 0 }] }],
  auditOnActivation: false,
  times: { heartbeatMs: 0, ackMs: 2000, ackTriesMax: 3, retryMs: 10_000 },
};

/** An ASP, and testers in the role of SGPs that it connects to. */
export async function aspPlant(config: Partial<AspConfig> = {}, sgps = 1, queueOctetsMax?: number) {
  const virtual = new VirtualNetwork(queueOctetsMax === undefined ? {} : { queueOctetsMax });
  const testers: M3uaTester[] = [];
  for (let index = 0; index < sgps; index++) {
    const tester = new M3uaTester();
    await virtual.network.port(`sg-${index}`).listen({ host: `sg-${index}`, port: 2905 }, tester);
    testers.push(tester);
  }
  const indications: ManagementIndication[] = [];
  const asp = new M3uaAsp({
    config: { ...ASP_BASE, ...config },
    sctp: virtual.network.port('asp'),
    timers: virtual.timers,
    counters: virtual.counters,
    log: silentLog,
    onManagement: (indication) => indications.push(indication),
  });
  const user = new RecordingUser();
  asp.bind(3, user);
  user.take();
  asp.start();
  virtual.run();
  const exchange = (tester: M3uaTester): string[] => {
    virtual.run();
    return tester.take();
  };
  /** Answers ASP Up and ASP Active; what came is forgotten. */
  const activate = (tester: M3uaTester): void => {
    tester.say('ASP Up Ack', {});
    virtual.run();
    tester.say('ASP Active Ack', {});
    exchange(tester);
    user.take();
  };
  const states = (): string[] =>
    asp.snapshot().associations.flatMap(({ traffic }) => traffic.map(({ state }) => state));
  return { virtual, asp, user, testers, sgp: testers[0]!, exchange, activate, states, indications };
}

/** Two IPSPs: A with the point code 100 and routing context 10, B with 200 and, with double exchange, 20. */
export function ipspConfig(
  side: 'a' | 'b',
  exchange: IpspConfig['exchange'],
  config: Partial<IpspConfig> = {},
): IpspConfig {
  const a = { name: 'as-a', pointCodes: [100], routingContext: 10 };
  const b = { name: 'as-b', pointCodes: [200], routingContext: exchange === 'single' ? 10 : 20 };
  return {
    exchange,
    localApplicationServers: [side === 'a' ? a : b],
    remoteApplicationServers: [side === 'a' ? b : a],
    peers: side === 'a' ? [{ name: 'b', connect: { host: 'b', port: 2905, localPort: 5000 } }] : [],
    ...(side === 'b' ? { listen: { host: 'b', port: 2905 } } : {}),
    times: { heartbeatMs: 0, ackMs: 2000, ackTriesMax: 3, retryMs: 10_000, recoveryMs: 2000 },
    ...config,
  };
}

export function ipsp(virtual: VirtualNetwork, host: string, config: IpspConfig) {
  const indications: ManagementIndication[] = [];
  const endpoint = new M3uaIpsp({
    config,
    sctp: virtual.network.port(host),
    timers: virtual.timers,
    counters: virtual.counters,
    log: silentLog,
    onManagement: (indication) => indications.push(indication),
  });
  const user = new RecordingUser();
  endpoint.bind(3, user);
  user.take();
  return { endpoint, user, indications };
}

/** An IPSP that listens (side b), and testers that connect to it. */
export async function ipspPlant(
  exchange: IpspConfig['exchange'],
  config: Partial<IpspConfig> = {},
  testersCount = 1,
) {
  const virtual = new VirtualNetwork();
  const { endpoint, user, indications } = ipsp(virtual, 'b', ipspConfig('b', exchange, config));
  await endpoint.start();
  const testers = Array.from({ length: testersCount }, (_, index) => {
    const tester = new M3uaTester();
    virtual.network.port(`a-${index}`).connect({ host: 'b', port: 2905, localPort: 5000 }, tester);
    return tester;
  });
  virtual.run();
  const exchangeWith = (tester: M3uaTester): string[] => {
    virtual.run();
    return tester.take();
  };
  return {
    virtual,
    endpoint,
    user,
    indications,
    testers,
    tester: testers[0]!,
    second: testers[1]!,
    exchange: exchangeWith,
  };
}
