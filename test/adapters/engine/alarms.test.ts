import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { AlarmBoard } from '../../../src/adapters/engine/alarm-board.ts';
import { ALARMS, alarmReference } from '../../../src/adapters/engine/alarms.ts';
import { DeviationFinder, ORDINARY } from '../../../src/adapters/engine/deviations.ts';
import { type ConditionFacts, conditionsIn } from '../../../src/adapters/engine/live-conditions.ts';
import { COUNTER_TABLE } from '../../../src/types/counter-table.ts';
import { assertGolden } from '../../support/golden.ts';

test('docs/alarms.md is up to date', () => assertGolden('docs/alarms.md', alarmReference()));

test('every alarm is there once, says something, and says what to do', () => {
  assert.equal(new Set(ALARMS.map(({ code }) => code)).size, ALARMS.length);
  for (const { text, whatToDo } of ALARMS) {
    for (const words of [text, whatToDo]) assert.match(words, /^[A-Z].*[.?]$/);
  }
});

test('an alarm stands after its time, once, and goes when its cause has been gone for a while', () => {
  const told: string[] = [];
  const board = new AlarmBoard((change, { id, code, subject }) =>
    told.push(`${change} ${id} ${code} ${subject}`),
  );
  const codes = () => board.standing.map(({ code }) => code);
  const down = { code: 'association-down', subject: 'stp-a' } as const;
  board.update(10_000, [down]);
  assert.deepEqual(codes(), []);
  board.update(12_000, [down]);
  assert.deepEqual(codes(), ['association-down']);
  const [alarm] = board.standing;
  assert.equal(alarm?.sinceMs, 10_000);
  assert.equal(alarm.text, 'The association stp-a is down.');
  // It flickers: it stands all the time, and is counted once.
  board.update(13_000, []);
  board.update(14_000, [down]);
  board.update(15_000, []);
  assert.deepEqual(codes(), ['association-down']);
  assert.equal(board.standing[0]?.count, 1);
  assert.ok(board.acknowledge('association-down', 'stp-a', 15_500));
  assert.ok(board.acknowledge('association-down', 'stp-a', 15_600), 'once more is once');
  board.update(17_000, []);
  assert.deepEqual(codes(), []);
  assert.deepEqual(
    told,
    ['raised', 'acknowledged', 'cleared'].map((change) => `${change} 1 association-down stp-a`),
  );
  // A condition that does not last makes no alarm.
  board.update(18_000, [down]);
  board.update(19_000, []);
  board.update(20_500, [down]);
  assert.deepEqual(codes(), []);
  board.update(22_500, [down]);
  assert.equal(board.standing[0].count, 2);
  assert.equal(board.standing[0].sinceMs, 20_500);
});

test('the worst alarms come first, and their number has a bound', () => {
  const board = new AlarmBoard();
  const conditions = Array.from({ length: 1_000 }, (_, index) => ({
    code: 'ring-refusing' as const,
    subject: `ring ${index}`,
    detail: index,
  }));
  board.update(1_000, [...conditions.slice(0, 400), { code: 'quarantine', subject: '', detail: 3 }]);
  assert.equal(board.standing[0]?.code, 'quarantine');
  board.update(2_000, conditions);
  assert(board.standing.length <= 501);
});

test('an alarm outlasts no step of the clock on the wall, and says when it came by that clock', () => {
  const board = new AlarmBoard();
  const down = { code: 'thread-down', subject: 'shard-0' } as const;
  const hourMs = 3_600_000;
  board.update(1_000, [down], 5 * hourMs);
  assert.equal(board.standing[0]?.sinceMs, 5 * hourMs);
  // It is set back: the alarm goes in its own time all the same.
  board.update(2_000, [down], 4 * hourMs);
  board.update(3_000, [], 4 * hourMs + 1_000);
  assert.deepEqual(board.standing, []);
});

const quiet: ConditionFacts = {
  associations: [],
  pointCodes: [],
  shards: [],
  threads: [],
  restartsBefore: new Map(),
  clockStepMs: 3,
  deliveries: { underWay: 0, max: 10 },
  ringRefusals: [],
  counters: new Map(),
  countersBefore: new Map(),
};
const codesOf = (facts: Partial<ConditionFacts>) =>
  conditionsIn({ ...quiet, ...facts }).map(({ code, detail }) => `${code} ${detail ?? ''}`);

test('a clock that is set, forward or back, makes an alarm; one that is slewed does not', () => {
  assert.deepEqual(codesOf({}), []);
  assert.deepEqual(codesOf({ clockStepMs: 3_600_000 }), ['clock-stepped 3600']);
  assert.deepEqual(codesOf({ clockStepMs: -3_600_000 }), ['clock-stepped -3600']);
  assert.deepEqual(codesOf({ clockStepMs: -400 }), []);
});

test('a renderer that dies with a batch, or is too slow for it, makes an alarm as one does that dies idle', () => {
  for (const name of ['notifier.worker.died', 'notifier.batch.crashed', 'notifier.batch.timed-out'])
    assert.deepEqual(codesOf({ counters: new Map([[name, 1]]) }), ['renderer-failing 1'], name);
});

test('a deviation is a counter that is not of the ordinary course of things, with its sentence', () => {
  const names = new Set(COUNTER_TABLE.flatMap(({ rows }) => rows.map(([name]) => name)));
  for (const name of ORDINARY) assert(names.has(name), `${name} is not in the table of counters`);
  const finder = new DeviationFinder();
  assert.match(finder.meaningOf('tcap.sent.reject.invoke.1') ?? '', /rejected/);
  for (const ordinary of ['notice.absent', 'cap.abort.provider', 'no.such.counter']) {
    assert.equal(finder.meaningOf(ordinary), undefined);
    assert.equal(finder.meaningOf(ordinary), undefined);
  }
});
