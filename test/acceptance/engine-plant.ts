/**
 * The whole engine in its threads, over real SCTP on loopback, and in front of it a signalling gateway with one node behind
 * it that says exactly what a test wants: SCCP messages as they were captured.
 */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { machineClock } from '../../src/adapters/clock.ts';
import { Engine } from '../../src/adapters/engine/engine.ts';
import type { PartReport } from '../../src/adapters/engine/reports.ts';
import { TcpSctpPort } from '../../src/adapters/sctp/tcp.ts';
import { UdpSctpPort } from '../../src/adapters/sctp/udp/port.ts';
import { PartHost } from '../../src/adapters/threads/part-host.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Config } from '../../src/config/schema/config.ts';
import { M3uaIpsp } from '../../src/stack/m3ua/ipsp.ts';
import type { MtpService, MtpTransfer, MtpUser } from '../../src/stack/m3ua/mtp.ts';
import { M3uaSgp } from '../../src/stack/m3ua/sgp.ts';
import type { M3uaSnapshot } from '../../src/stack/m3ua/snapshot.ts';
import { decodeMessage as decodeSccp, type SccpMessage } from '../../src/stack/sccp/message.ts';
import type { SctpPort } from '../../src/stack/sctp/port.ts';
import { decodeMessage as decodeTcap, type TcapMessage } from '../../src/stack/tcap/message.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { silentLog } from '../../src/types/log.ts';
import { SeededRandom } from '../../src/types/random.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { DamagingPort } from './damaging-port.ts';

export type Transport = 'tcp' | 'sctp-udp';

/** What the engine has in front of it: a signalling gateway, or an IPSP with single or double exchange. */
export type Front = 'sgp' | 'single' | 'double';

/** Point codes, routing context and global title as the captured CAMEL calls have them. */
export const ENGINE = { pointCode: 2, routingContext: 100, globalTitle: '1912345678' } as const;
export const PEER = { pointCode: 1, globalTitle: '1987654321' } as const;

export interface Answer {
  readonly sccp: SccpMessage;
  readonly tcap: TcapMessage;
}

export function engineConfig(
  transport: Transport | 'memory',
  port: number,
  dataDirectory: string,
  front: Front = 'sgp',
): Config {
  const ours = `{ name: callwake, routingContext: ${ENGINE.routingContext} }`;
  const remote = `remote: { host: 127.0.0.1, port: ${port} }`;
  const theirs = `{ name: peer, routingContext: ${peerContext(front)}, pointCodes: [${PEER.pointCode}] }`;
  const loaded = loadConfig(`
node: { dataDirectory: ${dataDirectory} }
signalling:
  transport: ${transport}
  localPointCode: ${ENGINE.pointCode}
  times: { retryMs: 500, reconnectMinMs: 100, reconnectMaxMs: 500 }
  applicationServers: [${front === 'sgp' ? ours : `${ours}, ${theirs}`}]
  associations:
    - { name: stp, ${remote}${front === 'sgp' ? '' : `, role: ipsp, exchange: ${front}, peerApplicationServers: [peer]`} }
sccp:
  translations: [{ digits: '*', targets: [{ pointCode: ${PEER.pointCode} }] }]
map: { serviceCentreNumber: '+${ENGINE.globalTitle}' }
shards: { count: 1 }
store: { mapSizeOctets: 16777216 }
log: { level: silent }
`);
  assert.ok(loaded.ok, JSON.stringify(loaded));
  return loaded.config;
}

/** With single exchange both ends have the same routing context. */
const peerContext = (front: Front): number =>
  front === 'single' ? ENGINE.routingContext : ENGINE.routingContext + 1;

export function sctpPort(transport: Transport, counters: CountersMap): SctpPort {
  return transport === 'tcp'
    ? new TcpSctpPort({ counters })
    : new UdpSctpPort({ clock: machineClock, counters });
}

