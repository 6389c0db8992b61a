/** Seeds that failed once, for ever: `kept-seeds.txt` has one a line; what is behind it on the line says what was wrong. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type SeedNumber, seedNumber } from './seed-number.ts';

/** dist/test/sim → the root of the repository. */
const file = path.resolve(import.meta.dirname, '../../../test/sim/kept-seeds.txt');

export function keptSeeds(): SeedNumber[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => seedNumber(/^[^#\s]+/.exec(line)?.[0] ?? '') ?? []);
}
