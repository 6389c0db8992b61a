/** The subscriber actors as the signalling thread reaches them: rings of decisions, of calls, of returns and of outcomes to every shard. */
import type { SelfCareActors } from '../../gateway/self-care-desk.ts';
import type { SubscriberGateway } from '../../gateway/subscriber-gateway.ts';
import type { SubscriberEvent } from '../../types/model/event.ts';
import { ringKinds } from '../../types/model/thread.ts';
import { isSubscriberNumber, partitionOf } from '../../types/partition.ts';
import type { RingWriter } from '../../types/ports/ring.ts';
import { encodeEvent } from '../../wire/event.ts';
import { encodeDecideRequest } from '../../wire/thread.ts';
import { ReleaseQueue } from '../release-queue.ts';

export interface ShardRings {
  /** New calls, of which the subscriber decides: refused when it is full. */
  readonly decisions: RingWriter;
  /** How calls ended: a missed one is kept until there is room, and no new one is watched while it waits. */
  readonly calls: RingWriter;
  /** Who has come back, gone, or said something: refused when it is full. */
  readonly returns: RingWriter;
  /** What came of effects: kept until there is room. */
  readonly outcomes: RingWriter;
}

/** Missed calls that wait for room, per shard. While one waits no further call is watched, so that few do. */
const MISSED_WAITING_MAX = 10_000;

export class ActorGateway implements SubscriberGateway, SelfCareActors {
  readonly #shardOf: (partition: number) => number;
  readonly #decisions: readonly ReleaseQueue[];
  readonly #calls: readonly ReleaseQueue[];
  readonly #returns: readonly ReleaseQueue[];
  readonly #outcomes: readonly ReleaseQueue[];
  readonly #wake: () => void;

  /**
   * @param shardOf the index of the shard that owns a partition
   * @param wake asks for a turn, in which what was written is flushed
   */
  constructor(rings: readonly ShardRings[], shardOf: (partition: number) => number, wake: () => void) {
    this.#wake = wake;
    this.#shardOf = shardOf;
    this.#decisions = rings.map(({ decisions }) => new ReleaseQueue(decisions));
    this.#calls = rings.map(({ calls }) => new ReleaseQueue(calls));
    this.#returns = rings.map(({ returns }) => new ReleaseQueue(returns));
    this.#outcomes = rings.map(({ outcomes }) => new ReleaseQueue(outcomes));
  }

  /** Missed calls and outcomes that wait for room: the number of outcomes is bounded by that of deliveries under way. */
  get waiting(): number {
    return [...this.#calls, ...this.#outcomes].reduce((sum, queue) => sum + queue.depth, 0);
  }

  /** How full the fullest ring of calls or outcomes is, 0 … 1. */
  get fill(): number {
    return Math.max(fullest(this.#calls), fullest(this.#outcomes));
  }

  /** How full the fullest ring of returns is, 0 … 1. */
  get returnsFill(): number {
    return fullest(this.#returns);
  }

  decide(token: number, subscriber: string): boolean {
    if (!isSubscriberNumber(subscriber)) return false;
    if (this.#queueOf(this.#calls, subscriber).depth > 0) return false;
    const queue = this.#queueOf(this.#decisions, subscriber);
    return this.#write(queue, ringKinds.decideRequest, encodeDecideRequest({ token, subscriber }));
  }

  greet(token: number, subscriber: string): boolean {
    if (!isSubscriberNumber(subscriber)) return false;
    const queue = this.#queueOf(this.#decisions, subscriber);
    return this.#write(queue, ringKinds.greetRequest, encodeDecideRequest({ token, subscriber }));
  }

  /** A missed call is kept until there is room: the network was told that we watch, and will not tell again. */
  report(event: SubscriberEvent): boolean {
    if (!isSubscriberNumber(event.subscriber)) return false;
    if (event.what.kind === 'call-missed') {
      const queue = this.#queueOf(this.#calls, event.subscriber);
      if (queue.depth >= MISSED_WAITING_MAX) return false;
      queue.push(ringKinds.event, encodeEvent(event));
      this.#wake();
      return true;
    }
    const { kind } = event.what;
    const yieldsToCalls =
      kind === 'subscriber-reachable' || kind === 'subscriber-unreachable' || kind === 'self-care';
    const queue = this.#queueOf(yieldsToCalls ? this.#returns : this.#calls, event.subscriber);
    return this.#write(queue, ringKinds.event, encodeEvent(event));
  }

  /** An outcome is never refused: the effect that it closes stays open until it arrives. */
  outcome(partition: number, event: SubscriberEvent): void {
    this.#outcomes[this.#shardOf(partition)]!.push(ringKinds.event, encodeEvent(event));
    this.#wake();
  }

  flush(): number {
    let moved = 0;
    for (const queue of this.#decisions) moved += queue.flush();
    for (const queue of this.#calls) moved += queue.flush();
    for (const queue of this.#returns) moved += queue.flush();
    for (const queue of this.#outcomes) moved += queue.flush();
    return moved;
  }

  #write(queue: ReleaseQueue, kind: number, record: Uint8Array): boolean {
    if (!queue.offer(kind, record)) return false;
    this.#wake();
    return true;
  }

  #queueOf(queues: readonly ReleaseQueue[], subscriber: string): ReleaseQueue {
    return queues[this.#shardOf(partitionOf(subscriber))]!;
  }
}

function fullest(queues: readonly ReleaseQueue[]): number {
  let most = 0;
  for (const { ring } of queues) {
    const { fill } = ring;
    if (fill > most) most = fill;
  }
  return most;
}
