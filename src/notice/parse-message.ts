/**
 * ICU MessageFormat, as far as templates need it: placeholders, plural, selectordinal, select and whole numbers. Dates and times are refused: their
 * names and order are data of the file, because what the runtime knows of them changes with it, and a notice that goes out
 * again must be the same to the octet.
 */
import {
  type LiteralElement,
  type Location,
  type MessageFormatElement,
  type PluralElement,
  parse,
  type SelectElement,
  TYPE,
} from '@formatjs/icu-messageformat-parser';
import { type LanguageForms, type PluralCategory, pluralCategories } from './language-forms.ts';
import type { Message, Piece } from './message.ts';

/** What a placeholder stands for; a number may choose a plural. */
export type PlaceholderKind = 'number' | 'phone' | 'text';
export type Placeholders = Readonly<Record<string, PlaceholderKind>>;

export interface MessageProblem {
  /** Lines below the text's first one. */
  readonly lines: number;
  readonly message: string;
  readonly allowed: string;
}

export type ParsedMessage =
  | { readonly ok: true; readonly message: Message }
  | { readonly ok: false; readonly problem: MessageProblem };

/** What the parser's refusals mean; `…` is what stands there. */
const refusals: Readonly<Record<string, readonly [message: string, allowed: string]>> = {
  EXPECT_ARGUMENT_CLOSING_BRACE: ['"…" is not closed', "{name}, or '{' for the character itself"],
  EMPTY_ARGUMENT: ['"…" has no name', "{name}, or '{}' for the characters themselves"],
  MALFORMED_ARGUMENT: ['"…" is no placeholder', "{name}, or '{' for the character itself"],
  MISSING_OTHER_CLAUSE: ['a choice has no form for all the others', 'other {…} as its last form'],
  DUPLICATE_PLURAL_ARGUMENT_SELECTOR: ['"…" comes twice', 'each form once'],
  DUPLICATE_SELECT_ARGUMENT_SELECTOR: ['"…" comes twice', 'each form once'],
};

/** A fault in a text, until {@link parseMessage} makes a value of it. */
class Refusal extends Error {
  readonly problem: MessageProblem;

  constructor(message: string, allowed: string, lines = 0) {
    super(message);
    this.problem = { lines, message, allowed };
  }
}

interface Context {
  readonly source: string;
  readonly placeholders: Placeholders;
  readonly forms: LanguageForms;
  /** Of the plural that stands around: what `#` is. */
  readonly counted?: { readonly name: string; readonly offset: number };
}

/**
 * Parses `source`; its lines are one text, joined by blanks. In literal text `\n` is a new line, `\uXXXX` a character by its code and `\\` a backslash.
 */
export function parseMessage(
  source: string,
  placeholders: Placeholders,
  forms: LanguageForms,
): ParsedMessage {
  try {
    return { ok: true, message: compile(elementsOf(source), { source, placeholders, forms }) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, problem: error.problem };
    throw error;
  }
}

function elementsOf(source: string): readonly MessageFormatElement[] {
  try {
    return parse(source, { ignoreTag: true, captureLocation: true, shouldParseSkeletons: false });
  } catch (error) {
    const { message, location } = error as Error & { readonly location?: Location };
    const [says, allowed] = refusals[message] ?? [
      `"…" is not ICU MessageFormat (${message.toLowerCase().replaceAll('_', ' ')})`,
      '{name}, {name, plural, one {…} other {…}}, {name, select, a {…} other {…}}, {name, number}',
    ];
    const { line = 1, offset = 0 } = location?.start ?? {};
    const stands = /^\{[^}\n]{0,40}\}?|^\S{0,40}/.exec(source.slice(offset))?.[0] ?? '';
    throw new Refusal(
      says.replace('…', () => stands),
      allowed,
      line - 1,
    );
  }
}

function compile(elements: readonly MessageFormatElement[], context: Context): Message {
  const pieces: Piece[] = [];
  for (const element of elements) {
    const piece = compileElement(element, context);
    const last = pieces.length - 1;
    const before = pieces[last];
    if (typeof piece === 'string' && typeof before === 'string') pieces[last] = before + piece;
    else pieces.push(piece);
  }
  return pieces;
}

