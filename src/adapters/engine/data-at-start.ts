/** What comes before the shards of a data directory are opened, whoever opens them. */
import type { Config } from '../../config/schema/config.ts';
import { settle } from '../../engine/shard/settle.ts';
import type { SubscriberPolicy } from '../../subscriber/policy.ts';
import { CountersMap } from '../../types/counters.ts';
import type { Log } from '../../types/log.ts';
import { finishRestore } from '../store/backup/restore-backup.ts';
import { checkDataDirectory } from '../store/check-environment.ts';
import { type DirectoryLock, lockDirectory } from '../store/directory-lock.ts';
import { relocatePartitions } from '../store/relocate-partitions.ts';
import { EarlyDeath } from './early-death.ts';

export interface DataAtStartOptions {
  readonly config: Config;
  readonly shards: number;
  readonly policy: SubscriberPolicy;
  readonly log: Log;
}

export interface DataAtStart {
  readonly lock: DirectoryLock;
  readonly earlyDeath: EarlyDeath;
}

/**
 * Locks the data directory, ends a restore that was cut off, checks the data files, the whole of them when the start before
 * ended early, and brings the partitions to their shards.
 *
 * @throws OperatingError `CW_STORE_IN_USE`, `CW_STORE_DAMAGED`, `CW_STORE_NEWER` …
 */
export async function takeData({ config, shards, policy, log }: DataAtStartOptions): Promise<DataAtStart> {
  const { dataDirectory: directory } = config.node;
  const lock = await lockDirectory(directory);
  try {
    finishRestore(directory);
    const earlyDeath = new EarlyDeath(directory);
    const depth = earlyDeath.happened ? 'whole' : 'quick';
    const beganAtMs = performance.now();
    const { pages } = checkDataDirectory({ directory, depth });
    log.info('store.checked', { depth, pages, tookMs: Math.round(performance.now() - beganAtMs) });
    await relocatePartitions({
      directory,
      shardCount: shards,
      mapSizeOctets: config.store.mapSizeOctets,
      settle: (store) => settle(store, { policy, counters: new CountersMap(), log }),
    });
    return { lock, earlyDeath };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
