/** What is shown of a message: a tree of the specification's names, with where each thing stands. */
export interface TreeNode {
  /** In the specification's spelling. */
  readonly name: string;
  /** What it says: digits of a number, name of a code, a number, or hexadecimal octets. */
  readonly value?: string | number | boolean | null;
  /** In octets, from the start of the message that was given (of a reassembled message: from its own start). */
  readonly offset: number;
  readonly length: number;
  /** Contents in hexadecimal, where `value` is a reading of them. */
  readonly octets?: string;
  /** Bits of a BIT STRING; its last octet need not be full. */
  readonly bitCount?: number;
  /** The whole element in hexadecimal, where no declaration covers it or it is no value of its type: it is encoded again as it came. */
  readonly element?: string;
  /** What is wrong here, or that nothing here is declared yet. */
  readonly note?: string;
  readonly children?: readonly TreeNode[];
}

export function hexOf(octets: Uint8Array): string {
  let text = '';
  for (const octet of octets) text += (octet < 16 ? '0' : '') + octet.toString(16);
  return text;
}

const VALUE_CHARACTERS_MAX = 200;

/** A line a node: `name: value (note)`, children indented. */
export function treeText(node: TreeNode, depth = 0): string {
  const { value, note, octets } = node;
  const parts = [node.name];
  if (value !== undefined && value !== null) {
    const text = typeof value === 'string' ? visible(value) : String(value);
    parts.push(`: ${text.length > VALUE_CHARACTERS_MAX ? `${text.slice(0, VALUE_CHARACTERS_MAX)}…` : text}`);
  }
  if (octets !== undefined && octets !== value && octets !== '') parts.push(`  [${octets}]`);
  if (note !== undefined) parts.push(`  (${note})`);
  let text = `${'  '.repeat(depth)}${parts.join('')}\n`;
  for (const child of node.children ?? []) text += treeText(child, depth + 1);
  return text;
}

/** Control characters do not reach a terminal. */
function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is replaced
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '·');
}

/** How many notes there are in a tree. */
export function notesIn(node: TreeNode): number {
  let count = node.note === undefined ? 0 : 1;
  for (const child of node.children ?? []) count += notesIn(child);
  return count;
}

/** The first node of that name, in the order of the text. */
export function findNode(node: TreeNode, name: string): TreeNode | undefined {
  if (node.name === name) return node;
  for (const child of node.children ?? []) {
    const found = findNode(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
