/** What stands on the wire around a type: its tags, and what is below tags, mappings and names. */
import { strict as assert } from 'node:assert';
import { CONSTRUCTED, identifierOf } from './ber.ts';
import type { Mapping, Node, Type } from './declaration.ts';

/** A node that has contents of its own. */
export type BaseNode = Exclude<Node, { kind: 'tagged' | 'lazy' | 'mapped' | 'named' }>;

export interface Resolved {
  /** Identifiers, outermost first; the last one is that of the contents. Empty: a CHOICE or ANY without a tag. */
  readonly identifiers: readonly number[];
  readonly base: BaseNode;
  /** Outermost first. */
  readonly mappings: readonly Mapping<unknown, unknown>[];
  /** `lazy` was passed: a level that counts towards `DEPTH_MAX`. */
  readonly lazy: boolean;
  /** The specification's spelling, where it was given. */
  readonly name: string | undefined;
}

const universalTags = {
  sequence: 16,
  set: 17,
  sequenceOf: 16,
  setOf: 17,
  integer: 2,
  boolean: 1,
  null: 5,
  objectIdentifier: 6,
  enumerated: 10,
  octetString: 4,
  bitString: 3,
} as const;

/** The identifier without its constructed bit: what tells one component from another. */
export const tagKey = (identifier: number): number => identifier & ~CONSTRUCTED;

const CONSTRUCTED_KINDS = new Set(['sequence', 'set', 'sequenceOf', 'setOf']);

const resolvedTypes = new WeakMap<Type, Resolved>();

/** Looks through tags, mappings, names and `lazy`, once for each type. */
export function resolve(type: Type): Resolved {
  const known = resolvedTypes.get(type);
  if (known !== undefined) return known;
  const resolved = resolveNew(type);
  resolvedTypes.set(type, resolved);
  return resolved;
}

function resolveNew(type: Type): Resolved {
  const tags: Extract<Node, { kind: 'tagged' }>[] = [];
  const mappings: Mapping<unknown, unknown>[] = [];
  let lazy = false;
  let name: string | undefined;
  let { node } = type;
  for (let steps = 0; ; steps++) {
    assert(steps < 100, 'a type is declared as itself');
    if (node.kind === 'tagged') tags.push(node);
    else if (node.kind === 'mapped') mappings.push(node.mapping);
    else if (node.kind === 'lazy') lazy = true;
    else if (node.kind === 'named') name ??= node.name;
    else break;
    node = node.kind === 'lazy' ? node.type().node : node.type.node;
  }
  const base: BaseNode = node;
  let identifiers: number[] = [];
  if (base.kind === 'characterString') identifiers = [base.set];
  else if (base.kind !== 'choice' && base.kind !== 'any')
    identifiers = [identifierOf(0, CONSTRUCTED_KINDS.has(base.kind), universalTags[base.kind])];
  for (const { mode, tagClass, tag } of tags.reverse()) {
    const [first, ...rest] = identifiers;
    // ITU-T X.680 §31.2.9: an implicit tag on a CHOICE or an open type is explicit.
    if (mode === 'explicit' || first === undefined)
      identifiers = [identifierOf(tagClass, true, tag), ...identifiers];
    else identifiers = [identifierOf(tagClass, (first & CONSTRUCTED) !== 0, tag), ...rest];
  }
  return { identifiers, base, mappings, lazy, name };
}

/** Keys of the tags that an element of the type may have; 'any' when every one will do. */
export function keysOf(type: Type): ReadonlySet<number> | 'any' {
  let known = keysOfTypes.get(type);
  if (known === undefined) {
    known = keys(type, 0);
    keysOfTypes.set(type, known);
  }
  return known;
}

const keysOfTypes = new WeakMap<Type, ReadonlySet<number> | 'any'>();

function keys(type: Type, depth: number): ReadonlySet<number> | 'any' {
  assert(depth < 100, 'a CHOICE contains itself');
  const { identifiers, base } = resolve(type);
  if (identifiers.length > 0) return new Set([tagKey(identifiers[0]!)]);
  if (base.kind === 'any') return 'any';
  assert(base.kind === 'choice');
  const all = new Set<number>();
  for (const alternative of base.alternatives) {
    const some = keys(alternative.type, depth + 1);
    assert(some !== 'any', `${alternative.name}: ANY without a tag cannot be told from other alternatives`);
    for (const key of some) {
      assert(!all.has(key), `${alternative.name}: tag of two alternatives`);
      all.add(key);
    }
  }
  return all;
}

/** The smallest key: where a component stands in a SET. ITU-T X.690 §10.3. */
function smallestKey(type: Type): number {
  const found = keysOf(type);
  assert(found !== 'any', 'ANY without a tag in a SET');
  return Math.min(...[...found].map(orderOfKey));
}

const orderOfKey = (key: number): number =>
  ((key >> 6) & 3) * 2 ** 24 + ((key & 0x1f) === 0x1f ? key >> 8 : key & 0x1f);

/** Fields in the order of their encoding. ITU-T X.690 §8.9.2, §10.3. */
export function encodingOrder(node: Extract<Node, { kind: 'sequence' | 'set' }>): typeof node.fields {
  if (node.kind === 'sequence') return node.fields;
  return [...node.fields].sort((one, other) => smallestKey(one.type) - smallestKey(other.type));
}
