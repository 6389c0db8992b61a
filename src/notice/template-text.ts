/** One text of the templates: literal pieces and placeholders, parsed once and filled in many times. */

export type Piece = string | { readonly name: string };
export type TemplateText = readonly Piece[];

export type ParsedText =
  | { readonly ok: true; readonly text: TemplateText }
  | { readonly ok: false; readonly message: string; readonly allowed: string };

/** Parses `source`: `{name}` for one of `placeholders`, `{{`, `}}`, `\n`, `\\`. */
export function parseTemplateText(source: string, placeholders: readonly string[]): ParsedText {
  const allowed =
    placeholders.length === 0 ? 'no placeholder' : placeholders.map((name) => `{${name}}`).join(' ');
  const pieces: Piece[] = [];
  let literal = '';
  for (let at = 0; at < source.length; at++) {
    const character = source.charAt(at);
    const pair = source.slice(at, at + 2);
    if (pair === '{{' || pair === '}}' || pair === '\\\\' || pair === '\\n') {
      literal += pair === '\\n' ? '\n' : character;
      at++;
    } else if (character === '{') {
      const end = source.indexOf('}', at);
      const name = end < 0 ? source.slice(at + 1) : source.slice(at + 1, end);
      if (end < 0) return { ok: false, message: `"{${name}" is not closed`, allowed };
      if (!placeholders.includes(name)) return { ok: false, message: `{${name}} is not known here`, allowed };
      if (literal !== '') pieces.push(literal);
      literal = '';
      pieces.push({ name });
      at = end;
    } else if (character === '}') {
      return { ok: false, message: 'a "}" without its "{"', allowed: '}} for the character itself' };
    } else literal += character;
  }
  if (literal !== '') pieces.push(literal);
  return { ok: true, text: pieces };
}

/** The text with its placeholders filled in; every placeholder was checked when it was parsed. */
export function fillIn(text: TemplateText, values: Readonly<Record<string, string>>): string {
  let filled = '';
  for (const piece of text) filled += typeof piece === 'string' ? piece : (values[piece.name] ?? '');
  return filled;
}
