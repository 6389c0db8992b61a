/** The data that a released version wrote, in a folder of their own. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { shardDirectory } from '../../src/adapters/store/data-directory.ts';
import { repository } from '../support/sources.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

export const kept = path.join(repository, 'test/golden-environments');

/** The data directory; whoever asks for it removes it. */
export function unpack(version: string): string {
  const directory = temporaryFolder();
  for (const name of readdirSync(path.join(kept, version))) {
    const shard = /^shard-(\d+)\.mdb\.gz$/.exec(name)?.[1];
    if (shard === undefined) continue;
    const folder = shardDirectory(directory, Number(shard));
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'data.mdb'), gunzipSync(readFileSync(path.join(kept, version, name))));
  }
  copyFileSync(path.join(kept, version, 'starts'), path.join(directory, 'starts'));
  return directory;
}
