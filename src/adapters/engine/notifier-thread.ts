/** The notifier in a thread of its own, with its pool of renderers. */
import { parentPort } from 'node:worker_threads';
import { buildNotifier } from '../../engine/parts.ts';
import { goOnFrom, machineClock } from '../clock.ts';
import { createLog } from '../log/pino-log.ts';
import { SharedCounters } from '../metrics/shared-counters.ts';
import { PoolRenderer } from '../notifier/pool-renderer.ts';
import { PartRings } from '../rings/shared-wiring.ts';
import { PauseMeter } from '../threads/pauses.ts';
import { hostPart } from '../threads/thread-main.ts';
import { logOptions, serviceOptions } from './engine-options.ts';
import { LagMeter, type PartReport, REPORT_MS } from './reports.ts';
import { originatingAddressOf } from './texts.ts';
import type { EngineThreadData } from './thread-data.ts';

/** A batch to render costs as much as some notices, and nobody waits for one in milliseconds. */
const GATHERS = { waitMs: 10, beginsAtTurns: 10, endsBelowWork: 10 };

const lag = new LagMeter();
const pauses = new PauseMeter();

await hostPart(
  ({ data, host }) => {
    const {
      config,
      templateSources,
      templateVersion,
      wiring,
      counters: memory,
      clockMarks,
    } = data as EngineThreadData;
    goOnFrom(clockMarks);
    const counters = new SharedCounters(memory);
    const { threads, waitingBatchesMax, batchTimeoutMs } = config.notices;
    const renderer = new PoolRenderer({
      templateSources,
      originatingAddress: originatingAddressOf(config),
      counters,
      threads,
      waitingMax: waitingBatchesMax,
      batchTimeoutMs,
    });
    const notifier = buildNotifier(
      serviceOptions(config, templateVersion),
      {
        clock: machineClock,
        timers: host.timers,
        counters,
        log: createLog(logOptions(config, 'notifier')),
        rings: new PartRings(wiring, 'notifier'),
      },
      (batch, done) => void renderer.render(batch).then(done),
      host.wake,
    );
    const report = (): void => {
      parentPort?.postMessage({
        kind: 'notifier',
        status: notifier.status,
        lagMs: lag.take(),
        runtime: pauses.take(),
      } satisfies PartReport);
    };
    const reports = setInterval(report, REPORT_MS);
    reports.unref();
    return {
      doWork: () => notifier.doWork(),
      get stalled() {
        return notifier.stalled;
      },
      drain: () => undefined,
      get drained() {
        const { batches, waiting } = notifier.status;
        return batches === 0 && waiting === 0;
      },
      close: async () => {
        clearInterval(reports);
        await renderer.close();
      },
    };
  },
  { onLag: lag.note, gathers: GATHERS },
);
