/** What an SMSC has and has not delivered: replaced by what says more (N3), taken back, cancelled, told apart by its message ids. */
import assert from 'node:assert/strict';
import { type Matter, matterOf } from '../rules/telling.ts';
import { messageIdKeys } from '../types/message-id.ts';
import type { HandedOver, HandedOverTo, SmscMessages } from '../types/model/handed-over.ts';
import type { MissedCalls, Returns } from '../types/model/notice.ts';
import { isSettled } from '../types/model/rule-state.ts';
import { arrived } from './arrived.ts';
import { noticeOf } from './compose.ts';
import type { Draft } from './draft.ts';
import { beforeQuiet, isAllowed } from './due.ts';
import { rung } from './policy.ts';
import { putBackContent } from './taken-back.ts';
import { dueBeside, united } from './united.ts';

/** A receipt may come so long after the SMSC's own time is over. */
const RECEIPT_LATE_MS = 60_000;

/**
 * What says all that is due and what the SMSC has, if the rules let the added part be told now, and what the SMSC has is still of
 * the kind that is sent: a list that was asked for (N9) is not added to.
 */
export function replacement(draft: Draft): MissedCalls | Returns | undefined {
  const { handedOver, number } = draft.next;
  if (handedOver === undefined) return undefined;
  const { content, recipient } = handedOver.notice;
  const about = matterOf(content, draft.rules);
  // What is added to a notice of callers with priority may be a call of any caller.
  const matter: Matter = about === 'urgent' ? 'missed' : about;
  if (matter !== 'missed' && matter !== 'returns') return undefined;
  const forwardedTo = draft.rules.forwardTo === '' ? number : draft.rules.forwardTo;
  return recipient === forwardedTo && isAllowed(matter, draft)
    ? united(content, dueBeside(content, draft.next), draft)
    : undefined;
}

/** Whether what the SMSC has is still ordered, and still news. */
export function isWanted({ next, remembered }: Draft): boolean {
  const { profile, handedOver } = next;
  const content = handedOver?.notice.content;
  switch (content?.kind) {
    case 'missed-calls':
      if (
        content.furtherCalls === 0 &&
        content.callers.every(({ caller, lastAtMs }) => isSettled(remembered, caller, lastAtMs))
      )
        return false;
      return profile?.missedCalls === true;
    case 'teaser':
      return profile?.missedCalls === true;
    case 'returns':
      if (
        content.returned.every(({ subscriber, returnedAtMs }) =>
          isSettled(remembered, subscriber, returnedAtMs),
        )
      )
        return false;
      return profile !== undefined && profile.notifyMe !== 'off';
    case 'callee-away':
      return profile !== undefined && profile.notifyMe !== 'off';
    case 'show-question':
      return remembered.withheldCalls.some(
        ({ subscriber, shownAtMs }) => subscriber === content.subscriber && shownAtMs === 0,
      );
    // An answer is due to whoever has asked.
    case 'text':
      return true;
    case 'welcome':
    case undefined:
      return profile !== undefined;
  }
}

export function handOver(draft: Draft, to: HandedOverTo | undefined): void {
  const { notice, handedOver, fallback } = draft.next;
  assert(to !== undefined && notice !== undefined, 'what is handed over is there');
  // Where the SMSC replaced it in place, a receipt may have overtaken its answer.
  const delivered = handedOver?.delivered.filter((messageId) => to.messageIds.includes(messageId)) ?? [];
  draft.set({ handedOver: { ...to, notice, delivered, added: undefined } });
  draft.closeNotice();
  // Until it is delivered the other channels stay as they are.
  draft.set({ fallback });
}

export function awaitReceipt(draft: Draft): void {
  const { handedOver, failures } = draft.next;
  const untilMs = (handedOver?.validUntilMs ?? 0) + RECEIPT_LATE_MS - draft.atMs;
  draft.setDeadline(untilMs > 0 ? untilMs : rung(draft.policy.recheckUnlistedMs, failures));
}

