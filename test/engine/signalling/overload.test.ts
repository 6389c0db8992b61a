import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DecisionBacklog } from '../../../src/engine/signalling/decision-backlog.ts';
import {
  OVERLOAD_LEVELS,
  Overload,
  overloadAfter,
  READING_TURN_MS,
} from '../../../src/engine/signalling/overload.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { TimingWheel } from '../../../src/types/timing-wheel.ts';

const nameAt = (level: number) => OVERLOAD_LEVELS[level]!.name;

class Plant {
  readonly wheel = new TimingWheel({ startMs: 0 });
  readonly counters = new CountersMap();
  readonly readings: boolean[] = [];
  readonly overload = new Overload({
    timers: this.wheel,
    counters: this.counters,
    setReading: (reading) => this.readings.push(reading),
  });
  #nowMs = 0;

  run(ms: number): void {
    for (const endMs = this.#nowMs + ms; this.#nowMs < endMs; ) this.wheel.advance(++this.#nowMs);
  }
}

test('the levels of overload take one thing after the other, and each has a margin to go by', () => {
  for (const [index, level] of OVERLOAD_LEVELS.entries()) {
    const before = OVERLOAD_LEVELS[index - 1];
    if (before === undefined) continue;
    assert.ok(level.entersAt > before.entersAt);
    assert.ok(level.leavesBelow < level.entersAt, `${level.name} would flicker`);
    assert.ok(level.noticesPerSecond <= before.noticesPerSecond);
    const rank = { always: 0, 'in-turns': 1, never: 2 } as const;
    assert.ok(rank[level.reading] >= rank[before.reading]);
    assert.ok(before.newCalls === 'watched' || level.newCalls === 'let-go');
    assert.ok(before.newDialogues === 'taken' || level.newDialogues === 'refused');
  }
  const first = (wanted: (level: (typeof OVERLOAD_LEVELS)[number]) => boolean) =>
    OVERLOAD_LEVELS.findIndex(wanted);
  const notices = first(({ noticesPerSecond }) => noticesPerSecond < Infinity);
  const reading = first((level) => level.reading !== 'always');
  const calls = first(({ newCalls }) => newCalls === 'let-go');
  assert.ok(0 < notices && notices < reading && reading < calls, 'notices, then reading, then calls');
});

test('every pressure leads from every level to one that it holds', () => {
  for (let level = 0; level < OVERLOAD_LEVELS.length; level++) {
    for (let pressure = 0; pressure <= 1.2; pressure += 0.01) {
      const next = overloadAfter(level, pressure);
      const above = OVERLOAD_LEVELS[next + 1];
      assert.ok(above === undefined || pressure < above.entersAt, 'it is not too low');
      assert.ok(next === 0 || pressure >= OVERLOAD_LEVELS[next]!.leavesBelow, 'it is not too high');
      assert.equal(overloadAfter(next, pressure), next, 'it is at rest there');
    }
    assert.equal(nameAt(overloadAfter(level, 0)), 'normal', 'it comes back from anywhere');
    assert.equal(nameAt(overloadAfter(level, 1)), 'reading-stopped');
  }
});

test('each level is counted when it begins, those that were passed too, and the end of all', () => {
  const { overload, counters } = new Plant();
  for (const pressure of [0.3, 0.75, 0.6, 0.4, 0.95, 0]) overload.update(pressure, 0);
  const counted = (name: string) => counters.values.get(`signalling.overload.${name}`) ?? 0;
  assert.deepEqual(
    ['notices-slowed', 'reading-slowed', 'shedding', 'reading-stopped', 'over'].map(counted),
    [1, 1, 2, 1, 1],
  );
  assert.equal(nameAt(overload.takeWorst()), 'reading-stopped');
  assert.equal(nameAt(overload.takeWorst()), 'normal');
});

test('the associations are read in turns, then not at all, and then as ever, without anybody asking', () => {
  const plant = new Plant();
  const { overload, readings } = plant;
  overload.update(0.5, 0);
  plant.run(6 * READING_TURN_MS);
  assert.ok(readings.length >= 4);
  assert.ok(
    readings.every((reading, at) => reading === (at % 2 === 1)),
    'off, on, off, on …',
  );
  overload.update(0.95, 0);
  assert.equal(readings.at(-1), false);
  const stopped = readings.length;
  plant.run(100);
  assert.equal(readings.length, stopped);
  overload.update(0, 0);
  assert.equal(readings.at(-1), true);
  const over = readings.length;
  plant.run(1_000);
  assert.equal(readings.length, over);
  assert.equal(plant.wheel.nextWakeMs(), Infinity, 'no timer is left behind');
});

test('what is late lets calls go, and neither stops the reading nor refuses who can wait', () => {
  const { overload } = new Plant();
  overload.update(0, 100);
  assert.equal(overload.level.name, 'shedding');
  assert.ok(overload.admitsDialogues);
  overload.update(0.7, 0);
  assert.ok(!overload.admitsDialogues);
  overload.update(0.5, 0);
  assert.ok(!overload.admitsDialogues, 'with a margin');
  overload.update(0.49, 0);
  assert.ok(overload.admitsDialogues);
});

test('notices that keep a shard from taking calls are not slowed: it would take none for ever', () => {
  const { overload } = new Plant();
  overload.update(0.75, 0);
  assert.equal(overload.noticesAllowed(512), 0);
  overload.holdByNotices(1, true);
  assert.equal(overload.noticesAllowed(512), 512);
  overload.noticesBegun(512);
  overload.holdByNotices(1, false);
  assert.equal(overload.noticesAllowed(512), 0);
});

test('a ring of returns that is full refuses returns, and slows nothing else', () => {
  const { overload } = new Plant();
  overload.update(0, 0, 1);
  assert.equal(overload.level.name, 'normal');
  assert.ok(!overload.admitsDialogues);
});

test('notices are begun at the pace of the level, with no hoard from before', () => {
  const plant = new Plant();
  const { overload } = plant;
  plant.run(10_000);
  assert.equal(overload.noticesAllowed(512), 512);
  overload.update(0.3, 0);
  assert.equal(overload.noticesAllowed(512), 0);
  let begun = 0;
  for (let turn = 0; turn < 1_000; turn++) {
    plant.run(1);
    const allowed = overload.noticesAllowed(512);
    overload.noticesBegun(allowed);
    begun += allowed;
  }
  assert.ok(begun > 900 && begun <= 1_000, `${begun} in a second`);
  plant.run(60_000);
  assert.ok(overload.noticesAllowed(512) <= 100, 'a pause is no reason for a burst');
  overload.update(0.75, 0);
  plant.run(60_000);
  assert.equal(overload.noticesAllowed(512), 0);
});

test('the wait for a decision follows from how many wait and how fast they come, and one that is late puts it right', () => {
  const backlog = new DecisionBacklog();
  assert.equal(backlog.waitMs(10_000), 0, 'nothing is known yet');
  let nowMs = 0;
  const second = (answers: number): void => {
    for (let at = 0; at < 50; at++) {
      for (let answer = 0; answer < answers / 50; answer++) backlog.answered();
      nowMs += 20;
      backlog.measure(nowMs);
    }
  };
  second(10_000);
  assert.equal(Math.round(backlog.waitMs(2_000)), 200);
  assert.equal(backlog.waitMs(200), 0, 'few are no backlog');
  second(500);
  assert.ok(backlog.waitMs(2_000) < 230, 'little was asked: that says nothing of the speed');
  backlog.late(1_000, 300);
  assert.equal(Math.round(backlog.waitMs(1_000)), 300);
  second(10_000);
  assert.equal(Math.round(backlog.waitMs(2_000)), 200);
});
