import { existsSync } from 'node:fs';
import path from 'node:path';

/** Why a test that needs the shared vectors was skipped. */
export const NO_SHARED = '../shared/vectors is not there';

/** dist/test/support → the root of the repository. */
const root = path.resolve(import.meta.dirname, '../../..');
const folders = [
  process.env['CALLWAKE_SHARED'],
  path.join(root, '../shared'),
  path.join(root, '../../shared'),
].filter((folder) => folder !== undefined);

/** Path of a file or folder under `../shared`, or undefined when it is not there. */
export function sharedPath(...parts: string[]): string | undefined {
  return folders.map((folder) => path.join(folder, ...parts)).find((file) => existsSync(file));
}
