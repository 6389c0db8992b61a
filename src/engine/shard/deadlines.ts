/**
 * Deadlines of the shard's actors. An actor's record holds its next one; a coarse index in the store loads the near
 * future into the wheel. A firing carries its generation, so that a stale one is ignored. What cannot be worked on now
 * waits in the order in which it came due.
 *
 *     index ──load──▶ wheel ──due──▶ late ──▶ worked on
 */
import type { Counters } from '../../types/counters.ts';
import { nextDeadlineMs, type SubscriberState } from '../../types/model/state.ts';
import type { DeadlineEntry } from '../../types/ports/store.ts';
import type { Timers } from '../../types/timers.ts';
import type { SetBacks } from './set-backs.ts';

const DEADLINE = 1;
const LOAD = 2;
const LATE = 3;

/** How far ahead deadlines are in the wheel; farther ones wait in the store's index. */
export const HORIZON_MS = 120_000;
const LOAD_EVERY_MS = 30_000;
/** Deadlines in the wheel; what comes beyond waits in the store's index, and is looked for again when half of them are done. */
export const ARMED_MAX = 100_000;
const LOOK_FOR_ROOM_MS = 1_000;
/** Entries of the index in one look, and the pause before the next one: what waits beside them is not kept up. */
const LOADED_AT_ONCE = 500;
const LOAD_PAUSE_MS = 2;
/** What could not be worked on comes again after this long. */
const AGAIN_MS = 5;

interface Armed {
  readonly number: string;
  readonly generation: number;
  /** Of two deadlines of one actor the other one may come to be the next. */
  readonly atMs: number;
  readonly handle: number;
  readonly slot: number;
}

export interface DeadlinesOptions {
  readonly timers: Timers;
  /** The time, and which deadlines are too late by it. */
  readonly clock: SetBacks;
  readonly counters: Counters;
  /** False: not now. */
  readonly onDeadline: (number: string, generation: number) => boolean;
  readonly index: (untilMs: number, after: DeadlineEntry | undefined) => Iterable<DeadlineEntry>;
  readonly stateOf: (partition: number, number: string) => SubscriberState | undefined;
}

export class Deadlines {
  readonly #options: DeadlinesOptions;
  readonly #byNumber = new Map<string, Armed>();
  readonly #bySlot = new Map<number, Armed>();
  /** Slots that came due and could not be worked on. */
  readonly #late = new Set<number>();
  #slot = 0;
  #loadTimer = 0;
  #lateTimer = 0;
  /** Where the look at the index goes on. */
  #loadedUpTo: DeadlineEntry | undefined;
  /** Some wait in the index for room in the wheel. */
  #deferred = false;

  constructor(options: DeadlinesOptions) {
    this.#options = options;
  }

  get armed(): number {
    return this.#bySlot.size;
  }

  start(): void {
    this.#load();
  }

  stop(): void {
    const { timers } = this.#options;
    timers.stop(this.#loadTimer);
    timers.stop(this.#lateTimer);
    for (const { handle } of this.#bySlot.values()) timers.stop(handle);
    this.#bySlot.clear();
    this.#byNumber.clear();
    this.#late.clear();
  }

  /** Follows a change of an actor's deadline. False: there is no room for it in the wheel. */
  update(state: SubscriberState): boolean {
    const { number, deadlineGeneration } = state;
    const deadlineAtMs = nextDeadlineMs(state);
    const known = this.#byNumber.get(number);
    if (known !== undefined) {
      if (deadlineAtMs !== 0 && known.generation === deadlineGeneration && known.atMs === deadlineAtMs)
        return true;
      this.#options.timers.stop(known.handle);
      this.#forget(known);
    }
    const { clock } = this.#options;
    const waitMs = deadlineAtMs - clock.now() - clock.of(state);
    if (deadlineAtMs === 0 || waitMs > HORIZON_MS) return true;
    if (this.#bySlot.size >= ARMED_MAX) {
      this.#options.counters.count('shard.deadline-deferred');
      this.#defer();
      return false;
    }
    const slot = ++this.#slot;
    const handle = this.#options.timers.start(Math.max(0, waitMs), this, DEADLINE, slot);
    const armed = { number, generation: deadlineGeneration, atMs: deadlineAtMs, handle, slot };
    this.#byNumber.set(number, armed);
    this.#bySlot.set(slot, armed);
    return true;
  }

  onTimer(kind: number, key: number): void {
    if (kind === LOAD) return this.#load();
    if (kind === LATE) return this.#workOnLate();
    const armed = this.#bySlot.get(key);
    if (armed === undefined) return;
    // Those that came due before go first.
    if (this.#late.size === 0 && this.#work(armed)) return;
    this.#late.add(key);
    if (this.#lateTimer === 0) this.#lateTimer = this.#options.timers.start(AGAIN_MS, this, LATE, 0);
  }

  #workOnLate(): void {
    this.#lateTimer = 0;
    for (const slot of this.#late) {
      const armed = this.#bySlot.get(slot);
      if (armed !== undefined && !this.#work(armed)) break;
    }
    if (this.#late.size > 0) this.#lateTimer = this.#options.timers.start(AGAIN_MS, this, LATE, 0);
  }

  #work(armed: Armed): boolean {
    if (!this.#options.onDeadline(armed.number, armed.generation)) return false;
    this.#forget(armed);
    return true;
  }

  /** Another deadline of the same actor may have taken its place. */
  #forget(armed: Armed): void {
    const { number, slot } = armed;
    if (this.#byNumber.get(number) === armed) this.#byNumber.delete(number);
    this.#bySlot.delete(slot);
    this.#late.delete(slot);
  }

  /** Looks at a stretch of the index; at its end, or when the wheel is full, begins anew later. */
  #load(): void {
    if (this.#deferred && this.#bySlot.size > ARMED_MAX / 2) return this.#loadAfter(LOOK_FOR_ROOM_MS);
    this.#deferred = false;
    const { clock, index, stateOf } = this.#options;
    let left = LOADED_AT_ONCE;
    for (const entry of index(clock.now() + HORIZON_MS + clock.mostMs, this.#loadedUpTo)) {
      const [partition, number] = entry;
      const state = this.#byNumber.has(number) ? undefined : stateOf(partition, number);
      if (state !== undefined && !this.update(state)) return;
      if (--left > 0) continue;
      this.#loadedUpTo = entry;
      return this.#loadAfter(LOAD_PAUSE_MS);
    }
    this.#loadedUpTo = undefined;
    this.#loadAfter(LOAD_EVERY_MS);
  }

  #defer(): void {
    if (this.#deferred) return;
    this.#deferred = true;
    this.#loadedUpTo = undefined;
    this.#loadAfter(LOOK_FOR_ROOM_MS);
  }

  #loadAfter(ms: number): void {
    this.#options.timers.stop(this.#loadTimer);
    this.#loadTimer = this.#options.timers.start(ms, this, LOAD, 0);
  }
}
