/**
 * A text as short_message (SMPP 5.0 §4.7.26, §4.7.7): what data_coding and esm_class say of it, and how the parts of a long one are held
 * together: by a user data header, by sar TLVs, or as one message_payload that the centre cuts itself.
 */
import { failure, type Result, success } from '../../types/result.ts';
import { gsm7Text } from '../sms/gsm7-alphabet.ts';
import { splitText } from '../sms/split.ts';
import { ucs2Text } from '../sms/ucs2.ts';
import { concatenationOf } from '../sms/user-data-header.ts';
import { SHORT_MESSAGE_OCTETS_MAX } from './field.ts';
import { integerTlv, octetsTlv, type Tlv } from './tlv.ts';

export type Concatenation = 'header' | 'sar' | 'payload';

export interface ShortMessagePart {
  readonly esmClass: number;
  readonly dataCoding: number;
  readonly shortMessage: Uint8Array;
  readonly tlvs: readonly Tlv[];
}

/** data_coding (SMPP 5.0 §4.7.7). */
export const DATA_CODING = { default: 0, ia5: 1, latin1: 3, octets: 4, ucs2: 8 } as const;
/** esm_class: the short message begins with a user data header. */
export const UDHI = 0x40;
/** message_payload (SMPP 5.0 §4.8.4.36) has room for 64K; a text of so many parts has less. */
const PAYLOAD_OCTETS_MAX = 64_000;

/**
 * The parts of a text, in the default alphabet of the centre, GSM 7 bit with an octet for each septet, or in UCS2.
 * @param reference 0 … 255, by which a phone knows which parts belong together
 * Failure: `sms.text-too-long`.
 */
export function shortMessageParts(
  text: string,
  reference: number,
  concatenation: Concatenation,
): Result<readonly ShortMessagePart[]> {
  const split = splitText(text, reference);
  if (!split.ok) return split;
  const { alphabet, parts } = split.value;
  const dataCoding = alphabet === 'ucs2' ? DATA_CODING.ucs2 : DATA_CODING.default;
  if (concatenation === 'payload' && parts.length > 1) {
    const units = Buffer.concat(parts.map((part) => part.units));
    if (units.length > PAYLOAD_OCTETS_MAX) return failure('sms.text-too-long', 0, 'SMPP 5.0 §4.8.4.36');
    const tlvs = [octetsTlv('message_payload', units)];
    return success([{ esmClass: 0, dataCoding, shortMessage: new Uint8Array(0), tlvs }]);
  }
  return success(
    parts.map(({ header, units }): ShortMessagePart => {
      if (header === undefined) return { esmClass: 0, dataCoding, shortMessage: units, tlvs: [] };
      if (concatenation === 'sar')
        return { esmClass: 0, dataCoding, shortMessage: units, tlvs: sarTlvs(header) };
      const shortMessage = new Uint8Array(1 + header.length + units.length);
      shortMessage[0] = header.length;
      shortMessage.set(header, 1);
      shortMessage.set(units, 1 + header.length);
      return { esmClass: UDHI, dataCoding, shortMessage, tlvs: [] };
    }),
  );
}

function sarTlvs(header: Uint8Array): readonly Tlv[] {
  const { reference = 0, total = 1, sequence = 1 } = concatenationOf(header) ?? {};
  return [
    integerTlv('sar_msg_ref_num', 2, reference),
    integerTlv('sar_total_segments', 1, total),
    integerTlv('sar_segment_seqnum', 1, sequence),
  ];
}

/** The text of a short message that came, without its user data header. Octets that are no text are read as ISO 8859-1. */
export function shortMessageText(
  { esmClass, dataCoding }: { esmClass: number; dataCoding: number },
  octets: Uint8Array,
): string {
  const headerOctets = (esmClass & UDHI) === 0 || octets.length === 0 ? 0 : 1 + octets[0]!;
  const units = octets.subarray(Math.min(headerOctets, octets.length));
  switch (dataCoding & 0x0f) {
    case DATA_CODING.ucs2:
      return ucs2Text(units);
    case DATA_CODING.default:
      // Where an octet is no septet, the centre's default alphabet is another.
      return units.every((unit) => unit < 0x80) ? gsm7Text(units) : Buffer.from(units).toString('latin1');
    default:
      return Buffer.from(units).toString('latin1');
  }
}

/** Whether the text is one message for the centre, which is what replace_sm needs. */
export function fitsOne(part: readonly ShortMessagePart[]): boolean {
  return (
    part.length === 1 &&
    part[0]!.shortMessage.length <= SHORT_MESSAGE_OCTETS_MAX &&
    part[0]!.tlvs.length === 0
  );
}
