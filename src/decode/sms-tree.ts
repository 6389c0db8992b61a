/** A TPDU of TS 23.040 under the sm-RP-UI that carries it, and the text of unstructured supplementary services. */
import { gsm7Septets, gsm7Text } from '../stack/sms/gsm7-alphabet.ts';
import { packedOctets, packSeptets, unpackSeptets } from '../stack/sms/gsm7-packing.ts';
import { readTimeStamp, timeStampMs } from '../stack/sms/time-stamp.ts';
import { decodeTpdu, type TpduCarrier } from '../stack/sms/tpdu.ts';
import { ucs2Octets, ucs2Text } from '../stack/sms/ucs2.ts';
import { userDataText } from '../stack/sms/user-data.ts';
import { civilOf } from '../types/civil-time.ts';
import { hexOf, type TreeNode } from './tree.ts';

/** The same node with the TPDU as its child; one that is not read here keeps a note. */
export function withTpdu(node: TreeNode, carrier: TpduCarrier): TreeNode {
  if (typeof node.value !== 'string') return node;
  const tpdu = decodeTpdu(Buffer.from(node.octets ?? node.value, 'hex'), carrier);
  const place = { offset: node.offset, length: node.length };
  if (!tpdu.ok) return { ...node, children: [{ name: 'TPDU', ...place, note: `not covered: ${tpdu.code}` }] };
  const { value } = tpdu;
  const children: TreeNode[] = [];
  const add = (name: string, what: string | number | boolean) =>
    children.push({ name, value: what, ...place });
  if ('originatingAddress' in value) add('TP-OA', addressText(value.originatingAddress));
  if ('destinationAddress' in value) add('TP-DA', addressText(value.destinationAddress));
  if ('protocolIdentifier' in value) add('TP-PID', value.protocolIdentifier);
  if ('dataCodingScheme' in value) add('TP-DCS', value.dataCodingScheme);
  if ('serviceCentreTimeStamp' in value) add('TP-SCTS', timeText(value.serviceCentreTimeStamp));
  if ('userData' in value) add('TP-UD', userDataText(value.dataCodingScheme ?? 0, value.userData));
  return { ...node, children: [{ name: value.kind, ...place, children }] };
}

function addressText(address: object): string {
  if ('digits' in address) return String(address.digits);
  return 'text' in address ? String(address.text) : '';
}

function timeText(octets: Uint8Array): string {
  const stamp = readTimeStamp(octets);
  return stamp.ok ? isoText(timeStampMs(stamp.value)) : hexOf(octets);
}

/** `2026-11-21T22:02:22Z`. */
function isoText(atMs: number): string {
  const { year, month, day, hour, minute, second } = civilOf(atMs);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}Z`;
}

/** How a USSD string is coded by its data coding scheme; undefined: not as text, or not known. 3GPP TS 23.038 §5. */
function ussdAlphabet(dataCodingScheme: number): 'gsm7' | 'ucs2' | undefined {
  if (dataCodingScheme === 0x11 || (dataCodingScheme & 0xcc) === 0x48) return 'ucs2';
  return dataCodingScheme < 0x10 || (dataCodingScheme & 0xcc) === 0x40 ? 'gsm7' : undefined;
}

/** Text of a USSD string; undefined when it is none. */
export function ussdText(dataCodingScheme: number, octets: Uint8Array): string | undefined {
  const alphabet = ussdAlphabet(dataCodingScheme);
  if (alphabet === undefined) return undefined;
  if (alphabet === 'ucs2') return ucs2Text(octets);
  const septets = unpackSeptets(octets, Math.floor((octets.length * 8) / 7));
  return gsm7Text(septets).replace(/\r$/, '');
}

/** Octets of a USSD string from its text; undefined when it cannot be written so. A spare septet is CR: 3GPP TS 23.038 §6.1.2.3.1. */
export function ussdOctets(dataCodingScheme: number, text: string): Uint8Array | undefined {
  const alphabet = ussdAlphabet(dataCodingScheme);
  if (alphabet === 'ucs2') return ucs2Octets(text);
  const plain = alphabet === undefined ? undefined : gsm7Septets(text);
  if (plain === undefined) return undefined;
  const septets = plain.length % 8 === 7 ? Uint8Array.of(...plain, 0x0d) : plain;
  const octets = new Uint8Array(packedOctets(septets.length));
  packSeptets(septets, octets, 0);
  return octets;
}
