/**
 * A tree from octets and a declaration, walked side by side: names and places of everything, as far as the octets go. It
 * takes more than a codec does (a component out of order, a value out of range), and says with a note what it met.
 */
import { BerReader, type Node, readInteger, type Type, tagText } from '../stack/asn1/index.ts';
import { keysOf, resolve, tagKey } from '../stack/asn1/tags.ts';
import { berTrees, objectIdentifierText } from './ber-tree.ts';
import { meaningOf, typeWithMeaning } from './meanings.ts';
import { hexOf, type TreeNode } from './tree.ts';

const DEPTH_MAX = 48;

/** What is shown of elements that no field covers. */
export const NOT_COVERED = 'not covered by the declaration';

/** The element that `octets` are from `offset` to `end`, as a value of `type`. */
export function declaredTree(
  type: Type,
  octets: Uint8Array,
  name: string,
  offset = 0,
  end = octets.length,
): TreeNode {
  const reader = new BerReader().reset(octets, offset, end);
  if (!reader.next()) {
    const note = reader.failureCode === '' ? 'empty' : `no sound BER: ${reader.failureCode}`;
    const element = hexOf(octets.subarray(offset, end));
    return { name, value: element, element, offset, length: end - offset, note };
  }
  const node = walk(type, reader, name, 0);
  if (reader.offset >= end) return node;
  const rest = berTrees(octets, reader.offset, end);
  return {
    ...node,
    children: [...(node.children ?? []), ...rest.map((one) => noted(one, 'behind the end'))],
  };
}

function noted(node: TreeNode, note: string): TreeNode {
  return { ...node, note: node.note ?? note };
}

/** Whether an element with this identifier may be a value of the type. */
function fits(type: Type, identifier: number): boolean {
  const keys = keysOf(type);
  return keys === 'any' || keys.has(tagKey(identifier));
}

/** Notes on what its type has no value for. */
const NO_VALUE =
  /^(?:too deep|the inner element is missing|none of the alternatives|a NULL with contents|no number|no BIT STRING|constructed|primitive|a .* stands here)$/;

/** The element that `reader` has just read; what has no value of its type keeps its octets. */
function walk(type: Type, reader: BerReader, name: string, depth: number): TreeNode {
  const from = reader.elementOffset;
  const node = walkElement(type, reader, name, depth);
  if (node.note === undefined || !NO_VALUE.test(node.note)) return node;
  return { ...node, element: hexOf(reader.buffer.subarray(from, reader.offset)) };
}

function walkElement(type: Type, reader: BerReader, name: string, depth: number): TreeNode {
  const place = { offset: reader.elementOffset, length: reader.offset - reader.elementOffset };
  if (depth > DEPTH_MAX) return { name, value: hexOf(reader.content()), ...place, note: 'too deep' };
  const { identifiers, base } = resolve(type);
  let inner = reader;
  for (const [index, identifier] of identifiers.entries()) {
    if (index > 0) {
      const next = enter(inner);
      if (next === undefined)
        return { name, value: hexOf(reader.content()), ...place, note: 'the inner element is missing' };
      inner = next;
    }
    if (tagKey(inner.identifier) !== tagKey(identifier)) {
      return {
        name,
        ...place,
        note: `a ${tagText(inner.tagClass, inner.tag)} stands here`,
        children: berTrees(inner.buffer, inner.elementOffset, inner.offset),
      };
    }
  }
  if (base.kind === 'choice' || base.kind === 'any') {
    if (identifiers.length > 0) {
      const next = enter(inner);
      if (next === undefined)
        return { name, value: hexOf(reader.content()), ...place, note: 'the inner element is missing' };
      inner = next;
    }
    return base.kind === 'choice' ? choiceTree(base, inner, name, place, depth) : anyTree(inner, name, place);
  }
  if (inner.constructed === isConstructed(base)) return baseTree(type, base, inner, name, place, depth);
  if (inner.constructed)
    return {
      name,
      ...place,
      note: 'constructed',
      children: berTrees(inner.buffer, inner.contentOffset, inner.contentEnd),
    };
  return { name, value: hexOf(inner.content()), ...place, note: 'primitive' };
}

