import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { LiveEngine, type WatchedEngine } from '../../../src/adapters/engine/live-engine.ts';
import { pointCodeText } from '../../../src/adapters/engine/live-network.ts';
import { maskNumbersIn } from '../../../src/adapters/engine/live-notices.ts';
import type { PartReport } from '../../../src/adapters/engine/reports.ts';
import { PrometheusExposition } from '../../../src/adapters/metrics/exposition.ts';
import { loadConfig } from '../../../src/config/load.ts';
import type { Config } from '../../../src/config/schema/config.ts';
import type { M3uaSnapshot } from '../../../src/stack/m3ua/snapshot.ts';
import { LatencyHistogram } from '../../../src/types/latency-histogram.ts';
import { at, ConnectorPlant, fault } from '../../connector/connector-plant.ts';

function configOf(): Config {
  const loaded = loadConfig(`
signalling:
  localPointCode: 2-100-7
  associations:
    - { name: stp-a, remote: { host: 127.0.0.1, port: 2905 } }
    - { name: stp-b, remote: { host: 127.0.0.1, port: 2906 } }
map: { serviceCentreNumber: 491700000 }
`);
  assert(loaded.ok, JSON.stringify(loaded));
  return loaded.config;
}

class FakeEngine implements WatchedEngine {
  readonly threads = [
    { name: 'signalling', alive: true, restarts: 0 },
    { name: 'shard-0', alive: true, restarts: 0 },
  ];
  readonly ringLevels = [
    { name: 'calls-0', fill: 0.5, capacityOctets: 4_096, depth: 3, taken: 0, refused: 2 },
    { name: 'calls-1', fill: 0.1, capacityOctets: 4_096, depth: 1, taken: 0, refused: 1 },
  ];
  readonly latencies = { initialDpToAnswer: new LatencyHistogram(), returnToNotice: new LatencyHistogram() };
  readonly commands = { underWay: 4 };
  readonly counts = new Map<string, number>();

  countersNow(): ReadonlyMap<string, number> {
    return this.counts;
  }
}

const m3ua = (bActive: boolean): M3uaSnapshot => ({
  role: 'asp',
  associations: ['stp-a', 'stp-b'].map((name) => {
    const up = name === 'stp-a' || bActive;
    return {
      name,
      address: up ? '127.0.0.1:2905' : '',
      state: up ? 'UP' : 'WAITING',
      aspState: up ? 'ASP-UP' : 'ASP-DOWN',
      traffic: [{ applicationServer: 'callwake', state: up ? 'ASP-ACTIVE' : 'ASP-DOWN' }],
      messagesSent: 0,
      messagesReceived: 0,
      octetsSent: 0,
      octetsReceived: 0,
      congestion: 0,
      queuedOctets: 7,
    };
  }),
  applicationServers: [],
  destinations: [
    { pointCode: 4_903, reachable: true },
    { pointCode: 4_904, reachable: false },
  ],
});

const signalling = (change: Partial<PartReport & { kind: 'signalling' }> = {}): PartReport => ({
  kind: 'signalling',
  status: { openCalls: 5, openDialogues: 6, deliveries: 7, outcomesWaiting: 0, overload: 0 },
  m3ua: m3ua(true),
  lagMs: 3,
  notices: [],
  ...change,
});

/** Samples are taken by hand: attaching takes one. */
function plant(mode: 'demo' | 'run' = 'run') {
  const live = new LiveEngine({ config: configOf(), version: '1.2.3', mode, sampleMs: 3_600_000 });
  const engine = new FakeEngine();
  return { live, engine, sample: () => live.attach(engine) };
}

test('before the engine has started there is an empty sample, and it is not ready', () => {
  const { live } = plant();
  const { associations, totals, sequence } = live.snapshot();
  assert.equal(sequence, 0);
  assert.equal(totals.callsAttempted, 0);
  assert.deepEqual(
    associations.map(({ name, state }) => [name, state]),
    [
      ['stp-a', 'closed'],
      ['stp-b', 'closed'],
    ],
  );
  assert.equal(live.health().ready, false);
  assert.deepEqual(live.history(), []);
  live.close();
});

