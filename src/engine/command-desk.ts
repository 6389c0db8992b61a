/** The main part's way to the actors: commands that change them, and looks at them. */
import assert from 'node:assert/strict';
import type { Clock } from '../types/clock.ts';
import type { AdminCommand } from '../types/model/event.ts';
import type { SubscriberState } from '../types/model/state.ts';
import { ringKinds, type SearchPage, type SearchStep } from '../types/model/thread.ts';
import { partitionCount, partitionOf } from '../types/partition.ts';
import type { RingReader, RingWriter } from '../types/ports/ring.ts';
import { encodeEvent } from '../wire/event.ts';
import { decodeState } from '../wire/state.ts';
import {
  decodeLookupReply,
  decodeReleasedEffect,
  decodeSearchReply,
  encodeEpochBegan,
  encodeLookupRequest,
  encodeSearchRequest,
} from '../wire/thread.ts';

export interface CommandDeskOptions {
  readonly clock: Clock;
  readonly commands: readonly RingWriter[];
  readonly answers: readonly RingReader[];
  readonly shardOf: (partition: number) => number;
  /** Commands and looks that may be under way at once. */
  readonly waitingMax: number;
}

type Waiting = (states: readonly SubscriberState[]) => void;
type WaitingSearch = (page: SearchPage) => void;

export class CommandDesk {
  readonly #options: CommandDeskOptions;
  readonly #waiting = new Map<number, Waiting>();
  readonly #searching = new Map<number, WaitingSearch>();
  #token = 0;

  constructor(options: CommandDeskOptions) {
    this.#options = options;
  }

  get underWay(): number {
    return this.#waiting.size + this.#searching.size;
  }

  /**
   * Changes a subscriber; `done` when that is durable. Returns a token for `forget`; 0: too much is under way, try again
   * later. A shard that dies may take the answer with it: who asks must not wait for ever.
   */
  command(subscriber: string, command: AdminCommand['command'], done: () => void): number {
    return this.#send(partitionOf(subscriber), this.#waiting, done, (token) => ({
      kind: ringKinds.event,
      record: encodeEvent({
        subscriber,
        atMs: this.#options.clock.now(),
        what: { kind: 'admin-command', command, answerToken: token },
      }),
    }));
  }

  /** One provisioned subscriber, or none. */
  get(subscriber: string, done: (state: SubscriberState | undefined) => void): number {
    return this.#send(
      partitionOf(subscriber),
      this.#waiting,
      ([state]) => done(state),
      (token) => ({
        kind: ringKinds.lookupRequest,
        record: encodeLookupRequest({ token, subscriber, page: 0, partition: 0 }),
      }),
    );
  }

  /**
   * Up to `page` subscribers of a partition in the order of their numbers, after one of them; fewer where they would not
   * fit one message, none when there are no more.
   */
  page(partition: number, after: string, page: number, done: Waiting): number {
    assert(partition >= 0 && partition < partitionCount, 'a partition is 0 … 63');
    return this.#send(partition, this.#waiting, done, (token) => ({
      kind: ringKinds.lookupRequest,
      record: encodeLookupRequest({ token, subscriber: after, page, partition }),
    }));
  }

  /** One step of a search for a number, in a partition's records or in the journal or outbox of the shard that owns it. */
  search(step: SearchStep, done: WaitingSearch): number {
    return this.#send(step.partition, this.#searching, done, (token) => ({
      kind: ringKinds.searchRequest,
      record: encodeSearchRequest({ token, ...step }),
    }));
  }

  /** A partition of each shard. */
  get aPartitionOfEach(): number[] {
    const { commands, shardOf } = this.#options;
    const partitions = Array.from({ length: partitionCount }, (_, partition) => partition);
    return commands.flatMap((_, shard) => partitions.find((one) => shardOf(one) === shard) ?? []);
  }

  /** Nobody waits for this any more. */
  forget(token: number): void {
    this.#searching.delete(token);
    this.#waiting.delete(token);
  }

  /** The threads that do effects were started anew: every shard is to release what it has open again. */
  beginEpoch(epoch: number): boolean {
    const record = encodeEpochBegan(epoch);
    return this.#options.commands.every((ring) => {
      const written = ring.write(ringKinds.epochBegan, record);
      ring.flush();
      return written;
    });
  }

  doWork(): number {
    let work = 0;
    for (const ring of this.#options.answers) {
      let last = -1;
      work += ring.read((kind, record, position) => {
        last = position;
        this.#take(kind, record);
      }, 256);
      if (last >= 0) ring.release(last);
    }
    return work;
  }

  #send<D>(
    partition: number,
    waiting: Map<number, D>,
    done: D,
    message: (token: number) => { kind: number; record: Uint8Array },
  ): number {
    if (this.underWay >= this.#options.waitingMax) return 0;
    const token = ++this.#token;
    const { kind, record } = message(token);
    const ring = this.#options.commands[this.#options.shardOf(partition)]!;
    if (!ring.write(kind, record)) return 0;
    ring.flush();
    waiting.set(token, done);
    return token;
  }

  #take(kind: number, record: Uint8Array): void {
    if (kind === ringKinds.releasedEffect) {
      const released = decodeReleasedEffect(record);
      if (released.ok && released.value.effect.what.kind === 'answer-command') {
        this.#end(released.value.effect.what.answerToken, []);
      }
      return;
    }
    if (kind === ringKinds.searchReply) {
      const found = decodeSearchReply(record);
      if (!found.ok) return;
      const { token, ...page } = found.value;
      const done = this.#searching.get(token);
      this.#searching.delete(token);
      return done?.(page);
    }
    const reply = decodeLookupReply(record);
    if (!reply.ok) return;
    const states = reply.value.states.flatMap((octets) => {
      const state = decodeState(octets);
      return state.ok ? [state.value] : [];
    });
    this.#end(reply.value.token, states);
  }

  #end(token: number, states: readonly SubscriberState[]): void {
    const done = this.#waiting.get(token);
    this.#waiting.delete(token);
    done?.(states);
  }
}
