import assert from 'node:assert/strict';
import type { TemplateFile, TemplateSet } from './templates.ts';

export interface Choice {
  readonly set: TemplateSet;
  /** What the notice asked for and was not there; the brand before the language, the language before the version. */
  readonly missed: 'brand' | 'language' | 'template-version' | undefined;
}

/** Answers by list of files; a notice costs less than a look through a hundred files. */
const remembered = new WeakMap<readonly TemplateFile[], Map<string, Choice>>();
/** Of one list; one more, and all are forgotten. */
const rememberedMax = 1000;

/**
 * The set for a notice's brand, language and version; `files` holds one at least. A language that is understood goes before a brand: the brand's
 * file in the language, else its file in the primary language (`pt` for `pt-BR`), else the operator's own in either, else the first
 * of the brand, else of the operator. The version is the notice's, else the newest that is older, else the oldest.
 */
export function chooseTemplates(
  files: readonly TemplateFile[],
  language: string,
  version: number,
  brand?: string,
): Choice {
  let choices = remembered.get(files);
  if (choices === undefined) {
    choices = new Map();
    remembered.set(files, choices);
  }
  const key = `${version}\n${language}\n${brand ?? ''}`;
  const known = choices.get(key);
  if (known !== undefined) return known;
  const choice = lookUp(files, language, version, brand);
  if (choices.size >= rememberedMax) choices.clear();
  choices.set(key, choice);
  return choice;
}

function lookUp(
  files: readonly TemplateFile[],
  language: string,
  version: number,
  brand: string | undefined,
): Choice {
  const wanted = language.toLowerCase();
  const primary = wanted.split('-')[0];
  const of = (whose: string | undefined): readonly TemplateFile[] =>
    files.filter((file) => file.brand === whose);
  const spokenIn = (some: readonly TemplateFile[]): TemplateFile | undefined =>
    some.find((file) => file.language.toLowerCase() === wanted) ??
    some.find((file) => file.language.toLowerCase() === primary);
  const branded = brand === undefined ? [] : of(brand);
  const own = of(undefined);
  const spoken = spokenIn(branded) ?? spokenIn(own);
  const file = spoken ?? branded[0] ?? own[0] ?? files[0];
  const set = file?.versions.findLast((candidate) => candidate.version <= version) ?? file?.versions[0];
  assert(file !== undefined && set !== undefined, 'there is a template file, and it has a version');
  if (file.brand !== brand) return { set, missed: 'brand' };
  if (spoken === undefined) return { set, missed: 'language' };
  return { set, missed: set.version === version ? undefined : 'template-version' };
}

/** The version that new notices are made with: the newest of any file. */
export function currentTemplateVersion(files: readonly TemplateFile[]): number {
  return Math.max(1, ...files.flatMap((file) => file.versions.map((set) => set.version)));
}
