/**
 * The words in which types are declared: a declaration reads line by line beside the ASN.1 of its specification, and the
 * TypeScript type of its values is inferred from it. Tags are declared as the module has them: nothing is tagged
 * automatically. Declarations are data; `compile` and `interpret` make codecs of them.
 */
import { strict as assert } from 'node:assert';
import type { Failure } from '../../types/result.ts';
import { TAG_NUMBER_MAX, type TagClass, tagClasses } from './ber.ts';
import type { UnknownElements, unknownElements } from './unknown-elements.ts';

declare const valueType: unique symbol;

/** A declared type whose values are `T`. */
export interface Type<T = unknown> {
  readonly node: Node;
  readonly [valueType]?: T;
}

/** A component that may be absent. */
export interface Optional<T = unknown> {
  readonly optional: Type<T>;
}

/** The values of a declared type. */
export type Infer<T> = T extends Type<infer V> ? V : T extends Optional<infer V> ? V : never;

export interface Field {
  /** The property of the value. */
  readonly name: string;
  readonly type: Type;
  readonly optional: boolean;
  /** Stepped over when it is decoded: see `reading`. */
  readonly unread?: true;
}

/** Bounds, both included, of a size (octets, bits, characters, elements) or a number. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/**
 * A value made of another. `decode` gives the value, or a `failure(code, offset)` with the offset in octets from where the
 * contents start; `encode` asserts that it was given such a value. No value may have a property `ok` that is false.
 */
export interface Mapping<Inner, Value> {
  readonly decode: (inner: Inner) => Value | Failure;
  readonly encode: (value: Value) => Inner;
}

/** ITU-T X.680 §41: UTF8String is [UNIVERSAL 12], NumericString 18, IA5String 22, VisibleString 26. */
export type CharacterSet = 12 | 18 | 22 | 26;

/** What a declaration says; for those who walk it. */
export type Node =
  | { readonly kind: 'sequence' | 'set'; readonly fields: readonly Field[]; readonly extensible: boolean }
  | { readonly kind: 'choice'; readonly alternatives: readonly Field[]; readonly extensible: boolean }
  | ({ readonly kind: 'sequenceOf' | 'setOf'; readonly element: Type } & Range)
  | ({ readonly kind: 'integer' } & Range)
  | { readonly kind: 'boolean' | 'null' | 'objectIdentifier' | 'any' }
  | { readonly kind: 'enumerated'; readonly codes: ReadonlyMap<string, number> }
  | ({ readonly kind: 'octetString' } & Range)
  | ({ readonly kind: 'bitString'; readonly bits?: ReadonlyMap<string, number> } & Range)
  | ({ readonly kind: 'characterString'; readonly set: CharacterSet } & Range)
  | {
      readonly kind: 'tagged';
      readonly mode: 'implicit' | 'explicit';
      readonly tagClass: TagClass;
      readonly tag: number;
      readonly type: Type;
    }
  | { readonly kind: 'lazy'; readonly type: () => Type }
  | { readonly kind: 'mapped'; readonly type: Type; readonly mapping: Mapping<unknown, unknown> }
  | { readonly kind: 'named'; readonly name: string; readonly type: Type };

export interface Range {
  readonly min: number;
  readonly max: number;
}

type Simplify<T> = { [K in keyof T]: T[K] } & {};
type Fields = Readonly<Record<string, Type | Optional>>;
type Alternatives = Readonly<Record<string, Type>>;

/** Values of a SEQUENCE or SET: optional components are absent or `undefined`; what no field covers is kept under a symbol. */
export type SequenceValue<F extends Fields> = Simplify<
  { readonly [K in keyof F as F[K] extends Optional ? never : K]: Infer<F[K]> } & {
    readonly [K in keyof F as F[K] extends Optional ? K : never]?: Infer<F[K]> | undefined;
  } & { readonly [unknownElements]?: readonly UnknownElements[] | undefined }
>;

/** Values of a CHOICE: an object with the one key of its alternative. */
export type ChoiceValue<A extends Alternatives> = {
  [K in keyof A]: { readonly [P in K]: Infer<A[K]> };
}[keyof A];

/** A BIT STRING; the first bit is the highest of the first octet. */
export interface BitString {
  readonly octets: Uint8Array;
  readonly bitCount: number;
}

/** A BIT STRING with named bits: those that are set, by name, or by number where there is none. */
export interface NamedBits<N extends string = string> {
  readonly bits: readonly (N | number)[];
  /** When it is left out, the fewest that hold the highest bit set and satisfy the declared size. */
  readonly bitCount?: number | undefined;
}

/** Elements of a SEQUENCE OF or SET OF that declares no bound. */
export const COUNT_MAX = 1024;

