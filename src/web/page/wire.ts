/**
 * Reads the protobuf wire format as far as proto/metrics.proto uses it, by a description of each message that reads like
 * the proto file. Damaged octets give `undefined`, never an exception; unknown fields are skipped.
 */

type Scalar = 'double' | 'float' | 'uint32' | 'bool' | 'string';
export type Field =
  | readonly [name: string, type: Scalar | Message]
  | readonly [name: string, type: Scalar | Message, label: 'repeated' | 'optional'];
export interface Message {
  readonly [number: number]: Field;
}

/** A message as an object; fields that are not on the wire have the zero of their type. */
export function decodeMessage(message: Message, octets: Uint8Array): Record<string, unknown> | undefined {
  const reader = new Reader(octets);
  const value = readMessage(reader, message, octets.length);
  return reader.failed ? undefined : value;
}

const UTF8 = new TextDecoder();

class Reader {
  readonly octets: Uint8Array;
  readonly #view: DataView;
  at = 0;
  failed = false;

  constructor(octets: Uint8Array) {
    this.octets = octets;
    this.#view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  }

  varint(end: number): number {
    let value = 0;
    let weight = 1;
    for (let count = 0; count < 10 && this.at < end; count++) {
      const octet = this.octets[this.at++]!;
      value += (octet & 0x7f) * weight;
      if (octet < 0x80) return value;
      weight *= 128;
    }
    this.failed = true;
    return 0;
  }

  /** Where `length` octets from here end; fails when that is beyond `end`. */
  span(length: number, end: number): number {
    if (length <= end - this.at) return this.at + length;
    this.failed = true;
    return this.at;
  }

  fixed(octets: 4 | 8, end: number): number {
    const next = this.span(octets, end);
    if (this.failed) return 0;
    const value = octets === 4 ? this.#view.getFloat32(this.at, true) : this.#view.getFloat64(this.at, true);
    this.at = next;
    return value;
  }

  skip(wireType: number, end: number): void {
    if (wireType === 0) this.varint(end);
    else if (wireType === 1) this.at = this.span(8, end);
    else if (wireType === 2) this.at = this.span(this.varint(end), end);
    else if (wireType === 5) this.at = this.span(4, end);
    else this.failed = true;
  }
}

const wireTypeOf = (type: Scalar | Message): number =>
  type === 'double' ? 1 : type === 'float' ? 5 : type === 'uint32' || type === 'bool' ? 0 : 2;

function zero(type: Scalar | Message): unknown {
  if (type === 'string') return '';
  if (type === 'bool') return false;
  return typeof type === 'string' ? 0 : empty(type);
}

function empty(message: Message): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const field of Object.values(message) as Field[]) {
    const [name, type, label] = field;
    if (label === 'repeated') value[name] = [];
    else if (label !== 'optional') value[name] = zero(type);
  }
  return value;
}

function readMessage(reader: Reader, message: Message, end: number): Record<string, unknown> {
  const value = empty(message);
  while (reader.at < end && !reader.failed) {
    const tag = reader.varint(end);
    const wireType = tag % 8;
    const field = message[Math.floor(tag / 8)];
    if (field === undefined) {
      reader.skip(wireType, end);
      continue;
    }
    const [name, type, label] = field;
    const own = wireTypeOf(type);
    if (label !== 'repeated') {
      if (wireType === own) value[name] = readValue(reader, type, end);
      else reader.skip(wireType, end);
      continue;
    }
    const list = value[name] as unknown[];
    if (wireType === own) list.push(readValue(reader, type, end));
    else if (wireType === 2) readPacked(reader, type, list, reader.span(reader.varint(end), end));
    else reader.skip(wireType, end);
  }
  return value;
}

function readPacked(reader: Reader, type: Scalar | Message, list: unknown[], end: number): void {
  while (reader.at < end && !reader.failed) list.push(readValue(reader, type, end));
}

function readValue(reader: Reader, type: Scalar | Message, end: number): unknown {
  switch (type) {
    case 'double':
      return reader.fixed(8, end);
    case 'float':
      return reader.fixed(4, end);
    case 'uint32':
      return reader.varint(end);
    case 'bool':
      return reader.varint(end) !== 0;
    default: {
      const last = reader.span(reader.varint(end), end);
      if (reader.failed) return zero(type);
      if (type !== 'string') return readMessage(reader, type, last);
      const text = UTF8.decode(reader.octets.subarray(reader.at, last));
      reader.at = last;
      return text;
    }
  }
}
