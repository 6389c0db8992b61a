import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counterOf, withLoad } from './load-plant.ts';

const HOT = 0;

test('I1 I3 I5 I7 a hot subscriber with 10 000 calls a second: the list keeps its length, what is beyond is told as a count, and others are served', async () => {
  const subscribers = 1_000;
  await withLoad({ subscribers }, async ({ load, engine }) => {
    const others = { first: 1, count: subscribers - 1, order: 'random', mix: { busy: 1 } } as const;
    await load.play({ ...others, name: 'warm-up', ratePerSecond: 500, forMs: 2_000 });
    const before = await load.report();
    const { calls } = await load.play({
      ...others,
      name: 'hot',
      ratePerSecond: 10_000,
      forMs: 3_000,
      hot: { subscriber: HOT, share: 0.97 },
    });
    assert.equal(calls.unanswered + calls.aborted + calls.refused, 0, 'I7: each call is answered');
    assert.equal(calls.begun, calls.served + calls.letGo);
    assert.ok(calls.served > 0);
    assert.ok(await load.settle(2_000, 120_000), 'I6');
    const { notices } = await load.report();
    assert.equal(notices.lost, 0, 'I1');
    assert.equal(notices.doubled, 0, 'I3');
    assert.equal(notices.wrong, 0);
    assert.ok(notices.right - before.notices.right >= calls.served);
    assert.ok(notices.counted > 0, 'what the list did not hold is told as a count');
    assert.ok((await counterOf(engine, 'subscriber.overflow.callers')) > 0, 'and is counted');
    assert.equal(await counterOf(engine, 'shard.quarantined'), 0);
  });
});
