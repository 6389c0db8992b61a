/** ASN.1 as declarations with codecs compiled from them. See `declaration.ts` for the words, `codec.ts` for what comes out. */
export * from './ber.ts';
export { type BerElement, type BerTree, type BerTreeBounds, berTree, tagText } from './ber-tree.ts';
export type { Asn1FailureCode, Codec, CodecOptions, DecodeFailureCode } from './codec.ts';
export { failureClauses } from './codec.ts';
export { compile } from './compile.ts';
export * from './declaration.ts';
export { interpret } from './interpret.ts';
export { type ErrorDeclaration, error, type Operation, operation, withoutErrors } from './operation.ts';
export { type UnknownElements, unknownElements } from './unknown-elements.ts';
