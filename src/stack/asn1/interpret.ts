/** The slow codec that walks the declaration: the reference that compiled codecs are held to. */
import { strict as assert } from 'node:assert';
import { failure, type Result, success } from '../../types/result.ts';
import { BerReader, type BerWriter } from './ber.ts';
import { checkValue } from './check.ts';
import type { Codec, CodecOptions } from './codec.ts';
import type { Type } from './declaration.ts';
import { DecodeWalk, FAILED } from './interpret-decode.ts';
import { encodeElement } from './interpret-encode.ts';
import { verifyDeclaration } from './verify.ts';

/** The reference codec of a declared type. */
export function interpret<T>(type: Type<T>, options: CodecOptions = {}): Codec<T> {
  return new InterpretedCodec(type, options);
}

class InterpretedCodec<T> implements Codec<T> {
  unknownElementsSeen = 0;
  readonly #type: Type<T>;
  readonly #name: string;
  readonly #lenient: boolean;

  constructor(type: Type<T>, options: CodecOptions) {
    verifyDeclaration(type);
    this.#type = type;
    this.#name = options.name ?? '';
    this.#lenient = options.lenient ?? false;
  }

  encode(value: T): Uint8Array {
    const wrong = checkValue(this.#type, value, this.#name, this.#lenient);
    assert(wrong === undefined, `${wrong?.path ?? ''}: ${wrong?.code ?? ''}`);
    return encodeElement(this.#type, value);
  }

  encodeInto(writer: BerWriter, value: T): void {
    writer.bytes(this.encode(value));
  }

  check(value: T) {
    return checkValue(this.#type, value, this.#name, false);
  }

  decode(octets: Uint8Array, offset = 0, end = octets.length): Result<T> {
    const reader = new BerReader().reset(octets, offset, end);
    const walk = new DecodeWalk(reader, this.#name, this.#lenient);
    const value = walk.only(this.#type);
    if (value === FAILED) return failure(walk.code, walk.offset, walk.clause, walk.path);
    this.unknownElementsSeen += walk.unknownCount;
    return success(value as T);
  }
}
