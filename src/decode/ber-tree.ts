/** Elements of BER that no declaration covers: tags, numbers and octets (ITU-T X.690 §8). */
import { type BerElement, berTree, readInteger, tagText } from '../stack/asn1/index.ts';
import { hexOf, type TreeNode } from './tree.ts';

/** The elements that stand from `offset` to `end`; what is no element ends the list with a note. */
export function berTrees(octets: Uint8Array, offset: number, end: number): TreeNode[] {
  const { elements, failure } = berTree(octets.subarray(offset, end));
  const nodes = elements.map((element) => {
    const node = elementNode(element, offset);
    return { ...node, element: hexOf(octets.subarray(node.offset, node.offset + node.length)) };
  });
  if (failure !== undefined) {
    const from = offset + failure.offset;
    const rest = hexOf(octets.subarray(from, end));
    nodes.push({
      name: 'octets',
      value: rest,
      element: rest,
      offset: from,
      length: end - from,
      note: `no sound BER: ${failure.code}`,
    });
  }
  return nodes;
}

function elementNode(element: BerElement, base: number): TreeNode {
  const { tagClass, tag, content, offset } = element;
  const name = tagText(tagClass, tag);
  const endOfContents = element.indefinite ? 2 : 0;
  const length = element.contentOffset - offset + content.length + endOfContents;
  const place = { offset: base + offset, length };
  if (element.constructed && element.failure === undefined)
    return { name, ...place, children: element.elements.map((inner) => elementNode(inner, base)) };
  if (tagClass === 0) {
    if ((tag === 2 || tag === 10) && content.length > 0 && content.length <= 6)
      return { name, value: readInteger(content, 0, content.length), ...place };
    if (tag === 6) return { name, value: objectIdentifierText(content), ...place };
    if (tag === 5 && content.length === 0) return { name, ...place };
  }
  return { name, value: hexOf(content), ...place };
}

/** Arcs with points between them; what is no object identifier is shown in hexadecimal. */
export function objectIdentifierText(contents: Uint8Array): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const octet of contents) {
    arc = arc * 128 + (octet & 0x7f);
    if (arc > Number.MAX_SAFE_INTEGER) return hexOf(contents);
    if (octet >= 0x80) continue;
    if (arcs.length === 0) {
      const first = Math.min(2, Math.floor(arc / 40));
      arcs.push(first, arc - first * 40);
    } else arcs.push(arc);
    arc = 0;
  }
  const cutOff = (contents[contents.length - 1] ?? 0x80) >= 0x80;
  return cutOff ? hexOf(contents) : arcs.join('.');
}
