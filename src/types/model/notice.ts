/** What a notice is made from; proto/notice.proto is its form at rest and between threads. */

import type { NoticeWay } from './channel.ts';

/** Why a call failed, as B is told. */
export type MissedReason = 'busy' | 'no-answer' | 'not-reachable' | 'abandoned' | 'barred';

/** K4: why a call of a caller's own failed; 'network': by trouble of the network, which makes no missed call (C7). */
export type FailureCause = MissedReason | 'network';

/**
 * Identity of an effect: the partition and sequence of its event, and its index among that event's effects.
 * A replay of the journal makes the same ids.
 */
export interface EffectId {
  readonly partition: number;
  readonly sequence: number;
  readonly index: number;
}

export function sameEffect(a: EffectId, b: EffectId): boolean {
  return a.sequence === b.sequence && a.partition === b.partition && a.index === b.index;
}

export function effectKey(id: EffectId): string {
  return `${id.partition}.${id.sequence}.${id.index}`;
}

/** One line of a missed-calls notice: the same caller many times is one line with a count (N2). */
export interface MissedCaller {
  /** E.164 digits without a plus. */
  readonly caller: string;
  readonly calls: number;
  /** Of the last attempt, ms since 1970 UTC. */
  readonly lastAtMs: number;
  readonly reason: MissedReason;
  /** R1: of the first attempt, on a line of withheld numbers whose callers are asked; absent: not needed. */
  readonly firstAtMs?: number;
}

/** "B is back" for A (K1). */
export interface Return {
  readonly subscriber: string;
  /** When A tried. */
  readonly attemptedAtMs: number;
  readonly returnedAtMs: number;
}

export interface MissedCalls {
  readonly kind: 'missed-calls';
  readonly callers: readonly MissedCaller[];
  readonly furtherCalls: number;
}

export interface Returns {
  readonly kind: 'returns';
  readonly returned: readonly Return[];
}

export type NoticeContent =
  | MissedCalls
  | Returns
  | Teaser
  | Welcome
  | CalleeAway
  | WrittenText
  | ShowQuestion;

/** N9: that there are missed calls; who called is told on demand. */
export interface Teaser {
  readonly kind: 'teaser';
  readonly calls: number;
  readonly callers: number;
}

/** S5: what is open from now on, and the way out. */
export interface Welcome {
  readonly kind: 'welcome';
  readonly missedCalls: boolean;
  readonly notifyMe: boolean;
}

/** K4, K6: to the caller whose call failed. */
export interface CalleeAway {
  readonly kind: 'callee-away';
  readonly subscriber: string;
  readonly attemptedAtMs: number;
  readonly reason: FailureCause;
  /** The called party's own words; empty: none. */
  readonly ownMessage: string;
}

/** R1: to a caller with a withheld number, whether the called party may be told it. */
export interface ShowQuestion {
  readonly kind: 'show-question';
  readonly subscriber: string;
  /** Of the last attempt. */
  readonly attemptedAtMs: number;
  /** More than one called party is asked about: the answer has to name this one. */
  readonly byNumber: boolean;
}

/** An answer that was written when it was asked for. */
export interface WrittenText {
  readonly kind: 'text';
  readonly text: string;
}

/** What an SMSC is asked to tell of a notice; 'intermediate': of a try that failed, too. */
export type Receipts = 'none' | 'final' | 'failures' | 'intermediate';

/** Notices that a subscriber has had by e-mail, as one conversation (RFC 5322 §3.6.4). */
export interface MailThread {
  readonly first: EffectId;
  /** The latest of them. */
  readonly last: EffectId;
}

/** Everything that a notice is made from, fixed at its commit: rendering it twice gives the same octets. */
export interface Notice {
  /** The effect that first sent it; a resend keeps it. */
  readonly id: EffectId;
  readonly recipient: string;
  /** BCP 47. */
  readonly language: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly templateVersion: number;
  /** Becomes TP-SCTS. */
  readonly createdAtMs: number;
  /** Concatenation reference 0 … 255. */
  readonly reference: number;
  readonly content: NoticeContent;
  /** N4: the number that it comes from; absent: the operator's address. */
  readonly originator?: string;
  /** Whose templates; absent: the operator's own. */
  readonly brand?: string;
  /** N13: whose notice it is; absent: the recipient's. */
  readonly subscriber?: string;
  /** What is asked of an SMSC; absent: what its configuration says. */
  readonly receipts?: Receipts;
  /** 1 … 3, for an SMSC (SMPP 5.0 §4.7.14 priority_flag); absent: 0. */
  readonly priorityFlag?: number;
  /** N6, N8: absent: by short message. */
  readonly way?: NoticeWay;
  /** N6: the e-mails that this one goes on with; absent: it begins a thread, or is no e-mail. */
  readonly follows?: MailThread;
  /** N8: the notice that it took the place of while that waited for the webhook; absent: none. */
  readonly replaces?: EffectId;
  /** Fields that a later version stored: kept as they are. */
  readonly laterFields?: readonly Uint8Array[];
}

/** The subscriber whose actor hears what became of it. */
export function ownerOf({ subscriber, recipient }: Notice): string {
  return subscriber ?? recipient;
}