/** Settles when `condition` holds; fails with what did not come. */
export async function until(condition: () => boolean, what: string, withinMs = 20_000): Promise<void> {
  const endMs = performance.now() + withinMs;
  while (!condition()) {
    assert.ok(performance.now() < endMs, `${what} did not come`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

export class EnginePlant implements MtpUser {
  readonly captureFile: string;
  /** What the engine sent since the last `take`. */
  readonly answers: Answer[] = [];
  readonly reports = new Map<string, PartReport>();
  /** What is no TCAP message is let pass: the engine may have been asked to relay it. */
  lenient = false;
  engine!: Engine;
  #stopped = false;
  readonly #folder = temporaryFolder();
  readonly #counters = new CountersMap();
  readonly #host = new PartHost({ clock: machineClock });
  /** Between the gateway and its association with the engine. */
  readonly port: DamagingPort;
  readonly #front: Front;
  readonly #gateway: {
    start(): Promise<number | undefined>;
    stop(): Promise<void>;
    snapshot(): M3uaSnapshot;
    readonly service: MtpService;
  };

  static async start(transport: Transport, seed = 1, front: Front = 'sgp'): Promise<EnginePlant> {
    const plant = new EnginePlant(transport, seed, front);
    await plant.#start(transport);
    return plant;
  }

  private constructor(transport: Transport, seed: number, front: Front) {
    this.#front = front;
    this.captureFile = path.join(this.#folder, 'engine.pcap');
    this.port = new DamagingPort(sctpPort(transport, this.#counters), new SeededRandom(seed), 0);
    this.port.bothWays = false;
    this.port.framed = transport === 'tcp';
    this.#host.run({
      doWork: () => 0,
      drain: () => undefined,
      drained: true,
      close: () => Promise.resolve(),
    });
    const listen = { host: '127.0.0.1', port: 0 };
    const engine = {
      name: 'callwake',
      pointCodes: [ENGINE.pointCode],
      routingContext: ENGINE.routingContext,
    };
    const common = {
      sctp: this.port,
      timers: this.#host.timers,
      counters: this.#counters,
      log: silentLog,
    };
    if (front === 'sgp') {
      const sgp = new M3uaSgp({
        ...common,
        config: { listen, localPointCodes: [PEER.pointCode], applicationServers: [engine] },
      });
      this.#gateway = {
        start: () => sgp.start(),
        stop: () => sgp.stop(),
        snapshot: () => sgp.snapshot(),
        service: sgp.service(PEER.pointCode),
      };
    } else {
      const peer = { name: 'peer', pointCodes: [PEER.pointCode], routingContext: peerContext(front) };
      const ipsp = new M3uaIpsp({
        ...common,
        config: {
          exchange: front,
          listen,
          peers: [],
          localApplicationServers: [peer],
          remoteApplicationServers: [engine],
        },
      });
      this.#gateway = {
        start: () => ipsp.start(),
        stop: () => new Promise((resolve) => ipsp.stop(resolve)),
        snapshot: () => ipsp.snapshot(),
        service: ipsp,
      };
    }
    this.#gateway.service.bind(3, this);
  }

  async #start(transport: Transport): Promise<void> {
    const port = (await this.#gateway.start()) ?? 0;
    this.engine = await Engine.start({
      config: engineConfig(transport, port, path.join(this.#folder, 'data'), this.#front),
      log: silentLog,
      captureFile: this.captureFile,
      onReport: (part, report) => void this.reports.set(part, report),
    });
    await this.active();
  }

  /** Waits until the engine serves its application server. */
  active(): Promise<void> {
    return until(() => this.isActive, 'the application server AS-ACTIVE');
  }

  get isActive(): boolean {
    return this.#gateway.snapshot().applicationServers[0]?.state === 'AS-ACTIVE';
  }

  async subscribe(number: string): Promise<void> {
    const profile = { missedCalls: true, notifyMe: 'off', language: 'en', timeZone: 'UTC' } as const;
    await new Promise<void>((resolve) => {
      assert.ok(this.engine.commands.command(number, { kind: 'set-profile', profile }, resolve));
    });
  }

  /** One SCCP message, as octets. */
  send(data: Uint8Array): void {
    assert.ok(this.offer(data));
  }

  /** False when it was not taken. */
  offer(data: Uint8Array): boolean {
    const { pointCode: dpc } = ENGINE;
    const transfer = { opc: PEER.pointCode, dpc, si: 3, ni: 2, mp: 0, sls: 5, data };
    return this.#gateway.service.transfer(transfer);
  }

  /** Waits for the next TCAP message to this transaction id of ours. */
  async answerTo(transactionId: number): Promise<Answer> {
    const find = () =>
      this.answers.findIndex(({ tcap }) => tcap.destinationTransactionId?.id === transactionId);
    await until(() => find() >= 0, `an answer to transaction ${transactionId.toString(16)}`);
    return this.answers.splice(find(), 1)[0]!;
  }

  counter(name: string): number {
    return this.engine.countersNow().get(name) ?? 0;
  }

  /** Waits until a counter of the engine has been raised above `before`. */
  async counted(name: string, before = 0): Promise<void> {
    await until(() => this.counter(name) > before, `a count of ${name}`);
  }

  /** Waits until the engine has counted anything at all more than `before`. */
  async countedMore(before: number): Promise<void> {
    await until(
      () => [...this.engine.countersNow().values()].reduce((sum, count) => sum + count, 0) > before,
      'a count',
    );
  }

  /** Whether the engine stopped in order. */
  async stop(): Promise<boolean> {
    if (this.#stopped) return true;
    this.#stopped = true;
    const inOrder = await this.engine.stop();
    await this.#gateway.stop();
    await this.port.close();
    await this.#host.stop(0);
    return inOrder;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  onTransfer(transfer: MtpTransfer): void {
    const sccp = decodeSccp(transfer.data.slice());
    assert.ok(sccp.ok, `the engine sent SCCP that cannot be decoded: ${hex(transfer.data)}`);
    if (sccp.value.called.ssn === 1) return;
    const tcap = decodeTcap(sccp.value.data);
    if (!tcap.ok && this.lenient) return;
    assert.ok(tcap.ok, `the engine sent TCAP that cannot be decoded: ${hex(sccp.value.data)}`);
    this.answers.push({ sccp: sccp.value, tcap: tcap.value });
  }

  onPause(): void {
    // There is one way only.
  }

  onResume(): void {
    // There is one way only.
  }

  onStatus(): void {
    // Nothing is congested.
  }
}

export const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');
