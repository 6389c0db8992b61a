/** An engine in one thread under the simulated network, over M3UA in memory, on virtual time, on stores that outlive the engine. */
import { builtInTemplateFile, loadTemplateFiles } from '../../src/adapters/notifier/template-files.ts';
import { MemoryDisk, MemoryStore } from '../../src/engine/memory-store.ts';
import { SingleThreadEngine } from '../../src/engine/single-thread.ts';
import { partitionsOfShard } from '../../src/engine/wiring.ts';
import { Zones } from '../../src/notice/zones.ts';
import { SimulatedNetwork } from '../../src/simulator/network.ts';
import { isProvisioned, type Person } from '../../src/simulator/person.ts';
import { defaultPlan, type NetworkPlan } from '../../src/simulator/plan.ts';
import type { Scenario } from '../../src/simulator/scenario.ts';
import { M3uaAsp } from '../../src/stack/m3ua/asp.ts';
import { Sccp } from '../../src/stack/sccp/sccp.ts';
import type { SccpService } from '../../src/stack/sccp/service.ts';
import { MemoryNetwork } from '../../src/stack/sctp/memory.ts';
import type { SctpPort } from '../../src/stack/sctp/port.ts';
import { addressOf } from '../../src/stack/sms/address.ts';
import type { TcapService } from '../../src/stack/tcap/service.ts';
import { Tcap } from '../../src/stack/tcap/tcap.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { silentLog } from '../../src/types/log.ts';
import type { Store } from '../../src/types/ports/store.ts';
import { SeededRandom } from '../../src/types/random.ts';
import { TimingWheel } from '../../src/types/timing-wheel.ts';
import { serviceOptions } from '../engine/pocket-plant.ts';

const START_MS = Date.UTC(2026, 5, 1, 21, 50);
const SHARDS_DEFAULT = 2;

const originatingAddress = addressOf('Callwake');
const templates = loadTemplateFiles([builtInTemplateFile]);

export interface PlantOptions {
  readonly seed: number;
  readonly plan?: Partial<NetworkPlan>;
  readonly people?: readonly Person[];
  readonly scenario?: Scenario;
  /** Default 2. */
  readonly shards?: number;
  /** How long the next commit takes. */
  readonly commitMs?: () => number;
  /** Stands between the engine's shards and the disk that outlives it. */
  readonly meddleStore?: (store: MemoryStore, disk: MemoryDisk) => Store;
  /** Stands between the engine and its TCAP. */
  readonly meddle?: (tcap: TcapService) => TcapService;
  /** Stands between the engine's TCAP and its SCCP. */
  readonly meddleSccp?: (sccp: SccpService) => SccpService;
  /** Stands between the engine's M3UA and its association. */
  readonly meddleBelow?: (port: SctpPort) => SctpPort;
}

export class Plant {
  readonly timers = new TimingWheel();
  readonly clock = { now: () => START_MS + this.timers.now(), monotonic: () => this.timers.now() };
  readonly counters = new CountersMap();
  readonly networkCounters = new CountersMap();
  readonly plan: NetworkPlan;
  readonly network: SimulatedNetwork;
  engine: SingleThreadEngine | undefined;
  readonly #options: PlantOptions;
  readonly #deferred: (() => void)[] = [];
  readonly #memory: MemoryNetwork;
  readonly #disks: MemoryDisk[];
  #stores: MemoryStore[] = [];
  readonly #shards: number;
  #asp: M3uaAsp | undefined;
  #life = 0;

