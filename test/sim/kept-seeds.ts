/** Seeds that failed once, for ever: `kept-seeds.txt` has one a line; what is behind it on the line says what was wrong. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** dist/test/sim → the root of the repository. */
const file = path.resolve(import.meta.dirname, '../../../test/sim/kept-seeds.txt');

export function keptSeeds(): number[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => /^\d/.test(line))
    .map((line) => Number.parseInt(line, 10));
}
