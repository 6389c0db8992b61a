import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Judge, type ReceivedNotice } from '../../src/simulator/judge/judge.ts';
import type { Certainty, MissedCall } from '../../src/simulator/judge/missed-call.ts';
import { person } from '../../src/simulator/person.ts';
import { defaultPlan } from '../../src/simulator/plan.ts';
import type { MissedReason } from '../../src/types/model/notice.ts';

const AT = Date.UTC(2026, 5, 1, 12, 0, 30);
const MINUTE = 60_000;

const people = () => ({
  a: person({ number: '491511000001', imsi: '262011000000001', notifyMe: 'always' }),
  b: person({ number: '491511000002', imsi: '262011000000002' }),
  c: person({ number: '491511000003', imsi: '262011000000003', subscribed: false }),
});

class Court {
  readonly judge = new Judge(defaultPlan.times);
  readonly people = people();

  constructor() {
    for (const one of Object.values(this.people)) this.judge.available(one, true, AT);
  }

  /** A calls B, reported and settled at once. */
  call(
    reason: MissedReason = 'busy',
    certainty: Exclude<Certainty, 'open'> = 'certain',
    atMs = AT,
    shown = true,
  ): MissedCall {
    const call: MissedCall = {
      called: this.people.b,
      caller: this.people.a,
      shown,
      reference: new Uint8Array(0),
      attemptedAtMs: atMs,
      answered: true,
      reportedAtMs: atMs + 20,
      reason,
      certainty: 'open',
      settledAtMs: 0,
      duty: 'due',
    };
    this.judge.missed(call);
    this.judge.settled(call, certainty, atMs + 22);
    return call;
  }

  tell(text: string, to: 'a' | 'b' | 'c' = 'b', atMs = AT + 1000, identical = false): void {
    const made = new Date(atMs);
    const message: ReceivedNotice = {
      text,
      stamp: {
        year: made.getUTCFullYear(),
        month: made.getUTCMonth() + 1,
        day: made.getUTCDate(),
        hour: made.getUTCHours(),
        minute: made.getUTCMinutes(),
        second: made.getUTCSeconds(),
        quarterHours: 0,
      },
      atMs,
      identical,
    };
    this.judge.delivered(this.people[to], message);
  }

  get rulesBroken(): number {
    return this.judge.verdicts.count('rule');
  }

  verdict() {
    this.judge.close(AT + 10 * MINUTE);
    const { verdicts, repeated, right } = this.judge;
    return {
      right,
      repeated,
      lost: verdicts.count('lost'),
      doubled: verdicts.count('doubled'),
      wrong: verdicts.count('wrong'),
      late: verdicts.count('late'),
    };
  }
}

const clean = { right: 0, repeated: 0, lost: 0, doubled: 0, wrong: 0, late: 0 };
const once = 'You missed a call from +491511000001 at 12:00. You were on another call.';
const away = 'You missed a call from +491511000001 at 12:00. Your phone was off or out of coverage.';
const back = '+491511000002 can be reached again. You called at 12:00.';

test('a call that is told is right; one that is not is lost', () => {
  const told = new Court();
  told.call();
  told.tell(once);
  assert.deepEqual(told.verdict(), { ...clean, right: 1 });
  const lost = new Court();
  lost.call();
  assert.deepEqual(lost.verdict(), { ...clean, lost: 1 });
});

test('told again in other octets is doubled, in the same octets repeated', () => {
  const court = new Court();
  court.call();
  court.tell(once);
  court.tell(once, 'b', AT + 2000);
  court.tell(once, 'b', AT + 2000, true);
  assert.deepEqual(court.verdict(), { ...clean, right: 1, doubled: 1, repeated: 1 });
});

test('the same octets are the same notice, and tell of no other call of the same minute', () => {
  const court = new Court();
  court.call();
  court.call();
  court.tell(once);
  court.tell(once, 'b', AT + 1000, true);
  assert.deepEqual(court.verdict(), { ...clean, right: 1, repeated: 1, lost: 1 });
});

test('another count, time, reason or caller is wrong', () => {
  for (const text of [
    'You missed 2 calls from +491511000001, the last at 12:00. You were on another call.',
    'You missed a call from +491511000001 at 12:03. You were on another call.',
    'You missed a call from +491511000001 at 12:00. It rang unanswered.',
    'You missed a call from +491511000003 at 12:00. You were on another call.',
    'You missed a call from a withheld number at 12:00. You were on another call.',
    'Your balance is low.',
  ]) {
    const court = new Court();
    court.call();
    court.tell(text);
    assert.equal(court.verdict().wrong, 1, text);
  }
});

test('a withheld number that is shown is wrong, and one that is not is not lost', () => {
  const court = new Court();
  court.call('busy', 'certain', AT, false);
  assert.deepEqual(court.verdict(), clean);
  const shown = new Court();
  shown.call('busy', 'certain', AT, false);
  shown.tell(once);
  assert.equal(shown.verdict().wrong, 1);
});

