/**
 * The engine in threads: locks the data directory, brings the partitions to their shards, lays the rings, starts the
 * threads and keeps them running, and stops them in order.
 */

import { sccpConfigOf } from '../../config/sccp.ts';
import type { Config } from '../../config/schema/config.ts';
import { CommandDesk } from '../../engine/command-desk.ts';
import type { RingLevel } from '../../engine/ring.ts';
import type { PartName } from '../../engine/wiring.ts';
import { partsOf, ringPlan, shardIndexes, shardOfPartition } from '../../engine/wiring.ts';
import { ProfileReader } from '../../provisioning/reader.ts';
import { seriesDefaults } from '../../provisioning/series.ts';
import type { Log } from '../../types/log.ts';
import { AccessLog } from '../access/access-log.ts';
import { LoggedAccess } from '../access/logged-access.ts';
import { machineClock } from '../clock.ts';
import { ControlServer } from '../control/control-server.ts';
import { type AppSubscribers, appSubscribers } from '../inbox/app-subscribers.ts';
import { SharedCounters, SharedCountersReader, sharedCountersMemory } from '../metrics/shared-counters.ts';
import { LiveRecording } from '../recording/live-recording.ts';
import { PartRings, ringLevels, type SharedWiring, sharedWiring } from '../rings/shared-wiring.ts';
import type { Manifest } from '../store/backup/manifest.ts';
import type { DirectoryLock } from '../store/directory-lock.ts';
import { PartHost } from '../threads/part-host.ts';
import { SupervisedThread, type ThreadState } from '../threads/supervisor.ts';
import { eMailSubscribers } from '../unsubscribe/e-mail-subscribers.ts';
import type { EMailSubscribers } from '../unsubscribe/unsubscribe-server.ts';
import { BootCounter, startsOf } from './boot-counter.ts';
import { takeData } from './data-at-start.ts';
import type { EarlyDeath } from './early-death.ts';
import { accessLogOptions, serviceOptions } from './engine-options.ts';
import { LiveBackup } from './live-backup.ts';
import { latenciesOver, latencyMemory, type PartReport } from './reports.ts';
import { EngineSubscribers } from './subscribers.ts';
import { loadTexts } from './texts.ts';
import type { EngineThreadData, SignallingOrder } from './thread-data.ts';

export interface EngineOptions {
  readonly config: Config;
  readonly log: Log;
  /** Of Callwake: it stands in backups. */
  readonly version?: string;
  /** Gets a pcap of what passes the SCTP port. */
  readonly captureFile?: string | undefined;
  readonly onReport?: (part: PartName, report: PartReport) => void;
  /** Done when the shards run and before the first call can come in: subscribers taken from a file. */
  readonly prepare?: (engine: Engine) => Promise<void>;
}

/** How long the parts may take to come to rest, of the 5 s that a stop may take. */
const DRAIN_MS = { signalling: 2_500, notifier: 500, shard: 1_500 } as const;

const ENTRIES = {
  signalling: new URL('./signalling-thread.js', import.meta.url),
  notifier: new URL('./notifier-thread.js', import.meta.url),
  shard: new URL('./shard-thread.js', import.meta.url),
} as const;

/** Somebody holds the phone and waits for it. */
const APP_PATIENCE_MS = 5_000;

export class Engine {
  readonly commands: CommandDesk;
  readonly latencies: ReturnType<typeof latenciesOver>;
  /** Of the main thread. */
  readonly counters: SharedCounters;
  readonly #options: EngineOptions;
  #config: Config;
  readonly #lock: DirectoryLock;
  readonly #earlyDeath: EarlyDeath;
  readonly #backup: LiveBackup;
  readonly #recording: LiveRecording;
  readonly #boot: BootCounter;
  readonly #accessLog: AccessLog;
  readonly #incarnation: number;
  readonly #shards: number;
  readonly #wiring: SharedWiring;
  readonly #counters: Map<PartName, SharedArrayBuffer>;
  readonly #readers: readonly SharedCountersReader[];
  readonly #latencyMemory = latencyMemory();
  readonly #clockMarks: SharedArrayBuffer;
  readonly #texts: ReturnType<typeof loadTexts>;
  readonly #threads = new Map<PartName, SupervisedThread>();
  readonly #rings: PartRings;
  readonly #host: PartHost;
  #control: ControlServer | undefined;
  #eMailSubscribers: EMailSubscribers | undefined;
  #appSubscribers: AppSubscribers | undefined;
  #epoch = 1;

