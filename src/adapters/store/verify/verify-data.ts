/** Checks all that a data directory or a backup holds, without LMDB: pages, checksums, records, and what belongs together. */
import { partitionCount } from '../../../types/partition.ts';
import { checkEnvironment, type EnvironmentReport } from '../check-environment.ts';
import { shardDirectory, shardsIn } from '../data-directory.ts';
import { decodeHead, epochsKey, type Head, headKey, relocatingKey } from '../environment.ts';
import { schemaVersion } from '../schema.ts';
import { RecordCheck, type RecordCounts } from './verify-records.ts';

export interface VerifiedShard {
  readonly shard: number;
  readonly schema: number | undefined;
  readonly pages: number;
  readonly freePages: number;
  readonly counts: RecordCounts;
}

export interface VerifyReport {
  /** What is wrong, in words, led by its shard; a bounded number. */
  readonly faults: readonly string[];
  readonly furtherFaults: number;
  readonly shards: readonly VerifiedShard[];
}

/** Of each shard. */
const FAULTS_MAX = 50;

export function verifyData(
  directory: string,
  onProgress: (shard: number, pages: number, of: number) => void,
): VerifyReport {
  const faults: string[] = [];
  let furtherFaults = 0;
  const shards: VerifiedShard[] = [];
  const owners = new Float64Array(partitionCount);
  for (const shard of shardsIn(directory)) {
    let found = 0;
    const onFault = (what: string): void => {
      if (found++ < FAULTS_MAX) faults.push(`shard-${shard}: ${what}`);
      else furtherFaults++;
    };
    const verified = verifyShard(directory, shard, owners, onFault, onProgress);
    furtherFaults += verified.furtherFaults;
    shards.push(verified);
  }
  if (shards.length === 0) faults.push('there is no shard in it');
  const unowned = [...owners].flatMap((count, partition) => (count === 0 ? [partition] : []));
  if (shards.length > 0 && unowned.length > 0) faults.push(`no shard has partitions ${unowned.join(', ')}`);
  return { faults, furtherFaults, shards };
}

function verifyShard(
  directory: string,
  shard: number,
  owners: Float64Array,
  onFault: (what: string) => void,
  onProgress: (shard: number, pages: number, of: number) => void,
): VerifiedShard & { readonly furtherFaults: number } {
  const folder = shardDirectory(directory, shard);
  const meta: { head?: Head; relocating: boolean } = { relocating: false };
  const owned = new Set<number>();
  const first = checkEnvironment({
    directory: folder,
    depth: 'quick',
    onEntry: ({ table, key, value }) => {
      if (table !== 'meta') return;
      if (key.equals(headKey)) meta.head = decodeHead(Buffer.from(value));
      else if (key.equals(relocatingKey)) meta.relocating = value[0] === 1;
      else if (key.equals(epochsKey))
        for (let partition = 0; partition < partitionCount; partition++)
          if (value.readDoubleLE(partition * 8) > 0) owned.add(partition);
    },
  });
  for (const partition of owned) owners[partition] = (owners[partition] ?? 0) + 1;
  const { head, relocating } = meta;
  const isKnown = (first.schema ?? 0) <= schemaVersion;
  // While partitions move it may hold parts of what it does not own; the next start puts that right.
  const allowed = relocating ? new Set(Array.from({ length: partitionCount }, (_, one) => one)) : owned;
  const records = head !== undefined && isKnown ? new RecordCheck(head, allowed, onFault) : undefined;
  const report: EnvironmentReport = checkEnvironment({
    directory: folder,
    depth: 'whole',
    onEntry: (entry) => records?.take(entry),
    onProgress: (pages, of) => onProgress(shard, pages, of),
  });
  for (const fault of report.faults) onFault(fault);
  if ((report.schema ?? 0) > schemaVersion)
    onFault(
      `it has schema ${report.schema}, and this version knows up to ${schemaVersion}: verify it with the version that wrote it`,
    );
  // Where entries were not read, what is missing is no news.
  if (report.faults.length === 0) records?.end();
  const none = { subscribers: 0, windows: 0, openEffects: 0, putAside: 0, deadlines: 0 };
  return {
    shard,
    schema: report.schema,
    pages: report.pages?.pagesRead ?? 0,
    freePages: report.pages?.freePages ?? 0,
    counts: records?.counts ?? none,
    furtherFaults: report.furtherFaults,
  };
}
