/**
 * Delivery receipts (SMPP 5.0 §4.8.4.47, SMPP 3.4 §5.2.12 and appendix B): a deliver_sm or data_sm whose esm_class says so. What
 * it is about stands in TLVs, in a text whose form every SMSC's vendor has varied, or in both; the TLVs are believed first.
 *
 *     id:IIIIIIIIII sub:SSS dlvrd:DDD submit date:YYMMDDhhmm done date:YYMMDDhhmm stat:DDDDDDD err:E text:…
 */
import { type Tlv, tlvInteger, tlvOf, tlvString } from './tlv.ts';

/** Message type in esm_class, bits 5 … 2 (SMPP 5.0 §4.7.12). */
const MESSAGE_TYPE_MASK = 0x3c;
const MC_DELIVERY_RECEIPT = 0x04;
const INTERMEDIATE_NOTIFICATION = 0x20;

/** message_state (SMPP 5.0 §4.7.15), and what stands for it in a text (appendix B). */
export const MESSAGE_STATES = {
  SCHEDULED: { value: 0, text: 'SCHEDLD', final: false },
  ENROUTE: { value: 1, text: 'ENROUTE', final: false },
  DELIVERED: { value: 2, text: 'DELIVRD', final: true },
  EXPIRED: { value: 3, text: 'EXPIRED', final: true },
  DELETED: { value: 4, text: 'DELETED', final: true },
  UNDELIVERABLE: { value: 5, text: 'UNDELIV', final: true },
  ACCEPTED: { value: 6, text: 'ACCEPTD', final: true },
  UNKNOWN: { value: 7, text: 'UNKNOWN', final: true },
  REJECTED: { value: 8, text: 'REJECTD', final: true },
  SKIPPED: { value: 9, text: 'SKIPPED', final: true },
} as const;

export type MessageState = keyof typeof MESSAGE_STATES;

export interface Receipt {
  /** As the SMSC writes it here: some have it in another base, or with other zeros, than in submit_sm_resp. */
  readonly messageId: string;
  readonly state: MessageState;
  /** Nothing more will come of this message. An intermediate notification is never final, whatever its state. */
  readonly final: boolean;
  /** network_error_code: type of network and code; or the text's `err`. Empty: none. */
  readonly error: string;
}

interface Carrier {
  readonly esmClass: number;
  /** Unpacked, as octets: short_message, or message_payload. */
  readonly text: Uint8Array;
  readonly tlvs: readonly Tlv[];
}

export function isReceipt(esmClass: number): boolean {
  const type = esmClass & MESSAGE_TYPE_MASK;
  return type === MC_DELIVERY_RECEIPT || type === INTERMEDIATE_NOTIFICATION;
}

/** Undefined when nothing says what it is about, or how that stands. */
export function receiptOf({ esmClass, text, tlvs }: Carrier): Receipt | undefined {
  const fields = fieldsOf(Buffer.from(text).toString('latin1'));
  const messageId = tlvString(tlvs, 'receipted_message_id') ?? fields.get('id') ?? '';
  const state = stateOfValue(tlvInteger(tlvs, 'message_state', 1)) ?? stateOfText(fields.get('stat') ?? '');
  if (messageId === '' || state === undefined) return undefined;
  const intermediate = (esmClass & MESSAGE_TYPE_MASK) === INTERMEDIATE_NOTIFICATION;
  return {
    messageId,
    state,
    final: MESSAGE_STATES[state].final && !intermediate,
    error: networkError(tlvOf(tlvs, 'network_error_code')) ?? fields.get('err') ?? '',
  };
}

/** Longer texts are no receipts: what follows `text:` is of the message, 20 characters or what a vendor makes of it. */
const TEXT_MAX = 1_000;
const NAMES = /\b(id|sub|dlvrd|submit[ _]date|done[ _]date|stat|err|text)\s*[:=]\s*/gi;

/** Names and values in whatever order, with `:` or `=`, in any case; the first of a name counts, and nothing behind `text`. */
function fieldsOf(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  const head = text.slice(0, TEXT_MAX);
  let name = '';
  let from = 0;
  const end = (at: number): void => {
    if (name !== '' && !fields.has(name)) fields.set(name, head.slice(from, at).trim());
  };
  for (const match of head.matchAll(NAMES)) {
    end(match.index);
    name = match[1]!.toLowerCase().replace('_', ' ');
    from = match.index + match[0].length;
    if (name === 'text') return fields;
  }
  end(head.length);
  return fields;
}

function stateOfValue(value: number | undefined): MessageState | undefined {
  return names.find((name) => MESSAGE_STATES[name].value === value);
}

const names = Object.keys(MESSAGE_STATES) as MessageState[];

/** By what is common to the ways to write it: `DELIVRD`, `DELIVERED`, `Delivered to handset`. */
function stateOfText(text: string): MessageState | undefined {
  const upper = text.toUpperCase();
  return names.find((name) => upper.startsWith(PREFIXES[name]));
}

const PREFIXES: Readonly<Record<MessageState, string>> = {
  SCHEDULED: 'SCHED',
  ENROUTE: 'ENROUTE',
  DELIVERED: 'DELIV',
  EXPIRED: 'EXPIR',
  DELETED: 'DELET',
  UNDELIVERABLE: 'UNDEL',
  ACCEPTED: 'ACCEP',
  UNKNOWN: 'UNKNO',
  REJECTED: 'REJEC',
  SKIPPED: 'SKIPP',
};

/** network_error_code (SMPP 5.0 §4.8.4.42): type of network, then its code. */
function networkError(value: Uint8Array | undefined): string | undefined {
  if (value?.length !== 3) return undefined;
  return `${value[0]}/${value[1]! * 256 + value[2]!}`;
}
