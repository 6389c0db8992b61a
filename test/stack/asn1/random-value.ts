/** Random values of a declared type, found by walking its declaration; what is absent is `undefined`, as decoded values have it. */
import fc from 'fast-check';
import type { Type } from '../../../src/stack/asn1/index.ts';
import { resolve } from '../../../src/stack/asn1/tags.ts';

const LAZY_LEVELS = 2;

/** Values for some types in place of those that the declaration alone allows: digits of a number, say. */
export type SensibleValues = ReadonlyMap<Type, fc.Arbitrary<unknown>>;

/** `raw` makes the elements that an ANY is. */
export function valuesOf(
  type: Type,
  raw: fc.Arbitrary<Uint8Array> = fc.constant(Uint8Array.of(5, 0)),
  level = 0,
  sensible: SensibleValues = new Map(),
): fc.Arbitrary<unknown> {
  const known = sensibleFor(type, sensible);
  if (known !== undefined) return known;
  const { base, mappings, lazy } = resolve(type);
  const depth = level + (lazy ? 1 : 0);
  let values = baseValues(base, raw, depth, sensible);
  for (const { decode } of [...mappings].reverse()) {
    values = values
      .map(decode)
      .filter(
        (value) => typeof value !== 'object' || value === null || !('ok' in value) || value.ok !== false,
      );
  }
  return values;
}

/** A tag or a name does not change what a type's values are. */
function sensibleFor(type: Type, sensible: SensibleValues): fc.Arbitrary<unknown> | undefined {
  for (let named = type; ; ) {
    const known = sensible.get(named);
    if (known !== undefined) return known;
    const { node } = named;
    if (node.kind !== 'tagged' && node.kind !== 'named') return undefined;
    named = node.type;
  }
}

function baseValues(
  base: ReturnType<typeof resolve>['base'],
  raw: fc.Arbitrary<Uint8Array>,
  level: number,
  sensible: SensibleValues,
): fc.Arbitrary<unknown> {
  const part = (type: Type): fc.Arbitrary<unknown> =>
    // A type that contains itself ends somewhere.
    resolve(type).lazy && level >= LAZY_LEVELS
      ? fc.constant(undefined)
      : valuesOf(type, raw, level, sensible);
  switch (base.kind) {
    case 'sequence':
    case 'set': {
      const fields = base.fields.map(({ name, type, optional }): [string, fc.Arbitrary<unknown>] => [
        name,
        optional ? fc.option(part(type), { nil: undefined }) : part(type),
      ]);
      return fc.record(Object.fromEntries(fields), { noNullPrototype: true });
    }
    case 'choice':
      return fc.oneof(
        ...base.alternatives
          .filter(({ type }) => !resolve(type).lazy || level < LAZY_LEVELS)
          .map(({ name, type }) => part(type).map((value) => ({ [name]: value }))),
      );
    case 'sequenceOf':
    case 'setOf': {
      if (resolve(base.element).lazy && level >= LAZY_LEVELS) return fc.constant([]);
      return fc.array(part(base.element), {
        minLength: base.min,
        maxLength: Math.min(base.max, base.min + 3),
      });
    }
    case 'integer':
      return fc.maxSafeInteger().map((value) => {
        const size = base.max - base.min + 1;
        return size > Number.MAX_SAFE_INTEGER ? value : base.min + (Math.abs(value) % size);
      });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'enumerated':
      return fc.constantFrom(...base.codes.keys());
    case 'octetString':
      return fc.uint8Array({ minLength: base.min, maxLength: Math.min(base.max, base.min + 12) });
    case 'bitString': {
      const counts = fc.integer({ min: base.min, max: Math.min(base.max, base.min + 20) });
      const { bits } = base;
      if (bits === undefined)
        return counts.chain((bitCount) => {
          const length = Math.ceil(bitCount / 8);
          return fc.uint8Array({ minLength: length, maxLength: length }).map((octets) => {
            // Unused bits are zero in a canonical encoding.
            if (bitCount % 8 > 0) octets[length - 1]! &= 0xff << (8 - (bitCount % 8));
            return { octets, bitCount };
          });
        });
      const named = [...bits].sort(([, one], [, other]) => one - other);
      return fc.tuple(counts, fc.subarray(named)).map(([bitCount, some]) => ({
        bits: some.filter(([, bit]) => bit < bitCount).map(([name]) => name),
        bitCount,
      }));
    }
    case 'characterString':
      return fc
        .array(fc.constantFrom('0', '1', '9', ' '), {
          minLength: base.min,
          maxLength: Math.min(base.max, base.min + 8),
        })
        .map((list) => list.join(''));
    case 'objectIdentifier':
      return fc.constantFrom([0, 4, 0, 0, 1, 0, 50, 1], [1, 2, 840, 113_549], [2, 5]);
    case 'any':
      return raw;
  }
}
