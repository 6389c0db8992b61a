/**
 * The codecs of operations and errors, compiled when first asked for and kept. They take what can be understood: a size
 * or range that a peer of another release does not keep is no reason to lose a call (3GPP TS 29.002 §17.1.4).
 */
import { type Codec, compile, type ErrorDeclaration, type Operation, type Type } from '../asn1/index.ts';

const codecs = new WeakMap<Type, Codec<never>>();

function codecOf<T>(type: Type<T>, name: string): Codec<T> {
  const known = codecs.get(type) as Codec<T> | undefined;
  if (known !== undefined) return known;
  const made = compile(type, { name, lenient: true });
  codecs.set(type, made as unknown as Codec<never>);
  return made;
}

/** Undefined when the operation has no argument. */
export function argumentCodec<A, R>(operation: Operation<A, R>): Codec<A> | undefined {
  return operation.argument && codecOf(operation.argument, `${operation.name ?? operation.code}`);
}

/** Undefined when the result has no parameter. */
export function resultCodec<A, R>(operation: Operation<A, R>): Codec<R> | undefined {
  return operation.result && codecOf(operation.result, `${operation.name ?? operation.code}`);
}

/** Undefined when the error has no parameter. */
export function errorCodec<P>(error: ErrorDeclaration<P>): Codec<P> | undefined {
  return error.parameter && codecOf(error.parameter, `${error.name ?? error.code}`);
}
