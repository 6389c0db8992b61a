/** A short message that a message centre has taken, until its end. */

import type { Pdu } from '../../stack/smpp/pdu.ts';
import { MESSAGE_STATES, type MessageState } from '../../stack/smpp/receipt.ts';
import { integerTlv, octetsTlv, stringTlv, type Tlv, tlvInteger, tlvOf } from '../../stack/smpp/tlv.ts';
import { civilOf } from '../../types/civil-time.ts';
import type { SmscBehaviour } from './behaviour.ts';

/** As a phone gets it. */
export interface SubmittedMessage {
  readonly source: string;
  readonly sourceTon: number;
  readonly destination: string;
  readonly protocolId: number;
  readonly priorityFlag: number;
  readonly dataCoding: number;
  readonly hasHeader: boolean;
  /** short_message or message_payload, with a user data header where it has one. */
  readonly octets: Uint8Array;
  readonly submittedAtMs: number;
  /** user_message_reference; −1: none. */
  readonly reference: number;
}

export interface StoredMessage {
  readonly number: number;
  messageId: string;
  /** Whom receipts are for. */
  readonly systemId: string;
  readonly serviceType: string;
  readonly wantsDpf: boolean;
  message: SubmittedMessage;
  registeredDelivery: number;
  expiresAtMs: number;
  state: MessageState;
  endedAtMs: number;
  /** An intermediate notification was sent. */
  intermediate: boolean;
}

const UDHI = 0x40;

/** Of a submit_sm or data_sm; sar TLVs become a header, as a phone would get it. */
export function submittedOf(pdu: Pdu<'submit_sm' | 'data_sm'>, atMs: number): SubmittedMessage {
  const body = pdu.body!;
  const text = 'shortMessage' in body && body.shortMessage.length > 0 ? body.shortMessage : undefined;
  const octets = text ?? tlvOf(pdu.tlvs, 'message_payload') ?? new Uint8Array(0);
  const reference = tlvInteger(pdu.tlvs, 'sar_msg_ref_num', 2);
  const total = tlvInteger(pdu.tlvs, 'sar_total_segments', 1);
  const sequence = tlvInteger(pdu.tlvs, 'sar_segment_seqnum', 1);
  const isSegment = reference !== undefined && total !== undefined && sequence !== undefined;
  return {
    source: body.sourceAddr,
    sourceTon: body.sourceAddrTon,
    destination: body.destinationAddr,
    protocolId: 'protocolId' in body ? body.protocolId : 0,
    priorityFlag: 'priorityFlag' in body ? body.priorityFlag : 0,
    dataCoding: body.dataCoding,
    hasHeader: isSegment || (body.esmClass & UDHI) !== 0,
    octets: isSegment
      ? Uint8Array.of(6, 8, 4, reference >>> 8, reference & 0xff, total, sequence, ...octets)
      : octets.slice(),
    submittedAtMs: atMs,
    reference: tlvInteger(pdu.tlvs, 'user_message_reference', 2) ?? -1,
  };
}

const two = (number: number): string => String(number).padStart(2, '0');

/** YYMMDDhhmm of the receipt's text. */
function minuteOf(atMs: number): string {
  const { year, month, day, hour, minute } = civilOf(atMs);
  return [year % 100, month, day, hour, minute].map(two).join('');
}

export interface ReceiptContent {
  readonly esmClass: number;
  readonly text: Uint8Array;
  readonly tlvs: readonly Tlv[];
}

const RECEIPT = 0x04;
const INTERMEDIATE = 0x20;

export function receiptFor(
  stored: StoredMessage,
  behaviour: SmscBehaviour,
  atMs: number,
  intermediate: boolean,
): ReceiptContent {
  const { state, messageId, message } = stored;
  const { value, text } = MESSAGE_STATES[state];
  const delivered = state === 'DELIVERED' ? '001' : '000';
  const id = behaviour.receiptIds === 'decimal' ? String(Number.parseInt(messageId, 16)) : messageId;
  const line =
    `id:${id} sub:001 dlvrd:${delivered} submit date:${minuteOf(message.submittedAtMs)} done date:${minuteOf(atMs)} ` +
    `stat:${text} err:${state === 'DELIVERED' ? '000' : '001'} text:`;
  return {
    esmClass: intermediate ? INTERMEDIATE : RECEIPT,
    text: behaviour.receipts === 'tlv' ? new Uint8Array(0) : new Uint8Array(Buffer.from(line, 'latin1')),
    tlvs:
      behaviour.receipts === 'text'
        ? []
        : [
            stringTlv('receipted_message_id', messageId),
            integerTlv('message_state', 1, value),
            octetsTlv('network_error_code', Uint8Array.of(3, 0, state === 'DELIVERED' ? 0 : 1)),
          ],
  };
}
