/**
 * An ISUP message as MTP carries it (ITU-T Q.763 §1):
 *
 *     CIC (12 bits, low octet first)   type   fixed part   pointers   [→ optional part]   length value …   name length value … 0
 *
 * A pointer counts from itself to what it points to; zero: there is none.
 */
import { failure, type Result, success } from '../../types/result.ts';
import type { MessageDeclaration } from './message-declaration.ts';
import { type MessageKind, type MessageParameters, messageByType, messages } from './messages.ts';
import type { Parameter } from './parameter.ts';

/** An optional parameter that is not in `parameters`, and why. It is written back where it stood. */
export interface OtherParameter {
  readonly code: number;
  /** A view into the message. */
  readonly value: Uint8Array;
  /**
   * unrecognized: the message's table does not have it. repeated: it stands there already. unreadable: its contents are not
   * those of such a parameter.
   */
  readonly reason: 'unrecognized' | 'repeated' | 'unreadable';
  /** Its place among the optional parameters, from 0. */
  readonly place: number;
}

export interface Message<K extends MessageKind = MessageKind> {
  readonly cic: number;
  readonly kind: K;
  readonly parameters: MessageParameters<K>;
  readonly other?: readonly OtherParameter[];
}

/** A message whose contents are not read: see `opaqueMessages`, or a type that ITU-T Q.763 does not have. */
export interface OpaqueMessage {
  readonly cic: number;
  readonly kind: 'opaque';
  readonly type: number;
  /** All that stands after the type. A view. */
  readonly body: Uint8Array;
}

export type IsupMessage = { [K in MessageKind]: Message<K> }[MessageKind] | OpaqueMessage;

/** Circuit identification codes are 12 bits. */
export const CIC_MAX = 0xfff;
const HEADER_OCTETS = 3;

export function decodeMessage(octets: Uint8Array): Result<IsupMessage> {
  if (octets.length < HEADER_OCTETS) return failure('message-truncated', octets.length, 'ITU-T Q.763 §1.2');
  const cic = (octets[0]! | (octets[1]! << 8)) & CIC_MAX;
  const type = octets[2]!;
  const kind = messageByType.get(type);
  if (kind === undefined) return success({ cic, kind: 'opaque', type, body: octets.subarray(HEADER_OCTETS) });
  const declaration: MessageDeclaration = messages[kind];
  const parameters: Record<string, unknown> = {};

  let at = HEADER_OCTETS;
  for (const one of declaration.fixed) {
    const end = at + one.fixedOctets;
    if (end > octets.length) return failure('message-truncated', octets.length, declaration.clause);
    parameters[one.key] = one.decode(octets.subarray(at, end));
    at = end;
  }
  // A first pointer to where the pointer to the optional part would stand: the sender knows of no optional part.
  const withOptional = declaration.optional !== null && octets[at] !== declaration.variable.length;
  const partsFrom = at + declaration.variable.length + (withOptional ? 1 : 0);
  if (partsFrom > octets.length) return failure('message-truncated', octets.length, 'ITU-T Q.764 §2.9.5');
  for (const one of declaration.variable) {
    const lengthAt = at + octets[at]!;
    if (lengthAt < partsFrom) return failure('pointer-invalid', at, 'ITU-T Q.763 §2.3');
    if (lengthAt >= octets.length) return failure('pointer-invalid', at, 'ITU-T Q.764 §2.9.5');
    const end = lengthAt + 1 + octets[lengthAt]!;
    if (end > octets.length) return failure('length-invalid', lengthAt, 'ITU-T Q.764 §2.9.5');
    const value = one.decode(octets.subarray(lengthAt + 1, end));
    if (value === undefined) return failure('parameter-invalid', lengthAt, one.clause, `${kind}.${one.key}`);
    parameters[one.key] = value;
    at++;
  }
  const message = { cic, kind, parameters } as unknown as Message;
  if (!withOptional || octets[at] === 0) return success(message as IsupMessage);
  const optionalAt = at + octets[at]!;
  if (optionalAt < partsFrom) return failure('pointer-invalid', at, 'ITU-T Q.763 §2.3');
  if (optionalAt >= octets.length) return failure('pointer-invalid', at, 'ITU-T Q.764 §2.9.5');
  const other: OtherParameter[] = [];
  const wrong = decodeOptionalPart(octets, optionalAt, declaration.optionalByCode, parameters, other);
  if (wrong >= 0) return failure('length-invalid', wrong, 'ITU-T Q.764 §2.9.5');
  return success((other.length === 0 ? message : { ...message, other }) as IsupMessage);
}

