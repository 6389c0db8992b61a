/**
 * Phones of a simulated network, as a page shows and operates them: what is asked by `POST /phones`, and what is answered. Only a
 * server whose network is simulated has them.
 */
import type { PhoneNotice } from './live-source.ts';

export interface Phones {
  /** Those with a story of their own. */
  people(): readonly PhonePerson[];
  /** Does it, and resolves with the phone when something came of it, or soon. Undefined: there is no such phone. */
  act(number: string, action: PhoneAction): Promise<PhoneState | undefined>;
  /** Something that concerns all phones. */
  stir(): boolean;
}

export interface PhonePerson {
  /** E.164 digits. */
  readonly number: string;
  readonly name: string;
  readonly about: string;
}

export type PhoneAction =
  | { readonly kind: 'look' }
  | { readonly kind: 'power'; readonly on: boolean }
  /** Somebody calls it, and is not answered. */
  | { readonly kind: 'ring' }
  | { readonly kind: 'send'; readonly text: string }
  | { readonly kind: 'dial'; readonly code: string }
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'cancel' };

export interface PhoneState {
  readonly number: string;
  /** Empty: a person without a story. */
  readonly name: string;
  readonly radio: 'on' | 'off' | 'no-coverage' | 'unknown';
  /** Absent: no subscriber. */
  readonly profile?: PhoneProfile | undefined;
  /** Newest first. */
  readonly notices: readonly PhoneNotice[];
  /** What the phone has sent, oldest first. */
  readonly said: readonly PhoneSaid[];
  readonly ussd?: PhoneUssd | undefined;
  /** What this person's mailbox has, newest first; absent: no mail is read. */
  readonly mailbox?: { readonly address: string; readonly mails: readonly PhoneMail[] } | undefined;
}

export interface PhoneProfile {
  /** BCP 47. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly timeZone: string;
  readonly serviceClass: string;
  /** What the class means. */
  readonly classAbout: string;
  /** A sentence for each service and rule. */
  readonly services: readonly string[];
}

export interface PhoneSaid {
  readonly id: number;
  readonly atMs: number;
  readonly text: string;
  readonly state: 'sending' | 'sent' | 'refused' | 'no-network' | 'no-answer';
}

export interface PhoneUssd {
  /** Rises with each page. */
  readonly page: number;
  readonly text: string;
  /** 'asks': an answer is waited for. 'waits': nothing has come yet. Else how it ended. */
  readonly state: 'waits' | 'asks' | 'over' | 'error' | 'ended' | 'no-network' | 'refused';
}

export interface PhoneMail {
  readonly id: number;
  readonly atMs: number;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
}
