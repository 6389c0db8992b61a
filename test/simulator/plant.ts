/** An engine in one thread under the simulated network, over M3UA in memory, on virtual time, on stores that outlive the engine. */
import { MemoryDisk, type MemoryStoreOptions } from '../../src/engine/memory-store.ts';
import type { ServiceOptions } from '../../src/engine/parts.ts';
import type { SingleThreadEngine } from '../../src/engine/single-thread.ts';
import { partitionsOfShard } from '../../src/engine/wiring.ts';
import type { SmscConfig } from '../../src/gateway/smpp/smsc-client.ts';
import { SimulatedNetwork } from '../../src/simulator/network.ts';
import type { NetworkTrouble, SimulatedNetworkOptions } from '../../src/simulator/network-options.ts';
import { isProvisioned, type Person, profileOf } from '../../src/simulator/person.ts';
import { defaultPlan, type NetworkPlan } from '../../src/simulator/plan.ts';
import type { Scenario } from '../../src/simulator/scenario.ts';
import type { SmscBehaviour } from '../../src/simulator/smsc/behaviour.ts';
import type { EngineClock } from '../../src/simulator/wall-clock.ts';
import { MemoryNetwork } from '../../src/stack/sctp/memory.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { silentLog } from '../../src/types/log.ts';
import type { Profile } from '../../src/types/model/profile.ts';
import { SeededRandom } from '../../src/types/random.ts';
import { STEP_SMOOTHED_MAX_MS } from '../../src/types/steady-clock.ts';
import { TimingWheel } from '../../src/types/timing-wheel.ts';
import {
  type EngineMeddling,
  EngineProcess,
  type EngineProcessOptions,
  type Part,
} from './engine-process.ts';
import { SmppWire } from './smpp-wire.ts';

/** 2026-06-01T21:50Z: a little before midnight in Europe, so that notices speak of yesterday. */
const START_MS = 1_780_350_600_000;
const SHARDS_DEFAULT = 2;
/** As the supervisor of threads has them (`defaultThreadLimits`). */
const PAUSE_MS = 50;
const PAUSE_MAX_MS = 5_000;
/** A message may have to wait for so long where the way is cut, or the engine gone (RFC 4666 §4.3.2: T(r)). */
const ON_ITS_WAY_MAX_MS = 2_500;
/** No coarser than the slack with which the judge compares times. */
const SMOOTHED_GRAIN_MS = 10_000;
/** Where an engine that comes back under its old address connects from. */
const LOCAL_PORT = 2906;

export interface PlantOptions
  extends EngineMeddling,
    Pick<
      EngineProcessOptions,
      | 'service'
      | 'tcapLimits'
      | 'renderer'
      | 'rings'
      | 'onNotice'
      | 'originatingAddress'
      | 'allLanguages'
      | 'channels'
    > {
  readonly seed: number;
  readonly plan?: Partial<NetworkPlan>;
  readonly people?: readonly Person[];
  readonly scenario?: Scenario;
  /** Default 2. */
  readonly shards?: number;
  /** How long the next commit takes. */
  readonly commitMs?: () => number;
  readonly store?: (shard: number) => Omit<MemoryStoreOptions, 'timers' | 'commitMs'>;
  /** Between the engine and the network; default 1. */
  readonly associations?: number;
  /** A killed engine comes back from its old address and port, so that its associations restart (RFC 9260 §5.2.4.1). */
  readonly sameAddress?: boolean;
  /** Messages of one association keep their order across streams too. */
  readonly inOrder?: boolean;
  /** Octets that may wait for an association. */
  readonly queueOctetsMax?: number;
  /** Of the first life of the signalling part; default 1. */
  readonly firstBootEpoch?: number;
  readonly trouble?: NetworkTrouble;
  /** When it begins; default a little before midnight in Europe. */
  readonly beginsAtMs?: number;
  readonly tickMs?: SimulatedNetworkOptions['tickMs'];
  /** Notices go to a message centre that behaves so; absent: to the handsets. */
  readonly smsc?: SmscBehaviour;
  /** What the engine is told of it. */
  readonly smscConfig?: Partial<SmscConfig>;
  readonly onMissed?: SimulatedNetworkOptions['onMissed'];
  readonly enquiries?: SimulatedNetworkOptions['enquiries'];
  /** What the engine is told that a person has ordered; default all of it. */
  readonly profileOf?: (person: Person) => Profile;
}

