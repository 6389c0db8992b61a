/**
 * Whether what a call costs stays what it is when there are more subscribers, and more shards: the pipeline of the engine with its
 * store, from ten thousand to ten million, and on one to eight shards that share the thread. `CALLWAKE_BENCH_PICTURE=FILE` draws it.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { shardDirectory } from '../../src/adapters/store/data-directory.ts';
import { openLmdbStore } from '../../src/adapters/store/lmdb-store.ts';
import { linePicture } from '../harness/line-picture.ts';
import { writeProvisioned } from '../harness/provisioned.ts';
import { hashOf, remark, report, sized } from '../harness/report.ts';
import { BenchEngine } from './plant.ts';

const POPULATIONS = [10_000, 100_000, 1_000_000, 10_000_000].map((count) => sized(count, count / 100));
const SHARDS = [1, 2, 4, 8];
const SHARDS_POPULATION = sized(1_000_000, 1_000);
const CALLS = sized(20_000, 200);
const CONCURRENT = 256;
/** Costs that differ by so much are called the same: pages of the tree, and what the processor has cached of them. */
const FLAT = 1.25;

/** Microseconds of the thread for a missed call with its notice, the best of some rounds. */
async function costOf(subscribers: number, shards: number): Promise<number> {
  const directory = mkdtempSync(path.join(tmpdir(), 'callwake-bench-'));
  try {
    await writeProvisioned(directory, subscribers, shards);
    const engine = new BenchEngine({
      subscribers,
      shards,
      end: 'busy',
      openStore: (onSettled, shard) =>
        openLmdbStore({ directory: shardDirectory(directory, shard) }, { onSettled }),
    });
    await engine.play(Math.ceil(CALLS / 4), CONCURRENT);
    let best = Infinity;
    for (let round = 0; round < sized(3, 1); round++)
      best = Math.min(best, (await engine.play(CALLS, CONCURRENT)).engineMs);
    const { lost, doubled, wrong } = engine.far.account.report();
    assert.deepEqual({ lost, doubled, wrong }, { lost: 0, doubled: 0, wrong: 0 });
    await engine.close();
    const cost = (best * 1_000) / CALLS;
    remark(`${subscribers} subscribers, ${shards} shards: ${cost.toFixed(1)} µs`);
    return cost;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const byPopulation: (readonly [number, number])[] = [];
for (const subscribers of POPULATIONS) byPopulation.push([subscribers, await costOf(subscribers, 1)]);
const byShards: (readonly [number, number])[] = [];
for (const shards of SHARDS) byShards.push([shards, await costOf(SHARDS_POPULATION, shards)]);
const hash = hashOf(POPULATIONS, SHARDS, CALLS);
const row = (name: string, costs: typeof byPopulation, floorIs: string) => ({
  name: `engine/growth: ${name}`,
  figure: costs.at(-1)![1],
  unit: 'µs' as const,
  floor: costs[0]![1],
  floorIs,
  goal: { of: 'ratio' as const, atMost: FLAT },
  hash,
});
report(
  row('a call among ten million subscribers', byPopulation, 'a call among ten thousand'),
  row('a call on eight shards of one thread', byShards, 'a call on one shard'),
);
const picture = process.env['CALLWAKE_BENCH_PICTURE'];
if (picture !== undefined)
  writeFileSync(
    picture,
    linePicture('What a missed call with its notice costs', 'µs of the engine’s thread', [
      { name: 'by subscribers', points: byPopulation },
      { name: 'by shards', points: byShards },
    ]),
  );
