/** What enters a subscriber actor; proto/event.proto is its form in the journal and between threads. */

import type { ZoneSpan } from '../zone-span.ts';
import type { Channel } from './channel.ts';
import type { HandedOverTo } from './handed-over.ts';
import type { EffectId, FailureCause, MissedReason } from './notice.ts';
import type { Profile } from './profile.ts';
import type { SelfCareCommand, SelfCareWay } from './self-care.ts';

export type Presentation = 'allowed' | 'restricted' | 'unavailable';

/** What shows that a subscriber is there (A6). */
export type ReachabilitySource =
  /** alertServiceCentre of the HLR. */
  | 'alert'
  /** alert_notification of an SMSC. */
  | 'alert-notification'
  /** noteMM-Event of the VLR. */
  | 'mm-event'
  /** The final receipt of an SMSC. */
  | 'receipt'
  /** A call to the subscriber rang, was answered, or met a busy line. */
  | 'call'
  /** The end of a call of the subscriber's: the line is free. */
  | 'line'
  /** The subscriber makes a call. */
  | 'own-call'
  /** The subscriber sends a short message, or dials a code. */
  | 'short-message'
  | 'ussd'
  /** The phone took a short message of ours. */
  | 'delivery'
  /** The HLR was asked. */
  | 'interrogation';

/**
 * How an attempt to reach a handset ended. 'absent': an alert follows when we are on the HLR's list. 'temporary': worth
 * another try. 'permanent': never.
 */
export type DeliveryResult = 'delivered' | 'absent' | 'memory-full' | 'temporary' | 'permanent';

/**
 * 'accepted': an SMSC has it, and will say what becomes of it. Of a replacement (N3), 'too-late': what was to be replaced has been
 * delivered, and nothing was sent; 'not-replaceable': the SMSC cannot, and what it has stays.
 * 'recalled': it was taken back from the connector that it waited in, as asked (N8).
 */
export type NoticeResult = DeliveryResult | 'accepted' | 'too-late' | 'not-replaceable' | 'recalled';

/**
 * The network's word that a call failed: an eventReportBCSM of that name (3GPP TS 29.078 §6.1.1); 'dialogue-gone': the network
 * knew the call no more, so soon that only the caller can have ended it.
 */
export type CallMessage = 'tBusy' | 'tNoAnswer' | 'tAbandon' | 'dialogue-gone';

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
  /** N16; absent: another protocol's, or not known. */
  readonly message?: CallMessage;
  /** The call session that waits for this to be durable; 0 when nobody waits. */
  readonly answerToken: number;
  /** C9: the called subscriber is, so that a call that is told goes no further: what it might be forwarded to is paid for twice. */
  readonly abroad?: true;
}

export interface CallAnswered {
  readonly kind: 'call-answered';
  readonly callKey: Uint8Array;
  readonly caller: string;
}

/** K4: a call failed by trouble of the network. It is no missed call (C7); the caller may be told. */
export interface CallObstructed {
  readonly kind: 'call-obstructed';
  /** E.164 digits, empty when the network gave none. */
  readonly caller: string;
  readonly attemptedAtMs: number;
  /** Q.850 cause value. */
  readonly cause: number;
}

export interface SubscriberReachable {
  readonly kind: 'subscriber-reachable';
  readonly source: ReachabilitySource;
  /** MM-Code of the noteMM-Event (3GPP TS 29.002 §17.7.1), which a VLR sends by its M-CSI; absent: none, or not known. */
  readonly mmCode?: number;
  /** The SMSC whose alert_notification it was (SMPP 5.0 §4.1.3.1); absent: it was no SMSC. */
  readonly smsc?: string;
  /** How old the fact was when it was heard of, in ms; absent: it is of that moment. */
  readonly ageMs?: number;
  /** The alert that is answered once this is durable; absent when nobody waits. */
  readonly answerToken?: number;
  /** So many notices are under way that what is due waits for so long first, at least; absent: it goes out at once. */
  readonly noticesWaitMs?: number;
}

export interface SubscriberUnreachable {
  readonly kind: 'subscriber-unreachable';
  readonly source: ReachabilitySource;
  /** As in {@link SubscriberReachable}. */
  readonly mmCode?: number;
}

/** N16: how a try went: to the serving node, or to a message centre. */
export interface TryVia {
  readonly channel: 'msc' | 'smsc';
  /** E.164 digits of the serving node, or the SMSC's name in the configuration; empty: it did not get so far. */
  readonly node: string;
  /** Parts of the message. */
  readonly parts: number;
}

export interface NoticeOutcome {
  readonly kind: 'notice-outcome';
  readonly effect: EffectId;
  readonly result: NoticeResult;
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
  /** Absent: not known. */
  readonly via?: TryVia;
  /** Where it waits, when it was accepted. */
  readonly handedOver?: HandedOverTo;
  /** What was to be replaced is no longer with the SMSC, whatever became of the replacement. */
  readonly supersededGone?: boolean;
  /** Absent: by short message. */
  readonly channel?: Channel;
  /** Web-push endpoints that are not there any more. */
  readonly gone?: readonly string[];
}

/** An SMSC says what became of a message, or was asked. 'waiting': it still has it. 'unknown': it knows no such message. */
export type MessageFate = 'delivered' | 'expired' | 'failed' | 'waiting' | 'unknown';

