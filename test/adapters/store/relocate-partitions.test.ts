import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { shardDirectory } from '../../../src/adapters/store/data-directory.ts';
import { openLmdbStore } from '../../../src/adapters/store/lmdb-store.ts';
import { relocatePartitions } from '../../../src/adapters/store/relocate-partitions.ts';
import { shardOfPartition } from '../../../src/engine/wiring.ts';
import { OperatingError } from '../../../src/types/operating-error.ts';
import { partitionCount, partitionOf } from '../../../src/types/partition.ts';
import type { CommitWindow } from '../../../src/types/ports/store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { actorWrite, windowOf } from './conformance.ts';

const mapSizeOctets = 2 ** 28;
const numbers = Array.from({ length: 300 }, (_, index) => String(491_511_000 + index * 7));

async function commitTo(directory: string, shard: number, parts: Partial<CommitWindow>): Promise<void> {
  const store = openLmdbStore({ directory: shardDirectory(directory, shard), mapSizeOctets });
  const window = store.lastWindow + 1;
  await new Promise<void>((resolve, reject) => {
    store.commit(windowOf(window, { recoverFrom: window + 1, ...parts }), resolve, reject);
  });
  await store.close();
}

/** A directory of so many shards with an actor, and every third with a deadline and an effect, for each number. */
async function filledDirectory(shardCount: number): Promise<string> {
  const directory = temporaryFolder();
  await relocatePartitions({ directory, shardCount, mapSizeOctets });
  for (let shard = 0; shard < shardCount; shard++) {
    const own = numbers.filter((number) => shardOfPartition(partitionOf(number), shardCount) === shard);
    const due = own.filter((_, index) => index % 3 === 0);
    await commitTo(directory, shard, {
      actors: own.map((number) =>
        actorWrite(partitionOf(number), number, `of ${number}`, 0, due.includes(number) ? Number(number) : 0),
      ),
      sequences: new Map(own.map((number) => [partitionOf(number), 100 + partitionOf(number)])),
      outboxAdd: [
        ...due.map((number) => [`${partitionOf(number)}.${number}.0`, Buffer.from(number)] as const),
        [`quarantine.${shard}`, Buffer.from('put aside')],
      ],
    });
  }
  return directory;
}

/** All that the directory holds, wherever it lies; asserts that every partition lies where it should. */
async function contents(directory: string, shardCount: number): Promise<unknown> {
  const actors: string[] = [];
  const deadlines: string[] = [];
  const outbox: string[] = [];
  const sequences: number[] = [];
  for (let shard = 0; shard < shardCount; shard++) {
    const store = openLmdbStore({ directory: shardDirectory(directory, shard), mapSizeOctets });
    for (const partition of store.partitions) {
      assert.equal(shardOfPartition(partition, shardCount), shard);
      sequences[partition] = store.sequence(partition);
    }
    for (let partition = 0; partition < partitionCount; partition++) {
      for (const [number, record] of store.actors(partition)) {
        assert(
          store.partitions.includes(partition),
          `shard ${shard} holds nothing of partition ${partition}`,
        );
        actors.push(`${partition} ${number} ${Buffer.from(record).toString()}`);
      }
    }
    for (const [partition, number] of store.deadlines(Number.MAX_SAFE_INTEGER)) {
      assert(store.partitions.includes(partition));
      deadlines.push(`${partition} ${number}`);
    }
    for (const [key, effect] of store.outbox()) {
      if (!key.startsWith('q')) assert(store.partitions.includes(Number.parseInt(key, 10)));
      outbox.push(`${key} ${Buffer.from(effect).toString()}`);
    }
    await store.close();
  }
  assert.equal(sequences.length, partitionCount);
  return { actors: actors.sort(), deadlines: deadlines.sort(), outbox: outbox.sort(), sequences };
}

test('partitions move whole to more and to fewer shards, and no environment is left over', async () => {
  const directory = await filledDirectory(2);
  const before = await contents(directory, 2);
  for (const shardCount of [5, 1, 3, 2]) {
    await relocatePartitions({ directory, shardCount, mapSizeOctets });
    assert.deepEqual(await contents(directory, shardCount), before);
    assert(!existsSync(shardDirectory(directory, shardCount)));
  }
  const steps: string[] = [];
  await relocatePartitions({ directory, shardCount: 2, mapSizeOctets, onStep: (step) => steps.push(step) });
  assert.deepEqual(steps, [], 'where all lie as they should nothing is written');
  rmSync(directory, { recursive: true });
});

test('a crash before any transaction of a move loses nothing and doubles nothing', async () => {
  const directory = await filledDirectory(2);
  const before = await contents(directory, 2);
  class Crash extends Error {}
  let shardCount = 2;
  let crashes = 0;
  // Ends the work one transaction further on each time, in one move and then in the move back.
  for (const target of [3, 2]) {
    for (let crashAt = 0; ; crashAt++) {
      let step = 0;
      const onStep = (): void => {
        if (step++ === crashAt) throw new Crash();
      };
      try {
        await relocatePartitions({ directory, shardCount: target, mapSizeOctets, onStep });
        if (step <= crashAt) break;
      } catch (error) {
        if (!(error instanceof Crash)) throw error;
        crashes++;
        // Every third crash is followed by a start with the old number of shards.
        if (crashAt % 3 === 2) {
          await relocatePartitions({ directory, shardCount, mapSizeOctets });
          assert.deepEqual(await contents(directory, shardCount), before);
        }
      }
    }
    assert.deepEqual(await contents(directory, target), before);
    shardCount = target;
  }
  assert(crashes > 40, `${crashes} crashes`);
  rmSync(directory, { recursive: true });
});

test('a giver whose journal is still needed is settled first, or refused', async () => {
  const directory = await filledDirectory(2);
  await commitTo(directory, 1, { recoverFrom: 1 });
  await assert.rejects(
    relocatePartitions({ directory, shardCount: 1, mapSizeOctets }),
    (error) => error instanceof OperatingError && error.code === 'CW_STORE_UNSETTLED',
  );
  await relocatePartitions({
    directory,
    shardCount: 1,
    mapSizeOctets,
    settle: (store) =>
      new Promise((resolve, reject) => {
        const window = store.lastWindow + 1;
        store.commit(windowOf(window, { recoverFrom: window + 1 }), resolve, reject);
      }),
  });
  await contents(directory, 1);
  rmSync(directory, { recursive: true });
});

test('a directory from which an environment was taken is refused, and nothing is made in its place', async () => {
  const directory = await filledDirectory(2);
  rmSync(path.join(directory, 'shard-1'), { recursive: true });
  for (let round = 0; round < 2; round++) {
    await assert.rejects(
      relocatePartitions({ directory, shardCount: 2, mapSizeOctets }),
      (error) => error instanceof OperatingError && error.code === 'CW_STORE_INCOMPLETE',
    );
  }
  rmSync(directory, { recursive: true });
});
