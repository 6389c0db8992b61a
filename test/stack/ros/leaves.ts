/** The primitive values of a parameter, each with its name and where its contents stand. */
import { BerReader, type Type } from '../../../src/stack/asn1/index.ts';
import { type BaseNode, keysOf, resolve, tagKey } from '../../../src/stack/asn1/tags.ts';

export interface Leaf {
  /** Of the field or alternative; of an element of a list its type has no name: `[]`. */
  readonly name: string;
  /** From the parameter on: `locationInformation.ageOfLocationInformation`. */
  readonly path: string;
  readonly base: BaseNode;
  /** Of the contents, in the message. */
  readonly position: number;
  readonly contents: Uint8Array;
}

/** Leaves of the element that `octets` are from `offset` on, a value of `type` that this project encoded. */
export function leavesOf(type: Type, octets: Uint8Array, offset: number): Leaf[] {
  const leaves: Leaf[] = [];
  walk(type, first(octets, offset, octets.length), '', '', leaves);
  return leaves;
}

function first(octets: Uint8Array, from: number, end: number): BerReader {
  const reader = new BerReader().reset(octets, from, end);
  reader.next();
  return reader;
}

const enter = (reader: BerReader) => first(reader.buffer, reader.contentOffset, reader.contentEnd);

function fits(type: Type, identifier: number): boolean {
  const keys = keysOf(type);
  return keys === 'any' || keys.has(tagKey(identifier));
}

function walk(type: Type, outer: BerReader, name: string, path: string, leaves: Leaf[]): void {
  const { identifiers, base } = resolve(type);
  let reader = outer;
  for (let index = 1; index < identifiers.length; index++) reader = enter(reader);
  if ((base.kind === 'choice' || base.kind === 'any') && identifiers.length > 0) reader = enter(reader);
  const below = (field: string) => (path === '' ? field : `${path}.${field}`);
  const inside = new BerReader().reset(reader.buffer, reader.contentOffset, reader.contentEnd);
  switch (base.kind) {
    case 'choice': {
      const found = base.alternatives.find((one) => fits(one.type, reader.identifier));
      if (found !== undefined) walk(found.type, reader, found.name, below(found.name), leaves);
      return;
    }
    case 'any':
      return;
    case 'sequence':
    case 'set': {
      let next = 0;
      while (inside.next()) {
        const at = base.fields.findIndex(
          (field, index) => index >= next && fits(field.type, inside.identifier),
        );
        const field = base.fields[at];
        if (field === undefined) return;
        next = at + 1;
        walk(field.type, inside, field.name, below(field.name), leaves);
      }
      return;
    }
    case 'sequenceOf':
    case 'setOf':
      while (inside.next()) walk(base.element, inside, '[]', `${path}[]`, leaves);
      return;
    case 'bitString':
      // Behind the octet that counts the unused bits.
      leaves.push({
        name,
        path,
        base,
        position: reader.contentOffset + 1,
        contents: reader.content().subarray(1),
      });
      return;
    default:
      leaves.push({ name, path, base, position: reader.contentOffset, contents: reader.content() });
  }
}
