/**
 * Tagged parameters (SMPP 5.0 §3.1.2, §4.8; SMPP 3.4 §5.3): tag, length, value, in any order, behind the mandatory ones.
 *
 *     0      2       4
 *     tag    length  value …
 *
 * Which ones may stand where is left to who reads them: one that is not known is skipped, as §2.11 of 3.4 asks, and one that is
 * known and has another length than it should is as if it were not there.
 */
import { failure, type Result, success } from '../../types/result.ts';

export const TLV = {
  dest_addr_subunit: 0x0005,
  source_addr_subunit: 0x000d,
  qos_time_to_live: 0x0017,
  payload_type: 0x0019,
  additional_status_info_text: 0x001d,
  receipted_message_id: 0x001e,
  ms_msg_wait_facilities: 0x0030,
  privacy_indicator: 0x0201,
  user_message_reference: 0x0204,
  user_response_code: 0x0205,
  source_port: 0x020a,
  destination_port: 0x020b,
  sar_msg_ref_num: 0x020c,
  language_indicator: 0x020d,
  sar_total_segments: 0x020e,
  sar_segment_seqnum: 0x020f,
  sc_interface_version: 0x0210,
  callback_num: 0x0381,
  dpf_result: 0x0420,
  set_dpf: 0x0421,
  ms_availability_status: 0x0422,
  network_error_code: 0x0423,
  message_payload: 0x0424,
  delivery_failure_reason: 0x0425,
  more_messages_to_send: 0x0426,
  message_state: 0x0427,
  congestion_state: 0x0428,
  ussd_service_op: 0x0501,
  ms_validity: 0x1204,
  alert_on_message_delivery: 0x130c,
} as const;

export type TlvName = keyof typeof TLV;

export interface Tlv {
  readonly tag: number;
  /** A view into the PDU. */
  readonly value: Uint8Array;
}

const HEAD_OCTETS = 4;

export function decodeTlvs(octets: Uint8Array, offset: number): Result<Tlv[]> {
  const tlvs: Tlv[] = [];
  for (let at = offset; at < octets.length; ) {
    const left = octets.length - at - HEAD_OCTETS;
    if (left < 0) return failure('ESME_RINVTLVSTREAM', at, 'SMPP 5.0 §4.8.1');
    const length = (octets[at + 2]! << 8) | octets[at + 3]!;
    if (length > left) return failure('ESME_RINVTLVSTREAM', at + 2, 'SMPP 5.0 §4.8.1');
    const tag = (octets[at]! << 8) | octets[at + 1]!;
    tlvs.push({ tag, value: octets.subarray(at + HEAD_OCTETS, at + HEAD_OCTETS + length) });
    at += HEAD_OCTETS + length;
  }
  return success(tlvs);
}

export function tlvsOctets(tlvs: readonly Tlv[]): number {
  let octets = 0;
  for (const { value } of tlvs) octets += HEAD_OCTETS + value.length;
  return octets;
}

/** @throws RangeError when a value is longer than its length can say */
export function writeTlvs(octets: Uint8Array, offset: number, tlvs: readonly Tlv[]): void {
  let at = offset;
  for (const { tag, value } of tlvs) {
    if (value.length > 0xffff) throw new RangeError('the value of a TLV has 65 535 octets at most');
    octets[at] = tag >>> 8;
    octets[at + 1] = tag;
    octets[at + 2] = value.length >>> 8;
    octets[at + 3] = value.length;
    octets.set(value, at + HEAD_OCTETS);
    at += HEAD_OCTETS + value.length;
  }
}

/** The first one of that name. */
export function tlvOf(tlvs: readonly Tlv[], name: TlvName): Uint8Array | undefined {
  return tlvs.find(({ tag }) => tag === TLV[name])?.value;
}

/** An integer of so many octets, undefined when there is none, or one of another length. */
export function tlvInteger(tlvs: readonly Tlv[], name: TlvName, octets: 1 | 2 | 4): number | undefined {
  const value = tlvOf(tlvs, name);
  if (value?.length !== octets) return undefined;
  return value.reduce((number, octet) => number * 256 + octet, 0);
}

/** A C-octet string; its NULL, which is left out by some, is no part of it. */
export function tlvString(tlvs: readonly Tlv[], name: TlvName): string | undefined {
  const value = tlvOf(tlvs, name);
  if (value === undefined) return undefined;
  const end = value.indexOf(0);
  return Buffer.from(end < 0 ? value : value.subarray(0, end)).toString('latin1');
}

export function integerTlv(name: TlvName, octets: 1 | 2 | 4, value: number): Tlv {
  const written = new Uint8Array(octets);
  for (let at = octets - 1, left = value; at >= 0; at--, left = Math.floor(left / 256))
    written[at] = left % 256;
  return { tag: TLV[name], value: written };
}

export function stringTlv(name: TlvName, text: string): Tlv {
  return { tag: TLV[name], value: new Uint8Array(Buffer.from(`${text}\0`, 'latin1')) };
}

export function octetsTlv(name: TlvName, value: Uint8Array): Tlv {
  return { tag: TLV[name], value };
}
