/**
 * The engine's process as the plant runs it: its parts in one thread, M3UA over associations in memory, stores on disks that
 * outlive it. Whole, or a part of it, it dies when the plant says so, and is started anew as its supervisor would.
 */
import {
  builtInTemplateFile,
  builtInTemplateFiles,
  loadTemplateFiles,
} from '../../src/adapters/notifier/template-files.ts';
import { type MemoryDisk, MemoryStore, type MemoryStoreOptions } from '../../src/engine/memory-store.ts';
import type { ServiceOptions } from '../../src/engine/parts.ts';
import { latestEventMs } from '../../src/engine/shard/latest-event.ts';
import { SingleThreadEngine, type SingleThreadOptions } from '../../src/engine/single-thread.ts';
import { type PartName, shardIndexes } from '../../src/engine/wiring.ts';
import type { SmscConfig } from '../../src/gateway/smpp/smsc-client.ts';
import { Zones } from '../../src/notice/zones.ts';
import { CENTRE_ACCOUNT } from '../../src/simulator/message-centre.ts';
import type { NetworkPlan } from '../../src/simulator/plan.ts';
import { M3uaAsp } from '../../src/stack/m3ua/asp.ts';
import { Sccp } from '../../src/stack/sccp/sccp.ts';
import type { SccpService } from '../../src/stack/sccp/service.ts';
import type { MemoryNetwork } from '../../src/stack/sctp/memory.ts';
import type { SctpPort } from '../../src/stack/sctp/port.ts';
import { addressOf } from '../../src/stack/sms/address.ts';
import type { TcapLimits } from '../../src/stack/tcap/core.ts';
import type { TcapService } from '../../src/stack/tcap/service.ts';
import { Tcap } from '../../src/stack/tcap/tcap.ts';
import type { Clock } from '../../src/types/clock.ts';
import type { Counters } from '../../src/types/counters.ts';
import { silentLog } from '../../src/types/log.ts';
import type { NoticeResult } from '../../src/types/model/event.ts';
import type { Delivery } from '../../src/types/model/thread.ts';
import type { Store } from '../../src/types/ports/store.ts';
import { SeededRandom } from '../../src/types/random.ts';
import { SteadyClock } from '../../src/types/steady-clock.ts';
import type { Timers } from '../../src/types/timers.ts';
import { serviceOptions } from '../engine/pocket-plant.ts';
import type { SmppWire } from './smpp-wire.ts';

export const english = loadTemplateFiles([builtInTemplateFile]);

export type Part = Exclude<PartName, 'main'>;

/** What is different from a sound engine. */
export interface EngineMeddling {
  /** Stands between the engine's shards and the disk that outlives it. */
  readonly meddleStore?: (store: MemoryStore, disk: MemoryDisk) => Store;
  /** Stands between the engine and its TCAP. */
  readonly meddle?: (tcap: TcapService) => TcapService;
  /** Stands between the engine's TCAP and its SCCP. */
  readonly meddleSccp?: (sccp: SccpService, timers: Timers) => SccpService;
  /** Stands between the engine's M3UA and its association. */
  readonly meddleBelow?: (port: SctpPort) => SctpPort;
  /** What the engine takes for its bounds instead of those that it is given. */
  readonly boundless?: (service: ServiceOptions) => ServiceOptions;
}

export interface EngineProcessOptions extends EngineMeddling {
  readonly memory: MemoryNetwork;
  readonly plan: NetworkPlan;
  readonly disks: readonly MemoryDisk[];
  readonly clock: Clock;
  readonly timers: Timers;
  readonly counters: Counters;
  /** Grows with every process. */
  readonly incarnation: number;
  /** Of the next life of the signalling part. */
  readonly nextBootEpoch: () => number;
  /** What the process is called on the network, one name for each of its associations. */
  readonly nodes: readonly string[];
  /** Where it connects from; absent: from anywhere. */
  readonly localPort?: number;
  readonly store?: (shard: number) => Omit<MemoryStoreOptions, 'timers'>;
  readonly service?: (service: ServiceOptions) => ServiceOptions;
  readonly tcapLimits?: Partial<TcapLimits>;
  readonly renderer?: SingleThreadOptions['renderer'];
  readonly rings?: SingleThreadOptions['rings'];
  /** What came of a notice that went to a handset or a message centre. */
  readonly onNotice?: (delivery: Delivery, outcome: { readonly result: NoticeResult }) => void;
  /** What notices come from, as in the configuration; default a name. */
  readonly originatingAddress?: string;
  /** Templates of all languages are there; default English alone. */
  readonly allLanguages?: boolean;
  /** Notices go to a message centre over it. */
  readonly smpp?: SmppWire;
  readonly smscConfig?: Partial<SmscConfig>;
  /** Opens the channels beside the short message. */
  readonly channels?: SingleThreadOptions['channels'];
  /** A part has died of itself: a store refused a window. */
  readonly onDeath: (part: Part, error: unknown) => void;
}

