/** Short messages that message centres brought, for self-care: taken from the notifier, and answered when they are durable. */
import type { SelfCareParts } from '../../gateway/self-care.ts';
import type { Counters } from '../../types/counters.ts';
import { type CentreMessageTaken, ringKinds } from '../../types/model/thread.ts';
import type { RingReader, RingWriter } from '../../types/ports/ring.ts';
import { decodeCentreMessage, encodeCentreMessageTaken } from '../../wire/thread.ts';
import { ReleaseQueue } from '../release-queue.ts';

/** Taken in one turn; the notifier has no more of them waiting than a bound of its own. */
const READ_MAX = 256;

export class CentreMessageDesk {
  readonly #from: RingReader;
  /** No longer than what the notifier waits for. */
  readonly #answers: ReleaseQueue;
  readonly #selfCare: SelfCareParts | undefined;
  readonly #counters: Counters;

  constructor(from: RingReader, to: RingWriter, selfCare: SelfCareParts | undefined, counters: Counters) {
    this.#from = from;
    this.#answers = new ReleaseQueue(to);
    this.#selfCare = selfCare;
    this.#counters = counters;
  }

  /** @param admits false: what comes is to come again */
  doWork(admits: boolean): number {
    let last = -1;
    const count = this.#from.read((kind, record, position) => {
      last = position;
      if (kind !== ringKinds.centreMessage) return this.#damaged('unknown-kind');
      const message = decodeCentreMessage(record);
      if (!message.ok) return this.#damaged(message.code);
      const { token } = message.value;
      if (this.#selfCare === undefined) return this.#answer({ token, how: 'not-ours' });
      if (!admits) return this.#answer({ token, how: 'not-now' });
      this.#selfCare.fromCentre(message.value, (how) => this.#answer({ token, how }));
    }, READ_MAX);
    // What is taken here is not kept: the centre says what a life that ends has lost once more.
    if (last >= 0) this.#from.release(last);
    return count;
  }

  flush(): number {
    return this.#answers.flush();
  }

  #damaged(code: string): void {
    this.#counters.count(`signalling.input-damaged.${code}`);
  }

  #answer(taken: CentreMessageTaken): void {
    this.#answers.push(ringKinds.centreMessageTaken, encodeCentreMessageTaken(taken));
  }
}
