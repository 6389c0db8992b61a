/**
 * What is given to be encoded: a tree as `callwake decode --json` prints it, or plain values under the names of their
 * fields. Both may stand in one document.
 */
import type { Type } from '../stack/asn1/index.ts';

/** What is wrong with what was given: where, what stands there, and what may. */
export interface EncodeProblem {
  /** `initialDP.locationInformation.ageOfLocationInformation`. */
  readonly path: string;
  readonly stands: string;
  readonly allowed: string;
}

/** A walk through what was given: what one kind of type needs of the others. */
export interface Walk {
  readonly problems: readonly EncodeProblem[];
  refuse(path: string, json: unknown, allowed: string): undefined;
  /** The whole element that `json` is as a value of `type`; undefined, with problems, when it is none. */
  element(type: Type, json: unknown, path: string, depth: number): Uint8Array | undefined;
}

/** A node of a tree; of its keys only those that say something about the octets. */
export interface GivenNode {
  readonly name?: string;
  readonly value?: unknown;
  readonly octets?: unknown;
  readonly bitCount?: unknown;
  readonly element?: unknown;
  readonly note?: string;
  readonly children?: readonly unknown[];
}

const NODE_KEYS = new Set([
  'name',
  'value',
  'octets',
  'bitCount',
  'element',
  'note',
  'children',
  'offset',
  'length',
  'operation',
  'part',
  'protocol',
  'version',
  'covered',
]);
const SAYING = ['value', 'octets', 'element', 'children', 'note'] as const;

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(json: unknown): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** The node that `json` is; undefined when it is a plain value. */
export function nodeOf(json: unknown): GivenNode | undefined {
  if (!isObject(json) || !Object.keys(json).every((key) => NODE_KEYS.has(key))) return undefined;
  if (!SAYING.some((key) => Object.hasOwn(json, key))) return undefined;
  const { name, note, children, ...rest } = json as { readonly [key: string]: unknown };
  return {
    ...rest,
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof note === 'string' ? { note } : {}),
    ...(Array.isArray(children) ? { children: children as readonly unknown[] } : {}),
  };
}

const SHOWN_CHARACTERS_MAX = 60;

/** A value as it stands in the document, cut to a readable length. */
export function standing(json: unknown): string {
  if (json === undefined) return 'nothing';
  const text = JSON.stringify(json);
  return text.length > SHOWN_CHARACTERS_MAX ? `${text.slice(0, SHOWN_CHARACTERS_MAX)}…` : text;
}

/** Octets of hexadecimal digits, blanks and colons left out; undefined when it is none. */
export function hexOctets(text: unknown): Uint8Array | undefined {
  if (typeof text !== 'string') return undefined;
  const digits = text.replace(/[\s:]/g, '');
  if (digits.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(digits)) return undefined;
  return Uint8Array.from(Buffer.from(digits, 'hex'));
}

/** Whether the node says itself what is out of the ordinary with it, as a decoded one does. */
export function isExcused(node: GivenNode | undefined, note: string): boolean {
  return node?.note === note;
}
