/** Contents of the primitive types from what a node says. */

import { isObjectIdentifier, namedBitsOctets, writeObjectIdentifier } from '../stack/asn1/content.ts';
import { BerWriter, type Node, type Type } from '../stack/asn1/index.ts';
import type { BaseNode } from '../stack/asn1/tags.ts';
import { describeType } from './describe-type.ts';
import { type GivenNode, hexOctets, isExcused, isObject, type Walk } from './given-node.ts';
import { writerOf } from './meaning-writers.ts';
import { typeWithin } from './meanings.ts';

type Primitive = Exclude<BaseNode, { kind: 'sequence' | 'set' | 'choice' | 'sequenceOf' | 'setOf' | 'any' }>;

/** Undefined, with a problem told to the walk, when the node says no value of the type. */
export function primitiveContents(
  walk: Walk,
  type: Type,
  base: Primitive,
  json: unknown,
  node: GivenNode,
  path: string,
  depth: number,
): Uint8Array | undefined {
  const refuse = () => walk.refuse(path, json, describeType(type));
  switch (base.kind) {
    case 'null':
      return node.value === null ? new Uint8Array(0) : refuse();
    case 'boolean':
      return typeof node.value === 'boolean' ? Uint8Array.of(node.value ? 0xff : 0) : refuse();
    case 'integer': {
      const { value } = node;
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) return refuse();
      const inside = value >= base.min && value <= base.max;
      return inside || isExcused(node, 'out of range') ? integerContents(value) : refuse();
    }
    case 'enumerated': {
      const code = enumeratedCode(base.codes, node);
      return code === undefined ? refuse() : integerContents(code);
    }
    case 'objectIdentifier':
      return objectIdentifierContents(node.value) ?? refuse();
    case 'characterString':
      return characters(base, node) ?? refuse();
    case 'bitString':
      return bitString(base, node) ?? refuse();
    case 'octetString':
      return octetString(walk, type, base, json, node, path, depth);
    default:
      return refuse();
  }
}

function integerContents(value: number): Uint8Array {
  const writer = new BerWriter(16);
  writer.integer(value);
  return Uint8Array.from(writer.octets());
}

/** `word (code)`, `word`, or the code alone; a code without a name when the node says that it is one. */
function enumeratedCode(codes: ReadonlyMap<string, number>, node: GivenNode): number | undefined {
  const { value } = node;
  if (typeof value === 'number') {
    const named = [...codes.values()].includes(value);
    return named || (isExcused(node, 'a code without a name') && Number.isSafeInteger(value))
      ? value
      : undefined;
  }
  if (typeof value !== 'string') return undefined;
  const [, word = '', code] = /^(.*?)(?: \((-?\d+)\))?$/.exec(value) ?? [];
  const known = codes.get(word);
  return code === undefined || Number(code) === known ? known : undefined;
}

function objectIdentifierContents(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'string') return undefined;
  const arcs = value.split('.').map((arc) => (/^\d+$/.test(arc) ? Number(arc) : Number.NaN));
  if (!isObjectIdentifier(arcs)) return undefined;
  const writer = new BerWriter();
  writeObjectIdentifier(writer, arcs);
  return Uint8Array.from(writer.octets());
}

function characters(
  base: Extract<Node, { kind: 'characterString' }>,
  node: GivenNode,
): Uint8Array | undefined {
  const { value } = node;
  if (typeof value !== 'string') return undefined;
  if ((value.length < base.min || value.length > base.max) && !isExcused(node, 'size')) return undefined;
  const codes = Array.from({ length: value.length }, (_, at) => value.charCodeAt(at));
  return codes.every((code) => code <= 0xff) ? Uint8Array.from(codes) : undefined;
}

function bitString(base: Extract<Node, { kind: 'bitString' }>, node: GivenNode): Uint8Array | undefined {
  const given = bitsOf(base, node);
  if (given === undefined) return undefined;
  const { octets, bitCount } = given;
  if ((bitCount < base.min || bitCount > base.max) && !isExcused(node, 'size')) return undefined;
  return Uint8Array.of(octets.length * 8 - bitCount, ...octets);
}

interface Bits {
  readonly octets: Uint8Array;
  readonly bitCount: number;
}

function bitsOf(base: Extract<Node, { kind: 'bitString' }>, node: GivenNode): Bits | undefined {
  const { value, bitCount } = node;
  const hexadecimal = node.octets ?? (base.bits === undefined ? value : undefined);
  if (hexadecimal !== undefined) {
    const octets = hexOctets(hexadecimal);
    const count = bitCount ?? (octets === undefined ? 0 : octets.length * 8);
    if (octets === undefined || typeof count !== 'number' || !Number.isInteger(count)) return undefined;
    return count <= octets.length * 8 && count > octets.length * 8 - 8
      ? { octets, bitCount: count }
      : undefined;
  }
  const words = typeof value === 'string' ? value.split(' ').filter((word) => word !== '') : value;
  if (base.bits === undefined || !Array.isArray(words)) return undefined;
  const bits = words.map((word: unknown) => (/^\d+$/.test(String(word)) ? Number(word) : String(word)));
  const count = typeof bitCount === 'number' ? { bitCount } : {};
  return namedBitsOctets(base.bits, { bits, ...count }, base.min) ?? undefined;
}

function octetString(
  walk: Walk,
  type: Type,
  base: Extract<Node, { kind: 'octetString' }>,
  json: unknown,
  node: GivenNode,
  path: string,
  depth: number,
): Uint8Array | undefined {
  const before = walk.problems.length;
  const contents = octetsOf(walk, type, node, path, depth);
  if (contents === undefined)
    return walk.problems.length > before ? undefined : walk.refuse(path, json, describeType(type));
  const inside = contents.length >= base.min && contents.length <= base.max;
  return inside || isExcused(node, 'size') ? contents : walk.refuse(path, json, describeType(type));
}

function octetsOf(
  walk: Walk,
  type: Type,
  node: GivenNode,
  path: string,
  depth: number,
): Uint8Array | undefined {
  const { value, octets, children } = node;
  if (octets !== undefined) return hexOctets(octets);
  const within = typeWithin(type);
  if (within !== undefined) {
    if (typeof value === 'string') return hexOctets(value);
    const inner = children === undefined ? value : children[0];
    return inner === undefined
      ? undefined
      : walk.element(within.type, inner, `${path}.${within.name}`, depth + 1);
  }
  const writer = writerOf(type);
  if (writer === undefined) return hexOctets(value);
  if (typeof value !== 'string' && !(writer.numeric === true && typeof value === 'number')) return undefined;
  const parts = new Map<string, unknown>();
  for (const child of children ?? [])
    if (isObject(child) && typeof child['name'] === 'string') parts.set(child['name'], child['value']);
  return writer.write(String(value), parts);
}
