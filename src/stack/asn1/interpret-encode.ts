import { BerWriter } from './ber.ts';
import { charactersOctets, namedBitsOctets, writeObjectIdentifier } from './content.ts';
import type { BitString, NamedBits, Type } from './declaration.ts';
import { type BaseNode, encodingOrder, resolve } from './tags.ts';
import { type UnknownElements, unknownElements } from './unknown-elements.ts';

/** The element of a value that was checked. */
export function encodeElement(type: Type, value: unknown): Uint8Array {
  const { identifiers, base, mappings } = resolve(type);
  let inner = value;
  for (const mapping of mappings) inner = mapping.encode(inner);
  let octets = contents(base, inner);
  for (const identifier of [...identifiers].reverse()) {
    const writer = new BerWriter(octets.length + 16);
    writer.element(identifier, octets);
    octets = writer.copy();
  }
  return octets;
}

/** Contents; of a CHOICE or ANY the whole element. */
function contents(base: BaseNode, value: unknown): Uint8Array {
  const writer = new BerWriter(16);
  switch (base.kind) {
    case 'sequence':
    case 'set': {
      const record = value as Readonly<Record<string, unknown>>;
      const unknown = (value as { [unknownElements]?: readonly UnknownElements[] })[unknownElements] ?? [];
      const behind = (index: number) =>
        unknown.filter(({ after }) => after === index).map(({ octets }) => octets);
      return concatenated([
        ...behind(-1),
        ...encodingOrder(base).flatMap(({ name, type }, index) => {
          const component = record[name];
          return [...(component === undefined ? [] : [encodeElement(type, component)]), ...behind(index)];
        }),
      ]);
    }
    case 'choice': {
      const [[key, content]] = Object.entries(value as object) as [[string, unknown]];
      const chosen = base.alternatives.find(({ name }) => name === key);
      return chosen === undefined ? (content as Uint8Array) : encodeElement(chosen.type, content);
    }
    case 'sequenceOf':
    case 'setOf':
      return concatenated((value as readonly unknown[]).map((each) => encodeElement(base.element, each)));
    case 'integer':
      writer.integer(value as number);
      return writer.copy();
    case 'enumerated':
      writer.integer(typeof value === 'string' ? base.codes.get(value)! : (value as number));
      return writer.copy();
    case 'boolean':
      return Uint8Array.of(value === true ? 0xff : 0);
    case 'null':
      return new Uint8Array(0);
    case 'octetString':
    case 'any':
      return value as Uint8Array;
    case 'bitString': {
      const { octets, bitCount } =
        base.bits === undefined
          ? (value as BitString)
          : namedBitsOctets(base.bits, value as NamedBits, base.min)!;
      return concatenated([Uint8Array.of(octets.length * 8 - bitCount), octets]);
    }
    case 'characterString':
      return charactersOctets(base.set, value as string, true)!;
    case 'objectIdentifier':
      writeObjectIdentifier(writer, value as readonly number[]);
      return writer.copy();
  }
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const each of parts) {
    whole.set(each, at);
    at += each.length;
  }
  return whole;
}
