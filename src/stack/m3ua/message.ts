/**
 * The outer shape of every M3UA message: common header and parameters in their order, whatever they are
 * (RFC 4666 §3.1, §3.2). What is decoded here and encoded again gives the same octets, save for the padding, which is
 * sent as zeros.
 *
 *     0        1        2        3
 *     version  reserved class    type
 *     message length, header and padding included
 *     tag               length of tag, length and value
 *     value, padded to four octets …
 */
import { failure, type Result, success } from '../../types/result.ts';
import { readUint16, readUint32, writeUint16, writeUint32 } from './octets.ts';

export const HEADER_OCTETS = 8;
export const VERSION = 1;

export const MESSAGE_CLASS = { MGMT: 0, TRANSFER: 1, SSNM: 2, ASPSM: 3, ASPTM: 4, RKM: 9 } as const;

export interface Parameter {
  readonly tag: number;
  /** Without padding; a view into the message. */
  readonly value: Uint8Array;
}

export interface Message {
  readonly messageClass: number;
  readonly messageType: number;
  readonly parameters: readonly Parameter[];
}

const padded = (octets: number) => (octets + 3) & ~3;

/**
 * The common header alone (RFC 4666 §3.1): the version is ours and the length is that of what came. A length that leaves
 * out the padding of the last parameter is accepted (RFC 4666 §3.1.4). Returns the end of the last parameter's value.
 */
export function decodeHeader(octets: Uint8Array): Result<number> {
  if (octets.length < HEADER_OCTETS) return failure('protocol-error', octets.length, 'RFC 4666 §3.1');
  if (octets[0] !== VERSION) return failure('invalid-version', 0, 'RFC 4666 §3.1.1');
  const length = readUint32(octets, 4);
  if (length < HEADER_OCTETS || length > octets.length || padded(length) < octets.length)
    return failure('protocol-error', 4, 'RFC 4666 §3.1.4');
  return success(length);
}

/** The parameters that lie in `octets[offset … end)`. */
export function decodeParameters(octets: Uint8Array, offset: number, end: number): Result<Parameter[]> {
  const parameters: Parameter[] = [];
  for (let at = offset; at < end; ) {
    if (end - at < 4) return failure('parameter-field-error', at, 'RFC 4666 §3.2');
    const length = readUint16(octets, at + 2);
    if (length < 4 || length > end - at) return failure('parameter-field-error', at + 2, 'RFC 4666 §3.2');
    parameters.push({ tag: readUint16(octets, at), value: octets.subarray(at + 4, at + length) });
    at += padded(length);
  }
  return success(parameters);
}

export function decodeMessage(octets: Uint8Array): Result<Message> {
  const header = decodeHeader(octets);
  if (!header.ok) return header;
  const parameters = decodeParameters(octets, HEADER_OCTETS, header.value);
  if (!parameters.ok) return parameters;
  return success({
    messageClass: octets[2]!,
    messageType: octets[3]!,
    parameters: parameters.value,
  });
}

/** Octets of the parameters with their padding. */
export function parametersOctets(parameters: readonly Parameter[]): number {
  let octets = 0;
  for (const parameter of parameters) octets += 4 + padded(parameter.value.length);
  return octets;
}

/** Writes parameters one after the other into zeroed octets, and returns where they end. */
export function writeParameters(
  octets: Uint8Array,
  offset: number,
  parameters: readonly Parameter[],
): number {
  let at = offset;
  for (const { tag, value } of parameters) {
    writeUint16(octets, at, tag);
    writeUint16(octets, at + 2, 4 + value.length);
    octets.set(value, at + 4);
    at += 4 + padded(value.length);
  }
  return at;
}

export function writeHeader(
  octets: Uint8Array,
  messageClass: number,
  messageType: number,
  length: number,
): void {
  octets[0] = VERSION;
  octets[1] = 0;
  octets[2] = messageClass;
  octets[3] = messageType;
  writeUint32(octets, 4, length);
}

export function encodeMessage(message: Message): Uint8Array {
  const octets = new Uint8Array(HEADER_OCTETS + parametersOctets(message.parameters));
  writeHeader(octets, message.messageClass, message.messageType, octets.length);
  writeParameters(octets, HEADER_OCTETS, message.parameters);
  return octets;
}
