import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { WaitingNotices } from '../../../src/gateway/smpp/waiting-notices.ts';

const WAYS = ['a', 'b', 'c'] as const;

/** What happens: a notice comes for a way, or the oldest of the open ways is taken, and is handed back later or not. */
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('push' as const), way: fc.constantFrom(...WAYS) }),
    fc.record({
      kind: fc.constant('take' as const),
      open: fc.subarray([...WAYS]),
      back: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('hand back' as const) }),
  ),
  { maxLength: 200 },
);

test('A8 the oldest of the ways that are open goes first, also of what was handed back', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const waiting = new WaitingNotices<string, number>();
      const model: { way: string; item: number }[] = [];
      const taken: { way: string; entry: { order: number; item: number } }[] = [];
      let last = 0;
      for (const step of list) {
        if (step.kind === 'push') {
          waiting.push(step.way, ++last);
          model.push({ way: step.way, item: last });
        } else if (step.kind === 'take') {
          const expected = model
            .filter(({ way }) => step.open.includes(way as 'a'))
            .sort((a, b) => a.item - b.item)[0];
          const queue = waiting.next((way) => step.open.includes(way as 'a'));
          assert.equal(queue?.oldest?.item, expected?.item);
          if (queue === undefined || expected === undefined) continue;
          const entry = waiting.shift(queue);
          model.splice(model.indexOf(expected), 1);
          if (step.back) taken.push({ way: queue.way, entry });
        } else {
          const one = taken.shift();
          if (one === undefined) continue;
          waiting.putBack(one.way, one.entry);
          model.push({ way: one.way, item: one.entry.item });
        }
        assert.equal(waiting.size, model.length);
        for (const way of WAYS)
          assert.equal(waiting.sizeOf(way), model.filter((one) => one.way === way).length);
      }
    }),
  );
});

test('a queue through which very many go keeps nothing of them', () => {
  const waiting = new WaitingNotices<string, number>();
  for (let item = 0; item < 10_000; item++) {
    waiting.push('a', item);
    waiting.push('b', item);
    const queue = waiting.next((way) => way === 'a');
    assert.equal(queue === undefined ? -1 : waiting.shift(queue).item, item);
  }
  assert.equal(waiting.size, 10_000);
  assert.equal(waiting.sizeOf('a'), 0);
});
