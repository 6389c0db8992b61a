import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseTemplates, type TemplateFile, type TemplateProblem } from '../../notice/templates.ts';

const builtInFolder = fileURLToPath(new URL('../../notice/templates/', import.meta.url));

/** The English texts that come with Callwake. */
export const builtInTemplateFile = path.join(builtInFolder, 'en.txt');

/** The texts that come with Callwake, a file for each language; the English one first, which is for everybody whose language is not there. */
export function builtInTemplateFiles(): readonly string[] {
  const names = readdirSync(builtInFolder).filter((name) => name.endsWith('.txt'));
  const others = names.filter((name) => name !== path.basename(builtInTemplateFile)).sort();
  return [builtInTemplateFile, ...others.map((name) => path.join(builtInFolder, name))];
}

export type LoadedTemplates =
  | { readonly ok: true; readonly files: readonly TemplateFile[]; readonly sources: readonly string[] }
  | { readonly ok: false; readonly problems: readonly TemplateFileProblem[] };

/** `line` 0: the file as a whole. */
export interface TemplateFileProblem extends TemplateProblem {
  readonly path: string;
}

/** Reads and checks template files (one at least, one for each language and brand), and says all that is wrong with them. */
export function loadTemplateFiles(paths: readonly string[]): LoadedTemplates {
  const files: TemplateFile[] = [];
  const sources: string[] = [];
  const problems: TemplateFileProblem[] = [];
  for (const file of paths) {
    let source: string;
    try {
      source = readFileSync(file, 'utf8');
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      problems.push({ path: file, line: 0, message, allowed: 'a template file that can be read' });
      continue;
    }
    const parsed = parseTemplates(source);
    if (!parsed.ok) {
      for (const problem of parsed.problems) problems.push({ path: file, ...problem });
      continue;
    }
    const { language, brand } = parsed.file;
    if (files.some((other) => other.language === language && other.brand === brand)) {
      const message = `a second file for the language ${language}${brand === undefined ? '' : ` of the brand ${brand}`}`;
      problems.push({ path: file, line: 0, message, allowed: 'one file for each language and brand' });
      continue;
    }
    files.push(parsed.file);
    sources.push(source);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, files, sources };
}