test('a sample has totals, rates, latencies, queues and shards of what the threads report', () => {
  const { live, engine, sample } = plant();
  sample();
  engine.counts.set('call.attempt', 100).set('call.missed.busy', 10).set('call.missed.no-answer', 5);
  engine.counts.set('call.missed-not-taken', 1).set('notice.sent', 9).set('notice.delivered', 8);
  engine.counts.set('notice.permanent', 1).set('notice.absent', 4).set('notice.delivered.returns', 2);
  engine.latencies.initialDpToAnswer.record(2);
  live.onReport('signalling', signalling());
  live.onReport('shard-0', {
    kind: 'shard',
    status: {
      index: 0,
      actors: 11,
      dirty: 0,
      cacheHits: 3,
      cacheMisses: 1,
      openEffects: 4,
      oldestNoticeAtMs: 0,
      openNotices: 3,
      events: 50,
      waiting: 0,
      noticesQueued: 0,
      commitsInFlight: 1,
      window: 9,
      lagWindows: 2,
      deadlines: 1,
    },
    lagMs: 1,
    commitP99Ms: 2.5,
    journalLagOctets: 777,
    pages: { total: 50, free: 5, pageOctets: 4096 },
  });
  sample();
  const snapshot = live.snapshot();
  assert.deepEqual(snapshot.totals, {
    callsAttempted: 100,
    callsMissed: 15,
    callsLetGo: 0,
    noticesSent: 9,
    noticesDelivered: 8,
    noticesFailed: 1,
    noticesRepeated: 0,
    notifyMeDelivered: 2,
    noticesWaiting: 3,
  });
  assert(snapshot.point.callsPerSecond > 0);
  assert.equal(snapshot.point.answer.count, 1);
  assert.equal(live.latencyTotals().answer.count, 1);
  assert.equal(snapshot.shards[0]?.commitP99Ms, 2.5);
  assert.equal(snapshot.shards[0].journalLagOctets, 777);
  assert.equal(snapshot.shards[0].storeOctets, 204_800);
  assert.equal(snapshot.shards[0].storeFreeOctets, 20_480);
  assert.equal(snapshot.shards[0].ringFill, 0.5);
  const queues = new Map(snapshot.queues.map((queue) => [queue.name, queue]));
  assert.deepEqual(queues.get('calls to shards (octets)'), {
    name: 'calls to shards (octets)',
    depth: 2_048,
    bound: 4_096,
    refusals: 3,
  });
  assert.equal(queues.get('notices under way')?.depth, 7);
  assert.equal(queues.get('commands')?.depth, 4);
  assert.deepEqual(
    snapshot.counters.map(({ name, value }) => [name, value]),
    [['call.missed-not-taken', 1]],
  );
  assert(snapshot.alarms.some(({ code }) => code === 'missed-calls-not-taken'));
  assert.equal(live.history().length, 2, 'one as it came, and one behind it');
  assert.equal(live.counters.get('call.attempt'), 100);
  live.close();
});

test('N6 N8 channels are in the alarms, the metrics and the statistics, until their thread is gone', async () => {
  const { live, engine, sample } = plant();
  engine.threads.push({ name: 'notifier', alive: true, restarts: 0 });
  const down = new ConnectorPlant(() => at(1, fault('unreachable')), { waitingMax: 9, triesMax: 10 });
  for (let item = 0; item < 9; item++) down.offer(`${item}`);
  down.advance(10);
  const { oldestMs } = down.connector.status;
  sample();
  engine.counts.set('channels.offered.e-mail', 4).set('channels.told.e-mail.delivered', 2);
  engine.counts.set('channels.told.webhook.temporary', 1).set('notice.sent', 3);
  live.onReport('notifier', {
    kind: 'notifier',
    status: { batches: 0, batchesMax: 8, waiting: 0 },
    connectors: [down.connector.status],
    lagMs: 0,
    notices: [],
  });
  sample();
  const { totals, flows, connectors } = live.snapshot();
  assert.deepEqual([totals.noticesSent, totals.noticesDelivered, totals.noticesFailed], [7, 2, 1]);
  const flowed = (family: string, name: string): number | undefined =>
    flows.find((one) => one.family === family && one.name === name)?.value;
  assert.equal(flowed('channel', 'E-mail'), 2);
  assert.equal(flowed('result', 'temporary'), 1);
  assert.equal(connectors?.[0]?.breaker, 'open');
  const metrics = await new PrometheusExposition(live, () => []).text();
  for (const line of [
    'callwake_connector_up{connector="test"} 0',
    'callwake_connector_waiting{connector="test"} 9',
    'callwake_connector_waiting_max{connector="test"} 9',
    `callwake_connector_oldest_seconds{connector="test"} ${oldestMs / 1_000}`,
    'callwake_connector_throttled{connector="test"} 0',
    'callwake_channel_total{channel="E-mail"} 2',
  ])
    assert.ok(metrics.includes(line), `${line} in\n${metrics}`);
  engine.threads[2] = { name: 'notifier', alive: false, restarts: 1 };
  sample();
  assert.deepEqual(live.snapshot().connectors, []);
  live.close();
});

