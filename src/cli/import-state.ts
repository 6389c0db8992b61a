/** How far an import got, in a small file beside its error file: what `--resume` goes on from. */
import { createHash } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { z } from 'zod';
import type { ImportProgress } from '../adapters/engine/import-subscribers.ts';
import type { LinePlace } from '../adapters/engine/subscriber-file.ts';

/** The file that is imported: its size, and a hash of its first octets. */
export interface SourceMark {
  readonly octets: number;
  readonly headHash: string;
}

const count = z.int().min(0);
const importState = z.strictObject({
  version: z.literal(1),
  source: z.strictObject({ octets: count, headHash: z.string() }),
  format: z.enum(['csv', 'ndjson']),
  replace: z.boolean(),
  /** Of CSV: the line that names the columns. */
  head: z.string(),
  place: z.strictObject({ line: count, endsAt: count }),
  progress: z.strictObject({ added: count, changed: count, unchanged: count, faultyCount: count }),
  /** Of the error file; what is behind that is of lines that come again. */
  errorOctets: count,
});
export type ImportState = z.output<typeof importState> & {
  readonly place: LinePlace;
  readonly progress: ImportProgress;
};

const HEAD_OCTETS = 65_536;

export function markOf(file: string): SourceMark {
  const handle = openSync(file, 'r');
  try {
    const head = Buffer.alloc(HEAD_OCTETS);
    const length = readSync(handle, head, 0, HEAD_OCTETS, 0);
    const headHash = createHash('sha256').update(head.subarray(0, length)).digest('hex');
    return { octets: fstatSync(handle).size, headHash };
  } finally {
    closeSync(handle);
  }
}

/** Undefined: there is none; 'damaged': nothing that could be gone on from. */
export function readImportState(file: string): ImportState | undefined | 'damaged' {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return importState.parse(JSON.parse(text));
  } catch {
    return 'damaged';
  }
}

/** It is there as a whole or as it was. */
export function writeImportState(file: string, state: ImportState): void {
  writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function removeImportState(file: string): void {
  rmSync(file, { force: true });
}
