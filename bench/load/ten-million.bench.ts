/**
 * Ten million subscribers provisioned, of whom 100 000 are called: how much memory the engine has of its own, and how soon it
 * answers calls again when it was killed under load.
 */
import assert from 'node:assert/strict';
import { writeProvisioned } from '../harness/provisioned.ts';
import { hashOf, report, sized } from '../harness/report.ts';
import { withLoaded } from './loaded.ts';

const SUBSCRIBERS = sized(10_000_000, 2_000);
const ACTIVE = sized(100_000, 100);
const RATE = sized(2_000, 200);
const KILLS = sized(5, 1);
/** Who dies within the first ten seconds has all of the file looked at by the next start: here it is a crash after that. */
const LIFE_MS = sized(12_000, 1_000);

await withLoaded(
  { subscribers: SUBSCRIBERS, fill: (directory) => writeProvisioned(directory, SUBSCRIBERS) },
  async ({ load, engine, measured }) => {
    const phase = { name: 'active', ratePerSecond: RATE, mix: { busy: 1 }, first: 0, count: ACTIVE } as const;
    await measured({ ...phase, order: 'in-turn', forMs: (ACTIVE * 1_000) / RATE });
    const anonymousMb = engine.anonymousOctets() / 1e6;
    const hash = hashOf(SUBSCRIBERS, ACTIVE);
    report({
      name: `load/ten-million: anonymous memory, ${ACTIVE} active`,
      figure: anonymousMb,
      unit: 'MB',
      goal: { of: 'figure', atMost: 300 },
      hash,
    });
    const startsMs: number[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const loaded = load.play({ ...phase, order: 'random', forMs: LIFE_MS + 1_000 }, 60_000);
      await new Promise((resolve) => setTimeout(resolve, LIFE_MS));
      engine.kill();
      while (engine.alive) await new Promise((resolve) => setTimeout(resolve, 5));
      // Until the network has given up what was open: the call after the start is the only one.
      await loaded;
      const startedAtMs = performance.now();
      engine.start();
      await load.active(60_000);
      const { calls } = await load.play({ ...phase, order: 'random', ratePerSecond: 20, forMs: 50 }, 10_000);
      startsMs.push(performance.now() - startedAtMs);
      assert(calls.served > 0, 'a call is served after the start');
    }
    startsMs.sort((a, b) => a - b);
    report({
      name: 'load/ten-million: from the start after a kill to the first call served, the median',
      figure: startsMs[startsMs.length >> 1]! / 1_000,
      unit: 's',
      goal: { of: 'figure', atMost: 3 },
      hash,
    });
    await load.settle(sized(2_000, 200), 120_000);
    // Whose notice met a kill, or no answer in time, is tried again after minutes, or at the next sign of life: this is one.
    await load.play(
      { ...phase, name: 'all back', order: 'in-turn', forMs: 1, everybodyReturns: true },
      120_000,
    );
    await load.settle(sized(2_000, 200), 120_000);
    const { notices } = await load.report();
    assert.deepEqual({ lost: notices.lost, doubled: notices.doubled }, { lost: 0, doubled: 0 });
  },
);
