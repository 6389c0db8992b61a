import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ARMED_MAX, Deadlines, HORIZON_MS } from '../../../src/engine/shard/deadlines.ts';
import { SetBacks } from '../../../src/engine/shard/set-backs.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { initialState, type SubscriberState } from '../../../src/types/model/state.ts';
import type { DeadlineEntry } from '../../../src/types/ports/store.ts';
import { TimingWheel } from '../../../src/types/timing-wheel.ts';

const due = (number: number, deadlineAtMs: number): SubscriberState => ({
  ...initialState(String(number)),
  deadlineAtMs,
  deadlineGeneration: 1,
});

/** Deadlines on a wheel of their own, whose index is a list of states in the order of time. */
class Plant {
  readonly wheel = new TimingWheel({ startMs: 0 });
  readonly counters = new CountersMap();
  readonly fired: string[] = [];
  indexed: SubscriberState[] = [];
  /** Entries that were looked at in the index. */
  looks = 0;
  busy = false;
  readonly deadlines = new Deadlines({
    timers: this.wheel,
    clock: new SetBacks({ now: () => this.wheel.now(), monotonic: () => this.wheel.now() }, new Map(), 0),
    counters: this.counters,
    onDeadline: (number) => {
      if (this.busy) return false;
      this.fired.push(number);
      this.indexed = this.indexed.filter((state) => state.number !== number);
      return true;
    },
    index: (untilMs, after) => this.#index(untilMs, after),
    stateOf: (_partition, number) => this.indexed.find((state) => state.number === number),
  });

  *#index(untilMs: number, after: DeadlineEntry | undefined): Iterable<DeadlineEntry> {
    const place = ({ number, deadlineAtMs }: SubscriberState): DeadlineEntry => [0, number, deadlineAtMs];
    const isBehind = ([, number, minute]: DeadlineEntry): boolean =>
      after === undefined || minute > after[2] || (minute === after[2] && Number(number) > Number(after[1]));
    for (const entry of this.indexed.map(place)) {
      if (entry[2] > untilMs || !isBehind(entry)) continue;
      this.looks++;
      yield entry;
    }
  }
}

test('deadlines that cannot be worked on now come again, in the order in which they came due', () => {
  const plant = new Plant();
  const { wheel, deadlines } = plant;
  plant.busy = true;
  for (const number of [3, 1, 2]) deadlines.update(due(number, 100 + number));
  wheel.advance(150);
  assert.equal(deadlines.armed, 3, 'none is lost while there is no room');
  plant.busy = false;
  deadlines.update(due(4, 152));
  wheel.advance(200);
  assert.deepEqual(plant.fired, ['1', '2', '3', '4']);
  assert.equal(deadlines.armed, 0);
});

test('one that is late and is taken back, or put off, does not come as it was', () => {
  const plant = new Plant();
  const { wheel, deadlines } = plant;
  plant.busy = true;
  for (const number of [1, 2, 3]) deadlines.update(due(number, 100));
  wheel.advance(150);
  deadlines.update({ ...due(1, 0), deadlineGeneration: 2 });
  deadlines.update({ ...due(2, 1_000), deadlineGeneration: 2 });
  plant.busy = false;
  wheel.advance(500);
  assert.deepEqual(plant.fired, ['3']);
  wheel.advance(1_100);
  assert.deepEqual(plant.fired, ['3', '2']);
});

test('the index is looked at in stretches, each entry once in a look', () => {
  const plant = new Plant();
  plant.indexed = Array.from({ length: 1_700 }, (_, number) => due(number, 100_000));
  plant.deadlines.start();
  assert.equal(plant.looks, 500);
  plant.wheel.advance(1_000);
  assert.equal(plant.looks, 1_700);
  assert.equal(plant.deadlines.armed, 1_700);
  for (let atMs = 1_000; atMs <= 101_000; atMs += 100) plant.wheel.advance(atMs);
  assert.equal(new Set(plant.fired).size, 1_700);
  assert.equal(plant.fired.length, 1_700);
});

test('I5 deadlines in memory have a bound; those beyond it come from the index when there is room', () => {
  const plant = new Plant();
  const { wheel, deadlines, counters } = plant;
  deadlines.start();
  for (let number = 0; number < ARMED_MAX; number++) deadlines.update(due(number, HORIZON_MS / 2));
  assert.equal(deadlines.armed, ARMED_MAX);
  plant.indexed = [due(ARMED_MAX, 50_000)];
  assert.ok(!deadlines.update(plant.indexed[0]!));
  assert.equal(deadlines.armed, ARMED_MAX);
  assert.equal(counters.values.get('shard.deadline-deferred'), 1);
  for (let atMs = 0; atMs < HORIZON_MS / 2; atMs += 500) wheel.advance(atMs);
  assert.equal(plant.looks, 0, 'while there is no room nothing is looked for');
  wheel.advance(HORIZON_MS / 2 + 2_500);
  assert.equal(plant.fired.length, ARMED_MAX + 1);
  deadlines.stop();
  wheel.advance(10 * HORIZON_MS);
  assert.equal(plant.fired.length, ARMED_MAX + 1);
});
