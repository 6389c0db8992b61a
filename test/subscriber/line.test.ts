import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultServiceClass } from '../../src/rules/service-class.ts';
import { defaultSubscriberPolicy } from '../../src/subscriber/policy.ts';
import type { EffectKind } from '../../src/types/model/effect.ts';
import type { Tell, Told } from '../../src/types/model/event.ts';
import { nextDeadlineMs } from '../../src/types/model/state.ts';
import { A, Actor, B, noticesOf, profile } from './actor.ts';

const MINUTE = 60_000;
const policy = {
  ...defaultSubscriberPolicy,
  classes: [{ ...defaultServiceClass, lineFree: true, lineFreeMinutes: 10 }],
};
const C = '491700000003';
let sequence = 0;

const told = (from: string, what: Tell): Told => ({
  kind: 'told',
  source: { partition: 9, sequence: ++sequence, index: 0 },
  from,
  what,
});

const tellsOf = (effects: readonly EffectKind[]) =>
  effects.flatMap((effect) => (effect.kind === 'tell-subscriber' ? [effect] : []));
const returnsOf = (effects: readonly EffectKind[]) =>
  tellsOf(effects).filter(({ what }) => what.kind === 'callee-returned');

/** B, whose line A has met busy at 1 000, by A's order. */
function busyB(ordered = profile): Actor {
  const b = new Actor(B, ordered, policy);
  const [tell] = tellsOf(b.missed(1_000, { reason: 'busy', cause: 17 }));
  assert.deepEqual(tell?.what, {
    kind: 'callee-unreachable',
    attemptedAtMs: 1_000,
    awaySinceMs: 1_001,
    busy: true,
  });
  const a = new Actor(A, { ...profile, notifyMe: 'always' });
  const [order] = tellsOf(a.take(told(B, tell.what), 1_002));
  assert.ok(order?.what.kind === 'return-watched' && order.what.busy === true);
  b.take(told(A, order.what), 1_003);
  return b;
}

test('A7 who met a busy line is told when it is free, once; the missed call itself was told at once', () => {
  const b = busyB();
  assert.equal(b.state.rules?.lineAwaited.length, 1);
  assert.deepEqual(returnsOf(b.take({ kind: 'subscriber-reachable', source: 'call' }, 2_000)), []);
  const [free, ...more] = returnsOf(b.take({ kind: 'subscriber-reachable', source: 'line' }, 5_000));
  assert.deepEqual(more, []);
  assert.equal(free?.subscriber, A);
  assert.deepEqual(free.what, {
    kind: 'callee-returned',
    attemptedAtMs: 1_000,
    awaySinceMs: 1_001,
    returnedAtMs: 5_000,
    busy: true,
  });
  assert.deepEqual(returnsOf(b.take({ kind: 'subscriber-reachable', source: 'line' }, 6_000)), []);
  assert.equal(b.state.rules.lineAwaited.length, 0);
});

test('A7 a phone that rings is on no other call; one that answers says nothing of before', () => {
  const b = busyB();
  assert.deepEqual(
    returnsOf(b.take({ kind: 'call-answered', callKey: Uint8Array.of(9), caller: C }, 2_000)),
    [],
  );
  const [free] = returnsOf(b.missed(3_000, { caller: C, reason: 'no-answer', cause: 19 }));
  assert.equal(free?.subscriber, A);
});

test('A7 nothing shows that the line is free: who waits is told at the latest after the time of the class', () => {
  const b = busyB();
  b.outcome('delivered', 1_010, { partsDelivered: 1 });
  assert.equal(b.state.deadlineAtMs, 0);
  assert.equal(nextDeadlineMs(b.state), 1_003 + 10 * MINUTE);
  const { deadlineGeneration: generation } = b.state;
  const timer = { kind: 'timer-fired', generation } as const;
  const [free] = returnsOf(b.take(timer, 1_003 + 10 * MINUTE));
  assert.equal(free?.subscriber, A);
  assert.equal(nextDeadlineMs(b.state), 0);
  assert.deepEqual(b.take(timer, 1_004 + 10 * MINUTE), [], 'a firing for the list as it was is stale');
});

test('A7 the timer of the delivery and that of the line are one timer, and each comes at its time', () => {
  const b = busyB();
  b.outcome('temporary', 1_010);
  assert.equal(b.state.delivery, 'backing-off');
  assert.equal(nextDeadlineMs(b.state), b.state.deadlineAtMs);
  const effects = b.timer();
  assert.deepEqual(
    effects.map(({ kind }) => kind),
    ['send-notice'],
  );
  assert.equal(b.state.rules?.lineAwaited.length, 1);
  assert.equal(nextDeadlineMs(b.state), 1_003 + 10 * MINUTE);
});

test('A7 an order that is late is told at once that the line has become free since', () => {
  const b = new Actor(B, profile, policy);
  b.missed(1_000, { reason: 'busy', cause: 17 });
  b.take({ kind: 'subscriber-reachable', source: 'line' }, 1_002);
  const order = { kind: 'return-watched', attemptedAtMs: 1_000, awaySinceMs: 1_001, busy: true } as const;
  assert.equal(returnsOf(b.take(told(A, order), 1_003)).length, 1);
  assert.equal(b.state.rules?.lineAwaited.length, 0);
});

