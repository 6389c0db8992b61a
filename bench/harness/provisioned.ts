/** Data directories with subscribers in them, made in a moment: records are written as the store has them, by no engine. */
import path from 'node:path';
import { subscriberNumber } from '../../loadtest/numbers.ts';
import { shardDirectory } from '../../src/adapters/store/data-directory.ts';
import { openLmdbStore } from '../../src/adapters/store/lmdb-store.ts';
import { relocatePartitions } from '../../src/adapters/store/relocate-partitions.ts';
import { partitionsOfShard } from '../../src/engine/wiring.ts';
import { initialState } from '../../src/types/model/state.ts';
import { partitionOf } from '../../src/types/partition.ts';
import type { ActorWrite } from '../../src/types/ports/store.ts';
import { encodeJournalRecord } from '../../src/wire/journal.ts';
import { encodeState } from '../../src/wire/state.ts';
import { encodePositions } from '../../src/wire/thread.ts';

const PROFILE = { missedCalls: true, notifyMe: 'off', language: 'en', timeZone: 'UTC' } as const;
const PER_WINDOW = 5_000;

/** The record of somebody who was provisioned, and whom nobody has called yet. */
export function provisionedRecord(number: string, sequence: number): Uint8Array {
  return encodeState({ ...initialState(number), profile: PROFILE, sequence });
}

/** Writes `subscribers` of them, as `subscriberNumber` numbers them, into an empty folder for that many shards. */
export async function writeProvisioned(
  directory: string,
  subscribers: number,
  shards = 1,
  recordOf = provisionedRecord,
): Promise<void> {
  await relocatePartitions({ directory, shardCount: shards });
  for (let shard = 0; shard < shards; shard++) {
    const partitions = new Set(partitionsOfShard(shard, shards));
    const store = openLmdbStore({ directory: path.resolve(shardDirectory(directory, shard)) });
    const sequences = new Map<number, number>();
    let writes: ActorWrite[] = [];
    const commit = async (): Promise<void> => {
      writes.sort((a, b) => a.partition - b.partition || (a.number < b.number ? -1 : 1));
      const window = store.lastWindow + 1;
      await new Promise<void>((resolve, reject) =>
        store.commit(
          {
            window,
            journal: encodeJournalRecord({ entries: [], closed: [] }),
            sequences: new Map(sequences),
            actors: writes,
            positions: encodePositions({ incarnation: 0, rings: [] }),
            outboxAdd: [],
            outboxRemove: [],
            recoverFrom: window + 1,
            trimBefore: window,
          },
          resolve,
          reject,
        ),
      );
      writes = [];
    };
    for (let index = 0; index < subscribers; index++) {
      const number = subscriberNumber(index);
      const partition = partitionOf(number);
      if (!partitions.has(partition)) continue;
      const sequence = (sequences.get(partition) ?? 0) + 1;
      sequences.set(partition, sequence);
      const record = recordOf(number, sequence);
      writes.push({ partition, number, record, deadlineBeforeMs: 0, deadlineAfterMs: 0 });
      if (writes.length >= PER_WINDOW) await commit();
    }
    if (writes.length > 0) await commit();
    await store.close();
  }
}