function compileElement(element: MessageFormatElement, context: Context): Piece {
  const lines = (element.location?.start.line ?? 1) - 1;
  switch (element.type) {
    case TYPE.literal:
      return literalText(element, context, lines);
    case TYPE.argument:
      kindOf(element.value, context, lines);
      return { kind: 'argument', name: element.value };
    case TYPE.number:
      number(element.value, context, lines);
      if (element.style !== undefined && element.style !== null)
        throw new Refusal(
          `{${element.value}, number} has no style here`,
          `{${element.value}, number}`,
          lines,
        );
      return { kind: 'number', name: element.value, offset: 0, forms: context.forms };
    case TYPE.pound: {
      const { counted } = context;
      if (counted === undefined) return '#';
      return { kind: 'number', ...counted, forms: context.forms };
    }
    case TYPE.plural:
      return compilePlural(element, context, lines);
    case TYPE.select:
      return compileSelect(element, context, lines);
    case TYPE.date:
    case TYPE.time:
    case TYPE.tag:
      throw new Refusal(
        `{${element.value}} as a date or time of the runtime would not be the same after an update`,
        'months, weekdays and the texts time.… of the file',
        lines,
      );
  }
}

function compilePlural(element: PluralElement, context: Context, lines: number): Piece {
  const { value: name, offset } = element;
  number(name, context, lines);
  const within = { ...context, counted: { name, offset } };
  const exact = new Map<number, Message>();
  const options: Partial<Record<PluralCategory, Message>> = {};
  for (const [selector, option] of Object.entries(element.options)) {
    const message = compile(option.value, within);
    if (selector.startsWith('=')) exact.set(Number(selector.slice(1)), message);
    else if (isCategory(selector)) options[selector] = message;
    else {
      const at = (option.location?.start.line ?? lines + 1) - 1;
      throw new Refusal(
        `"${selector}" is no form of a plural`,
        `${pluralCategories.join(', ')}, or =1 for one number`,
        at,
      );
    }
  }
  const { other, ...chosen } = options;
  const category = element.pluralType === 'ordinal' ? context.forms.ordinal : context.forms.cardinal;
  return { kind: 'plural', name, offset, exact, options: chosen, other: other ?? [], category };
}

function compileSelect(element: SelectElement, context: Context, lines: number): Piece {
  kindOf(element.value, context, lines);
  const options = new Map(
    Object.entries(element.options).map(([key, option]) => [key, compile(option.value, context)] as const),
  );
  const other = options.get('other') ?? [];
  options.delete('other');
  return { kind: 'select', name: element.value, options, other };
}

function isCategory(selector: string): selector is PluralCategory {
  return (pluralCategories as readonly string[]).includes(selector);
}

function kindOf(name: string, { placeholders }: Context, lines: number): PlaceholderKind {
  const kind = Object.hasOwn(placeholders, name) ? placeholders[name] : undefined;
  if (kind === undefined) throw new Refusal(`{${name}} is not known here`, allowedOf(placeholders), lines);
  return kind;
}

function number(name: string, context: Context, lines: number): void {
  if (kindOf(name, context, lines) === 'number') return;
  const numbers = Object.keys(context.placeholders).filter((key) => context.placeholders[key] === 'number');
  throw new Refusal(
    `{${name}} is no number`,
    numbers.length === 0 ? 'no number is known here' : numbers.join(', '),
    lines,
  );
}

function allowedOf(placeholders: Placeholders): string {
  const names = Object.keys(placeholders);
  return names.length === 0 ? 'no placeholder' : names.map((name) => `{${name}}`).join(' ');
}

/** An apostrophe before a character of the syntax begins a quotation (`'{'`), the next one ends it; two are one that is read. */
const quotations = /''|'[{}<>#](?:[^']|'')*(?:'|$)/g;

function literalText(
  { value, location }: LiteralElement,
  { source, placeholders }: Context,
  lines: number,
): string {
  const quoted = Object.keys(placeholders).find((name) => value.includes(`{${name}}`));
  if (quoted !== undefined)
    throw new Refusal(
      `the apostrophe before {${quoted}} quotes it`,
      "two apostrophes ('') for one that is read, or ’",
      lines,
    );
  const written = source.slice(location?.start.offset, location?.end.offset);
  if (written.replace(quotations, '').includes('}'))
    throw new Refusal('a "}" without its "{"', "'}' for the character itself", lines);
  return value.replace(/\s*\n\s*/g, ' ').replace(/\\(u[0-9A-Fa-f]{4}|[\s\S]?)/g, (_all, code: string) => {
    if (code === 'n') return '\n';
    if (code === '\\') return '\\';
    if (code.length === 5) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    throw new Refusal(
      `"\\${code}" stands for nothing`,
      '\\n, \\uXXXX with four hexadecimal digits, \\\\',
      lines,
    );
  });
}