export interface ReceiptCame {
  readonly kind: 'receipt-came';
  readonly smsc: string;
  /** As it is written there; see `messageIdKeys`. */
  readonly messageId: string;
  readonly fate: MessageFate;
  readonly detail: string;
  /** The receipt that is answered once this is durable; 0 when nobody waits. */
  readonly answerToken: number;
}

export interface ReachabilityOutcome {
  readonly kind: 'reachability-outcome';
  readonly effect: EffectId;
  readonly result: DeliveryResult;
  readonly onWaitingList: boolean;
  readonly storedAs: string;
  readonly startedAtMs: number;
  readonly detail: string;
  /** Absent: not known. */
  readonly via?: TryVia;
}

export interface TimerFired {
  readonly kind: 'timer-fired';
  readonly generation: number;
}

/** N8: the subscriber's app was opened, and says what of the inbox has been read, and what is to go. An id that is not there says nothing. */
export interface OpenInbox {
  readonly kind: 'open-inbox';
  readonly read: readonly EffectId[];
  readonly removed: readonly EffectId[];
}

export interface AdminCommand {
  readonly kind: 'admin-command';
  readonly command:
    | { readonly kind: 'set-profile'; readonly profile: Profile }
    | { readonly kind: 'remove' }
    /** R6: the number leaves the lists of this actor; its own actor forgets everything. */
    | { readonly kind: 'forget-number'; readonly number: string }
    /** N6: who reads the e-mails at this address wants no more there; of no effect where they go to another one by now. */
    | { readonly kind: 'close-e-mail'; readonly address: string }
    | OpenInbox;
  readonly answerToken: number;
}

/** N9: the subscriber asks for the list of missed calls. */
export interface ListAsked {
  readonly kind: 'list-asked';
  /** Who waits for this to be durable; 0 when nobody does. */
  readonly answerToken: number;
}

/** B's actor to A's: your call failed by this, and this is what I have to say (K4, K6). */
export interface CalleeAwayTell {
  readonly kind: 'callee-away';
  readonly attemptedAtMs: number;
  readonly reason: FailureCause;
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
  /** A7: not away, but on another call; the return is that the line is free. */
  readonly busy?: true;
}

/** A's actor to B's: tell me when you are back. */
export interface ReturnWatched {
  readonly kind: 'return-watched';
  readonly attemptedAtMs: number;
  readonly awaySinceMs: number;
  /** As in {@link CalleeUnreachable}. */
  readonly busy?: true;
}

/** B's actor to A's: I am back. */
export interface CalleeReturned {
  readonly kind: 'callee-returned';
  readonly attemptedAtMs: number;
  readonly awaySinceMs: number;
  readonly returnedAtMs: number;
  /** As in {@link CalleeUnreachable}: the answer to such a call. */
  readonly busy?: true;
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

/** B's actor to A's: you called me with your number withheld, and I did not take the call (R1). */
export interface NumberWithheld {
  readonly kind: 'number-withheld';
  readonly attemptedAtMs: number;
  readonly reason: MissedReason;
}

/** A's actor to B's: with these calls my number may be shown (R1). */
export interface NumberShown {
  readonly kind: 'number-shown';
  /** Oldest first. */
  readonly attemptsAtMs: readonly number[];
  readonly reason: MissedReason;
}

export type Tell =
  | CalleeUnreachable
  | ReturnWatched
  | CalleeReturned
  | AlertExpected
  | Alerted
  | CalleeAwayTell
  | Spoken
  | NumberWithheld
  | NumberShown;

/** What concerns a number that nobody has provisioned, too: the HLR knows another one by it, or its return was ordered (K2, K3). */
export function concernsStrangers({ kind }: Tell): boolean {
  return kind === 'alert-expected' || kind === 'return-watched';
}

/** What one actor tells another. The receiver's partition keeps the highest position seen per source partition. */
export interface Told {
  readonly kind: 'told';
  readonly source: EffectId;
  /** The subscriber that tells. */
  readonly from: string;
  readonly what: Tell;
}

/** S1, S2: the subscriber has said something, and so is there (A5). */
export interface SelfCare {
  readonly kind: 'self-care';
  readonly command: SelfCareCommand;
  readonly way: SelfCareWay;
  /** Who waits for this to be durable, and by USSD for its answer; 0 when nobody does. */
  readonly answerToken: number;
  /** With what a stranger becomes a subscriber; absent: a stranger opens nothing. */
  readonly newcomer?: Newcomer;
}

export interface Newcomer {
  readonly language: string;
  readonly timeZone: string;
  readonly serviceClass?: string;
}

/** By the number's series, say. */
export type NewcomerOf = (number: string) => Newcomer;

/** The answer that the effect `answer-self-care` asked for, as text; closes it. */
export interface AnswerWritten {
  readonly kind: 'answer-written';
  readonly effect: EffectId;
  readonly text: string;
}

export type EventKind =
  | CallMissed
  | CallObstructed
  | CallAnswered
  | SubscriberReachable
  | SubscriberUnreachable
  | NoticeOutcome
  | ReachabilityOutcome
  | ReceiptCame
  | TimerFired
  | AdminCommand
  | Told
  | SelfCare
  | AnswerWritten
  | ListAsked;

/** The effect that an event closes, if it closes one. */
export function closedBy(what: EventKind): EffectId | undefined {
  switch (what.kind) {
    case 'notice-outcome':
    case 'reachability-outcome':
    case 'answer-written':
      return what.effect;
    default:
      return undefined;
  }
}

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
