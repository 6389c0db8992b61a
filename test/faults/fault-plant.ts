/**
 * The whole of it as processes: the network in a box, `callwake run`, and a wire between them where a fault needs one. A fault is done
 * while calls go on; then the network lets everybody come back and judges. In the end nothing may be left: no process, no folder, no socket.
 */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { relocatePartitions } from '../../src/adapters/store/relocate-partitions.ts';
import { defaultPlan, type LifePlan, type NetworkTimes, pointCodeText } from '../../src/simulator/plan.ts';
import { SeededRandom } from '../../src/types/random.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { UdpWire } from '../support/udp-wire.ts';
import { type Check, check } from './check.ts';
import { EngineProcess, type Metrics } from './engine-process.ts';
import { judge } from './judgement.ts';
import { leftBehind } from './left-behind.ts';
import { NetworkClient } from './network-client.ts';
import { type NetworkVerdict, sinceEpochMs } from './network-messages.ts';
import { Standstills } from './standstills.ts';

export interface FaultPlantOptions {
  readonly seed: number;
  readonly callsPerSecond?: number;
  readonly people?: number;
  readonly life?: Partial<LifePlan>;
  readonly times?: Partial<NetworkTimes>;
  /** Sections of the configuration of the engine, over those that it has here. */
  readonly config?: Readonly<Record<string, object>>;
  /** Default: it has one, and its metrics are watched. */
  readonly page?: boolean;
  /** Its threads can be hurt. */
  readonly inspected?: boolean;
  readonly oldSpaceMb?: number;
  readonly clockStepMs?: number;
  readonly wire?: boolean;
  /** What the data directory says of starts before (`BootCounter`): the epoch in transaction ids wraps at 128. */
  readonly startsBefore?: number;
  /** The network may be killed: its judge writes down what it hears. */
  readonly judgeOutlives?: boolean;
  /** What must have been told for the fault to have been tried under load. */
  readonly callsToldMin?: number;
  readonly lateMax?: number;
  /** See `JudgementInput`; default 0. */
  readonly answersLateMs?: number;
}

/**
 * Where the way to the engine, or a whole process, stands still for seconds: a report without an answer is proven by a message of the engine
 * only when it must have been sent again before it (RTO.Max is 4 s), else by one that had waited as long as the report.
 */
export const STANDSTILLS = { takenAfterMs: 12_000 } as const;

const SAMPLE_MS = 300;
const PATIENCE_MS = 60_000;
const WEB_STARTED = 'callwake_uptime_seconds';

/** What is open when this process is told to end. */
const open = new Set<FaultPlant>();

process.once('exit', () => {
  for (const plant of open) plant.abandon();
});

export class FaultPlant {
  readonly random: SeededRandom;
  network!: NetworkClient;
  engine!: EngineProcess;
  wire: UdpWire | undefined;
  verdict: NetworkVerdict | undefined;
  /** What is judged by; see `Disturbances`. */
  readonly downs: { fromMs: number; untilMs: number }[] = [];
  readonly deaths: number[] = [];
  /** Alarms that stood, `code subject`. */
  readonly alarms = new Set<string>();
  /** How full each queue was at most, of its bound. */
  readonly fills = new Map<string, number>();
  samples = 0;
  readonly #options: FaultPlantOptions;
  readonly #folder = temporaryFolder();
  readonly #standstills = new Standstills(this.#folder);
  readonly #pids: number[] = [];
  readonly #ports: number[] = [];
  readonly #sampling = new AbortController();
  #sampler: Promise<void> = Promise.resolve();
  #port = 0;

  constructor(options: FaultPlantOptions) {
    this.#options = options;
    this.random = new SeededRandom(options.seed);
    open.add(this);
  }

  get folder(): string {
    return this.#folder;
  }

