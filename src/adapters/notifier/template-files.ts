import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseTemplates, type TemplateFile, type TemplateProblem } from '../../notice/templates.ts';

/** The texts that come with Callwake. */
export const builtInTemplateFile = fileURLToPath(new URL('../../notice/templates/en.txt', import.meta.url));

export type LoadedTemplates =
  | { readonly ok: true; readonly files: readonly TemplateFile[]; readonly sources: readonly string[] }
  | { readonly ok: false; readonly problems: readonly TemplateFileProblem[] };

/** `line` 0: the file as a whole. */
export interface TemplateFileProblem extends TemplateProblem {
  readonly path: string;
}

/** Reads and checks template files (one at least, one for each language), and says all that is wrong with them. */
export function loadTemplateFiles(paths: readonly string[]): LoadedTemplates {
  const files: TemplateFile[] = [];
  const sources: string[] = [];
  const problems: TemplateFileProblem[] = [];
  for (const path of paths) {
    let source: string;
    try {
      source = readFileSync(path, 'utf8');
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      problems.push({ path, line: 0, message, allowed: 'a template file that can be read' });
      continue;
    }
    const parsed = parseTemplates(source);
    if (!parsed.ok) {
      for (const problem of parsed.problems) problems.push({ path, ...problem });
    } else if (files.some((file) => file.language === parsed.file.language)) {
      const message = `a second file for the language ${parsed.file.language}`;
      problems.push({ path, line: 0, message, allowed: 'one file for each language' });
    } else {
      files.push(parsed.file);
      sources.push(source);
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, files, sources };
}
