import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { counterOf, withLoad } from './load-plant.ts';

const SLOW_RENDERER = path.resolve(import.meta.dirname, 'slow-renderer.js');

test('I1 I3 I5 I6 I7 a notifier at one percent of its speed: calls are answered as ever, notices wait within their bound, and all of them go out', async () => {
  const subscribers = 300;
  await withLoad({ subscribers, preload: SLOW_RENDERER }, async ({ load, engine }) => {
    const mix = { busy: 1 };
    const phase = {
      name: 'calls',
      ratePerSecond: 250,
      forMs: 4_000,
      mix,
      first: 0,
      count: subscribers,
    } as const;
    const { calls } = await load.play({ ...phase, order: 'random' });
    assert.equal(calls.begun, calls.served + calls.letGo, 'I7: each call is answered');
    assert.equal(calls.unanswered + calls.aborted + calls.refused, 0);
    assert.ok(calls.served > calls.begun / 2, `${calls.served} of ${calls.begun} calls were watched`);
    const behind = await load.report();
    assert.ok(behind.notices.right < calls.served / 2, 'the notices are not as fast as the calls');
    // What waits is the subscribers' own lists: one notice of each is on its way at most.
    const sent = await counterOf(engine, 'notifier.notice.rendered');
    assert.ok(
      sent < calls.served,
      `${sent} rendered of ${calls.served} calls: what waited was told together`,
    );
    assert.ok(await load.settle(3_000, 120_000), 'I6: the backlog drains');
    const { notices } = await load.report();
    assert.deepEqual(
      { lost: notices.lost, doubled: notices.doubled, wrong: notices.wrong, repeated: notices.repeated },
      { lost: 0, doubled: 0, wrong: 0, repeated: 0 },
    );
    assert.equal(notices.right, calls.served);
  });
});
