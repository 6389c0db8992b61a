/** Answers to who asks for the state of subscribers: one of them, or a page of a partition. */
import type { Counters } from '../../types/counters.ts';
import type { LookupRequest } from '../../types/model/thread.ts';
import { isSubscriberNumber, partitionOf } from '../../types/partition.ts';
import type { Store } from '../../types/ports/store.ts';
import { encodeState } from '../../wire/state.ts';
import type { ActorCache } from './actor-cache.ts';

/** What protobuf puts around the states of a reply. */
const LOOKUP_HEAD_OCTETS = 32;
const LOOKUP_STATE_HEAD_OCTETS = 6;

export class Lookups {
  readonly #cache: ActorCache;
  readonly #store: Store;
  readonly #counters: Counters;
  readonly #statesOctetsMax: number;

  /** @param replyOctetsMax what a record of the ring to the asker holds: a longer one would be a programmer's error */
  constructor(cache: ActorCache, store: Store, counters: Counters, replyOctetsMax: number) {
    this.#cache = cache;
    this.#store = store;
    this.#counters = counters;
    this.#statesOctetsMax = replyOctetsMax - LOOKUP_HEAD_OCTETS;
  }

  /** Encoded states; a page ends where the reply is full. */
  answer({ subscriber, page, partition }: LookupRequest): Uint8Array[] {
    return page === 0 ? this.#lookUp(subscriber) : this.#page(partition, subscriber, page);
  }

  #lookUp(subscriber: string): Uint8Array[] {
    if (!isSubscriberNumber(subscriber)) return [];
    const octets = this.#encoded(partitionOf(subscriber), subscriber);
    return octets === undefined ? [] : [octets];
  }

  #page(partition: number, after: string, page: number): Uint8Array[] {
    const states: Uint8Array[] = [];
    if (!this.#store.partitions.includes(partition)) return states;
    let room = this.#statesOctetsMax + LOOKUP_STATE_HEAD_OCTETS;
    for (const number of this.#numbers(partition, after)) {
      const octets = this.#encoded(partition, number);
      if (octets === undefined) continue;
      room -= octets.length + LOOKUP_STATE_HEAD_OCTETS;
      if (room < 0) break;
      states.push(octets);
      if (states.length >= page) break;
    }
    return states;
  }

  /** Those above `after`: stored ones, and those whose first record is still to be written. */
  *#numbers(partition: number, after: string): Generator<string> {
    const unwritten = this.#cache.unwritten(partition).filter((number) => number > after);
    unwritten.sort().reverse();
    for (const [number] of this.#store.actors(partition, after === '' ? undefined : after)) {
      while (unwritten.length > 0 && unwritten.at(-1)! < number) yield unwritten.pop()!;
      if (unwritten.at(-1) === number) unwritten.pop();
      if (number !== after) yield number;
    }
    yield* unwritten.reverse();
  }

  /** Undefined when nobody has provisioned the number, or its state is longer than a reply may be. */
  #encoded(partition: number, number: string): Uint8Array | undefined {
    const state = this.#cache.peek(partition, number);
    if (state?.profile === undefined) return undefined;
    const octets = encodeState(state);
    if (octets.length <= this.#statesOctetsMax) return octets;
    this.#counters.count('shard.state-too-long-to-show');
    return undefined;
  }
}
