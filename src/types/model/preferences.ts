/**
 * How a subscriber wants to be told, beyond what everybody has; what is absent is as the operator's defaults for the
 * subscriber's service class say. proto/preferences.proto is its form at rest.
 */
import type { Channel, WebPushSubscription } from './channel.ts';
import type { FailureCause, MissedReason } from './notice.ts';

export type { Channel, WebPushSubscription } from './channel.ts';

/** N2, N4: all callers in one notice, or a notice for each, sent from the caller's number. */
export type Aggregation = 'together' | 'per-caller';

/** R2: who may be told that this subscriber can be reached again. */
export type ReturnPrivacy = 'everyone' | 'listed' | 'nobody';

/** R3: callers whose calls are not told, or the only ones whose are. */
export type CallerFilter = 'none' | 'block-listed' | 'only-listed';

/** R7: how a notice goes with a mailbox. */
export type MailboxRule = 'none' | 'beside' | 'instead';

/** Minutes of the day in the subscriber's present time zone, 0 … 1439; over midnight when `fromMinute` > `toMinute`. */
export interface QuietHours {
  readonly fromMinute: number;
  readonly toMinute: number;
}

export interface Preferences {
  /** Name of a service class of the configuration. */
  readonly serviceClass?: string;
  /** Tried in this order. */
  readonly channels?: readonly Channel[];
  readonly eMail?: string;
  readonly webPush?: readonly WebPushSubscription[];
  /** N13: notices go to this number. */
  readonly forwardTo?: string;
  readonly aggregation?: Aggregation;
  /** N9: a hint first, the list on demand. */
  readonly teaser?: boolean;
  /** C5: which failed calls are told; absent: all. */
  readonly reasons?: readonly MissedReason[];
  /** N12 */
  readonly quietHours?: QuietHours;
  /** N12: one notice a day, at this minute of the day. */
  readonly digestMinute?: number;
  /** N14: notices of missed calls a day; 0: any number. */
  readonly noticesPerDay?: number;
  /** N14: calls that are older are told no more; 0: never too old. */
  readonly expiryMinutes?: number;
  readonly returnPrivacy?: ReturnPrivacy;
  /** R2, of `listed`: numbers that may be told of a return. */
  readonly mayKnow?: readonly string[];
  readonly callerFilter?: CallerFilter;
  /** R3, of `callerFilter`. */
  readonly callersListed?: readonly string[];
  /** N12: told at once, whatever holds other calls. */
  readonly priorityCallers?: readonly string[];
  /** K2, of notify-me `listed`: whose return the subscriber wants to know. */
  readonly watched?: readonly string[];
  /** K6: what a caller is told whose call failed. */
  readonly ownMessage?: string;
  readonly mailbox?: MailboxRule;
  /** K4: by which causes the subscriber wants to be told why a call of their own failed. */
  readonly ownCallCauses?: readonly FailureCause[];
  /** Fields that a later version stored: kept as they are. */
  readonly laterFields?: readonly Uint8Array[];
}

/** Numbers of one list. */
export const LISTED_MAX = 100;
export const WEB_PUSH_MAX = 10;
/** Characters of {@link Preferences.ownMessage}. */
export const OWN_MESSAGE_MAX = 160;

/** Whether both say the same; what a later version stored beside is not compared. */
export function samePreferences(a: Preferences | undefined, b: Preferences | undefined): boolean {
  if (a === b) return true;
  const keys = new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})] as (keyof Preferences)[]);
  keys.delete('laterFields');
  for (const key of keys) if (!same(a?.[key], b?.[key])) return false;
  return true;
}

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  );
}