/**
 * Reads optional parameters up to the octet that ends them, which a tolerant receiver does not miss. Returns −1, or where
 * a length goes beyond the message.
 */
function decodeOptionalPart(
  octets: Uint8Array,
  from: number,
  known: ReadonlyMap<number, Parameter>,
  parameters: Record<string, unknown>,
  other: OtherParameter[],
): number {
  let place = 0;
  for (let at = from; at < octets.length; place++) {
    const code = octets[at]!;
    if (code === 0) return -1;
    const length = octets[at + 1];
    if (length === undefined || at + 2 + length > octets.length) return at;
    const contents = octets.subarray(at + 2, at + 2 + length);
    at += 2 + length;
    const one = known.get(code);
    const there = one === undefined ? undefined : parameters[one.key];
    const value = one?.decode(contents);
    if (one === undefined) other.push({ code, value: contents, reason: 'unrecognized', place });
    else if (value === undefined) other.push({ code, value: contents, reason: 'unreadable', place });
    else if (one.many && there !== undefined) (there as unknown[]).push(value);
    else if (there !== undefined) other.push({ code, value: contents, reason: 'repeated', place });
    else parameters[one.key] = one.many ? [value] : value;
  }
  return -1;
}

/**
 * The message in octets of its own; undefined when it cannot be written: a parameter longer than its length field can say, or
 * an optional part further away than its pointer reaches.
 */
export function encodeMessage(message: IsupMessage): Uint8Array | undefined {
  if (message.kind === 'opaque') {
    const octets = new Uint8Array(HEADER_OCTETS + message.body.length);
    writeHeader(octets, message.cic, message.type);
    octets.set(message.body, HEADER_OCTETS);
    return octets;
  }
  const declaration: MessageDeclaration = messages[message.kind];
  const parameters = message.parameters as Readonly<Record<string, unknown>>;
  const variable = declaration.variable.map((one) => one.encode(parameters[one.key]));
  const optional = optionalParameters(declaration, parameters, message.other ?? []);
  let length = HEADER_OCTETS + (declaration.optional === null ? 0 : 1);
  for (const { fixedOctets } of declaration.fixed) length += fixedOctets;
  for (const value of variable) length += 2 + value.length;
  for (const [, value] of optional) length += 2 + value.length;
  const octets = new Uint8Array(length + (optional.length === 0 ? 0 : 1));

  writeHeader(octets, message.cic, declaration.type);
  let pointerAt = HEADER_OCTETS;
  for (const one of declaration.fixed) {
    octets.set(one.encode(parameters[one.key]).subarray(0, one.fixedOctets), pointerAt);
    pointerAt += one.fixedOctets;
  }
  let at = pointerAt + variable.length + (declaration.optional === null ? 0 : 1);
  for (const value of variable) {
    if (value.length > LENGTH_MAX || at - pointerAt > LENGTH_MAX) return undefined;
    octets[pointerAt] = at - pointerAt;
    octets[at] = value.length;
    octets.set(value, at + 1);
    at += 1 + value.length;
    pointerAt++;
  }
  if (optional.length === 0) return octets;
  if (at - pointerAt > LENGTH_MAX) return undefined;
  octets[pointerAt] = at - pointerAt;
  for (const [code, value] of optional) {
    if (value.length > LENGTH_MAX) return undefined;
    octets[at] = code;
    octets[at + 1] = value.length;
    octets.set(value, at + 2);
    at += 2 + value.length;
  }
  return octets;
}

/** What a length or a pointer can say. */
const LENGTH_MAX = 255;

function writeHeader(octets: Uint8Array, cic: number, type: number): void {
  octets[0] = cic;
  octets[1] = (cic >> 8) & 0x0f;
  octets[2] = type;
}

type Optional = readonly [code: number, value: Uint8Array];

/** In the order in which they stand in `parameters`, with the others put back at their places. */
function optionalParameters(
  declaration: MessageDeclaration,
  parameters: Readonly<Record<string, unknown>>,
  other: readonly OtherParameter[],
): readonly Optional[] {
  const list: Optional[] = [];
  for (const key of Object.keys(parameters)) {
    const one = declaration.optionalByKey.get(key);
    const value = parameters[key];
    if (one === undefined || value === undefined) continue;
    for (const each of one.many ? (value as readonly unknown[]) : [value])
      list.push([one.code, one.encode(each)]);
  }
  for (const { code, value, place } of other) list.splice(Math.min(place, list.length), 0, [code, value]);
  return list;
}
