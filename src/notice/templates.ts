/**
 * Template files: one for each language and brand, with every version that a notice may still be rendered with. A text is ICU MessageFormat; the
 * format around it is lines of `key = text`, read here rather than as YAML: a fault is named by its line and a text needs no quoting.
 *
 * Names of months and weekdays are data of a file, not the runtime's: rendering has to be the same to the octet when a notice goes out again,
 * also after an update of the runtime.
 */
import { type LanguageForms, languageForms } from './language-forms.ts';
import type { Message } from './message.ts';
import { oldFormOf } from './old-form.ts';
import { parseMessage } from './parse-message.ts';
import {
  type ListKey,
  listKeys,
  type Placeholders,
  settingKeys,
  type TextKey,
  textKeys,
} from './template-keys.ts';
import { type Entry, readTemplateLines, type Section, type TemplateProblem } from './template-lines.ts';

export type { TemplateProblem } from './template-lines.ts';

/** One version in one language: every text there, every placeholder known. */
export interface TemplateSet {
  readonly language: string;
  readonly version: number;
  readonly texts: Readonly<Record<TextKey, Message>>;
  readonly lists: Readonly<Record<ListKey, readonly string[]>>;
  /** Short messages are written in the GSM 7 bit alphabet where a letter near enough is in it. */
  readonly transliterate: boolean;
}

/** A template file, checked. */
export interface TemplateFile {
  /** BCP 47. */
  readonly language: string;
  /** Whose texts; absent: the operator's own. */
  readonly brand?: string;
  /** Oldest first; at least one. */
  readonly versions: readonly TemplateSet[];
}

export type ParsedTemplates =
  | { readonly ok: true; readonly file: TemplateFile }
  | { readonly ok: false; readonly problems: readonly TemplateProblem[] };

/** Characters of a text as it is written, with all of its forms. */
const textLengthMax = 2000;

/** Reads and checks a template file, and says all that is wrong with it. */
export function parseTemplates(source: string): ParsedTemplates {
  const problems: TemplateProblem[] = [];
  const { head, sections } = readTemplateLines(source, problems);
  const { language, brand, forms } = readHead(head, problems);
  const versions: TemplateSet[] = [];
  for (const section of sections) {
    if (versions.some(({ version }) => version === section.version))
      problems.push({
        line: section.line,
        message: `version ${section.version} comes twice`,
        allowed: 'each version once',
      });
    versions.push(compileSection(section, language, forms, problems));
  }
  if (sections.length === 0)
    problems.push({ line: 1, message: 'there is no version', allowed: '[version 1] and its texts' });
  if (problems.length > 0) return { ok: false, problems: problems.sort((a, b) => a.line - b.line) };
  versions.sort((a, b) => a.version - b.version);
  return { ok: true, file: { language, ...(brand === undefined ? {} : { brand }), versions } };
}

/** With a language that is missing or none, the texts are checked as English ones. */
function readHead(
  head: ReadonlyMap<string, Entry>,
  problems: TemplateProblem[],
): { readonly language: string; readonly brand: string | undefined; readonly forms: LanguageForms } {
  for (const [key, { line }] of head)
    if (key !== 'language' && key !== 'brand')
      problems.push({
        line,
        message: `${key} stands before the first version`,
        allowed: 'language and brand',
      });
  const language = head.get('language');
  const brand = head.get('brand');
  if (brand !== undefined && !/^\S{1,40}$/.test(brand.source))
    problems.push({
      line: brand.line,
      message: `"${brand.source.slice(0, 40)}" is no brand`,
      allowed: '1 to 40 characters without blanks',
    });
  if (language === undefined)
    problems.push({
      line: 1,
      message: 'the language is missing',
      allowed: 'language = en, before the first version',
    });
  const forms = language === undefined ? undefined : languageForms(language.source);
  if (language !== undefined && forms === undefined)
    problems.push({
      line: language.line,
      message: `"${language.source.slice(0, 40)}" is no language`,
      allowed: 'a BCP 47 tag such as en or pt-BR',
    });
  return {
    language: language?.source ?? 'en',
    brand: brand?.source,
    forms: forms ?? (languageForms('en') as LanguageForms),
  };
}

function compileSection(
  section: Section,
  language: string,
  forms: LanguageForms,
  problems: TemplateProblem[],
): TemplateSet {
  const { entries, version } = section;
  const missing = (key: string): void => {
    problems.push({
      line: section.line,
      message: `version ${version}: ${key} is missing`,
      allowed: `${key} = …`,
    });
  };
  const old = oldFormOf(section);
  problems.push(...old.problems);
  const texts = mapKeys(textKeys, (key, placeholders): Message => {
    const entry = entries.get(key);
    if (entry !== undefined) return compileText(key, entry, placeholders, forms, problems);
    if (!old.texts.has(key)) missing(key);
    return [];
  });
  const lists = mapKeys(listKeys, (key, count) => {
    const entry = entries.get(key);
    const names = entry?.source.split(/\s+/) ?? [];
    if (entry === undefined) missing(key);
    else if (names.length !== count)
      problems.push({
        line: entry.line,
        message: `${key} has ${names.length} names`,
        allowed: `${count} names, separated by blanks`,
      });
    return names;
  });
  const transliterate = entries.get('transliterate');
  if (
    transliterate !== undefined &&
    !(settingKeys.transliterate as readonly string[]).includes(transliterate.source)
  )
    problems.push({
      line: transliterate.line,
      message: `transliterate is "${transliterate.source.slice(0, 40)}"`,
      allowed: settingKeys.transliterate.join(', '),
    });
  const known = [...Object.keys(settingKeys), ...Object.keys(listKeys), ...Object.keys(textKeys)];
  for (const [key, { line }] of entries)
    if (!known.includes(key) && !old.keys.has(key))
      problems.push({ line, message: `${key} is not known`, allowed: known.join(', ') });
  return { language, version, texts, lists, transliterate: transliterate?.source === 'on' };
}

function compileText(
  key: TextKey,
  { line, source }: Entry,
  placeholders: Placeholders,
  forms: LanguageForms,
  problems: TemplateProblem[],
): Message {
  if (source === '' || source.length > textLengthMax) {
    problems.push({
      line,
      message: `${key} is ${source === '' ? 'empty' : 'too long'}`,
      allowed: `1 … ${textLengthMax} characters`,
    });
    return [];
  }
  const parsed = parseMessage(source, placeholders, forms);
  if (parsed.ok) return parsed.message;
  const { lines, message, allowed } = parsed.problem;
  problems.push({ line: line + lines, message: `${key}: ${message}`, allowed });
  return [];
}

function mapKeys<Key extends string, From, To>(
  record: Readonly<Record<Key, From>>,
  map: (key: Key, value: From) => To,
): Record<Key, To> {
  const entries = Object.entries(record) as [Key, From][];
  return Object.fromEntries(entries.map(([key, value]) => [key, map(key, value)])) as Record<Key, To>;
}
