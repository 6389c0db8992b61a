/**
 * The engine without sockets, one shard: initialDP, decision, report, durable, END, notice rendered, sendRoutingInfoForSM and
 * mt-ForwardSM. Beside it the same without storage, and the disk's own fdatasync.
 */
import assert from 'node:assert/strict';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { shardDirectory } from '../../src/adapters/store/data-directory.ts';
import { openLmdbStore } from '../../src/adapters/store/lmdb-store.ts';
import { defaultShardLimits } from '../../src/engine/shard/shard-options.ts';
import { summarize } from '../../src/types/latency-histogram.ts';
import { writeProvisioned } from '../harness/provisioned.ts';
import { hashOf, remark, report, sized } from '../harness/report.ts';
import { BlankStore } from './blank-store.ts';
import { BenchEngine, type BenchEngineOptions } from './plant.ts';

const SUBSCRIBERS = sized(1_000_000, 2_000);
const CALLS = sized(30_000, 300);
const ROUNDS = sized(3, 1);
const CONCURRENT = 256;

const directory = mkdtempSync(path.join(tmpdir(), 'callwake-bench-'));
try {
  await writeProvisioned(directory, SUBSCRIBERS);
  const stored: BenchEngineOptions = {
    subscribers: SUBSCRIBERS,
    end: 'busy',
    openStore: (onSettled) => openLmdbStore({ directory: shardDirectory(directory, 0) }, { onSettled }),
  };
  const blank: BenchEngineOptions = { ...stored, openStore: (wake) => new BlankStore(wake) };
  const engines = { stored: new BenchEngine(stored), blank: new BenchEngine(blank) };
  const best = { stored: Infinity, blank: Infinity };
  for (const engine of Object.values(engines)) await engine.play(Math.ceil(CALLS / 5), CONCURRENT);
  for (let round = 0; round < ROUNDS; round++)
    for (const name of ['stored', 'blank'] as const) {
      const { engineMs } = await engines[name].play(CALLS, CONCURRENT);
      best[name] = Math.min(best[name], (engineMs * 1_000) / CALLS);
    }
  const { right, lost, doubled, wrong } = engines.stored.far.account.report();
  assert.deepEqual({ lost, doubled, wrong }, { lost: 0, doubled: 0, wrong: 0 });
  const hash = hashOf(right, engines.stored.far.letGo);
  report({
    name: 'engine/pipeline: missed calls with their notices, one shard',
    figure: 1e6 / best.stored,
    unit: '/s',
    floor: 1e6 / best.blank,
    floorIs: 'the same without storage',
    goal: { of: 'ratio', atLeast: 0.4 },
    hash,
  });
  remark(`${best.stored.toFixed(1)} µs of the thread for each, ${best.blank.toFixed(1)} µs without storage`);
  const { durableMs, syncMs } = await durability(engines.stored);
  report({
    name: 'engine/pipeline: report to durable, p50',
    figure: durableMs,
    unit: 'ms',
    floor: defaultShardLimits.windowMs + 2 * syncMs,
    floorIs: 'window and two fdatasync',
    goal: { of: 'ratio', atMost: 1 },
    hash,
  });
  for (const engine of Object.values(engines)) await engine.close();
} finally {
  rmSync(directory, { recursive: true, force: true });
}

/** With few calls at once, so that none waits for others; and what the disk needs for a page, in turns with it. */
async function durability(engine: BenchEngine): Promise<{ durableMs: number; syncMs: number }> {
  engine.far.durable.counts.fill(0);
  const file = path.join(directory, 'sync');
  const descriptor = openSync(file, 'w');
  const page = new Uint8Array(16_384).fill(7);
  const syncs: number[] = [];
  for (let turn = 0; turn < sized(50, 2); turn++) {
    await engine.play(sized(40, 4), 8);
    for (let sync = 0; sync < 10; sync++) {
      const startedAtMs = performance.now();
      writeSync(descriptor, page, 0, page.length, 0);
      fdatasyncSync(descriptor);
      syncs.push(performance.now() - startedAtMs);
    }
  }
  closeSync(descriptor);
  syncs.sort((a, b) => a - b);
  return { durableMs: summarize(engine.far.durable.counts).p50Ms, syncMs: syncs[syncs.length >> 1]! };
}
