import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { machineClock } from '../../../src/adapters/clock.ts';
import { machineRandom } from '../../../src/adapters/random.ts';
import { DoorbellButton, doorbellMemory } from '../../../src/adapters/rings/doorbell.ts';
import { PartHost } from '../../../src/adapters/threads/part-host.ts';
import type { Part } from '../../../src/types/ports/part.ts';

class TestPart implements Part {
  turns = 0;
  work = 0;
  draining = false;
  drains = true;
  closed = false;
  stalled = false;
  onTurn = (): void => undefined;

  doWork(): number {
    this.turns++;
    this.onTurn();
    if (this.work === 0) return 0;
    this.work--;
    return 1;
  }

  drain(): void {
    this.draining = true;
  }

  get drained(): boolean {
    return this.draining && this.drains && this.work === 0;
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}

const turnsDone = (part: TestPart, done: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    part.onTurn = () => {
      if (done()) resolve();
    };
  });
const immediate = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the host of a part', () => {
  test('gives turns to a part that waits for room in a ring, though nobody wakes it, until there is room', async () => {
    const part = new TestPart();
    part.stalled = true;
    const host = new PartHost({ clock: machineClock });
    host.run(part);
    await turnsDone(part, () => part.turns >= 20);
    part.stalled = false;
    const { turns } = part;
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert(part.turns <= turns + 4, 'then it rests');
    await host.stop(0);
  });

  test('takes turns while there is work, lets the loop turn in between, and rests when there is none', async () => {
    const part = new TestPart();
    const host = new PartHost({ clock: machineClock });
    part.work = 50;
    let loopTurns = 0;
    const count = (): void => {
      loopTurns++;
      if (part.work > 0) setImmediate(count);
    };
    setImmediate(count);
    host.run(part);
    await turnsDone(part, () => part.work === 0);
    assert(loopTurns > 25, `${loopTurns} turns of the loop`);
    for (let index = 0; index < 20; index++) await immediate();
    const { turns } = part;
    for (let index = 0; index < 50; index++) await immediate();
    assert.equal(part.turns, turns, 'asleep');
    assert.equal(await host.stop(1000), true);
    assert(part.closed);
  });

  test('is woken by its doorbell, by `wake`, and by its timers', async () => {
    const memory = doorbellMemory('host', ['other']);
    const part = new TestPart();
    const host = new PartHost({ clock: machineClock, doorbell: memory });
    const button = new DoorbellButton(memory, 'other');
    host.run(part);
    await turnsDone(part, () => part.turns >= 2);
    for (const rouse of [
      () => button.press(),
      host.wake,
      () => {
        host.timers.start(5, { onTimer: () => undefined }, 0, 0);
      },
    ]) {
      for (let index = 0; index < 5; index++) await immediate();
      const { turns } = part;
      const woken = turnsDone(part, () => part.turns > turns);
      rouse();
      await woken;
    }
    const { turns } = part;
    const timed = turnsDone(part, () => part.turns > turns + 1);
    await timed;
    button.close();
    await host.stop(1000);
  });

  test('fires a timer that was started earlier for later, and one started later for sooner', async () => {
    const part = new TestPart();
    const host = new PartHost({ clock: machineClock });
    const fired: number[] = [];
    const listener = { onTimer: (kind: number) => void fired.push(kind) };
    host.run(part);
    host.timers.start(60, listener, 1, 0);
    await turnsDone(part, () => part.turns >= 2);
    host.timers.start(20, listener, 2, 0);
    await turnsDone(part, () => fired.length === 2);
    assert.deepEqual(fired, [2, 1]);
    await host.stop(1000);
  });

  test('a timer that is started while the part sleeps counts from then', async () => {
    const part = new TestPart();
    let nowMs = 1000;
    const host = new PartHost({ clock: { now: () => nowMs, monotonic: () => nowMs } });
    const fired: number[] = [];
    host.run(part);
    await turnsDone(part, () => part.turns >= 2);
    nowMs += 500;
    assert.equal(host.timers.now(), 1500);
    host.timers.start(100, { onTimer: (kind) => void fired.push(kind) }, 7, 0);
    for (const [atMs, expected] of [
      [1599, []],
      [1600, [7]],
    ] as const) {
      nowMs = atMs;
      const { turns } = part;
      const turned = turnsDone(part, () => part.turns > turns);
      host.wake();
      await turned;
      assert.deepEqual(fired, expected);
    }
    await host.stop(1000);
  });

  test('closes a part that does not drain when its time is up, and says so', async () => {
    const part = new TestPart();
    part.drains = false;
    const host = new PartHost({ clock: machineClock });
    host.run(part);
    assert.equal(await host.stop(20), false);
    assert(part.closed);
    const { turns } = part;
    host.wake();
    await immediate();
    assert.equal(part.turns, turns, 'there are no turns after the end');
  });
});

test('the machine’s randomness differs from one start to the next', () => {
  const draw = (): string => {
    const random = machineRandom();
    return [random.uint32(), random.uint32(), random.uint32()].join();
  };
  assert.notEqual(draw(), draw());
});
