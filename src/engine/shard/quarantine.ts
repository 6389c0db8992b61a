/** Events that could not be worked on: put aside in the outbox, bounded, with a line in the log for each. */
import type { Counters } from '../../types/counters.ts';
import { type Log, maskNumber } from '../../types/log.ts';
import type { SubscriberEvent } from '../../types/model/event.ts';
import { encodeEvent } from '../../wire/event.ts';
import { QUARANTINE } from './recover.ts';

/** Events that one life of a shard puts aside; of further ones only their number is known. */
const EVENTS_MAX = 10_000;

export class Quarantine {
  readonly #counters: Counters;
  readonly #log: Log;
  #count = 0;

  constructor(counters: Counters, log: Log) {
    this.#counters = counters;
    this.#log = log;
  }

  /** @param place unique among what is put aside, with the partition */
  put(
    into: [key: string, event: Uint8Array][],
    place: string,
    event: SubscriberEvent,
    position: { readonly partition: number; readonly sequence: number },
    error: string,
  ): void {
    if (this.#count >= EVENTS_MAX) return this.#counters.count('shard.quarantine-full');
    this.#count++;
    this.#counters.count('shard.quarantined');
    into.push([`${position.partition}${QUARANTINE}${place}`, encodeEvent(event)]);
    const subscriber = maskNumber(event.subscriber);
    this.#log.error('shard.quarantined', { event: event.what.kind, subscriber, ...position, error });
  }
}
