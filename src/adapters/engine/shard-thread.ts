/** A shard in a thread of its own. */
import { parentPort } from 'node:worker_threads';
import { MeasuredStore } from '../../engine/measured-store.ts';
import { buildShard } from '../../engine/parts.ts';
import type { PartName } from '../../engine/wiring.ts';
import { machineClock } from '../clock.ts';
import { createLog } from '../log/pino-log.ts';
import { SharedCounters } from '../metrics/shared-counters.ts';
import { PartRings } from '../rings/shared-wiring.ts';
import { shardDirectory } from '../store/data-directory.ts';
import { openLmdbStore } from '../store/lmdb-store.ts';
import { hostPart } from '../threads/thread-main.ts';
import { logOptions, serviceOptions } from './engine-options.ts';
import { LagMeter, type PartReport, REPORT_MS } from './reports.ts';
import type { EngineThreadData } from './thread-data.ts';

const lag = new LagMeter();

await hostPart(
  ({ name, data, host }) => {
    const { config, templateVersion, wiring, counters: memory, lives } = data as EngineThreadData;
    const index = Number(name.replace('shard-', ''));
    const log = createLog(logOptions(config, name));
    const store = new MeasuredStore(
      openLmdbStore(
        {
          directory: shardDirectory(config.node.dataDirectory, index),
          mapSizeOctets: config.store.mapSizeOctets,
        },
        host.wake,
      ),
      machineClock,
    );
    const shard = buildShard(
      index,
      store,
      serviceOptions(config, templateVersion),
      lives,
      {
        clock: machineClock,
        timers: host.timers,
        counters: new SharedCounters(memory),
        log,
        rings: new PartRings(wiring, name as PartName),
      },
      (error) => {
        // The store is as it was; a new life of this thread starts from it.
        log.error('shard.commit-failed', { error });
        setImmediate(() => {
          throw error;
        });
      },
    );
    const report = (): void => {
      const message: PartReport = {
        kind: 'shard',
        status: shard.status,
        lagMs: lag.take(),
        commitP99Ms: store.takeLatencies().p99Ms,
        journalLagOctets: store.journalLagOctets,
      };
      parentPort?.postMessage(message);
    };
    const reports = setInterval(report, REPORT_MS);
    reports.unref();
    return {
      doWork: () => shard.doWork(),
      get stalled() {
        return shard.stalled;
      },
      drain: () => undefined,
      get drained() {
        return shard.drained;
      },
      close: async () => {
        clearInterval(reports);
        shard.stop();
        await store.close();
      },
    };
  },
  { onLag: lag.note },
);
