/** The reference of the configuration, made from the schema. */
import { scalarText } from './default-file.ts';
import { type KeyNode, keyTree } from './introspection.ts';
import { configSchemas } from './schema/config.ts';

/** The text of `docs/configuration.md`. */
export function configReference(): string {
  const lines = [
    '# Configuration',
    '',
    'One YAML file, given with `--config`; `config/callwake.yaml` is a complete one to start from.',
    '`callwake run --config FILE --check` says all that is wrong with a file, each with its line, the key, what stands there and what is allowed;',
    'a wrong file ends any command with exit code 78.',
    '',
    'A key that is left out has its default; an unknown key is an error. Times are in milliseconds (`…Ms`), sizes in octets (`…Octets`).',
    'Relative paths start from the folder of the file. Nothing listens beyond this machine unless a key says so.',
    '',
  ];
  for (const [key, node] of keyTree(configSchemas.itu).children) {
    lines.push(`## ${key}`, '', node.document?.description ?? '', '');
    lines.push('| key | default | meaning | allowed |', '|---|---|---|---|');
    for (const [childKey, child] of node.children) rows(lines, `${key}.${childKey}`, child);
    lines.push('');
  }
  return lines.join('\n');
}

function rows(lines: string[], path: string, node: KeyNode): void {
  const cells = [
    `\`${path}\``,
    standard(node),
    node.document?.description ?? '',
    node.document?.allowed ?? '',
  ];
  if (node.kind !== 'section') lines.push(`| ${cells.map(cell).join(' | ')} |`);
  const prefix = node.kind === 'list' ? `${path}[]` : path;
  for (const [key, child] of node.children) rows(lines, `${prefix}.${key}`, child);
}

function standard(node: KeyNode): string {
  if (node.required) return 'required';
  if (node.default === undefined) return '';
  const empty = Array.isArray(node.default) && node.default.length === 0;
  return empty ? 'none' : `\`${scalarText(node.default)}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
