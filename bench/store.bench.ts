/**
 * Commit windows on LMDB, two in flight: with a journal record of 100 events alone, and with actor records spread over
 * 100 000 actors. `CALLWAKE_BENCH_FOLDER` decides which disk is measured.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { shardDirectory } from '../src/adapters/store/data-directory.ts';
import { type LmdbStore, openLmdbStore } from '../src/adapters/store/lmdb-store.ts';
import { relocatePartitions } from '../src/adapters/store/relocate-partitions.ts';
import { LatencyHistogram, summarize } from '../src/types/latency-histogram.ts';
import { partitionOf } from '../src/types/partition.ts';
import type { ActorWrite, CommitWindow } from '../src/types/ports/store.ts';
import { randomBelow, SeededRandom } from '../src/types/random.ts';
import { report as emit, hashOf, remark, sized } from './harness/report.ts';

const actorCount = sized(100_000, 1_000);
const forMs = sized(3000, 100);

const record = new Uint8Array(200).fill(7);
const journal = new Uint8Array(9300).fill(9);
const write = (serial: number): ActorWrite => {
  const number = String(491_511_000_000 + serial);
  return { partition: partitionOf(number), number, record, deadlineBeforeMs: 0, deadlineAfterMs: 0 };
};

function windowOf(window: number, actors: readonly ActorWrite[]): CommitWindow {
  const none = { sequences: new Map(), positions: new Uint8Array(40), outboxAdd: [], outboxRemove: [] };
  return { window, journal, actors, recoverFrom: window, trimBefore: window - 1000, ...none };
}

async function fill(store: LmdbStore): Promise<void> {
  const writes = Array.from({ length: actorCount }, (_, serial) => write(serial));
  writes.sort((a, b) => a.partition - b.partition || (a.number < b.number ? -1 : 1));
  for (let at = 0; at < actorCount; at += 1000) {
    await new Promise<void>((resolve, reject) => {
      store.commit(windowOf(store.lastWindow + 1, writes.slice(at, at + 1000)), resolve, reject);
    });
  }
}

function measure(store: LmdbStore, actorsPerWindow: number): Promise<void> {
  const random = new SeededRandom(1);
  const latencies = new LatencyHistogram();
  const startMs = performance.now();
  const startCpu = process.cpuUsage();
  let next = store.lastWindow + 1;
  let done = 0;
  return new Promise((resolve, reject) => {
    const commit = (): void => {
      const beganMs = performance.now();
      const actors = Array.from({ length: actorsPerWindow }, () => write(randomBelow(random, actorCount)));
      store.commit(
        windowOf(next++, actors),
        () => {
          done++;
          latencies.record(performance.now() - beganMs);
          if (performance.now() - startMs < forMs) commit();
          else if (store.commitsInFlight === 0) resolve(report());
        },
        reject,
      );
    };
    const report = (): void => {
      const { user, system } = process.cpuUsage(startCpu);
      const { p50Ms, p99Ms } = summarize(latencies.counts);
      const perSecond = (done / (performance.now() - startMs)) * 1000;
      remark(
        `${actorsPerWindow} records: CPU ${((user + system) / 1000 / done).toFixed(2)} ms for a commit, durable after ${p99Ms} ms (p99)`,
      );
      const hash = hashOf('store', actorsPerWindow, journal.length, record.length);
      const name = `store: window of ${actorsPerWindow} records`;
      emit(
        { name: `${name}, commits`, figure: perSecond, unit: '/s', hash },
        { name: `${name}, durable after, p50`, figure: p50Ms, unit: 'ms', hash },
      );
    };
    commit();
    commit();
  });
}

const directory = mkdtempSync(path.join(process.env['CALLWAKE_BENCH_FOLDER'] ?? tmpdir(), 'callwake-bench-'));
await relocatePartitions({ directory, shardCount: 1 });
const store = openLmdbStore({ directory: shardDirectory(directory, 0) });
await fill(store);
for (const actors of [0, 20, 200]) await measure(store, actors);
await store.close();
rmSync(directory, { recursive: true });
