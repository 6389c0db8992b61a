import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Told } from '../../src/types/model/event.ts';
import { A, Actor, B, noticesOf, profile } from './actor.ts';

test('K1 the caller is told once that B is back, also when only the order makes us ask', () => {
  const a = new Actor(A, { ...profile, notifyMe: 'always' });
  const b = new Actor(B);
  const [tell] = b.missed(1000, { presentation: 'restricted' });
  assert.ok(tell?.kind === 'tell-subscriber' && tell.subscriber === A);
  const [order] = a.take(
    { kind: 'told', source: { partition: 5, sequence: 1, index: 0 }, from: B, what: tell.what },
    1002,
  );
  assert.ok(order?.kind === 'tell-subscriber' && order.what.kind === 'return-watched');
  const told = {
    kind: 'told',
    source: { partition: 9, sequence: 1, index: 0 },
    from: A,
    what: order.what,
  } as const;
  assert.equal(b.take(told, 1003)[0]?.kind, 'query-reachability');
  assert.deepEqual(b.take(told, 1004), [], 'a tell that comes again is no news');
  b.outcome('absent', 1005);
  const [back] = b.take({ kind: 'subscriber-reachable', source: 'mm-event' }, 5000);
  assert.ok(back?.kind === 'tell-subscriber' && back.what.kind === 'callee-returned');
  const [notice] = noticesOf(
    a.take({ kind: 'told', source: { partition: 5, sequence: 9, index: 0 }, from: B, what: back.what }, 5001),
  );
  assert.deepEqual(notice?.content, {
    kind: 'returns',
    returned: [{ subscriber: B, attemptedAtMs: 1000, returnedAtMs: 5000 }],
  });
  assert.deepEqual(b.take({ kind: 'subscriber-reachable', source: 'alert' }, 5002), []);
});

test('K1 orders of before and after a clock was set back, for one return, are one order', () => {
  const b = new Actor(B);
  const order = (sequence: number, awaySinceMs: number): Told => ({
    kind: 'told',
    source: { partition: 9, sequence, index: 0 },
    from: A,
    what: { kind: 'return-watched', attemptedAtMs: awaySinceMs, awaySinceMs },
  });
  b.take(order(1, 900_000), 500_000);
  b.take({ kind: 'subscriber-reachable', source: 'mm-event' }, 500_010);
  b.take(order(2, 900_100), 500_020);
  const [back] = b.take(order(3, 500_005), 500_030);
  assert.ok(back?.kind === 'tell-subscriber' && back.what.kind === 'callee-returned');
  assert.deepEqual(b.state.watchers, []);
  assert.deepEqual(b.take({ kind: 'subscriber-reachable', source: 'mm-event' }, 500_100), []);
});

test('K1 evidence that is older than the call does not count as a return', () => {
  const b = new Actor(B);
  b.missed(1000, { reason: 'busy' });
  b.missed(1020);
  b.take(
    {
      kind: 'told',
      source: { partition: 9, sequence: 1, index: 0 },
      from: A,
      what: { kind: 'return-watched', attemptedAtMs: 1020, awaySinceMs: 1020 },
    },
    1030,
  );
  const effects = b.outcome('delivered', 1005, { partsDelivered: 1 });
  assert.deepEqual(
    effects.map((effect) => effect.kind),
    ['send-notice'],
  );
  assert.equal(b.state.watchers.length, 1);
});

test('K1 a phone that rang, and went away then, is not back because it was there while it rang', () => {
  const b = new Actor(B);
  b.missed(1500, { reason: 'busy', caller: '4917000099' });
  const [tell] = b.missed(2000, { attemptedAtMs: 1000, cause: 27 });
  assert.ok(tell?.kind === 'tell-subscriber');
  assert.deepEqual(tell.what, { kind: 'callee-unreachable', attemptedAtMs: 1000, awaySinceMs: 2001 });
  const source = { partition: 9, sequence: 1, index: 0 };
  const what = { kind: 'return-watched', attemptedAtMs: 1000, awaySinceMs: 2001 } as const;
  assert.deepEqual(b.take({ kind: 'told', source, from: A, what }, 2010), []);
  assert.equal(b.state.watchers.length, 1);
});

test('K1 a phone that came back while it was paged in vain is there', () => {
  const b = new Actor(B);
  b.missed(500);
  b.outcome('absent', 600);
  b.take({ kind: 'subscriber-reachable', source: 'alert' }, 1500);
  const [tell] = b.missed(2000, { attemptedAtMs: 1000, cause: 18 });
  assert.equal(b.state.absent, false);
  assert.ok(tell?.kind === 'tell-subscriber' && tell.what.kind === 'callee-unreachable');
  const what = { ...tell.what, kind: 'return-watched' } as const;
  const source = { partition: 9, sequence: 1, index: 0 };
  const [back] = b.take({ kind: 'told', source, from: A, what }, 2010);
  assert.ok(back?.kind === 'tell-subscriber');
  const returned = { attemptedAtMs: 1000, awaySinceMs: 1000, returnedAtMs: 1500 };
  assert.deepEqual(back.what, { kind: 'callee-returned', ...returned });
});

