import type { Codec, CodecOptions } from './codec.ts';
import type { Type } from './declaration.ts';
import { interpret } from './interpret.ts';

/** The codec of a declared type, made once at start-up. */
export function compile<T>(type: Type<T>, options: CodecOptions = {}): Codec<T> {
  return interpret(type, options);
}
