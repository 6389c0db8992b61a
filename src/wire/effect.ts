/** Effects (proto/effect.proto). */
import type { AnswerCall, Effect, EffectKind } from '../types/model/effect.ts';
import { isSubscriberNumber } from '../types/partition.ts';
import type { Result } from '../types/result.ts';
import { Damage, decodeWith, encodeWith, finite, needed } from './codec.ts';
import { tellFromWire, toldToWire } from './event.ts';
import { callwake } from './generated/messages.js';
import { smscMessagesFromWire, smscMessagesToWire } from './handed-over.ts';
import { effectIdFromWire, noticeFromWire, noticeToWire } from './notice.ts';
import { answerSelfCareFromWire, answerSelfCareToWire } from './self-care.ts';

export function encodeEffect(effect: Effect): Uint8Array {
  return encodeWith(callwake.Effect, effectToWire(effect));
}

export function decodeEffect(octets: Uint8Array): Result<Effect> {
  return decodeWith(callwake.Effect, octets, effectFromWire);
}

export function effectToWire({ id, what }: Effect): callwake.Effect.$Properties {
  switch (what.kind) {
    case 'send-notice':
      return {
        id,
        sendNotice: {
          notice: noticeToWire(what.notice),
          firstPart: what.firstPart,
          priority: what.priority,
          askedSinceMs: what.askedSinceMs ?? 0,
          quietFromMs: what.quietFromMs ?? 0,
          ...(what.replaces === undefined ? {} : { replaces: smscMessagesToWire(what.replaces) }),
        },
      };
    case 'query-reachability':
      return {
        id,
        queryReachability: {
          subscriber: what.subscriber,
          priority: what.priority,
          askedSinceMs: what.askedSinceMs ?? 0,
        },
      };
    case 'tell-subscriber':
      return {
        id,
        tellSubscriber: { subscriber: what.subscriber, told: toldToWire(id, what.from, what.what) },
      };
    case 'answer-call':
      return { id, answerCall: answerCallToWire(what) };
    case 'answer-alert':
      return { id, answerAlert: { answerToken: what.answerToken } };
    case 'answer-command':
      return { id, answerCommand: { answerToken: what.answerToken } };
    case 'answer-receipt':
      return { id, answerReceipt: { answerToken: what.answerToken } };
    case 'cancel-notice':
      return {
        id,
        cancelNotice: { recipient: what.recipient, messages: smscMessagesToWire(what.messages) },
      };
    case 'query-notice':
      return {
        id,
        queryNotice: {
          recipient: what.recipient,
          messages: smscMessagesToWire(what.messages),
          ...(what.subscriber === undefined ? {} : { subscriber: what.subscriber }),
        },
      };
    case 'recall-notice':
      return { id, recallNotice: { effect: what.effect } };
    case 'answer-self-care':
      return { id, answerSelfCare: answerSelfCareToWire(what) };
  }
}

export function effectFromWire(effect: callwake.Effect.$Properties): Effect {
  return { id: effectIdFromWire(effect.id, 'Effect.id'), what: effectKindFromWire(effect) };
}

