/**
 * The actors of a shard that are in memory. Actors are virtual: every number has one, only those with something going on
 * are here; the others lie in the store and come back with their next event.
 */
import { initialState, type SubscriberState } from '../../types/model/state.ts';
import type { ActorWrite, Store } from '../../types/ports/store.ts';
import { decodeState, encodeState } from '../../wire/state.ts';

export class Actor {
  readonly partition: number;
  state: SubscriberState;
  /** Whether the store has, or with the next writes will have, a record. */
  stored: boolean;
  /** The deadline that the store's index holds. */
  indexedDeadlineMs: number;
  /** The window of the oldest change that is not in the actor's record yet; 0 when there is none. */
  dirtySince = 0;
  /** The last window that wrote the record: until it is durable a read of the store may give the one before. */
  writtenIn = 0;

  constructor(partition: number, state: SubscriberState, stored: boolean) {
    this.partition = partition;
    this.state = state;
    this.stored = stored;
    this.indexedDeadlineMs = stored ? state.deadlineAtMs : 0;
  }
}

export interface ActorCacheOptions {
  readonly store: Store;
  /** Actors kept in memory; more are tolerated only while their changes are not durable. */
  readonly actorsMax: number;
  /** A record that does not decode. The actor is then as if never heard of, and its record is left as it is. */
  readonly onDamagedRecord: (partition: number, number: string, code: string) => void;
}

export class ActorCache {
  readonly #options: ActorCacheOptions;
  readonly #actors = new Map<string, Actor>();
  /** Actors whose record lags behind, in the order of `dirtySince`. */
  readonly #dirty = new Set<Actor>();

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
    return this.#actors.get(number)?.state ?? this.#read(partition, number);
  }

  /** The actor, activated when it was not in memory. */
  activate(partition: number, number: string): Actor {
    const known = this.#actors.get(number);
    if (known !== undefined) return known;
    const state = this.#read(partition, number);
    const actor = new Actor(partition, state ?? initialState(number), state !== undefined);
    this.#actors.set(number, actor);
    return actor;
  }

  changed(actor: Actor, state: SubscriberState, window: number): void {
    actor.state = state;
    if (actor.dirtySince !== 0) return;
    actor.dirtySince = window;
    this.#dirty.add(actor);
  }

  /** The records to write with a window: at most `max`, oldest changes first, then in key order. */
  takeWrites(window: number, max: number): ActorWrite[] {
    const taken: Actor[] = [];
    for (const actor of this.#dirty) {
      if (taken.length >= max) break;
      taken.push(actor);
    }
    taken.sort((a, b) => a.partition - b.partition || (a.state.number < b.state.number ? -1 : 1));
    return taken.map((actor) => this.#write(actor, window));
  }

  /** Puts idle actors away until the bound holds again. Called when `durableWindow` has become durable. */
  trim(durableWindow: number): void {
    let excess = this.#actors.size - this.#options.actorsMax;
    if (excess <= 0) return;
    for (const [number, actor] of this.#actors) {
      if (actor.dirtySince === 0 && actor.writtenIn <= durableWindow) {
        this.#actors.delete(number);
        if (--excess <= 0) return;
      }
    }
  }

  #write(actor: Actor, window: number): ActorWrite {
    this.#dirty.delete(actor);
    actor.dirtySince = 0;
    actor.writtenIn = window;
    const { state } = actor;
    const keep = !isBlank(state);
    const write: ActorWrite = {
      partition: actor.partition,
      number: state.number,
      record: keep ? encodeState(state) : undefined,
      deadlineBeforeMs: actor.indexedDeadlineMs,
      deadlineAfterMs: keep ? state.deadlineAtMs : 0,
    };
    actor.stored = keep;
    actor.indexedDeadlineMs = write.deadlineAfterMs;
    return write;
  }

  #read(partition: number, number: string): SubscriberState | undefined {
    const record = this.#options.store.readActor(partition, number);
    if (record === undefined) return undefined;
    const state = decodeState(record);
    if (state.ok) return state.value;
    this.#options.onDamagedRecord(partition, number, state.code);
    return undefined;
  }
}

/** Nothing in it that a new actor would not have: its record can go. */
export function isBlank(state: SubscriberState): boolean {
  return state.profile === undefined && state.delivery === 'idle' && state.notice === undefined;
}
