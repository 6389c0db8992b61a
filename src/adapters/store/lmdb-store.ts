/**
 * The store on LMDB: one environment, one transaction per window.
 *
 * Every window is conditional on the head being that of the window before it. So two may be handed to LMDB at once, and a
 * window whose predecessor was not written (the disk is full, say) is not written either, whether they meet in the same
 * transaction or not: what is stored is always a prefix.
 */
import assert from 'node:assert/strict';
import { OperatingError } from '../../types/operating-error.ts';
import {
  type ActorWrite,
  type CommitWindow,
  commitsInFlightMax,
  type DeadlineEntry,
  type Store,
  trimmedPerCommitMax,
} from '../../types/ports/store.ts';
import { seal, type TableName, unseal, unsealed } from './checksum.ts';
import {
  Environment,
  type EnvironmentOptions,
  encodeHead,
  type Head,
  headKey,
  type PageCounts,
} from './environment.ts';
import {
  ACTOR_KEY_OCTETS,
  actorKey,
  actorsStart,
  deadlineKey,
  deadlinesEnd,
  minuteOf,
  minuteOfDeadlineKey,
  numberOfActorKey,
  numberOfDeadlineKey,
  partitionOfDeadlineKey,
  windowKey,
  windowOfKey,
} from './keys.ts';

interface InFlight {
  readonly head: Head;
  readonly trimmedBefore: number;
  readonly durable: () => void;
  readonly failed: (error: unknown) => void;
  state: 'writing' | 'written' | 'failed';
}

/** Of the key that is being looked for. */
const KEY_ROOM = Buffer.alloc(ACTOR_KEY_OCTETS);

/** The index has keys only. */
const noValue = new Uint8Array(0);

export interface LmdbStoreHooks {
  /** Called after reports: the host of whoever commits has a reason for a turn. */
  readonly onSettled?: () => void;
  /** A record that is read past, and is not what was written; others that are damaged are thrown. */
  readonly onDamaged?: (table: TableName) => void;
}

export class LmdbStore implements Store {
  readonly partitions: readonly number[];
  readonly #environment: Environment;
  readonly #hooks: LmdbStoreHooks;
  readonly #inFlight: InFlight[] = [];
  /** What is durable. */
  #head: Head;
  #trimmedBefore: number;
  /** The error of the window that failed first, while those after it are awaited. */
  #failure: unknown;
  #whenIdle: (() => void)[] = [];
  #closed = false;

  constructor(environment: Environment, hooks: LmdbStoreHooks = {}) {
    this.#environment = environment;
    this.#hooks = hooks;
    this.partitions = environment.partitions;
    this.#head = environment.head;
    const [first] = environment.journal.getKeys({ limit: 1 });
    this.#trimmedBefore = first === undefined ? this.#head.window + 1 : windowOfKey(first);
  }

