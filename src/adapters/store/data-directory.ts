/**
 * The data directory: `lock.n`, the count of starts, and one environment a shard in `shard-0`, `shard-1` …. When the number of shards is
 * another one than at the last start, whole partitions move (`relocatePartitions`).
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { partitionCount } from '../../types/partition.ts';

/** Counts the starts; it is there from the first one on, when all partitions have their place. */
export const STARTS_FILE = 'starts';

export const shardCountMax = partitionCount;

export function shardDirectory(directory: string, shard: number): string {
  return path.join(directory, `shard-${shard}`);
}

/** The shards that have an environment, in order. */
export function shardsIn(directory: string): number[] {
  return readdirSync(directory)
    .flatMap((name) => (/^shard-\d+$/.test(name) ? [Number(name.slice('shard-'.length))] : []))
    .sort((a, b) => a - b);
}