test('associations and signalling points show what M3UA says, and nothing of a thread that is gone', () => {
  const { live, engine, sample } = plant();
  live.onReport('signalling', signalling({ m3ua: m3ua(false) }));
  sample();
  assert.deepEqual(
    live
      .snapshot()
      .associations.map(({ name, state, aspState, asState }) => [name, state, aspState, asState]),
    [
      ['stp-a', 'established', 'ASP-ACTIVE', 'AS-ACTIVE'],
      ['stp-b', 'connecting', 'ASP-DOWN', 'AS-ACTIVE'],
    ],
  );
  assert.deepEqual(
    live.snapshot().pointCodes.map(({ pointCode, state }) => [pointCode, state]),
    [
      ['2-100-7', 'available'],
      ['2-101-0', 'unavailable'],
    ],
  );
  assert.deepEqual(live.health(), { live: true, ready: true, reasons: [] });
  engine.threads[0] = { name: 'signalling', alive: false, restarts: 1 };
  sample();
  assert.deepEqual(
    live.snapshot().associations.map(({ state, asState }) => [state, asState]),
    [
      ['closed', 'AS-DOWN'],
      ['closed', 'AS-DOWN'],
    ],
  );
  assert(
    live.snapshot().alarms.some(({ code, subject }) => code === 'thread-down' && subject === 'signalling'),
  );
  assert.deepEqual(live.health().reasons, [
    'the thread signalling is not running',
    'no association carries traffic',
  ]);
  live.close();
});

test('a running engine masks numbers, a demo shows them; a handset has the same name all the time', () => {
  for (const mode of ['run', 'demo'] as const) {
    const { live, sample } = plant(mode);
    const notice = (id: string, recipient: string, state: 'waiting' | 'delivered') => ({
      id,
      recipient,
      text: 'Missed call from +493055501234 at 12:34',
      language: 'ur',
      kind: 'missed-calls' as const,
      parts: 1,
      partsDelivered: state === 'delivered' ? 1 : 0,
      createdAtMs: 1_000,
      startedAtMs: 2_000,
      atMs: 3_000,
      state,
    });
    const notices = [
      notice('1.1.0', '4915112345678', 'waiting'),
      notice('1.2.0', '4915112345679', 'delivered'),
      notice('1.1.0', '4915112345678', 'delivered'),
      notice('1.3.0', '4915112345678', 'delivered'),
    ];
    live.onReport('signalling', signalling({ notices }));
    sample();
    const shown = live.snapshot().notices;
    assert.deepEqual(
      shown.map(({ id, state }) => [id, state]),
      [
        ['1.3.0', 'delivered'],
        ['1.1.0', 'delivered'],
        ['1.2.0', 'delivered'],
      ],
    );
    assert.equal(shown[0]?.handset, shown[1]?.handset);
    assert.notEqual(shown[0]?.handset, shown[2]?.handset);
    assert.deepEqual([shown[0]?.language, shown[0]?.direction], ['ur', 'rtl']);
    assert.deepEqual([shown[0]?.sentAtMs, shown[0]?.deliveredAtMs], [2_000, 3_000]);
    assert.equal(live.hello().privacy, mode === 'run' ? 'masked' : 'full');
    const text = JSON.stringify(live.snapshot());
    assert.equal(/4915112345678|493055501234/.test(text), mode === 'demo');
    live.close();
  }
  assert.equal(
    maskNumbersIn('+4915112345678 at 12:34 on 2026-11-21'),
    '+4915•••••••78 at 12:34 on 2026-11-21',
  );
});

test('a point code is written as people write it', () => {
  assert.equal(pointCodeText((2 << 11) | (100 << 3) | 7, 'itu'), '2-100-7');
  assert.equal(pointCodeText((200 << 16) | (100 << 8) | 7, 'ansi'), '200-100-7');
});
