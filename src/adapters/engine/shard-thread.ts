/** A shard in a thread of its own. */
import { parentPort } from 'node:worker_threads';
import { MeasuredStore } from '../../engine/measured-store.ts';
import { buildShard } from '../../engine/parts.ts';
import { latestEventMs } from '../../engine/shard/latest-event.ts';
import type { PartName } from '../../engine/wiring.ts';
import { machineClock } from '../clock.ts';
import { createLog } from '../log/pino-log.ts';
import { SharedCounters } from '../metrics/shared-counters.ts';
import { PartRings } from '../rings/shared-wiring.ts';
import { shardDirectory } from '../store/data-directory.ts';
import { openLmdbStore } from '../store/lmdb-store.ts';
import { PauseMeter } from '../threads/pauses.ts';
import { hostPart } from '../threads/thread-main.ts';
import { logOptions, serviceOptions } from './engine-options.ts';
import type { HeldReport, HoldOrder } from './live-backup.ts';
import { LagMeter, type PartReport, REPORT_MS } from './reports.ts';
import type { EngineThreadData } from './thread-data.ts';

/** Three such pauses are in the answer to an initialDP and in its report. */
const GATHERS = { waitMs: 2, beginsAtTurns: 50, endsBelowWork: 50 };

const lag = new LagMeter();
const pauses = new PauseMeter();

await hostPart(
  ({ name, data, host }) => {
    const { config, templateVersion, wiring, counters: memory, lives, clockMarks } = data as EngineThreadData;
    const index = Number(name.replace('shard-', ''));
    const log = createLog(logOptions(config, name));
    const counters = new SharedCounters(memory);
    const lmdb = openLmdbStore(
      {
        directory: shardDirectory(config.node.dataDirectory, index),
        mapSizeOctets: config.store.mapSizeOctets,
      },
      {
        onSettled: host.wake,
        onDamaged: (table) => {
          counters.count('shard.record-damaged');
          log.error('shard.record-damaged', { table, code: 'checksum' });
        },
      },
    );
    const store = new MeasuredStore(lmdb, machineClock);
    /** For a backup that is being made: `Environment.hold`. */
    let letGo: (() => void) | undefined;
    const marks = new Float64Array(clockMarks);
    machineClock.notBefore(latestEventMs(store));
    const markTime = (): void => {
      marks[index] = machineClock.now();
    };
    markTime();
    const shard = buildShard(
      index,
      store,
      serviceOptions(config, templateVersion),
      lives,
      {
        clock: machineClock,
        timers: host.timers,
        counters,
        log,
        rings: new PartRings(wiring, name as PartName),
      },
      (error) => {
        // The store is as it was; a new life of this thread starts from it.
        counters.count('shard.commit-failed');
        log.error('shard.commit-failed', { error });
        setImmediate(() => {
          throw error;
        });
      },
    );
    const report = (): void => {
      markTime();
      const { p50Ms, p99Ms } = store.takeLatencies();
      const message: PartReport = {
        kind: 'shard',
        status: shard.status,
        lagMs: lag.take(),
        runtime: pauses.take(),
        commitP50Ms: p50Ms,
        commitP99Ms: p99Ms,
        journalLagOctets: store.journalLagOctets,
        pages: lmdb.pages,
      };
      parentPort?.postMessage(message);
    };
    const reports = setInterval(report, REPORT_MS);
    reports.unref();
    return {
      doWork: () => shard.doWork(),
      take: (order) => {
        const { kind, token } = order as HoldOrder;
        letGo?.();
        letGo = kind === 'hold' ? lmdb.hold() : undefined;
        if (kind === 'hold') parentPort?.postMessage({ kind: 'held', token } satisfies HeldReport);
      },
      get stalled() {
        return shard.stalled;
      },
      drain: () => shard.drain(),
      get drained() {
        return shard.drained;
      },
      close: async () => {
        letGo?.();
        clearInterval(reports);
        shard.stop();
        await store.close();
      },
    };
  },
  { onLag: lag.note, gathers: GATHERS },
);
