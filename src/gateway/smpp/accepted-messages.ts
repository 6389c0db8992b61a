/**
 * Messages that centres have taken, for as long as their receipts may come: a receipt names the recipient and a message id, not whose
 * notice it was (N13), nor when that was due. Bounded: of too many the oldest is forgotten, and its receipt goes to the recipient's
 * actor; the actor that sent it asks when its time is over.
 */
import { messageIdKeys } from '../../types/message-id.ts';
import { RecentMap } from '../../types/recent-map.ts';

export class AcceptedMessages<V> {
  readonly #messages: RecentMap<V>;

  /** @param max spellings of message ids, of which a message has up to three */
  constructor(max: number) {
    this.#messages = new RecentMap(max);
  }

  get size(): number {
    return this.#messages.size;
  }

  took(smsc: string, recipient: string, messageId: string, value: V): void {
    const [asWritten = '', ...spellings] = messageIdKeys(messageId);
    this.#messages.set(keyOf(smsc, recipient, asWritten), value);
    for (const spelling of spellings) {
      const key = keyOf(smsc, recipient, spelling);
      // What is written so itself goes before what may be meant.
      if (this.#messages.get(key) === undefined) this.#messages.set(key, value);
    }
  }

  /** Undefined: nothing is known of it. */
  find(smsc: string, recipient: string, messageId: string): V | undefined {
    for (const spelling of messageIdKeys(messageId)) {
      const found = this.#messages.get(keyOf(smsc, recipient, spelling));
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function keyOf(smsc: string, recipient: string, spelling: string): string {
  return `${smsc} ${recipient} ${spelling}`;
}