test('K1 A6 calls that failed before one return lead to one notice, also when the order for one is late', () => {
  const a = new Actor(A, { ...profile, notifyMe: 'always' });
  let sequence = 0;
  const returned = (attemptedAtMs: number, awaySinceMs: number, returnedAtMs: number, atMs: number) => {
    const source = { partition: 5, sequence: ++sequence, index: 0 };
    const what = { kind: 'callee-returned', attemptedAtMs, awaySinceMs, returnedAtMs } as const;
    return noticesOf(a.take({ kind: 'told', source, from: B, what }, atMs));
  };
  assert.equal(returned(1000, 1001, 5000, 5001).length, 1);
  assert.deepEqual(returned(4990, 4999, 5003, 5004), []);
  a.outcome('delivered', 5030, { partsDelivered: 1 });
  assert.equal(a.somethingLeft(), false, 'the second call failed before the return that was told');
  assert.deepEqual(returned(4990, 4999, 5003, 5040), []);
  assert.equal(returned(6000, 6001, 9000, 9001).length, 1, 'another return');
});

test('K1 a notice that can never arrive is no reason to leave those in the dark who watch', () => {
  const b = new Actor(B);
  b.missed(1000);
  b.take(
    {
      kind: 'told',
      source: { partition: 9, sequence: 1, index: 0 },
      from: A,
      what: { kind: 'return-watched', attemptedAtMs: 1000, awaySinceMs: 1000 },
    },
    1003,
  );
  const [query] = b.outcome('permanent', 1005);
  assert.equal(query?.kind, 'query-reachability');
  const [told] = b.outcome('delivered', 1010);
  assert.ok(told?.kind === 'tell-subscriber' && told.what.kind === 'callee-returned');
  assert.equal(b.state.delivery, 'idle');
});

test('K1 a return that was told before the clock was set back is no reason to keep the next one from the caller', () => {
  const a = new Actor(A, { ...profile, notifyMe: 'always' });
  let sequence = 0;
  const tell = (what: Told['what'], atMs: number) =>
    noticesOf(
      a.take({ kind: 'told', source: { partition: 5, sequence: ++sequence, index: 0 }, from: B, what }, atMs),
    );
  const call = (atMs: number) => ({ attemptedAtMs: atMs, awaySinceMs: atMs });
  tell({ kind: 'callee-unreachable', ...call(1_000_000) }, 1_000_010);
  assert.equal(
    tell({ kind: 'callee-returned', ...call(1_000_000), returnedAtMs: 1_005_000 }, 1_005_001).length,
    1,
  );
  a.outcome('delivered', 1_005_010, { partsDelivered: 1 });
  // Set back by minutes, and forward again when the return is heard of.
  tell({ kind: 'callee-unreachable', ...call(700_000) }, 700_010);
  assert.equal(
    tell({ kind: 'callee-returned', ...call(700_000), returnedAtMs: 1_100_000 }, 1_100_001).length,
    1,
  );
});

test('K1 A6 one return behind several orders that were held up is told with the last attempt', () => {
  const a = new Actor(A, { ...profile, notifyMe: 'always' });
  const b = new Actor(B);
  let sequence = 0;
  const source = () => ({ partition: 5, sequence: ++sequence, index: 0 });
  const orders = [1000, 2000, 3000].map((atMs) => {
    const [tell] = b.missed(atMs, { presentation: 'restricted' });
    assert.ok(tell?.kind === 'tell-subscriber');
    const [order] = a.take({ kind: 'told', source: source(), from: B, what: tell.what }, 6000);
    assert.ok(order?.kind === 'tell-subscriber');
    return order.what;
  });
  b.take({ kind: 'subscriber-reachable', source: 'mm-event' }, 5000);
  const answers = orders.map((what) => {
    const told = {
      kind: 'told',
      source: { partition: 9, sequence: ++sequence, index: 0 },
      from: A,
      what,
    } as const;
    const [back] = b.take(told, 6001);
    assert.ok(back?.kind === 'tell-subscriber');
    return back.what;
  });
  const notices = answers.flatMap((what) =>
    noticesOf(a.take({ kind: 'told', source: source(), from: B, what }, 6002)),
  );
  assert.deepEqual(
    notices.map(({ content }) => content),
    [{ kind: 'returns', returned: [{ subscriber: B, attemptedAtMs: 3000, returnedAtMs: 5000 }] }],
  );
  assert.equal(a.somethingLeft(), false);
  assert.deepEqual(a.state.lastAttempts, []);
});

test('K1 A6 an attempt that failed behind a return is not told with it, nor one by a clock that was set back since', () => {
  const call = (atMs: number) => ({ attemptedAtMs: atMs, awaySinceMs: atMs });
  const toldOf = (lastMs: number, returnedAtMs: number, atMs: number) => {
    const a = new Actor(A, { ...profile, notifyMe: 'always' });
    let sequence = 0;
    const tell = (what: Told['what']) =>
      noticesOf(
        a.take(
          { kind: 'told', source: { partition: 5, sequence: ++sequence, index: 0 }, from: B, what },
          atMs,
        ),
      );
    tell({ kind: 'callee-unreachable', ...call(100_000) });
    tell({ kind: 'callee-unreachable', ...call(lastMs) });
    const [notice] = tell({ kind: 'callee-returned', ...call(100_000), returnedAtMs });
    assert.equal(a.state.lastAttempts.length, 1);
    assert.ok(notice?.content.kind === 'returns');
    return notice.content.returned[0]?.attemptedAtMs;
  };
  assert.equal(toldOf(105_000, 110_000, 120_000), 105_000);
  assert.equal(toldOf(115_000, 110_000, 120_000), 100_000);
  assert.equal(toldOf(900_000, 910_000, 120_000), 100_000);
});
