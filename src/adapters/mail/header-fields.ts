/** Header fields and their parameters (RFC 5322 §2.2, RFC 2045 §5.1), of messages that anybody may have written. */

const FIELDS_MAX = 200;
const VALUE_MAX = 2_000;

/**
 * Fields up to the first empty line, by their names in small letters, unfolded; of several with a name the first. What is no
 * field is skipped.
 */
export function readFields(lines: readonly string[]): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let name = '';
  let value = '';
  const keep = (): void => {
    if (name !== '' && !fields.has(name) && fields.size < FIELDS_MAX) fields.set(name, value.trim());
  };
  for (const line of lines) {
    if (line === '') break;
    if (/^[ \t]/.test(line)) {
      if (value.length < VALUE_MAX) value += line.slice(0, VALUE_MAX);
      continue;
    }
    keep();
    const colon = line.indexOf(':');
    name = colon > 0 && colon <= 100 ? line.slice(0, colon).trimEnd().toLowerCase() : '';
    value = line.slice(colon + 1, colon + 1 + VALUE_MAX);
  }
  keep();
  return fields;
}

export interface ContentType {
  /** In small letters: `multipart/report`. */
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const PARAMETER = /\s*;\s*([^\s=;"]{1,60})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/gy;

export function readContentType(value: string | undefined): ContentType {
  const [, type = ''] = /^\s*([^\s;]{1,100})/.exec(value ?? '') ?? [];
  const parameters = new Map<string, string>();
  const rest = (value ?? '').slice((value ?? '').indexOf(';'));
  PARAMETER.lastIndex = 0;
  for (let found = PARAMETER.exec(rest); found !== null; found = PARAMETER.exec(rest)) {
    const [, name = '', quoted, plain = ''] = found;
    if (!parameters.has(name.toLowerCase()))
      parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? plain);
  }
  return { type: type.toLowerCase(), parameters };
}