export class EngineProcess {
  readonly engine: SingleThreadEngine;
  readonly limits: ServiceOptions;
  readonly #options: EngineProcessOptions;
  readonly #stores: MemoryStore[] = [];
  #asp: M3uaAsp | undefined;
  #tcap: Tcap | undefined;

  /** @throws OperatingError what a shard finds wrong with its store */
  constructor(options: EngineProcessOptions) {
    const templates = options.allLanguages === true ? loadTemplateFiles(builtInTemplateFiles()) : english;
    const originatingAddress = addressOf(options.originatingAddress ?? 'Callwake');
    if (!templates.ok || !originatingAddress.ok) throw new Error('the built-in templates are damaged');
    this.#options = options;
    const { plan, disks, incarnation, timers, counters, renderer, rings, onNotice, smpp, channels } = options;
    // As the machine's clock is read, which goes on from what the journals know.
    const clock = new SteadyClock(options.clock);
    for (const disk of disks) clock.notBefore(latestEventMs(new MemoryStore(disk, { timers })));
    const service = serviceOptions(disks.length);
    const planned: ServiceOptions = {
      ...service,
      cap: { ...service.cap, serviceKeys: [plan.serviceKey] },
      delivery: {
        ...service.delivery,
        serviceCentre: plan.numbers.serviceCentre,
        originatingAddress: originatingAddress.value,
      },
      gsmScf: plan.numbers.gsmScf,
    };
    this.limits = options.service?.(planned) ?? planned;
    this.engine = new SingleThreadEngine({
      service: options.boundless?.(this.limits) ?? this.limits,
      incarnation,
      clock,
      timers,
      counters,
      log: silentLog,
      openNetwork: (lifeTimers, admits) => this.#openNetwork(lifeTimers, admits),
      openStore: (shard) => this.#openStore(shard),
      templates: templates.files,
      render: { originatingAddress: originatingAddress.value, zones: new Zones() },
      onFatal: (shard, error) => {
        if (!this.engine.isRunning(`shard-${shard}`)) return;
        this.killPart(`shard-${shard}`, 0);
        options.onDeath(`shard-${shard}`, error);
      },
      ...(renderer === undefined ? {} : { renderer }),
      ...(rings === undefined ? {} : { rings }),
      ...(onNotice === undefined ? {} : { onNotice }),
      ...(channels === undefined ? {} : { channels }),
      ...(smpp === undefined
        ? {}
        : {
            centres: () => ({
              ...centresOver(smpp, incarnation, options.smscConfig),
              ...(onNotice === undefined ? {} : { onNotice }),
            }),
          }),
    });
    // The parts are there: what comes from the network meets them.
    this.#asp?.start();
  }

