/** What a notice is on each channel beside the short message, written and ready to be sent. Sending one twice is sending the same. */
import type { NoticeContent } from './notice.ts';
import type { WebPushSubscription } from './preferences.ts';

/** A heading and what stands under it, a line each. A digest has several. */
export interface MailSection {
  /** Empty: none. */
  readonly heading: string;
  readonly lines: readonly string[];
}

export interface MailMessage {
  /** Of the notice, by `effectKey`: what its Message-ID is made from, so that a repeat is the same message. */
  readonly id: string;
  /** E.164 digits: whose notice it is; the way out is for this number, and nothing else of the message tells it. */
  readonly subscriber: string;
  /** Ids of the first and the last notice of the thread that this one goes on with; absent: it begins one. */
  readonly follows?: { readonly first: string; readonly last: string };
  readonly to: string;
  /** BCP 47. */
  readonly language: string;
  readonly writtenAtMs: number;
  readonly subject: string;
  readonly sections: readonly MailSection[];
  /** Below them: who writes, and why. */
  readonly closing: readonly string[];
  /** The way out. */
  readonly unsubscribe?: {
    /** An https address that ends it on a POST, without a further question (RFC 8058). */
    readonly oneClick?: string;
    readonly mailto?: string;
  };
}

export interface WebhookEvent {
  /** Of the notice, by `effectKey`: the event's id, by which a receiver knows a repeat. */
  readonly id: string;
  readonly kind: NoticeContent['kind'];
  /** E.164 digits: whom it is for. */
  readonly subject: string;
  /** Id of the event that this one says all of: a receiver that has it, though it said that it has not, drops it. */
  readonly replaces?: string;
  readonly writtenAtMs: number;
  /** What JSON can say. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface PushMessage {
  readonly id: string;
  readonly subscription: WebPushSubscription;
  /** What it is about: a newer one takes the place of one that the browser has not fetched (RFC 8030 §5.4). */
  readonly about: { readonly subscriber: string; readonly kind: NoticeContent['kind'] };
  readonly urgency: 'very-low' | 'low' | 'normal' | 'high';
  /** What JSON can say, for the page's service worker. */
  readonly data: Readonly<Record<string, unknown>>;
}