const type = <T>(node: Node): Type<T> => ({ node });
const NAME = /^[A-Za-z][A-Za-z0-9_-]*$/;

function range(bounds: Bounds | undefined, min: number, max: number): Range {
  const found = { min: bounds?.min ?? min, max: bounds?.max ?? max };
  assert(found.min <= found.max, `bounds ${found.min}..${found.max}`);
  return found;
}

function fieldsOf(fields: Readonly<Record<string, Type | Optional>>): Field[] {
  return Object.entries(fields).map(([name, field]) => {
    assert(NAME.test(name) && !(name in Object.prototype), `"${name}" is no identifier`);
    return 'optional' in field
      ? { name, type: field.optional, optional: true }
      : { name, type: field, optional: false };
  });
}

export interface SequenceOptions {
  /** Elements that no field covers are kept (default), or a failure `asn1.unexpected`. */
  readonly extensible?: boolean;
}

/** SEQUENCE: ITU-T X.680 §25. */
export function sequence<const F extends Fields>(
  fields: F,
  options: SequenceOptions = {},
): Type<SequenceValue<F>> {
  return type({ kind: 'sequence', fields: fieldsOf(fields), extensible: options.extensible ?? true });
}

/**
 * A SEQUENCE of which only some components are read, for who has no use for the others: those are stepped over, whatever is in
 * them. All that are mandatory are read.
 */
export function reading<T, const K extends keyof T & string>(
  { node }: Type<T>,
  names: readonly K[],
): Type<Pick<T, K>> {
  assert(node.kind === 'sequence');
  const wanted = new Set<string>(names);
  const fields = node.fields.map((field): Field => {
    if (wanted.delete(field.name)) return field;
    assert(field.optional, `${field.name} is mandatory`);
    return { ...field, unread: true };
  });
  assert(wanted.size === 0, `there is no ${[...wanted].join(', ')}`);
  return type({ ...node, fields });
}

/** SET: ITU-T X.680 §27. Decoded in any order, encoded in that of the tags. */
export function set<const F extends Fields>(
  fields: F,
  options: SequenceOptions = {},
): Type<SequenceValue<F>> {
  return type({ kind: 'set', fields: fieldsOf(fields), extensible: options.extensible ?? true });
}

/**
 * CHOICE: ITU-T X.680 §29. With `extensible` an alternative that is not declared is the value `{ unknown: octets }`, the
 * whole element; without, it is a failure `asn1.tag`.
 */
export function choice<const A extends Alternatives>(
  alternatives: A,
  options: { readonly extensible: true },
): Type<ChoiceValue<A> | { readonly unknown: Uint8Array }>;
export function choice<const A extends Alternatives>(
  alternatives: A,
  options?: { readonly extensible?: false },
): Type<ChoiceValue<A>>;
export function choice(alternatives: Alternatives, options: SequenceOptions = {}): Type<never> {
  const fields = fieldsOf(alternatives);
  assert(fields.length > 0);
  assert(!(options.extensible === true && 'unknown' in alternatives), '"unknown" is taken');
  return type({ kind: 'choice', alternatives: fields, extensible: options.extensible ?? false });
}

/** SEQUENCE OF: ITU-T X.680 §26. At most `COUNT_MAX` elements when no bound is declared. */
export function sequenceOf<T>(element: Type<T>, bounds?: Bounds): Type<readonly T[]> {
  return type({ kind: 'sequenceOf', element, ...range(bounds, 0, COUNT_MAX) });
}

/** SET OF: ITU-T X.680 §28. The order of the value is kept. */
export function setOf<T>(element: Type<T>, bounds?: Bounds): Type<readonly T[]> {
  return type({ kind: 'setOf', element, ...range(bounds, 0, COUNT_MAX) });
}

/** OPTIONAL: ITU-T X.680 §25.4. */
export function optional<T>(declared: Type<T>): Optional<T> {
  return { optional: declared };
}

/** INTEGER: ITU-T X.680 §19, within ±2^53. */
export function integer(bounds?: Bounds): Type<number> {
  return type({ kind: 'integer', ...range(bounds, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER) });
}

/** BOOLEAN: ITU-T X.680 §18. */
export const boolean: Type<boolean> = type({ kind: 'boolean' });

/** NULL: ITU-T X.680 §24. */
export const nullType: Type<null> = type({ kind: 'null' });

/** ENUMERATED: ITU-T X.680 §20. A code without a name stays a number. */
export function enumerated<const E extends Readonly<Record<string, number>>>(
  names: E,
): Type<(keyof E & string) | number> {
  const codes = new Map(Object.entries(names));
  assert(new Set(codes.values()).size === codes.size, 'a code has two names');
  for (const [name, code] of codes) assert(NAME.test(name) && (code | 0) === code, name);
  return type({ kind: 'enumerated', codes });
}

