/**
 * What the pages, `/metrics` and `/health` show of a running engine: samples made from what its threads report and from
 * their counters, a few times a second, with the points of the last hour.
 */
import type { Config } from '../../config/schema/config.ts';
import type { ConnectorStatus } from '../../connector/status.ts';
import type { NotifierStatus } from '../../engine/notifier.ts';
import type { RingLevel } from '../../engine/ring.ts';
import { OVERLOAD_LEVELS } from '../../engine/signalling/overload.ts';
import type { SignallingStatus } from '../../engine/signalling/signalling.ts';
import type { PartName } from '../../engine/wiring.ts';
import type { UserReport } from '../../stack/tcap/statistics.ts';
import { LATENCY_BOUNDS_MS, LATENCY_BUCKETS, type LatencyHistogram } from '../../types/latency-histogram.ts';
import type { Log } from '../../types/log.ts';
import { HistoryRing } from '../../web/history-ring.ts';
import {
  type AlarmEvent,
  type AlarmHistory,
  type Capacity,
  type Counter,
  type Health,
  type Hello,
  type LatencyTotals,
  LIVE_SCHEMA,
  type LiveSource,
  type NotifierState,
  type PhoneNotice,
  type Point,
  type Snapshot,
  type Thread,
  type Totals,
  type Verdict,
} from '../../web/live-source.ts';
import { SERIES_MERGES, SERIES_TOLD, seriesValues } from '../../web/series.ts';
import { machineClock, rawClock } from '../clock.ts';
import { metricSentences } from '../metrics/descriptors.ts';
import type { ThreadState } from '../threads/supervisor.ts';
import { AlarmBoard, type AlarmChange } from './alarm-board.ts';
import { connectorConditions } from './connector-conditions.ts';
import { DeviationFinder } from './deviations.ts';
import { conditionsIn } from './live-conditions.ts';
import { LiveFlows, toldBesideSms } from './live-flows.ts';
import { LiveNetwork } from './live-network.ts';
import { LiveNotices } from './live-notices.ts';
import { queuesOf, ringFamilies } from './live-queues.ts';
import { LiveShards } from './live-shards.ts';
import { LiveThreads } from './live-threads.ts';
import { ProgressWatch } from './progress-conditions.ts';
import type { PartReport } from './reports.ts';
import { smscConditions } from './smsc-conditions.ts';

/** What is looked at: an `Engine`. */
export interface WatchedEngine {
  readonly threads: readonly ThreadState[];
  readonly ringLevels: readonly RingLevel[];
  readonly latencies: {
    readonly initialDpToAnswer: LatencyHistogram;
    readonly returnToNotice: LatencyHistogram;
  };
  readonly commands: { readonly underWay: number };
  countersNow(): ReadonlyMap<string, number>;
}

export interface LiveEngineOptions {
  readonly config: Config;
  readonly version: string;
  /** 'run' masks numbers, 'demo' has none of real people. */
  readonly mode: Hello['mode'];
  readonly sampleMs?: number;
  /** The page may operate phones: those of a simulated network. */
  readonly phones?: boolean;
  /** Where alarms are told as well. Default: nowhere. */
  readonly log?: Log;
}

/** Of the last minutes each sample is kept, of the hour before them one point for ten seconds. */
const FINE_MS = 600_000;
const HISTORY_MS = 3_600_000;
const COARSE_MS = 10_000;

export class LiveEngine implements LiveSource {
  /** Every counter of every thread by its name, as of the last sample: for `/metrics`. */
  readonly counters = new Map<string, number>();
  readonly #options: LiveEngineOptions;
  readonly #sampleMs: number;
  readonly #startedAtMs = machineClock.now();
  readonly #startedAtMonotonicMs = machineClock.monotonic();
  readonly #history: HistoryRing;
  readonly #network: LiveNetwork;
  readonly #notices: LiveNotices;
  readonly #alarms = new AlarmBoard((change, event) => this.#logAlarm(change, event));
  readonly #deviations = new DeviationFinder();
  readonly #answerBefore = new Uint32Array(LATENCY_BUCKETS);
  readonly #noticeBefore = new Uint32Array(LATENCY_BUCKETS);
  readonly #shards = new LiveShards();
  readonly #threads = new LiveThreads();
  readonly #flows = new LiveFlows();
  #users: readonly UserReport[] = [];
  #engine: WatchedEngine | undefined;
  #signalling: SignallingStatus | undefined;
  #notifier: NotifierStatus | undefined;
  #connectors: readonly ConnectorStatus[] = [];
  readonly #progress = new ProgressWatch();
  #restartsBefore = new Map<string, number>();
  #ringRefusalsBefore = new Map<string, number>();
  /** Of the wall clock before the one that is never set, in the sample before. */
  #clockAheadMs = rawClock.now() - rawClock.monotonic();
  #timer: NodeJS.Timeout | undefined;
  #sampledAtMs = machineClock.monotonic();
  #verdict: Verdict | undefined;
  #stopping = false;
  #sequence = 0;
  #current: Snapshot;

