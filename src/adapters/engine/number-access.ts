/** Where a number is named in an engine's data, and its erasure there. */
import type { SearchPage, SearchStep } from '../../types/model/thread.ts';

/** As `SubscriberAccess`, whichever way the engine is reached. */
export interface NumberAccess {
  /** One bounded step of a search. */
  search(step: SearchStep): Promise<SearchPage>;
  /** A partition of each shard, whose journal and outbox are searched by it. */
  shardPartitions(): Promise<readonly number[]>;
  /** R6: the number leaves the lists of an actor; its own actor forgets everything. Resolves when that is durable. */
  forget(subscriber: string, number: string): Promise<void>;
}