export function askBeforeLong(draft: Draft): void {
  const { deadlineAtMs, failures } = draft.next;
  const waitMs = rung(draft.policy.recheckUnlistedMs, failures + 1);
  if (deadlineAtMs === 0 || deadlineAtMs > draft.atMs + waitMs) draft.setDeadline(waitMs);
}

export function replace(draft: Draft): void {
  const { handedOver } = draft.next;
  const content = replacement(draft);
  assert(handedOver !== undefined && content !== undefined, 'there is what is replaced');
  const { recipient, originator = '' } = handedOver.notice;
  const added = dueBeside(content, draft.next);
  const lists = content.kind === 'returns' ? { returns: [] } : { missed: [], furtherCalls: 0 };
  const notice = noticeOf(draft, { recipient, originator, content, change: lists });
  changeHandedOver(draft, { added });
  const replaces = messagesOf(handedOver);
  const trying = draft.emit({
    kind: 'send-notice',
    notice,
    firstPart: 0,
    priority: false,
    ...beforeQuiet(draft, notice),
    replaces,
  });
  draft.set({ notice, trying, deadlineAtMs: 0 });
}

export function withdrawReplacement(draft: Draft): void {
  const added = draft.next.handedOver?.added;
  draft.dropNotice();
  draft.set({ trying: undefined });
  if (added !== undefined) putBackContent(draft, added);
  changeHandedOver(draft, { added: undefined });
}

export function changeHandedOver(draft: Draft, change: Partial<HandedOver>): void {
  const { handedOver } = draft.next;
  if (handedOver !== undefined) draft.set({ handedOver: { ...handedOver, ...change } });
}

export function closeHandedOver(draft: Draft): void {
  draft.set({ handedOver: undefined, failures: 0, passingFailures: 0, deadlineAtMs: 0, fallback: undefined });
  draft.forgetSettled();
}

/**
 * What the SMSC has not delivered is to be told once more, with what has come since; or as it was, where an earlier try of it may
 * have arrived.
 */
export function takeBack(draft: Draft): void {
  const { handedOver, failures } = draft.next;
  draft.set({ handedOver: undefined, failures: failures + 1 });
  if (handedOver?.replaceable === false) draft.set({ notice: handedOver.notice, noticeFixed: true });
  else if (handedOver !== undefined) putBackContent(draft, handedOver.notice.content);
  draft.forgetSettled();
}

export function queryReceipt(draft: Draft): void {
  const { handedOver, failures } = draft.next;
  if (handedOver === undefined) return;
  draft.set({ failures: failures + 1 });
  const { recipient, subscriber } = handedOver.notice;
  const owner = subscriber === undefined ? {} : { subscriber };
  draft.emit({ kind: 'query-notice', recipient, ...owner, messages: messagesOf(handedOver) });
}

/** What is to be replaced, and is not ordered any more. */
export function cancelUnwanted(draft: Draft): void {
  if (draft.next.delivery !== 'handed-over' && !isWanted(draft)) cancelHandedOver(draft);
}

/** What the SMSC has is not to be delivered any more. */
export function cancelHandedOver(draft: Draft): void {
  const { handedOver } = draft.next;
  if (handedOver === undefined) return;
  cancel(draft, handedOver, handedOver.notice.recipient);
  // It may be on the phone already, and its receipt finds nobody then.
  arrived(draft, handedOver.notice);
  draft.set({ handedOver: undefined });
  // Of another state the deadline is that of a notice of ours.
  if (draft.next.delivery === 'handed-over') draft.set({ deadlineAtMs: 0, fallback: undefined });
  draft.forgetSettled();
}

export function cancel(draft: Draft, messages: SmscMessages, recipient: string): void {
  draft.emit({ kind: 'cancel-notice', recipient, messages: messagesOf(messages) });
}

export function messagesOf({ smsc, messageIds, plain, originator }: SmscMessages): SmscMessages {
  return { smsc, messageIds, plain, ...(originator === undefined ? {} : { originator }) };
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
