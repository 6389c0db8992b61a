/**
 * Template files: one for each language, with every version that a notice may still be rendered with. The format is lines of
 * `key = text`, read here rather than as YAML: a fault is named by its line, a text needs no quoting, and this layer and the workers that
 * run it need no parser of anybody's.
 */
import type { MissedReason } from '../types/model/notice.ts';
import {
  type ListKey,
  listKeys,
  missedReasons,
  type PlainKey,
  type PluralCategory,
  type PluralKey,
  plainKeys,
  pluralCategories,
  pluralKeys,
  type ReasonKey,
  reasonKeys,
} from './template-keys.ts';
import { parseTemplateText, type TemplateText } from './template-text.ts';

/** One version in one language: every text there, every placeholder known. */
export interface TemplateSet {
  readonly language: string;
  readonly version: number;
  readonly plain: Readonly<Record<PlainKey, TemplateText>>;
  readonly plural: Readonly<Record<PluralKey, PluralForms>>;
  readonly reasons: Readonly<Record<ReasonKey, Readonly<Record<MissedReason, TemplateText>>>>;
  readonly lists: Readonly<Record<ListKey, readonly string[]>>;
  readonly pluralRules: Intl.PluralRules;
}

export type PluralForms = Readonly<Partial<Record<PluralCategory, TemplateText>>> & {
  readonly other: TemplateText;
};

/** A template file, checked. */
export interface TemplateFile {
  /** BCP 47. */
  readonly language: string;
  /** Oldest first; at least one. */
  readonly versions: readonly TemplateSet[];
}

export interface TemplateProblem {
  readonly line: number;
  readonly message: string;
  readonly allowed: string;
}

export type ParsedTemplates =
  | { readonly ok: true; readonly file: TemplateFile }
  | { readonly ok: false; readonly problems: readonly TemplateProblem[] };

interface Entry {
  readonly line: number;
  readonly source: string;
}

interface Section {
  readonly version: number;
  readonly line: number;
  readonly entries: Map<string, Entry>;
}

const textLengthMax = 300;

/** Reads and checks a template file, and says all that is wrong with it. */
export function parseTemplates(source: string): ParsedTemplates {
  const problems: TemplateProblem[] = [];
  const { language, sections } = readSections(source, problems);
  let rules: Intl.PluralRules | undefined;
  try {
    rules = language === undefined ? undefined : new Intl.PluralRules(language.source);
  } catch {
    problems.push({
      line: language?.line ?? 1,
      message: `"${language?.source ?? ''}" is no language`,
      allowed: 'a BCP 47 tag such as en or pt-BR',
    });
  }
  const versions: TemplateSet[] = [];
  for (const section of sections) {
    const set = compileSection(
      section,
      language?.source ?? 'en',
      rules ?? new Intl.PluralRules('en'),
      problems,
    );
    if (versions.some((other) => other.version === section.version))
      problems.push({
        line: section.line,
        message: `version ${section.version} comes twice`,
        allowed: 'each version once',
      });
    versions.push(set);
  }
  if (language === undefined)
    problems.push({
      line: 1,
      message: 'the language is missing',
      allowed: 'language = en, before the first version',
    });
  if (sections.length === 0)
    problems.push({ line: 1, message: 'there is no version', allowed: '[version 1] and its texts' });
  if (problems.length > 0 || language === undefined)
    return { ok: false, problems: problems.sort((a, b) => a.line - b.line) };
  versions.sort((a, b) => a.version - b.version);
  return { ok: true, file: { language: language.source, versions } };
}

