/** Shards over disks that outlive them, on virtual time; the test is all that lies around them. */
import { MemoryDisk, MemoryStore } from '../../../src/engine/memory-store.ts';
import { MemoryRingReader, MemoryRingWriter, plainRing, type RingMemory } from '../../../src/engine/ring.ts';
import { Shard } from '../../../src/engine/shard/shard.ts';
import { defaultShardLimits, type ShardLimits } from '../../../src/engine/shard/shard-options.ts';
import { partitionsOfShard, shardOfPartition } from '../../../src/engine/wiring.ts';
import { Zones } from '../../../src/notice/zones.ts';
import { defaultSubscriberPolicy, type SubscriberPolicy } from '../../../src/subscriber/policy.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { silentLog } from '../../../src/types/log.ts';
import type { JournalRecord } from '../../../src/types/model/journal.ts';
import type { SubscriberState } from '../../../src/types/model/state.ts';
import type { Store } from '../../../src/types/ports/store.ts';
import { TimingWheel } from '../../../src/types/timing-wheel.ts';
import { decodeJournalRecord } from '../../../src/wire/journal.ts';
import { decodeState } from '../../../src/wire/state.ts';

export const START_MS = Date.UTC(2026, 0, 1, 12);

/** Keeps what is trimmed, so that the whole journal can be folded at the end. */
class WholeJournal extends Map<number, Uint8Array> {
  readonly whole = new Map<number, Uint8Array>();

  override set(window: number, record: Uint8Array): this {
    this.whole.set(window, record);
    return super.set(window, record);
  }
}

export class ArchivingDisk extends MemoryDisk {
  override readonly journal = new WholeJournal();

  /** Every window that was ever durable. */
  history(): JournalRecord[] {
    return [...this.journal.whole.values()].map((octets) => {
      const record = decodeJournalRecord(octets);
      if (!record.ok) throw new Error(record.code);
      return record.value;
    });
  }

  /** Every stored record, by number. */
  states(): Map<string, SubscriberState> {
    const states = new Map<string, SubscriberState>();
    for (const actors of this.actors.values()) {
      for (const [number, octets] of actors) {
        const state = decodeState(octets);
        if (!state.ok) throw new Error(state.code);
        states.set(number, state.value);
      }
    }
    return states;
  }
}

export interface ShardPlantOptions {
  readonly shards: number;
  readonly limits?: Partial<ShardLimits>;
  readonly policy?: Partial<SubscriberPolicy>;
  readonly ringOctets?: number;
  readonly commitMs?: () => number;
  /** The error that a window's commit fails with. */
  readonly failure?: (window: number) => unknown;
  /** Stands between a shard and its store: for faults that are planted. */
  readonly between?: (store: MemoryStore, wheel: TimingWheel) => Store;
}

interface Life {
  readonly shard: Shard;
  readonly store: MemoryStore;
  readonly wheel: TimingWheel;
}

export class ShardPlant {
  readonly options: ShardPlantOptions;
  readonly limits: ShardLimits;
  readonly policy: SubscriberPolicy;
  readonly counters = new CountersMap();
  readonly disks: ArchivingDisk[];
  /** Commits that failed: their shards are dead. */
  readonly fatal: unknown[] = [];
  incarnation = 0;
  epoch = 1;
  /** Since the start of the plant. */
  nowMs = 0;
  #rings = new Map<string, RingMemory>();
  #lives: (Life | undefined)[] = [];
  readonly #failed = new Set<number>();

  constructor(options: ShardPlantOptions) {
    this.options = options;
    this.limits = { ...defaultShardLimits, ...options.limits };
    this.policy = { ...defaultSubscriberPolicy, ...options.policy };
    const { shards } = options;
    this.disks = Array.from(
      { length: shards },
      (_, index) => new ArchivingDisk(partitionsOfShard(index, shards)),
    );
    this.startProcess();
  }

  readonly clock = { now: () => START_MS + this.nowMs, monotonic: () => this.nowMs };

