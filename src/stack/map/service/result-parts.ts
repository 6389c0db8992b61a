/** A result that comes in parts, TC-RESULT-NL and a last one (3GPP TS 29.002 §16.2.2): each a SEQUENCE with some of its fields. */

/** Octets of all parts together; a result is never longer. */
const PARTS_OCTETS_MAX = 16_384;

/** One SEQUENCE with the fields of all parts in their order; null: they are not parts of one, or too long. */
export function joinParts(parts: readonly Uint8Array[]): Uint8Array | null {
  const [first] = parts;
  if (first === undefined) return null;
  if (parts.length === 1) return first;
  const contents: Uint8Array[] = [];
  let length = 0;
  for (const part of parts) {
    const content = contentOf(part);
    if (content === null || part[0] !== first[0]) return null;
    contents.push(content);
    length += content.length;
    if (length > PARTS_OCTETS_MAX) return null;
  }
  const joined = new Uint8Array(4 + length);
  joined.set([first[0]!, 0x82, length >> 8, length & 0xff]);
  let at = 4;
  for (const content of contents) {
    joined.set(content, at);
    at += content.length;
  }
  return joined;
}

/** Contents of a constructed element with a tag of one octet and a definite length (ITU-T X.690 §8.1). */
function contentOf(element: Uint8Array): Uint8Array | null {
  const [tag, first] = element;
  if (tag === undefined || first === undefined || (tag & 0x20) === 0 || (tag & 0x1f) === 0x1f) return null;
  if (first < 0x80) return element.length === 2 + first ? element.subarray(2) : null;
  const count = first & 0x7f;
  if (count === 0 || count > 2 || element.length < 2 + count) return null;
  let length = 0;
  for (let at = 0; at < count; at++) length = length * 256 + element[2 + at]!;
  return element.length === 2 + count + length ? element.subarray(2 + count) : null;
}
