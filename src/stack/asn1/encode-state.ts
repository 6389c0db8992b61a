/** What compiled encoders share. */
import { strict as assert } from 'node:assert';
import type { BerWriter } from './ber.ts';
import { checkValue } from './check.ts';
import type { BitString, Type } from './declaration.ts';
import type { UnknownElements } from './unknown-elements.ts';

export class EncodeState {
  depth = 0;
  /** What is being encoded: for the message when it breaks its declaration. */
  value: unknown;
  readonly #type: Type;
  readonly #name: string;
  readonly #lenient: boolean;

  constructor(type: Type, name: string, lenient: boolean) {
    this.#type = type;
    this.#name = name;
    this.#lenient = lenient;
  }

  /** The value breaks its declaration: a programmer's error. */
  broken(): never {
    this.depth = 0;
    const wrong = checkValue(this.#type, this.value, this.#name, this.#lenient);
    this.value = undefined;
    assert(false, `${wrong?.path ?? this.#name}: ${wrong?.code ?? 'asn1.content'}`);
  }
}

/** A primitive element of octets. */
export function writeOctets(writer: BerWriter, identifier: number, octets: Uint8Array): void {
  const { length } = octets;
  if (length > 127 || identifier > 255) {
    writer.element(identifier, octets);
    return;
  }
  writer.reserve(length + 2);
  const offset = writer.offset - length;
  const { buffer } = writer;
  if (length > 24) buffer.set(octets, offset);
  else for (let at = 0; at < length; at++) buffer[offset + at] = octets[at]!;
  buffer[offset - 1] = length;
  buffer[offset - 2] = identifier;
  writer.offset = offset - 2;
}

export function writeInteger(writer: BerWriter, identifier: number, value: number): void {
  const mark = writer.written;
  if (value >= -128 && value < 128) writer.octet(value);
  else writer.integer(value);
  writer.header(identifier, mark);
}

export function writeBits(writer: BerWriter, { octets, bitCount }: BitString): void {
  writer.bytes(octets);
  writer.octet(octets.length * 8 - bitCount);
}

/** The unknown elements that stand behind field `after`, the last ones first. */
export function writeUnknown(writer: BerWriter, unknown: readonly UnknownElements[], after: number): void {
  for (let index = unknown.length - 1; index >= 0; index--)
    if (unknown[index]!.after === after) writer.bytes(unknown[index]!.octets);
}
