/**
 * Moves whole partitions between environments, when the number of shards is another one than before. Nothing is hashed
 * anew: the actors of a partition are one range of keys, copied in their order.
 *
 * There is no transaction over two environments, so each move has one point at which it counts:
 *
 *   0. both note that they are relocating
 *   1. copy what belongs to the partitions, in bounded transactions; the receiver does not own them yet
 *   2. the receiver owns them, with their sequences and an epoch one higher: one transaction
 *   3. the giver owns them no more: one transaction
 *   4. the giver deletes what it holds of them, in bounded transactions
 *
 * A start first puts right what a crash left at any point: where two own a partition the lower epoch yields (a crash
 * between 2 and 3), and what a relocating environment holds of a partition that it does not own is rubbish and deleted (a
 * crash in 1 or 4). Then the moves that are still due are made.
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { shardOfPartition } from '../../engine/wiring.ts';
import { OperatingError } from '../../types/operating-error.ts';
import { partitionCount } from '../../types/partition.ts';
import type { Store } from '../../types/ports/store.ts';
import { STARTS_FILE, shardCountMax, shardDirectory, shardsIn } from './data-directory.ts';
import { Environment, type EnvironmentOptions } from './environment.ts';
import { actorsStart, partitionOfDeadlineKey, partitionOfOutboxKey } from './keys.ts';
import { LmdbStore } from './lmdb-store.ts';
import type { Table } from './schema.ts';

/** Puts in one transaction: larger ones leave free lists that every later commit pays for. */
const putsMax = 1000;

export interface RelocateOptions extends Omit<EnvironmentOptions, 'directory'> {
  /** The data directory, locked by this process (`lockDirectory`). */
  readonly directory: string;
  readonly shardCount: number;
  /**
   * Makes the store of an environment that is to give partitions away hold all in its records and outbox, so that
   * `recoverFrom` is past `lastWindow`: its journal stays where it is. Not called when that holds already.
   */
  readonly settle?: (store: Store) => Promise<void>;
  /** For tests: called before each transaction, with what it is for; what it throws ends the work there. */
  readonly onStep?: (step: string) => void;
}

/**
 * Prepares a data directory for so many shards: makes environments, finishes or undoes what a crash left, moves partitions,
 * removes environments that own none and are not wanted. Afterwards each shard opens its own.
 *
 * @throws OperatingError `CW_STORE_INCOMPLETE` when partitions are in no environment though there are others,
 * `CW_STORE_UNSETTLED` when a giver's journal is still needed and no `settle` could help
 */
export async function relocatePartitions(options: RelocateOptions): Promise<void> {
  const { directory, shardCount } = options;
  if (!(shardCount >= 1 && shardCount <= shardCountMax)) throw new RangeError('shards are 1 … 64');
  mkdirSync(directory, { recursive: true });
  const shards = new Map<number, Environment>();
  try {
    const wanted = Array.from({ length: shardCount }, (_, shard) => shard);
    for (const shard of new Set([...shardsIn(directory), ...wanted])) {
      shards.set(shard, new Environment({ ...options, directory: shardDirectory(directory, shard) }));
    }
    const relocation = new Relocation(shards, options);
    relocation.claimWhenNew();
    relocation.repair();
    await relocation.settle();
    relocation.move();
    relocation.giveUpUnwanted();
  } finally {
    for (const environment of shards.values()) await environment.close();
  }
  for (const shard of shardsIn(directory)) {
    if (shard >= shardCount) rmSync(shardDirectory(directory, shard), { recursive: true });
  }
}

class Relocation {
  readonly #shards: Map<number, Environment>;
  readonly #options: RelocateOptions;

  constructor(shards: Map<number, Environment>, options: RelocateOptions) {
    this.#shards = shards;
    this.#options = options;
  }

