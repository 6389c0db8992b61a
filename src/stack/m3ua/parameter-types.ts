/** The kinds of value that M3UA parameters carry, each with both ways of its coding (RFC 4666 §3.2 – §3.8). */
import { failure, type Result, success } from '../../types/result.ts';
import { readUint32, writeUint32 } from './octets.ts';

export interface ParameterType<T> {
  /** The name in the RFC's words. */
  readonly name: string;
  readonly tag: number;
  decode(value: Uint8Array): Result<T>;
  encode(value: T): Uint8Array;
}

const wrongLength = () => failure('parameter-field-error', 0, 'RFC 4666 §3.2');

/** A 32-bit integer. */
export function uint32(name: string, tag: number): ParameterType<number> {
  return {
    name,
    tag,
    decode: (value) => (value.length === 4 ? success(readUint32(value, 0)) : wrongLength()),
    encode: (value) => uint32Octets(value),
  };
}

/** One or more 32-bit integers: routing contexts, originating point codes. */
export function uint32List(name: string, tag: number): ParameterType<readonly number[]> {
  return {
    name,
    tag,
    decode: (value) => {
      if (value.length === 0 || value.length % 4 !== 0) return wrongLength();
      const list: number[] = [];
      for (let at = 0; at < value.length; at += 4) list.push(readUint32(value, at));
      return success(list);
    },
    encode: (list) => {
      const octets = new Uint8Array(list.length * 4);
      list.forEach((value, index) => {
        writeUint32(octets, index * 4, value);
      });
      return octets;
    },
  };
}

/** Octets that only their sender understands. */
export function opaque(name: string, tag: number): ParameterType<Uint8Array> {
  return { name, tag, decode: (value) => success(value), encode: (value) => value };
}

/** One octet each: service indicators. */
export function octetList(name: string, tag: number): ParameterType<readonly number[]> {
  return {
    name,
    tag,
    decode: (value) => (value.length === 0 ? wrongLength() : success([...value])),
    encode: (list) => Uint8Array.from(list),
  };
}

const utf8Decoder = new TextDecoder();
const utf8Encoder = new TextEncoder();

/** Text for people, of at most 255 octets (RFC 4666 §3.5.1). What a peer sends beyond that is kept. */
export function text(name: string, tag: number): ParameterType<string> {
  return {
    name,
    tag,
    decode: (value) => success(utf8Decoder.decode(value)),
    encode: (value) => utf8Encoder.encode(value).subarray(0, 255),
  };
}

/** A point code that may stand for a cluster: `mask` is the number of low bits that are wild (RFC 4666 §3.4.1). */
export interface AffectedPointCode {
  readonly mask: number;
  readonly pointCode: number;
}

export function affectedPointCodes(name: string, tag: number): ParameterType<readonly AffectedPointCode[]> {
  return {
    name,
    tag,
    decode: (value) => {
      if (value.length === 0 || value.length % 4 !== 0) return wrongLength();
      const list: AffectedPointCode[] = [];
      for (let at = 0; at < value.length; at += 4)
        list.push({ mask: value[at]!, pointCode: readUint32(value, at) & 0xffffff });
      return success(list);
    },
    encode: (list) => {
      const octets = new Uint8Array(list.length * 4);
      list.forEach(({ mask, pointCode }, index) => {
        writeUint32(octets, index * 4, pointCode);
        octets[index * 4] = mask;
      });
      return octets;
    },
  };
}

/** Two 16-bit integers: status type and information, cause and user. */
export function uint16Pair<First extends string, Second extends string>(
  name: string,
  tag: number,
  first: First,
  second: Second,
): ParameterType<Readonly<Record<First | Second, number>>> {
  return {
    name,
    tag,
    decode: (value) => {
      if (value.length !== 4) return wrongLength();
      const both = readUint32(value, 0);
      return success({ [first]: both >>> 16, [second]: both & 0xffff } as Record<First | Second, number>);
    },
    encode: (pair) => uint32Octets(pair[first] * 65_536 + pair[second]),
  };
}

export function uint32Octets(value: number): Uint8Array {
  const octets = new Uint8Array(4);
  writeUint32(octets, 0, value);
  return octets;
}
