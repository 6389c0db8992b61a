/** Notices and effect ids (proto/notice.proto). */
import type {
  CalleeAway,
  EffectId,
  MailThread,
  MissedCaller,
  MissedCalls,
  Notice,
  NoticeContent,
  Return,
} from '../types/model/notice.ts';
import { partitionCount } from '../types/partition.ts';
import type { Result } from '../types/result.ts';
import { wayFromWire, wayToWire } from './channel.ts';
import {
  counted,
  Damage,
  decodeWith,
  encodeWith,
  finite,
  laterFieldsOf,
  needed,
  unknownsOf,
} from './codec.ts';
import { failureCauses, missedReasons, receiptsWanted } from './enums.ts';
import { callwake } from './generated/messages.js';

/** SMPP 5.0 §4.7.14. */
const PRIORITY_MAX = 3;

export function encodeNotice(notice: Notice): Uint8Array {
  return encodeWith(callwake.Notice, noticeToWire(notice));
}

export function decodeNotice(octets: Uint8Array): Result<Notice> {
  return decodeWith(callwake.Notice, octets, noticeFromWire);
}

export function effectIdFromWire(
  id: callwake.EffectId.$Properties | null | undefined,
  path: string,
): EffectId {
  const given = needed(id, path);
  const partition = given.partition ?? 0;
  if (partition >= partitionCount) throw new Damage('wire-out-of-range', `${path}.partition`);
  return { partition, sequence: counted(given.sequence, `${path}.sequence`), index: given.index ?? 0 };
}

export function mailThreadFromWire({ first, last }: callwake.MailThread.$Properties): MailThread {
  return {
    first: effectIdFromWire(first, 'MailThread.first'),
    last: effectIdFromWire(last, 'MailThread.last'),
  };
}

export function missedCallerToWire(line: MissedCaller): callwake.MissedCaller.$Properties {
  return {
    caller: line.caller,
    calls: line.calls,
    lastAtMs: line.lastAtMs,
    reason: missedReasons.toWire(line.reason),
    ...(line.firstAtMs === undefined ? {} : { firstAtMs: line.firstAtMs }),
  };
}

export function missedCallerFromWire(line: callwake.MissedCaller.$Properties): MissedCaller {
  return {
    caller: line.caller ?? '',
    calls: line.calls ?? 0,
    lastAtMs: finite(line.lastAtMs, 'MissedCaller.last_at_ms'),
    reason: missedReasons.fromWire(line.reason, 'MissedCaller.reason'),
    ...(line.firstAtMs ? { firstAtMs: finite(line.firstAtMs, 'MissedCaller.first_at_ms') } : {}),
  };
}

export function missedCallsToWire({ callers, furtherCalls }: MissedCalls): callwake.MissedCalls.$Properties {
  return { callers: callers.map(missedCallerToWire), furtherCalls };
}

export function missedCallsFromWire(wire: callwake.MissedCalls.$Properties): MissedCalls {
  return {
    kind: 'missed-calls',
    callers: (wire.callers ?? []).map(missedCallerFromWire),
    furtherCalls: wire.furtherCalls ?? 0,
  };
}

export function returnFromWire(line: callwake.Return.$Properties): Return {
  return {
    subscriber: line.subscriber ?? '',
    attemptedAtMs: finite(line.attemptedAtMs, 'Return.attempted_at_ms'),
    returnedAtMs: finite(line.returnedAtMs, 'Return.returned_at_ms'),
  };
}

export function calleeAwayToWire({
  subscriber,
  attemptedAtMs,
  reason,
  ownMessage,
}: CalleeAway): callwake.CalleeAway.$Properties {
  return { subscriber, attemptedAtMs, reason: failureCauses.toWire(reason), ownMessage };
}

export function calleeAwayFromWire(away: callwake.CalleeAway.$Properties): CalleeAway {
  return {
    kind: 'callee-away',
    subscriber: away.subscriber ?? '',
    attemptedAtMs: finite(away.attemptedAtMs, 'CalleeAway.attempted_at_ms'),
    reason: failureCauses.fromWire(away.reason, 'CalleeAway.reason'),
    ownMessage: away.ownMessage ?? '',
  };
}

