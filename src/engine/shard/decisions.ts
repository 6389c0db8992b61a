/**
 * Decisions on calls, and whom something that was said is about: read-only queries, answered at once from the state of now, whatever the disk does. What is read is not kept: a caller
 * who is not answered because this life ended goes on without us.
 */
import type { ServiceClass } from '../../rules/service-class.ts';
import { decide, wantsTrouble } from '../../subscriber/decide.ts';
import { type DecideReply, ringKinds } from '../../types/model/thread.ts';
import type { Mutable } from '../../types/mutable.ts';
import { isSubscriberNumber, partitionOf } from '../../types/partition.ts';
import type { RingReader } from '../../types/ports/ring.ts';
import { decodeDecideRequest, encodeDecideReply, encodeGreetReply } from '../../wire/thread.ts';
import type { ReleaseQueue } from '../release-queue.ts';
import type { ActorCache } from './actor-cache.ts';

export class Decisions {
  readonly #ring: RingReader;
  readonly #cache: ActorCache;
  readonly #replies: ReleaseQueue;
  readonly #onDamaged: (kind: number, code: string) => void;
  readonly #watchesStrangers: boolean;
  /** Empty where no class looks at the line. */
  readonly #classes: readonly ServiceClass[];
  /** Empty where no class tells callers of trouble of the network. */
  readonly #troubleClasses: readonly ServiceClass[];

  constructor(
    ring: RingReader,
    cache: ActorCache,
    replies: ReleaseQueue,
    watchesStrangers: boolean,
    onDamaged: (kind: number, code: string) => void,
    classes: readonly ServiceClass[] = [],
  ) {
    this.#watchesStrangers = watchesStrangers;
    this.#classes = classes.some(({ lineFree }) => lineFree) ? classes : [];
    const tellsTrouble = classes.some(({ causesForCallers }) => causesForCallers.includes('network'));
    this.#troubleClasses = tellsTrouble ? classes : [];
    this.#ring = ring;
    this.#cache = cache;
    this.#replies = replies;
    this.#onDamaged = onDamaged;
  }

  /** Returns how many were read, `max` at most. */
  answer(max: number): number {
    let last = -1;
    const count = this.#ring.read((kind, record, position) => {
      last = position;
      this.#take(kind, record);
    }, max);
    if (last >= 0) this.#ring.release(last);
    return count;
  }

  #take(kind: number, record: Uint8Array): void {
    if (kind !== ringKinds.decideRequest && kind !== ringKinds.greetRequest)
      return this.#onDamaged(kind, 'unknown-kind');
    const request = decodeDecideRequest(record);
    if (!request.ok) return this.#onDamaged(kind, request.code);
    const { token, subscriber } = request.value;
    const known = isSubscriberNumber(subscriber)
      ? this.#cache.peek(partitionOf(subscriber), subscriber)
      : undefined;
    if (kind === ringKinds.greetRequest) {
      const language = known?.profile?.language ?? '';
      return this.#replies.push(ringKinds.greetReply, encodeGreetReply({ token, language }));
    }
    const decision = decide(known, this.#watchesStrangers, this.#classes);
    const reply: Mutable<DecideReply> = { token, observe: decision !== 'let-go' };
    if (decision === 'follow') reply.toTheEnd = true;
    if (wantsTrouble(known, this.#troubleClasses)) reply.troubleToo = true;
    this.#replies.push(ringKinds.decideReply, encodeDecideReply(reply));
  }
}
