/** What an SMSC says of a notice that it has (A3, N3). */
import type { ReceiptCame } from '../types/model/event.ts';
import { arrived } from './arrived.ts';
import { step } from './delivery.ts';
import type { Draft } from './draft.ts';
import { isDelivered, partMeant } from './hand-over.ts';
import { seen } from './presence.ts';

/** A receipt of what was replaced, or of another life's try, says nothing of what the SMSC has now. */
export function receiptCame(draft: Draft, receipt: ReceiptCame, atMs: number): void {
  const { smsc, messageId, fate, answerToken } = receipt;
  if (answerToken !== 0) draft.emit({ kind: 'answer-receipt', answerToken });
  const { handedOver, delivery } = draft.next;
  const part = handedOver === undefined ? undefined : partMeant(handedOver, smsc, messageId);
  if (handedOver === undefined || part === undefined) return draft.note('receipt-unknown');
  if (fate === 'delivered') {
    if (handedOver.delivered.includes(part)) return;
    draft.set({ handedOver: { ...handedOver, delivered: [...handedOver.delivered, part] } });
    // Of a notice that is forwarded (N13) it says nothing of this subscriber; and what was asked for, not when it was.
    const isOwn = handedOver.notice.recipient === draft.next.number;
    if (isOwn && answerToken !== 0) seen(draft, atMs, 'receipt');
    return settleHandedOver(draft);
  }
  // While it is being replaced, that says what has become of it.
  if (delivery !== 'handed-over') return;
  const isForwarded = handedOver.notice.recipient !== draft.next.number;
  if (fate === 'expired') step(draft, isForwarded ? 'temporary' : 'absent');
  else if (fate === 'failed') step(draft, 'temporary');
  else if (fate === 'unknown') step(draft, 'forgotten');
  step(draft, 'became-due');
}

/** A notice ends with the receipt of its last part. */
export function settleHandedOver(draft: Draft): void {
  const { delivery, handedOver } = draft.next;
  if (delivery !== 'handed-over' || handedOver === undefined || !isDelivered(handedOver)) return;
  draft.note(`delivered.${handedOver.notice.content.kind}`);
  arrived(draft, handedOver.notice);
  step(draft, 'delivered');
  step(draft, 'became-due');
}
