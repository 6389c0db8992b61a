/** The subscriber actors as the signalling thread reaches them: a ring of calls and a ring of outcomes to every shard. */
import type { SubscriberGateway } from '../../gateway/subscriber-gateway.ts';
import type { SubscriberEvent } from '../../types/model/event.ts';
import { ringKinds } from '../../types/model/thread.ts';
import { isSubscriberNumber, partitionOf } from '../../types/partition.ts';
import type { RingWriter } from '../../types/ports/ring.ts';
import { encodeEvent } from '../../wire/event.ts';
import { encodeDecideRequest } from '../../wire/thread.ts';
import { ReleaseQueue } from '../release-queue.ts';

export interface ShardRings {
  /** New calls and news of subscribers: refused when it is full. */
  readonly calls: RingWriter;
  /** What came of effects: kept until there is room. */
  readonly outcomes: RingWriter;
}

export class ActorGateway implements SubscriberGateway {
  readonly #shardOf: (partition: number) => number;
  readonly #calls: readonly RingWriter[];
  readonly #outcomes: readonly ReleaseQueue[];
  readonly #written: boolean[];
  readonly #wake: () => void;

  /**
   * @param shardOf the index of the shard that owns a partition
   * @param wake asks for a turn, in which what was written is flushed
   */
  constructor(rings: readonly ShardRings[], shardOf: (partition: number) => number, wake: () => void) {
    this.#wake = wake;
    this.#shardOf = shardOf;
    this.#calls = rings.map(({ calls }) => calls);
    this.#outcomes = rings.map(({ outcomes }) => new ReleaseQueue(outcomes));
    this.#written = rings.map(() => false);
  }

  /** Outcomes that wait for room: their number is bounded by that of deliveries under way. */
  get waiting(): number {
    return this.#outcomes.reduce((sum, queue) => sum + queue.depth, 0);
  }

  /** How full the fullest ring of calls is, 0 … 1. */
  get fill(): number {
    let fill = 0;
    for (const ring of this.#calls) if (ring.fill > fill) fill = ring.fill;
    return fill;
  }

  decide(token: number, subscriber: string): boolean {
    if (!isSubscriberNumber(subscriber)) return false;
    return this.#write(subscriber, ringKinds.decideRequest, encodeDecideRequest({ token, subscriber }));
  }

  report(event: SubscriberEvent): boolean {
    if (!isSubscriberNumber(event.subscriber)) return false;
    return this.#write(event.subscriber, ringKinds.event, encodeEvent(event));
  }

  /** An outcome is never refused: the effect that it closes stays open until it arrives. */
  outcome(partition: number, event: SubscriberEvent): void {
    this.#outcomes[this.#shardOf(partition)]!.push(ringKinds.event, encodeEvent(event));
    this.#wake();
  }

  flush(): number {
    let moved = 0;
    this.#calls.forEach((ring, shard) => {
      if (this.#written[shard] === true) ring.flush();
      this.#written[shard] = false;
    });
    for (const queue of this.#outcomes) moved += queue.flush();
    return moved;
  }

  #write(subscriber: string, kind: number, record: Uint8Array): boolean {
    const shard = this.#shardOf(partitionOf(subscriber));
    if (!this.#calls[shard]!.write(kind, record)) return false;
    this.#written[shard] = true;
    this.#wake();
    return true;
  }
}