test('A7 N15 who has spoken with B meanwhile waits no more; R2 who may not know is not told', () => {
  const b = busyB();
  b.take({ kind: 'call-answered', callKey: Uint8Array.of(9), caller: A }, 2_000);
  assert.deepEqual(returnsOf(b.take({ kind: 'subscriber-reachable', source: 'line' }, 5_000)), []);
  const shy = new Actor(B, { ...profile, preferences: { returnPrivacy: 'nobody' } }, policy);
  const order = { kind: 'return-watched', attemptedAtMs: 1_000, awaySinceMs: 1_001, busy: true } as const;
  shy.missed(1_000, { reason: 'busy', cause: 17 });
  shy.take(told(A, order), 1_003);
  assert.deepEqual(returnsOf(shy.take({ kind: 'subscriber-reachable', source: 'line' }, 5_000)), []);
  assert.equal(shy.state.rules?.lineAwaited.length ?? 0, 0);
});

test('A7 B goes away: who waited for the line waits for the return', () => {
  const b = busyB();
  b.outcome('delivered', 1_010, { partsDelivered: 1 });
  b.missed(3_000, { caller: C, reason: 'not-reachable', cause: 20 });
  assert.deepEqual(
    b.state.watchers.map(({ subscriber }) => subscriber),
    [A],
  );
  assert.equal(b.state.rules?.lineAwaited.length, 0);
  const [back] = returnsOf(b.take({ kind: 'subscriber-reachable', source: 'alert' }, 9_000));
  assert.equal(back?.subscriber, A);
});

test('A7 without it a busy line is nothing to the caller', () => {
  const b = new Actor(B);
  assert.deepEqual(tellsOf(b.missed(1_000, { reason: 'busy', cause: 17 })), []);
});

test('R6 a number that is erased waits for no line', () => {
  const b = busyB();
  b.take({ kind: 'admin-command', command: { kind: 'forget-number', number: A }, answerToken: 0 }, 2_000);
  assert.equal(b.state.rules?.lineAwaited.length, 0);
  assert.equal(nextDeadlineMs(b.state), b.state.deadlineAtMs);
});

test('A6 the latest evidence has its source and its time; an old one changes nothing', () => {
  const b = new Actor(B);
  b.missed(1_000);
  b.take({ kind: 'subscriber-reachable', source: 'interrogation', ageMs: 2_000 }, 10_000);
  assert.equal(b.state.reachableBy, 'interrogation');
  assert.equal(b.state.reachableAtMs, 8_000);
  b.take({ kind: 'subscriber-reachable', source: 'mm-event', ageMs: 5_000 }, 10_100);
  assert.equal(b.state.reachableBy, 'interrogation', 'it is older');
  b.take({ kind: 'subscriber-reachable', source: 'alert' }, 10_200);
  assert.deepEqual([b.state.reachableBy, b.state.reachableAtMs], ['alert', 10_200]);
});

test('A7 a line that is free behind several orders that were held up is told once, with the last attempt', () => {
  const a = new Actor(A, { ...profile, notifyMe: 'always' });
  const b = new Actor(B, profile, policy);
  const orders = [1_000, 2_000].map((atMs) => {
    const [tell] = tellsOf(b.missed(atMs, { reason: 'busy', cause: 17 }));
    assert.ok(tell);
    const [order] = tellsOf(a.take(told(B, tell.what), 6_000));
    assert.ok(order);
    return order.what;
  });
  b.take({ kind: 'subscriber-reachable', source: 'line' }, 5_000);
  const answers = orders.flatMap((what) => returnsOf(b.take(told(A, what), 6_001)));
  const notices = answers.flatMap(({ what }) => noticesOf(a.take(told(B, what), 6_002)));
  assert.deepEqual(
    notices.map(({ content }) => content),
    [{ kind: 'returns', returned: [{ subscriber: B, attemptedAtMs: 2_000, returnedAtMs: 5_000 }] }],
  );
  assert.deepEqual(a.state.lastAttempts, []);
});

test('A7 who is back, and was on another call since, is told with the attempt of the absence', () => {
  const a = new Actor(A, { ...profile, notifyMe: 'always' });
  a.take(told(B, { kind: 'callee-unreachable', attemptedAtMs: 1_000, awaySinceMs: 1_000 }), 6_000);
  a.take(
    told(B, { kind: 'callee-unreachable', attemptedAtMs: 2_000, awaySinceMs: 2_001, busy: true }),
    6_000,
  );
  const back = {
    kind: 'callee-returned',
    attemptedAtMs: 1_000,
    awaySinceMs: 1_000,
    returnedAtMs: 3_000,
  } as const;
  const [notice] = noticesOf(a.take(told(B, back), 6_001));
  assert.ok(notice?.content.kind === 'returns');
  assert.equal(notice.content.returned[0]?.attemptedAtMs, 1_000);
  assert.equal(a.state.lastAttempts.length, 1);
});