test('R1 a question whether a withheld number may be shown is of a call that was made', () => {
  const question = (callee: string) => `You called +${callee} at 12:00 with your number withheld. Reply.`;
  const court = new Court();
  court.call('busy', 'certain', AT, false);
  court.tell(question('491511000002'), 'a');
  assert.equal(court.rulesBroken, 0);
  const other = new Court();
  other.call();
  other.tell(question('491511000002'), 'a');
  assert.equal(other.rulesBroken, 1);
});

test('somebody who has ordered nothing is told nothing', () => {
  const court = new Court();
  court.tell(once, 'c');
  assert.equal(court.verdict().wrong, 1);
});

test('a call that was not acknowledged may be told once, as it was or as given up', () => {
  for (const text of [
    once,
    once.replace('You were on another call', 'The caller hung up before you could answer'),
  ]) {
    const court = new Court();
    court.call('busy', 'maybe');
    court.tell(text);
    court.tell(text, 'b', AT + 2000);
    assert.deepEqual(court.verdict(), { ...clean, right: 1, doubled: 1 });
  }
  const untold = new Court();
  untold.call('busy', 'maybe');
  assert.deepEqual(untold.verdict(), clean);
});

test('where a line fits a call that must be told and one that need not, it was the first', () => {
  const court = new Court();
  court.call('busy', 'maybe');
  court.tell(once);
  court.call('busy', 'certain', AT + 10);
  assert.deepEqual(court.verdict(), { ...clean, right: 1 });
});

test('a notice that comes long after it could is late', () => {
  const court = new Court();
  court.call();
  court.tell(once, 'b', AT + 2 * MINUTE);
  assert.deepEqual(court.verdict(), { ...clean, right: 1, late: 1 });
});

test('a time stamp in another zone than the reader’s is wrong', () => {
  const court = new Court();
  court.call();
  const { judge, people: known } = court;
  const stamp = { year: 2026, month: 6, day: 1, hour: 14, minute: 0, second: 30, quarterHours: 8 };
  judge.delivered(known.b, { text: once, stamp, atMs: AT + 1000, identical: false });
  assert.equal(court.verdict().wrong, 1);
});

/** B is away, A calls, B is back. */
function absence(court: Court, attempts: readonly number[], endsAtMs: number): void {
  court.judge.presence(court.people.b, false, AT - MINUTE);
  court.judge.available(court.people.b, false, AT - MINUTE);
  for (const atMs of attempts) court.call('not-reachable', 'certain', atMs);
  court.judge.presence(court.people.b, true, endsAtMs);
  court.judge.available(court.people.b, true, endsAtMs);
}

test('K1 the return of somebody called in vain is told once', () => {
  const court = new Court();
  absence(court, [AT], AT + 5000);
  court.tell(away, 'b', AT + 6000);
  court.tell(back, 'a', AT + 6000);
  assert.deepEqual(court.verdict(), { ...clean, right: 2 });

  const untold = new Court();
  absence(untold, [AT], AT + 5000);
  untold.tell(away, 'b', AT + 6000);
  assert.deepEqual(untold.verdict(), { ...clean, right: 1, lost: 1 });

  const twice = new Court();
  absence(twice, [AT], AT + 5000);
  twice.tell(away, 'b', AT + 6000);
  twice.tell(back, 'a', AT + 6000);
  twice.tell(back, 'a', AT + 7000);
  assert.deepEqual(twice.verdict(), { ...clean, right: 2, doubled: 1 });
});

test('K1 told before the return, or with an earlier attempt, is wrong', () => {
  const early = new Court();
  early.judge.presence(early.people.b, false, AT - MINUTE);
  early.call('not-reachable');
  early.tell(back, 'a', AT + 1000);
  assert.equal(early.verdict().wrong, 1);

  const other = new Court();
  absence(other, [AT, AT + 2 * MINUTE], AT + 3 * MINUTE);
  other.tell(back, 'a', AT + 3 * MINUTE);
  assert.equal(other.verdict().wrong, 1);
});

test('K1 an attempt that raced with the return may be told on its own', () => {
  const court = new Court();
  absence(court, [AT, AT + MINUTE], AT + MINUTE + 100);
  court.tell(
    'You missed 2 calls from +491511000001, the last at 12:01. Your phone was off or out of coverage.',
    'b',
    AT + MINUTE + 200,
  );
  court.tell(back, 'a', AT + MINUTE + 200);
  court.tell(back.replace('12:00', '12:01'), 'a', AT + MINUTE + 300);
  assert.deepEqual(court.verdict(), { ...clean, right: 3 });
});

