/**
 * The store in memory, for tests and for the single-threaded engine: the same promises as the one on disk, with the
 * crash, the delay and the lack of space under the host's control. `MemoryDisk` is what outlives a crash.
 */
import assert from 'node:assert/strict';
import {
  type CommitWindow,
  commitsInFlightMax,
  type DeadlineEntry,
  type Store,
  trimmedPerCommitMax,
} from '../types/ports/store.ts';
import type { TimerListener, Timers } from '../types/timers.ts';

const minuteMs = 60_000;

/** What is durable. Several stores may use one disk, one after another. */
export class MemoryDisk {
  readonly partitions: readonly number[];
  readonly actors = new Map<number, Map<string, Uint8Array>>();
  readonly sequences = new Map<number, number>();
  readonly journal = new Map<number, Uint8Array>();
  readonly outbox = new Map<string, Uint8Array>();
  /** Numbers with a deadline in a minute, as `partition.number`. */
  readonly deadlines = new Map<number, Set<string>>();
  positions: Uint8Array | undefined;
  recoverFrom = 1;
  lastWindow = 0;
  trimmedBefore = 1;

  constructor(partitions: readonly number[]) {
    this.partitions = partitions;
    for (const partition of partitions) this.actors.set(partition, new Map());
  }

  /** Another disk with the same on it. */
  clone(): MemoryDisk {
    const clone = new MemoryDisk(this.partitions);
    // Values are replaced, never written into.
    for (const [partition, actors] of this.actors) clone.actors.set(partition, new Map(actors));
    for (const [partition, sequence] of this.sequences) clone.sequences.set(partition, sequence);
    for (const [window, record] of this.journal) clone.journal.set(window, record);
    for (const [key, effect] of this.outbox) clone.outbox.set(key, effect);
    for (const [minute, keys] of this.deadlines) clone.deadlines.set(minute, new Set(keys));
    clone.positions = this.positions;
    clone.recoverFrom = this.recoverFrom;
    clone.lastWindow = this.lastWindow;
    clone.trimmedBefore = this.trimmedBefore;
    return clone;
  }
}

export interface MemoryStoreOptions {
  readonly timers: Timers;
  /** How long the next commit takes until it is durable; default 1 ms. Asked once per commit. */
  readonly commitMs?: () => number;
  /** The error that this window's commit fails with, out of space say; undefined lets it pass. */
  readonly failure?: (window: number) => unknown;
  /** Reads see the records of windows that are in flight, as the port allows; default: what is durable alone. */
  readonly readsInFlight?: boolean;
  /** A window is on the disk, whether or not anybody will hear of it. */
  readonly onApplied?: (window: CommitWindow) => void;
}

interface InFlight {
  readonly window: CommitWindow;
  readonly durable: () => void;
  readonly failed: (error: unknown) => void;
}

export class MemoryStore implements Store, TimerListener {
  readonly #disk: MemoryDisk;
  readonly #options: MemoryStoreOptions;
  readonly #inFlight: InFlight[] = [];
  #begun: number;
  #timer = 0;
  #closed = false;
  readonly #whenIdle: (() => void)[] = [];

  constructor(disk: MemoryDisk, options: MemoryStoreOptions) {
    this.#disk = disk;
    this.#options = options;
    this.#begun = disk.lastWindow;
  }

  get partitions(): readonly number[] {
    return this.#disk.partitions;
  }