  constructor(options: PlantOptions) {
    this.#options = options;
    this.plan = { ...defaultPlan, listen: { host: 'network', port: 2905 }, ...options.plan };
    this.#memory = new MemoryNetwork({
      defer: (callback) => void this.#deferred.push(callback),
      random: new SeededRandom(options.seed + 1),
    });
    const shards = options.shards ?? SHARDS_DEFAULT;
    this.#shards = shards;
    this.#disks = Array.from(
      { length: shards },
      (_, shard) => new MemoryDisk(partitionsOfShard(shard, shards)),
    );
    this.network = new SimulatedNetwork({
      plan: this.plan,
      sctp: this.#memory.port('network'),
      clock: this.clock,
      timers: this.timers,
      random: new SeededRandom(options.seed),
      counters: this.networkCounters,
      log: silentLog,
      ...(options.people === undefined ? {} : { people: options.people }),
      ...(options.scenario === undefined ? {} : { scenario: options.scenario }),
    });
  }

  /** The network listens, the engine starts, knows its subscribers, and connects. */
  async start(): Promise<void> {
    const listening = this.network.start();
    this.run(1);
    await Promise.resolve();
    this.run(1);
    await listening;
    this.startEngine();
    for (const person of this.network.people.filter(isProvisioned)) {
      const { number, subscribed, notifyMe, language, timeZone } = person;
      const profile = { missedCalls: subscribed, notifyMe, language, timeZone };
      this.engine?.commands.command(number, { kind: 'set-profile', profile }, () => undefined);
      this.run(1);
    }
    this.run(50);
  }

  startEngine(): void {
    if (!templates.ok || !originatingAddress.ok) throw new Error('the built-in templates are damaged');
    const { timers, clock, counters, plan } = this;
    const { commitMs, meddle, meddleSccp, meddleStore } = this.#options;
    const { pointCodes, numbers, networkIndicator, routingContext } = plan;
    const common = { timers, counters, log: silentLog };
    this.#life++;
    const port = this.#memory.port(this.#node);
    const asp = new M3uaAsp({
      ...common,
      sctp: this.#options.meddleBelow?.(port) ?? port,
      config: {
        applicationServers: [{ name: 'callwake', pointCodes: [pointCodes.callwake], routingContext }],
        peers: [{ name: 'stp', signallingGateway: 'stp', connect: { host: 'network', port: 2905 } }],
        routes: [{ destination: 'default', via: [{ signallingGateway: 'stp', priority: 0 }] }],
      },
    });
    this.#asp = asp;
    const sccp = new Sccp({
      ...common,
      mtp: asp,
      random: new SeededRandom(this.#life),
      config: {
        pointCode: pointCodes.callwake,
        networkIndicator,
        translation: [
          { digits: numbers.serviceCentre, targets: [{ routing: 'ssn' }] },
          { digits: '*', targets: [{ pointCode: pointCodes.stp, routing: 'gt' }] },
        ],
      },
    });
    this.#stores = this.#disks.map(
      (disk) => new MemoryStore(disk, { timers, ...(commitMs === undefined ? {} : { commitMs }) }),
    );
    const tcap = new Tcap({
      sccp: meddleSccp?.(sccp) ?? sccp,
      timers,
      counters,
      node: 1,
      bootEpoch: this.#life,
    });
    const service = serviceOptions(this.#shards);
    this.engine = new SingleThreadEngine({
      service: {
        ...service,
        cap: { ...service.cap, serviceKeys: [plan.serviceKey] },
        delivery: { ...service.delivery, serviceCentre: numbers.serviceCentre },
        gsmScf: numbers.gsmScf,
      },
      lives: { incarnation: this.#life, epoch: 1 },
      clock,
      ...common,
      tcap: meddle?.(tcap) ?? tcap,
      isNetworkUp: () => asp.isActive,
      stores: this.#stores.map((store, index) => meddleStore?.(store, this.#disks[index]!) ?? store),
      templates: templates.files,
      render: { originatingAddress: originatingAddress.value, zones: new Zones() },
      onFatal: (error) => {
        throw error;
      },
    });
    asp.start();
  }

  /** The engine's process is killed: what was not durable is gone, and the network's associations with it. */
  killEngine(survive = 0): void {
    this.engine?.stop();
    for (const store of this.#stores) store.crash(survive);
    this.loseAssociation();
    this.#asp?.stop();
    this.engine = undefined;
  }

  /** The engine and the network give one another up, and the engine connects again. */
  loseAssociation(): void {
    this.#memory.lose('network', this.#node);
  }

  /** What goes between the engine and the network waits, until `heal`. */
  cut(): void {
    this.#memory.partition('network', this.#node);
  }

  heal(): void {
    this.#memory.heal('network', this.#node);
  }

  get #node(): string {
    return `engine-${this.#life}`;
  }

  run(ms: number): void {
    const end = this.timers.now() + ms;
    for (;;) {
      for (let work = 1; work > 0; ) {
        work = this.engine?.doWork() ?? 0;
        for (const callback of this.#deferred.splice(0)) {
          callback();
          work++;
        }
      }
      const next = this.timers.nextDeadlineMs();
      if (next > end) break;
      this.timers.advance(next);
    }
    this.timers.advance(end);
  }

  /** Lets `count` things happen of what can happen now, and leaves it there. */
  turns(count: number): void {
    for (let turn = 0; turn < count; turn++) {
      this.engine?.doWork();
      this.#deferred.shift()?.();
    }
  }

  /** What the engine still has in hand, in words; empty when it is at rest. */
  unrest(): string {
    if (this.engine === undefined) return '';
    const { signalling, notifier, shards } = this.engine.status;
    const sum = (of: (shard: (typeof shards)[number]) => number) =>
      shards.reduce((total, shard) => total + of(shard), 0);
    const inHand = {
      ...signalling,
      batches: notifier.batches,
      rendered: notifier.waiting,
      openEffects: sum((shard) => shard.openEffects),
      dirty: sum((shard) => shard.dirty),
      waiting: sum((shard) => shard.waiting),
      commits: sum((shard) => shard.commitsInFlight),
      quarantined: this.counters.values.get('shard.quarantined') ?? 0,
      inQuarantine: this.counters.values.get('shard.in-quarantine') ?? 0,
    };
    const left = Object.entries(inHand).filter(([, count]) => count !== 0);
    return left.map(([name, count]) => `${name} ${count}`).join(', ');
  }

  /** Lets the network drain. */
  drain(): void {
    this.network.drain();
    while (!this.network.drained) this.run(500);
  }
}
