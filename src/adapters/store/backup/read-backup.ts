/** A backup as it is taken back or checked: by its manifest, the sums of its files, their pages and their records. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { OperatingError } from '../../../types/operating-error.ts';
import { partitionCount } from '../../../types/partition.ts';
import { schemaVersion } from '../schema.ts';
import { sha256Of } from './copy-environment.ts';
import { decodeManifest, MANIFEST_FILE, type Manifest } from './manifest.ts';

const REASONS: Readonly<Record<string, string>> = {
  'not-json': 'its manifest is not what was written',
  'sum-wrong': 'its manifest is not what was written',
  incomplete: 'its manifest says too little',
  'format-newer': 'a later version has made it: use that one, or a later one still',
};

/** @throws OperatingError `CW_BACKUP_DAMAGED`, `CW_STORE_NEWER` */
export async function readBackup(from: string, onFile?: (name: string) => void): Promise<Manifest> {
  const file = path.join(from, MANIFEST_FILE);
  if (!existsSync(file)) throw refused(from, 'it has no manifest: it is none, or was not made to its end');
  const decoded = decodeManifest(readFileSync(file, 'utf8'));
  if (!decoded.ok) throw refused(from, REASONS[decoded.code] ?? decoded.code);
  const manifest = decoded.value;
  for (const { shard, schema } of manifest.shards) {
    if (schema > schemaVersion)
      throw new OperatingError(
        'CW_STORE_NEWER',
        `shard ${shard} of the backup in ${from} has schema ${schema}, and this version knows up to ${schemaVersion}: use the version that made it (${manifest.version}), or a later one`,
        { from, schema, known: schemaVersion },
      );
    if (!manifest.files.some(({ name }) => name === `shard-${shard}/data.mdb`))
      throw refused(from, `its manifest has no file of shard ${shard}`);
  }
  const missing = Array.from({ length: partitionCount }, (_, partition) => partition).filter(
    (partition) => !manifest.shards.some(({ epochs }) => (epochs[partition] ?? 0) > 0),
  );
  if (missing.length > 0) throw refused(from, `nothing of it holds partitions ${missing.join(', ')}`);
  for (const { name, octets, sha256 } of manifest.files) {
    onFile?.(name);
    const copy = path.join(from, name);
    if (!existsSync(copy)) throw refused(from, `${name} is missing`);
    const found = statSync(copy).size;
    if (found !== octets) throw refused(from, `${name} has ${found} octets, and had ${octets}`);
    if ((await sha256Of(copy)) !== sha256) throw refused(from, `${name} is not what was written`);
  }
  return manifest;
}

function refused(from: string, why: string): OperatingError {
  return new OperatingError('CW_BACKUP_DAMAGED', `the backup in ${from} cannot be used: ${why}`, { from });
}
