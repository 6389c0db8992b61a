import { type CallerLists, NO_CALLER_LISTS } from '../rules/capture.ts';
import { defaultServiceClass, type ServiceClass } from '../rules/service-class.ts';
import type { Channel } from '../types/model/channel.ts';

/** N8 */
export interface InboxPolicy {
  /** Unread for so long, a notice goes to the next channel. */
  readonly unreadMs: number;
  /** From the reading on, or from the beginning where nobody reads and no other channel is left. */
  readonly keptMs: number;
  /** Of one subscriber; what is read gives way, and while all are unread notices go to the next channel. */
  readonly entriesMax: number;
}

/** What the operator decides about telling subscribers. Part of the reducer's input: the same policy, the same fold. */
export interface SubscriberPolicy {
  /** Waits before the next try after 1, 2, 3 … failures in a row; the last one repeats. */
  readonly retryMs: readonly number[];
  /**
   * The safety net while the HLR has us on its list, for an alert may be lost, and a subscriber who came back while we were
   * being listed is not alerted of: waits after 1, 2, 3 … vain tries; the last one repeats.
   */
  readonly recheckListedMs: readonly number[];
  /** While nobody will tell us: waits after 1, 2, 3 … vain tries; the last one repeats. */
  readonly recheckUnlistedMs: readonly number[];
  /** Tries in a row that fail for passing reasons before a notice is given up. */
  readonly failuresMax: number;
  /** Distinct callers that one subscriber's list holds; calls of further ones are only counted. */
  readonly callersMax: number;
  /** Callers in one notice; more make a sequence of notices. */
  readonly callersPerNotice: number;
  readonly returnsMax: number;
  readonly watchersMax: number;
  readonly seenCallsMax: number;
  readonly templateVersion: number;
  /** The first is for everybody who names none. */
  readonly classes: readonly ServiceClass[];
  readonly callers: CallerLists;
  /** K2: calls of those who are not told of theirs are watched, too, for callers who want to know of the return. */
  readonly watchesStrangers: boolean;
  /** That the operator has set up. */
  readonly channels: readonly Channel[];
  readonly inbox: InboxPolicy;
}

export const defaultSubscriberPolicy: SubscriberPolicy = {
  retryMs: [5_000, 15_000, 60_000, 300_000, 900_000],
  recheckListedMs: [600_000, 3_600_000, 6 * 3_600_000],
  recheckUnlistedMs: [60_000, 300_000, 900_000, 3_600_000],
  failuresMax: 50,
  callersMax: 50,
  callersPerNotice: 20,
  returnsMax: 50,
  watchersMax: 100,
  seenCallsMax: 32,
  templateVersion: 1,
  classes: [defaultServiceClass],
  callers: NO_CALLER_LISTS,
  watchesStrangers: false,
  channels: ['sms'],
  inbox: { unreadMs: 900_000, keptMs: 7 * 86_400_000, entriesMax: 20 },
};

/** The rung of a ladder of waits after `failures` (≥ 1); its last rung repeats. */
export function rung(ladder: readonly number[], failures: number): number {
  return ladder[Math.min(Math.max(failures, 1), ladder.length) - 1] ?? 60_000;
}
