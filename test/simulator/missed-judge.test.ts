import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Certainty, MissedCall } from '../../src/simulator/judge/missed-call.ts';
import { MissedJudge } from '../../src/simulator/judge/missed-judge.ts';
import { person } from '../../src/simulator/person.ts';
import { sameClock, wallClock } from '../../src/simulator/wall-clock.ts';

const AT = Date.UTC(2026, 5, 1, 12, 0, 30);
const called = person({ number: '491511000001', imsi: '262011000000001' });
const callers = ['491511000002', '491511000003'].map((number, index) =>
  person({ number, imsi: `26201100000001${index}` }),
);

function call(caller: number, afterMs: number, certainty: Certainty): MissedCall {
  return {
    called,
    caller: callers[caller]!,
    shown: true,
    reference: new Uint8Array(0),
    attemptedAtMs: AT + afterMs,
    answered: true,
    reportedAtMs: AT + afterMs + 20,
    reason: 'busy',
    certainty,
    settledAtMs: AT + afterMs + 30,
    duty: 'due',
  };
}

const lineOf = ({ caller, attemptedAtMs, reason }: MissedCall) => ({
  caller: caller.number,
  calls: 1,
  lastAt: wallClock(called.timeZone, attemptedAtMs),
  reason,
});

test('a call that was counted as one of any caller’s is named later: the count was of another one', () => {
  const judge = new MissedJudge(0, sameClock);
  const [counted, named] = [call(0, 0, 'maybe'), call(1, 1_000, 'certain')];
  judge.add(counted);
  judge.add(named);
  assert.deepEqual(judge.takeFurther(called, 1, AT + 5_000), [named]);
  const verdict = judge.take(called, lineOf(named), AT + 6_000);
  assert.deepEqual(verdict, { told: [named], doubled: 0, wrong: '' });
  const again = judge.take(called, lineOf(named), AT + 7_000);
  assert.equal(again.doubled, 1, 'and once is all');
});

test('attempts that are on their way for long come in another order: a line may tell the reason of the earlier one', () => {
  const [told, later] = [call(1, 0, 'certain'), { ...call(1, 100, 'certain'), reason: 'abandoned' as const }];
  for (const [lateMs, wrong] of [
    [0, /called 1 times/],
    [1_000, /^$/],
  ] as const) {
    const judge = new MissedJudge(0, sameClock, lateMs);
    judge.add(told);
    judge.add(later);
    assert.match(judge.take(called, { ...lineOf(told), calls: 2 }, AT + 5_000).wrong, wrong);
  }
});

test('a count that holds a call which need not be told stands for one that has to be', () => {
  const judge = new MissedJudge(0, sameClock);
  const optional = call(0, 0, 'maybe');
  judge.add(optional);
  assert.deepEqual(judge.takeFurther(called, 1, AT + 5_000), [optional]);
  const owed = call(1, 1_000, 'certain');
  judge.add(owed);
  assert.deepEqual([...judge.due(called)], []);
  const untold = call(1, 2_000, 'certain');
  judge.add(untold);
  assert.deepEqual([...judge.due(called)], [untold], 'it stands for one alone');
});

test('a call that a line of before has told, though it was not known to be taken then, is no further call', () => {
  const judge = new MissedJudge(0, sameClock);
  const [optional, told] = [call(0, 0, 'maybe'), call(0, 1_000, 'open')];
  judge.add(optional);
  judge.add(told);
  judge.take(called, lineOf(told), AT + 2_000);
  told.certainty = 'certain';
  const further = call(1, 3_000, 'certain');
  judge.add(further);
  assert.deepEqual(judge.takeFurther(called, 1, AT + 5_000), [further]);
  assert.deepEqual([...judge.due(called)], []);
});

test('of calls that a count may be of, those that were reported first are meant', () => {
  const judge = new MissedJudge(0, sameClock);
  const [early, late] = [call(1, 0, 'certain'), call(0, 3_000, 'certain')];
  judge.add(late);
  judge.add(early);
  assert.deepEqual(judge.takeFurther(called, 1, AT + 5_000), [early]);
  assert.deepEqual([...judge.due(called)], [late]);
});

test('what was told long ago is forgotten, what is due is not', () => {
  const judge = new MissedJudge(0, sameClock);
  const [told, due] = [call(0, 0, 'certain'), call(1, 0, 'certain')];
  judge.add(told);
  judge.add(due);
  judge.take(called, lineOf(told), AT + 1_000);
  judge.forget(AT);
  assert.equal(judge.take(called, lineOf(told), AT + 2_000).doubled, 1, 'not long enough ago');
  judge.forget(AT + 10_000);
  assert.deepEqual([...judge.due(called)], [due]);
  assert.match(judge.take(called, lineOf(told), AT + 11_000).wrong, /never called/);
  judge.take(called, lineOf(due), AT + 12_000);
  judge.forget(AT + 20_000);
  assert.match(judge.take(called, lineOf(due), AT + 21_000).wrong, /never called/);
});
