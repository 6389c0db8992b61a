import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findCapacity } from '../../loadtest/capacity.ts';
import { comesTrue, counterOf, GROWTH_OCTETS_MAX, SMALL_BOUNDS, withLoad } from './load-plant.ts';

/** CALLWAKE_OVERLOAD_SECONDS=60 for a longer one. */
const SECONDS = Number(process.env['CALLWAKE_OVERLOAD_SECONDS'] ?? 3);

test('I1 I3 I5 I6 I7 at ten times its capacity every dialogue that was begun has its answer within its timer, nothing is lost or doubled, and all is as before by itself', async (t) => {
  const subscribers = 5_000;
  await withLoad({ subscribers, config: SMALL_BOUNDS }, async ({ load, engine }) => {
    const phase = {
      first: 0,
      count: subscribers,
      order: 'random',
      mix: { busy: 4, 'no-answer': 2, abandoned: 1 },
    } as const;
    const { ratePerSecond: capacity } = await findCapacity(load, {
      phase: { ...phase, forMs: 1_000 },
      fromPerSecond: 500,
      toPerSecond: 8_000,
      refinements: 0,
    });
    const rate = 10 * Math.max(500, capacity);
    const before = engine.anonymousOctets();
    const over = await load.play({ ...phase, name: 'overload', ratePerSecond: rate, forMs: SECONDS * 1_000 });
    const grownMb = Math.round((engine.anonymousOctets() - before) / 1e6);
    t.diagnostic(
      `capacity ${capacity} a second; at ${rate}: ${JSON.stringify(over)}; RssAnon grew by ${grownMb} MB`,
    );
    const { calls } = over;
    assert.equal(
      calls.begun + over.unsent,
      over.planned,
      'what could not be sent was counted, and nobody waited for it',
    );
    assert.equal(calls.unanswered, 0, 'I7: each has its answer within its timer');
    assert.equal(calls.aborted + calls.refused + calls.open, 0, 'a call is let go, not refused');
    assert.ok(calls.letGo > 0, 'it was more than it could take');
    assert.ok(calls.served > 0, 'and it went on with what it could');
    assert.ok(
      (await counterOf(engine, 'tcap.begin.answeredStateless')) > 0,
      'nothing was kept of those let go',
    );
    assert.ok((await counterOf(engine, 'signalling.overload.shedding')) > 0);
    assert.ok(grownMb * 1e6 < GROWTH_OCTETS_MAX, `I5: RssAnon grew by ${grownMb} MB`);

    // I6: nobody does anything, and calls are served as before.
    const recovered = await comesTrue(async () => {
      const after = await load.play({ ...phase, name: 'after', ratePerSecond: 200, forMs: 500 });
      return after.calls.served === after.planned;
    }, 60_000);
    assert.ok(recovered, 'I6: it comes back by itself');
    assert.ok(await load.settle(2_000, 120_000));
    const { counters } = await engine.status();
    assert.equal(counters['signalling.overload.over'], counters['signalling.overload.notices-slowed']);
    const { notices } = await load.report();
    assert.deepEqual(
      { lost: notices.lost, doubled: notices.doubled, wrong: notices.wrong, repeated: notices.repeated },
      { lost: 0, doubled: 0, wrong: 0, repeated: 0 },
    );
  });
});