function readSections(
  source: string,
  problems: TemplateProblem[],
): { language: Entry | undefined; sections: Section[] } {
  const sections: Section[] = [];
  let language: Entry | undefined;
  source.split(/\r?\n/).forEach((raw, index) => {
    const line = index + 1;
    const text = raw.trim();
    if (text === '' || text.startsWith('#')) return;
    const head = /^\[version (\d{1,9})\]$/.exec(text);
    if (head !== null && Number(head[1]) > 0) {
      sections.push({ version: Number(head[1]), line, entries: new Map() });
      return;
    }
    const equals = text.indexOf('=');
    const key = text.slice(0, Math.max(0, equals)).trim();
    const entry = { line, source: text.slice(equals + 1).trim() };
    const section = sections.at(-1);
    if (text.startsWith('[') || key === '') {
      problems.push({
        line,
        message: `"${text.slice(0, 40)}" is not understood`,
        allowed: 'key = text, or [version 1] with a number of 1 or more',
      });
    } else if (section === undefined) {
      if (key === 'language') language = entry;
      else problems.push({ line, message: `${key} stands before the first version`, allowed: 'language' });
    } else if (section.entries.has(key)) {
      problems.push({ line, message: `${key} comes twice`, allowed: 'each key once in a version' });
    } else section.entries.set(key, entry);
  });
  return { language, sections };
}

function compileSection(
  section: Section,
  language: string,
  pluralRules: Intl.PluralRules,
  problems: TemplateProblem[],
): TemplateSet {
  const known = new Set<string>();
  const missing = (key: string): void => {
    problems.push({
      line: section.line,
      message: `version ${section.version}: ${key} is missing`,
      allowed: `${key} = …`,
    });
  };
  const text = (
    key: string,
    placeholders: readonly string[],
    required: boolean,
  ): TemplateText | undefined => {
    known.add(key);
    const entry = section.entries.get(key);
    if (entry === undefined) {
      if (required) missing(key);
      return undefined;
    }
    if (entry.source === '' || entry.source.length > textLengthMax)
      problems.push({
        line: entry.line,
        message: `${key} is ${entry.source === '' ? 'empty' : 'too long'}`,
        allowed: `1 … ${textLengthMax} characters`,
      });
    const parsed = parseTemplateText(entry.source, placeholders);
    if (parsed.ok) return parsed.text;
    problems.push({ line: entry.line, message: `${key}: ${parsed.message}`, allowed: parsed.allowed });
    return undefined;
  };

  const plain = mapKeys(plainKeys, (key, placeholders) => text(key, placeholders, true) ?? []);
  const plural = mapKeys(pluralKeys, (key, placeholders): PluralForms => {
    const forms: Partial<Record<PluralCategory, TemplateText>> = {};
    for (const category of pluralCategories) {
      const form = text(`${key}.${category}`, placeholders, category === 'other');
      if (form !== undefined) forms[category] = form;
    }
    return { ...forms, other: forms.other ?? [] };
  });
  const reasons = Object.fromEntries(
    reasonKeys.map((key) => [
      key,
      Object.fromEntries(missedReasons.map((reason) => [reason, text(`${key}.${reason}`, [], true) ?? []])),
    ]),
  ) as TemplateSet['reasons'];
  const lists = mapKeys(listKeys, (key, count) => {
    known.add(key);
    const entry = section.entries.get(key);
    const names = entry?.source.split(/\s+/) ?? [];
    if (entry === undefined) missing(key);
    else if (names.length !== count)
      problems.push({
        line: entry.line,
        message: `${key} has ${names.length} names`,
        allowed: `${count} names, separated by spaces`,
      });
    return names;
  });
  for (const [key, entry] of section.entries) {
    if (!known.has(key))
      problems.push({ line: entry.line, message: `${key} is not known`, allowed: [...known].join(', ') });
  }
  return { language, version: section.version, plain, plural, reasons, lists, pluralRules };
}

function mapKeys<Key extends string, From, To>(
  record: Readonly<Record<Key, From>>,
  map: (key: Key, value: From) => To,
): Record<Key, To> {
  const entries = Object.entries(record) as [Key, From][];
  return Object.fromEntries(entries.map(([key, value]) => [key, map(key, value)])) as Record<Key, To>;
}
