/** The texts of self-care, from the files that come with Callwake or that the operator names. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseTexts, type SelfCareTexts } from '../../selfcare/texts.ts';
import { OperatingError } from '../../types/operating-error.ts';

const folder = fileURLToPath(new URL('../../selfcare/texts', import.meta.url));

/** In this order, so that the digits of the language menu stay what they are; the others follow by their tags. */
const FIRST = ['en.txt', 'ar.txt', 'de.txt', 'ru.txt'];
const rank = (name: string): number => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);

function builtInTextFiles(): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b))
    .map((name) => path.join(folder, name));
}

export interface LoadedSelfCareTexts {
  readonly texts: readonly SelfCareTexts[];
  /** For the thread that reads them again. */
  readonly sources: readonly string[];
}

/** @throws OperatingError `CW_SELF_CARE_TEXTS_INVALID` with all that is wrong with the files */
export function loadSelfCareTexts(paths: readonly string[]): LoadedSelfCareTexts {
  const all: SelfCareTexts[] = [];
  const sources: string[] = [];
  const problems: string[] = [];
  for (const file of paths.length > 0 ? paths : builtInTextFiles()) {
    let source: string;
    try {
      source = readFileSync(file, 'utf8');
    } catch (error) {
      problems.push(`${file}: ${error instanceof Error ? error.message : String(error)}`);
      continue;
    }
    const parsed = parseTexts(source);
    if (!parsed.ok) {
      for (const { line, message, allowed } of parsed.problems)
        problems.push(`${file}:${line}: ${message}; allowed: ${allowed}`);
    } else if (all.some(({ language }) => language === parsed.texts.language))
      problems.push(`${file}: a second file for the language ${parsed.texts.language}`);
    else {
      all.push(parsed.texts);
      sources.push(source);
    }
  }
  if (problems.length === 0) return { texts: all, sources };
  throw new OperatingError('CW_SELF_CARE_TEXTS_INVALID', problems.join('\n'), { files: paths });
}

/** Sources that were read before. */
export function parseSelfCareSources(sources: readonly string[]): readonly SelfCareTexts[] {
  return sources.map((source) => {
    const parsed = parseTexts(source);
    if (parsed.ok) return parsed.texts;
    throw new OperatingError('CW_SELF_CARE_TEXTS_INVALID', parsed.problems[0]?.message ?? '', {});
  });
}
