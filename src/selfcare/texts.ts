/**
 * The texts of self-care in one language: lines of `key = text`, `#` begins a comment line, `\n` is a new line and `\u200e` a character
 * by its code. They need no versions: an answer is written once, and what was written is what is kept and sent.
 */
import { IntlMessageFormat } from 'intl-messageformat';
import type { ItemId } from './menu.ts';
import { menuItems } from './menu.ts';
import { messageKeys, type WordKey, wordKeys } from './text-keys.ts';
import { folded, wordsOf } from './words.ts';

export type Values = Readonly<Record<string, string | number>>;

export interface SelfCareTexts {
  /** BCP 47. */
  readonly language: string;
  /** As they stand in the file. */
  readonly words: Readonly<Record<WordKey, readonly string[]>>;
  /** Folded phrases of the keywords, words separated by a space. */
  readonly phrases: ReadonlyMap<string, ItemId>;
  /** Words of the longest of them. */
  readonly phraseWordsMax: number;
  readonly write: (key: string, values?: Values) => string;
}

export interface TextProblem {
  readonly line: number;
  readonly message: string;
  readonly allowed: string;
}

export type ParsedTexts =
  | { readonly ok: true; readonly texts: SelfCareTexts }
  | { readonly ok: false; readonly problems: readonly TextProblem[] };

interface Entry {
  readonly line: number;
  readonly source: string;
}

const textLengthMax = 600;

/** Reads and checks a file, and says all that is wrong with it. */
export function parseTexts(source: string): ParsedTexts {
  const problems: TextProblem[] = [];
  const entries = readEntries(source, problems);
  const language = languageOf(entries, problems);
  const words = {} as Record<WordKey, readonly string[]>;
  for (const key of wordKeys) words[key] = readWords(key, entries.get(key), problems);
  const phrases = readPhrases(words, entries, problems);
  const messages = new Map<string, IntlMessageFormat>();
  for (const [key, allowed] of Object.entries(messageKeys)) {
    const message = readMessage(key, entries.get(key), allowed, language, problems);
    if (message !== undefined) messages.set(key, message);
  }
  for (const [key, { line }] of entries) {
    if (key === 'language' || (wordKeys as readonly string[]).includes(key) || key in messageKeys) continue;
    problems.push({ line, message: `${key} is not known`, allowed: 'the keys of src/selfcare/texts/en.txt' });
  }
  if (problems.length > 0) return { ok: false, problems: problems.sort((a, b) => a.line - b.line) };
  return {
    ok: true,
    texts: {
      language,
      words,
      phrases,
      phraseWordsMax: Math.max(...[...phrases.keys()].map((phrase) => phrase.split(' ').length)),
      write: (key, values) => `${messages.get(key)?.format(values) as string | undefined}`,
    },
  };
}

function readEntries(source: string, problems: TextProblem[]): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  source.split(/\r?\n/).forEach((raw, index) => {
    const text = raw.trim();
    if (text === '' || text.startsWith('#')) return;
    const line = index + 1;
    const equals = text.indexOf('=');
    const key = text.slice(0, Math.max(0, equals)).trim();
    const value = unescaped(text.slice(equals + 1).trim());
    if (key === '')
      problems.push({ line, message: `"${text.slice(0, 40)}" is not understood`, allowed: 'key = text' });
    else if (entries.has(key))
      problems.push({ line, message: `${key} comes twice`, allowed: 'each key once' });
    else if (value === '' || value.length > textLengthMax)
      problems.push({
        line,
        message: `${key} is ${value === '' ? 'empty' : 'too long'}`,
        allowed: `1 … ${textLengthMax} characters`,
      });
    else entries.set(key, { line, source: value });
  });
  return entries;
}

function unescaped(text: string): string {
  return text.replace(/\\(n|u[0-9a-fA-F]{4})/g, (_, code: string) =>
    code === 'n' ? '\n' : String.fromCharCode(Number.parseInt(code.slice(1), 16)),
  );
}