function effectKindFromWire(effect: callwake.Effect.$Properties): EffectKind {
  switch (effect.kind) {
    case 'sendNotice': {
      const what = needed(effect.sendNotice, 'Effect.send_notice');
      const notice = noticeFromWire(needed(what.notice, 'SendNotice.notice'));
      return {
        kind: 'send-notice',
        notice,
        firstPart: what.firstPart ?? 0,
        priority: what.priority ?? false,
        ...askedFromWire(what.askedSinceMs, 'SendNotice.asked_since_ms'),
        ...quietFromWire(what.quietFromMs, 'SendNotice.quiet_from_ms'),
        ...(what.replaces ? { replaces: smscMessagesFromWire(what.replaces) } : {}),
      };
    }
    case 'cancelNotice': {
      const what = needed(effect.cancelNotice, 'Effect.cancel_notice');
      return {
        kind: 'cancel-notice',
        recipient: what.recipient ? numberFromWire(what.recipient, 'CancelNotice.recipient') : '',
        messages: smscMessagesFromWire(needed(what.messages, 'CancelNotice.messages')),
      };
    }
    case 'queryNotice': {
      const what = needed(effect.queryNotice, 'Effect.query_notice');
      return {
        kind: 'query-notice',
        recipient: numberFromWire(what.recipient, 'QueryNotice.recipient'),
        messages: smscMessagesFromWire(needed(what.messages, 'QueryNotice.messages')),
        ...(what.subscriber ? { subscriber: numberFromWire(what.subscriber, 'QueryNotice.subscriber') } : {}),
      };
    }
    case 'recallNotice':
      return {
        kind: 'recall-notice',
        effect: effectIdFromWire(effect.recallNotice?.effect, 'RecallNotice.effect'),
      };
    case 'answerReceipt':
      return {
        kind: 'answer-receipt',
        answerToken: finite(effect.answerReceipt?.answerToken, 'AnswerReceipt.answer_token'),
      };
    case 'queryReachability': {
      const what = needed(effect.queryReachability, 'Effect.query_reachability');
      return {
        kind: 'query-reachability',
        subscriber: numberFromWire(what.subscriber, 'QueryReachability.subscriber'),
        priority: what.priority ?? false,
        ...askedFromWire(what.askedSinceMs, 'QueryReachability.asked_since_ms'),
      };
    }
    case 'tellSubscriber': {
      const what = needed(effect.tellSubscriber, 'Effect.tell_subscriber');
      const told = needed(what.told, 'TellSubscriber.told');
      return {
        kind: 'tell-subscriber',
        subscriber: numberFromWire(what.subscriber, 'TellSubscriber.subscriber'),
        from: told.from ?? '',
        what: tellFromWire(told),
      };
    }
    case 'answerCall':
      return answerCallFromWire(needed(effect.answerCall, 'Effect.answer_call'));
    case 'answerAlert':
      return {
        kind: 'answer-alert',
        answerToken: finite(effect.answerAlert?.answerToken, 'AnswerAlert.answer_token'),
      };
    case 'answerCommand':
      return {
        kind: 'answer-command',
        answerToken: finite(effect.answerCommand?.answerToken, 'AnswerCommand.answer_token'),
      };
    case 'answerSelfCare':
      return answerSelfCareFromWire(needed(effect.answerSelfCare, 'Effect.answer_self_care'));
    default:
      throw new Damage('wire-unknown-kind', 'Effect.kind');
  }
}

/** 0: the HLR is not asked. */
export function askedFromWire(wire: number | undefined, path: string): { askedSinceMs?: number } {
  const askedSinceMs = finite(wire, path);
  return askedSinceMs === 0 ? {} : { askedSinceMs };
}

/** 0: it may go out at any time. */
export function quietFromWire(wire: number | undefined, path: string): { quietFromMs?: number } {
  const quietFromMs = finite(wire, path);
  return quietFromMs === 0 ? {} : { quietFromMs };
}

function numberFromWire(number: string | undefined, path: string): string {
  if (number === undefined || !isSubscriberNumber(number)) throw new Damage('wire-out-of-range', path);
  return number;
}

function answerCallToWire({ answerToken, answer }: AnswerCall): callwake.AnswerCall.$Properties {
  return answer.kind === 'continue'
    ? { answerToken, answer: callwake.CallAnswer.CALL_ANSWER_CONTINUE }
    : { answerToken, answer: callwake.CallAnswer.CALL_ANSWER_RELEASE, cause: answer.cause };
}

function answerCallFromWire(what: callwake.AnswerCall.$Properties): AnswerCall {
  const answerToken = finite(what.answerToken, 'AnswerCall.answer_token');
  switch (what.answer ?? 0) {
    case callwake.CallAnswer.CALL_ANSWER_CONTINUE:
      return { kind: 'answer-call', answerToken, answer: { kind: 'continue' } };
    case callwake.CallAnswer.CALL_ANSWER_RELEASE:
      return { kind: 'answer-call', answerToken, answer: { kind: 'release', cause: what.cause ?? 0 } };
    default:
      throw new Damage('wire-unknown-value', 'AnswerCall.answer');
  }
}
