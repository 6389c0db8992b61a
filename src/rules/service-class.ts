/**
 * Service classes: what the operator decides for a kind of subscriber, and what holds where a subscriber has said nothing.
 * Plain data, so that it can go to every thread.
 */

import type { FailureCause, MissedReason, Receipts } from '../types/model/notice.ts';
import type {
  Aggregation,
  CallerFilter,
  MailboxRule,
  Preferences,
  QuietHours,
  ReturnPrivacy,
} from '../types/model/preferences.ts';
import type { Profile } from '../types/model/profile.ts';

/** R1: what a call with a withheld number leads to. */
export type WithheldPolicy = 'suppress' | 'count' | 'ask';

/** K7: whose service goes on where both parties of a failed call have one. */
export type Precedence = 'both' | 'called' | 'caller';

/** What subscribers may say otherwise. */
export interface Wishes {
  readonly aggregation: Aggregation;
  readonly teaser: boolean;
  readonly reasons: readonly MissedReason[];
  /** Undefined: none. */
  readonly quietHours: QuietHours | undefined;
  /** Undefined: no digest. */
  readonly digestMinute: number | undefined;
  /** 0: any number. */
  readonly noticesPerDay: number;
  /** 0: calls are never too old. */
  readonly expiryMinutes: number;
  readonly returnPrivacy: ReturnPrivacy;
  readonly callerFilter: CallerFilter;
  readonly mailbox: MailboxRule;
  /** K4: by which causes they are told why a call of their own failed. */
  readonly ownCallCauses: readonly FailureCause[];
}

/** What they may not. */
export interface OperatorRules {
  /** Upper bounds of what a subscriber can set; 0: none. */
  readonly noticesPerDayMax: number;
  readonly expiryMinutesMax: number;
  readonly withheld: WithheldPolicy;
  /** R1: for so long after the call a caller who was asked can answer that the number may be shown. */
  readonly showHours: number;
  /** Returns (K1) are told in quiet hours, too. */
  readonly returnsAtOnce: boolean;
  /** K4, K6: callers are told that this subscriber is away. */
  readonly calleeAway: boolean;
  /** K4: by which other causes callers are told why a call to this subscriber failed; an event for each such call. */
  readonly causesForCallers: readonly FailureCause[];
  /** S5 */
  readonly welcome: boolean;
  /** S5: what somebody else orders, or a stranger, opens with the subscriber's own yes only. */
  readonly doubleOptIn: boolean;
  readonly precedence: Precedence;
  /** N15: whoever calls this subscriber and is answered is told no more of earlier calls the other way; an event for each call. */
  readonly spokenBothWays: boolean;
  /** A7: callers who met a busy line are told when it is free. An answered call is watched to its end. */
  readonly lineFree: boolean;
  /** …and so long after the call at the latest. */
  readonly lineFreeMinutes: number;
  readonly receipts: Receipts;
  /** Of notices with an SMSC: 0 … 3 (SMPP priority_flag). */
  readonly priority: number;
  /** Whose templates; empty: the operator's own. */
  readonly brand: string;
}

export interface ServiceClass extends Wishes, OperatorRules {
  readonly name: string;
}

/** What is in force for one subscriber. */
export interface Rules extends Wishes, OperatorRules {
  /** Empty: to the subscriber's own number (N13). */
  readonly forwardTo: string;
  readonly mayKnow: readonly string[];
  readonly callersListed: readonly string[];
  /** N12 */
  readonly priorityCallers: readonly string[];
  readonly watched: readonly string[];
  readonly ownMessage: string;
}

export const defaultServiceClass: ServiceClass = {
  name: 'standard',
  aggregation: 'together',
  teaser: false,
  reasons: ['busy', 'no-answer', 'not-reachable', 'abandoned', 'barred'],
  quietHours: undefined,
  digestMinute: undefined,
  noticesPerDay: 0,
  expiryMinutes: 0,
  returnPrivacy: 'everyone',
  callerFilter: 'none',
  mailbox: 'none',
  ownCallCauses: ['not-reachable'],
  noticesPerDayMax: 0,
  expiryMinutesMax: 0,
  withheld: 'suppress',
  showHours: 24,
  returnsAtOnce: false,
  calleeAway: false,
  causesForCallers: [],
  welcome: false,
  doubleOptIn: false,
  precedence: 'both',
  spokenBothWays: false,
  lineFree: false,
  lineFreeMinutes: 15,
  receipts: 'final',
  priority: 0,
  brand: '',
};

const NOBODY: readonly string[] = [];
const NO_PREFERENCES: Preferences = {};

/** Rules of everybody who has said nothing, by class: made once. */
const plainRules = new WeakMap<ServiceClass, Rules>();

/** The rules in force for a profile. The first class is for everybody who names none, or one that is not there. */
export function rulesOf(profile: Profile | undefined, classes: readonly ServiceClass[]): Rules {
  const preferences = profile?.preferences;
  const standard = classes[0] ?? defaultServiceClass;
  if (preferences === undefined) return plainRulesOf(standard);
  const name = preferences.serviceClass;
  const named = name === undefined ? undefined : classes.find((one) => one.name === name);
  return merged(preferences, named ?? standard);
}

function plainRulesOf(serviceClass: ServiceClass): Rules {
  const known = plainRules.get(serviceClass);
  if (known !== undefined) return known;
  const rules = merged(NO_PREFERENCES, serviceClass);
  plainRules.set(serviceClass, rules);
  return rules;
}

function merged(wishes: Preferences, of: ServiceClass): Rules {
  return {
    ...of,
    aggregation: wishes.aggregation ?? of.aggregation,
    teaser: wishes.teaser ?? of.teaser,
    reasons: wishes.reasons ?? of.reasons,
    quietHours: someHours(wishes.quietHours ?? of.quietHours),
    digestMinute: wishes.digestMinute ?? of.digestMinute,
    noticesPerDay: bounded(wishes.noticesPerDay ?? of.noticesPerDay, of.noticesPerDayMax),
    expiryMinutes: bounded(wishes.expiryMinutes ?? of.expiryMinutes, of.expiryMinutesMax),
    returnPrivacy: wishes.returnPrivacy ?? of.returnPrivacy,
    callerFilter: wishes.callerFilter ?? of.callerFilter,
    mailbox: wishes.mailbox ?? of.mailbox,
    ownCallCauses: wishes.ownCallCauses ?? of.ownCallCauses,
    forwardTo: wishes.forwardTo ?? '',
    mayKnow: wishes.mayKnow ?? NOBODY,
    callersListed: wishes.callersListed ?? NOBODY,
    priorityCallers: wishes.priorityCallers ?? NOBODY,
    watched: wishes.watched ?? NOBODY,
    ownMessage: wishes.ownMessage ?? '',
  };
}

/** Hours that end when they begin are how a subscriber has none where the class has some. */
function someHours(hours: QuietHours | undefined): QuietHours | undefined {
  return hours !== undefined && hours.fromMinute !== hours.toMinute ? hours : undefined;
}

/** 0 is without bound, on both sides. */
function bounded(wish: number, max: number): number {
  if (max === 0) return wish;
  return wish === 0 ? max : Math.min(wish, max);
}

/** Whether what is told depends on the subscriber's wall clock. */
export function followsClock({ quietHours, digestMinute, noticesPerDay }: Rules): boolean {
  return quietHours !== undefined || digestMinute !== undefined || noticesPerDay > 0;
}
