/** What each kind of personal data is kept for: a word for the person whose data are shown. */
import type { EventKind } from '../../types/model/event.ts';
import type { SubscriberState } from '../../types/model/state.ts';

export const STATE_PURPOSES: Readonly<Record<keyof SubscriberState, string>> = {
  number: 'whose data these are',
  profile: 'what was ordered, and how notices are wanted',
  sequence: 'the order of events, for recovery',
  missed: 'missed calls that are to be told',
  furtherCalls: 'missed calls that are told as a count',
  returns: 'called parties who are back, to be told',
  returnsHeard: 'returns that were told, so that none is told twice',
  lastAttempts: 'the last calls of those whose return is to be told, so that the notice names the last one',
  watchers: 'callers who want to know of the return',
  seenCalls: 'calls of late by their keys in the network, so that none is told twice',
  alertsFor: 'numbers under which the home register knows a phone',
  tellsHeard: 'what other records told this one, so that nothing counts twice',
  delivery: 'whether a notice is on its way',
  trying: 'which notice is on its way',
  notice: 'the notice that is on its way, or goes out again',
  partsDelivered: 'how much of the notice has arrived',
  noticeFixed: 'whether some of the notice may have arrived',
  fallback: 'the channels on which the notice has failed',
  inbox: 'notices that the app of the subscriber shows',
  mailThread: 'which notices went out by e-mail, so that the next one is shown with them',
  handedOver: 'the notice that a message centre has, and what it is called there',
  selfCare: 'answers that are due, orders for numbers, and calls that were reported as fraud',
  rules:
    'what was hinted at and not told, callers who were told why a call failed or wait for its line, calls with a withheld number that may yet be shown, and how much was told today',
  failures: 'attempts that failed, for the time of the next one',
  passingFailures: 'attempts that failed for passing reasons, for the time of the next one',
  notices: 'a count of notices, to number them',
  lastNoticeAtMs: 'when the last notice was made, so that the next one differs',
  absences: 'a count of absences',
  absent: 'whether the phone is away',
  absentSinceMs: 'when it was found to be away',
  reachableAtMs: 'when the phone was last known to be there',
  reachableBy: 'what showed that it was there',
  onWaitingList: 'whether the home register is to tell of the return',
  evidenceAheadAtMs: 'a guard against clocks that are set back',
  deadlineAtMs: 'when the next attempt is due',
  deadlineGeneration: 'which deadline is the last one',
  laterFields: 'fields of a later version of the program',
};

export const EVENT_PURPOSES: Readonly<Record<EventKind['kind'], string>> = {
  'call-missed': 'a call that failed',
  'call-obstructed': 'a call that failed by trouble of the network',
  'call-answered': 'a call that was answered',
  'subscriber-reachable': 'the phone was there again',
  'subscriber-unreachable': 'the phone went away',
  'notice-outcome': 'what became of a notice',
  'receipt-came': 'what a message centre said of a notice',
  'self-care': 'what the subscriber said by short message or USSD',
  'list-asked': 'the list of missed calls was asked for',
  'answer-written': 'the text of an answer to the subscriber',
  'reachability-outcome': 'what became of a question to the network',
  'timer-fired': 'an attempt was due',
  'admin-command': 'an order of the subscriber or the operator',
  told: 'one record told another something',
};

export const RECOVERY_PURPOSE =
  'the journal, from which the records are made anew after a crash, and checked';
