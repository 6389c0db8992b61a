import assert from 'node:assert/strict';
import type { TemplateFile, TemplateSet } from './templates.ts';

export interface Choice {
  readonly set: TemplateSet;
  /** What the notice asked for was not there. */
  readonly missed: 'language' | 'template-version' | undefined;
}

/**
 * The set for a notice's language (else its primary language, else the first file's) and version (else the newest that is older, else
 * the oldest): `files` holds one at least.
 */
export function chooseTemplates(files: readonly TemplateFile[], language: string, version: number): Choice {
  const wanted = language.toLowerCase();
  const primary = wanted.split('-')[0];
  const spoken =
    files.find((file) => file.language.toLowerCase() === wanted) ??
    files.find((file) => file.language.toLowerCase() === primary);
  const versions = (spoken ?? files[0])?.versions ?? [];
  const set = versions.findLast((candidate) => candidate.version <= version) ?? versions[0];
  assert(set !== undefined, 'there is a template file, and it has a version');
  if (spoken === undefined) return { set, missed: 'language' };
  return { set, missed: set.version === version ? undefined : 'template-version' };
}

/** The version that new notices are made with: the newest of any language. */
export function currentTemplateVersion(files: readonly TemplateFile[]): number {
  return Math.max(1, ...files.flatMap((file) => file.versions.map((set) => set.version)));
}