/** OCTET STRING: ITU-T X.680 §23. Decoded as a view of the input. */
export function octetString(bounds?: Bounds): Type<Uint8Array> {
  return type({ kind: 'octetString', ...range(bounds, 0, Number.MAX_SAFE_INTEGER) });
}

/** BIT STRING: ITU-T X.680 §22. Bounds count bits. */
export function bitString(bounds?: Bounds): Type<BitString>;
export function bitString<const N extends Readonly<Record<string, number>>>(
  bounds: Bounds | undefined,
  names: N,
): Type<NamedBits<keyof N & string>>;
export function bitString(bounds?: Bounds, names?: Readonly<Record<string, number>>): Type<never> {
  const sizes = range(bounds, 0, Number.MAX_SAFE_INTEGER);
  if (names === undefined) return type({ kind: 'bitString', ...sizes });
  const bits = new Map(Object.entries(names));
  assert(new Set(bits.values()).size === bits.size, 'a bit has two names');
  return type({ kind: 'bitString', bits, ...sizes });
}

const characterString =
  (characters: CharacterSet) =>
  (bounds?: Bounds): Type<string> =>
    type({ kind: 'characterString', set: characters, ...range(bounds, 0, Number.MAX_SAFE_INTEGER) });

/** IA5String: any character up to 7F. ITU-T X.680 §41. Bounds count characters, in UTF8String octets. */
export const ia5String = characterString(22);
/** NumericString: digits and space. */
export const numericString = characterString(18);
/** VisibleString: 20 … 7E. */
export const visibleString = characterString(26);
/** UTF8String. */
export const utf8String = characterString(12);

/** OBJECT IDENTIFIER: ITU-T X.680 §32, as its arcs. */
export const objectIdentifier: Type<readonly number[]> = type({ kind: 'objectIdentifier' });

/** ANY (ITU-T X.208): the whole element, raw. */
export const any: Type<Uint8Array> = type({ kind: 'any' });

function tagged<T>(
  mode: 'implicit' | 'explicit',
  tag: number,
  declared: Type<T>,
  tagClass: keyof typeof tagClasses,
): Type<T> {
  assert(Number.isInteger(tag) && tag >= 0 && tag <= TAG_NUMBER_MAX, `tag ${tag}`);
  return type({ kind: 'tagged', mode, tag, tagClass: tagClasses[tagClass], type: declared });
}

/** `[n] IMPLICIT`: the tag replaces that of the type; on a CHOICE or ANY it is explicit. ITU-T X.680 §31.2.7, §31.2.9. */
export function implicit<T>(
  tag: number,
  declared: Type<T>,
  tagClass: keyof typeof tagClasses = 'context',
): Type<T> {
  return tagged('implicit', tag, declared, tagClass);
}

/** `[n] EXPLICIT`: an element around that of the type. ITU-T X.680 §31.2. */
export function explicit<T>(
  tag: number,
  declared: Type<T>,
  tagClass: keyof typeof tagClasses = 'context',
): Type<T> {
  return tagged('explicit', tag, declared, tagClass);
}

/** A type that is declared later, or within itself. At most `DEPTH_MAX` of these stand within each other in a value. */
export function lazy<T>(declared: () => Type<T>): Type<T> {
  return type({ kind: 'lazy', type: declared });
}
export const DEPTH_MAX = 16;

/** A type whose values are made of those of another: digits of a TBCD string, say. */
export function mapped<Inner, Value>(declared: Type<Inner>, mapping: Mapping<Inner, Value>): Type<Value> {
  return type({ kind: 'mapped', type: declared, mapping: mapping as Mapping<unknown, unknown> });
}

/** The specification's spelling of a field, for paths, where the property's differs: `smRpPri: named('sm-RP-PRI', …)`. */
export function named<T>(name: string, declared: Type<T>): Type<T> {
  assert(NAME.test(name), `"${name}" is no identifier`);
  return type({ kind: 'named', name, type: declared });
}

/** EXTERNAL: ITU-T X.680 §37, in the form of ITU-T X.690 §8.18. */
export const external = implicit(
  8,
  sequence(
    {
      directReference: optional(objectIdentifier),
      indirectReference: optional(integer()),
      dataValueDescriptor: optional(implicit(7, octetString(), 'universal')),
      encoding: choice({
        singleAsn1Type: explicit(0, any),
        octetAligned: implicit(1, octetString()),
        arbitrary: implicit(2, bitString()),
      }),
    },
    { extensible: false },
  ),
  'universal',
);
