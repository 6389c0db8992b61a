/**
 * How a parameter of ITU-T Q.763 §3 is declared: its code (table 5), its name, its clause, and how its contents are read and
 * written. A declaration of a message (`messages.ts`) is a list of these.
 */
export interface Parameter<Key extends string = string, Value = unknown> {
  /** The name in camelCase: its key in `parameters` of a message. */
  readonly key: Key;
  /** The name in the Recommendation's spelling. */
  readonly name: string;
  /** Parameter name code, 1 … 255. */
  readonly code: number;
  readonly clause: string;
  /** Length in the mandatory fixed part; 0: it never stands there. */
  readonly fixedOctets: number;
  /** May stand more than once in a message; its value is then a list. */
  readonly many: boolean;
  /** What the bits are called, where the contents are a field of bits. */
  readonly fields?: Fields;
  /** Undefined: the octets are no such contents. A view into them may be kept. */
  decode(octets: Uint8Array): Value | undefined;
  encode(value: Value): Uint8Array;
}

/** The value of one occurrence. */
export type ValueOf<P> = P extends Parameter<string, infer Value> ? Value : never;

/** Bits of a field: `at` counts from bit A (0) of the first octet on; bit A of the second octet is 8. */
export interface Field {
  readonly at: number;
  readonly width: number;
  readonly flag: boolean;
  readonly names?: Readonly<Record<number, string>>;
}
export type Fields = Readonly<Record<string, Field>>;

interface Flag extends Field {
  readonly flag: true;
}

export function flag(at: number): Flag {
  return { at, width: 1, flag: true };
}

export function field(
  at: number,
  width: number,
  names?: Readonly<Record<number, string>>,
): Field & { readonly flag: false } {
  return { at, width, flag: false, ...(names === undefined ? {} : { names }) };
}

export type BitsValue<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends Flag ? boolean : number;
} & {
  /** Bits that have no name here, where they stand, when they are not zero: kept, so that they can be written back. */
  readonly spare?: number;
  /** Octets after those that are known, of a later version. A view. */
  readonly extra?: Uint8Array;
};

export interface BitsParameter<Key extends string, F extends Fields> extends Parameter<Key, BitsValue<F>> {
  readonly fields: F;
  /** A value with all that is not said zero or false. */
  of(value?: Partial<BitsValue<F>>): BitsValue<F>;
}

type About<Key extends string> = readonly [key: Key, name: string, code: number, clause: string];

/** A parameter of one or two octets of indicator bits. */
export function bits<const Key extends string, const F extends Fields>(
  [key, name, code, clause]: About<Key>,
  octetCount: 1 | 2,
  fields: F,
): BitsParameter<Key, F> {
  const list = Object.entries(fields).map(([field, { at, width, flag: isFlag }]) => ({
    field,
    at,
    mask: (1 << width) - 1,
    isFlag,
  }));
  const named = list.reduce((mask, { at, mask: one }) => mask | (one << at), 0);
  const all = octetCount === 1 ? 0xff : 0xffff;

  function decode(octets: Uint8Array): BitsValue<F> | undefined {
    if (octets.length < octetCount) return undefined;
    const word = octets[0]! | (octetCount === 2 ? octets[1]! << 8 : 0);
    const value: Record<string, unknown> = {};
    for (const { field, at, mask, isFlag } of list) {
      const read = (word >> at) & mask;
      value[field] = isFlag ? read === 1 : read;
    }
    const spare = word & ~named & all;
    if (spare !== 0) value['spare'] = spare;
    if (octets.length > octetCount) value['extra'] = octets.subarray(octetCount);
    return value as BitsValue<F>;
  }

  function encode(value: BitsValue<F>): Uint8Array {
    const given = value as Readonly<Record<string, unknown>>;
    let word = (value.spare ?? 0) & ~named;
    for (const { field, at, mask } of list) word |= (Number(given[field] ?? 0) & mask) << at;
    const octets = new Uint8Array(octetCount + (value.extra?.length ?? 0));
    octets[0] = word;
    if (octetCount === 2) octets[1] = word >> 8;
    if (value.extra !== undefined) octets.set(value.extra, octetCount);
    return octets;
  }

  return {
    key,
    name,
    code,
    clause,
    fixedOctets: octetCount,
    many: false,
    fields,
    decode,
    encode,
    of(value = {}) {
      const whole: Record<string, unknown> = {};
      for (const { field, isFlag } of list) whole[field] = isFlag ? false : 0;
      return { ...whole, ...value } as BitsValue<F>;
    },
  };
}

/** A parameter whose contents have functions of their own. */
export function parameter<const Key extends string, Value>(
  [key, name, code, clause]: About<Key>,
  decode: (octets: Uint8Array) => Value | undefined,
  encode: (value: Value) => Uint8Array,
  fixedOctets = 0,
): Parameter<Key, Value> {
  return { key, name, code, clause, fixedOctets, many: false, decode, encode };
}

const self = (octets: Uint8Array) => octets;

/** A parameter whose contents are passed on as they are. */
export function opaque<const Key extends string>(
  key: Key,
  name: string,
  code: number,
  clause: string,
  fixedOctets = 0,
): Parameter<Key, Uint8Array> {
  return parameter([key, name, code, clause], self, self, fixedOctets);
}

/** In a list of optional parameters: it may stand there several times. */
export function repeated<Key extends string, Value>(
  one: Parameter<Key, Value>,
): Parameter<Key, Value> & { readonly many: true } {
  return { ...one, many: true };
}