  /** A new directory starts with all partitions in shard 0, in one transaction, and spreads them from there. */
  claimWhenNew(): void {
    const owned = new Set([...this.#shards.values()].flatMap((environment) => environment.partitions));
    if (owned.size === partitionCount) return;
    const { directory } = this.#options;
    if (owned.size > 0) {
      const missing = Array.from({ length: partitionCount }, (_, partition) => partition).filter(
        (partition) => !owned.has(partition),
      );
      throw new OperatingError(
        'CW_STORE_INCOMPLETE',
        `the data directory ${directory} has no environment for partitions ${missing.join(', ')}: put back what was taken away, or restore a backup`,
        { directory, missing },
      );
    }
    if (existsSync(path.join(directory, STARTS_FILE)))
      throw new OperatingError(
        'CW_STORE_INCOMPLETE',
        `the data directory ${directory} has been started before, and none of its environments holds a partition: put back what was taken away, or restore a backup`,
        { directory },
      );
    const first = this.#environment(0);
    this.#transact('claim', first, () => first.putEpochs(new Float64Array(partitionCount).fill(1)));
  }

  repair(): void {
    for (const environment of this.#shards.values()) {
      const epochs = environment.epochs;
      const yielded = environment.partitions.filter((partition) =>
        [...this.#shards.values()].some(
          (other) => other !== environment && (other.epochs[partition] ?? 0) > (epochs[partition] ?? 0),
        ),
      );
      if (yielded.length > 0) this.#disown(environment, yielded);
      if (!environment.relocating) continue;
      const owned = new Set(environment.partitions);
      this.#delete(environment, (partition) => !owned.has(partition));
    }
  }

  /** Before anything moves, since a settled store commits, and `repair` has made every partition the one's or the other's. */
  async settle(): Promise<void> {
    for (const [shard, environment] of this.#shards) {
      const gives = environment.partitions.some((partition) => this.#targetOf(partition) !== shard);
      if (!gives || isSettled(environment)) continue;
      if (this.#options.settle !== undefined) {
        const store = new LmdbStore(environment);
        await this.#options.settle(store);
      }
      if (!isSettled(environment)) throw unsettled(environment.directory, this.#options.shardCount);
    }
  }

  move(): void {
    for (const [shard, giver] of this.#shards) {
      const byTarget = new Map<number, number[]>();
      for (const partition of giver.partitions) {
        const target = this.#targetOf(partition);
        if (target !== shard) byTarget.set(target, [...(byTarget.get(target) ?? []), partition]);
      }
      for (const [target, partitions] of byTarget) this.#movePartitions(giver, target, partitions);
    }
  }

  /** What is about no partition (events put aside) goes to shard 0 before its environment is removed. */
  giveUpUnwanted(): void {
    const first = this.#environment(0);
    for (const [shard, environment] of this.#shards) {
      if (shard < this.#options.shardCount) continue;
      this.#copy(`outbox of shard ${shard}`, environment.outbox, first, first.outbox, () => true);
    }
  }

  #movePartitions(giver: Environment, target: number, partitions: readonly number[]): void {
    const receiver = this.#environment(target);
    const moving = new Set(partitions);
    for (const environment of [giver, receiver]) {
      this.#transact('note', environment, () => environment.putRelocating(true));
    }
    for (const partition of partitions) {
      const range = { start: actorsStart(partition), end: actorsStart(partition + 1) };
      this.#copy(`actors of ${partition}`, giver.actors, receiver, receiver.actors, () => true, range);
    }
    this.#copy('deadlines', giver.deadlines, receiver, receiver.deadlines, (key) =>
      moving.has(partitionOfDeadlineKey(key)),
    );
    this.#copy('outbox', giver.outbox, receiver, receiver.outbox, (key) =>
      moving.has(partitionOfOutboxKey(key.toString()) ?? -1),
    );
    this.#transact('own', receiver, () => {
      const [epochs, givenEpochs] = [receiver.epochs, giver.epochs];
      const [head, givenHead] = [receiver.head, giver.head];
      for (const partition of partitions) {
        epochs[partition] = (givenEpochs[partition] as number) + 1;
        head.sequences[partition] = givenHead.sequences[partition] as number;
      }
      receiver.putEpochs(epochs);
      receiver.putHead(head);
      receiver.putRelocating(false);
    });
    this.#disown(giver, partitions);
    this.#delete(giver, (partition) => moving.has(partition));
  }

