/** The subscribers of a data directory that no engine runs on: its shards, in this thread, without a network. */
import type { Config } from '../../config/schema/config.ts';
import { CommandDesk } from '../../engine/command-desk.ts';
import { buildShard } from '../../engine/parts.ts';
import { plainRings } from '../../engine/plain-rings.ts';
import type { Shard } from '../../engine/shard/shard.ts';
import { shardIndexes, shardOfPartition } from '../../engine/wiring.ts';
import type { SubscriberChange } from '../../provisioning/reader.ts';
import { type DefaultsOf, seriesDefaults } from '../../provisioning/series.ts';
import { CountersMap } from '../../types/counters.ts';
import type { Log } from '../../types/log.ts';
import type { Profile } from '../../types/model/profile.ts';
import type { SearchPage, SearchStep } from '../../types/model/thread.ts';
import type { Store } from '../../types/ports/store.ts';
import { AccessLog } from '../access/access-log.ts';
import { LoggedAccess } from '../access/logged-access.ts';
import { thisProcess } from '../access/this-process.ts';
import { machineClock } from '../clock.ts';
import { shardDirectory } from '../store/data-directory.ts';
import type { DirectoryLock } from '../store/directory-lock.ts';
import { openLmdbStore } from '../store/lmdb-store.ts';
import { PartHost } from '../threads/part-host.ts';
import { BootCounter } from './boot-counter.ts';
import { takeData } from './data-at-start.ts';
import { accessLogOptions, serviceOptions } from './engine-options.ts';
import type { NumberAccess } from './number-access.ts';
import type {
  ChangeOptions,
  ChangeOutcome,
  Presence,
  SubscriberAccess,
  SubscriberEntry,
} from './subscriber-access.ts';
import { EngineSubscribers } from './subscribers.ts';
import { loadTexts } from './texts.ts';

/** How long the last records may take to be written. */
const CLOSE_MS = 10_000;
const RING_DIVISOR = 8;
/** Subscribers kept in memory: hardly one comes twice. */
const ACTORS_MAX = 10_000;

/** Effects that the shards release stay open, and are released again by the next engine: nothing is sent from here. */
export class OfflineSubscribers implements SubscriberAccess, NumberAccess {
  readonly #lock: DirectoryLock;
  readonly #host: PartHost;
  readonly #shards: Shard[] = [];
  readonly #subscribers: LoggedAccess;
  readonly #accessLog: AccessLog;
  /** Those who wait for an answer. */
  readonly #waiting = new Set<(error: Error) => void>();
  /** A store failed: nothing more can be done. */
  #broken: Error | undefined;

  /** @throws OperatingError as `Engine.start`: `CW_STORE_IN_USE`, `CW_STORE_NEWER` … */
  static async open(config: Config, log: Log): Promise<OfflineSubscribers> {
    const options = optionsAtRest(config);
    const { lock } = await takeData({ config, shards: options.shards, policy: options.policy, log });
    const host = new PartHost({ clock: machineClock });
    const stores: Store[] = [];
    try {
      for (const index of shardIndexes(options.shards)) {
        const directory = shardDirectory(lock.directory, index);
        const { mapSizeOctets } = config.store;
        stores.push(openLmdbStore({ directory, mapSizeOctets }, { onSettled: host.wake }));
      }
      const accessLog = new AccessLog({
        ...accessLogOptions(config, lock.directory),
        clock: machineClock,
        counters: new CountersMap(),
        log,
      });
      return new OfflineSubscribers(options, seriesDefaults(config), lock, accessLog, log, host, stores);
    } catch (error) {
      await Promise.all(stores.map((store) => store.close()));
      await host.stop(0);
      await lock.release();
      throw error;
    }
  }

  private constructor(
    options: ReturnType<typeof optionsAtRest>,
    defaultsOf: DefaultsOf,
    lock: DirectoryLock,
    accessLog: AccessLog,
    log: Log,
    host: PartHost,
    stores: readonly Store[],
  ) {
    this.#lock = lock;
    this.#host = host;
    const { wake, timers } = this.#host;
    const rings = plainRings(options.shards, RING_DIVISOR, wake);
    const lives = { incarnation: new BootCounter(lock.directory).next(), epoch: 1 };
    const ports = { clock: machineClock, timers, counters: new CountersMap(), log, rings };
    const shards = shardIndexes(options.shards);
    for (const [index, store] of stores.entries()) {
      this.#shards.push(buildShard(index, store, options, lives, ports, (error) => this.#break(error)));
    }
    const desk = new CommandDesk({
      clock: machineClock,
      commands: shards.map((shard) => rings.writer(`commands-${shard}`)),
      answers: shards.map((shard) => rings.reader(`answers-${shard}`)),
      shardOf: (partition) => shardOfPartition(partition, options.shards),
      waitingMax: 10_000,
    });
    const subscribers = new EngineSubscribers(desk, defaultsOf);
    this.#accessLog = accessLog;
    this.#subscribers = new LoggedAccess(subscribers, accessLog, thisProcess());
    const isWritten = (): boolean =>
      this.#shards.every(({ status }) => status.commitsInFlight === 0 && status.dirty === 0);
    this.#host.run({
      doWork: () => this.#shards.reduce((work, shard) => work + shard.doWork(), 0) + desk.doWork(),
      drain: () => undefined,
      get drained() {
        return isWritten();
      },
      close: async () => {
        for (const shard of this.#shards) shard.stop();
        await Promise.all(stores.map((store) => store.close()));
      },
    });
  }

  get(number: string): Promise<Profile | undefined> {
    return this.#unlessBroken(this.#subscribers.get(number));
  }

  presence(number: string): Promise<Presence | undefined> {
    return this.#unlessBroken(this.#subscribers.presence(number));
  }

  put(number: string, profile: Profile): Promise<'changed' | 'unchanged'> {
    return this.#unlessBroken(this.#subscribers.put(number, profile));
  }

  change(changes: readonly SubscriberChange[], options: ChangeOptions): Promise<readonly ChangeOutcome[]> {
    return this.#unlessBroken(this.#subscribers.change(changes, options));
  }

  remove(number: string): Promise<boolean> {
    return this.#unlessBroken(this.#subscribers.remove(number));
  }

  list(after: string, limit: number): Promise<SubscriberEntry[]> {
    return this.#unlessBroken(this.#subscribers.list(after, limit));
  }

  search(step: SearchStep): Promise<SearchPage> {
    return this.#unlessBroken(this.#subscribers.search(step));
  }

  shardPartitions(): Promise<readonly number[]> {
    return this.#subscribers.shardPartitions();
  }

  forget(subscriber: string, number: string): Promise<void> {
    return this.#unlessBroken(this.#subscribers.forget(subscriber, number));
  }

  async close(): Promise<void> {
    await this.#host.stop(CLOSE_MS);
    await this.#accessLog.close();
    await this.#lock.release();
  }

  #unlessBroken<T>(answer: Promise<T>): Promise<T> {
    if (this.#broken !== undefined) return Promise.reject(this.#broken);
    return new Promise<T>((resolve, reject) => {
      this.#waiting.add(reject);
      answer.then(resolve, reject).finally(() => this.#waiting.delete(reject));
    });
  }

  #break(error: unknown): void {
    this.#broken = error instanceof Error ? error : new Error(String(error));
    for (const reject of this.#waiting) reject(this.#broken);
  }
}

function optionsAtRest(config: Config) {
  const options = serviceOptions(config, loadTexts(config).version);
  const actorsMax = Math.min(ACTORS_MAX, options.shardLimits.actorsMax);
  return { ...options, shardLimits: { ...options.shardLimits, actorsMax } };
}