  get dataDirectory(): string {
    return path.join(this.#folder, 'data');
  }

  /** Until calls go on. */
  async start(): Promise<void> {
    await this.startNetwork();
    if (this.#options.wire === true) this.wire = await UdpWire.start(this.#port, this.random);
    this.#configure();
    const { startsBefore } = this.#options;
    if (startsBefore !== undefined) {
      // What has been started so often has its environments.
      await relocatePartitions({ directory: this.dataDirectory, shardCount: 1 });
      writeFileSync(path.join(this.dataDirectory, 'starts'), `${startsBefore}\n`);
    }
    await this.startEngine();
    await this.network.living;
    await this.isActive();
    if (this.#options.page !== false) this.#sampler = this.#sample();
  }

  async startNetwork(): Promise<void> {
    const { seed, people = 120, callsPerSecond = 40, life, times, judgeOutlives } = this.#options;
    this.network = new NetworkClient({
      port: this.#port,
      seed,
      lifeSeed: this.random.uint32(),
      people: { count: people },
      life: { callsPerSecond, onMs: 8_000, offMs: 3_000, ...life },
      times: times ?? {},
      subscribersFile: path.join(this.#folder, 'subscribers.csv'),
      ...(judgeOutlives === true ? { judgeFile: path.join(this.#folder, 'judge') } : {}),
    });
    this.#remember(this.network.child.pid);
    this.#port = await this.network.listening();
    this.#ports.push(this.#port);
  }

  /** SIGKILL of the network, and another life of it, whose judge knows what the one before knew. */
  async killNetwork(): Promise<void> {
    await this.down(async () => {
      const active = this.engine.words.next(ACTIVE);
      this.died();
      await this.network.kill();
      await this.startNetwork();
      await active;
      await this.network.living;
    });
  }

  /** Its process; it has not started yet. */
  beginEngine(clockStepMs = this.#options.clockStepMs): void {
    const { inspected = false, oldSpaceMb } = this.#options;
    this.engine = new EngineProcess({ config: this.#configFile, inspected, oldSpaceMb, clockStepMs });
    this.#remember(this.engine.child.pid);
  }

  async startEngine(clockStepMs?: number): Promise<void> {
    this.beginEngine(clockStepMs);
    await this.engine.started();
  }

  /** The engine of now serves its application server. */
  async isActive(): Promise<void> {
    await this.engine.words.heard(ACTIVE);
  }

  /** Something is away from now until what `action` returns is done: calls of that time may not be acknowledged. */
  async down<T>(action: () => Promise<T>): Promise<T> {
    const isBack = this.away();
    const result = await action();
    isBack();
    return result;
  }

  /** As `down`, for what begins now and is ended by what is returned. */
  away(): () => void {
    const down = { fromMs: sinceEpochMs(), untilMs: Infinity };
    this.downs.push(down);
    return () => {
      down.untilMs = sinceEpochMs();
    };
  }

  /** Something that does deliveries dies now. */
  died(): void {
    this.deaths.push(sinceEpochMs());
  }

  /** SIGKILL, and another life; `startsMs`: lives before it that are killed so long after they were begun. */
  async killEngine(startsMs: readonly number[] = [], clockStepMs?: number): Promise<void> {
    await this.down(async () => {
      this.died();
      await this.engine.kill();
      for (const startMs of startsMs) {
        this.beginEngine();
        await sleep(startMs);
        this.died();
        await this.engine.kill();
      }
      await this.startEngine(clockStepMs);
      await this.isActive();
    });
  }

  /** The engine says that it is, and the network sees it so. */
  async ready(): Promise<void> {
    await until(async () => (await this.engine.health()).ready, 'the engine ready');
    await until(async () => (await this.network.progress()).active, 'the engine active for the network');
  }

  /** Waits until an alarm stands or has stood; the check of it. */
  async alarm(code: string, subject: string): Promise<Check> {
    const alarm = `${code} ${subject}`;
    const stood = await until(() => this.alarms.has(alarm), alarm, 20_000).then(
      () => true,
      () => false,
    );
    return check('alarm', `${alarm} stood`, stood ? 'yes' : [...this.alarms].join(', '), stood);
  }

  async counter(name: string): Promise<number> {
    return eventsIn(await this.engine.metrics(), name);
  }

  /** Lets the network drain, judges, and stops all in order. */
  async finish(): Promise<Check[]> {
    const { callsToldMin = 20, lateMax = Infinity, answersLateMs = 0, times } = this.#options;
    const beganMs = sinceEpochMs();
    await this.network.drain();
    const drainMs = sinceEpochMs() - beganMs;
    this.verdict = await this.network.report();
    await this.#stopSampling();
    await this.#standstills.stop();
    const checks = judge({
      verdict: this.verdict,
      downs: this.downs,
      standstills: this.#standstills.seen,
      deaths: this.deaths,
      drainMs,
      drainBoundMs: times?.drainMs ?? defaultPlan.times.drainMs,
      callsToldMin,
      lateMax,
      answersLateMs,
    });
    checks.push(check('load', 'ms that the machine itself stood still', this.#standstills.lastedMs, true));
    if (this.samples > 0) {
      const [name, fill] = [...this.fills].sort(([, a], [, b]) => b - a)[0] ?? ['none', 0];
      checks.push(
        check(
          'I5',
          `fullest queue in ${this.samples} samples (${name}), of its bound`,
          fill.toFixed(3),
          fill <= 1,
        ),
      );
    }
    const [code, signal] = await this.engine.stop();
    checks.push(
      check('load', 'SIGTERM stops the engine in order', `${String(code)} ${String(signal)}`, code === 0),
    );
    await this.network.stop();
    return checks;
  }

  /** At once, and without a look at what is left. The network ends by itself. */
  abandon(): void {
    (this.engine as EngineProcess | undefined)?.signal('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Whatever happened: ends what runs, removes the folder, and looks for what is left. */
  async close(): Promise<Check> {
    open.delete(this);
    await this.#stopSampling();
    await this.#standstills.stop();
    for (const child of [
      this.engine as EngineProcess | undefined,
      this.network as NetworkClient | undefined,
    ]) {
      if (child === undefined) continue;
      child.child.kill('SIGCONT');
      await child.kill();
    }
    await this.wire?.close();
    rmSync(this.#folder, { recursive: true, force: true });
    const left = await leftBehind({ folder: this.#folder, pids: this.#pids, ports: this.#ports });
    const what = `processes, folders and sockets left, of ${this.#pids.length} processes`;
    return check('left-behind', what, left.length === 0 ? 0 : left.join(', '), left.length === 0);
  }

  get #configFile(): string {
    return path.join(this.#folder, 'callwake.yaml');
  }

  #configure(): void {
    const { pointCodes, numbers, routingContext, serviceKey } = defaultPlan;
    const port = this.wire?.port ?? this.#port;
    const sections: Record<string, object> = {
      node: { dataDirectory: this.dataDirectory },
      signalling: {
        localPointCode: pointCodeText(pointCodes.callwake),
        applicationServers: [{ name: 'callwake', routingContext, trafficMode: 'override' }],
        associations: [{ name: 'stp', remote: { host: '127.0.0.1', port } }],
        times: { reconnectMinMs: 100, reconnectMaxMs: 500, heartbeatMs: 500, heartbeatMissesMax: 4 },
      },
      sccp: { translations: [{ digits: '*', targets: [{ pointCode: pointCodeText(pointCodes.stp) }] }] },
      // What was on its way at a fault is found out by these, within the drain of the network.
      map: {
        serviceCentreNumber: `+${numbers.serviceCentre}`,
        operationShortMs: 3_000,
        operationMediumMs: 5_000,
        operationLongMs: 10_000,
      },
      // On a machine that is busy with other tests a commit may take longer than a call would wait.
      cap: { serviceKeys: [serviceKey], answerDeadlineMs: 2_000 },
      delivery: { retryMs: [1000, 2000, 5000], recheckListedMs: [10_000], recheckUnlistedMs: [5000] },
      subscribers: { importFile: path.join(this.#folder, 'subscribers.csv') },
      web: { enabled: this.#options.page !== false, port: 0 },
      log: { format: 'json' },
    };
    for (const [name, section] of Object.entries(this.#options.config ?? {}))
      sections[name] = { ...sections[name], ...section };
    writeFileSync(this.#configFile, JSON.stringify(sections));
  }

  #remember(pid: number | undefined): void {
    if (pid !== undefined) this.#pids.push(pid);
  }

  async #sample(): Promise<void> {
    const { signal } = this.#sampling;
    while (!signal.aborted) {
      const metrics = await this.engine.metrics().catch(() => undefined);
      if (metrics?.has(WEB_STARTED) === true) this.#take(metrics);
      await sleep(SAMPLE_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  #take(metrics: Metrics): void {
    this.samples++;
    for (const [labels] of metrics.get('callwake_alarms') ?? [])
      this.alarms.add(`${labelIn(labels, 'code')} ${labelIn(labels, 'subject')}`);
    const bounds = new Map(metrics.get('callwake_queue_bound') ?? []);
    for (const [labels, depth] of metrics.get('callwake_queue_depth') ?? []) {
      const name = labelIn(labels, 'queue');
      const bound = bounds.get(labels) ?? 0;
      if (bound > 0) this.fills.set(name, Math.max(this.fills.get(name) ?? 0, depth / bound));
    }
  }

  async #stopSampling(): Promise<void> {
    this.#sampling.abort();
    await this.#sampler;
  }
}

export const ACTIVE = /"name":"stp".*"to":"ASP-ACTIVE"/;

/** Runs a fault on a plant; the checks of it, of the network's judge, and of what is left. */
export async function onPlant(
  options: FaultPlantOptions,
  blow: (plant: FaultPlant) => Promise<readonly Check[]>,
): Promise<{ readonly checks: readonly Check[]; readonly plant: FaultPlant }> {
  const plant = new FaultPlant(options);
  const checks: Check[] = [];
  try {
    await plant.start();
    checks.push(...(await blow(plant)));
    checks.push(...(await plant.finish()));
  } finally {
    checks.push(await plant.close());
  }
  return { checks, plant };
}

export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  withinMs = PATIENCE_MS,
): Promise<void> {
  const giveUpAtMs = performance.now() + withinMs;
  while (!(await holds(condition))) {
    if (performance.now() > giveUpAtMs) throw new Error(`${what} did not come`);
    await sleep(20);
  }
}

/** What cannot be asked does not hold: the engine may be just away. */
async function holds(condition: () => boolean | Promise<boolean>): Promise<boolean> {
  try {
    return await condition();
  } catch {
    return false;
  }
}

export function eventsIn(metrics: Metrics, name: string): number {
  const samples = metrics.get('callwake_events_total') ?? [];
  return samples.find(([labels]) => labelIn(labels, 'event') === name)?.[1] ?? 0;
}

export function labelIn(labels: string, name: string): string {
  return new RegExp(`(?:^|,)${name}="([^"]*)"`).exec(labels)?.[1] ?? '';
}
