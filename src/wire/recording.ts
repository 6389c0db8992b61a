/** Recordings of traffic (proto/recording.proto). */
import type {
  RecordingEnd,
  RecordingEndReason,
  RecordingHeader,
  TimedFact,
  TrafficFact,
} from '../types/model/traffic.ts';
import type { Result } from '../types/result.ts';
import { copied, counted, Damage, decodeWith, encodeWith, finite, needed } from './codec.ts';
import { deliveryResults, enumCodec, missedReasons, presentations } from './enums.ts';
import { callwake } from './generated/messages.js';

/** Of a frame: a fact has two numbers and a few figures. */
export const FRAME_OCTETS_MAX = 4_096;
const NUMBER_DIGITS_MAX = 15;
const SUM_OCTETS = 32;

const hows = enumCodec({
  failed: callwake.CallReported.How.HOW_FAILED,
  abandoned: callwake.CallReported.How.HOW_ABANDONED,
  answered: callwake.CallReported.How.HOW_ANSWERED,
});
const sources = enumCodec({
  alert: callwake.Returned.Source.SOURCE_ALERT,
  'mm-event': callwake.Returned.Source.SOURCE_MM_EVENT,
  detach: callwake.Returned.Source.SOURCE_DETACH,
});
const takens = enumCodec({
  'on-its-way': callwake.Returned.Taken.TAKEN_ON_ITS_WAY,
  'no-room': callwake.Returned.Taken.TAKEN_NO_ROOM,
});
const reasons = enumCodec<RecordingEndReason, callwake.RecordingEnd.Reason>({
  time: callwake.RecordingEnd.Reason.REASON_TIME,
  size: callwake.RecordingEnd.Reason.REASON_SIZE,
  stopped: callwake.RecordingEnd.Reason.REASON_STOPPED,
  'signalling-ended': callwake.RecordingEnd.Reason.REASON_SIGNALLING_ENDED,
});

export type RecordingFrame =
  | { readonly kind: 'header'; readonly header: RecordingHeader }
  | { readonly kind: 'fact'; readonly timed: TimedFact }
  | { readonly kind: 'end'; readonly end: RecordingEnd; readonly sum: Uint8Array };

/** What the sum at the end of a recording is taken of, beside all that stands before it. */
export function summedEnd(end: RecordingEnd): Uint8Array {
  return encodeRecordingFrame({ kind: 'end', end, sum: new Uint8Array(0) });
}

export function encodeRecordingFrame(frame: RecordingFrame): Uint8Array {
  return encodeWith(callwake.RecordingFrame, frameToWire(frame));
}

export function decodeRecordingFrame(octets: Uint8Array): Result<RecordingFrame> {
  return decodeWith(callwake.RecordingFrame, octets, frameFromWire);
}

function frameToWire(frame: RecordingFrame): callwake.RecordingFrame.$Properties {
  switch (frame.kind) {
    case 'header':
      return { header: { ...frame.header } };
    case 'fact':
      return { fact: factToWire(frame.timed) };
    case 'end': {
      const { end, sum } = frame;
      return { end: { ...end, reason: reasons.toWire(end.reason), sum } };
    }
  }
}

function factToWire({ afterMs, fact }: TimedFact): callwake.TrafficFact.$Properties {
  switch (fact.kind) {
    case 'call-begun': {
      const { dialogue, subscriber, caller } = fact;
      const presentation = presentations.toWire(fact.presentation);
      return { afterMs, dialogue, subscriber, callBegun: { caller, presentation } };
    }
    case 'call-refused':
      return { afterMs, callRefused: {} };
    case 'call-taken':
      return { afterMs, dialogue: fact.dialogue, callTaken: { armed: fact.how === 'armed' } };
    case 'call-reported': {
      const { dialogue, reason, cause } = fact;
      const missed = reason === undefined ? {} : { missed: true, reason: missedReasons.toWire(reason) };
      return { afterMs, dialogue, callReported: { how: hows.toWire(fact.how), cause, ...missed } };
    }
    case 'call-ended':
      return { afterMs, dialogue: fact.dialogue, callEnded: { aborted: fact.how === 'aborted' } };
    case 'returned': {
      const { dialogue, subscriber } = fact;
      const returned = { source: sources.toWire(fact.source), taken: takens.toWire(fact.taken) };
      return { afterMs, dialogue, subscriber, returned };
    }
    case 'alert-answered':
      return { afterMs, dialogue: fact.dialogue, alertAnswered: { late: fact.how === 'late' } };
    case 'notice-ended': {
      const { subscriber, parts, tookMs } = fact;
      return {
        afterMs,
        subscriber,
        noticeEnded: { result: deliveryResults.toWire(fact.result), parts, tookMs },
      };
    }
  }
}