test('K1 an attempt that raced with a return need not be told when the return was', () => {
  const absent = (tell: (court: Court, backAtMs: number) => void) => {
    const court = new Court();
    const backAtMs = AT + 2 * MINUTE;
    absence(court, [AT], backAtMs);
    tell(court, backAtMs);
    // Paging of a call that began before the return fails after it.
    court.call('not-reachable', 'certain', backAtMs - 10);
    return court.verdict().lost;
  };
  // The calls themselves are not told.
  assert.equal(
    absent((court, backAtMs) => court.tell(back, 'a', backAtMs + 5)),
    2,
  );
  assert.equal(
    absent(() => undefined),
    3,
    'nothing was told of the return',
  );
});

test('K1 an attempt that began before B went away again need not be told when A was told since it began', () => {
  const leavesAgain = (tell: (court: Court, atMs: number) => void, attemptedMs: number) => {
    const court = new Court();
    const backAtMs = AT + 2 * MINUTE;
    absence(court, [AT], backAtMs);
    tell(court, backAtMs + 2);
    court.judge.presence(court.people.b, false, backAtMs + 5);
    court.call('not-reachable', 'certain', backAtMs + attemptedMs);
    court.judge.presence(court.people.b, true, backAtMs + MINUTE);
    return court.verdict().lost;
  };
  const told = (court: Court, atMs: number) => court.tell(back, 'a', atMs);
  // The calls themselves are not told.
  assert.equal(leavesAgain(told, -10), 2);
  assert.equal(leavesAgain(told, 6), 3, 'it began when B was away: the next return is to be told');
  assert.equal(
    leavesAgain(() => undefined, -10),
    4,
    'neither return was told',
  );
});

test('K1 attempts that raced with B going away may be told in one notice before the return, and no other may', () => {
  const raced = (attemptedMs: readonly number[], tells: number) => {
    const court = new Court();
    const leftAtMs = AT - 20;
    court.judge.presence(court.people.b, false, leftAtMs);
    for (const after of attemptedMs) court.call('not-reachable', 'certain', leftAtMs + after);
    // A sign of life of before was late on its way.
    for (let time = 0; time < tells; time++) court.tell(back, 'a', AT + 900);
    court.judge.presence(court.people.b, true, AT + MINUTE);
    const { lost, doubled, wrong } = court.verdict();
    // The calls themselves are not told.
    return { lost: lost - attemptedMs.length, doubled, wrong };
  };
  assert.deepEqual(raced([20, 50, 90], 1), { lost: 0, doubled: 0, wrong: 0 });
  assert.deepEqual(raced([20, 50, 90], 0), { lost: 1, doubled: 0, wrong: 0 });
  assert.deepEqual(raced([20, 50, 90, 2_000], 1), { lost: 1, doubled: 0, wrong: 0 }, 'one began later');
  assert.deepEqual(raced([20, 50, 940], 1), { lost: 1, doubled: 0, wrong: 0 }, 'one began behind the notice');
  assert.deepEqual(raced([20], 2), { lost: 0, doubled: 0, wrong: 1 });
});

test('K1 an attempt behind a return that was heard of late is told by the notice that names it', () => {
  const heardLate = (lastMs: number, time: string) => {
    const court = new Court();
    absence(court, [AT], AT + 5000);
    court.judge.presence(court.people.b, false, AT + 7000);
    court.call('not-reachable', 'certain', AT + lastMs);
    court.tell(back.replace('12:00', time), 'a', AT + lastMs + 3000);
    court.judge.presence(court.people.b, true, AT + 2 * MINUTE);
    const { lost, doubled, wrong } = court.verdict();
    // The two calls themselves are not told.
    return { lost: lost - 2, doubled, wrong };
  };
  assert.deepEqual(heardLate(10_000, '12:00'), { lost: 0, doubled: 0, wrong: 0 });
  assert.deepEqual(heardLate(50_000, '12:00'), { lost: 1, doubled: 0, wrong: 0 }, 'another time was told');
});

test('K1 absences that the caller could not be told of one by one may be told in one notice', () => {
  const court = new Court();
  absence(court, [AT], AT + 5000);
  court.judge.presence(court.people.b, false, AT + 3 * MINUTE);
  court.call('not-reachable', 'certain', AT + 4 * MINUTE);
  court.judge.presence(court.people.b, true, AT + 5 * MINUTE);
  court.tell(back.replace('12:00', '12:04'), 'a', AT + 5 * MINUTE);
  const { lost, wrong, doubled } = court.verdict();
  // The two calls themselves were not told.
  assert.deepEqual({ lost, wrong, doubled }, { lost: 2, wrong: 0, doubled: 0 });
});

test('K1 …also when both attempts were in the same minute', () => {
  const court = new Court();
  absence(court, [AT, AT + 5000], AT + 5100);
  court.tell(back, 'a', AT + 5200);
  court.tell(back, 'a', AT + 5300);
  const { wrong, doubled } = court.verdict();
  assert.deepEqual({ wrong, doubled }, { wrong: 0, doubled: 0 });
});
