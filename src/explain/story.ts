/**
 * N16: what the journal tells of one subscriber: calls, notices, returns, and how they hang together. Times are ms since 1970
 * UTC; an id of a call is the partition and sequence of its event, one of a notice is that of the effect that first sent it.
 */
import type { CallMessage, NoticeResult, Presentation, ReceiptCame, TryVia } from '../types/model/event.ts';
import type { MissedReason, Notice, NoticeContent } from '../types/model/notice.ts';
import type { HoldingRule, Ruled } from '../types/model/ruling.ts';
import type { DeliveryState } from '../types/model/state.ts';

/** What set something off: an event of the journal. */
export interface Trigger {
  readonly atMs: number;
  readonly kind:
    | 'call'
    | 'answered-call'
    | 'alert'
    | 'mm-event'
    | 'alert-of-other-number'
    | 'receipt'
    | 'try-ended'
    | 'query-ended'
    | 'deadline'
    | 'return-of-callee'
    | 'callee-away'
    | 'obstructed-call'
    | 'withheld-call'
    | 'number-shown'
    | 'other-subscriber'
    | 'orders'
    | 'self-care'
    | 'list-asked';
  /** Of mm-event. */
  readonly mmCode?: number;
  /** Of an alert: the message centre that gave it; absent: the HLR. */
  readonly smsc?: string;
  /** The number of the other party, of another subscriber. */
  readonly number?: string;
  /** What set off the event of the other subscriber, where it is known. */
  readonly by?: Trigger;
}

export interface Held {
  readonly atMs: number;
  /** Absent: more than one. */
  readonly by?: HoldingRule;
  readonly untilMs: number;
}

export type CallFate =
  /** A notice that names it arrived. */
  | { readonly kind: 'told'; readonly notice: string; readonly atMs: number }
  /** A hint that counts it arrived; the list is told on demand (N9). */
  | { readonly kind: 'hinted'; readonly notice: string; readonly atMs: number }
  | { readonly kind: 'under-way'; readonly notice: string }
  /** `state`: what the delivery waits for, until `untilMs` at the latest; 0: no deadline. */
  | { readonly kind: 'waiting'; readonly state: DeliveryState; readonly untilMs: number }
  | { readonly kind: 'not-told'; readonly rule: Ruled; readonly atMs: number; readonly lastTry?: string }
  /** The same call was reported before. */
  | { readonly kind: 'repeated'; readonly call: string }
  /** The journal does not say. */
  | { readonly kind: 'unknown' };

export interface CallStory {
  readonly id: string;
  readonly attemptedAtMs: number;
  readonly reportedAtMs: number;
  /** Empty: the network gave none. */
  readonly caller: string;
  readonly presentation: Presentation;
  readonly reason: MissedReason;
  /** ITU-T Q.850; 0: none came. */
  readonly cause: number;
  readonly message?: CallMessage;
  /** 'counted': as one of a withheld number (R1). */
  readonly verdict: 'told' | 'counted' | 'not-told';
  /** K7: the caller is not told of the return, as the called party's service goes first. */
  readonly callerNotTold?: true;
  readonly held: readonly Held[];
  /** Notices that name it or count it, in order. */
  readonly notices: readonly string[];
  readonly fate: CallFate;
}

export interface TryStory {
  /** The effect that asked for it. */
  readonly id: string;
  readonly askedAtMs: number;
  /** With priority: tried though the HLR may hold the phone for away. */
  readonly priority: boolean;
  /** From 0: parts before it had arrived. */
  readonly firstPart: number;
  /** The message centre whose messages it is to stand in for (N3). */
  readonly replacesAt?: string;
  /** Absent: it has not ended. */
  readonly end?: {
    readonly atMs: number;
    readonly startedAtMs: number;
    readonly result: NoticeResult;
    readonly via?: TryVia;
    readonly partsDelivered: number;
    /** A part may have arrived though no answer says so. */
    readonly uncertain: boolean;
    readonly onWaitingList: boolean;
    readonly detail: string;
    /** Where it waits, when a message centre took it. */
    readonly handedOver?: {
      readonly smsc: string;
      readonly messageIds: readonly string[];
      readonly validUntilMs: number;
    };
  };
}

export type ReceiptStory = Pick<ReceiptCame, 'smsc' | 'messageId' | 'fate' | 'detail'> & {
  readonly atMs: number;
};

export type NoticeEnd =
  | { readonly kind: 'delivered'; readonly atMs: number }
  | { readonly kind: 'replaced'; readonly atMs: number; readonly notice: string }
  /** It did not arrive, and what it said went back to the lists, or was given up. */
  | { readonly kind: 'not-delivered'; readonly atMs: number }
  | { readonly kind: 'given-up'; readonly atMs: number }
  | { readonly kind: 'with-smsc'; readonly untilMs: number }
  /** N8: since then the app may show it; until then it did, and it was read; or nobody had read it, and it went back to what is due. */
  | { readonly kind: 'in-inbox'; readonly atMs: number }
  | { readonly kind: 'read'; readonly atMs: number }
  | { readonly kind: 'unread'; readonly atMs: number }
  /** A try is under way, or it goes out again. */
  | { readonly kind: 'under-way'; readonly state: DeliveryState; readonly untilMs: number }
  | { readonly kind: 'unknown' };

export interface NoticeStory {
  readonly id: string;
  readonly notice: Notice;
  readonly kind: NoticeContent['kind'];
  /** Absent: the journal does not reach back so far. */
  readonly composed?: {
    readonly atMs: number;
    readonly trigger: Trigger;
    /** The latest sign of the phone being there; absent: none that the journal still has. */
    readonly reachable?: Trigger;
  };
  /** Missed calls that it tells of. */
  readonly calls: readonly string[];
  readonly tries: readonly TryStory[];
  readonly receipts: readonly ReceiptStory[];
  readonly end: NoticeEnd;
}

/** A call of this subscriber's own that failed as the called party was away (K1). */
export interface ReturnStory {
  readonly callee: string;
  readonly attemptedAtMs: number;
  readonly toldAtMs: number;
  /** The called party's record was asked to tell of the return; false: that is not ordered. */
  readonly watched: boolean;
  /** R2: the called party lets nobody know, or not this caller. */
  readonly refusedAtMs?: number;
  readonly returned?: { readonly atMs: number; readonly trigger?: Trigger };
  readonly notices: readonly string[];
}

export interface QueryStory {
  readonly id: string;
  readonly askedAtMs: number;
  readonly end?: {
    readonly atMs: number;
    readonly result: NoticeResult;
    readonly via?: TryVia;
    readonly onWaitingList: boolean;
    readonly detail: string;
  };
}

export interface Standing {
  readonly isSubscribed: boolean;
  readonly missedCalls: boolean;
  readonly notifyMe: string;
  readonly delivery: DeliveryState;
  /** 0: none. */
  readonly deadlineAtMs: number;
  readonly isAbsent: boolean;
  /** 0: never seen. */
  readonly reachableAtMs: number;
  /** Calls that wait to be told. */
  readonly callsWaiting: number;
}

export interface Story {
  readonly number: string;
  readonly now: Standing;
  readonly calls: readonly CallStory[];
  readonly notices: readonly NoticeStory[];
  readonly returns: readonly ReturnStory[];
  readonly queries: readonly QueryStory[];
}