/** ITU-T X.690 §8.1.2.5; that a string may come in parts (§8.7.3) is not used in MAP and CAP. */
function isConstructed({ kind }: Node): boolean {
  return kind === 'sequence' || kind === 'set' || kind === 'sequenceOf' || kind === 'setOf';
}

type Place = Pick<TreeNode, 'offset' | 'length'>;

function enter(reader: BerReader): BerReader | undefined {
  const inner = new BerReader().reset(reader.buffer, reader.contentOffset, reader.contentEnd);
  return reader.constructed && inner.next() ? inner : undefined;
}

function anyTree(reader: BerReader, name: string, place: Place): TreeNode {
  const element = hexOf(reader.buffer.subarray(place.offset, place.offset + place.length));
  return { name, ...place, element, children: berTrees(reader.buffer, reader.elementOffset, reader.offset) };
}

function choiceTree(
  base: Extract<Node, { kind: 'choice' }>,
  reader: BerReader,
  name: string,
  place: Place,
  depth: number,
): TreeNode {
  const alternative = base.alternatives.find((one) => fits(one.type, reader.identifier));
  if (alternative === undefined) {
    const children = berTrees(reader.buffer, reader.elementOffset, reader.offset);
    return { name, ...place, note: 'none of the alternatives', children };
  }
  return { name, ...place, children: [walk(alternative.type, reader, alternative.name, depth + 1)] };
}

function baseTree(
  type: Type,
  base: Exclude<Node, { kind: 'choice' | 'tagged' | 'lazy' | 'mapped' | 'named' }>,
  reader: BerReader,
  name: string,
  place: Place,
  depth: number,
): TreeNode {
  const contents = reader.content();
  switch (base.kind) {
    case 'sequence':
    case 'set':
      return { name, ...place, children: fieldTrees(base, reader, depth) };
    case 'sequenceOf':
    case 'setOf':
      return elementsTree(base, reader, name, place, depth);
    case 'null':
      return {
        name,
        value: null,
        ...place,
        ...(contents.length > 0 ? { note: 'a NULL with contents' } : {}),
      };
    case 'boolean':
      return { name, value: contents.some((octet) => octet !== 0), ...place };
    case 'integer': {
      const value = readInteger(contents, 0, contents.length);
      if (Number.isNaN(value)) return { name, value: hexOf(contents), ...place, note: 'no number' };
      return { name, value, ...place, ...outOf(value, base, 'out of range') };
    }
    case 'enumerated': {
      const value = readInteger(contents, 0, contents.length);
      for (const [word, code] of base.codes)
        if (code === value) return { name, value: `${word} (${code})`, ...place };
      return Number.isNaN(value)
        ? { name, value: hexOf(contents), ...place, note: 'no number' }
        : { name, value, ...place, note: 'a code without a name' };
    }
    case 'objectIdentifier':
      return { name, value: objectIdentifierText(contents), ...place };
    case 'characterString':
      return { name, value: String.fromCharCode(...contents.subarray(0, 4096)), ...place };
    case 'bitString':
      return bitStringTree(base, contents, name, place);
    case 'octetString':
      return octetStringTree(type, base, reader, name, place);
    case 'any':
      return anyTree(reader, name, place);
    default:
      return base satisfies never;
  }
}

function outOf(value: number, range: { min: number; max: number }, note: string): { note?: string } {
  return value < range.min || value > range.max ? { note } : {};
}

