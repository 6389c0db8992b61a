/** Random declarations with random values of theirs, and ways to damage or rewrite octets, for fast-check. */
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import {
  any,
  BerReader,
  BerWriter,
  bitString,
  boolean,
  CONSTRUCTED,
  choice,
  enumerated,
  explicit,
  external,
  ia5String,
  implicit,
  integer,
  lazy,
  mapped,
  named,
  nullType,
  numericString,
  type Optional,
  objectIdentifier,
  octetString,
  optional,
  sequence,
  sequenceOf,
  set,
  setOf,
  type Type,
  unknownElements,
  utf8String,
  visibleString,
} from '../../../src/stack/asn1/index.ts';
import { keysOf } from '../../../src/stack/asn1/tags.ts';
import { verifyDeclaration } from '../../../src/stack/asn1/verify.ts';
import { failure } from '../../../src/types/result.ts';

/** A type, and values of it in the form in which they are decoded. */
export interface Declared {
  readonly type: Type;
  readonly values: fc.Arbitrary<unknown>;
}

/** Records with the prototype that decoded values have. */
const record = (parts: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(parts, { noNullPrototype: true });

const bounds = (limit: number) =>
  fc
    .tuple(fc.nat(limit), fc.nat(limit))
    .map(([one, other]) => ({ min: Math.min(one, other), max: Math.max(one, other) }));

/** Octets as a list of numbers; a first octet from C0 is a failure of the mapping, at the octet behind it. */
const numbers = mapped(octetString({ min: 1, max: 6 }), {
  decode: (octets) => (octets[0]! >= 0xc0 ? failure('test.mapping', 1, 'test §1', 'inner') : [...octets]),
  encode: (list: number[]) => {
    assert(Array.isArray(list));
    return Uint8Array.from(list);
  },
});

const primitive: fc.Arbitrary<Declared> = fc.oneof(
  fc.constantFrom<Declared>(
    { type: boolean, values: fc.boolean() },
    { type: nullType, values: fc.constant(null) },
    { type: integer(), values: fc.maxSafeInteger() },
    {
      type: enumerated({ one: 1, two: 2, 'minus-three': -3, big: 70_000 }),
      values: fc.constantFrom('one', 'two', 'minus-three', 'big', 0, 5, -129, 100_000),
    },
    {
      type: objectIdentifier,
      values: fc
        .tuple(fc.nat(2), fc.nat(39), fc.array(fc.nat(), { maxLength: 4 }))
        .map(([first, second, rest]) => [first, second, ...rest]),
    },
    {
      type: numbers,
      values: fc.array(fc.nat(255), { minLength: 1, maxLength: 6 }).filter(([first]) => first! < 0xc0),
    },
    {
      type: bitString({ min: 2, max: 12 }, { 'first-Bit': 0, fourth: 3 }),
      values: fc
        .tuple(fc.uniqueArray(fc.nat(11), { maxLength: 4 }), fc.integer({ min: 2, max: 12 }))
        .map(([bits, bitCount]) => ({
          bits: bits
            .filter((bit) => bit < bitCount)
            .sort((one, other) => one - other)
            .map((bit) => (bit === 0 ? 'first-Bit' : bit === 3 ? 'fourth' : bit)),
          bitCount,
        })),
    },
    {
      type: external,
      values: record({
        directReference: fc.constantFrom([0, 4, 0], undefined),
        indirectReference: fc.option(fc.nat(), { nil: undefined }),
        dataValueDescriptor: fc.constant(undefined),
        encoding: fc.oneof(
          record({ singleAsn1Type: fc.constant(Uint8Array.of(5, 0)) }),
          record({ octetAligned: fc.uint8Array({ maxLength: 3 }) }),
        ),
      }),
    },
  ),
  bounds(12).map(({ min, max }) => ({
    type: octetString({ min, max }),
    values: fc.uint8Array({ minLength: min, maxLength: max }),
  })),
  bounds(70_000).map((range) => ({ type: integer(range), values: fc.integer(range) })),
  bounds(20).map(({ min, max }) => ({
    type: bitString({ min, max }),
    values: fc
      .integer({ min, max })
      .chain((bitCount) =>
        fc
          .uint8Array({ minLength: Math.ceil(bitCount / 8), maxLength: Math.ceil(bitCount / 8) })
          .map((octets) => ({ octets, bitCount })),
      ),
  })),
  fc.constantFrom('0123456789 ', 'aZ~ 0', '\0\x7f', 'aé€').chain((letters) => {
    const make = { 0: numericString, a: visibleString, '\0': ia5String }[letters[0]!] ?? utf8String;
    const type = letters.includes('é') ? utf8String : make;
    return fc.constant({
      type: type(),
      values: fc
        .array(fc.constantFrom(...Array.from(letters)), { maxLength: 8 })
        .map((list) => list.join('')),
    });
  }),
);

/** Wraps types in tags, names and mappings. Values stay what they are. */
function wrapped(declared: Declared, how: number, tag: number): Declared {
  const { type, values } = declared;
  switch (how) {
    case 0:
      return { type: explicit(tag, type), values };
    case 1:
      return { type: implicit(tag, type, 'application'), values };
    case 2:
      return { type: named('spelt-Otherwise', implicit(tag, type)), values };
    case 3:
      return { type: explicit(tag, explicit(1, type, 'private')), values };
    case 4:
      return {
        type: mapped(
          explicit(
            tag,
            lazy(() => type),
          ),
          { decode: (value) => value, encode: (value) => value },
        ),
        values,
      };
    default:
      return { type: implicit(tag, type), values };
  }
}

/** Fields of distinct tags: low and high numbers; those that cannot stand bare get one. */
function fieldsOf(parts: readonly Declared[], hows: readonly number[]): Declared[] {
  return parts.map((part, at) => wrapped(part, hows[at]!, at % 3 === 2 ? 100 * at + 40 : at));
}

function compound(inner: fc.Arbitrary<Declared>): fc.Arbitrary<Declared> {
  const parts = fc
    .array(fc.tuple(inner, fc.nat(9), fc.boolean(), fc.nat(9)), { minLength: 1, maxLength: 6 })
    .map((list) => {
      const tagged = fieldsOf(
        list.map(([part]) => part),
        list.map(([, how]) => how),
      );
      return list.map(([part, , isOptional, bare], at) => ({
        part,
        tagged: tagged[at]!,
        isOptional,
        bare: bare < 3,
      }));
    });
  const components = fc
    .tuple(parts, fc.constantFrom(sequence, sequence, set), fc.boolean(), fc.boolean())
    .map(([list, make, extensible, endsInAny]) => {
      const chosen = list.map(({ part, tagged, bare }) => (bare ? part : tagged));
      const declare = (which: readonly Declared[]): Type => {
        const fields: Record<string, Type | Optional> = {};
        which.forEach(({ type }, at) => {
          fields[`field-${at}`] = list[at]?.isOptional === true ? optional(type) : type;
        });
        return make(fields, { extensible });
      };
      let used = chosen;
      if (endsInAny && make === sequence) {
        used = [
          ...chosen,
          { type: any, values: fc.constantFrom(Uint8Array.of(0xc9, 1, 5), Uint8Array.of(0xe9, 2, 255, 255)) },
        ];
      }
      let type = declare(used);
      try {
        verifyDeclaration(type);
      } catch {
        used = list.map(({ tagged }) => tagged);
        type = declare(used);
      }
      const known = record(
        Object.fromEntries(
          used.map(({ values }, at) => [
            `field-${at}`,
            list[at]?.isOptional === true ? fc.option(values, { nil: undefined }) : values,
          ]),
        ),
      );
      const takesAny = used.some((part) => keysOf(part.type) === 'any');
      if (!extensible || takesAny) return { type, values: known };
      const unknown = fc.uniqueArray(
        fc.record({
          after: fc.integer({ min: -1, max: used.length - 1 }),
          octets: fc.constantFrom(
            Uint8Array.of(0x9f, 0x87, 0x68, 2, 0xff, 0xff),
            Uint8Array.of(0xff, 0x50, 3, 0xff, 0xff, 0xff),
            Uint8Array.of(0x9f, 0x51, 0),
          ),
          count: fc.constant(1),
        }),
        { maxLength: 3, selector: ({ after }) => after },
      );
      // What stands behind an absent field is found behind the present one before it.
      const values = fc.tuple(known, unknown).map(([value, extra]) => {
        const runs = new Map<number, { after: number; octets: Uint8Array; count: number }>();
        const names = orderOf(type);
        for (const { after, octets } of extra.sort((one, other) => one.after - other.after)) {
          let at = after;
          while (at >= 0 && value[names[at]!] === undefined) at--;
          const run = runs.get(at);
          if (run === undefined) runs.set(at, { after: at, octets, count: 1 });
          else {
            run.octets = Uint8Array.from([...run.octets, ...octets]);
            run.count++;
          }
        }
        return runs.size === 0 ? value : { ...value, [unknownElements]: [...runs.values()] };
      });
      return { type, values };
    });
  const choices = parts.map((list) => {
    const alternatives = Object.fromEntries(list.map(({ tagged }, at) => [`alternative-${at}`, tagged.type]));
    const values = fc.oneof(
      ...list.map(({ tagged }, at) => record({ [`alternative-${at}`]: tagged.values })),
    );
    return { type: choice(alternatives), values };
  });
  const lists = fc.tuple(inner, bounds(5), fc.boolean()).map(([{ type, values }, { min, max }, ordered]) => ({
    type: (ordered ? sequenceOf : setOf)(type, { min, max }),
    values: fc.array(values, { minLength: min, maxLength: max }),
  }));
  return fc.oneof({ weight: 3, arbitrary: components }, choices, lists);
}

/** Names of a SEQUENCE's or SET's fields in the order of encoding. */
function orderOf(type: Type): string[] {
  const { node } = type;
  if (node.kind !== 'sequence' && node.kind !== 'set') return [];
  return encodingOrderNames(node);
}

function encodingOrderNames(node: {
  kind: 'sequence' | 'set';
  fields: readonly { name: string; type: Type }[];
}): string[] {
  const weight = (type: Type) => {
    const keys = keysOf(type);
    if (keys === 'any') return Number.POSITIVE_INFINITY;
    return Math.min(
      ...[...keys].map((key) => ((key >> 6) & 3) * 2 ** 24 + ((key & 31) === 31 ? key >> 8 : key & 31)),
    );
  };
  const fields = [...node.fields];
  if (node.kind === 'set') fields.sort((one, other) => weight(one.type) - weight(other.type));
  return fields.map(({ name }) => name);
}

export const declared: fc.Arbitrary<Declared> = fc
  .tuple(
    compound(
      fc.oneof(
        { weight: 3, arbitrary: primitive },
        compound(fc.oneof({ weight: 3, arbitrary: primitive }, compound(primitive))),
      ),
    ),
    fc.nat(30),
    fc.nat(200),
  )
  .map(([each, how, tag]) => (how > 5 ? each : wrapped(each, how, tag)));

/** The same element with random long and indefinite lengths; contents that are no BER stay as they are. */
export function rewritten(octets: Uint8Array, choose: () => number): Uint8Array {
  const writer = new BerWriter();
  const reader = new BerReader().reset(octets);
  const elements: Uint8Array[] = [];
  while (reader.next()) {
    const { identifier, contentOffset, elementOffset } = reader;
    let content = reader.content();
    const isConstructed = (identifier & CONSTRUCTED) !== 0;
    if (isConstructed) content = rewritten(content, choose);
    const lengthAt = identifier > 0xff ? (identifier > 0x7fff ? 3 : 2) : 1;
    const tag = octets.subarray(elementOffset, Math.min(elementOffset + lengthAt, contentOffset));
    const how = choose() % 3;
    writer.reset();
    if (how === 0 && isConstructed) writer.bytes(Uint8Array.of(0, 0));
    writer.bytes(content);
    if (how === 0 && isConstructed) writer.octet(0x80);
    else if (how === 1) {
      for (let rest = content.length, at = 0; at < 4; at++, rest >>= 8) writer.octet(rest & 0xff);
      writer.octet(0x84);
    } else {
      const mark = writer.written - content.length;
      writer.header(0, mark);
      writer.offset++;
    }
    writer.bytes(tag);
    elements.push(writer.copy());
  }
  return reader.failureCode === '' ? Uint8Array.from(elements.flatMap((each) => [...each])) : octets;
}

/** The same elements, some of them twice, left out, in another order, or with one more among them; lengths are right. */
export function restructured(octets: Uint8Array, choose: () => number): Uint8Array {
  const reader = new BerReader().reset(octets);
  const elements: Uint8Array[] = [];
  while (reader.next()) {
    const { identifier } = reader;
    const writer = new BerWriter();
    writer.bytes(
      (identifier & CONSTRUCTED) !== 0 ? restructured(reader.content(), choose) : reader.content(),
    );
    writer.header(identifier, 0);
    elements.push(writer.copy());
  }
  if (reader.failureCode !== '') return octets;
  const at = choose() % Math.max(1, elements.length);
  const how = choose() % 16;
  if (elements.length > 0) {
    if (how === 0) elements.splice(at, 0, elements[choose() % elements.length]!);
    else if (how === 1) elements.splice(at, 1);
    else if (how === 2) elements.push(...elements.splice(at, 1));
  }
  if (how === 3) elements.splice(at, 0, Uint8Array.of(0x80 | (choose() % 8), 1, 5));
  return Uint8Array.from(elements.flatMap((each) => [...each]));
}

/** Octets with flipped bits, cut off, prolonged, or with another octet somewhere (a length that lies, more often than not). */
export function damaged(octets: Uint8Array): fc.Arbitrary<Uint8Array> {
  const at = fc.nat(Math.max(0, octets.length - 1));
  const changed = (change: (copy: Uint8Array, index: number, octet: number) => void) =>
    fc.tuple(fc.array(fc.tuple(at, fc.nat(255)), { minLength: 1, maxLength: 3 })).map(([places]) => {
      const copy = octets.slice();
      for (const [index, octet] of places) if (index < copy.length) change(copy, index, octet);
      return copy;
    });
  return fc.oneof(
    changed((copy, index, octet) => {
      copy[index]! ^= 1 << (octet & 7);
    }),
    changed((copy, index, octet) => {
      copy[index] = octet;
    }),
    changed((copy, index, octet) => {
      copy[index] = (copy[index]! + (octet % 5) - 2) & 0xff;
    }),
    at.map((end) => octets.slice(0, end)),
    fc
      .infiniteStream(fc.nat(1000))
      .map((choices) => restructured(octets, () => Number(choices.next().value))),
    fc.uint8Array({ minLength: 1, maxLength: 3 }).map((more) => Uint8Array.from([...octets, ...more])),
  );
}
