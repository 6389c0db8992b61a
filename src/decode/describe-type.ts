/** In a few words, what may stand where a value of a type is wanted. */
import type { Field, Range, Type } from '../stack/asn1/index.ts';
import { resolve } from '../stack/asn1/tags.ts';
import { writerOf } from './meaning-writers.ts';
import { typeWithin } from './meanings.ts';

export function describeType(type: Type): string {
  const { base } = resolve(type);
  switch (base.kind) {
    case 'sequence':
    case 'set':
      return fieldsText(base.fields);
    case 'choice':
      return alternativesText(base.alternatives);
    case 'sequenceOf':
    case 'setOf':
      return `a list of ${between(base)}`;
    case 'integer':
      return `a whole number from ${base.min} to ${base.max}`;
    case 'boolean':
      return 'true or false';
    case 'null':
      return 'null';
    case 'enumerated':
      return `one of ${[...base.codes].map(([word, code]) => `${word} (${code})`).join(', ')}`;
    case 'octetString':
      return octetsText(type, base);
    case 'bitString': {
      const octets = `octets in hexadecimal and a bitCount of ${between(base)}`;
      return base.bits === undefined
        ? octets
        : `names with blanks between them (${[...base.bits.keys()].join(', ')}), or ${octets}`;
    }
    case 'characterString':
      return `text of ${between(base)} characters`;
    case 'objectIdentifier':
      return 'arcs with points between them';
    case 'any':
      return 'a whole element in hexadecimal';
  }
}

function octetsText(type: Type, base: Range): string {
  const plural = base.max === 1 ? '' : 's';
  const hexadecimal = `${between(base)} octet${plural} in hexadecimal`;
  if (typeWithin(type) !== undefined) return `${hexadecimal}, or what is in them`;
  const writer = writerOf(type);
  return writer === undefined ? hexadecimal : `${writer.allowed}; or under "octets" ${hexadecimal}`;
}

function between({ min, max }: Range): string {
  if (max === Number.MAX_SAFE_INTEGER) return `at least ${min}`;
  return min === max ? String(min) : `${min} to ${max}`;
}

/** Names of fields, those that may be absent with a question mark. */
export function fieldsText(fields: readonly Field[]): string {
  if (fields.length === 0) return 'an object without fields';
  return `an object of ${fields.map(({ name, optional }) => `${name}${optional ? '?' : ''}`).join(', ')}`;
}

export function alternativesText(alternatives: readonly Field[]): string {
  return `an object with one of ${alternatives.map(({ name }) => name).join(', ')}`;
}
