/**
 * The actors of a shard that are in memory. Actors are virtual: every number has one, only those with something going on
 * are here; the others lie in the store and come back with their next event.
 */
import { initialState, isBlank, nextDeadlineMs, type SubscriberState } from '../../types/model/state.ts';
import { OperatingError } from '../../types/operating-error.ts';
import { type ActorWrite, commitsInFlightMax, type Store } from '../../types/ports/store.ts';
import { decodeState, encodeState } from '../../wire/state.ts';
import { Actor } from './actor.ts';
import { WriteBehind } from './write-behind.ts';

export interface ActorCacheOptions {
  readonly store: Store;
  /** Actors kept in memory; more are tolerated only while their changes are not durable. */
  readonly actorsMax: number;
  /** A record that is not what was written, or does not decode. It is left as it is, and its actor is not there. */
  readonly onDamagedRecord: (partition: number, number: string, code: string) => void;
}

/** Actors that one trim looks at beyond those that have to go. */
const LOOKS_MAX = 100;

export class ActorCache {
  readonly #options: ActorCacheOptions;
  readonly #actors = new Map<string, Actor>();
  readonly #behind = new WriteBehind();
  /**
   * Actors whose record has nothing left but its sequence. It says that the events before are in it, so it goes only when no
   * recovery would read them again: without it they would be played on an empty state.
   */
  readonly #leaving = new Set<Actor>();
  /** Actors that an event found in memory, and those that came from the store or began. */
  hits = 0;
  misses = 0;

  constructor(options: ActorCacheOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#actors.size;
  }

  /** Actors whose record lags behind. */
  get dirtyCount(): number {
    return this.#behind.size;
  }

  /** The first window that recovery needs for what the records lack; `otherwise` when they lack nothing. */
  oldestDirtyWindow(otherwise: number): number {
    return this.#behind.oldestWindow(otherwise);
  }

  /** The actor's state if it is in memory or stored, without keeping it in memory. */
  peek(partition: number, number: string): SubscriberState | undefined {
    const known = this.#actors.get(number);
    if (known !== undefined) return known.state;
    const state = this.#read(partition, number);
    return state === 'damaged' ? undefined : state;
  }

  /** The state of an actor that is in memory, which may be newer than its record. */
  inMemory(number: string): SubscriberState | undefined {
    return this.#actors.get(number)?.state;
  }

  /** The actor, activated when it was not in memory; undefined when its record is damaged. */
  activate(partition: number, number: string): Actor | undefined {
    const known = this.#actors.get(number);
    if (known !== undefined) {
      this.hits++;
      return known;
    }
    this.misses++;
    const state = this.#read(partition, number);
    if (state === 'damaged') return undefined;
    const actor = new Actor(partition, state ?? initialState(number), state !== undefined);
    if (state !== undefined && isBlank(state)) {
      actor.writtenIn = this.#options.store.lastWindow + commitsInFlightMax;
      this.#leaving.add(actor);
    }
    this.#actors.set(number, actor);
    return actor;
  }

  changed(actor: Actor, state: SubscriberState, window: number): void {
    actor.state = state;
    this.#behind.add(actor, window);
  }

  /** Actors whose record lags behind, oldest change first. */
  dirty(): Iterable<Actor> {
    return this.#behind;
  }

  /** Numbers of a partition whose first record was not written yet; some that have one may be among them. */
  unwritten(partition: number): string[] {
    const numbers: string[] = [];
    for (const actor of this.#behind)
      if (actor.partition === partition && actor.writtenIn === 0 && !actor.stored)
        numbers.push(actor.state.number);
    return numbers;
  }

  /**
   * The records to write with a window: at most `max`.
   * @param recoverFrom where a recovery starts once the window before is durable
   * @param all not only the share of a commit among many
   */
  takeWrites(window: number, max: number, recoverFrom: number, all: boolean): ActorWrite[] {
    const writes = this.#behind.take(max, all).map((actor) => this.#write(actor, window));
    for (const actor of this.#leaving) {
      if (writes.length >= max) break;
      if (actor.dirtySince === 0 && actor.writtenIn < recoverFrom) writes.push(this.#remove(actor, window));
    }
    return writes;
  }

  /** Puts idle actors away until the bound holds again, those first that have been here longest. */
  trim(durableWindow: number): void {
    let excess = this.#actors.size - this.#options.actorsMax;
    if (excess <= 0) return;
    let looks = excess + LOOKS_MAX;
    for (const [number, actor] of this.#actors) {
      this.#actors.delete(number);
      const idle = actor.dirtySince === 0 && actor.writtenIn <= durableWindow && !this.#leaving.has(actor);
      // One that has to stay goes to the end, so that it is not looked at again and again.
      if (!idle) this.#actors.set(number, actor);
      else if (--excess <= 0) return;
      if (--looks <= 0) return;
    }
  }

  #write(actor: Actor, window: number): ActorWrite {
    actor.writtenIn = window;
    const { state } = actor;
    if (isBlank(state)) this.#leaving.add(actor);
    else this.#leaving.delete(actor);
    const write: ActorWrite = {
      partition: actor.partition,
      number: state.number,
      record: encodeState(state),
      deadlineBeforeMs: actor.indexedDeadlineMs,
      deadlineAfterMs: nextDeadlineMs(state),
    };
    actor.indexedDeadlineMs = write.deadlineAfterMs;
    return write;
  }

  #remove(actor: Actor, window: number): ActorWrite {
    this.#leaving.delete(actor);
    actor.writtenIn = window;
    const { partition, state, indexedDeadlineMs } = actor;
    return {
      partition,
      number: state.number,
      record: undefined,
      deadlineBeforeMs: indexedDeadlineMs,
      deadlineAfterMs: 0,
    };
  }

  #read(partition: number, number: string): SubscriberState | undefined | 'damaged' {
    const { store, onDamagedRecord } = this.#options;
    let record: Uint8Array | undefined;
    try {
      record = store.readActor(partition, number);
    } catch (error) {
      if (!(error instanceof OperatingError) || error.code !== 'CW_STORE_DAMAGED') throw error;
      onDamagedRecord(partition, number, 'checksum');
      return 'damaged';
    }
    if (record === undefined) return undefined;
    const state = decodeState(record);
    if (state.ok) return state.value;
    onDamagedRecord(partition, number, state.code);
    return 'damaged';
  }
}
