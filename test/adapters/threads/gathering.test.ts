import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Gathering } from '../../../src/adapters/threads/gathering.ts';
import { PartHost } from '../../../src/adapters/threads/part-host.ts';

const PACE = { waitMs: 2, beginsAtTurns: 50, endsBelowWork: 50 };

/** Turns at so many a second, each with so much work, for so long; whether each waits for more. */
function turns(gathering: Gathering, fromMs: number, perSecond: number, forMs: number, work = 1): boolean[] {
  const count = Math.round((perSecond * forMs) / 1_000);
  return Array.from({ length: count }, (_, index) =>
    gathering.noteTurn(fromMs + (index * 1_000) / perSecond, work),
  );
}

test('a thread gathers when turn follows turn, and no longer when there is little to do', () => {
  const gathering = new Gathering(PACE);
  assert.ok(!turns(gathering, 0, 800, 500).includes(true), 'a turn now and then');
  assert.ok(turns(gathering, 500, 3_000, 200).at(-1));
  assert.ok(
    turns(gathering, 700, 450, 500, 4).every(Boolean),
    'few turns with much in each are what gathering makes of it',
  );
  assert.equal(turns(gathering, 1_200, 450, 200, 1).at(-1), false);
  assert.ok(!turns(gathering, 1_400, 450, 200, 4).includes(true), 'much in few turns needs none');
});

test('a host that gathers takes what comes meanwhile in one turn, and stops in order', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let waiting = 0;
  let taken = 0;
  let isDraining = false;
  let nowMs = 0;
  const host = new PartHost({ clock: { now: () => nowMs, monotonic: () => nowMs }, gathers: PACE });
  host.run({
    doWork: () => {
      const work = waiting;
      waiting = 0;
      taken += work;
      return work;
    },
    drain: () => {
      isDraining = true;
    },
    get drained() {
      return isDraining && waiting === 0;
    },
    close: () => Promise.resolve(),
  });
  const add = async (): Promise<void> => {
    waiting++;
    nowMs += 0.1;
    host.wake();
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  for (let count = 1; waiting === 0 && count < 1_000; count++) await add();
  assert.equal(waiting, 1, 'it waits for more');
  await add();
  await add();
  t.mock.timers.tick(2);
  assert.equal(waiting, 0);
  const before = taken;
  await add();
  assert.equal(taken, before, 'and again');
  const stopped = host.stop(1_000);
  t.mock.timers.tick(2);
  assert.equal(await stopped, true);
  assert.equal(taken, before + 1);
});
