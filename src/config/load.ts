import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { inconsistencies } from './consistency.ts';
import { type KeyNode, keyAt, keyTree } from './introspection.ts';
import { type ConfigProblem, pathText, valueText } from './problem.ts';
import { type Config, configSchemas } from './schema/config.ts';
import { nearest } from './suggestion.ts';

export type LoadedConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

type Path = readonly PropertyKey[];

/** Reads a configuration (YAML 1.2) and says all that is wrong with it, in the order of its lines. Relative paths in it are left as they are. */
export function loadConfig(text: string): LoadedConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    return {
      ok: false,
      problems: document.errors.map((error) => ({
        path: '',
        value: undefined,
        message: (error.message.split(/ at line |\n/)[0] ?? '').trim(),
        allowed: 'YAML, each key once',
        line: lines.linePos(error.pos[0]).line,
      })),
    };
  }
  keepDigits(document);
  const raw = withoutNulls(toPlain(document));
  const schema = configSchemas[formatOf(raw)];
  const tree = keyTree(schema);
  const result = schema.safeParse(raw);
  const found = new Map<string, ConfigProblem>();
  const add = (path: Path, message: string, allowed: string): void => {
    const key = pathText(path);
    const line = lineOf(document, lines, path);
    const isSecret = keyAt(tree, path)?.document?.isSecret === true;
    if (!found.has(key))
      found.set(key, {
        path: key,
        value: isSecret ? undefined : valueAt(raw, path),
        message,
        allowed,
        ...(line === undefined ? {} : { line }),
      });
  };
  for (const issue of result.error?.issues ?? []) addIssue(issue, raw, tree, add);
  const defaultOf = (path: readonly string[]) => keyAt(tree, path)?.default;
  for (const { path, message, allowed } of inconsistencies(raw, defaultOf)) add(path, message, allowed);
  if (result.success && found.size === 0) return { ok: true, config: result.data };
  const problems = [...found.values()].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return { ok: false, problems };
}

function addIssue(
  issue: z.core.$ZodIssue,
  raw: unknown,
  tree: KeyNode,
  add: (path: Path, message: string, allowed: string) => void,
): void {
  const { path } = issue;
  const node = keyAt(tree, path);
  if (issue.code === 'unrecognized_keys') {
    const known = [...(node?.children.keys() ?? [])];
    for (const key of issue.keys) {
      const meant = nearest(key, known);
      const hint = meant === undefined ? '' : `, did you mean ${meant}?`;
      add([...path, key], `there is no such key${hint}`, known.join(', '));
    }
    return;
  }
  const value = valueAt(raw, path);
  const shown = node?.document?.isSecret === true ? 'what stands there' : valueText(value);
  const message = value === undefined ? 'is missing' : `${shown} is not allowed`;
  add(path, message, node?.document?.allowed ?? (path.length === 0 ? 'a map of sections' : issue.message));
}

/** How its point codes are written decides which schema a file is checked by; the key itself is checked there. */
function formatOf(raw: unknown): keyof typeof configSchemas {
  const format = valueAt(raw, ['signalling', 'pointCodeFormat']);
  return typeof format === 'string' && Object.hasOwn(configSchemas, format)
    ? (format as keyof typeof configSchemas)
    : 'itu';
}

/** YAML reads `0049` as 49: digits that a number would not keep stay the text that was written. */
function keepDigits(document: Document): void {
  visit(document, {
    Scalar: (_key, node) => {
      if (typeof node.value !== 'number' || node.source === undefined) return;
      if (/^\+?\d+$/.test(node.source) && node.source !== `${node.value}`) node.value = node.source;
    },
  });
}

function toPlain(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch {
    // Aliases that multiply without end: nothing that could be a configuration.
    return undefined;
  }
}

/**
 * The tree as plain maps and lists. A key with nothing behind it is one that is left out, so that a section can be commented
 * out line by line. What contains itself, which anchors allow, ends where it begins anew.
 */
function withoutNulls(value: unknown, around: readonly unknown[] = []): unknown {
  if (value === null || value === undefined) return around.length === 0 ? {} : null;
  if (typeof value !== 'object') return value;
  if (around.includes(value)) return 'a part of itself';
  const within = [...around, value];
  if (Array.isArray(value)) return value.map((one: unknown) => withoutNulls(one, within));
  const kept = Object.entries(value).filter(([, held]) => held !== null && held !== undefined);
  return Object.fromEntries(kept.map(([key, held]) => [key, withoutNulls(held, within)]));
}

function valueAt(raw: unknown, path: Path): unknown {
  let value = raw;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.hasOwn(value, step) ? (value as Record<PropertyKey, unknown>)[step] : undefined;
  }
  return value;
}

/** The line of the key at a path, or of the nearest thing around it that is in the file. */
function lineOf(document: Document, lines: LineCounter, path: Path): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const step = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === step);
      if (pair !== undefined && isNode(pair.key) && pair.key.range)
        return lines.linePos(pair.key.range[0]).line;
    }
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}