  shardOf(partition: number): number {
    return shardOfPartition(partition, this.options.shards);
  }

  shard(index: number): Shard {
    const life = this.#lives[index];
    if (life === undefined) throw new Error(`shard ${index} is dead`);
    return life.shard;
  }

  /** A writer at a ring's end of its own: only one may be in use. */
  writer(name: string): MemoryRingWriter {
    return new MemoryRingWriter(this.#memory(name), () => undefined);
  }

  reader(name: string): MemoryRingReader {
    return new MemoryRingReader(this.#memory(name));
  }

  /** A new process on the same disks: rings are new. */
  startProcess(): void {
    this.incarnation++;
    this.#rings = new Map();
    for (let index = 0; index < this.options.shards; index++) this.startShard(index);
  }

  /** The process is killed; the first `survive` commits in flight of each store are on its disk all the same. */
  killProcess(survive: number): void {
    for (let index = 0; index < this.options.shards; index++) this.killShard(index, survive);
  }

  killShard(index: number, survive: number): void {
    const life = this.#lives[index];
    life?.shard.stop();
    life?.store.crash(survive);
    this.#lives[index] = undefined;
  }

  /** A new life of one shard, in the same process. */
  startShard(index: number): void {
    const { shards, commitMs, failure, between } = this.options;
    const wheel = new TimingWheel({ startMs: this.nowMs, capacity: 64 });
    const store = new MemoryStore(this.disks[index]!, {
      timers: wheel,
      ...(commitMs === undefined ? {} : { commitMs }),
      ...(failure === undefined ? {} : { failure }),
    });
    const others = Array.from({ length: shards }, (_, other) => other).filter((other) => other !== index);
    const tells = new Map(others.map((other) => [other, this.writer(`tells-${index}-${other}`)]));
    const shard = new Shard({
      index,
      store: between?.(store, wheel) ?? store,
      clock: this.clock,
      timers: wheel,
      counters: this.counters,
      log: silentLog,
      zones: new Zones(),
      policy: this.policy,
      limits: this.limits,
      incarnation: this.incarnation,
      epoch: this.epoch,
      inputs: [
        this.reader(`outcomes-${index}`),
        ...others.map((other) => this.reader(`tells-${other}-${index}`)),
        this.reader(`commands-${index}`),
      ],
      decisions: this.reader(`decisions-${index}`),
      calls: [this.reader(`calls-${index}`)],
      signalling: this.writer(`replies-${index}`),
      queries: this.writer(`queries-${index}`),
      notifier: this.writer(`notices-${index}`),
      main: this.writer(`answers-${index}`),
      shardOf: (partition) => tells.get(this.shardOf(partition)),
      onFatal: (error) => {
        this.fatal.push(error);
        this.killShard(index, 0);
        this.#failed.add(index);
      },
    });
    this.#lives[index] = { shard, store, wheel };
  }

  /** Shards that died of a commit since the last time. */
  takeFailed(): number[] {
    const failed = [...this.#failed].filter((index) => this.#lives[index] === undefined);
    this.#failed.clear();
    return failed;
  }

  /** One turn of a shard, if it lives. */
  turn(index: number): number {
    return this.#lives[index]?.shard.doWork() ?? 0;
  }

  /** When the next timer of a shard ends. */
  nextDeadlineMs(): number {
    return Math.min(...this.#lives.map((life) => life?.wheel.nextDeadlineMs() ?? Infinity));
  }

  /** Goes to a time at or before the next deadline. */
  advance(toMs: number): void {
    this.nowMs = Math.max(this.nowMs, toMs);
    for (const life of [...this.#lives]) life?.wheel.advance(this.nowMs);
  }

  #memory(name: string): RingMemory {
    let memory = this.#rings.get(name);
    if (memory === undefined) {
      memory = plainRing(name, this.options.ringOctets ?? 64 * 1024);
      this.#rings.set(name, memory);
    }
    return memory;
  }
}
