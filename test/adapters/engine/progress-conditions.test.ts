import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AlarmBoard } from '../../../src/adapters/engine/alarm-board.ts';
import { ALARMS, type AlarmCode } from '../../../src/adapters/engine/alarms.ts';
import { type ProgressFacts, ProgressWatch } from '../../../src/adapters/engine/progress-conditions.ts';
import type { RingLevel } from '../../../src/engine/ring.ts';
import type { ShardStatus } from '../../../src/engine/shard/shard-options.ts';
import { OVERLOAD_LEVELS } from '../../../src/engine/signalling/overload.ts';

const START_MS = 1_790_000_000_000;

const shard: ShardStatus = {
  index: 0,
  actors: 10,
  dirty: 0,
  cacheHits: 0,
  cacheMisses: 0,
  openEffects: 0,
  openNotices: 0,
  oldestNoticeAtMs: 0,
  events: 0,
  waiting: 0,
  noticesQueued: 0,
  commitsInFlight: 0,
  window: 1,
  lagWindows: 1,
  deadlines: 0,
};

const ring = (name: string, change: Partial<RingLevel> = {}): RingLevel => ({
  name,
  fill: 0,
  capacityOctets: 1_024,
  depth: 0,
  taken: 0,
  refused: 0,
  ...change,
});

const calm: ProgressFacts = {
  nowMs: START_MS,
  rings: [],
  shards: new Map([[0, shard]]),
  signalling: { openCalls: 0, openDialogues: 0, deliveries: 0, outcomesWaiting: 0, overload: 0 },
  notifier: { batches: 0, batchesMax: 8, waiting: 0 },
  restarts: new Map([['shard-0', 0]]),
  isNetworkUp: true,
  deliveriesMax: 100,
  openEffectsMax: 1_000,
  lagActorsMax: 1_000,
};

/** Samples, one a second, as the live engine takes them. */
class Plant {
  readonly #watch = new ProgressWatch();
  readonly #board = new AlarmBoard();
  #sample = 0;

  take(factsAt: (sample: number) => Partial<ProgressFacts>): void {
    const sample = this.#sample++;
    const nowMs = START_MS + sample * 1_000;
    this.#board.update(nowMs, this.#watch.conditions({ ...calm, nowMs, ...factsAt(sample) }));
  }

  takeFor(seconds: number, factsAt: (sample: number) => Partial<ProgressFacts>): void {
    for (let at = 0; at < seconds; at++) this.take(factsAt);
  }

  standing(): string[] {
    return this.#board.standing.map(({ code, subject }) => `${code} ${subject}`.trim());
  }
}

/** Raised by what is wrong, after its time and not before, and gone when that has been over for its time. */
function raisesAndClears(
  code: AlarmCode,
  subject: string,
  wrong: (sample: number) => Partial<ProgressFacts>,
) {
  const row = ALARMS.find((one) => one.code === code)!;
  const plant = new Plant();
  plant.takeFor(3, () => ({}));
  assert.deepEqual(plant.standing(), []);
  // What compares two samples holds from the second one on.
  const before = row.afterMs / 1_000;
  plant.takeFor(before, wrong);
  const wanted = `${code} ${subject}`.trim();
  assert.ok(!plant.standing().includes(wanted) || row.afterMs === 0, 'not before its time');
  plant.takeFor(4, wrong);
  assert.ok(plant.standing().includes(wanted), `${wanted} stands, not ${plant.standing().join()}`);
  plant.take(() => ({}));
  assert.ok(plant.standing().includes(wanted) || row.clearMs <= 1_000, 'it does not flicker');
  plant.takeFor(row.clearMs / 1_000 + 1, () => ({}));
  assert.deepEqual(plant.standing(), []);
}

