/** What a message centre says of a message or of a number, in the words of the actors. */
import { MESSAGE_STATES, type MessageState } from '../../stack/smpp/receipt.ts';
import type { MessageFate } from '../../types/model/event.ts';
import { isSubscriberNumber } from '../../types/partition.ts';

/** By the value of message_state (SMPP 5.0 §4.7.15). */
export function messageState(value: number | undefined): MessageState | undefined {
  const names = Object.keys(MESSAGE_STATES) as MessageState[];
  return names.find((name) => MESSAGE_STATES[name].value === value);
}

export function messageFate(state: MessageState | undefined): MessageFate {
  switch (state) {
    case 'DELIVERED':
    case 'ACCEPTED':
      return 'delivered';
    case 'SCHEDULED':
    case 'ENROUTE':
      return 'waiting';
    case 'EXPIRED':
      return 'expired';
    case 'DELETED':
    case 'UNDELIVERABLE':
    case 'REJECTED':
    case 'SKIPPED':
      return 'failed';
    case 'UNKNOWN':
    case undefined:
      return 'unknown';
  }
}

/** International digits of an address; empty: it is none of a subscriber. */
export function subscriberNumber(address: string): string {
  const digits = address.replace(/^(\+|00)/, '');
  return isSubscriberNumber(digits) ? digits : '';
}
