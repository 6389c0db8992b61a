/** The signalling part in a thread of its own: sockets, M3UA, SCCP, TCAP and the gateways. */
import { parentPort } from 'node:worker_threads';
import { aspConfigOf, ipspConfigOf } from '../../config/m3ua.ts';
import { sccpConfigOf } from '../../config/sccp.ts';
import { buildSignalling } from '../../engine/parts.ts';
import type { Signalling } from '../../engine/signalling/signalling.ts';
import { M3uaAsp } from '../../stack/m3ua/asp.ts';
import { CombinedMtp } from '../../stack/m3ua/combined-mtp.ts';
import { M3uaIpsp } from '../../stack/m3ua/ipsp.ts';
import { Sccp } from '../../stack/sccp/sccp.ts';
import { Tcap } from '../../stack/tcap/tcap.ts';
import { OperatingError } from '../../types/operating-error.ts';
import { goOnFrom, machineClock } from '../clock.ts';
import { createLog } from '../log/pino-log.ts';
import { SharedCounters } from '../metrics/shared-counters.ts';
import { machineRandom } from '../random.ts';
import { FLUSH_MS, TrafficRecorder } from '../recording/traffic-recorder.ts';
import { PartRings } from '../rings/shared-wiring.ts';
import { PauseMeter } from '../threads/pauses.ts';
import { hostPart } from '../threads/thread-main.ts';
import { logOptions, selfCareOptions, serviceOptions } from './engine-options.ts';
import { NoticeReports } from './notice-reports.ts';
import { LagMeter, latenciesOver, type PartReport, REPORT_MS } from './reports.ts';
import { openTransport } from './sctp-transport.ts';
import type { EngineThreadData, SignallingOrder } from './thread-data.ts';

const lag = new LagMeter();
const pauses = new PauseMeter();

await hostPart(
  async ({ data, host }) => {
    const {
      config,
      templateVersion,
      selfCareSources,
      wiring,
      counters: memory,
      latencies,
      clockMarks,
      lives,
      bootEpoch,
      captureFile,
    } = data as EngineThreadData;
    const { timers, wake } = host;
    goOnFrom(clockMarks);
    const clock = machineClock;
    const counters = new SharedCounters(memory);
    const log = createLog(logOptions(config, 'signalling'));
    const random = machineRandom();
    const transport = openTransport(config.signalling, captureFile, { clock, counters, log });
    const aspConfig = aspConfigOf(config.signalling);
    const ipspConfig = ipspConfigOf(config.signalling);
    if (aspConfig === undefined && ipspConfig === undefined) {
      throw new OperatingError(
        'CW_CONFIG_INVALID',
        'signalling.associations: name one association with the role asp or ipsp',
        {},
      );
    }
    // What waits for the network may go when a state changes.
    const m3ua = { sctp: transport.port, timers, counters, log, onStateChange: wake };
    const mtp = new CombinedMtp(
      aspConfig === undefined ? undefined : new M3uaAsp({ ...m3ua, config: aspConfig }),
      ipspConfig === undefined ? undefined : new M3uaIpsp({ ...m3ua, config: ipspConfig }),
    );
    const sccp = new Sccp({ config: sccpConfigOf(config), mtp, timers, counters, random, log });
    const part: { signalling: Signalling | undefined } = { signalling: undefined };
    const tcap = new Tcap({
      sccp,
      timers,
      counters,
      node: config.node.id,
      bootEpoch,
      limits: config.tcap,
      admit: (ssn) => part.signalling?.admits(ssn) ?? false,
    });
    const notices = new NoticeReports(clock);
    const traffic: { tap: TrafficRecorder | undefined } = { tap: undefined };
    const signalling = buildSignalling(
      {
        ...serviceOptions(config, templateVersion),
        selfCare: selfCareOptions(config, selfCareSources),
      },
      lives,
      { clock, timers, counters, log, rings: new PartRings(wiring, 'signalling') },
      tcap,
      {
        wake,
        setReading: (reading) => mtp.setReading(reading),
        isBehind: () => mtp.isBehind,
        isUp: () => mtp.isActive,
      },
      latenciesOver(latencies),
      notices.note,
      traffic,
    );
    part.signalling = signalling;
    await mtp.start();
    const report = (): void => {
      const message: PartReport = {
        kind: 'signalling',
        status: signalling.status,
        users: tcap.statistics.report(),
        m3ua: mtp.snapshot(),
        lagMs: lag.take(),
        runtime: pauses.take(),
        notices: notices.take(),
      };
      parentPort?.postMessage(message);
    };
    const reports = setInterval(report, REPORT_MS);
    reports.unref();
    const flushes = setInterval(() => traffic.tap?.flush(), FLUSH_MS);
    flushes.unref();
    return {
      doWork: () => signalling.doWork(),
      take: (message) => {
        const order = message as SignallingOrder;
        if (order.kind === 'record') {
          traffic.tap = new TrafficRecorder(order.token, clock, (said) => {
            parentPort?.postMessage(said, said.kind === 'traffic' ? [said.octets.buffer as ArrayBuffer] : []);
          });
          return;
        }
        if (order.kind !== 'translation') {
          // Of a recording that is over, nothing is wanted.
          if (order.token !== traffic.tap?.token) return;
          if (order.kind === 'traffic-written') return traffic.tap.written();
          traffic.tap.end();
          traffic.tap = undefined;
          return;
        }
        const { rules } = order;
        const problems = sccp.replaceTranslation(rules);
        if (problems.length === 0) log.info('sccp.translation-replaced', { rules: rules.length });
        else log.error('sccp.translation-refused', { problems });
      },
      get stalled() {
        return signalling.stalled;
      },
      drain: () => signalling.drain(),
      get drained() {
        return signalling.drained;
      },
      close: async () => {
        clearInterval(reports);
        clearInterval(flushes);
        signalling.letAllGo();
        await new Promise<void>((resolve) => {
          mtp.stop(resolve);
          setTimeout(resolve, 1_000).unref();
        });
        await transport.close();
      },
    };
  },
  { onLag: lag.note },
);