describe('alarms of what stands still or falls behind are raised and cleared', () => {
  test('a part that takes nothing while work waits for it', () => {
    for (const [name, part] of [
      ['calls-1', 'shard-1'],
      ['tells-0-1', 'shard-1'],
      ['replies-0', 'signalling'],
      ['answers-0', 'main'],
      ['notices-0', 'notifier'],
      ['deliveries', 'signalling'],
      ['queries-1', 'signalling'],
    ] as const)
      raisesAndClears('part-stuck', part, () => ({ rings: [ring(name, { depth: 3, taken: 7 })] }));
  });

  test('a part that takes something, or has nothing to take, is not stuck, and what waits for the network may', () => {
    const plant = new Plant();
    plant.takeFor(30, (sample) => ({
      rings: [ring('calls-0', { depth: 3, taken: sample }), ring('outcomes-0', { depth: 0, taken: 7 })],
    }));
    const waiting = ['deliveries', 'queries-0', 'notices-0'].map((name) =>
      ring(name, { depth: 9, taken: 7 }),
    );
    const { signalling } = calm;
    const reasons: Partial<ProgressFacts>[] = [
      { isNetworkUp: false },
      { signalling: { ...signalling!, deliveries: 100 } },
      { signalling: { ...signalling!, outcomesWaiting: 100 } },
    ];
    for (const reason of reasons) {
      plant.takeFor(30, () => ({ rings: waiting, ...reason }));
      assert.deepEqual(plant.standing(), []);
    }
    plant.takeFor(30, () => ({ rings: waiting, signalling: { ...signalling!, overload: 1 } }));
    assert.deepEqual(plant.standing(), ['overload-notices-slowed']);
  });

  test('commits that do not become durable', () => {
    const status = { ...shard, commitsInFlight: 2, window: 5 };
    raisesAndClears('commits-stuck', 'shard-0', () => ({ shards: new Map([[0, status]]) }));
    const plant = new Plant();
    plant.takeFor(10, (sample) => ({ shards: new Map([[0, { ...status, window: sample }]]) }));
    assert.deepEqual(plant.standing(), [], 'one after the other does');
  });

  test('a ring that stays more than half full', () =>
    raisesAndClears('ring-high', 'calls-0', (sample) => ({
      rings: [ring('calls-0', { fill: 0.6, depth: 9, taken: sample })],
    })));

  test('records that lag behind the journal', () =>
    raisesAndClears('journal-lag', 'shard-0', () => ({ shards: new Map([[0, { ...shard, dirty: 500 }]]) })));

  test('many open notices, and an old one', () => {
    raisesAndClears('notices-many', 'shard-0', () => ({
      shards: new Map([[0, { ...shard, openEffects: 500 }]]),
    }));
    const old = () => ({ shards: new Map([[0, { ...shard, oldestNoticeAtMs: START_MS - 400_000 }]]) });
    raisesAndClears('notices-late', 'shard-0', old);
    const plant = new Plant();
    plant.takeFor(60, () => ({ ...old(), isNetworkUp: false }));
    assert.deepEqual(plant.standing(), [], 'nothing can be sent: association-down says so');
  });

  test('a notifier with all batches under way', () =>
    raisesAndClears('notifier-slow', '', () => ({ notifier: { batches: 8, batchesMax: 8, waiting: 0 } })));

  test('a thread that dies again and again', () => {
    const plant = new Plant();
    plant.take(() => ({}));
    plant.take(() => ({ restarts: new Map([['shard-0', 2]]) }));
    assert.deepEqual(plant.standing(), []);
    plant.take(() => ({ restarts: new Map([['shard-0', 3]]) }));
    assert.deepEqual(plant.standing(), ['thread-restarting shard-0']);
    plant.takeFor(400, () => ({ restarts: new Map([['shard-0', 3]]) }));
    assert.deepEqual(plant.standing(), []);
  });

  test('each level of overload, with those below it', () => {
    for (const [level, { name }] of OVERLOAD_LEVELS.entries()) {
      if (level === 0) continue;
      const overload = { ...calm.signalling!, overload: level };
      raisesAndClears(`overload-${name}` as AlarmCode, '', () => ({ signalling: overload }));
      const plant = new Plant();
      plant.takeFor(5, () => ({ signalling: overload }));
      assert.equal(plant.standing().length, level);
    }
  });
});
