/**
 * A signalling transfer point between an engine and the nodes of a network (ITU-T Q.700 §2.2): a signalling gateway to the
 * engine's ASPs on one side, and on the other an ASP in the engine's stead. Several of them, each in a process of its own,
 * stand before one network, so that one can be lost. What passes is not looked into.
 *
 *     engine ──ASP ⇄ SGP── STP ──ASP ⇄ SGP── network
 */
import { M3uaAsp } from '../stack/m3ua/asp.ts';
import type { MtpTransfer, MtpUser } from '../stack/m3ua/mtp.ts';
import { M3uaSgp } from '../stack/m3ua/sgp.ts';
import type { M3uaSnapshot, M3uaStateChange } from '../stack/m3ua/snapshot.ts';
import type { SctpConnectOptions, SctpListenOptions, SctpPort } from '../stack/sctp/port.ts';
import type { Counters } from '../types/counters.ts';
import type { Log } from '../types/log.ts';
import type { Timers } from '../types/timers.ts';

export interface TransferPointConfig {
  readonly listen: SctpListenOptions;
  readonly connect: SctpConnectOptions;
  /** Point codes of the network behind it. */
  readonly networkPointCodes: readonly number[];
  /** Of the engine, whose traffic it carries. */
  readonly enginePointCode: number;
  readonly routingContext: number;
}

export interface TransferPointOptions {
  readonly config: TransferPointConfig;
  readonly sctp: SctpPort;
  readonly timers: Timers;
  readonly counters: Counters;
  readonly log: Log;
}

/** SCCP, and ISUP (ITU-T Q.704 §14.2.1). */
const SERVICE_INDICATORS = [3, 5] as const;
/** A lost neighbour is found by its silence. */
const TIMES = {
  heartbeatMs: 500,
  heartbeatMissesMax: 4,
  reconnectMinMs: 100,
  reconnectMaxMs: 1_000,
} as const;

export class SignallingTransferPoint {
  readonly #sgp: M3uaSgp;
  readonly #asp: M3uaAsp;
  readonly #config: TransferPointConfig;
  readonly #counters: Counters;
  /** The engine is behind us: only then the network may send by this way. */
  #engineActive = false;

  constructor(options: TransferPointOptions) {
    const { config, counters } = options;
    const { enginePointCode, networkPointCodes, routingContext } = config;
    this.#config = config;
    this.#counters = counters;
    this.#sgp = new M3uaSgp({
      ...options,
      config: {
        listen: config.listen,
        localPointCodes: networkPointCodes,
        applicationServers: [
          { name: 'engine', pointCodes: [enginePointCode], routingContext, trafficMode: 'override' },
        ],
        times: TIMES,
      },
      onStateChange: (change) => this.#onEngineChange(change),
    });
    this.#asp = new M3uaAsp({
      ...options,
      config: {
        // All of them serve the engine's point code at the network: it shares its traffic among them.
        applicationServers: [
          { name: 'engine', pointCodes: [enginePointCode], routingContext, trafficMode: 'loadshare' },
        ],
        peers: [{ name: 'network', signallingGateway: 'network', connect: config.connect }],
        routes: [{ destination: 'default', via: [{ signallingGateway: 'network', priority: 0 }] }],
        auditOnActivation: false,
        times: TIMES,
      },
      onStateChange: (change) => this.#onNetworkChange(change),
    });
    for (const si of SERVICE_INDICATORS) {
      this.#asp.bind(
        si,
        this.#user((transfer) => this.#sgp.transfer(transfer)),
      );
      for (const pointCode of networkPointCodes)
        this.#sgp.service(pointCode).bind(
          si,
          this.#user((transfer) => this.#asp.transfer(transfer)),
        );
    }
  }

  /** Returns the port in use. */
  async start(): Promise<number> {
    this.#setNetworkAvailable(false);
    const port = await this.#sgp.start();
    this.#asp.inactivate();
    this.#asp.start();
    return port;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.#asp.stop(resolve));
    await this.#sgp.stop();
  }

  snapshot(): { readonly engine: M3uaSnapshot; readonly network: M3uaSnapshot } {
    return { engine: this.#sgp.snapshot(), network: this.#asp.snapshot() };
  }

  #user(pass: (transfer: MtpTransfer) => boolean): MtpUser {
    return {
      onTransfer: (transfer) => {
        this.#counters.count(pass(transfer) ? 'simulator.stp.passed' : 'simulator.stp.dropped');
      },
      onPause: () => undefined,
      onResume: () => undefined,
      onStatus: () => undefined,
    };
  }

  #onEngineChange({ kind, to }: M3uaStateChange): void {
    if (kind !== 'as') return;
    const active = to === 'AS-ACTIVE';
    if (active === this.#engineActive) return;
    this.#engineActive = active;
    if (active) this.#asp.activate();
    else this.#asp.inactivate();
  }

  /** Without the network behind us the engine is told to take another way (RFC 4666 §4.5.1). */
  #onNetworkChange({ kind, to }: M3uaStateChange): void {
    if (kind === 'association') this.#setNetworkAvailable(to === 'UP');
  }

  #setNetworkAvailable(available: boolean): void {
    for (const pointCode of this.#config.networkPointCodes) this.#sgp.setAvailable(pointCode, available);
  }
}
