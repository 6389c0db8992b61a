import { metricSentences } from '../../src/adapters/metrics/descriptors.ts';
import { LATENCY_BOUNDS_MS, LatencyHistogram, summarize } from '../../src/types/latency-histogram.ts';
import { type Random, randomFraction, SeededRandom } from '../../src/types/random.ts';
import { HistoryRing } from '../../src/web/history-ring.ts';
import {
  type Alarm,
  type AlarmEvent,
  type AlarmHistory,
  type Association,
  type Flow,
  type FlowFamily,
  type Health,
  type Hello,
  type Latency,
  type LatencyTotals,
  LIVE_SCHEMA,
  type LiveSource,
  type PhoneNotice,
  type Point,
  type Snapshot,
} from '../../src/web/live-source.ts';
import {
  CAUSES,
  RESULTS,
  RETURNS,
  type SampleFacts,
  SERIES_MERGES,
  SERIES_TOLD,
  seriesValues,
} from '../../src/web/series.ts';

export type LiveMood =
  /** Started, nothing has happened, nothing is configured. */
  | 'empty'
  | 'normal'
  /** Ten times the usual, queues filling. */
  | 'extreme'
  /** One association is down, one AS pends, a point code is gone. */
  | 'link-down'
  /** A shard died, a notice was lost. */
  | 'fault';

/** A network that lives in a seed: drives the page through its states without an engine. */
export class LiveGenerator implements LiveSource {
  mood: LiveMood;
  /** No new samples: what a page sees when the engine hangs. */
  frozen = false;
  privacy: Hello['privacy'] = 'masked';
  mode: Hello['mode'] = 'demo';
  mayAcknowledge = true;
  phones = false;
  /** 0: nobody has measured it. */
  capacity = 400;
  readonly #events: AlarmEvent[] = [];
  #alarmVersion = 0;
  readonly #acknowledged = new Map<string, number>();
  readonly #flowTotals = new Map<string, number>();
  readonly sampleMs: number;
  readonly #random: Random;
  readonly #history: HistoryRing;
  readonly #answer = new LatencyHistogram();
  readonly #notice = new LatencyHistogram();
  readonly #startedAtMs: number;
  readonly #notices: PhoneNotice[] = [];
  #sequence = 0;
  #atMs: number;
  #noticeNumber = 0;
  #totals = { attempted: 0, missed: 0, sent: 0, delivered: 0, failed: 0, notifyMe: 0, letGo: 0 };
  #moodSinceMs: number;
  #lastMood: LiveMood;
  #current: Snapshot;

