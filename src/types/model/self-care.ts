/**
 * What a subscriber can say to us (S1, S2), and what is answered; proto/self-care.proto is its form at rest. An answer is
 * facts: it is written down as text, in the subscriber's language, outside of the actor.
 */
import type { MissedCaller } from './notice.ts';
import type { Channel, QuietHours, ReturnPrivacy } from './preferences.ts';
import type { Profile } from './profile.ts';

/** How it was said, and so how it is answered. */
export type SelfCareWay = 'sms' | 'ussd';

export const plainCommands = [
  'list-missed',
  'open-missed-calls',
  'close-missed-calls',
  'open-notify-me',
  'close-notify-me',
  'all-callers',
  'show-lists',
  'status',
  'help',
  'stop',
  /** Yes, to what we asked last. */
  'confirm',
  /** Nothing that was understood. */
  'not-understood',
] as const;

/** About one number each. */
export const numberCommands = [
  /** K3: once, when the number can be reached. */
  'notify-of',
  'block-caller',
  'allow-caller',
  /** R3: from now on only callers that are listed. */
  'only-caller',
  'may-know',
  'may-not-know',
  /** F2 */
  'report-fraud',
  /** R1: the called party may be told who called; an empty number: the one that was asked about. */
  'show-number',
] as const;

/** What a command needs to be told. */
export const argumentKinds = ['number', 'language', 'hours', 'channels', 'privacy'] as const;

export type PlainCommand = (typeof plainCommands)[number];
export type NumberCommand = (typeof numberCommands)[number];
export type ArgumentKind = (typeof argumentKinds)[number];

export type SelfCareCommand =
  | { readonly kind: PlainCommand }
  /** E.164 digits. */
  | { readonly kind: NumberCommand; readonly number: string }
  /** BCP 47. */
  | { readonly kind: 'set-language'; readonly language: string }
  | { readonly kind: 'set-quiet-hours'; readonly hours: QuietHours | 'off' }
  | { readonly kind: 'set-channels'; readonly channels: readonly Channel[] }
  | { readonly kind: 'set-privacy'; readonly who: ReturnPrivacy }
  /** What it was about is clear, but not this. */
  | { readonly kind: 'incomplete'; readonly argument: ArgumentKind };

export const answerKinds = [
  'missed-calls-opened',
  'missed-calls-closed',
  'notify-me-opened',
  'notify-me-closed',
  /** Of what was ordered with `notify-of`: noted, and come true. */
  'notify-of-noted',
  'can-be-reached',
  'caller-blocked',
  'caller-allowed',
  'only-callers',
  'all-callers',
  'lists',
  /** A list has no room for one more number. */
  'list-full',
  'may-know',
  'may-not-know',
  'privacy-set',
  'language-set',
  'quiet-hours-set',
  'channels-set',
  /** E-mail was asked for, and no address is known. */
  'no-e-mail-address',
  'missed-list',
  'no-missed',
  'fraud-reported',
  /** R1: the called party is told who called; nothing was asked, or too long ago. */
  'number-shown',
  'nothing-to-show',
  'status',
  'help',
  'stopped',
  'not-understood',
  'incomplete',
  /** It cannot be about the subscriber's own number. */
  'own-number',
  /** Whether a service is to be opened that was ordered, by whomever. */
  'opt-in-asked',
  /** Who asks is no subscriber, and may not become one this way. */
  'stranger',
] as const;

export type AnswerKind = (typeof answerKinds)[number];

export interface SelfCareAnswer {
  readonly kind: AnswerKind;
  /** As the actor has it from now on; undefined of a stranger. */
  readonly profile: Profile | undefined;
  /** The number that it is about. */
  readonly number?: string;
  /** Of `incomplete`. */
  readonly argument?: ArgumentKind;
  /** Of `missed-list`. */
  readonly callers?: readonly MissedCaller[];
  readonly furtherCalls?: number;
  /** Of `can-be-reached`: when that was ordered. */
  readonly orderedAtMs?: number;
  readonly atMs: number;
}

/** K3: a number whose return was ordered without a call. */
export interface OrderedReturn {
  readonly subscriber: string;
  readonly orderedAtMs: number;
}

/** F2: kept for who judges callers; the newest last. */
export interface FraudReport {
  readonly caller: string;
  readonly reportedAtMs: number;
}
