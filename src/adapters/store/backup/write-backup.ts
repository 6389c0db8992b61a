/** Writes a backup of a data directory: all shards as they were at one moment, and last its manifest. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { OperatingError } from '../../../types/operating-error.ts';
import { DATA_FILE } from '../check-environment.ts';
import { copyEnvironment, sha256Of } from './copy-environment.ts';
import { encodeManifest, MANIFEST_FILE, type Manifest, newManifest } from './manifest.ts';
import { takeSnapshot } from './snapshot.ts';

export interface WriteBackupOptions {
  /** The data directory: of a stopped engine, locked by this process, or of a running one whose shards hold what is stored. */
  readonly directory: string;
  /** A folder that is empty, or not there. */
  readonly to: string;
  /** Of Callwake. */
  readonly version: string;
  /** Starts of the engine so far. */
  readonly starts: number;
  readonly nowMs: number;
  readonly onProgress?: (shard: number, pages: number, of: number) => void;
}

/** @throws OperatingError `CW_BACKUP_FAILED`, `CW_STORE_DAMAGED`; what was written until then has no manifest */
export async function writeBackup(options: WriteBackupOptions): Promise<Manifest> {
  const { to } = options;
  try {
    makeEmptyFolder(to);
    return await write(options);
  } catch (error) {
    if (error instanceof OperatingError) throw error;
    throw new OperatingError(
      'CW_BACKUP_FAILED',
      `the backup in ${to} was not made: ${String(error)}`,
      { to },
      error,
    );
  }
}

async function write(options: WriteBackupOptions): Promise<Manifest> {
  const { directory, to, version, starts, nowMs, onProgress } = options;
  const files = takeSnapshot(directory);
  if (files.length === 0)
    throw new OperatingError('CW_BACKUP_FAILED', `there is nothing in ${directory} to be backed up`, {
      directory,
    });
  try {
    const shards = files.map((one) =>
      copyEnvironment(one, path.join(to, `shard-${one.shard}`), (pages, of) =>
        onProgress?.(one.shard, pages, of),
      ),
    );
    const copies: Manifest['files'][number][] = [];
    for (const { shard } of shards) {
      const name = `shard-${shard}/${DATA_FILE}`;
      const copy = path.join(to, name);
      copies.push({ name, octets: statSync(copy).size, sha256: await sha256Of(copy) });
      syncFolder(path.dirname(copy));
    }
    const manifest = newManifest({ version, createdAtMs: nowMs, starts, shards, files: copies });
    writeWhole(path.join(to, MANIFEST_FILE), encodeManifest(manifest));
    return manifest;
  } finally {
    for (const { file } of files) file.close();
  }
}

function makeEmptyFolder(to: string): void {
  if (existsSync(to)) {
    if (!statSync(to).isDirectory() || readdirSync(to).length > 0)
      throw new OperatingError(
        'CW_BACKUP_FAILED',
        `${to} is not an empty folder: a backup has one of its own`,
        { to },
      );
    return;
  }
  mkdirSync(to, { recursive: true, mode: 0o700 });
}

/** It has its name when all of it is on the disk. */
export function writeWhole(file: string, text: string): void {
  const temporary = `${file}.tmp`;
  writeFileSync(temporary, text, { mode: 0o600, flush: true });
  renameSync(temporary, file);
  syncFolder(path.dirname(file));
}

export function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
