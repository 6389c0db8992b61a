/** The channels, and the address that a notice goes to on one. */

/** What a notice may go out by. Whether a short message goes to the handset or to an SMSC is the operator's choice. */
export type Channel = 'sms' | 'e-mail' | 'webhook' | 'web-push' | 'inbox';

/** W3C Push API: where a browser is reached, and its keys (RFC 8291). */
export interface WebPushSubscription {
  readonly endpoint: string;
  /** The browser's public key: an uncompressed point of P-256, 65 octets. */
  readonly p256dh: Uint8Array;
  /** 16 octets. */
  readonly auth: Uint8Array;
}

/** A channel beside the short message, with the address there. */
export type NoticeWay =
  | { readonly channel: 'e-mail'; readonly address: string }
  | { readonly channel: 'webhook' }
  | { readonly channel: 'inbox' }
  | { readonly channel: 'web-push'; readonly subscriptions: readonly WebPushSubscription[] };

/** Channels that failed what is to be told, while another one is tried. */
export interface Fallback {
  readonly failed: readonly Channel[];
  /** The short message failed only because the subscriber is away, or the phone is full. */
  readonly awaitsReturn: boolean;
  /** One of them failed only for now. */
  readonly mayRecover: boolean;
  /** The first try was to go out whatever flag the HLR has set; so does the short message, when it is next. */
  readonly anyway: boolean;
}