export class Plant {
  readonly timers = new TimingWheel();
  /** Of the network. */
  readonly clock = { now: () => this.#beginsAtMs + this.timers.now(), monotonic: () => this.timers.now() };
  readonly counters = new CountersMap();
  readonly networkCounters = new CountersMap();
  readonly plan: NetworkPlan;
  readonly network: SimulatedNetwork;
  readonly disks: readonly MemoryDisk[];
  /** By how much the engine's wall clock is ahead of the network's. */
  clockAheadMs = 0;
  readonly engineClock: EngineClock = {
    timesAt: (atMs) => {
      const before = this.#steps.findLast(({ sinceMs }) => sinceMs < atMs);
      const since = this.#steps.filter(
        ({ sinceMs }) => sinceMs >= atMs && sinceMs <= atMs + ON_ITS_WAY_MAX_MS,
      );
      const ahead = [before?.aheadMs ?? 0, ...since.map(({ aheadMs }) => aheadMs)];
      const smoothed = ahead.flatMap((aheadMs) => [...this.#smoothed(atMs, aheadMs)]);
      return [...ahead, ...smoothed].map((aheadMs) => atMs + aheadMs);
    },
    latestMs: (nowMs) => Math.max(this.#latestMs, nowMs + this.clockAheadMs) + STEP_SMOOTHED_MAX_MS,
  };
  #latestMs = 0;
  /** To the message centre. */
  readonly smpp: SmppWire | undefined;
  process: EngineProcess | undefined;
  #lastProcess: EngineProcess | undefined;
  /** Something is about to be checked after every turn. */
  onTurn: (() => void) | undefined;
  readonly #options: PlantOptions;
  readonly #beginsAtMs: number;
  readonly #deferred: (() => void)[] = [];
  readonly #memory: MemoryNetwork;
  readonly #deaths = new Map<Part, number>();
  #incarnation = 0;
  #bootEpoch: number;
  #nodes: readonly string[] = [];
  /** Since when the engine's clock is ahead by how much; times of the network's clock. */
  readonly #steps: { readonly sinceMs: number; readonly aheadMs: number; readonly beforeMs: number }[] = [];

  constructor(options: PlantOptions) {
    this.#options = options;
    this.#beginsAtMs = options.beginsAtMs ?? START_MS;
    this.#bootEpoch = options.firstBootEpoch ?? 1;
    this.plan = { ...defaultPlan, listen: { host: 'network', port: 2905 }, ...options.plan };
    this.#memory = new MemoryNetwork({
      defer: (callback) => void this.#deferred.push(callback),
      ...(options.inOrder === true ? {} : { random: new SeededRandom(options.seed + 1) }),
      ...(options.queueOctetsMax === undefined ? {} : { queueOctetsMax: options.queueOctetsMax }),
    });
    const shards = options.shards ?? SHARDS_DEFAULT;
    this.disks = Array.from(
      { length: shards },
      (_, shard) => new MemoryDisk(partitionsOfShard(shard, shards)),
    );
    const { people, scenario, trouble, onMissed, smsc, enquiries } = options;
    this.network = new SimulatedNetwork({
      plan: this.plan,
      sctp: this.#memory.port('network'),
      clock: this.clock,
      timers: this.timers,
      random: new SeededRandom(options.seed),
      counters: this.networkCounters,
      log: silentLog,
      ...(people === undefined ? {} : { people }),
      ...(scenario === undefined ? {} : { scenario }),
      ...(trouble === undefined ? {} : { trouble }),
      ...(onMissed === undefined ? {} : { onMissed }),
      ...(smsc === undefined ? {} : { smsc }),
      ...(enquiries === undefined ? {} : { enquiries }),
      ...(options.tickMs === undefined ? {} : { tickMs: options.tickMs }),
    });
    const { centre } = this.network;
    if (centre !== undefined)
      this.smpp = new SmppWire(
        (callback) => void this.#deferred.push(callback),
        (connection) => centre.session(connection),
      );
  }

  get engine(): SingleThreadEngine | undefined {
    return this.process?.engine;
  }

  /** The network listens, the engine starts, knows its subscribers, and connects. */
  async start(): Promise<void> {
    const listening = this.network.start();
    this.run(1);
    await Promise.resolve();
    this.run(1);
    await listening;
    this.startEngine();
    let ordered = 0;
    for (const person of this.network.people.filter(isProvisioned)) {
      const { number } = person;
      const profile = this.#options.profileOf?.(person) ?? profileOf(person);
      ordered++;
      const order = () =>
        this.engine?.commands.command(number, { kind: 'set-profile', profile }, () => ordered--);
      while (order() === 0) this.run(1);
      this.run(1);
    }
    this.run(50);
    while (ordered > 0) this.run(10);
  }

  /** What bounds the engine. */
  get limits(): ServiceOptions {
    return (this.process ?? this.#lastProcess)!.limits;
  }

  /** The engine's wall clock was set: from now on it shows `clockAheadMs` more than the network's. */
  stepClock(byMs: number): void {
    this.#latestMs = this.engineClock.latestMs(this.clock.now());
    const beforeMs = this.clockAheadMs;
    this.clockAheadMs += byMs;
    this.#steps.push({ sinceMs: this.clock.now(), aheadMs: this.clockAheadMs, beforeMs });
  }

  /** @throws OperatingError what a shard finds wrong with its store; then no engine runs */
  startEngine(disks = this.disks): void {
    const { commitMs, sameAddress, associations, store } = this.#options;
    this.#incarnation++;
    const name = sameAddress === true ? 'engine' : `engine-${this.#incarnation}`;
    this.#nodes = Array.from({ length: associations ?? 1 }, (_, index) => `${name}.${index}`);
    this.#deaths.clear();
    this.process = new EngineProcess({
      ...this.#options,
      memory: this.#memory,
      plan: this.plan,
      disks,
      clock: { now: () => this.clock.now() + this.clockAheadMs, monotonic: () => this.timers.now() },
      timers: this.timers,
      counters: this.counters,
      incarnation: this.#incarnation,
      nextBootEpoch: () => this.#bootEpoch++,
      nodes: this.#nodes,
      ...(sameAddress === true ? { localPort: LOCAL_PORT } : {}),
      store: (shard) => ({ ...store?.(shard), ...(commitMs === undefined ? {} : { commitMs }) }),
      ...(this.smpp === undefined ? {} : { smpp: this.smpp }),
      onDeath: (part) => this.#startLater(part),
    });
    this.#lastProcess = this.process;
  }

  /**
   * The engine's process is killed: what was not durable is gone, and its associations with it. The network is told at once,
   * or finds out.
   */
  killEngine(survive = 0, isSeen = true): void {
    this.process?.kill(survive);
    if (isSeen) this.loseAssociation();
    for (const node of this.#nodes) this.#memory.restart(node);
    this.process = undefined;
  }

  /** The thread of a part dies, and is started anew by its supervisor. */
  killPart(part: Part, survive = 0): void {
    if (this.engine?.isRunning(part) !== true) return;
    this.process?.killPart(part, survive);
    this.#startLater(part);
  }

  /** The engine and the network give one another up, and the engine connects again. */
  loseAssociation(index?: number): void {
    for (const [at, node] of this.#nodes.entries())
      if (index === undefined || at === index) this.#memory.lose('network', node);
  }

  /** What goes between the engine and the network waits, until `heal`. */
  cut(): void {
    for (const node of this.#nodes) this.#memory.partition('network', node);
  }

  heal(): void {
    for (const node of this.#nodes) this.#memory.heal('network', node);
  }

  /** The network reads nothing of what the engine sends, until `goOnTaking`. */
  stopTaking(): void {
    for (const node of this.#nodes) this.#memory.setReading('network', node, false);
  }

  goOnTaking(): void {
    for (const node of this.#nodes) this.#memory.setReading('network', node, true);
  }

  run(ms: number): void {
    const end = this.timers.now() + ms;
    const deferred = this.#deferred;
    for (;;) {
      for (let work = 1; work > 0; ) {
        work = this.engine?.doWork() ?? 0;
        if (deferred.length > 0) {
          for (const callback of deferred.splice(0)) {
            callback();
            work++;
          }
        }
        if (work > 0) this.onTurn?.();
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
    const dead = this.process?.parts.filter((part) => this.engine?.isRunning(part) === false) ?? [];
    const inHand = {
      ...signalling,
      batches: notifier?.batches ?? 0,
      rendered: notifier?.waiting ?? 0,
      openEffects: sum((shard) => shard.openEffects),
      dirty: sum((shard) => shard.dirty),
      waiting: sum((shard) => shard.waiting),
      commits: sum((shard) => shard.commitsInFlight),
      quarantined: this.counters.values.get('shard.quarantined') ?? 0,
      inQuarantine: this.counters.values.get('shard.in-quarantine') ?? 0,
      dead: dead.length,
    };
    const left = Object.entries(inHand).filter(([, count]) => count !== 0);
    return left.map(([name, count]) => `${name} ${count}`).join(', ');
  }

  /** Lets the network drain. */
  drain(): void {
    this.network.drain();
    while (!this.network.drained) this.run(500);
  }

  /** Near a time that it has shown before, the clock may be ahead by up to a minute: steps back by little are smoothed. */
  *#smoothed(atMs: number, aheadMs: number): Generator<number> {
    const steps = this.#steps.filter(({ sinceMs }) => sinceMs <= atMs + ON_ITS_WAY_MAX_MS);
    const isNear = steps.some(
      ({ sinceMs, beforeMs }) => Math.abs(sinceMs + beforeMs - (atMs + aheadMs)) <= 2 * STEP_SMOOTHED_MAX_MS,
    );
    if (!isNear) return;
    for (let more = SMOOTHED_GRAIN_MS; more <= STEP_SMOOTHED_MAX_MS; more += SMOOTHED_GRAIN_MS)
      yield aheadMs + more;
  }

  /** With a pause that grows with every death. */
  #startLater(part: Part): void {
    const { process } = this;
    const deaths = this.#deaths.get(part) ?? 0;
    this.#deaths.set(part, deaths + 1);
    const pauseMs = Math.min(PAUSE_MS * 2 ** Math.min(deaths, 10), PAUSE_MAX_MS);
    const start = () => {
      if (this.process === process) process?.startPart(part);
    };
    this.timers.start(pauseMs, { onTimer: start }, 0, 0);
  }
}