function languageOf(entries: ReadonlyMap<string, Entry>, problems: TextProblem[]): string {
  const entry = entries.get('language');
  try {
    const [language] = Intl.getCanonicalLocales(entry?.source ?? '');
    if (language !== undefined) return language;
  } catch {
    // Said below.
  }
  problems.push({
    line: entry?.line ?? 1,
    message: entry === undefined ? 'the language is missing' : `"${entry.source}" is no language`,
    allowed: 'language = a BCP 47 tag such as en or pt-BR',
  });
  return 'en';
}

function missing(key: string): TextProblem {
  return { line: 1, message: `${key} is missing`, allowed: `${key} = …` };
}

function readWords(key: WordKey, entry: Entry | undefined, problems: TextProblem[]): readonly string[] {
  if (entry === undefined) {
    problems.push(missing(key));
    return [];
  }
  const words = entry.source.split(/[,،]/).map((word) => word.trim());
  if (words.some((word) => wordsOf(folded(word)).length === 0))
    problems.push({ line: entry.line, message: `${key} has an empty word`, allowed: 'word, another, …' });
  return words;
}

function readPhrases(
  words: Readonly<Record<WordKey, readonly string[]>>,
  entries: ReadonlyMap<string, Entry>,
  problems: TextProblem[],
): Map<string, ItemId> {
  const phrases = new Map<string, ItemId>();
  for (const { id } of menuItems) {
    for (const word of words[`keywords.${id}`]) {
      const phrase = wordsOf(folded(word)).join(' ');
      const taken = phrases.get(phrase);
      if (taken !== undefined && taken !== id)
        problems.push({
          line: entries.get(`keywords.${id}`)?.line ?? 1,
          message: `"${word}" is a keyword of ${taken} and of ${id}`,
          allowed: 'a keyword of one item only',
        });
      phrases.set(phrase, id);
    }
  }
  return phrases;
}

function readMessage(
  key: string,
  entry: Entry | undefined,
  allowed: readonly string[],
  language: string,
  problems: TextProblem[],
): IntlMessageFormat | undefined {
  if (entry === undefined) {
    problems.push(missing(key));
    return undefined;
  }
  try {
    const message = new IntlMessageFormat(entry.source, language, undefined, { ignoreTag: true });
    const unknown = [...namesIn(message.getAst())].find((name) => !allowed.includes(name));
    if (unknown === undefined) return message;
    problems.push({
      line: entry.line,
      message: `${key}: {${unknown}} is not known here`,
      allowed: allowed.length === 0 ? 'nothing to fill in' : allowed.map((name) => `{${name}}`).join(' '),
    });
  } catch (error) {
    problems.push({
      line: entry.line,
      message: `${key}: ${error instanceof Error ? error.message : String(error)}`,
      allowed: 'ICU MessageFormat',
    });
  }
  return undefined;
}

type Ast = ReturnType<IntlMessageFormat['getAst']>;

/** TYPE of literals and of `#` in the syntax tree of ICU MessageFormat. */
const LITERAL = 0;
const POUND = 7;

function* namesIn(ast: Ast): Generator<string> {
  for (const element of ast) {
    const type = element.type as number;
    if (type !== LITERAL && type !== POUND && 'value' in element) yield element.value;
    if ('options' in element) for (const { value } of Object.values(element.options)) yield* namesIn(value);
  }
}

/** The texts in a language, else in its primary language, else in the first: `all` holds one at least. */
export function textsIn(all: readonly SelfCareTexts[], language: string): SelfCareTexts {
  const wanted = language.toLowerCase();
  const primary = wanted.split('-')[0];
  return (
    all.find((texts) => texts.language.toLowerCase() === wanted) ??
    all.find((texts) => texts.language.toLowerCase() === primary) ??
    all[0]!
  );
}
