/** An actor in memory: a subscriber's state, and what the store has of it. */
import { nextDeadlineMs, type SubscriberState } from '../../types/model/state.ts';

export class Actor {
  readonly partition: number;
  state: SubscriberState;
  /** It came from a record. */
  readonly stored: boolean;
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
    this.indexedDeadlineMs = stored ? nextDeadlineMs(state) : 0;
  }
}