  /**
   * @throws OperatingError `CW_STORE_IN_USE`, `CW_STORE_NEWER`, `CW_TEMPLATES_INVALID` …: what the operator must put right
   */
  static async start(options: EngineOptions): Promise<Engine> {
    const { config, log } = options;
    const texts = loadTexts(config);
    const { policy, shards } = serviceOptions(config, texts.version);
    const { lock, earlyDeath } = await takeData({ config, shards, policy, log });
    try {
      earlyDeath.begin();
      const engine = new Engine(options, texts, lock, earlyDeath, shards);
      await engine.#startThreads();
      return engine;
    } catch (error) {
      earlyDeath.end();
      await lock.release();
      throw error;
    }
  }

  private constructor(
    options: EngineOptions,
    texts: ReturnType<typeof loadTexts>,
    lock: DirectoryLock,
    earlyDeath: EarlyDeath,
    shards: number,
  ) {
    this.#options = options;
    this.#config = options.config;
    this.#texts = texts;
    this.#lock = lock;
    this.#earlyDeath = earlyDeath;
    this.#shards = shards;
    this.#clockMarks = new SharedArrayBuffer(shards * Float64Array.BYTES_PER_ELEMENT);
    this.#boot = new BootCounter(lock.directory);
    this.#incarnation = this.#boot.next();
    this.#backup = new LiveBackup({
      directory: lock.directory,
      version: options.version ?? 'unknown',
      shards: shardIndexes(shards).map((shard): PartName => `shard-${shard}`),
      starts: () => startsOf(lock.directory),
      tell: (part, order) => this.#threads.get(part)?.tell(order),
    });
    this.#recording = new LiveRecording({
      version: options.version ?? 'unknown',
      tell: (order) => this.#threads.get('signalling')?.tell(order),
      isSignallingAlive: () => this.#threads.get('signalling')?.state.alive ?? false,
    });
    this.#wiring = sharedWiring(ringPlan(shards));
    this.#counters = new Map(partsOf(shards).map((part) => [part, sharedCountersMemory()]));
    this.#readers = [...this.#counters.values()].map((memory) => new SharedCountersReader(memory));
    this.counters = new SharedCounters(this.#counters.get('main')!);
    this.#accessLog = new AccessLog({
      ...accessLogOptions(options.config, lock.directory),
      clock: machineClock,
      counters: this.counters,
      log: options.log,
    });
    this.latencies = latenciesOver(this.#latencyMemory);
    this.#rings = new PartRings(this.#wiring, 'main');
    const indexes = shardIndexes(shards);
    this.commands = new CommandDesk({
      clock: machineClock,
      commands: indexes.map((shard) => this.#rings.writer(`commands-${shard}`)),
      answers: indexes.map((shard) => this.#rings.reader(`answers-${shard}`)),
      shardOf: (partition) => shardOfPartition(partition, shards),
      waitingMax: 10_000,
    });
    this.#host = new PartHost({ clock: machineClock, doorbell: this.#rings.doorbell });
    this.#host.run({
      doWork: () => this.commands.doWork(),
      drain: () => undefined,
      drained: true,
      close: () => Promise.resolve(),
    });
  }

  /** For the way out of e-mails; undefined: it has not started. */
  get eMailSubscribers(): EMailSubscribers | undefined {
    return this.#eMailSubscribers;
  }

  /** For the inbox of the app; undefined: it has not started. */
  get appSubscribers(): AppSubscribers | undefined {
    return this.#appSubscribers;
  }

  get threads(): ThreadState[] {
    return [...this.#threads.values()].map(({ state }) => state);
  }

  get ringLevels(): RingLevel[] {
    return ringLevels(this.#wiring);
  }

  /** All counters of all threads, by their dotted names. */
  countersNow(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const reader of this.#readers) reader.addTo(counts);
    return counts;
  }

  /**
   * Takes the global title translations of another configuration, for the messages from now on; nothing is lost, and nothing else
   * of it is taken.
   */
  replaceTranslations({ sccp }: Config): void {
    const { translations, ownGlobalTitles } = sccp;
    this.#config = { ...this.#config, sccp: { ...this.#config.sccp, translations, ownGlobalTitles } };
    const rules = sccpConfigOf(this.#config).translation ?? [];
    this.#threads.get('signalling')?.tell({ kind: 'translation', rules } satisfies SignallingOrder);
  }

  /**
   * Copies all data into an empty folder while the engine runs.
   * @throws OperatingError `CW_BACKUP_FAILED`, `CW_STORE_DAMAGED`
   */
  backUp(to: string): Promise<Manifest> {
    return this.#backup.run(to);
  }

  /**
   * Stops taking calls, lets what was begun come to its end, and closes the stores: within 5 s. Calls that are watched go on
   * without us. True when nothing was cut off.
   */
  async stop(): Promise<boolean> {
    // Whoever waits for the recording is answered before the socket goes.
    if (await this.#recording.end('stopped')) await new Promise(setImmediate);
    await this.#control?.close();
    await this.#backup.stop();
    const inOrder: boolean[] = [];
    const stop = async (part: PartName, deadlineMs: number): Promise<void> => {
      inOrder.push((await this.#threads.get(part)?.stop(deadlineMs)) !== 'cut-off');
    };
    await stop('signalling', DRAIN_MS.signalling);
    await stop('notifier', DRAIN_MS.notifier);
    await Promise.all(shardIndexes(this.#shards).map((shard) => stop(`shard-${shard}`, DRAIN_MS.shard)));
    await this.#host.stop(100);
    this.#rings.close();
    await this.#accessLog.close();
    this.#earlyDeath.end();
    await this.#lock.release();
    return inOrder.every(Boolean);
  }

  async #startThreads(): Promise<void> {
    const shards = shardIndexes(this.#shards).map((shard): PartName => `shard-${shard}`);
    try {
      await Promise.all(shards.map((part) => this.#thread(part, ENTRIES.shard).start()));
      await this.#options.prepare?.(this);
      await this.#thread('notifier', ENTRIES.notifier).start();
      await this.#thread('signalling', ENTRIES.signalling).start();
      const subscribers = new EngineSubscribers(this.commands, seriesDefaults(this.#config));
      const accessLog = this.#accessLog;
      this.#eMailSubscribers = eMailSubscribers(this.commands, seriesDefaults(this.#config), accessLog);
      this.#appSubscribers = appSubscribers(
        new EngineSubscribers(this.commands, seriesDefaults(this.#config), APP_PATIENCE_MS),
        accessLog,
      );
      this.#control = await ControlServer.start({
        directory: this.#lock.directory,
        subscribers: (who) => new LoggedAccess(subscribers, accessLog, who),
        profiles: new ProfileReader(this.#config.numbering),
        backup: (to) => this.backUp(to),
        recording: this.#recording,
        status: () => ({
          processId: process.pid,
          threads: this.threads,
          rings: this.ringLevels,
          commandsUnderWay: this.commands.underWay,
          counters: Object.fromEntries(this.countersNow()),
        }),
        counters: this.counters,
        log: this.#options.log,
      });
    } catch (error) {
      await Promise.all([...this.#threads.values()].map((thread) => thread.stop(1_000)));
      await this.#host.stop(0);
      this.#rings.close();
      throw error;
    }
  }

  #thread(part: PartName, entry: URL): SupervisedThread {
    const { log, onReport } = this.#options;
    const thread = new SupervisedThread({
      name: part,
      entry,
      data: () => this.#dataFor(part),
      doorbell: new PartRings(this.#wiring, part).doorbell,
      log,
      counters: this.counters,
      onMessage: (message) => {
        if (part === 'signalling' && this.#recording.take(message)) return;
        if (!this.#backup.take(part, message)) onReport?.(part, message as PartReport);
      },
      ...(part === 'signalling' || part === 'notifier'
        ? {
            onDeath: () => {
              if (part === 'signalling') this.#recording.signallingEnded();
              this.#beginEpoch();
            },
          }
        : {}),
    });
    this.#threads.set(part, thread);
    return thread;
  }

  #dataFor(part: PartName): EngineThreadData {
    const { captureFile } = this.#options;
    return {
      config: this.#config,
      templateSources: this.#texts.sources,
      selfCareSources: this.#texts.selfCareSources,
      templateVersion: this.#texts.version,
      wiring: this.#wiring,
      counters: this.#counters.get(part)!,
      latencies: this.#latencyMemory,
      clockMarks: this.#clockMarks,
      lives: { incarnation: this.#incarnation, epoch: this.#epoch },
      bootEpoch: part === 'signalling' ? this.#boot.nextIfNeedBe() : 0,
      captureFile,
    };
  }

  /** What the dead thread had in hand is released again by the shards, under a new epoch. */
  #beginEpoch(): void {
    this.#epoch++;
    this.#announceEpoch(this.#epoch);
  }

  #announceEpoch(epoch: number): void {
    if (epoch !== this.#epoch || this.commands.beginEpoch(epoch)) return;
    // A ring of commands is full; its shard is at it.
    setTimeout(() => this.#announceEpoch(epoch), 50).unref();
  }
}
