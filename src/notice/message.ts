/**
 * One text of the templates in its closed form: what ICU MessageFormat says, parsed and checked once, with its language's numbers bound to it.
 * Formatting walks it and fills in; there is nothing in it that could run. It is our own walk, and not intl-messageformat's, because that takes
 * ten times as long for a text (`bench/notice/message`); the tests hold both to the same answers.
 */
import type { LanguageForms, PluralCategory } from './language-forms.ts';

export type Message = readonly Piece[];

export type Piece = string | Argument | LocalNumber | Plural | Select;

/** `{caller}`: a text as it is, a number in the digits 0 … 9 that times and telephone numbers have. */
export interface Argument {
  readonly kind: 'argument';
  readonly name: string;
}

/** `#` of a plural, and `{calls, number}`: as the language writes numbers. */
export interface LocalNumber {
  readonly kind: 'number';
  readonly name: string;
  readonly offset: number;
  readonly forms: LanguageForms;
}

/** `{calls, plural, =0 {…} one {…} other {…}}`, and selectordinal. */
export interface Plural {
  readonly kind: 'plural';
  readonly name: string;
  readonly offset: number;
  /** `=1 {…}`: for one number, before its category is looked at. */
  readonly exact: ReadonlyMap<number, Message>;
  readonly options: Readonly<Partial<Record<PluralCategory, Message>>>;
  readonly other: Message;
  readonly category: (value: number) => PluralCategory;
}

/** `{name, select, a {…} other {…}}`. */
export interface Select {
  readonly kind: 'select';
  readonly name: string;
  readonly options: ReadonlyMap<string, Message>;
  readonly other: Message;
}

export type MessageValues = Readonly<Record<string, string | number>>;

/** The text with its placeholders filled in; every placeholder was checked when it was parsed. */
export function formatMessage(message: Message, values: MessageValues): string {
  let text = '';
  for (const piece of message) text += typeof piece === 'string' ? piece : formatPiece(piece, values);
  return text;
}

function formatPiece(piece: Exclude<Piece, string>, values: MessageValues): string {
  const value = values[piece.name] ?? '';
  switch (piece.kind) {
    case 'argument':
      return typeof value === 'string' ? value : `${value}`;
    case 'number':
      return piece.forms.number(Number(value) - piece.offset);
    case 'plural': {
      const count = Number(value);
      const chosen =
        (piece.exact.size > 0 ? piece.exact.get(count) : undefined) ??
        piece.options[piece.category(count - piece.offset)] ??
        piece.other;
      return formatMessage(chosen, values);
    }
    case 'select':
      return formatMessage(piece.options.get(`${value}`) ?? piece.other, values);
    default:
      return piece satisfies never;
  }
}

/** The texts that a piece chooses from. */
export function choicesOf(piece: Plural | Select): readonly Message[] {
  const options = piece.kind === 'plural' ? Object.values(piece.options) : [...piece.options.values()];
  return [...(piece.kind === 'plural' ? piece.exact.values() : []), ...options, piece.other];
}

/** All pieces of a message, those of its choices too. */
export function* piecesOf(message: Message): Generator<Piece> {
  for (const piece of message) {
    yield piece;
    if (typeof piece !== 'string' && (piece.kind === 'plural' || piece.kind === 'select'))
      for (const choice of choicesOf(piece)) yield* piecesOf(choice);
  }
}
