/** The subscribers of an engine, whichever way they are reached: in its process, over its control socket, or at rest. */
import type { SubscriberChange } from '../../provisioning/reader.ts';
import type { Profile } from '../../types/model/profile.ts';

export interface SubscriberEntry {
  /** E.164 digits without a plus. */
  readonly number: string;
  readonly profile: Profile;
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
