/** What an explanation says in words. */
import type { CallFate, Held, NoticeEnd, Trigger, TryStory } from '../explain/story.ts';
import { causeTable } from '../rules/causes.ts';
import type { CallMessage, NoticeResult } from '../types/model/event.ts';
import type { MissedReason, NoticeContent } from '../types/model/notice.ts';
import type { HoldingRule, Ruled } from '../types/model/ruling.ts';
import type { DeliveryState } from '../types/model/state.ts';

/** 2026-11-28 05:01:10.123, UTC. */
export function timeText(ms: number): string {
  const at = new Date(ms);
  return Number.isNaN(at.getTime()) ? 'at no time' : at.toISOString().replace('T', ' ').replace('Z', '');
}

export function ageText(ms: number): string {
  const units = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1_000, 's'],
  ] as const;
  for (const [unitMs, name] of units) if (ms >= 2 * unitMs) return `${Math.floor(ms / unitMs)} ${name}`;
  return `${Math.max(0, Math.round(ms))} ms`;
}

export const numberText = (number: string): string => (number === '' ? 'a number that was not sent' : number);

export const REASONS: Readonly<Record<MissedReason, string>> = {
  busy: 'busy',
  'no-answer': 'no answer',
  'not-reachable': 'not reachable',
  abandoned: 'the caller hung up before an answer',
  barred: 'barred',
};

export function causeText(cause: number): string {
  if (cause === 0) return 'no cause given';
  const means = causeTable.find(([value]) => value === cause)?.[2];
  return means === undefined ? `cause ${cause}` : `cause ${cause}, ${means}`;
}

export const MESSAGES: Readonly<Record<CallMessage, string>> = {
  tBusy: 'eventReportBCSM tBusy',
  tNoAnswer: 'eventReportBCSM tNoAnswer',
  tAbandon: 'eventReportBCSM tAbandon',
  'dialogue-gone': 'the MSC knew the dialogue no more',
};

export const RULES: Readonly<Record<Ruled, string>> = {
  'own-call': 'it is a call from the subscriber’s own number (C1)',
  reason: 'calls that fail for this reason are not to be told (C5)',
  mailbox: 'the mailbox takes such calls (R7)',
  withheld: 'the number is withheld, and such calls are suppressed (R1)',
  excluded: 'the caller is on the operator’s list of numbers that are never told (R4)',
  blocked: 'the caller is blocked, by the operator or by the subscriber (R3)',
  'not-listed': 'only callers on the subscriber’s list are told, and this one is not on it (R3)',
  'no-service': 'the subscriber has not ordered missed calls (S1)',
  expired: 'it had become too old (N14)',
  settled: 'they have spoken since (N15)',
  privacy: 'the caller may not know of the return (R2)',
  precedence: 'the caller is told of the return instead (K7)',
  'away-too-late': 'it would have come too late (K4)',
  held: 'it has to wait (N12, N14)',
  orders: 'by what is ordered since it is not to be told (S1)',
  'given-up': 'what was due was given up: the network refused it for good, or too many tries failed',
  unread: 'nobody has read it in the inbox in time (N8)',
};

const HOLDING: Readonly<Record<HoldingRule, string>> = {
  'quiet-hours': 'quiet hours (N12)',
  digest: 'the digest, one notice a day (N12)',
  cap: 'the cap of notices a day (N14)',
};

export function heldText({ by, untilMs }: Held): string {
  return `held until ${timeText(untilMs)} by ${by === undefined ? 'a rule' : HOLDING[by]}`;
}

const STATES: Readonly<Record<DeliveryState, string>> = {
  idle: 'nothing is under way',
  trying: 'a try is under way',
  'awaiting-return': 'the phone is away, and its return is waited for',
  'backing-off': 'the last try failed for a passing reason, or there is no room yet',
  'handed-over': 'a message centre has an earlier notice',
  held: 'a rule holds it',
};

export function stateText(state: DeliveryState, untilMs: number): string {
  return `${STATES[state]}${untilMs === 0 ? '' : `; looked at again at ${timeText(untilMs)}`}`;
}

export function fateText(fate: CallFate): string {
  switch (fate.kind) {
    case 'told':
      return `told by notice ${fate.notice}, which arrived at ${timeText(fate.atMs)}`;
    case 'hinted':
      return `hinted at by notice ${fate.notice}, which arrived at ${timeText(fate.atMs)}; the list has not been asked for (N9)`;
    case 'under-way':
      return `under way, in notice ${fate.notice}`;
    case 'waiting':
      return `not told yet: ${stateText(fate.state, fate.untilMs)}`;
    case 'not-told': {
      const last = fate.lastTry === undefined ? '' : `; the last try was ${fate.lastTry}`;
      return `NOT TOLD, decided at ${timeText(fate.atMs)}: ${RULES[fate.rule]}${last}`;
    }
    case 'repeated':
      return `no call of its own: call ${fate.call}, reported again (C8)`;
    case 'unknown':
      return 'the journal does not say what became of it';
  }
}

/** MM-Code (3GPP TS 29.002 §17.7.1). */
const MM_CODES = [
  'location update in the same VLR area',
  'location update to another VLR area',
  'IMSI attach',
  'IMSI detach by the phone',
  'IMSI detach by the network',
] as const;