  constructor(options: LiveEngineOptions) {
    this.#options = options;
    this.#sampleMs = options.sampleMs ?? 1_000 / options.config.web.samplesPerSecond;
    this.#history = new HistoryRing({
      fine: Math.ceil(FINE_MS / this.#sampleMs),
      coarse: Math.ceil((HISTORY_MS - FINE_MS) / COARSE_MS),
      merged: Math.max(1, Math.round(COARSE_MS / this.#sampleMs)),
      boundsMs: LATENCY_BOUNDS_MS,
      merges: SERIES_MERGES,
    });
    this.#network = new LiveNetwork(options.config.signalling);
    this.#notices = new LiveNotices(this.#privacy, options.config.notices.originatingAddress);
    this.#current = this.#sample();
  }

  #logAlarm(change: AlarmChange, { id, code, severity, subject, text }: AlarmEvent): void {
    const { log } = this.#options;
    const fields = { id, alarm: code, severity, subject, text };
    if (change !== 'raised') log?.info(`alarm.${change}`, fields);
    else if (severity === 'critical') log?.error('alarm.raised', fields);
    else log?.warn('alarm.raised', fields);
  }

  /** For `EngineOptions.onReport`: reports come before the engine has started altogether. */
  readonly onReport = (part: PartName, report: PartReport): void => {
    this.#threads.take(part, report);
    switch (report.kind) {
      case 'signalling':
        this.#signalling = report.status;
        this.#users = report.users ?? [];
        this.#network.take(report.m3ua, machineClock.monotonic());
        this.#notices.take(report.notices);
        return;
      case 'shard':
        this.#shards.take(report, machineClock.monotonic());
        return;
      case 'notifier':
        this.#notifier = report.status;
        this.#connectors = report.connectors ?? [];
        this.#notices.take(report.notices);
        return;
      default:
        report satisfies never;
    }
  };

  /** The engine has started: samples are taken from now on. */
  attach(engine: WatchedEngine): void {
    this.#engine = engine;
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#take(), this.#sampleMs);
    this.#timer.unref();
    this.#take();
  }

  /** What a simulated network says of what its handsets got. */
  setVerdict(verdict: Verdict | undefined): void {
    this.#verdict = verdict;
  }

  /** It takes no more calls: not ready any more. */
  stopping(): void {
    this.#stopping = true;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#threads.close();
  }

  hello(): Hello {
    return {
      schema: LIVE_SCHEMA,
      version: this.#options.version,
      node: `callwake-${this.#options.config.node.id}`,
      mode: this.#options.mode,
      startedAtMs: this.#startedAtMs,
      sampleMs: this.#sampleMs,
      privacy: this.#privacy,
      latencyBoundsMs: LATENCY_BOUNDS_MS,
      series: SERIES_TOLD,
      metrics: metricSentences(),
      acknowledge: this.#options.config.web.allowAcknowledge,
      phones: this.#options.phones ?? false,
    };
  }

  snapshot(): Snapshot {
    return this.#current;
  }

  /** The last notices to a number, newest first; none where numbers are masked. */
  noticesTo(number: string): readonly PhoneNotice[] {
    return this.#notices.to(number);
  }

  history(): readonly Point[] {
    return this.#history.points();
  }

  alarmHistory(): AlarmHistory {
    return this.#alarms.history;
  }

  acknowledge(code: string, subject: string): boolean {
    if (!this.#options.config.web.allowAcknowledge) return false;
    return this.#alarms.acknowledge(code, subject, machineClock.now());
  }

  latencyTotals(): { answer: LatencyTotals; notice: LatencyTotals } {
    const latencies = this.#engine?.latencies;
    return {
      answer: totalsOf(latencies?.initialDpToAnswer),
      notice: totalsOf(latencies?.returnToNotice),
    };
  }

  health(): Health {
    const reasons: string[] = [];
    if (this.#stopping) reasons.push('the engine is stopping');
    const engine = this.#engine;
    if (engine === undefined) reasons.push('the engine is starting');
    for (const { name, alive } of engine?.threads ?? []) {
      if (!alive) reasons.push(`the thread ${name} is not running`);
    }
    const associations = this.#network.associations(machineClock.now());
    if (engine !== undefined && !associations.some(({ asState }) => asState === 'AS-ACTIVE'))
      reasons.push('no association carries traffic');
    return { live: true, ready: reasons.length === 0, reasons };
  }

  get #privacy(): Hello['privacy'] {
    return this.#options.mode === 'demo' ? 'full' : 'masked';
  }

  #take(): void {
    this.#current = this.#sample();
    this.#history.push(this.#current.point);
  }