function fieldTrees(
  base: Extract<Node, { kind: 'sequence' | 'set' }>,
  reader: BerReader,
  depth: number,
): TreeNode[] {
  const { fields } = base;
  const nodes: TreeNode[] = [];
  const seen = new Set<number>();
  const inner = new BerReader().reset(reader.buffer, reader.contentOffset, reader.contentEnd);
  let next = 0;
  while (inner.next()) {
    const { identifier } = inner;
    let index = fields.findIndex((field, at) => at >= next && !seen.has(at) && fits(field.type, identifier));
    const inOrder = index >= 0;
    if (!inOrder) index = fields.findIndex((field, at) => !seen.has(at) && fits(field.type, identifier));
    const field = fields[index];
    if (field === undefined) {
      for (const one of berTrees(inner.buffer, inner.elementOffset, inner.offset))
        nodes.push(noted(one, NOT_COVERED));
      continue;
    }
    seen.add(index);
    const node = walk(field.type, inner, field.name, depth + 1);
    nodes.push(inOrder || base.kind === 'set' ? node : noted(node, 'out of order'));
    if (inOrder && base.kind === 'sequence') next = index + 1;
  }
  for (const [index, field] of fields.entries())
    if (!field.optional && !seen.has(index))
      nodes.push({ name: field.name, offset: reader.contentEnd, length: 0, note: 'missing' });
  nodes.push(...unsound(inner, reader.contentEnd));
  return nodes;
}

function elementsTree(
  base: Extract<Node, { kind: 'sequenceOf' | 'setOf' }>,
  reader: BerReader,
  name: string,
  place: Place,
  depth: number,
): TreeNode {
  const inner = new BerReader().reset(reader.buffer, reader.contentOffset, reader.contentEnd);
  const nodes: TreeNode[] = [];
  while (inner.next()) nodes.push(walk(base.element, inner, `[${nodes.length}]`, depth + 1));
  const size = outOf(nodes.length, base, 'size');
  nodes.push(...unsound(inner, reader.contentEnd));
  return { name, ...place, ...size, children: nodes };
}

function unsound(reader: BerReader, end: number): TreeNode[] {
  return reader.failureCode === '' ? [] : berTrees(reader.buffer, reader.offset, end);
}

function bitStringTree(
  base: Extract<Node, { kind: 'bitString' }>,
  contents: Uint8Array,
  name: string,
  place: Place,
): TreeNode {
  const unused = contents[0] ?? 0;
  const bitCount = Math.max(0, (contents.length - 1) * 8 - unused);
  const octets = hexOf(contents.subarray(1));
  if (contents.length === 0 || unused > 7)
    return { name, value: hexOf(contents), ...place, note: 'no BIT STRING' };
  const size = outOf(bitCount, base, 'size');
  if (base.bits === undefined) return { name, value: octets, bitCount, ...place, ...size };
  const names: string[] = [];
  for (let bit = 0; bit < bitCount; bit++) {
    if (((contents[1 + (bit >> 3)]! << (bit & 7)) & 0x80) === 0) continue;
    let word = String(bit);
    for (const [known, at] of base.bits) if (at === bit) word = known;
    names.push(word);
  }
  return { name, value: names.join(' '), octets, bitCount, ...place, ...size };
}

function octetStringTree(
  type: Type,
  base: Extract<Node, { kind: 'octetString' }>,
  reader: BerReader,
  name: string,
  place: Place,
): TreeNode {
  const contents = reader.content();
  const octets = hexOf(contents);
  const size = outOf(contents.length, base, 'size');
  const meaning = meaningOf(type, contents);
  if (meaning === undefined) {
    // Where a reading is usual, the octets say that this is none.
    const unread = typeWithMeaning(type) === undefined ? {} : { octets };
    return { name, value: octets, ...unread, ...place, ...size };
  }
  const inside = { offset: reader.contentOffset, length: contents.length };
  if ('type' in meaning) {
    const within = declaredTree(
      meaning.type,
      reader.buffer,
      meaning.name,
      reader.contentOffset,
      reader.contentEnd,
    );
    return { name, value: octets, ...place, ...size, children: [within] };
  }
  const children = Object.entries(meaning.parts ?? {}).map(([part, value]) => ({
    name: part,
    value,
    ...inside,
  }));
  const note = meaning.note === undefined ? {} : { note: meaning.note };
  return {
    name,
    value: meaning.value,
    octets,
    ...place,
    ...note,
    ...size,
    ...(children.length > 0 ? { children } : {}),
  };
}
