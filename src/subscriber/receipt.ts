/** What an SMSC says of a notice that it has (A3, N3). */
import type { ReceiptCame } from '../types/model/event.ts';
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
    seen(draft, atMs);
    return settleHandedOver(draft);
  }
  // While it is being replaced, that says what has become of it.
  if (delivery !== 'handed-over') return;
  if (fate === 'expired') draft.step('absent');
  else if (fate === 'failed') draft.step('temporary');
  else if (fate === 'unknown') draft.step('forgotten');
  draft.step('became-due');
}

/** A notice ends with the receipt of its last part. */
export function settleHandedOver(draft: Draft): void {
  const { delivery, handedOver } = draft.next;
  if (delivery !== 'handed-over' || handedOver === undefined || !isDelivered(handedOver)) return;
  draft.step('delivered');
  draft.step('became-due');
}
