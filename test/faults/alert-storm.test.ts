import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counterOf, GROWTH_OCTETS_MAX, SMALL_BOUNDS, withLoad } from './load-plant.ts';

/** CALLWAKE_STORM=1000000 for the storm of a whole country. */
const SUBSCRIBERS = Number(process.env['CALLWAKE_STORM'] ?? 5_000);
/** A million calls would take too long at the pace that any machine takes. */
const CALLS_PER_SECOND = SUBSCRIBERS > 5_000 ? 3_000 : 1_000;
const ALERTS_PER_SECOND = 20_000;

test(`I1 I3 I5 I6 I7 an alert storm of ${SUBSCRIBERS} subscribers: each alert is answered, each notice arrives once, calls are answered meanwhile`, async (t) => {
  const withinMs = 60_000 + SUBSCRIBERS;
  await withLoad(
    { subscribers: SUBSCRIBERS, absence: 'hlr', config: SMALL_BOUNDS },
    async ({ load, engine, provisionedInMs }) => {
      t.diagnostic(`${SUBSCRIBERS} subscribers provisioned in ${Math.round(provisionedInMs)} ms`);
      const all = { first: 0, count: SUBSCRIBERS, order: 'in-turn' } as const;
      // What has just started is slow, and lets calls go: its code is not compiled yet.
      await load.play({ ...all, name: 'warm-up', ratePerSecond: 500, forMs: 2_000, mix: { answered: 1 } });
      // A busy machine lets calls go: they are made again, until half of the subscribers have something to be told.
      let missed = 0;
      for (let round = 0; round < 5 && missed < SUBSCRIBERS / 2; round++) {
        const { calls } = await load.play(
          {
            ...all,
            name: 'outage',
            ratePerSecond: CALLS_PER_SECOND,
            forMs: (SUBSCRIBERS * 1_000) / CALLS_PER_SECOND,
            mix: { 'not-reachable': 1 },
          },
          withinMs,
        );
        assert.equal(calls.unanswered, 0);
        missed += calls.served;
      }
      assert.ok(missed >= SUBSCRIBERS / 10, `${missed} calls were watched`);
      assert.ok(await load.settle(2_000, withinMs), 'all are found absent');
      const before = engine.anonymousOctets();
      const storm = await load.play(
        {
          ...all,
          name: 'storm',
          ratePerSecond: ALERTS_PER_SECOND,
          forMs: (SUBSCRIBERS * 1_000) / ALERTS_PER_SECOND,
          mix: { alert: 1 },
        },
        withinMs,
      );
      const grownMb = Math.round((engine.anonymousOctets() - before) / 1e6);
      t.diagnostic(
        `storm: ${JSON.stringify(storm.alerts)}, answered after ${storm.answer.p50Ms} ms (p50), ${storm.answer.p99Ms} ms (p99); RssAnon grew by ${grownMb} MB`,
      );
      assert.equal(
        storm.alerts.served,
        SUBSCRIBERS - storm.unsent,
        'I7: every alert has its result in the end',
      );
      assert.equal(storm.alerts.unanswered, 0);
      assert.ok(await load.settle(3_000, withinMs), 'I6');
      const { notices, engine: asked } = await load.report();
      t.diagnostic(JSON.stringify({ notices, asked }));
      assert.deepEqual(
        { lost: notices.lost, doubled: notices.doubled, wrong: notices.wrong, repeated: notices.repeated },
        { lost: 0, doubled: 0, wrong: 0, repeated: 0 },
      );
      assert.equal(notices.right, missed, 'I1: who called is told of, all of them');
      assert.equal(await counterOf(engine, 'shard.quarantined'), 0);
      assert.ok(grownMb * 1e6 < GROWTH_OCTETS_MAX, `I5: RssAnon grew by ${grownMb} MB`);
    },
  );
});