  readActor(partition: number, number: string): Uint8Array | undefined {
    const key = actorKey(partition, number, KEY_ROOM);
    // The library's own room, for its next read takes it again: a copy would cost more than to find the record.
    const sealed = this.#environment.actors.getBinaryFast(key);
    return sealed === undefined ? undefined : unsealed(this.#environment.directory, 'actors', key, sealed);
  }

  *actors(partition: number, from?: string): Iterable<readonly [number: string, record: Uint8Array]> {
    const start = from === undefined ? actorsStart(partition) : actorKey(partition, from);
    const range = this.#environment.actors.getRange({ start, end: actorsStart(partition + 1) });
    for (const { key, value } of range) {
      const record = unseal('actors', key, value);
      // Who wants to know more of a damaged one reads it.
      if (record !== undefined) yield [numberOfActorKey(key), record];
      else this.#hooks.onDamaged?.('actors');
    }
  }

  sequence(partition: number): number {
    return this.#head.sequences[partition] ?? 0;
  }

  readPositions(): Uint8Array | undefined {
    return this.#head.positions;
  }

  *journal(fromWindow: number): Iterable<readonly [window: number, record: Uint8Array]> {
    const start = windowKey(Math.max(0, fromWindow));
    const range = this.#environment.journal.getRange({ start, end: windowKey(this.#head.window + 1) });
    for (const { key, value } of range) {
      yield [windowOfKey(key), unsealed(this.#environment.directory, 'journal', key, value)];
    }
  }

  get recoverFrom(): number {
    return this.#head.recoverFrom;
  }

  get lastWindow(): number {
    return this.#head.window;
  }

  *outbox(): Iterable<readonly [key: string, effect: Uint8Array]> {
    const { outbox, directory } = this.#environment;
    for (const { key, value } of outbox.getRange()) {
      yield [key.toString(), unsealed(directory, 'outbox', key, value)];
    }
  }

  *deadlines(untilMs: number, after?: DeadlineEntry): Iterable<DeadlineEntry> {
    const end = deadlinesEnd(minuteOf(untilMs));
    const last = after === undefined ? undefined : deadlineKey(after[2], after[0], after[1]);
    for (const { key, value } of this.#environment.deadlines.getRange({ start: last ?? Buffer.of(0), end })) {
      if (last?.equals(key) === true) continue;
      if (unseal('deadlines', key, value) === undefined) this.#hooks.onDamaged?.('deadlines');
      else yield [partitionOfDeadlineKey(key), numberOfDeadlineKey(key), minuteOfDeadlineKey(key)];
    }
  }

  commit(window: CommitWindow, durable: () => void, failed: (error: unknown) => void): void {
    assert(!this.#closed, 'a closed store commits nothing');
    assert(this.#inFlight.length < commitsInFlightMax, 'so many commits may be in flight at once');
    const before = this.#inFlight.at(-1);
    const previous = before?.head ?? this.#head;
    assert.equal(window.window, previous.window + 1, 'windows are committed in order');
    const sequences = Float64Array.from(previous.sequences);
    for (const [partition, sequence] of window.sequences) sequences[partition] = sequence;
    const head: Head = {
      window: window.window,
      recoverFrom: window.recoverFrom,
      sequences,
      positions: window.positions,
    };
    const trimFrom = before?.trimmedBefore ?? this.#trimmedBefore;
    const trimTo = Math.min(window.trimBefore, window.window, trimFrom + trimmedPerCommitMax);
    const entry: InFlight = {
      head,
      trimmedBefore: Math.max(trimFrom, trimTo),
      durable,
      failed,
      state: 'writing',
    };
    this.#inFlight.push(entry);
    const noRoom = this.#environment.wantOfRoom;
    if (noRoom !== undefined) {
      queueMicrotask(() => this.#settled(entry, noRoom));
      return;
    }
    const written = this.#environment.meta.ifVersion(headKey, previous.window, () => {
      const { meta, journal } = this.#environment;
      void meta.put(headKey, seal('meta', headKey, encodeHead(head)), head.window);
      const journalKey = windowKey(window.window);
      void journal.put(journalKey, seal('journal', journalKey, window.journal));
      this.#putActors(window.actors);
      this.#putOutbox(window);
      for (let trimmed = trimFrom; trimmed < trimTo; trimmed++) {
        void journal.remove(windowKey(trimmed));
      }
    });
    written.then(
      (done) => {
        this.#settled(entry, done ? undefined : this.#conflict(window.window));
      },
      (error: unknown) => {
        void causeOf(error).then((cause) => {
          this.#settled(entry, this.#notWritten(window.window, cause));
        });
      },
    );
  }

  get pages(): PageCounts {
    return this.#environment.pages;
  }

  get commitsInFlight(): number {
    return this.#inFlight.length;
  }

  /** As `Environment.hold`. */
  hold(): () => void {
    return this.#environment.hold();
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#inFlight.length > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
    await this.#environment.close();
  }

  /** In the order of the keys, which is what LMDB is fastest at. */
  #putActors(writes: readonly ActorWrite[]): void {
    const { actors, deadlines } = this.#environment;
    const keyed = writes.map((write) => ({ write, key: actorKey(write.partition, write.number) }));
    keyed.sort((a, b) => Buffer.compare(a.key, b.key));
    for (const { write, key } of keyed) {
      if (write.record === undefined) void actors.remove(key);
      else void actors.put(key, seal('actors', key, write.record));
    }
    for (const { write } of keyed) {
      const from = minuteOf(write.deadlineBeforeMs);
      const to = minuteOf(write.deadlineAfterMs);
      if (from === to) continue;
      if (from > 0) void deadlines.remove(deadlineKey(from, write.partition, write.number));
      if (to === 0) continue;
      const due = deadlineKey(to, write.partition, write.number);
      void deadlines.put(due, seal('deadlines', due, noValue));
    }
  }

  #putOutbox({ outboxAdd, outboxRemove }: CommitWindow): void {
    const { outbox } = this.#environment;
    for (const [name, effect] of outboxAdd) {
      const key = Buffer.from(name);
      void outbox.put(key, seal('outbox', key, effect));
    }
    for (const key of outboxRemove) void outbox.remove(Buffer.from(key));
  }

  /** Reports in order; a failure when the windows behind it, which fail too, are settled as well. */
  #settled(entry: InFlight, error: unknown): void {
    entry.state = error === undefined ? 'written' : 'failed';
    if (error !== undefined) this.#failure ??= error;
    for (let first = this.#inFlight[0]; first?.state === 'written'; first = this.#inFlight[0]) {
      this.#head = first.head;
      this.#trimmedBefore = first.trimmedBefore;
      this.#inFlight.shift();
      first.durable();
    }
    if (this.#failure !== undefined && this.#inFlight.every(({ state }) => state === 'failed')) {
      const failure = this.#failure;
      this.#failure = undefined;
      for (const { failed } of this.#inFlight.splice(0)) failed(failure);
    }
    if (this.#inFlight.length === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
    this.#hooks.onSettled?.();
  }

  #notWritten(window: number, cause: unknown): OperatingError {
    const { directory } = this.#environment;
    return new OperatingError(
      'CW_STORE_FAILED',
      `window ${window} could not be written to ${directory}: ${String(cause)}; see that the disk has room and is sound`,
      { directory, window },
      cause,
    );
  }

  #conflict(window: number): OperatingError {
    const { directory } = this.#environment;
    return new OperatingError(
      'CW_STORE_FAILED',
      `window ${window} is not the next one of the store in ${directory}`,
      { directory, window },
    );
  }
}

/** lmdb-js rejects with an error that has a promise of the cause. */
async function causeOf(error: unknown): Promise<unknown> {
  const { commitError } = error as { commitError?: Promise<unknown> };
  if (commitError === undefined) return error;
  return commitError.then(
    () => error,
    (cause: unknown) => cause,
  );
}

/** Opens the environment of a shard; the data directory was locked and prepared before (`relocatePartitions`). */
export function openLmdbStore(options: EnvironmentOptions, hooks?: LmdbStoreHooks): LmdbStore {
  return new LmdbStore(new Environment(options), hooks);
}
