import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { TimerListener } from '../../src/types/timers.ts';
import { TimingWheel } from '../../src/types/timing-wheel.ts';

class Recorder implements TimerListener {
  readonly fired: string[] = [];
  readonly wheel: TimingWheel;

  constructor(wheel: TimingWheel) {
    this.wheel = wheel;
  }

  onTimer(kind: number, key: number): void {
    this.fired.push(`${String(kind)}/${String(key)}@${String(this.wheel.now())}`);
  }
}

/** The naive model: a list of all timers, sorted by (deadline, start order). */
interface ModelTimer {
  readonly deadline: number;
  readonly order: number;
  readonly kind: number;
}

const delays = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 300 }) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 70_000 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 20_000_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 2 ** 36 }) },
);
const commands = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: fc.constant('start' as const), delay: delays }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('stop' as const), which: fc.nat() }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('advance' as const), by: delays }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('jump' as const) }) },
  ),
  { maxLength: 120 },
);

test('the wheel fires what a sorted list of deadlines would, in the order of deadline, then of start', () => {
  fc.assert(
    fc.property(
      commands,
      fc.integer({ min: 0, max: 2 ** 34 }),
      fc.constantFrom(1, 10),
      (steps, startMs, tickMs) => {
        const wheel = new TimingWheel({ startMs, tickMs, capacity: 2 });
        const recorder = new Recorder(wheel);
        let model: ModelTimer[] = [];
        const handles: number[] = [];
        const expected: string[] = [];
        const advanceModel = (now: number) => {
          const ended = model.filter((timer) => timer.deadline <= now);
          ended.sort((a, b) => a.deadline - b.deadline || a.order - b.order);
          for (const timer of ended) {
            expected.push(`${String(timer.kind)}/${String(timer.order)}@${String(timer.deadline)}`);
          }
          model = model.filter((timer) => timer.deadline > now);
        };
        for (const step of steps) {
          const now = wheel.now();
          if (step.do === 'start') {
            const tick = Math.floor((now - startMs) / tickMs);
            const ends = Math.max(tick + 1, Math.ceil((now - startMs + step.delay) / tickMs));
            const order = handles.length;
            const kind = order % 3;
            model.push({ deadline: startMs + ends * tickMs, order, kind });
            handles.push(wheel.start(step.delay, recorder, kind, order));
          } else if (step.do === 'stop') {
            if (handles.length === 0) continue;
            const which = step.which % handles.length;
            wheel.stop(handles[which] as number);
            model = model.filter((timer) => timer.order !== which);
          } else {
            const earliest = Math.min(Infinity, ...model.map((timer) => timer.deadline));
            assert.equal(wheel.nextDeadlineMs(), earliest);
            assert.ok(wheel.nextWakeMs() <= earliest);
            if (step.do === 'jump' && earliest === Infinity) continue;
            const target = step.do === 'jump' ? earliest : now + step.by;
            advanceModel(target);
            wheel.advance(target);
            assert.equal(wheel.now(), target);
          }
          assert.equal(wheel.pending, model.length);
          assert.deepEqual(recorder.fired, expected);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('a stale handle stops nothing, though its place is taken by another timer', () => {
  const wheel = new TimingWheel();
  const recorder = new Recorder(wheel);
  const stale = wheel.start(5, recorder, 1, 1);
  wheel.stop(stale);
  const fresh = wheel.start(5, recorder, 2, 2);
  assert.notEqual(fresh, stale);
  wheel.stop(stale);
  wheel.stop(0);
  wheel.stop(12_345);
  wheel.advance(5);
  assert.deepEqual(recorder.fired, ['2/2@5']);
  wheel.stop(fresh);
  assert.equal(wheel.pending, 0);
});

test('a listener may start and stop timers of the same tick while it fires', () => {
  const wheel = new TimingWheel();
  const fired: number[] = [];
  const handles: number[] = [];
  const listener: TimerListener = {
    onTimer: (_kind, key) => {
      fired.push(key);
      if (key === 0) wheel.stop(handles[1] as number);
      if (key === 2) wheel.start(0, listener, 0, 9);
    },
  };
  for (let key = 0; key < 3; key++) handles.push(wheel.start(10, listener, 0, key));
  wheel.advance(10);
  assert.deepEqual(fired, [0, 2]);
  wheel.advance(11);
  assert.deepEqual(fired, [0, 2, 9]);
});

test('a listener that starts itself anew without delay does not hold up the thread', () => {
  const wheel = new TimingWheel();
  let fired = 0;
  const listener: TimerListener = {
    onTimer: () => {
      fired++;
      wheel.start(0, listener, 0, 0);
    },
  };
  wheel.start(0, listener, 0, 0);
  wheel.advance(100);
  assert.equal(fired, 100);
});

test('when a listener throws, the timers behind it fire with the next advance', () => {
  const wheel = new TimingWheel();
  const recorder = new Recorder(wheel);
  const thrower: TimerListener = {
    onTimer: () => {
      throw new Error('planted');
    },
  };
  wheel.start(3, thrower, 0, 0);
  wheel.start(3, recorder, 0, 1);
  wheel.start(4, recorder, 0, 2);
  assert.throws(() => wheel.advance(10), /planted/);
  assert.equal(wheel.advance(10), 2);
  assert.deepEqual(recorder.fired, ['0/1@3', '0/2@4']);
});

test('more timers than the bound are refused by an assertion', () => {
  const wheel = new TimingWheel({ capacity: 1, capacityMax: 3 });
  const recorder = new Recorder(wheel);
  for (let key = 0; key < 3; key++) wheel.start(1, recorder, 0, key);
  assert.throws(() => wheel.start(1, recorder, 0, 3), /no more than 3 timers/);
  wheel.advance(1);
  assert.equal(recorder.fired.length, 3);
  assert.ok(wheel.start(1, recorder, 0, 4) !== 0);
});

test('time that goes back changes nothing', () => {
  const wheel = new TimingWheel({ startMs: 100 });
  const recorder = new Recorder(wheel);
  wheel.start(1, recorder, 0, 0);
  assert.equal(wheel.advance(99), 0);
  assert.equal(wheel.now(), 100);
});
