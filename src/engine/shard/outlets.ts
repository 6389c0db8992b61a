/** The rings out of a shard: where its effects go once they are durable, and its replies at once. */
import type { Effect } from '../../types/model/effect.ts';
import { ringKinds } from '../../types/model/thread.ts';
import { isSubscriberNumber, partitionOf } from '../../types/partition.ts';
import type { RingWriter } from '../../types/ports/ring.ts';
import { encodeEffect } from '../../wire/effect.ts';
import { encodeReleasedEffect } from '../../wire/thread.ts';
import { ReleaseQueue } from '../release-queue.ts';
import type { ShardOptions } from './shard-options.ts';

type Rings = Pick<ShardOptions, 'signalling' | 'queries' | 'notifier' | 'main' | 'shardOf'>;

export interface Release {
  /** Of the threads that do effects. */
  readonly epoch: number;
  readonly returnedAtMs: number;
  /** It was released before, and may be done already. */
  readonly again: boolean;
}

export class Outlets {
  readonly signalling: ReleaseQueue;
  readonly main: ReleaseQueue;
  /** Tells from this shard to itself. */
  readonly ownTells: Effect[] = [];
  readonly #queries: ReleaseQueue;
  readonly #notifier: ReleaseQueue;
  readonly #shards = new Map<RingWriter, ReleaseQueue>();
  /** All but those of notices and queries, which are open until they are done and bounded as such. */
  readonly #prompt: ReleaseQueue[];
  readonly #shardOf: Rings['shardOf'];

  constructor(rings: Rings) {
    this.signalling = new ReleaseQueue(rings.signalling);
    this.main = new ReleaseQueue(rings.main);
    this.#queries = new ReleaseQueue(rings.queries);
    this.#notifier = new ReleaseQueue(rings.notifier);
    this.#prompt = [this.signalling, this.main];
    this.#shardOf = rings.shardOf;
  }

  /** Records that wait for a ring, but for notices and queries. */
  get waiting(): number {
    let sum = 0;
    for (const queue of this.#prompt) sum += queue.depth;
    return sum;
  }

  /** Notices and queries that wait for their ring. */
  get noticesQueued(): number {
    return this.#notifier.depth + this.#queries.depth;
  }

  release(effect: Effect, { epoch, returnedAtMs, again }: Release): void {
    const { what } = effect;
    const released = () => encodeReleasedEffect({ epoch, effect, returnedAtMs, again });
    switch (what.kind) {
      case 'send-notice':
      case 'cancel-notice':
      case 'query-notice':
      case 'recall-notice':
      case 'answer-receipt':
        return this.#notifier.push(ringKinds.releasedEffect, released);
      case 'query-reachability':
        return this.#queries.push(ringKinds.releasedEffect, released);
      case 'answer-call':
      case 'answer-alert':
      case 'answer-self-care':
        return this.signalling.push(ringKinds.releasedEffect, released());
      case 'answer-command':
        return this.main.push(ringKinds.releasedEffect, released());
      case 'tell-subscriber': {
        const ring = isSubscriberNumber(what.subscriber)
          ? this.#shardOf(partitionOf(what.subscriber))
          : undefined;
        if (ring === undefined) this.ownTells.push(effect);
        else this.toShard(ring).push(ringKinds.tell, encodeEffect(effect));
        return;
      }
      default:
        what satisfies never;
    }
  }

  toShard(ring: RingWriter): ReleaseQueue {
    let queue = this.#shards.get(ring);
    if (queue === undefined) {
      queue = new ReleaseQueue(ring);
      this.#shards.set(ring, queue);
      this.#prompt.push(queue);
    }
    return queue;
  }

  /** What waits for a thread that does effects goes when another life of it begins: all that is open is released again. */
  dropNotices(): void {
    this.#notifier.clear();
    this.#queries.clear();
  }

  /** Returns the number of records moved. */
  flush(): number {
    let moved = this.#notifier.flush() + this.#queries.flush();
    for (const queue of this.#prompt) moved += queue.flush();
    return moved;
  }
}
