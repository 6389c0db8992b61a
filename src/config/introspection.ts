/** The configuration's schema as a tree of documented keys: for problems, the default file and the reference. */
import { z } from 'zod';
import { type KeyDocument, keyDocuments } from './keys.ts';

export interface KeyNode {
  /** Undefined for what is not a key: the root. */
  readonly document: KeyDocument | undefined;
  /** What stands for a key that is left out, as it would be written; undefined: nothing does. */
  readonly default: unknown;
  readonly required: boolean;
  /** Keys of a section or of the elements of a list. */
  readonly children: ReadonlyMap<string, KeyNode>;
  readonly kind: 'value' | 'section' | 'list';
  /** Of a list. */
  readonly element: KeyNode | undefined;
}

export function keyTree(schema: z.ZodType): KeyNode {
  const document = keyDocuments.get(schema);
  let inner: unknown = schema;
  let value: unknown;
  let required = true;
  while (inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault || inner instanceof z.ZodOptional) {
    required = false;
    if (!(inner instanceof z.ZodOptional)) value = inner.def.defaultValue;
    inner = inner.unwrap();
  }
  const base = { document, default: value, required };
  if (inner instanceof z.ZodObject) {
    const shape = Object.entries(inner.shape);
    const children = new Map(shape.map(([key, child]) => [key, keyTree(child as z.ZodType)]));
    return { ...base, kind: 'section', children, element: undefined };
  }
  if (inner instanceof z.ZodArray) {
    const element = keyTree(inner.element as z.ZodType);
    return { ...base, kind: 'list', children: element.children, element };
  }
  return { ...base, kind: 'value', children: new Map(), element: undefined };
}

/** The key at a path; undefined when there is none. */
export function keyAt(root: KeyNode, path: readonly PropertyKey[]): KeyNode | undefined {
  let node: KeyNode | undefined = root;
  for (const step of path) {
    if (node === undefined) return undefined;
    node = typeof step === 'number' ? node.element : node.children.get(String(step));
  }
  return node;
}
