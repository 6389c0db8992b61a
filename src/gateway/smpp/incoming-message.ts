/**
 * A short message of a phone, as a message centre brings it (SMPP 5.0 §4.3.1 deliver_sm, §4.2.2 data_sm), on its way to self-care (S1).
 * What it is in is read by data_coding, and what holds its parts together is a user data header, sar TLVs, or nothing where
 * message_payload has all of it.
 */
import type { Pdu } from '../../stack/smpp/pdu.ts';
import { shortMessageText, UDHI } from '../../stack/smpp/short-message.ts';
import { tlvInteger } from '../../stack/smpp/tlv.ts';
import { concatenationOf } from '../../stack/sms/user-data-header.ts';
import type { CentreMessage } from '../../types/model/thread.ts';

/** Message type in esm_class, bits 5 … 2 (SMPP 5.0 §4.7.12): 0 is a short message. */
const MESSAGE_TYPE_MASK = 0x3c;
const INTERNATIONAL = 1;
/** Nobody has so much to say to a service: what is beyond is acknowledged and left out. */
const TEXT_MAX = 2_000;
/** A centre says what was not answered again within this time; with a reference a message is known for as long as by MAP. */
const SAME_MS = { withReference: 300_000, without: 60_000 };

export function isShortMessage(esmClass: number): boolean {
  return (esmClass & MESSAGE_TYPE_MASK) === 0;
}

/** @param octets short_message or message_payload */
export function centreMessage(
  smsc: string,
  { body, tlvs }: Pdu<'deliver_sm' | 'data_sm'>,
  octets: Uint8Array,
): Omit<CentreMessage, 'token'> {
  const { esmClass, dataCoding, sourceAddrTon, sourceAddrNpi, sourceAddr, destAddrTon, destinationAddr } =
    body!;
  const reference = tlvInteger(tlvs, 'user_message_reference', 2);
  const dialled = destAddrTon === INTERNATIONAL && !destinationAddr.startsWith('+');
  const sender = sourceAddr.replace(/^\+/, '');
  const receiver = dialled ? `+${destinationAddr}` : destinationAddr;
  const concatenation =
    sar(tlvs) ?? ((esmClass & UDHI) === 0 ? undefined : concatenationOf(headerOf(octets)));
  const part = concatenation ?? { reference: 0, total: 1, sequence: 1 };
  const known = [smsc, sourceAddrTon, sender, receiver, reference ?? '', part.reference, part.sequence];
  return {
    key: `${known.join(' ')} ${Buffer.from(octets).toString('latin1')}`.slice(0, TEXT_MAX),
    sameForMs: reference === undefined && part.total === 1 ? SAME_MS.without : SAME_MS.withReference,
    senderNature: sourceAddrTon,
    senderPlan: sourceAddrNpi,
    sender,
    receiver,
    text: shortMessageText({ esmClass, dataCoding }, octets).slice(0, TEXT_MAX),
    ...part,
  };
}

function headerOf(octets: Uint8Array): Uint8Array {
  return octets.subarray(1, 1 + (octets[0] ?? 0));
}

function sar(tlvs: Pdu['tlvs']): Pick<CentreMessage, 'reference' | 'total' | 'sequence'> | undefined {
  const reference = tlvInteger(tlvs, 'sar_msg_ref_num', 2);
  const total = tlvInteger(tlvs, 'sar_total_segments', 1);
  const sequence = tlvInteger(tlvs, 'sar_segment_seqnum', 1);
  if (reference === undefined || total === undefined || sequence === undefined) return undefined;
  return total === 0 || sequence === 0 || sequence > total ? undefined : { reference, total, sequence };
}