  #sample(): Snapshot {
    const nowMs = machineClock.now();
    const monotonicMs = machineClock.monotonic();
    const clockAheadMs = rawClock.now() - rawClock.monotonic();
    const seconds = Math.max(0.001, (monotonicMs - this.#sampledAtMs) / 1_000);
    this.#sampledAtMs = monotonicMs;
    const engine = this.#engine;
    const before = new Map(this.counters);
    for (const [name, value] of engine?.countersNow() ?? []) this.counters.set(name, value);
    const threads = this.#threads.now(engine?.threads ?? [], seconds);
    if (engine !== undefined && !threads.some(({ name, alive }) => name === 'signalling' && alive)) {
      this.#network.lost();
      this.#signalling = undefined;
    }
    // What a thread that is gone said of them last holds no more.
    if (!threads.some(({ name, alive }) => name === 'notifier' && alive)) this.#connectors = [];
    const levels = engine?.ringLevels ?? [];
    const rings = ringFamilies(levels);
    const associations = this.#network.associations(nowMs);
    const pointCodes = this.#network.pointCodes(nowMs);
    const shards = this.#shards.now(levels);
    const { config } = this.#options;
    const totals = this.#totals();
    const totalsBefore = totalsIn(before);
    const perSecond = (now: number, then: number): number => Math.max(0, now - then) / seconds;
    if (engine !== undefined) {
      const progress = this.#progress.conditions({
        nowMs,
        rings: levels,
        shards: this.#shards.statuses,
        signalling: this.#signalling,
        notifier: this.#notifier,
        restarts: new Map(threads.map(({ name, restarts }) => [name, restarts])),
        isNetworkUp: associations.some(({ asState }) => asState === 'AS-ACTIVE'),
        deliveriesMax: config.delivery.deliveriesMax,
        openEffectsMax: config.shards.openEffectsMax,
        lagActorsMax: config.store.lagActorsMax,
      });
      const conditions = conditionsIn({
        associations,
        pointCodes,
        shards,
        threads,
        restartsBefore: this.#restartsBefore,
        clockStepMs: clockAheadMs - this.#clockAheadMs,
        deliveries: { underWay: this.#signalling?.deliveries ?? 0, max: config.delivery.deliveriesMax },
        ringRefusals: rings.map(({ name, refused }) => ({
          name,
          total: refused,
          recent: refused - (this.#ringRefusalsBefore.get(name) ?? 0),
        })),
        counters: this.counters,
        countersBefore: before,
      });
      const smscs = smscConditions(this.#notifier?.smscs ?? []);
      const connectors = connectorConditions(this.#connectors);
      this.#alarms.update(monotonicMs, [...conditions, ...progress, ...smscs, ...connectors], nowMs);
    }
    this.#clockAheadMs = clockAheadMs;
    this.#restartsBefore = new Map(threads.map(({ name, restarts }) => [name, restarts]));
    this.#ringRefusalsBefore = new Map(rings.map(({ name, refused }) => [name, refused]));
    const { initialDpToAnswer, returnToNotice } = engine?.latencies ?? {};
    const facts = {
      uptimeMs: Math.round(monotonicMs - this.#startedAtMonotonicMs),
      associations,
      pointCodes,
      shards,
      queues: queuesOf({
        rings,
        signalling: this.#signalling,
        commandsUnderWay: engine?.commands.underWay ?? 0,
        config,
        counters: this.counters,
      }),
      threads,
      counters: this.#deviationsNow(before, seconds),
      totals,
      verdict: this.#verdict,
      alarms: this.#alarms.standing,
      notices: this.#notices.newestFirst,
      flows: this.#flows.take(this.counters, this.#users, seconds),
      notifier: this.#notifierNow(nowMs),
      capacity: this.#capacityNow(threads),
      smscs: this.#notifier?.smscs,
      connectors: this.#connectors,
    };
    const sequence = this.#sequence++;
    return {
      ...facts,
      sequence,
      point: {
        atMs: nowMs,
        sequence,
        spanMs: Math.round(seconds * 1_000),
        values: seriesValues(facts),
        callsPerSecond: perSecond(totals.callsAttempted, totalsBefore.callsAttempted),
        missedPerSecond: perSecond(totals.callsMissed, totalsBefore.callsMissed),
        noticesSentPerSecond: perSecond(totals.noticesSent, totalsBefore.noticesSent),
        noticesDeliveredPerSecond: perSecond(totals.noticesDelivered, totalsBefore.noticesDelivered),
        noticesFailedPerSecond: perSecond(totals.noticesFailed, totalsBefore.noticesFailed),
        answer: initialDpToAnswer?.since(this.#answerBefore) ?? NO_LATENCY,
        notice: returnToNotice?.since(this.#noticeBefore) ?? NO_LATENCY,
      },
    };
  }

  #notifierNow(nowMs: number): NotifierState {
    let queued = 0;
    let oldestAtMs = 0;
    for (const { noticesQueued, oldestNoticeAtMs: atMs } of this.#shards.statuses.values()) {
      queued += noticesQueued;
      if (atMs > 0 && (oldestAtMs === 0 || atMs < oldestAtMs)) oldestAtMs = atMs;
    }
    const level = OVERLOAD_LEVELS[this.#signalling?.overload ?? 0] ?? OVERLOAD_LEVELS[0]!;
    return {
      batches: this.#notifier?.batches ?? 0,
      batchesMax: this.#notifier?.batchesMax ?? 0,
      waiting: this.#notifier?.waiting ?? 0,
      queued,
      oldestMs: Math.max(oldestAtMs === 0 ? 0 : nowMs - oldestAtMs, this.#signalling?.pacedOldestMs ?? 0, 0),
      paced: this.#signalling?.pacedWaiting ?? 0,
      pacedOldestMs: this.#signalling?.pacedOldestMs ?? 0,
      pacedPerSecondMax: this.#options.config.availability.noticesPerSecondAndNode,
      underWay: this.#signalling?.deliveries ?? 0,
      underWayMax: this.#options.config.delivery.deliveriesMax,
      throttle: level.name,
      begunPerSecondMax: Number.isFinite(level.noticesPerSecond) ? level.noticesPerSecond : -1,
    };
  }

  #capacityNow(threads: readonly Thread[]): Capacity {
    let busiest = threads[0];
    for (const thread of threads) if (thread.busy > (busiest?.busy ?? 0)) busiest = thread;
    return {
      callsPerSecond: this.#options.config.capacity.callsPerSecond,
      busiest: busiest?.busy ?? 0,
      busiestThread: busiest?.name ?? '',
    };
  }

  #totals(): Totals {
    let noticesWaiting = 0;
    for (const { openNotices } of this.#shards.statuses.values()) noticesWaiting += openNotices;
    return { ...totalsIn(this.counters), noticesWaiting };
  }

  #deviationsNow(before: ReadonlyMap<string, number>, seconds: number): Counter[] {
    const found: Counter[] = [];
    for (const [name, value] of this.counters) {
      const meaning = value === 0 ? undefined : this.#deviations.meaningOf(name);
      if (meaning === undefined) continue;
      const perSecond = Math.max(0, value - (before.get(name) ?? 0)) / seconds;
      found.push({ name, value, perSecond, meaning });
    }
    return found.sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

const NO_LATENCY = {
  count: 0,
  p50Ms: 0,
  p90Ms: 0,
  p99Ms: 0,
  p999Ms: 0,
  maxMs: 0,
  firstBucket: 0,
  buckets: [],
} as const;

function totalsOf(histogram: LatencyHistogram | undefined): LatencyTotals {
  if (histogram === undefined) return { buckets: [], count: 0, sumMs: 0 };
  const { counts, count, sumMs } = histogram;
  return { buckets: counts, count, sumMs };
}

/** By the counters of the gateways; what waits is known to the shards alone. */
export function totalsIn(counters: ReadonlyMap<string, number>): Totals {
  const counted = (name: string): number => counters.get(name) ?? 0;
  let callsMissed = 0;
  let offered = 0;
  for (const [name, value] of counters) {
    if (name.startsWith('call.missed.')) callsMissed += value;
    if (name.startsWith('channels.offered.')) offered += value;
  }
  return {
    callsAttempted: counted('call.attempt'),
    callsMissed,
    callsLetGo: counted('call.let-go-overload') + counted('cap.let-go.no-room'),
    noticesSent: counted('notice.sent') + offered,
    noticesDelivered: counted('notice.delivered') + toldBesideSms(counters, 'delivered'),
    noticesFailed:
      counted('notice.temporary') +
      counted('notice.permanent') +
      toldBesideSms(counters, 'temporary') +
      toldBesideSms(counters, 'permanent'),
    noticesRepeated: counted('notice.sent-again'),
    notifyMeDelivered: counted('notice.delivered.returns'),
    noticesWaiting: 0,
  };
}
