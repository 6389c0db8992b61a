/** What is wrong with a template file, and what is allowed and yet hardly meant. */
import { gsm7Length } from '../stack/sms/gsm7-alphabet.ts';
import { directionOf } from './direction.ts';
import { choicesOf, type Message, type Plural, piecesOf } from './message.ts';
import { previewSms } from './preview.ts';
import { oneCaller } from './samples.ts';
import { missedReasons, type TextKey, textKeys } from './template-keys.ts';
import { readTemplateLines, type Section, type TemplateProblem } from './template-lines.ts';
import { parseTemplates, type TemplateFile, type TemplateSet } from './templates.ts';
import { transliterate } from './transliterate.ts';

export interface TemplateWarning {
  readonly line: number;
  readonly message: string;
  readonly advice: string;
}

export interface LintedTemplates {
  /** With one of these the file is refused. */
  readonly problems: readonly TemplateProblem[];
  /** Looked for in a file without problems only. */
  readonly warnings: readonly TemplateWarning[];
}

export function lintTemplates(source: string): LintedTemplates {
  const parsed = parseTemplates(source);
  if (!parsed.ok) return { problems: parsed.problems, warnings: [] };
  const { sections } = readTemplateLines(source, []);
  const warnings = sections.flatMap((section) => lintVersion(section, parsed.file));
  return { problems: [], warnings: warnings.sort((a, b) => a.line - b.line) };
}

type Finding = Omit<TemplateWarning, 'line'>;
type Rule = (key: TextKey, message: Message, set: TemplateSet) => readonly Finding[];

function lintVersion({ version, entries }: Section, file: TemplateFile): TemplateWarning[] {
  const set = file.versions.find((candidate) => candidate.version === version);
  if (set === undefined) return [];
  const lineOf = (key: string): number => entries.get(key)?.line ?? 0;
  const found = (key: string, findings: readonly Finding[]): TemplateWarning[] =>
    findings.map(({ message, advice }) => ({ line: lineOf(key), message: `${key}: ${message}`, advice }));
  const keys = Object.keys(textKeys) as TextKey[];
  return [
    ...keys.flatMap((key) => rules.flatMap((rule) => found(key, rule(key, set.texts[key], set)))),
    ...Object.entries(set.lists).flatMap(([key, names]) => found(key, strayCharacters(names.join(' '), set))),
    ...found('missed.caller', tooLong(file, version)),
  ];
}

const rules: readonly Rule[] = [
  (_key, message, set) => strayCharacters(literalsOf(message), set),
  unusedPlaceholders,
  (_key, message, { language }) => pluralsOf(message).flatMap((plural) => pluralForms(plural, language)),
  (key, message, { language }) => (directionOf(language) === 'rtl' ? unmarkedNumbers(key, message) : []),
];

function literalsOf(message: Message): string {
  return [...piecesOf(message)].filter((piece) => typeof piece === 'string').join('');
}

/** A few characters outside the GSM 7 bit alphabet leave a short message 70 characters of 160. */
function strayCharacters(text: string, set: TemplateSet): readonly Finding[] {
  const characters = Array.from(set.transliterate ? (transliterate(text) ?? text) : text);
  const strays = characters.filter((character) => gsm7Length(character) < 0);
  const letters = characters.filter((character) => /\p{L}/u.test(character));
  if (strays.length === 0 || strays.length * 4 >= letters.length) return [];
  return [
    {
      message: `needs UCS-2, with 70 characters a part, because of ${named(strays)}`,
      advice: 'another word, or transliterate = on',
    },
  ];
}

function named(characters: readonly string[]): string {
  return [...new Set(characters)]
    .map((character) => {
      const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
      return /[\p{L}\p{P}\p{S}]/u.test(character) ? `${character} (${code})` : code;
    })
    .join(', ');
}

/** Placeholders that a text says enough without. */
const dispensable: Readonly<Partial<Record<TextKey, readonly string[]>>> = {
  'time.this-year': ['weekday', 'year'],
  'time.other-year': ['weekday'],
  'returned.title': ['count'],
  teaser: ['callers'],
};

function unusedPlaceholders(key: TextKey, message: Message): readonly Finding[] {
  const used = new Set([...piecesOf(message)].map((piece) => (typeof piece === 'string' ? '' : piece.name)));
  return Object.keys(textKeys[key])
    .filter((name) => !used.has(name) && dispensable[key]?.includes(name) !== true)
    .map((name) => ({ message: `{${name}} is not used`, advice: `a text with {${name}}` }));
}

function pluralsOf(message: Message): readonly Plural[] {
  return [...piecesOf(message)].filter((piece) => typeof piece !== 'string' && piece.kind === 'plural');
}

/** Numbers that notices tell; what a category of a language is for above them (millions) is not missed. */
const countsMax = 999;

function pluralForms(
  { name, category, options, exact, offset }: Plural,
  language: string,
): readonly Finding[] {
  const missing = new Map<string, number>();
  const chosen = new Set<string>();
  for (let count = 0; count <= countsMax; count++) {
    const wanted = category(count - offset);
    chosen.add(wanted);
    if (count === 0 || wanted === 'other' || options[wanted] !== undefined || exact.has(count)) continue;
    if (!missing.has(wanted)) missing.set(wanted, count);
  }
  const never = Object.keys(options).filter((option) => !chosen.has(option));
  return [
    ...[...missing].map(([wanted, count]) => ({
      message: `{${name}, plural} has no form "${wanted}", which ${language} has (for ${count}, say)`,
      advice: `${wanted} {…}`,
    })),
    ...never.map((option) => ({
      message: `the form "${option}" of {${name}, plural} is never chosen in ${language}`,
      advice: [...chosen].join(', '),
    })),
  ];
}

/** U+200E, U+2066, U+2068 before a number, and U+200F, U+061C, U+2069 behind it (UAX #9). */
const opens = /[\u200E\u2066\u2068]$/;
const closes = /^[\u200F\u061C\u2069]/;

function unmarkedNumbers(key: TextKey, message: Message): readonly Finding[] {
  const unmarked = new Set<string>();
  const look = (pieces: Message): void => {
    pieces.forEach((piece, index) => {
      if (typeof piece === 'string') return;
      if (piece.kind === 'plural' || piece.kind === 'select') {
        for (const choice of choicesOf(piece)) look(choice);
      } else if (textKeys[key][piece.name] === 'phone') {
        const before = pieces[index - 1];
        const after = pieces[index + 1];
        const opened = typeof before === 'string' && opens.test(before);
        const closed = after === undefined || (typeof after === 'string' && closes.test(after));
        if (!opened || !closed) unmarked.add(piece.name);
      }
    });
  };
  look(message);
  return [...unmarked].map((name) => ({
    message: `{${name}} has no direction of its own: its plus, or what follows, can come to stand on the wrong side`,
    advice: `\\u200E{${name}}\\u200F, or \\u2066{${name}}\\u2069`,
  }));
}

/** The notice that is sent most should be one short message. */
function tooLong(file: TemplateFile, version: number): readonly Finding[] {
  return [1, 3].flatMap((calls) => {
    const longest = missedReasons
      .map((reason) => ({ reason, ...previewSms(file, oneCaller(calls, reason), version) }))
      .reduce((a, b) => (b.characters > a.characters ? b : a));
    if (longest.parts === 1) return [];
    return [
      {
        message: `${calls === 1 ? 'one call' : `${calls} calls`} of one caller (${longest.reason}) takes ${longest.parts} parts: ${longest.characters} characters of ${longest.alphabet}`,
        advice: `${longest.alphabet === 'UCS-2' ? 70 : 160} characters at most`,
      },
    ];
  });
}