export function noticeToWire(notice: Notice): callwake.Notice.$Properties {
  return {
    id: notice.id,
    recipient: notice.recipient,
    language: notice.language,
    timeZone: notice.timeZone,
    templateVersion: notice.templateVersion,
    createdAtMs: notice.createdAtMs,
    reference: notice.reference,
    ...(notice.originator === undefined ? {} : { originator: notice.originator }),
    ...(notice.brand === undefined ? {} : { brand: notice.brand }),
    ...(notice.subscriber === undefined ? {} : { subscriber: notice.subscriber }),
    ...(notice.receipts === undefined ? {} : { receipts: receiptsWanted.toWire(notice.receipts) }),
    ...(notice.priorityFlag === undefined ? {} : { priorityFlag: notice.priorityFlag }),
    ...(notice.way === undefined ? {} : { way: wayToWire(notice.way) }),
    ...(notice.follows === undefined ? {} : { follows: notice.follows }),
    ...(notice.replaces === undefined ? {} : { replaces: notice.replaces }),
    ...contentToWire(notice.content),
    ...unknownsOf(notice),
  };
}

function contentToWire(content: NoticeContent): callwake.Notice.$Properties {
  switch (content.kind) {
    case 'missed-calls':
      return { missedCalls: missedCallsToWire(content) };
    case 'returns':
      return { returns: { returned: [...content.returned] } };
    case 'teaser':
      return { teaser: { calls: content.calls, callers: content.callers } };
    case 'welcome':
      return { welcome: { missedCalls: content.missedCalls, notifyMe: content.notifyMe } };
    case 'callee-away':
      return { calleeAway: calleeAwayToWire(content) };
    case 'show-question': {
      const { subscriber, attemptedAtMs, byNumber } = content;
      return { showQuestion: { subscriber, attemptedAtMs, byNumber } };
    }
    case 'text':
      return { writtenText: { text: content.text } };
    default:
      return content satisfies never;
  }
}

export function noticeFromWire(notice: callwake.Notice.$Properties): Notice {
  return {
    id: effectIdFromWire(notice.id, 'Notice.id'),
    recipient: notice.recipient ?? '',
    language: notice.language ?? '',
    timeZone: notice.timeZone ?? '',
    templateVersion: notice.templateVersion ?? 0,
    createdAtMs: finite(notice.createdAtMs, 'Notice.created_at_ms'),
    reference: notice.reference ?? 0,
    content: contentFromWire(notice),
    ...(notice.originator ? { originator: notice.originator } : {}),
    ...(notice.brand ? { brand: notice.brand } : {}),
    ...(notice.subscriber ? { subscriber: notice.subscriber } : {}),
    ...(notice.receipts ? { receipts: receiptsWanted.fromWire(notice.receipts, 'Notice.receipts') } : {}),
    ...(notice.priorityFlag ? { priorityFlag: priorityOf(notice.priorityFlag) } : {}),
    ...(notice.way ? { way: wayFromWire(notice.way) } : {}),
    ...(notice.follows ? { follows: mailThreadFromWire(notice.follows) } : {}),
    ...(notice.replaces ? { replaces: effectIdFromWire(notice.replaces, 'Notice.replaces') } : {}),
    ...laterFieldsOf(notice),
  };
}

function priorityOf(flag: number): number {
  if (flag > PRIORITY_MAX) throw new Damage('wire-out-of-range', 'Notice.priority_flag');
  return flag;
}

function contentFromWire(notice: callwake.Notice.$Properties): NoticeContent {
  switch (notice.content) {
    case 'missedCalls':
      return missedCallsFromWire(notice.missedCalls ?? {});
    case 'returns':
      return { kind: 'returns', returned: (notice.returns?.returned ?? []).map(returnFromWire) };
    case 'teaser':
      return { kind: 'teaser', calls: notice.teaser?.calls ?? 0, callers: notice.teaser?.callers ?? 0 };
    case 'welcome': {
      const { missedCalls = false, notifyMe = false } = notice.welcome ?? {};
      return { kind: 'welcome', missedCalls, notifyMe };
    }
    case 'calleeAway':
      return calleeAwayFromWire(notice.calleeAway ?? {});
    case 'showQuestion':
      return {
        kind: 'show-question',
        subscriber: notice.showQuestion?.subscriber ?? '',
        attemptedAtMs: finite(notice.showQuestion?.attemptedAtMs, 'ShowQuestion.attempted_at_ms'),
        byNumber: notice.showQuestion?.byNumber ?? false,
      };
    case 'writtenText':
      return { kind: 'text', text: notice.writtenText?.text ?? '' };
    default:
      throw new Damage('wire-unknown-kind', 'Notice.content');
  }
}
