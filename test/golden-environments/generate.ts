/**
 * `node dist/test/golden-environments/generate.js` writes the data of this version beside that of earlier ones: to be run
 * once, when a version is released, and never again for it. What is kept is what every later version has to open.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { shardsIn } from '../../src/adapters/store/data-directory.ts';
import { packageVersion } from '../../src/cli/package-version.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { listData } from './list-data.ts';
import { writeLife } from './write-life.ts';

/** dist/test/golden-environments → the folder of the same name beside dist. */
const target = path.resolve(import.meta.dirname, '../../../test/golden-environments', packageVersion());
if (existsSync(target)) {
  process.stderr.write(`${target} is there: what a version wrote is never written again\n`);
  process.exit(1);
}
const directory = temporaryFolder();
await writeLife(directory);
mkdirSync(target);
for (const shard of shardsIn(directory)) {
  const data = readFileSync(path.join(directory, `shard-${shard}`, 'data.mdb'));
  writeFileSync(path.join(target, `shard-${shard}.mdb.gz`), gzipSync(data, { level: 9 }));
}
writeFileSync(path.join(target, 'starts'), readFileSync(path.join(directory, 'starts')));
writeFileSync(path.join(target, 'listing.txt'), await listData(directory));
rmSync(directory, { recursive: true });
