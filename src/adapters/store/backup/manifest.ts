/** What a backup is: written last, so that a folder without it is none. */
import { createHash } from 'node:crypto';
import { failure, type Result, success } from '../../../types/result.ts';

export const MANIFEST_FILE = 'manifest.json';
/** Raised when an older version could misread what is in a backup. */
const FORMAT = 1;

export interface BackupShard {
  readonly shard: number;
  readonly schema: number;
  /** The last window, and the first that a start reads. */
  readonly window: number;
  readonly recoverFrom: number;
  /** By partition, how often it has moved; 0 where another shard owns it. */
  readonly epochs: readonly number[];
  /** By partition, its last sequence. */
  readonly sequences: readonly number[];
}

export interface BackupFile {
  /** With slashes, within the backup. */
  readonly name: string;
  readonly octets: number;
  readonly sha256: string;
}

export interface Manifest {
  readonly format: number;
  /** Of Callwake. */
  readonly version: string;
  readonly createdAtMs: number;
  /** Starts of the engine so far. */
  readonly starts: number;
  readonly shards: readonly BackupShard[];
  readonly files: readonly BackupFile[];
}

export function newManifest(parts: Omit<Manifest, 'format'>): Manifest {
  return { format: FORMAT, ...parts };
}

/** With a sum over what it says. */
export function encodeManifest(manifest: Manifest): string {
  return `${JSON.stringify({ manifest, sha256: sumOf(manifest) }, undefined, 2)}\n`;
}

/** Codes: `not-json`, `sum-wrong`, `format-newer`, `incomplete`. */
export function decodeManifest(text: string): Result<Manifest> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return failure('not-json', 0);
  }
  const { manifest, sha256 } = Object(parsed) as { manifest?: unknown; sha256?: unknown };
  if (typeof manifest !== 'object' || manifest === null) return failure('incomplete', 0);
  if (sumOf(manifest) !== sha256) return failure('sum-wrong', 0);
  const found = manifest as Manifest;
  if (found.format > FORMAT) return failure('format-newer', 0);
  return hasAll(found) ? success(found) : failure('incomplete', 0);
}

function sumOf(manifest: object): string {
  return createHash('sha256').update(JSON.stringify(manifest)).digest('hex');
}

/** The sum was right; this holds against what somebody made by hand. */
function hasAll({ version, starts, createdAtMs, shards, files }: Partial<Manifest>): boolean {
  return (
    typeof version === 'string' &&
    isCount(starts) &&
    isCount(createdAtMs) &&
    Array.isArray(shards) &&
    shards.length > 0 &&
    shards.every(
      (one: Partial<BackupShard>) => isCount(one.shard) && isCount(one.schema) && isCount(one.window),
    ) &&
    Array.isArray(files) &&
    files.every(
      (one: Partial<BackupFile>) =>
        isCount(one.octets) &&
        typeof one.sha256 === 'string' &&
        // Names lead nowhere but into a shard's folder.
        /^shard-\d{1,2}\/data\.mdb$/.test(String(one.name)),
    )
  );
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
