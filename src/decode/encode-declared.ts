/**
 * Octets from a tree or from plain values, walked side by side with the declaration: the way back of `declared-tree.ts`.
 * What breaks its declaration (a size, a range, a mandatory component that is missing) is refused, unless its node has the
 * note that says so: then it was received like that, and is to be sent like that.
 */
import { BerWriter, type Field, type Node, type Type } from '../stack/asn1/index.ts';
import { encodingOrder, resolve } from '../stack/asn1/tags.ts';
import { alternativesText, describeType, fieldsText } from './describe-type.ts';
import { primitiveContents } from './encode-primitive.ts';
import {
  type EncodeProblem,
  type GivenNode,
  hexOctets,
  isExcused,
  isObject,
  nodeOf,
  standing,
  type Walk,
} from './given-node.ts';

/** Problems that are told at once. */
export const PROBLEMS_MAX = 20;
const DEPTH_MAX = 48;

export class EncodeWalk implements Walk {
  readonly problems: EncodeProblem[] = [];

  refuse(path: string, json: unknown, allowed: string): undefined {
    if (this.problems.length < PROBLEMS_MAX) this.problems.push({ path, stands: standing(json), allowed });
    return undefined;
  }

  /** The whole element that `json` is as a value of `type`; undefined, with problems, when it is none. */
  element(type: Type, json: unknown, path: string, depth = 0): Uint8Array | undefined {
    if (depth > DEPTH_MAX) return this.refuse(path, json, `at most ${DEPTH_MAX} levels`);
    const node = nodeOf(json);
    if (node?.element !== undefined)
      return hexOctets(node.element) ?? this.refuse(path, node.element, 'a whole element in hexadecimal');
    const { identifiers, base } = resolve(type);
    const contents = this.#contents(type, base, json, node, path, depth);
    return contents && wrapped(identifiers, contents);
  }

  /** Contents of the innermost tag; of a CHOICE or ANY its element. */
  #contents(
    type: Type,
    base: ReturnType<typeof resolve>['base'],
    json: unknown,
    node: GivenNode | undefined,
    path: string,
    depth: number,
  ): Uint8Array | undefined {
    switch (base.kind) {
      case 'sequence':
      case 'set':
        return this.#sequence(base, json, node, path, depth);
      case 'choice':
        return this.#choice(base, json, node, path, depth);
      case 'sequenceOf':
      case 'setOf':
        return this.#list(base, json, node, path, depth);
      case 'any': {
        const octets = hexOctets(node === undefined ? json : node.value);
        return octets ?? this.refuse(path, json, describeType(type));
      }
      default:
        return primitiveContents(this, type, base, json, node ?? { value: json }, path, depth);
    }
  }

  #sequence(
    base: Extract<Node, { kind: 'sequence' | 'set' }>,
    json: unknown,
    node: GivenNode | undefined,
    path: string,
    depth: number,
  ): Uint8Array | undefined {
    const given = membersOf(json, node);
    if (given === undefined) return this.refuse(path, json, fieldsText(base.fields));
    const order = encodingOrder(base);
    const pieces: Piece[] = [];
    const absent = new Set<string>();
    let behind = -1;
    for (const { name, json: member } of given) {
      const place = order.findIndex((field) => field.name === name);
      const inner = nodeOf(member);
      if (place >= 0 && inner?.note === 'missing') {
        absent.add(name);
        continue;
      }
      const field = order[place];
      if (field === undefined || pieces.some((piece) => piece.field === field)) {
        const octets = hexOctets(inner?.element);
        if (octets !== undefined) pieces.push({ place: behind, octets });
        else this.refuse(`${path}.${name}`, member, field === undefined ? fieldsText(base.fields) : 'once');
        continue;
      }
      const octets = this.element(field.type, member, `${path}.${name}`, depth + 1) ?? new Uint8Array(0);
      pieces.push({ place, field, octets });
      behind = Math.max(behind, place);
    }
    for (const field of order)
      if (!field.optional && !absent.has(field.name) && !pieces.some((piece) => piece.field === field))
        this.refuse(`${path}.${field.name}`, undefined, describeType(field.type));
    const asReceived = given.some(({ json: member }) => isExcused(nodeOf(member), 'out of order'));
    // What no field covers stays behind the field that it stood behind: the sort is stable.
    if (!asReceived) pieces.sort((one, other) => one.place - other.place);
    return joined(pieces.map(({ octets }) => octets));
  }

  #choice(
    base: Extract<Node, { kind: 'choice' }>,
    json: unknown,
    node: GivenNode | undefined,
    path: string,
    depth: number,
  ): Uint8Array | undefined {
    const [one, ...more] = membersOf(json, node) ?? [];
    if (one === undefined || more.length > 0)
      return this.refuse(path, json, alternativesText(base.alternatives));
    const alternative = base.alternatives.find(({ name }) => name === one.name);
    if (alternative !== undefined)
      return this.element(alternative.type, one.json, `${path}.${one.name}`, depth + 1);
    return this.refuse(`${path}.${one.name}`, one.json, alternativesText(base.alternatives));
  }

  #list(
    base: Extract<Node, { kind: 'sequenceOf' | 'setOf' }>,
    json: unknown,
    node: GivenNode | undefined,
    path: string,
    depth: number,
  ): Uint8Array | undefined {
    const list: unknown = node?.children ?? (node === undefined ? json : node.value);
    const allowed = `a list of ${base.min} to ${base.max}, each: ${describeType(base.element)}`;
    if (!Array.isArray(list)) return this.refuse(path, json, allowed);
    if ((list.length < base.min || list.length > base.max) && !isExcused(node, 'size'))
      return this.refuse(path, json, allowed);
    const elements = list.map(
      (one, index) => this.element(base.element, one, `${path}[${index}]`, depth + 1) ?? new Uint8Array(0),
    );
    return joined(elements);
  }
}

/** An element of a SEQUENCE or SET; without a field: one that no field covers, and `place` is that of the one before it. */
interface Piece {
  readonly place: number;
  readonly field?: Field;
  readonly octets: Uint8Array;
}

interface Member {
  readonly name: string;
  readonly json: unknown;
}

/** Named parts of a node or of a plain object; undefined when it has none. */
export function membersOf(json: unknown, node: GivenNode | undefined): Member[] | undefined {
  if (node?.children !== undefined)
    return node.children.map((child) => ({
      name: isObject(child) && typeof child['name'] === 'string' ? child['name'] : '',
      json: child,
    }));
  const plain = node === undefined ? json : node.value;
  return isObject(plain) ? Object.entries(plain).map(([name, value]) => ({ name, json: value })) : undefined;
}

function wrapped(identifiers: readonly number[], contents: Uint8Array): Uint8Array {
  if (identifiers.length === 0) return contents;
  const writer = new BerWriter();
  writer.bytes(contents);
  for (const identifier of [...identifiers].reverse()) writer.header(identifier, 0);
  return Uint8Array.from(writer.octets());
}

export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