function frameFromWire(frame: callwake.RecordingFrame.$Properties): RecordingFrame {
  switch (frame.what) {
    case 'header': {
      const header = needed(frame.header, 'RecordingFrame.header');
      return {
        kind: 'header',
        header: {
          version: header.version ?? 0,
          engineVersion: header.engineVersion ?? '',
          startedAtMs: finite(header.startedAtMs, 'RecordingHeader.started_at_ms'),
          keptDigits: header.keptDigits ?? 0,
        },
      };
    }
    case 'fact': {
      const fact = needed(frame.fact, 'RecordingFrame.fact');
      const afterMs = finite(fact.afterMs, 'TrafficFact.after_ms');
      if (afterMs < 0) throw new Damage('wire-out-of-range', 'TrafficFact.after_ms');
      return { kind: 'fact', timed: { afterMs, fact: factFromWire(fact) } };
    }
    case 'end': {
      const end = needed(frame.end, 'RecordingFrame.end');
      const sum = copied(end.sum);
      if (sum.length !== SUM_OCTETS) throw new Damage('wire-out-of-range', 'RecordingEnd.sum');
      return {
        kind: 'end',
        end: {
          reason: reasons.fromWire(end.reason, 'RecordingEnd.reason'),
          tookMs: finite(end.tookMs, 'RecordingEnd.took_ms'),
          facts: counted(end.facts, 'RecordingEnd.facts'),
          dropped: counted(end.dropped, 'RecordingEnd.dropped'),
          ofEarlier: counted(end.ofEarlier, 'RecordingEnd.of_earlier'),
        },
        sum,
      };
    }
    default:
      throw new Damage('wire-unknown-kind', 'RecordingFrame.what');
  }
}

function factFromWire(fact: callwake.TrafficFact.$Properties): TrafficFact {
  const dialogue = counted(fact.dialogue, 'TrafficFact.dialogue');
  const subscriber = digits(fact.subscriber, 'TrafficFact.subscriber');
  switch (fact.kind) {
    case 'callBegun': {
      const { caller, presentation } = needed(fact.callBegun, 'TrafficFact.call_begun');
      return {
        kind: 'call-begun',
        dialogue,
        subscriber,
        caller: digits(caller, 'CallBegun.caller'),
        presentation: presentations.fromWire(presentation, 'CallBegun.presentation'),
      };
    }
    case 'callRefused':
      return { kind: 'call-refused' };
    case 'callTaken':
      return { kind: 'call-taken', dialogue, how: fact.callTaken?.armed === true ? 'armed' : 'let-go' };
    case 'callReported': {
      const { how, missed, reason, cause } = needed(fact.callReported, 'TrafficFact.call_reported');
      if ((cause ?? 0) > 127) throw new Damage('wire-out-of-range', 'CallReported.cause');
      return {
        kind: 'call-reported',
        dialogue,
        how: hows.fromWire(how, 'CallReported.how'),
        reason: missed === true ? missedReasons.fromWire(reason, 'CallReported.reason') : undefined,
        cause: cause ?? 0,
      };
    }
    case 'callEnded':
      return { kind: 'call-ended', dialogue, how: fact.callEnded?.aborted === true ? 'aborted' : 'ended' };
    case 'returned': {
      const { source, taken } = needed(fact.returned, 'TrafficFact.returned');
      return {
        kind: 'returned',
        dialogue,
        subscriber,
        source: sources.fromWire(source, 'Returned.source'),
        taken: takens.fromWire(taken, 'Returned.taken'),
      };
    }
    case 'alertAnswered':
      return {
        kind: 'alert-answered',
        dialogue,
        how: fact.alertAnswered?.late === true ? 'late' : 'durable',
      };
    case 'noticeEnded': {
      const { result, parts, tookMs } = needed(fact.noticeEnded, 'TrafficFact.notice_ended');
      return {
        kind: 'notice-ended',
        subscriber,
        result: deliveryResults.fromWire(result, 'NoticeEnded.result'),
        parts: parts ?? 0,
        tookMs: finite(tookMs, 'NoticeEnded.took_ms'),
      };
    }
    default:
      throw new Damage('wire-unknown-kind', 'TrafficFact.kind');
  }
}

function digits(text: string | undefined, path: string): string {
  if (text === undefined) return '';
  if (text.length > NUMBER_DIGITS_MAX || !/^\d*$/.test(text)) throw new Damage('wire-out-of-range', path);
  return text;
}
