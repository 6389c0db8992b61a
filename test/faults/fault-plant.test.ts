/** The plant's own tests: what it must find is planted. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FAULTS } from './faults.ts';
import { deathOf, judge, lateDeathOf, metDown } from './judgement.ts';
import type { Down } from './network-messages.ts';

const downs = [{ fromMs: 10_000, untilMs: 12_000 }];
const saw = (changedAtMs: readonly number[] = [], inactive: readonly Down[] = []) => ({
  changedAtMs,
  inactive,
});
const call = (startedAtMs: number, settledAtMs: number) => ({ startedAtMs, settledAtMs, answered: true });

test('a call that was not taken is explained by a fault in its life, or by one that the network found out in it', () => {
  assert.ok(metDown(call(9_000, 10_500), downs, saw()));
  assert.ok(metDown(call(11_000, 11_500), downs, saw()));
  assert.ok(!metDown(call(5_000, 9_000), downs, saw()));
  assert.ok(!metDown(call(14_000, 15_000), downs, saw()));
  assert.ok(metDown(call(14_000, 15_000), downs, saw([14_500])));
  assert.ok(!metDown(call(54_000, 55_000), downs, saw([54_500])), 'no fault was near');
  assert.ok(metDown(call(17_000, 17_001), downs, saw([], [{ fromMs: 11_000, untilMs: 18_000 }])));
  assert.ok(
    !metDown(call(47_000, 47_001), downs, saw([], [{ fromMs: 41_000, untilMs: 48_000 }])),
    'it went without a fault',
  );
});

test('a repetition is explained by a death between the two arrivals, just after the first', () => {
  assert.equal(deathOf({ beforeAtMs: 9_900, atMs: 13_000 }, [10_000]), 10_000);
  assert.equal(deathOf({ beforeAtMs: 5_000, atMs: 13_000 }, [10_000]), undefined);
  assert.equal(deathOf({ beforeAtMs: 9_900, atMs: 9_950 }, [10_000]), undefined);
});

test('where faults come upon each other, a death explains what came while an answer to it could still be on its way', () => {
  const late = (beforeAtMs: number, atMs: number, death: number) =>
    lateDeathOf({ beforeAtMs, atMs }, { downs, deaths: [death] }, 5_000);
  assert.equal(late(13_000, 20_000, 17_000), 17_000);
  assert.equal(late(13_000, 20_000, 19_000), undefined, 'the answer had come before it');
  assert.equal(late(13_000, 16_000, 17_000), undefined, 'it came again before it');
  assert.equal(late(18_000, 25_000, 20_000), undefined, 'nothing was away any more');
  assert.equal(lateDeathOf({ beforeAtMs: 13_000, atMs: 20_000 }, { downs, deaths: [17_000] }, 0), undefined);
});

test('planted: what is lost, doubled, late beyond the bound, unexplained or not answered breaks its invariant', () => {
  const report = {
    callsAttempted: 100,
    callsMissed: 60,
    callsTold: 40,
    absences: 5,
    noticesDelivered: 40,
    notifyMeDelivered: 3,
    rulesBroken: 0,
    right: 40,
    lost: 0,
    doubled: 0,
    wrong: 0,
    late: 0,
    repeated: 0,
    unacknowledged: 0,
    letGo: 0,
    unanswered: 0,
    byFigures: 0,
    peopleUnbound: 0,
    unexpected: 0,
    drained: true,
    idpToAnswerMs: { p50: 1, p99: 2 },
    reachableToNoticeMs: { p50: 1, p99: 2 },
    durationMs: 1_000,
    faults: [],
  };
  const testimony = { unacknowledged: [], repetitions: [], deliveredAtMs: [], changedAtMs: [], inactive: [] };
  const broken = (change: object, saw: object = {}) =>
    judge({
      verdict: { report: { ...report, ...change }, testimony: { ...testimony, ...saw }, counters: {} },
      downs,
      deaths: [10_000],
      standstills: [{ fromMs: 50_000, untilMs: 51_500 }],
      drainMs: 1,
      drainBoundMs: 60_000,
      callsToldMin: 20,
      answersLateMs: 0,
      lateMax: 3,
    })
      .filter(({ holds }) => !holds)
      .map(({ invariant }) => invariant);
  assert.deepEqual(broken({}), []);
  assert.deepEqual(broken({ lost: 1 }), ['I1']);
  assert.deepEqual(broken({ doubled: 1 }), ['I3']);
  assert.deepEqual(broken({ wrong: 1 }), ['I3']);
  assert.deepEqual(broken({ late: 4 }), ['I6']);
  assert.deepEqual(broken({ drained: false }), ['I6']);
  assert.deepEqual(broken({ callsTold: 5 }), ['load']);
  assert.deepEqual(broken({}, { unacknowledged: [call(1_000, 2_000)] }), ['I1']);
  assert.deepEqual(broken({}, { unacknowledged: [{ ...call(1_000, 2_000), answered: false }] }), [
    'I1',
    'I7',
  ]);
  assert.deepEqual(broken({}, { unacknowledged: [call(49_800, 51_600)] }), [], 'the machine stood still');
  assert.deepEqual(broken({}, { repetitions: [{ beforeAtMs: 1_000, atMs: 2_000 }] }), ['I3']);
});

test('every fault has a name of its own and says what must hold', () => {
  assert.equal(new Set(FAULTS.map(({ name }) => name)).size, FAULTS.length);
  for (const { name, title } of FAULTS) {
    assert.match(name, /^[a-z]+(-[a-z]+)*$/);
    assert.ok(title.length > 30, name);
  }
});
