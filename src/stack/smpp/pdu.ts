/**
 * One PDU (SMPP 5.0 §3.1, §4): header, mandatory parameters in their order, tagged ones behind them.
 *
 *     0               4             8                12               16
 *     command_length  command_id    command_status   sequence_number  body …
 *
 * What is wrong with one that came is named by the command_status that refuses it.
 */
import { failure, type Result, success } from '../../types/result.ts';
import { COMMAND_STATUS, type CommandStatusName } from './command-status.ts';
import { type BodyOf, COMMANDS, type CommandName, commandOf, isResponse } from './commands.ts';
import { type Field, type Fields, SHORT_MESSAGE_OCTETS_MAX, TIME_OCTETS } from './field.ts';
import { decodeTlvs, type Tlv, tlvsOctets, writeTlvs } from './tlv.ts';

export const HEADER_OCTETS = 16;

export interface Header {
  readonly commandId: number;
  readonly commandStatus: number;
  readonly sequenceNumber: number;
}

export type Pdu<C extends CommandName = CommandName> = {
  readonly [name in C]: {
    readonly command: name;
    /** 0 in requests. */
    readonly commandStatus: number;
    readonly sequenceNumber: number;
    /** Undefined in a response that came without one, as those that refuse may (SMPP 3.4 §4.4.2). */
    readonly body: BodyOf<name> | undefined;
    readonly tlvs: readonly Tlv[];
  };
}[C];

/** @param octets 16 at least */
export function decodeHeader(octets: Uint8Array): Header {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  return {
    commandId: view.getUint32(4),
    commandStatus: view.getUint32(8),
    sequenceNumber: view.getUint32(12),
  };
}

/**
 * @param octets one whole PDU, as `PduStream` cuts them
 * @returns the PDU, with views into `octets`; or a failure whose code is a `CommandStatusName`
 */
export function decodePdu(octets: Uint8Array): Result<Pdu> {
  if (octets.length < HEADER_OCTETS) return failure('ESME_RINVCMDLEN', 0, 'SMPP 5.0 §4.7.4');
  const { commandId, commandStatus, sequenceNumber } = decodeHeader(octets);
  const command = commandOf(commandId);
  if (command === undefined) return failure('ESME_RINVCMDID', 4, 'SMPP 5.0 §4.7.5');
  const head = { command, commandStatus, sequenceNumber };
  const { fields } = COMMANDS[command] as { readonly fields: Fields };
  if (octets.length === HEADER_OCTETS && (isResponse(commandId) || Object.keys(fields).length === 0))
    return success({ ...head, body: undefined, tlvs: [] });
  const body: Record<string, unknown> = {};
  let at = HEADER_OCTETS;
  for (const [name, field] of Object.entries(fields)) {
    const read = readField(octets, at, field);
    if (!read.ok) return { ...read, path: `${command}.${name}` };
    body[name] = read.value.value;
    at = read.value.end;
  }
  const tlvs = decodeTlvs(octets, at);
  if (!tlvs.ok) return { ...tlvs, path: command };
  return success({ ...head, body, tlvs: tlvs.value } as Pdu);
}

interface Read {
  readonly value: number | string | Uint8Array;
  readonly end: number;
}

function readField(octets: Uint8Array, at: number, field: Field): Result<Read> {
  switch (field.kind) {
    case 'integer':
      if (at >= octets.length) return truncated(at);
      return success({ value: octets[at]!, end: at + 1 });
    case 'short-message': {
      if (at >= octets.length) return truncated(at);
      const end = at + 1 + octets[at]!;
      if (end > octets.length) return failure('ESME_RINVMSGLEN', at, 'SMPP 5.0 §4.7.28');
      return success({ value: octets.subarray(at + 1, end), end });
    }
    case 'string':
      return readString(octets, at, field.octetsMax, field.refusedWith);
    case 'time': {
      const read = readString(octets, at, TIME_OCTETS, field.refusedWith);
      if (!read.ok) return read;
      const length = read.value.end - at;
      if (length !== 1 && length !== TIME_OCTETS) return failure(field.refusedWith, at, 'SMPP 5.0 §4.7.23');
      return read;
    }
  }
}

function readString(
  octets: Uint8Array,
  at: number,
  octetsMax: number,
  refusedWith: CommandStatusName,
): Result<Read> {
  const limit = Math.min(octets.length, at + octetsMax);
  let end = at;
  while (end < limit && octets[end] !== 0) end++;
  if (end === limit)
    return limit === octets.length ? truncated(limit) : failure(refusedWith, at, 'SMPP 5.0 §3.1.1');
  return success({ value: Buffer.from(octets.subarray(at, end)).toString('latin1'), end: end + 1 });
}

const truncated = (at: number) => failure('ESME_RINVCMDLEN', at, 'SMPP 5.0 §4.7.4');

/** @throws RangeError when a value does not fit its field: whoever makes a PDU knows what fits */
export function encodePdu<C extends CommandName>(pdu: Pdu<C>): Uint8Array {
  const { command, commandStatus, sequenceNumber, body, tlvs } = pdu;
  const { id, fields } = COMMANDS[command];
  let octetsMax = HEADER_OCTETS + tlvsOctets(tlvs);
  if (body !== undefined) for (const field of Object.values(fields)) octetsMax += fieldOctetsMax(field);
  const octets = new Uint8Array(octetsMax);
  let at = HEADER_OCTETS;
  if (body !== undefined) {
    for (const [name, field] of Object.entries(fields)) {
      const value = (body as Readonly<Record<string, number | string | Uint8Array>>)[name];
      if (value === undefined) throw new RangeError(`${command}.${name} is missing`);
      at = writeField(octets, at, field, value, `${command}.${name}`);
    }
  }
  writeTlvs(octets, at, tlvs);
  const length = at + tlvsOctets(tlvs);
  const view = new DataView(octets.buffer);
  view.setUint32(0, length);
  view.setUint32(4, id);
  view.setUint32(8, commandStatus);
  view.setUint32(12, sequenceNumber);
  return octets.subarray(0, length);
}

function fieldOctetsMax(field: Field): number {
  switch (field.kind) {
    case 'integer':
      return 1;
    case 'short-message':
      return 1 + SHORT_MESSAGE_OCTETS_MAX;
    case 'time':
      return TIME_OCTETS;
    case 'string':
      return field.octetsMax;
  }
}

function writeField(
  octets: Uint8Array,
  at: number,
  field: Field,
  value: number | string | Uint8Array,
  path: string,
): number {
  if (field.kind === 'integer') {
    octets[at] = value as number;
    return at + 1;
  }
  if (field.kind === 'short-message') {
    const text = value as Uint8Array;
    if (text.length > SHORT_MESSAGE_OCTETS_MAX) throw new RangeError(`${path} has ${text.length} octets`);
    octets[at] = text.length;
    octets.set(text, at + 1);
    return at + 1 + text.length;
  }
  const text = value as string;
  const max = fieldOctetsMax(field);
  const fits = field.kind === 'string' ? text.length < max : text === '' || text.length === TIME_OCTETS - 1;
  if (!fits || text.includes('\0')) throw new RangeError(`${path} does not fit`);
  for (let index = 0; index < text.length; index++) octets[at + index] = text.charCodeAt(index);
  return at + text.length + 1;
}

/** The status that refuses a PDU which `decodePdu` could not read. */
export function statusOf(code: string): number {
  return COMMAND_STATUS[code as CommandStatusName];
}