  get parts(): readonly Part[] {
    return [
      'signalling',
      'notifier',
      ...shardIndexes(this.#options.disks.length).map((shard): Part => `shard-${shard}`),
    ];
  }

  /** How many dialogues the TCAP of the signalling part has at once at most. */
  get dialoguesMax(): number {
    return this.#tcap?.limits.dialoguesMax ?? 0;
  }

  /**
   * The thread of a part dies. Of the last commits of a shard `survive` are on the disk all the same; the associations of the
   * signalling part vanish, and nobody is told.
   */
  killPart(part: Part, survive: number): void {
    if (!this.engine.isRunning(part)) return;
    this.engine.kill(part);
    if (part === 'notifier') return this.#options.smpp?.lose(true);
    if (part !== 'signalling') return this.#stores[Number(part.slice('shard-'.length))]?.crash(survive);
    for (const node of this.#options.nodes) this.#options.memory.restart(node);
    this.#asp = undefined;
    this.#tcap = undefined;
  }

  /** @throws OperatingError what a shard finds wrong with its store */
  startPart(part: Part): void {
    if (this.engine.isRunning(part)) return;
    this.engine.start(part);
    if (part === 'signalling') this.#asp?.start();
  }

  /** The process dies; its associations are the plant's business. */
  kill(survive: number): void {
    this.engine.stop();
    this.#options.smpp?.lose(true);
    for (const store of this.#stores) store.crash(survive);
  }

  #openStore(shard: number): Store {
    const { disks, timers, store: storeOptions, meddleStore } = this.#options;
    const disk = disks[shard]!;
    const store = new MemoryStore(disk, { timers, ...storeOptions?.(shard) });
    this.#stores[shard] = store;
    return meddleStore?.(store, disk) ?? store;
  }

  #openNetwork(timers: Timers, admit: (ssn: number) => boolean) {
    const { memory, plan, counters, nodes, localPort, nextBootEpoch, tcapLimits } = this.#options;
    const { meddle, meddleSccp, meddleBelow } = this.#options;
    const { pointCodes, numbers, networkIndicator, routingContext } = plan;
    const common = { timers, counters, log: silentLog };
    const port = portOver(memory, nodes);
    const bootEpoch = nextBootEpoch();
    const asp = new M3uaAsp({
      ...common,
      sctp: meddleBelow?.(port) ?? port,
      config: {
        applicationServers: [{ name: 'callwake', pointCodes: [pointCodes.callwake], routingContext }],
        peers: nodes.map((node, index) => ({
          name: `stp-${index}`,
          signallingGateway: 'stp',
          connect: {
            host: 'network',
            port: 2905,
            localHost: node,
            ...(localPort === undefined ? {} : { localPort }),
          },
        })),
        routes: [{ destination: 'default', via: [{ signallingGateway: 'stp', priority: 0 }] }],
      },
    });
    const sccp = new Sccp({
      ...common,
      mtp: asp,
      random: new SeededRandom(bootEpoch),
      config: {
        pointCode: pointCodes.callwake,
        networkIndicator,
        translation: [
          { digits: numbers.serviceCentre, targets: [{ routing: 'ssn' }] },
          { digits: '*', targets: [{ pointCode: pointCodes.stp, routing: 'gt' }] },
        ],
      },
    });
    const tcap = new Tcap({
      sccp: meddleSccp?.(sccp, timers) ?? sccp,
      timers,
      counters,
      node: 1,
      bootEpoch,
      admit,
      ...(tcapLimits === undefined ? {} : { limits: tcapLimits }),
    });
    this.#asp = asp;
    this.#tcap = tcap;
    return {
      tcap: meddle?.(tcap) ?? tcap,
      isUp: () => asp.isActive,
      setReading: (reading: boolean) => asp.setReading(reading),
    };
  }
}

/** A node of the network for each association, so that one can be lost and the others not. */
function portOver(memory: MemoryNetwork, nodes: readonly string[]): SctpPort {
  const ports = new Map(nodes.map((node) => [node, memory.port(node)]));
  const [first] = ports.values();
  if (first === undefined) throw new RangeError('an engine has one association at least');
  return {
    listen: (options, user) => first.listen(options, user),
    connect: (options, user) => (ports.get(options.localHost ?? '') ?? first).connect(options, user),
    close: async () => {
      for (const port of ports.values()) await port.close();
    },
  };
}

/** Two links to one message centre. */
function centresOver(port: SmppWire, seed: number, config: Partial<SmscConfig> = {}) {
  const link = (name: string) => ({
    name,
    peer: { host: 'smsc', port: 2775, tls: false },
    bind: {
      ...CENTRE_ACCOUNT,
      mode: 'transceiver' as const,
      systemType: '',
      addressRange: '',
      addrTon: 0,
      addrNpi: 0,
    },
    times: { sessionInitMs: 5_000, enquireLinkMs: 30_000, inactivityMs: 0, responseMs: 10_000 },
    limits: { window: 20, pduOctetsMax: 70_000, queueOctetsMax: 1_000_000 },
    reconnectMs: 500,
    reconnectMaxMs: 5_000,
  });
  const smsc: SmscConfig = {
    name: 'main',
    links: [link('main-0'), link('main-1')],
    concatenation: 'header',
    serviceType: 'VMN',
    validityMs: 3_600_000,
    registeredDelivery: 1,
    source: { ton: 5, npi: 0, address: 'Callwake' },
    destination: { ton: 1, npi: 1 },
    replacesIfPresent: false,
    replaces: true,
    cancels: true,
    prefixes: [],
    submitsPerSecond: 0,
    ...config,
  };
  return { smscs: [smsc], port, random: new SeededRandom(seed) };
}
