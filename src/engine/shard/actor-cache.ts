/**
 * The actors of a shard that are in memory. Actors are virtual: every number has one, only those with something going on
 * are here; the others lie in the store and come back with their next event.
 */
import { initialState, isBlank, type SubscriberState } from '../../types/model/state.ts';
import { OperatingError } from '../../types/operating-error.ts';
import { type ActorWrite, commitsInFlightMax, type Store } from '../../types/ports/store.ts';
import { decodeState, encodeState } from '../../wire/state.ts';

export class Actor {
  readonly partition: number;
  state: SubscriberState;
  /** The deadline that the store's index holds. */
  indexedDeadlineMs: number;
  /** The window of the oldest change that is not in the actor's record yet; 0 when there is none. */
  dirtySince = 0;
  /** The last window that wrote the record: until it is durable a read of the store may give the one before. */
  writtenIn = 0;

  constructor(partition: number, state: SubscriberState, stored: boolean) {
    this.partition = partition;
    this.state = state;
    this.indexedDeadlineMs = stored ? state.deadlineAtMs : 0;
  }
}

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
  /** Actors whose record lags behind, in the order of `dirtySince`. */
  readonly #dirty = new Set<Actor>();
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

  get dirtyCount(): number {
    return this.#dirty.size;
  }

  /** The first window that recovery needs for what the records lack; `otherwise` when they lack nothing. */
  oldestDirtyWindow(otherwise: number): number {
    for (const actor of this.#dirty) return Math.min(actor.dirtySince, otherwise);
    return otherwise;
  }

  /** The actor's state if it is in memory or stored, without keeping it in memory. */
  peek(partition: number, number: string): SubscriberState | undefined {
    const known = this.#actors.get(number);
    if (known !== undefined) return known.state;
    const state = this.#read(partition, number);
    return state === 'damaged' ? undefined : state;
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
    if (actor.dirtySince !== 0) return;
    actor.dirtySince = window;
    this.#dirty.add(actor);
  }

  /** Actors whose record lags behind. */
  dirty(): Iterable<Actor> {
    return this.#dirty;
  }

  /**
   * The records to write with a window: at most `max`, oldest changes first, then in key order.
   * @param recoverFrom where a recovery starts once the window before is durable
   */
  takeWrites(window: number, max: number, recoverFrom: number): ActorWrite[] {
    const taken: Actor[] = [];
    for (const actor of this.#dirty) {
      if (taken.length >= max) break;
      taken.push(actor);
    }
    for (const actor of this.#leaving) {
      if (taken.length >= max) break;
      if (actor.dirtySince === 0 && actor.writtenIn < recoverFrom) taken.push(actor);
    }
    taken.sort((a, b) => a.partition - b.partition || (a.state.number < b.state.number ? -1 : 1));
    return taken.map((actor) =>
      actor.dirtySince === 0 ? this.#remove(actor, window) : this.#write(actor, window),
    );
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
    this.#dirty.delete(actor);
    actor.dirtySince = 0;
    actor.writtenIn = window;
    const { state } = actor;
    if (isBlank(state)) this.#leaving.add(actor);
    else this.#leaving.delete(actor);
    const write: ActorWrite = {
      partition: actor.partition,
      number: state.number,
      record: encodeState(state),
      deadlineBeforeMs: actor.indexedDeadlineMs,
      deadlineAfterMs: state.deadlineAtMs,
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
