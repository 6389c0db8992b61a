/**
 * What all wire codecs share. The conversions throw `Damage` among themselves and `decodeWith` turns whatever was thrown
 * into a failure value: nothing leaves src/wire as an exception.
 *
 * Failure codes: `wire-damaged` (not protobuf of this message), `wire-missing` (a message that must be there is not),
 * `wire-unknown-kind` (a oneof without a member that this version knows), `wire-unknown-value` (an enum value that this
 * version does not know), `wire-out-of-range`.
 */
import protobuf from 'protobufjs/minimal.js';
import { failure, type Result, success } from '../types/result.ts';

export class Damage extends Error {
  readonly code: string;
  readonly path: string;

  constructor(code: string, path: string) {
    super(code);
    this.code = code;
    this.path = path;
  }
}

interface MessageDecoder<M> {
  decode(reader: protobuf.Reader): M;
}

interface MessageEncoder<P> {
  encode(message: P): protobuf.Writer;
}

export function encodeWith<P>(message: MessageEncoder<P>, properties: P): Uint8Array {
  return message.encode(properties).finish();
}

/** Decodes and converts. What it returns holds no view of `octets`, which may be scratch memory of a ring. */
export function decodeWith<M, T>(
  message: MessageDecoder<M>,
  octets: Uint8Array,
  convert: (message: M) => T,
): Result<T> {
  const reader = protobuf.Reader.create(octets);
  reader.discardUnknown = false;
  try {
    return success(convert(message.decode(reader)));
  } catch (error) {
    if (error instanceof Damage) return failure(error.code, reader.pos, undefined, error.path);
    return failure('wire-damaged', reader.pos);
  }
}

export function needed<T>(value: T | null | undefined, path: string): T {
  if (value === null || value === undefined) throw new Damage('wire-missing', path);
  return value;
}

/** A point in time or a token: any finite number. */
export function finite(value: number | undefined, path: string): number {
  if (value === undefined) return 0;
  if (!Number.isFinite(value)) throw new Damage('wire-out-of-range', path);
  return value;
}

/** A sequence: 0 … 2⁵³ − 1. */
export function counted(value: number | undefined, path: string): number {
  if (value === undefined) return 0;
  if (!Number.isSafeInteger(value) || value < 0) throw new Damage('wire-out-of-range', path);
  return value;
}

/** A copy of octets that may be a view of scratch memory. */
export function copied(octets: Uint8Array | undefined): Uint8Array {
  return octets === undefined ? new Uint8Array(0) : new Uint8Array(octets);
}

export interface WithLaterFields {
  readonly laterFields?: readonly Uint8Array[];
}

/** Fields that this version does not know, to be spread into the model. */
export function laterFieldsOf(message: { $unknowns?: readonly Uint8Array[] }): WithLaterFields {
  return message.$unknowns === undefined ? {} : { laterFields: message.$unknowns.map(copied) };
}

/** And back, to be spread into the message. */
export function unknownsOf(model: WithLaterFields): { $unknowns?: Uint8Array[] } {
  return model.laterFields === undefined ? {} : { $unknowns: [...model.laterFields] };
}