export function triggerText({ kind, mmCode, smsc, number = '', by }: Trigger): string {
  switch (kind) {
    case 'call':
      return `the call from ${numberText(number)} that failed`;
    case 'obstructed-call':
      return `the call from ${numberText(number)}, which trouble of the network ended`;
    case 'answered-call':
      return `an answered call from ${numberText(number)}`;
    case 'alert':
      return smsc === undefined
        ? 'alertServiceCentre from the HLR'
        : `alert_notification from the message centre ${smsc}`;
    case 'mm-event':
      return `noteMM-Event from the VLR, by M-CSI: ${MM_CODES[mmCode ?? -1] ?? 'its code is not known'}`;
    case 'alert-of-other-number':
      return `alertServiceCentre from the HLR for ${number}, by which it knows this phone`;
    case 'receipt':
      return `a receipt from the message centre ${smsc ?? ''}`;
    case 'try-ended':
      return 'the end of a try before it';
    case 'query-ended':
      return 'the answer to a question for the phone';
    case 'deadline':
      return 'a deadline: the time to try';
    case 'return-of-callee':
      return `${number} was there again${by === undefined ? '' : `, as ${triggerText(by)} showed at ${timeText(by.atMs)}`}`;
    case 'callee-away':
      return `a call to ${number} that failed (K4)`;
    case 'withheld-call':
      return `a call to ${number} with the number withheld (R1)`;
    case 'number-shown':
      return `${number} said that the number may be shown (R1)`;
    case 'other-subscriber':
      return `what the record of ${number} told`;
    case 'orders':
      return 'a change of what is ordered';
    case 'self-care':
      return 'what the subscriber said by short message or USSD';
    case 'list-asked':
      return 'the list was asked for';
  }
}

/** The same, as a sign of the phone being there. */
export function presenceText(trigger: Trigger): string {
  if (trigger.kind === 'try-ended') return 'a notice that arrived';
  if (trigger.kind === 'query-ended') return 'a silent short message that arrived';
  return triggerText(trigger);
}

const RESULTS: Readonly<Record<NoticeResult, string>> = {
  delivered: 'delivered',
  absent: 'the phone was away',
  'memory-full': 'the phone had no room for messages',
  temporary: 'failed for a passing reason',
  permanent: 'refused for good',
  accepted: 'taken by the message centre',
  'too-late': 'not sent: what it was to replace had been delivered',
  recalled: 'not sent: taken back while it waited, for one that says more',
  'not-replaceable': 'not sent: the message centre does not let go of what it was to replace',
};

export function tryText({ replacesAt, firstPart, priority }: TryStory): string {
  const words = [
    replacesAt === undefined ? '' : `to stand in for what ${replacesAt} has (N3)`,
    firstPart === 0 ? '' : `from part ${firstPart + 1} on`,
    priority ? 'with priority' : '',
  ];
  return words.filter((word) => word !== '').join(', ');
}

export function tryEndText(end: NonNullable<TryStory['end']>): string {
  const { result, via, partsDelivered, uncertain, onWaitingList, detail } = end;
  const where =
    via === undefined
      ? ''
      : via.channel === 'smsc'
        ? `, submit_sm to ${via.node}`
        : `, mt-ForwardSM ${msc(via.node)}`;
  const parts =
    via === undefined || result === 'accepted' ? '' : `, ${partsDelivered} of ${via.parts} parts arrived`;
  return [
    `${RESULTS[result]}${where}${parts}`,
    ...(uncertain ? ['UNCERTAIN: a part may have arrived, and the same octets go out again'] : []),
    ...(onWaitingList ? ['on the HLR’s waiting list: an alert follows'] : []),
    ...(detail === '' ? [] : [`the network said: ${detail}`]),
  ].join('; ');
}

const msc = (node: string): string => (node === '' ? 'not sent: no serving node' : `at MSC ${node}`);

export function contentText(content: NoticeContent): string {
  switch (content.kind) {
    case 'missed-calls': {
      const calls = content.callers.reduce((sum, line) => sum + line.calls, content.furtherCalls);
      return `missed calls: ${count(calls, 'call')} of ${count(content.callers.length, 'caller')}`;
    }
    case 'teaser':
      return `a hint at ${count(content.calls, 'missed call')}`;
    case 'returns':
      return `${count(content.returned.length, 'called party', 'called parties')} back: ${content.returned.map(({ subscriber }) => subscriber).join(', ')}`;
    case 'welcome':
      return 'a welcome';
    case 'callee-away':
      return `why the call to ${content.subscriber} failed: ${content.reason}`;
    case 'show-question':
      return `whether ${content.subscriber} may be told who called (R1)`;
    case 'text':
      return 'an answer to the subscriber';
  }
}

export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

export function noticeEndText(end: NoticeEnd): string {
  switch (end.kind) {
    case 'delivered':
      return `delivered at ${timeText(end.atMs)}`;
    case 'replaced':
      return `replaced at ${timeText(end.atMs)} by notice ${end.notice} (N3)`;
    case 'not-delivered':
      return `did not arrive; at ${timeText(end.atMs)} what it tells went back to what is due`;
    case 'given-up':
      return `GIVEN UP at ${timeText(end.atMs)}`;
    case 'in-inbox':
      return `in the inbox since ${timeText(end.atMs)}, and not read yet (N8)`;
    case 'read':
      return `read in the app at ${timeText(end.atMs)}`;
    case 'unread':
      return `not read in the app; at ${timeText(end.atMs)} what it tells went back to what is due (N8)`;
    case 'with-smsc':
      return `with the message centre, which gives up at ${timeText(end.untilMs)}`;
    case 'under-way':
      return `not ended: ${stateText(end.state, end.untilMs)}`;
    case 'unknown':
      return 'nothing of it is waited for any more; the journal does not say more';
  }
}
