/** The notifier in a thread of its own, with its pool of renderers. */
import { parentPort } from 'node:worker_threads';
import { openCentres } from '../../engine/message-centres.ts';
import { buildNotifier } from '../../engine/parts.ts';
import { openChannels } from '../channels/open-channels.ts';
import { goOnFrom, machineClock } from '../clock.ts';
import { createLog } from '../log/pino-log.ts';
import { SharedCounters } from '../metrics/shared-counters.ts';
import { PoolRenderer } from '../notifier/pool-renderer.ts';
import { machineRandom } from '../random.ts';
import { PartRings } from '../rings/shared-wiring.ts';
import { smscConfigs } from '../smpp/smsc-configs.ts';
import { TcpSmppPort } from '../smpp/tcp-port.ts';
import { PauseMeter } from '../threads/pauses.ts';
import { hostPart } from '../threads/thread-main.ts';
import { logOptions, serviceOptions } from './engine-options.ts';
import { NoticeReports } from './notice-reports.ts';
import { LagMeter, latenciesOver, type PartReport, REPORT_MS } from './reports.ts';
import { originatingAddressOf } from './texts.ts';
import type { EngineThreadData } from './thread-data.ts';

/** A batch to render costs as much as some notices, and nobody waits for one in milliseconds. */
const GATHERS = { waitMs: 10, beginsAtTurns: 10, endsBelowWork: 10 };

/** A connection to an SMSC is made in this time, or tried again later. */
const CONNECT_MS = 10_000;

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
      latencies,
      lives,
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
    const ports = {
      clock: machineClock,
      timers: host.timers,
      counters,
      log: createLog(logOptions(config, 'notifier')),
      rings: new PartRings(wiring, 'notifier'),
    };
    const notifier = buildNotifier(
      serviceOptions(config, templateVersion),
      ports,
      (batch, done) => void renderer.render(batch).then(done),
      host.wake,
    );
    const channels = openChannels(config.channels, { ...ports, random: machineRandom() }, notifier.channels);
    const notices = new NoticeReports(machineClock);
    const { returnToNotice } = latenciesOver(latencies);
    const smscs = smscConfigs(config);
    const port = new TcpSmppPort({ counters, connectMs: CONNECT_MS });
    const centres =
      smscs.length === 0
        ? undefined
        : openCentres(notifier, ports, {
            smscs,
            port,
            random: machineRandom(),
            lives,
            onDelivered: (delivery, sinceReturnMs) => {
              if (sinceReturnMs >= 0) returnToNotice.record(sinceReturnMs);
              notices.delivered(delivery);
            },
            onNotice: notices.note,
          });
    const report = (): void => {
      parentPort?.postMessage({
        kind: 'notifier',
        status: notifier.status,
        connectors: channels.flatMap(({ statuses }) => statuses),
        notices: notices.take(),
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
      drain: () => {
        for (const channel of channels) channel.drain();
      },
      get drained() {
        const { batches, waiting } = notifier.status;
        const isDrained = channels.every((channel) => channel.drained);
        return isDrained && batches === 0 && waiting === 0 && (centres?.underWay ?? 0) === 0;
      },
      close: async () => {
        clearInterval(reports);
        notifier.channels.close();
        for (const channel of channels) channel.stop();
        centres?.close();
        port.close();
        await renderer.close();
      },
    };
  },
  { onLag: lag.note, gathers: GATHERS },
);