  #disown(environment: Environment, partitions: readonly number[]): void {
    this.#transact('disown', environment, () => {
      const epochs = environment.epochs;
      const head = environment.head;
      for (const partition of partitions) {
        epochs[partition] = 0;
        head.sequences[partition] = 0;
      }
      environment.putEpochs(epochs);
      environment.putHead(head);
    });
  }

  #delete(environment: Environment, wanted: (partition: number) => boolean): void {
    for (let partition = 0; partition < partitionCount; partition++) {
      if (!wanted(partition)) continue;
      const range = { start: actorsStart(partition), end: actorsStart(partition + 1) };
      this.#remove(`actors of ${partition}`, environment, environment.actors, () => true, range);
    }
    this.#remove('deadlines', environment, environment.deadlines, (key) =>
      wanted(partitionOfDeadlineKey(key)),
    );
    this.#remove('outbox', environment, environment.outbox, (key) => {
      const partition = partitionOfOutboxKey(key.toString());
      return partition !== undefined && wanted(partition);
    });
    this.#transact('end', environment, () => environment.putRelocating(false));
  }

  #copy(
    step: string,
    from: Table,
    receiver: Environment,
    to: Table,
    wanted: (key: Buffer) => boolean,
    range: KeyRange = wholeTable,
  ): void {
    for (const keys of keysInChunks(from, wanted, range)) {
      this.#transact(`copy ${step}`, receiver, () => {
        for (const key of keys) void to.put(key, from.getBinary(key) as Buffer);
      });
    }
  }

  #remove(
    step: string,
    environment: Environment,
    table: Table,
    wanted: (key: Buffer) => boolean,
    range: KeyRange = wholeTable,
  ): void {
    for (const keys of keysInChunks(table, wanted, range)) {
      this.#transact(`delete ${step}`, environment, () => {
        for (const key of keys) void table.remove(key);
      });
    }
  }

  #transact(step: string, environment: Environment, action: () => void): void {
    this.#options.onStep?.(step);
    environment.transact(action);
  }

  #targetOf(partition: number): number {
    return shardOfPartition(partition, this.#options.shardCount);
  }

  #environment(shard: number): Environment {
    const environment = this.#shards.get(shard);
    if (environment === undefined) throw new RangeError(`shard ${shard} has no environment`);
    return environment;
  }
}

interface KeyRange {
  readonly start: Buffer;
  readonly end?: Buffer;
}

const wholeTable: KeyRange = { start: Buffer.of(0) };

/** The keys of a range, in order, a bounded number at a time; each chunk is read when the one before was dealt with. */
function* keysInChunks(table: Table, wanted: (key: Buffer) => boolean, range: KeyRange): Iterable<Buffer[]> {
  let { start } = range;
  while (true) {
    const keys: Buffer[] = [];
    let read = 0;
    for (const key of table.getKeys({ ...range, start, limit: putsMax })) {
      read++;
      start = Buffer.concat([key, Buffer.of(0)]);
      if (wanted(key)) keys.push(Buffer.from(key));
    }
    if (keys.length > 0) yield keys;
    if (read < putsMax) return;
  }
}

function isSettled(environment: Environment): boolean {
  const { recoverFrom, window } = environment.head;
  return recoverFrom > window;
}

function unsettled(directory: string, shardCount: number): OperatingError {
  return new OperatingError(
    'CW_STORE_UNSETTLED',
    `the journal in ${directory} is still needed, so its partitions cannot move to ${shardCount} shards: start with the number of shards as it was, and stop it in order`,
    { directory },
  );
}
