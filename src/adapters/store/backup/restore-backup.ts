/**
 * Takes a backup back into a data directory. What comes in the place of what is there is made beside it, within the directory (which
 * may be a mount, and cannot be renamed); one rename makes it count, and what is left to do then is done by whoever comes next:
 *
 *     restore.part    being made; removed by the next restore
 *     restore.ready   counts: `finishRestore` puts what it has in the place of what is there, also after a crash at any point
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { OperatingError } from '../../../types/operating-error.ts';
import { DATA_FILE } from '../check-environment.ts';
import { STARTS_FILE, shardDirectory, shardsIn } from '../data-directory.ts';
import { lockDirectory } from '../directory-lock.ts';
import { Environment } from '../environment.ts';
import type { Manifest } from './manifest.ts';
import { readBackup } from './read-backup.ts';
import { syncFolder, writeWhole } from './write-backup.ts';

export interface RestoreOptions {
  readonly from: string;
  /** The data directory; made when it is not there. */
  readonly directory: string;
  /** Gives up what the data directory holds. */
  readonly replace: boolean;
  readonly mapSizeOctets?: number;
  /** What the count of starts is to be, by that of the backup. */
  readonly startsAfter: (backup: number) => number;
  readonly onProgress?: (what: string) => void;
  /** For tests: called before each step that changes something; what it throws ends the work there. */
  readonly onStep?: (step: string) => void;
}

/**
 * How far the sequences of all partitions are moved on. An effect is known by its sequence, to other shards and in logs: what came
 * after the backup must never meet its name again. As many events come in no partition between a backup and its restore, and two
 * million restores fit the numbers.
 */
export const SEQUENCES_SKIPPED = 2 ** 32;

const PART = 'restore.part';
const READY = 'restore.ready';
const CLEARED = 'cleared';
const CHUNK_OCTETS = 1 << 20;

/**
 * Nothing is changed when it refuses.
 * @throws OperatingError `CW_BACKUP_DAMAGED`, `CW_STORE_NEWER`, `CW_STORE_IN_USE`, `CW_RESTORE_NOT_EMPTY`
 */
export async function restoreBackup(options: RestoreOptions): Promise<Manifest> {
  const { from, directory, replace, onProgress, onStep } = options;
  const manifest = await readBackup(from, (name) => onProgress?.(`checking ${name}`));
  const isNew = !existsSync(directory);
  const lock = await lockDirectory(directory);
  try {
    if (!replace && (shardsIn(directory).length > 0 || existsSync(path.join(directory, READY))))
      throw new OperatingError(
        'CW_RESTORE_NOT_EMPTY',
        `${directory} holds data already: restore into another directory, or give them up with --replace`,
        { directory },
      );
    const part = path.join(directory, PART);
    onStep?.('make');
    rmSync(part, { recursive: true, force: true });
    mkdirSync(part, { mode: 0o700 });
    for (const { shard } of manifest.shards) {
      onProgress?.(`copying shard-${shard}`);
      await makeShard(options, shard, part);
    }
    writeWhole(path.join(part, STARTS_FILE), `${options.startsAfter(manifest.starts)}\n`);
    onStep?.('count');
    const ready = path.join(directory, READY);
    rmSync(ready, { recursive: true, force: true });
    renameSync(part, ready);
    syncFolder(directory);
    finishRestore(directory, onStep);
    return manifest;
  } catch (error) {
    if (isNew && shardsIn(directory).length === 0) onRefused(directory);
    throw error;
  } finally {
    await lock.release();
    if (isNew && existsSync(directory) && readdirSync(directory).length === 0) rmdirSync(directory);
  }
}

function onRefused(directory: string): void {
  rmSync(path.join(directory, PART), { recursive: true, force: true });
}

/** The copy, migrated where it is of an older schema, with its sequences moved on. */
async function makeShard(options: RestoreOptions, shard: number, part: string): Promise<void> {
  const { from, mapSizeOctets, onStep } = options;
  const folder = shardDirectory(part, shard);
  onStep?.(`copy shard-${shard}`);
  mkdirSync(folder, { mode: 0o700 });
  copyWithHoles(path.join(from, `shard-${shard}`, DATA_FILE), path.join(folder, DATA_FILE));
  const environment = new Environment({
    directory: folder,
    ...(mapSizeOctets === undefined ? {} : { mapSizeOctets }),
  });
  try {
    environment.transact(() => {
      const { head } = environment;
      for (const partition of environment.partitions)
        head.sequences[partition] = (head.sequences[partition] as number) + SEQUENCES_SKIPPED;
      environment.putHead(head);
    });
  } finally {
    await environment.close();
  }
  syncFolder(folder);
}

/** What is nothing but zeros is not written: pages that are not in use. */
function copyWithHoles(from: string, to: string): void {
  const source = openSync(from, 'r');
  try {
    const target = openSync(to, 'wx', 0o600);
    try {
      const chunk = Buffer.allocUnsafe(CHUNK_OCTETS);
      let at = 0;
      for (let read = readSync(source, chunk); read > 0; read = readSync(source, chunk)) {
        const octets = chunk.subarray(0, read);
        if (!octets.every((octet) => octet === 0)) {
          for (let done = 0; done < read; ) done += writeSync(target, octets, done, read - done, at + done);
        }
        at += read;
      }
      ftruncateSync(target, at);
      fsyncSync(target);
    } finally {
      closeSync(target);
    }
  } finally {
    closeSync(source);
  }
}

/** Ends a restore that counts; does nothing where there is none. The directory is locked by this process. */
export function finishRestore(directory: string, onStep?: (step: string) => void): void {
  const ready = path.join(directory, READY);
  if (!existsSync(ready)) return;
  const cleared = path.join(ready, CLEARED);
  if (!existsSync(cleared)) {
    for (const shard of shardsIn(directory)) {
      onStep?.(`remove shard-${shard}`);
      rmSync(shardDirectory(directory, shard), { recursive: true });
    }
    onStep?.('clear');
    writeFileSync(cleared, '', { flush: true });
    syncFolder(ready);
  }
  for (const name of readdirSync(ready)) {
    if (name === CLEARED) continue;
    onStep?.(`move ${name}`);
    renameSync(path.join(ready, name), path.join(directory, name));
  }
  syncFolder(directory);
  onStep?.('end');
  rmSync(ready, { recursive: true });
}
