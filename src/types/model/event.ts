/** What enters a subscriber actor; proto/event.proto is its form in the journal and between threads. */
import type { ZoneSpan } from '../zone-span.ts';
import type { EffectId, MissedReason } from './notice.ts';
import type { Profile } from './profile.ts';

export type Presentation = 'allowed' | 'restricted' | 'unavailable';
export type ReachabilitySource = 'alert' | 'mm-event' | 'receipt' | 'call';

/**
 * How an attempt to reach a handset ended. 'absent': an alert follows when we are on the HLR's list. 'temporary': worth
 * another try. 'permanent': never.
 */
export type DeliveryResult = 'delivered' | 'absent' | 'memory-full' | 'temporary' | 'permanent';

export interface CallMissed {
  readonly kind: 'call-missed';
  /** One call's key (C8): call reference with the address of the node that allocated it; at most 32 octets. */
  readonly callKey: Uint8Array;
  /** E.164 digits, empty when the network gave none. */
  readonly caller: string;
  readonly presentation: Presentation;
  readonly attemptedAtMs: number;
  readonly reason: MissedReason;
  /** Q.850 cause value, 0 when none came. */
  readonly cause: number;
  /** The call session that waits for this to be durable; 0 when nobody waits. */
  readonly answerToken: number;
}

export interface CallAnswered {
  readonly kind: 'call-answered';
  readonly callKey: Uint8Array;
  readonly caller: string;
}

export interface SubscriberReachable {
  readonly kind: 'subscriber-reachable';
  readonly source: ReachabilitySource;
  /** The alert that is answered once this is durable; absent when nobody waits. */
  readonly answerToken?: number;
  /** So many notices are under way that what is due waits for so long first, at least; absent: it goes out at once. */
  readonly noticesWaitMs?: number;
}

export interface SubscriberUnreachable {
  readonly kind: 'subscriber-unreachable';
  readonly source: ReachabilitySource;
}

export interface NoticeOutcome {
  readonly kind: 'notice-outcome';
  readonly effect: EffectId;
  readonly result: DeliveryResult;
  /** Parts accepted, counted from the first, in all attempts so far. */
  readonly partsDelivered: number;
  /** A part may have arrived though no answer says so. */
  readonly uncertain: boolean;
  readonly onWaitingList: boolean;
  /** The number that the HLR will alert us with, where it is another one of the same subscriber; else empty. */
  readonly storedAs: string;
  /** Evidence of a return that is younger than this counts. */
  readonly startedAtMs: number;
  readonly detail: string;
}

export interface ReachabilityOutcome {
  readonly kind: 'reachability-outcome';
  readonly effect: EffectId;
  readonly result: DeliveryResult;
  readonly onWaitingList: boolean;
  readonly storedAs: string;
  readonly startedAtMs: number;
  readonly detail: string;
}

export interface TimerFired {
  readonly kind: 'timer-fired';
  readonly generation: number;
}

export interface AdminCommand {
  readonly kind: 'admin-command';
  readonly command: { readonly kind: 'set-profile'; readonly profile: Profile } | { readonly kind: 'remove' };
  readonly answerToken: number;
}

/** N9: the subscriber asks for the list of missed calls. */
export interface ListAsked {
  readonly kind: 'list-asked';
  /** Who waits for this to be durable; 0 when nobody does. */
  readonly answerToken: number;
}

/** B's actor to A's: I am away, and this is what I have to say (K4, K6). */
export interface CalleeAwayTell {
  readonly kind: 'callee-away';
  readonly attemptedAtMs: number;
  readonly reason: MissedReason;
  /** Empty: none. */
  readonly ownMessage: string;
}

/** B's actor to A's: you have called me, and I have answered (N15). */
export interface Spoken {
  readonly kind: 'spoken';
  readonly atMs: number;
}

/** B's actor to A's: your call failed because I was away. */
export interface CalleeUnreachable {
  readonly kind: 'callee-unreachable';
  readonly attemptedAtMs: number;
  /** From when on the called party counts as away: evidence that is younger is of a return. */
  readonly awaySinceMs: number;
}

/** A's actor to B's: tell me when you are back. */
export interface ReturnWatched {
  readonly kind: 'return-watched';
  readonly attemptedAtMs: number;
  readonly awaySinceMs: number;
}

/** B's actor to A's: I am back. */
export interface CalleeReturned {
  readonly kind: 'callee-returned';
  readonly attemptedAtMs: number;
  readonly awaySinceMs: number;
  readonly returnedAtMs: number;
}

/** B's actor to that of the number by which the HLR knows B: an alert for you is an alert for me. */
export interface AlertExpected {
  readonly kind: 'alert-expected';
}

/** …and back: the HLR has alerted us. */
export interface Alerted {
  readonly kind: 'alerted';
  readonly alertedAtMs: number;
}

export type Tell =
  | CalleeUnreachable
  | ReturnWatched
  | CalleeReturned
  | AlertExpected
  | Alerted
  | CalleeAwayTell
  | Spoken;

/** What one actor tells another. The receiver's partition keeps the highest position seen per source partition. */
export interface Told {
  readonly kind: 'told';
  readonly source: EffectId;
  /** The subscriber that tells. */
  readonly from: string;
  readonly what: Tell;
}

export type EventKind =
  | CallMissed
  | CallAnswered
  | SubscriberReachable
  | SubscriberUnreachable
  | NoticeOutcome
  | ReachabilityOutcome
  | TimerFired
  | AdminCommand
  | Told
  | ListAsked;

/** An event as it is kept: whose actor, when the fact entered the engine, what. */
export interface SubscriberEvent {
  /** E.164 digits without a plus. */
  readonly subscriber: string;
  readonly atMs: number;
  /**
   * What the subscriber's wall clock shows around then, where a rule looks at it: fixed here, so that a fold gives the same
   * state with another edition of the zones' data. Absent: no rule does.
   */
  readonly zone?: ZoneSpan;
  readonly what: EventKind;
}
