/** What an SMSC has and has not delivered: replaced by what says more (N3), taken back, told apart by its message ids. */
import { messageIdKeys } from '../types/message-id.ts';
import type { HandedOver } from '../types/model/handed-over.ts';
import type { MissedCalls, NoticeContent, Returns } from '../types/model/notice.ts';
import type { SubscriberState } from '../types/model/state.ts';
import { putBack } from './missed-list.ts';
import type { SubscriberPolicy } from './policy.ts';

type Lists = Pick<SubscriberState, 'missed' | 'furtherCalls' | 'returns'>;

/** What is due of the same kind as a content; undefined: nothing is. */
export function dueBeside(content: NoticeContent, lists: Lists): MissedCalls | Returns | undefined {
  const { missed, furtherCalls, returns } = lists;
  switch (content.kind) {
    case 'missed-calls':
      return missed.length + furtherCalls === 0
        ? undefined
        : { kind: 'missed-calls', callers: missed, furtherCalls };
    case 'returns':
      return returns.length === 0 ? undefined : { kind: 'returns', returned: returns };
    default:
      return undefined;
  }
}

/** One content that says both; undefined: one notice has no room for it, or it says something of its own. */
export function replacementOf(
  content: NoticeContent,
  lists: Lists,
  policy: SubscriberPolicy,
): MissedCalls | Returns | undefined {
  const added = dueBeside(content, lists);
  if (content.kind === 'missed-calls' && added?.kind === 'missed-calls') {
    const { callers, furtherCalls } = putBack(content, added, policy.callersMax);
    if (callers.length > policy.callersPerNotice) return undefined;
    return { kind: 'missed-calls', callers, furtherCalls };
  }
  if (content.kind === 'returns' && added?.kind === 'returns') {
    const returned = withReturns(content, added.returned);
    return returned.length > policy.callersPerNotice ? undefined : { kind: 'returns', returned };
  }
  return undefined;
}

/** Returns of a notice before later ones; of one subscriber the later counts. */
export function withReturns(content: Returns, since: Returns['returned']): Returns['returned'] {
  const later = new Set(since.map((entry) => entry.subscriber));
  return [...content.returned.filter((entry) => !later.has(entry.subscriber)), ...since];
}

/** The part of `handedOver` that a message id of the SMSC means, as it was written when it was accepted. */
export function partMeant(handedOver: HandedOver, smsc: string, messageId: string): string | undefined {
  if (handedOver.smsc !== smsc) return undefined;
  const meant = messageIdKeys(messageId);
  return handedOver.messageIds.find((own) => messageIdKeys(own).some((key) => meant.includes(key)));
}

/** Whether all its parts are delivered. */
export function isDelivered({ messageIds, delivered }: HandedOver): boolean {
  return messageIds.every((messageId) => delivered.includes(messageId));
}
