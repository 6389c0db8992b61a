/** The subscribers of an engine, whichever way they are reached: in its process, over its control socket, or at rest. */
import type { Profile } from '../../types/model/profile.ts';

export interface SubscriberEntry {
  /** E.164 digits without a plus. */
  readonly number: string;
  readonly profile: Profile;
}

/** Each promise rejects with OperatingError `CW_ENGINE_BUSY` when the engine did not answer in time. */
export interface SubscriberAccess {
  get(number: string): Promise<Profile | undefined>;
  /** Resolves when it is durable; what is so already is `unchanged`, and nothing is written. */
  put(number: string, profile: Profile): Promise<'changed' | 'unchanged'>;
  /** False: there was no such subscriber. */
  remove(number: string): Promise<boolean>;
  /** Up to `limit` subscribers in the order of their numbers (as text), above `after`. */
  list(after: string, limit: number): Promise<SubscriberEntry[]>;
}
