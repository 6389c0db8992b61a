/** The default configuration file: every key with its meaning, what it allows and its default, made from the schema. */
import { stringify } from 'yaml';
import { type KeyNode, keyTree } from './introspection.ts';
import { configSchemas } from './schema/config.ts';

const width = 110;

/**
 * The text of `config/callwake.yaml`. Keys without a default have an example; one that may be left out stands behind a `#`.
 * It is a valid configuration.
 */
export function defaultConfigFile(): string {
  const lines = [
    '# Callwake: configuration. Every key is here, with its default or, where it has none, an example.',
    '# What is left out has its default. Times are in milliseconds (…Ms), sizes in octets (…Octets); relative paths',
    '# start from the folder of this file. `callwake run --config FILE --check` says all that is wrong with a file.',
    '# docs/configuration.md has the same as a table.',
  ];
  for (const [key, node] of keyTree(configSchemas.itu).children) {
    lines.push('');
    writeKey(lines, key, node, 0);
  }
  return `${lines.join('\n')}\n`;
}

function writeKey(lines: string[], key: string, node: KeyNode, depth: number): void {
  const indent = '  '.repeat(depth);
  const { document } = node;
  comment(lines, indent, '', document?.description ?? '');
  if (node.kind === 'section') {
    lines.push(`${indent}${key}:`);
    for (const [childKey, child] of node.children) writeKey(lines, childKey, child, depth + 1);
    return;
  }
  comment(lines, indent, '', `Allowed: ${document?.allowed ?? ''}.`);
  writeElementKeys(lines, indent, '', node);
  if (node.default !== undefined) write(lines, indent, key, node.default);
  if (document?.example === undefined) return;
  write(lines, node.required ? indent : `${indent}# `, key, document.example);
}

function write(lines: string[], indent: string, key: string, value: unknown): void {
  for (const line of stringify({ [key]: value }, { lineWidth: 0 })
    .trimEnd()
    .split('\n'))
    lines.push(`${indent}${line}`);
}

/** The keys of a list's elements, as comments. */
function writeElementKeys(lines: string[], indent: string, bullet: string, list: KeyNode): void {
  for (const [key, node] of list.children) {
    const { document } = node;
    const need = node.required ? ' Required.' : '';
    const standard =
      node.default === undefined || node.kind !== 'value' ? '' : ` Default: ${scalarText(node.default)}.`;
    const allowed = node.kind === 'section' ? '' : ` Allowed: ${document?.allowed ?? ''}.`;
    const text = `- ${key}: ${document?.description ?? ''}${allowed}${standard}${need}`;
    comment(lines, indent, bullet, text);
    writeElementKeys(lines, indent, `${bullet}  `, node);
  }
}

export function scalarText(value: unknown): string {
  return stringify(value, { lineWidth: 0, collectionStyle: 'flow' }).trimEnd();
}

/** Comment lines of a width that is comfortable to read; those behind the first hang under a bullet's text. */
function comment(lines: string[], indent: string, bullet: string, text: string): void {
  const hanging = text.startsWith('- ') ? `${bullet}  ` : bullet;
  let line = `${indent}# ${bullet}`;
  let words = 0;
  for (const word of text.split(' ')) {
    if (words > 0 && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `${indent}# ${hanging}${word}`;
    } else line += words === 0 ? word : ` ${word}`;
    words++;
  }
  lines.push(line);
}
