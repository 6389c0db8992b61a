/** Notices and effect ids (proto/notice.proto). */
import type { EffectId, MissedCaller, Notice, NoticeContent, Return } from '../types/model/notice.ts';
import { partitionCount } from '../types/partition.ts';
import type { Result } from '../types/result.ts';
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
import { missedReasons } from './enums.ts';
import { callwake } from './generated/messages.js';

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

export function missedCallerToWire(line: MissedCaller): callwake.MissedCaller.$Properties {
  return {
    caller: line.caller,
    calls: line.calls,
    lastAtMs: line.lastAtMs,
    reason: missedReasons.toWire(line.reason),
  };
}

export function missedCallerFromWire(line: callwake.MissedCaller.$Properties): MissedCaller {
  return {
    caller: line.caller ?? '',
    calls: line.calls ?? 0,
    lastAtMs: finite(line.lastAtMs, 'MissedCaller.last_at_ms'),
    reason: missedReasons.fromWire(line.reason, 'MissedCaller.reason'),
  };
}

export function returnFromWire(line: callwake.Return.$Properties): Return {
  return {
    subscriber: line.subscriber ?? '',
    attemptedAtMs: finite(line.attemptedAtMs, 'Return.attempted_at_ms'),
    returnedAtMs: finite(line.returnedAtMs, 'Return.returned_at_ms'),
  };
}

export function noticeToWire(notice: Notice): callwake.Notice.$Properties {
  const content = notice.content;
  return {
    id: notice.id,
    recipient: notice.recipient,
    language: notice.language,
    timeZone: notice.timeZone,
    templateVersion: notice.templateVersion,
    createdAtMs: notice.createdAtMs,
    reference: notice.reference,
    ...(content.kind === 'missed-calls'
      ? {
          missedCalls: {
            callers: content.callers.map(missedCallerToWire),
            furtherCalls: content.furtherCalls,
          },
        }
      : { returns: { returned: [...content.returned] } }),
    ...unknownsOf(notice),
  };
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
    ...laterFieldsOf(notice),
  };
}

function contentFromWire(notice: callwake.Notice.$Properties): NoticeContent {
  switch (notice.content) {
    case 'missedCalls':
      return {
        kind: 'missed-calls',
        callers: (notice.missedCalls?.callers ?? []).map(missedCallerFromWire),
        furtherCalls: notice.missedCalls?.furtherCalls ?? 0,
      };
    case 'returns':
      return { kind: 'returns', returned: (notice.returns?.returned ?? []).map(returnFromWire) };
    default:
      throw new Damage('wire-unknown-kind', 'Notice.content');
  }
}