  readActor(partition: number, number: string): Uint8Array | undefined {
    if (this.#options.readsInFlight === true) {
      for (let at = this.#inFlight.length - 1; at >= 0; at--) {
        const write = this.#inFlight[at]?.window.actors.find(
          (actor) => actor.partition === partition && actor.number === number,
        );
        if (write !== undefined) return write.record;
      }
    }
    return this.#actorsOf(partition).get(number);
  }

  *actors(partition: number, from = ''): Iterable<readonly [number: string, record: Uint8Array]> {
    const actors = this.#actorsOf(partition);
    for (const number of [...actors.keys()].sort()) {
      const record = actors.get(number);
      if (number >= from && record !== undefined) yield [number, record];
    }
  }

  sequence(partition: number): number {
    this.#actorsOf(partition);
    return this.#disk.sequences.get(partition) ?? 0;
  }

  readPositions(): Uint8Array | undefined {
    return this.#disk.positions;
  }

  *journal(fromWindow: number): Iterable<readonly [window: number, record: Uint8Array]> {
    const last = this.#disk.lastWindow;
    for (let window = Math.max(fromWindow, this.#disk.trimmedBefore); window <= last; window++) {
      const record = this.#disk.journal.get(window);
      if (record !== undefined) yield [window, record];
    }
  }

  get recoverFrom(): number {
    return this.#disk.recoverFrom;
  }

  get lastWindow(): number {
    return this.#disk.lastWindow;
  }

  *outbox(): Iterable<readonly [key: string, effect: Uint8Array]> {
    yield* [...this.#disk.outbox];
  }

  *deadlines(untilMs: number, after: DeadlineEntry = [0, '', 0]): Iterable<DeadlineEntry> {
    const until = Math.floor(untilMs / minuteMs);
    const from = after[2];
    const minutes = [...this.#disk.deadlines.keys()].filter((minute) => minute >= from && minute <= until);
    for (const minute of minutes.sort((a, b) => a - b)) {
      for (const key of [...(this.#disk.deadlines.get(minute) ?? [])].sort()) {
        if (minute === from && key <= `${after[0]}.${after[1]}`) continue;
        const [partition = '', number = ''] = key.split('.');
        yield [Number(partition), number, minute];
      }
    }
  }

  commit(window: CommitWindow, durable: () => void, failed: (error: unknown) => void): void {
    assert(!this.#closed, 'a store that was closed or has crashed commits nothing');
    assert(this.#inFlight.length < commitsInFlightMax, 'so many commits may be in flight at once');
    assert.equal(window.window, this.#begun + 1, 'windows are committed in order');
    for (const actor of window.actors) this.#actorsOf(actor.partition);
    this.#begun = window.window;
    this.#inFlight.push({ window, durable, failed });
    if (this.#inFlight.length === 1) this.#startTimer();
  }

  get commitsInFlight(): number {
    return this.#inFlight.length;
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#inFlight.length > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
  }

  /**
   * The process dies: the callbacks of commits in flight are never called; the first `survive` of them are on the disk
   * all the same, as commits may be whose report did not arrive any more.
   */
  crash(survive = 0): void {
    this.#closed = true;
    this.#options.timers.stop(this.#timer);
    for (const { window } of this.#inFlight.slice(0, survive)) {
      if (this.#options.failure?.(window.window) !== undefined) break;
      this.#apply(window);
    }
    this.#inFlight.length = 0;
  }

  onTimer(): void {
    this.#timer = 0;
    const first = this.#inFlight[0];
    if (first === undefined) return;
    const error = this.#options.failure?.(first.window.window);
    if (error === undefined) {
      this.#apply(first.window);
      this.#inFlight.shift();
      if (this.#inFlight.length > 0) this.#startTimer();
      first.durable();
    } else {
      this.#begun = this.#disk.lastWindow;
      for (const { failed } of this.#inFlight.splice(0)) failed(error);
    }
    if (this.#inFlight.length === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  #startTimer(): void {
    this.#timer = this.#options.timers.start(this.#options.commitMs?.() ?? 1, this, 0, 0);
  }

  #actorsOf(partition: number): Map<string, Uint8Array> {
    const actors = this.#disk.actors.get(partition);
    assert(actors !== undefined, `partition ${partition} is not of this environment`);
    return actors;
  }

  /** The octets are copied now and not at `commit`: who changes them too early sees it here as on disk. */
  #apply(window: CommitWindow): void {
    const disk = this.#disk;
    for (const actor of window.actors) {
      const actors = this.#actorsOf(actor.partition);
      if (actor.record === undefined) actors.delete(actor.number);
      else actors.set(actor.number, new Uint8Array(actor.record));
      const key = `${actor.partition}.${actor.number}`;
      this.#moveDeadline(key, actor.deadlineBeforeMs, actor.deadlineAfterMs);
    }
    for (const [partition, sequence] of window.sequences) disk.sequences.set(partition, sequence);
    for (const [key, effect] of window.outboxAdd) disk.outbox.set(key, new Uint8Array(effect));
    for (const key of window.outboxRemove) disk.outbox.delete(key);
    disk.journal.set(window.window, new Uint8Array(window.journal));
    disk.positions = new Uint8Array(window.positions);
    disk.recoverFrom = window.recoverFrom;
    disk.lastWindow = window.window;
    const trimBefore = Math.min(window.trimBefore, window.window, disk.trimmedBefore + trimmedPerCommitMax);
    while (disk.trimmedBefore < trimBefore) disk.journal.delete(disk.trimmedBefore++);
    this.#options.onApplied?.(window);
  }

  #moveDeadline(key: string, beforeMs: number, afterMs: number): void {
    const deadlines = this.#disk.deadlines;
    if (beforeMs > 0) {
      const minute = Math.floor(beforeMs / minuteMs);
      const keys = deadlines.get(minute);
      keys?.delete(key);
      if (keys?.size === 0) deadlines.delete(minute);
    }
    if (afterMs > 0) {
      const minute = Math.floor(afterMs / minuteMs);
      const keys = deadlines.get(minute) ?? new Set();
      keys.add(key);
      deadlines.set(minute, keys);
    }
  }
}
