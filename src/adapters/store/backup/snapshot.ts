/**
 * The environments of all shards as they were at one moment. An effect of one shard's commit may be known to another one; of
 * copies from different moments one could know what the other does not, and a tell could be lost between them. So all meta pages
 * are read, and read again: where none has changed meanwhile they stood together. It is as if the process had been killed at that
 * moment, which recovery takes care of.
 *
 * Whoever writes must hold what is stored (`Environment.hold`) from before this until the copies are made.
 */
import path from 'node:path';
import { OperatingError } from '../../../types/operating-error.ts';
import { DATA_FILE } from '../check-environment.ts';
import { shardDirectory, shardsIn } from '../data-directory.ts';
import { PageFile } from '../pages/page-file.ts';

export interface ShardFile {
  readonly shard: number;
  readonly directory: string;
  readonly file: PageFile;
}

/** Of two readings in a row, at a thousand commits a second in all, nine of ten see no commit between them. */
const ATTEMPTS_MAX = 10_000;

/**
 * The caller closes the files.
 * @throws OperatingError `CW_STORE_DAMAGED`, `CW_BACKUP_FAILED` when they never stood still
 */
export function takeSnapshot(directory: string): ShardFile[] {
  const shards: ShardFile[] = [];
  try {
    for (const shard of shardsIn(directory)) {
      const folder = shardDirectory(directory, shard);
      const opened = PageFile.open(path.join(folder, DATA_FILE));
      if (!opened.ok) throw damaged(folder, opened.fault);
      shards.push({ shard, directory: folder, file: opened.file });
    }
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      const before = look(shards);
      if (before !== undefined && look(shards) === before) return shards;
    }
    throw new OperatingError(
      'CW_BACKUP_FAILED',
      `the shards in ${directory} commit so often that they were never found at one moment: try again at a quieter time`,
      { directory },
    );
  } catch (error) {
    for (const { file } of shards) file.close();
    throw error;
  }
}

/** How far all of them are, as text; undefined when a meta page was read by halves while it was written. */
function look(shards: readonly ShardFile[]): string | undefined {
  const metas: string[] = [];
  for (const { file } of shards) {
    if (file.lookAgain() !== undefined) return undefined;
    metas.push(file.metaOctets.toString('latin1'));
  }
  return metas.join();
}

function damaged(directory: string, fault: string): OperatingError {
  return new OperatingError('CW_STORE_DAMAGED', `the store in ${directory} is damaged: ${fault}`, {
    directory,
  });
}
