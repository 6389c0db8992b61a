import { strict as assert } from 'node:assert';
import type { Failure, Result } from '../../types/result.ts';
import { BerWriter } from './ber.ts';
import { checkValue } from './check.ts';
import type { Codec, CodecOptions } from './codec.ts';
import { compileDecoder, type Decoder } from './compile-decode.ts';
import { compileEncoder, type Encoder } from './compile-encode.ts';
import type { Type } from './declaration.ts';
import { DecodeState, FAILED } from './decode-state.ts';
import { EncodeState } from './encode-state.ts';
import { verifyDeclaration } from './verify.ts';

/**
 * The codec of a declared type: specialised source for its encoder and decoder is made once, here, so compile at
 * start-up. It answers as `interpret` does, several times faster (`bench/stack/asn1.bench.ts`).
 */
export function compile<T>(type: Type<T>, options: CodecOptions = {}): Codec<T> {
  return new CompiledCodec(type, options);
}

/** Writers that are not in use: as many as encodings ever stood within each other. */
const writers: BerWriter[] = [];

class CompiledCodec<T> implements Codec<T> {
  unknownElementsSeen = 0;
  readonly #type: Type<T>;
  readonly #name: string;
  readonly #lenient: boolean;
  readonly #decodeState: DecodeState;
  readonly #encodeState: EncodeState;
  readonly #decoder: Decoder;
  readonly #encoder: Encoder;

  constructor(type: Type<T>, options: CodecOptions) {
    verifyDeclaration(type);
    this.#type = type;
    this.#name = options.name ?? '';
    this.#lenient = options.lenient ?? false;
    this.#decodeState = new DecodeState(this.#lenient);
    this.#encodeState = new EncodeState(type, this.#name, this.#lenient);
    this.#decoder = compileDecoder(type, this.#decodeState, this.#lenient);
    this.#encoder = compileEncoder(type, this.#encodeState, this.#lenient);
  }

  encode(value: T): Uint8Array {
    const writer = (writers.pop() ?? new BerWriter()).reset();
    this.encodeInto(writer, value);
    const octets = writer.copy();
    writers.push(writer);
    return octets;
  }

  encodeInto(writer: BerWriter, value: T): void {
    const state = this.#encodeState;
    // A mapping may encode with this very codec.
    const outer = state.value;
    state.value = value;
    this.#encoder(writer, value);
    state.value = outer;
  }

  check(value: T): Failure | undefined {
    return checkValue(this.#type, value, this.#name, false);
  }

  decode(octets: Uint8Array, offset = 0, end = octets.length): Result<T> {
    assert(offset >= 0 && offset <= end && end <= octets.length);
    const state = this.#decodeState;
    // A mapping may decode with this very codec: its levels count, its unknown elements are counted by itself.
    const { depth, unknownCount, memory, memoryOffset } = state;
    state.unknownCount = 0;
    state.memory = octets.buffer;
    state.memoryOffset = octets.byteOffset;
    const value = this.#decoder(octets, offset, end);
    state.depth = depth;
    state.memory = memory;
    state.memoryOffset = memoryOffset;
    const found = state.unknownCount;
    state.unknownCount = unknownCount;
    if (value === FAILED) return state.failure(this.#name);
    this.unknownElementsSeen += found;
    return { ok: true, value: value as T };
  }
}
