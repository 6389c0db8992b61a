/** What an SMSC has (proto/handed-over.proto). */
import type { HandedOver, HandedOverTo, SmscMessages } from '../types/model/handed-over.ts';
import type { NoticeContent } from '../types/model/notice.ts';
import { finite, needed } from './codec.ts';
import type { callwake } from './generated/messages.js';
import {
  missedCallsFromWire,
  missedCallsToWire,
  noticeFromWire,
  noticeToWire,
  returnFromWire,
} from './notice.ts';

export function smscMessagesToWire({
  smsc,
  messageIds,
  plain,
  originator = '',
}: SmscMessages): callwake.SmscMessages.$Properties {
  return { smsc, messageIds: [...messageIds], plain, originator };
}

export function smscMessagesFromWire(wire: callwake.SmscMessages.$Properties): SmscMessages {
  return {
    smsc: wire.smsc ?? '',
    messageIds: [...(wire.messageIds ?? [])],
    plain: wire.plain ?? false,
    ...(wire.originator ? { originator: wire.originator } : {}),
  };
}

export function handedOverToToWire(to: HandedOverTo): callwake.HandedOverTo.$Properties {
  const { validUntilMs, replaceable } = to;
  return { messages: smscMessagesToWire(to), validUntilMs, replaceable };
}

export function handedOverToFromWire(wire: callwake.HandedOverTo.$Properties): HandedOverTo {
  return {
    ...smscMessagesFromWire(needed(wire.messages, 'HandedOverTo.messages')),
    validUntilMs: finite(wire.validUntilMs, 'HandedOverTo.valid_until_ms'),
    replaceable: wire.replaceable ?? false,
  };
}

export function handedOverToWire(handedOver: HandedOver): callwake.HandedOver.$Properties {
  const { notice, delivered, added } = handedOver;
  return {
    to: handedOverToToWire(handedOver),
    notice: noticeToWire(notice),
    delivered: [...delivered],
    ...addedToWire(added),
  };
}

export function handedOverFromWire(wire: callwake.HandedOver.$Properties): HandedOver {
  return {
    ...handedOverToFromWire(needed(wire.to, 'HandedOver.to')),
    notice: noticeFromWire(needed(wire.notice, 'HandedOver.notice')),
    delivered: [...(wire.delivered ?? [])],
    added: addedFromWire(wire),
  };
}

function addedToWire(added: NoticeContent | undefined): callwake.HandedOver.$Properties {
  switch (added?.kind) {
    case 'missed-calls':
      return { addedCalls: missedCallsToWire(added) };
    case 'returns':
      return { addedReturns: { returned: [...added.returned] } };
    default:
      return {};
  }
}

function addedFromWire(wire: callwake.HandedOver.$Properties): NoticeContent | undefined {
  switch (wire.added) {
    case 'addedCalls':
      return missedCallsFromWire(wire.addedCalls ?? {});
    case 'addedReturns':
      return { kind: 'returns', returned: (wire.addedReturns?.returned ?? []).map(returnFromWire) };
    default:
      return undefined;
  }
}
