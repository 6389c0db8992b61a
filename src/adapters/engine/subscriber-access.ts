/** The subscribers of an engine, whichever way they are reached: in its process, over its control socket, or at rest. */
import type { SubscriberChange } from '../../provisioning/reader.ts';
import type { Profile } from '../../types/model/profile.ts';
import type { SubscriberState } from '../../types/model/state.ts';

export interface SubscriberEntry {
  /** E.164 digits without a plus. */
  readonly number: string;
  readonly profile: Profile;
}

/** What is known of a subscriber being there (A6). */
export interface Presence {
  readonly absent: boolean;
  /** When the absence was found; 0: there is none. ms since 1970 UTC. */
  readonly absentSinceMs: number;
  /** The latest evidence of being there; 0: none. */
  readonly reachableAtMs: number;
  /** What showed it; empty: nothing. */
  readonly reachableBy: string;
}

export function presenceOf({ absent, absentSinceMs, reachableAtMs, reachableBy }: SubscriberState): Presence {
  return { absent, absentSinceMs, reachableAtMs, reachableBy: reachableBy ?? '' };
}

export type ChangeOutcome = 'added' | 'changed' | 'unchanged';

export interface ChangeOptions {
  /** Fields that a change does not name go back to their defaults. */
  readonly replace: boolean;
  /** Says what would come of it, and changes nothing. */
  readonly dryRun: boolean;
}

/** Changes of one call. */
export const CHANGES_MAX = 512;

/** Each promise rejects with OperatingError `CW_ENGINE_BUSY` when the engine did not answer in time. */
export interface SubscriberAccess {
  get(number: string): Promise<Profile | undefined>;
  /** Undefined: there is no such subscriber. */
  presence(number: string): Promise<Presence | undefined>;
  /** Resolves when it is durable; what is so already is `unchanged`, and nothing is written. */
  put(number: string, profile: Profile): Promise<'changed' | 'unchanged'>;
  /**
   * Up to {@link CHANGES_MAX} changes at once; what is not said of a new subscriber is as the configuration has it. Resolves
   * with what came of each when all are durable. Changes of one number take effect in their order, those of later calls later.
   */
  change(changes: readonly SubscriberChange[], options: ChangeOptions): Promise<readonly ChangeOutcome[]>;
  /** False: there was no such subscriber. */
  remove(number: string): Promise<boolean>;
  /** Up to `limit` subscribers in the order of their numbers (as text), above `after`. */
  list(after: string, limit: number): Promise<SubscriberEntry[]>;
}
