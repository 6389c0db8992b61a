/** What a subscriber actor asks for; released when its event is durable. proto/effect.proto is its form at rest. */
import type { Tell } from './event.ts';
import type { SmscMessages } from './handed-over.ts';
import type { EffectId, Notice } from './notice.ts';
import type { SelfCareAnswer, SelfCareWay } from './self-care.ts';

/** Closed by the `notice-outcome` that carries this effect's id. */
export interface SendNotice {
  readonly kind: 'send-notice';
  readonly notice: Notice;
  /** Parts before this one have arrived already. */
  readonly firstPart: number;
  /** Tried even where the HLR's flag says that the subscriber is away (sm-RP-PRI; 3GPP TS 23.040 §3.2.3). */
  readonly priority: boolean;
  /** As in {@link QueryReachability}. */
  readonly askedSinceMs?: number;
  /** N12: quiet hours begin then, and a notice that has waited for its way until then is not to go out; absent: it may at any time. */
  readonly quietFromMs?: number;
  /** N3: what an SMSC has and this is to stand in for. */
  readonly replaces?: SmscMessages;
}

/** What an SMSC has is not wanted any more. Nobody hears what comes of it. */
export interface CancelNotice {
  readonly kind: 'cancel-notice';
  /** Empty: not known any more; the message ids say which messages are meant. */
  readonly recipient: string;
  readonly messages: SmscMessages;
}

/** No receipt came in time: the SMSC is asked; a `receipt-came` for each part answers. Asked again when none comes. */
export interface QueryNotice {
  readonly kind: 'query-notice';
  readonly recipient: string;
  /** N13: whose notice it is; absent: the recipient's. */
  readonly subscriber?: string;
  readonly messages: SmscMessages;
}

/** N8: there is more to tell: what waits in the connector of a channel is taken back, if it still does. Its own outcome tells. Not kept over a crash. */
export interface RecallNotice {
  readonly kind: 'recall-notice';
  readonly effect: EffectId;
}

/** A receipt is durable: the SMSC may forget it. Not kept over a crash: it says it again then. */
export interface AnswerReceipt {
  readonly kind: 'answer-receipt';
  readonly answerToken: number;
}

/**
 * Ask the network whether the subscriber can be reached, with a short message that the phone does not show, and to be told
 * of the return when not. Closed by a `reachability-outcome`.
 */
export interface QueryReachability {
  readonly kind: 'query-reachability';
  readonly subscriber: string;
  /** As in {@link SendNotice}. */
  readonly priority: boolean;
  /**
   * A4: nobody will tell of the return, so the HLR is asked first whether the subscriber is there, within a budget; something
   * waits since then. Absent: it is not asked.
   */
  readonly askedSinceMs?: number;
}

/** A fact for another actor. Closed when the receiver has it durable. */
export interface TellSubscriber {
  readonly kind: 'tell-subscriber';
  readonly subscriber: string;
  /** The subscriber that tells. */
  readonly from: string;
  readonly what: Tell;
}

/** The missed call is durable: answer the waiting call session. Not kept over a crash: the call is gone then. */
export interface AnswerCall {
  readonly kind: 'answer-call';
  readonly answerToken: number;
  readonly answer: { readonly kind: 'continue' } | { readonly kind: 'release'; readonly cause: number };
}

/** The return that the HLR alerted us of is durable: it may forget the alert. Not kept over a crash: it alerts again then. */
export interface AnswerAlert {
  readonly kind: 'answer-alert';
  readonly answerToken: number;
}

/** A command is durable. Not kept over a crash. */
export interface AnswerCommand {
  readonly kind: 'answer-command';
  readonly answerToken: number;
}

/**
 * Write down what is answered to the subscriber (S1, S2). By short message: closed by the `answer-written` that brings the text
 * back. By USSD: the session that waits says it, and it is not kept over a crash, which no session outlives.
 */
export interface AnswerSelfCare {
  readonly kind: 'answer-self-care';
  readonly way: SelfCareWay;
  readonly subscriber: string;
  /** 0: nobody waits. */
  readonly answerToken: number;
  readonly answer: SelfCareAnswer;
}

export type EffectKind =
  | SendNotice
  | QueryReachability
  | TellSubscriber
  | AnswerCall
  | AnswerAlert
  | AnswerCommand
  | CancelNotice
  | QueryNotice
  | RecallNotice
  | AnswerReceipt
  | AnswerSelfCare;

export interface Effect {
  readonly id: EffectId;
  readonly what: EffectKind;
}

/** Effects that must outlive a crash until something closes them; the others belong to a call or a caller that is gone then. */
export function outlivesCrash(effect: EffectKind): boolean {
  switch (effect.kind) {
    case 'send-notice':
    case 'query-reachability':
    case 'tell-subscriber':
      return true;
    case 'answer-self-care':
      return effect.way === 'sms';
    default:
      return false;
  }
}