  constructor(mood: LiveMood = 'normal', nowMs = 1_790_000_000_000, sampleMs = 1000, seed = 1) {
    this.mood = mood;
    this.#lastMood = mood;
    this.sampleMs = sampleMs;
    this.#random = new SeededRandom(seed);
    this.#history = new HistoryRing({
      fine: 600,
      coarse: 300,
      merged: 10,
      boundsMs: LATENCY_BOUNDS_MS,
      merges: SERIES_MERGES,
    });
    this.#startedAtMs = nowMs;
    this.#atMs = nowMs;
    this.#moodSinceMs = nowMs;
    this.#current = this.#sample();
  }

  /** Takes `samples` samples, one after the other; a page then has a past. */
  advance(samples = 1): void {
    for (let index = 0; index < samples; index++) {
      this.#atMs += this.sampleMs;
      if (!this.frozen) this.#current = this.#sample();
    }
  }

  /** Time passes unseen: a gap in the charts. */
  skip(ms: number): void {
    this.#atMs += ms;
  }

  hello(): Hello {
    return {
      schema: LIVE_SCHEMA,
      version: '0.1.0',
      node: 'callwake-1',
      mode: this.mode,
      startedAtMs: this.#startedAtMs,
      sampleMs: this.sampleMs,
      privacy: this.privacy,
      latencyBoundsMs: LATENCY_BOUNDS_MS,
      series: SERIES_TOLD,
      metrics: metricSentences(),
      acknowledge: this.mayAcknowledge,
      phones: this.phones,
    };
  }

  snapshot(): Snapshot {
    return this.#current;
  }

  history(): readonly Point[] {
    return this.#history.points();
  }

  alarmHistory(): AlarmHistory {
    return { version: this.#alarmVersion, events: [...this.#events].reverse() };
  }

  acknowledge(code: string, subject: string): boolean {
    const standing = this.#alarms().some((alarm) => alarm.code === code && alarm.subject === subject);
    if (!standing || !this.mayAcknowledge) return false;
    this.#acknowledged.set(`${code} ${subject}`, this.#atMs);
    const at = this.#events.findLastIndex((event) => event.code === code && event.subject === subject);
    this.#events[at] = { ...this.#events[at]!, acknowledgedAtMs: this.#atMs };
    this.#alarmVersion++;
    return true;
  }

  latencyTotals(): { answer: LatencyTotals; notice: LatencyTotals } {
    const totals = (histogram: LatencyHistogram): LatencyTotals => ({
      buckets: histogram.counts,
      count: histogram.count,
      sumMs: histogram.sumMs,
    });
    return { answer: totals(this.#answer), notice: totals(this.#notice) };
  }

  health(): Health {
    const ready = this.mood !== 'fault';
    return { live: true, ready, reasons: ready ? [] : ['shard-1 is not running'] };
  }

  #around(value: number, spread = 0.12): number {
    return Math.max(0, value * (1 + (randomFraction(this.#random) * 2 - 1) * spread));
  }

  #latency(histogram: LatencyHistogram, samples: number, medianMs: number, tail: number): Latency {
    const now = new LatencyHistogram();
    for (let index = 0; index < samples; index++) {
      // A long tail: log-normal by three uniforms, and one in two hundred is slow.
      const bell =
        randomFraction(this.#random) + randomFraction(this.#random) + randomFraction(this.#random) - 1.5;
      const slow = randomFraction(this.#random) < 0.005 ? tail : 1;
      const ms = medianMs * Math.exp(bell * 0.9) * slow;
      now.record(ms);
      histogram.record(ms);
    }
    return summarize(now.counts);
  }

  #sample(): Snapshot {
    if (this.mood !== this.#lastMood) {
      this.#lastMood = this.mood;
      this.#moodSinceMs = this.#atMs;
    }
    const { mood } = this;
    const seconds = this.sampleMs / 1000;
    const load = mood === 'empty' ? 0 : mood === 'extreme' ? 10 : mood === 'link-down' ? 0.55 : 1;
    const wave = 1 + 0.15 * Math.sin(this.#sequence / 40);
    const calls = Math.round(this.#around(120 * load * wave) * seconds);
    const missed = Math.round(calls * this.#around(0.35, 0.1));
    const sent = Math.round(missed * this.#around(0.42, 0.15));
    const failed =
      mood === 'link-down' ? Math.round(sent * 0.4) : sent > 0 && this.#sequence % 17 === 0 ? 1 : 0;
    const delivered = Math.max(0, sent - failed);
    const answer = this.#latency(this.#answer, calls, mood === 'extreme' ? 9 : 2.2, 8);
    const notice = this.#latency(this.#notice, sent, mood === 'link-down' ? 900 : 140, 6);
    const totals = this.#totals;
    totals.attempted += calls;
    totals.missed += missed;
    totals.sent += sent;
    totals.delivered += delivered;
    totals.failed += failed;
    totals.notifyMe += Math.round(delivered * 0.2);
    if (mood === 'extreme') totals.letGo += Math.round(calls * 0.04);
    const rates = {
      callsPerSecond: calls / seconds,
      missedPerSecond: missed / seconds,
      noticesSentPerSecond: sent / seconds,
      noticesDeliveredPerSecond: delivered / seconds,
      noticesFailedPerSecond: failed / seconds,
      answer,
      notice,
    };
    this.#phone(mood);
    const uptimeMs = this.#atMs - this.#startedAtMs;
    const alarms = this.#alarms();
    this.#remember(alarms);
    const facts: SampleFacts = {
      uptimeMs,
      associations: this.#associations(rates.callsPerSecond),
      pointCodes:
        mood === 'empty'
          ? []
          : [
              { pointCode: '2-10-1', name: 'HLR', state: 'available', sinceMs: this.#startedAtMs },
              {
                pointCode: '2-20-1',
                name: 'MSC north',
                state: mood === 'extreme' ? 'congested' : 'available',
                sinceMs: this.#moodSinceMs,
              },
              {
                pointCode: '2-20-2',
                name: 'MSC south',
                state: mood === 'link-down' ? 'unavailable' : 'available',
                sinceMs: this.#moodSinceMs,
              },
            ],
      shards: [1, 2].map((number) => ({
        name: `shard-${number}`,
        eventsPerSecond: mood === 'fault' && number === 1 ? 0 : this.#around((calls / seconds) * 0.9),
        actorsInMemory: Math.round(totals.missed * 0.2) + number * 13,
        ringFill:
          mood === 'extreme' ? this.#around(0.86, 0.08) : mood === 'empty' ? 0 : this.#around(0.02, 0.9),
        commitsInFlight: mood === 'empty' ? 0 : Math.round(this.#around(1, 1)),
        commitP99Ms: mood === 'empty' ? 0 : this.#around(mood === 'extreme' ? 18 : 3.4),
        storeOctets: mood === 'extreme' ? 9.4e9 : 3.1e8,
        storeFreeOctets: mood === 'extreme' ? 1.2e9 : 4.4e6,
        commitP50Ms: mood === 'empty' ? 0 : this.#around(1.2),
        cacheHits: totals.missed * 4,
        cacheMisses: totals.missed,
        openEffects: Math.round(totals.missed * 0.03),
        laggingActors: Math.round(this.#around(mood === 'extreme' ? 9000 : 120)),
        deadlines: Math.round(totals.missed * 0.1),
        journalLagOctets: Math.round(this.#around(mood === 'extreme' ? 5_400_000 : 18_000)),
      })),
      queues: [
        ['first notices', mood === 'extreme' ? 46_200 : 42, 50_000, mood === 'extreme' ? totals.letGo : 0],
        ['notifier', mood === 'extreme' ? 3100 : 7, 4096, 0],
        ['SMSC window', mood === 'link-down' ? 512 : 31, 512, mood === 'link-down' ? 4130 : 0],
        ['signalling to shards', mood === 'extreme' ? 14_020 : 12, 16_384, 0],
      ].map(([name, depth, bound, refusals]) => ({
        name: name as string,
        depth:
          mood === 'empty' ? 0 : Math.min(bound as number, Math.round(this.#around(depth as number, 0.2))),
        bound: bound as number,
        refusals: refusals as number,
      })),
      threads: ['main', 'signalling', 'shard-1', 'shard-2', 'notifier'].map((name) => ({
        name,
        alive: !(mood === 'fault' && name === 'shard-1'),
        restarts: mood === 'fault' && name === 'shard-1' ? 3 : 0,
        loopLagP99Ms: this.#around(mood === 'extreme' ? 21 : 1.1, 0.4),
        gcCount: Math.round(this.#sequence * 0.7),
        gcMs: this.#sequence * 0.9,
        gcLongestMs: this.#around(mood === 'extreme' ? 19 : 1.4, 0.6),
        heapOctets: Math.round(this.#around(48e6, 0.2)),
        busy: name === 'signalling' ? (mood === 'extreme' ? 0.97 : 0.22) : 0.1,
        gcMsPerSecond: this.#around(0.9),
      })),
      counters: [
        {
          name: 'tcap.abort.received',
          value: mood === 'empty' ? 0 : 12,
          perSecond: 0,
          meaning: 'Dialogues that a peer aborted.',
        },
        {
          name: 'tcap.reject.sent',
          value: mood === 'extreme' ? 5120 : 0,
          perSecond: mood === 'extreme' ? 48 : 0,
          meaning: 'Components refused because they broke TCAP.',
        },
        {
          name: 'quarantine.events',
          value: mood === 'fault' ? 1 : 0,
          perSecond: 0,
          meaning: 'Events put aside because their reduction failed twice.',
        },
        {
          name: 'sctp.gate.dropped',
          value: 3,
          perSecond: 0,
          meaning: 'Packets dropped before SCTP: a bad checksum or length.',
        },
      ],
      totals: {
        callsAttempted: totals.attempted,
        callsMissed: totals.missed,
        callsLetGo: totals.letGo,
        noticesSent: totals.sent,
        noticesDelivered: totals.delivered,
        noticesFailed: totals.failed,
        noticesRepeated: 0,
        notifyMeDelivered: totals.notifyMe,
        noticesWaiting: mood === 'empty' ? 0 : Math.round(totals.missed * 0.05),
      },
      ...(this.mode === 'demo'
        ? {
            verdict: {
              right: totals.delivered,
              lost: mood === 'fault' ? 1 : 0,
              doubled: 0,
              wrong: 0,
              late: mood === 'link-down' ? 14 : 0,
              repeated: 0,
              unacknowledged: 0,
            },
          }
        : {}),
      alarms,
      notices: [...this.#notices],
      flows: this.#flows(missed, sent, delivered, calls, seconds),
      notifier: {
        batches: mood === 'extreme' ? 8 : mood === 'empty' ? 0 : 1,
        batchesMax: 8,
        waiting: mood === 'extreme' ? 1210 : 0,
        queued: mood === 'extreme' ? 46_200 : 0,
        oldestMs: mood === 'empty' ? 0 : mood === 'extreme' ? 312_000 : this.#around(1400),
        underWay: mood === 'empty' ? 0 : mood === 'link-down' ? 512 : Math.round(this.#around(31)),
        underWayMax: 512,
        throttle: mood === 'extreme' ? 'reading-slowed' : 'normal',
        begunPerSecondMax: mood === 'extreme' ? 100 : -1,
        paced: mood === 'extreme' ? 1_840 : 0,
        pacedOldestMs: mood === 'extreme' ? 46_000 : 0,
        pacedPerSecondMax: 40,
      },
      capacity: {
        callsPerSecond: this.capacity,
        busiest: mood === 'empty' ? 0 : mood === 'extreme' ? 0.97 : this.#around(0.22),
        busiestThread: 'signalling',
      },
    };
    const sequence = ++this.#sequence;
    const point: Point = {
      ...rates,
      atMs: this.#atMs,
      sequence,
      spanMs: this.sampleMs,
      values: seriesValues(facts),
    };
    this.#history.push(point);
    return { ...facts, sequence, point };
  }

  #flows(missed: number, sent: number, delivered: number, calls: number, seconds: number): Flow[] {
    if (this.mood === 'empty') return [];
    const flows: Flow[] = [];
    const add = (family: FlowFamily, name: string, now: number): void => {
      const key = `${family} ${name}`;
      const value = (this.#flowTotals.get(key) ?? 0) + now;
      this.#flowTotals.set(key, value);
      flows.push({ family, name, value, perSecond: now / seconds });
    };
    const share = (whole: number, part: number): number => Math.round(this.#around(whole * part, 0.2));
    for (const [index, name] of CAUSES.entries())
      add('cause', name, share(missed, [0.34, 0.3, 0.3, 0.05, 0.01][index]!));
    for (const [index, name] of RETURNS.entries()) add('return', name, share(sent, [0.7, 0.2, 0.1][index]!));
    add('channel', 'SMS: missed calls', share(delivered, 0.8));
    add('channel', 'SMS: is back', share(delivered, 0.2));
    add('channel', 'SMS type 0: is the phone there', share(delivered, 0.1));
    add('channel', 'E-mail', Math.round(delivered * 0.05));
    add('channel', 'Webhook', Math.round(delivered * 0.02));
    add('channel', 'Web push', Math.round(delivered * 0.03));
    for (const [index, name] of RESULTS.entries())
      add(
        'result',
        name,
        name === 'delivered' ? delivered : share(sent, [0, 0.3, 0.02, 0.02, 0.005][index]!),
      );
    add('begun', 'CAP: by the peer', calls);
    add('begun', 'MAP, service centre: by us', sent * 2);
    add('abort', 'by the peer’s user', this.mood === 'link-down' ? share(calls, 0.2) : 0);
    add('abort', 'by our TCAP', 0);
    add('operation', 'CAP: initialDP received', calls);
    add('operation', 'CAP: requestReportBCSMEvent sent', calls);
    add('operation', 'MAP, service centre: sendRoutingInfoForSM sent', sent);
    add('operation', 'MAP, service centre: mt-ForwardSM sent', sent);
    add('retransmission', 'DATA sent again', this.mood === 'link-down' ? 12 : 0);
    return flows;
  }

  /** An alarm that comes or goes is an event of the history. */
  #remember(alarms: readonly Alarm[]): void {
    for (const [at, event] of this.#events.entries()) {
      if (event.clearedAtMs > 0) continue;
      if (alarms.some(({ code, subject }) => code === event.code && subject === event.subject)) continue;
      this.#events[at] = { ...event, clearedAtMs: this.#atMs };
      this.#acknowledged.delete(`${event.code} ${event.subject}`);
      this.#alarmVersion++;
    }
    for (const { code, severity, subject, text } of alarms) {
      const known = this.#events.some(
        (event) => event.clearedAtMs === 0 && event.code === code && event.subject === subject,
      );
      if (known) continue;
      const id = this.#events.length + 1;
      this.#events.push({
        id,
        code,
        severity,
        subject,
        text,
        raisedAtMs: this.#atMs,
        acknowledgedAtMs: 0,
        clearedAtMs: 0,
      });
      this.#alarmVersion++;
    }
  }

  #associations(callsPerSecond: number): Association[] {
    if (this.mood === 'empty') return [];
    const down = this.mood === 'link-down';
    return [
      ['stp-a', '10.20.0.1:2905', true],
      ['stp-b', '10.20.0.2:2905', !down],
      ['msc-south', '10.20.4.17:2905', true],
    ].map(([name, peer, up]) => ({
      name: name as string,
      peer: peer as string,
      state: up ? ('established' as const) : ('connecting' as const),
      aspState: up ? ('ASP-ACTIVE' as const) : ('ASP-DOWN' as const),
      asState: up ? ('AS-ACTIVE' as const) : ('AS-PENDING' as const),
      messagesInPerSecond: up ? this.#around(callsPerSecond * 1.4) : 0,
      messagesOutPerSecond: up ? this.#around(callsPerSecond * 1.3) : 0,
      queuedOctets: up ? Math.round(this.#around(this.mood === 'extreme' ? 180_000 : 240, 0.5)) : 0,
      sinceMs: up ? this.#startedAtMs : this.#moodSinceMs,
      messagesIn: up ? this.#totals.attempted * 3 : 0,
      messagesOut: up ? this.#totals.attempted * 2 : 0,
      octetsInPerSecond: up ? this.#around(callsPerSecond * 210) : 0,
      octetsOutPerSecond: up ? this.#around(callsPerSecond * 160) : 0,
      octetsIn: up ? this.#totals.attempted * 450 : 0,
      octetsOut: up ? this.#totals.attempted * 380 : 0,
      congestion: up && this.mood === 'extreme' ? 1 : 0,
      traffic: [
        {
          applicationServer: 'callwake',
          routingContext: '100',
          aspState: up ? 'ASP-ACTIVE' : 'ASP-DOWN',
          asState: up ? 'AS-ACTIVE' : 'AS-PENDING',
        },
      ],
    }));
  }

  #alarms(): Alarm[] {
    return this.#standing().map((alarm) => ({
      ...alarm,
      acknowledgedAtMs: this.#acknowledged.get(`${alarm.code} ${alarm.subject}`) ?? 0,
    }));
  }

  #standing(): Omit<Alarm, 'acknowledgedAtMs'>[] {
    if (this.mood === 'link-down')
      return [
        {
          code: 'CW_ASSOCIATION_DOWN',
          severity: 'critical',
          sinceMs: this.#moodSinceMs,
          count: 4,
          text: 'The association with stp-b is down; 45 % of the calls do not reach us.',
          whatToDo: 'Ask the STP’s operator whether 10.20.0.2 is up. From here: is UDP port 9899 open?',
          subject: 'stp-b',
          runbook: '',
        },
        {
          code: 'CW_QUEUE_FULL',
          severity: 'warning',
          sinceMs: this.#moodSinceMs,
          count: 1,
          text: 'The queue "SMSC window" is at its bound; notices wait.',
          whatToDo: 'It empties when stp-b is back. If not, raise notifier.window.',
          subject: 'SMSC window',
          runbook: '',
        },
      ];
    if (this.mood === 'fault')
      return [
        {
          code: 'CW_SHARD_DOWN',
          severity: 'critical',
          sinceMs: this.#moodSinceMs,
          count: 3,
          text: 'shard-1 ended and is started again; its subscribers wait.',
          whatToDo: 'Nothing, if it comes back within a minute. Else read the log for "shard-failed".',
          subject: 'shard-1',
          runbook: '',
        },
      ];
    return [];
  }

  #phone(mood: LiveMood): void {
    if (mood === 'empty') return;
    const now = this.#atMs;
    for (const [index, notice] of this.#notices.entries()) {
      if (notice.state === 'waiting' && now - notice.createdAtMs > 2000)
        this.#notices[index] = { ...notice, state: 'sent', sentAtMs: now };
      else if (notice.state === 'sent' && now - notice.sentAtMs > 1000)
        this.#notices[index] = {
          ...notice,
          state: mood === 'link-down' && index % 3 === 0 ? 'failed' : 'delivered',
          deliveredAtMs: now,
          partsDelivered: notice.parts,
        };
    }
    if (this.#sequence % 2 !== 0) return;
    const number = ++this.#noticeNumber;
    const person = (number * 7) % 9;
    const tail = String(11 + person * 9);
    const recipient = this.privacy === 'masked' ? `4915••••••${tail}` : `4915112345${tail}`;
    const time = new Date(now - 60_000 * (3 + (number % 9))).toISOString().slice(11, 16);
    const texts = [
      `Missed call from +49 30 5550${tail} at ${time}.`,
      `You missed 3 calls:\n+49 171 55501${tail} at ${time} (2)\n+44 20 7946 00${tail} at ${time}`,
      `+49 160 5551${tail} can be reached again. You called at ${time}.`,
      `You missed 5 calls while your phone was off:\n+49 171 55501${tail} at ${time} (2)\n+44 20 7946 00${tail} at ${time}\n+33 1 9900 11${tail} at ${time}\n+1 212 555 01${tail} at ${time}`,
    ];
    const kind = number % 4 === 2 ? 'returns' : 'missed-calls';
    this.#notices.unshift({
      id: `${number % 64}.${number}.0`,
      recipient,
      text: texts[number % 4]!,
      language: 'en',
      direction: 'ltr',
      parts: number % 4 === 3 ? 2 : 1,
      partsDelivered: 0,
      createdAtMs: now,
      sentAtMs: 0,
      deliveredAtMs: 0,
      state: 'waiting',
      kind,
      sender: 'Callwake',
      handset: `h${person}`,
    });
    if (this.#notices.length > 24) this.#notices.length = 24;
  }
}
