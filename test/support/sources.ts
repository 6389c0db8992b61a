/** The project's own files, for tests that hold documents to the code. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** dist/test/support → the root of the repository. */
export const repository = path.resolve(import.meta.dirname, '../../..');

export interface SourceFile {
  /** From the root of the repository. */
  readonly file: string;
  readonly text: string;
}

const builtFolders = ['node_modules', 'dist', '.git', 'generated', 'data', 'coverage'];

/** Files below a folder of the repository whose name ends so, in order; what is built or installed is left out. */
export function filesBelow(folder: string, suffix: string): SourceFile[] {
  return readdirSync(path.join(repository, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return builtFolders.includes(entry.name) ? [] : filesBelow(file, suffix);
    if (!entry.isFile() || !entry.name.endsWith(suffix)) return [];
    return [{ file, text: readFileSync(path.join(repository, file), 'utf8') }];
  });
}
