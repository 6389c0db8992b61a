import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { placesOf } from '../../src/adapters/engine/personal-data.ts';
import { defaultSubscriberPolicy as policy } from '../../src/subscriber/policy.ts';
import { reduce } from '../../src/subscriber/reduce.ts';
import type { EventKind } from '../../src/types/model/event.ts';
import { initialState, isBlank, NOTHING_SAID, type SubscriberState } from '../../src/types/model/state.ts';
import { decodeState, encodeState } from '../../src/wire/state.ts';
import { states } from '../support/model-arbitraries.ts';
import { A, Actor, B, noticesOf, profile } from './actor.ts';

const forget = (number: string): EventKind => ({
  kind: 'admin-command',
  command: { kind: 'forget-number', number },
  answerToken: 0,
});

/** Where a text stands that may happen to be digits, and is no number. */
const TEXTS: ReadonlySet<string> = new Set([
  'language',
  'timeZone',
  'serviceClass',
  'brand',
  'eMail',
  'endpoint',
]);

/** The same with another number in the place of some, wherever any stands. */
function withNumber(state: SubscriberState, number: string, chosen: readonly boolean[]): SubscriberState {
  let at = 0;
  const walk = (value: unknown): unknown => {
    // Whose inbox it is stands in its entries.
    if (value === state.number) return value;
    if (typeof value === 'string' && /^\d{1,15}$/.test(value))
      return chosen[at++ % chosen.length] === true ? number : value;
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
    if (Array.isArray(value)) return value.map(walk);
    return Object.fromEntries(
      Object.entries(value).map(([key, held]) => [key, TEXTS.has(key) ? held : walk(held)]),
    );
  };
  return { ...(walk(state) as SubscriberState), number: state.number };
}

test('R6 wherever a number stands in a record it is gone, save in a notice that is on its way', () => {
  const X = '491700000009';
  fc.assert(
    fc.property(states, fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }), (drawn, chosen) => {
      const before = withNumber(drawn, X, chosen);
      const event = { subscriber: before.number, atMs: 1_700_000_000_000, what: forget(X) };
      const { state } = reduce(before, event, 5, 1, policy);
      for (const place of placesOf(state, X)) assert.match(place, /^notice(\.|$)/);
      if (before.notice === undefined || isBlank(state)) assert.deepEqual(placesOf(state, X), []);
      // And what is stored of it.
      const stored = decodeState(encodeState(state));
      assert(stored.ok);
      assert.deepEqual(placesOf(stored.value, X).sort(), placesOf(state, X).sort());
    }),
    { numRuns: 1_000 },
  );
});

test('R6 its own actor forgets everything, at once or when the try that is on its way has ended', () => {
  fc.assert(
    fc.property(states, (drawn) => {
      const before = { ...drawn, deadlineAtMs: 1 };
      const event = { subscriber: before.number, atMs: 1_700_000_000_000, what: forget(before.number) };
      const { state } = reduce(before, event, 5, 7, policy);
      const blank = { ...initialState(before.number), sequence: 7 };
      if (before.delivery !== 'trying') return assert.deepEqual(state, blank);
      const { delivery, trying, deadlineAtMs, deadlineGeneration, laterFields: _, ...forgotten } = state;
      assert.deepEqual(
        { ...blank, delivery, trying, deadlineAtMs, deadlineGeneration },
        { ...forgotten, delivery, trying, deadlineAtMs, deadlineGeneration },
      );
    }),
    { numRuns: 500 },
  );
  const actor = new Actor(B);
  actor.missed(1_000);
  assert.equal(actor.state.delivery, 'trying');
  actor.take(forget(B), 2_000);
  assert.equal(actor.state.delivery, 'trying');
  assert.deepEqual(placesOf(actor.state, A), []);
  assert.deepEqual(actor.outcome('absent', 2_500), []);
  assert.deepEqual(actor.state, { ...initialState(B), sequence: 3 });
});

test('R6 calls of a number that is erased are told as a count, and nobody else is', () => {
  const actor = new Actor(B);
  actor.missed(1_000, { caller: '491700000007' });
  actor.outcome('absent', 1_010);
  actor.missed(2_000);
  actor.missed(3_000);
  actor.take(forget(A), 4_000);
  assert.deepEqual(placesOf(actor.state, A), []);
  assert.equal(actor.state.delivery, 'awaiting-return');
  const [notice] = noticesOf(actor.take({ kind: 'subscriber-reachable', source: 'alert' }, 5_000));
  assert.deepEqual(notice?.content, {
    kind: 'missed-calls',
    callers: [{ caller: '491700000007', calls: 1, lastAtMs: 1_000, reason: 'not-reachable' }],
    furtherCalls: 2,
  });
});

test('R6 a notice on its way stays the same octets, and what comes back of it is forgotten then', () => {
  const actor = new Actor(B);
  actor.missed(1_000);
  const { notice } = actor.state;
  actor.take(forget(A), 1_500);
  assert.deepEqual(actor.state.notice, notice);
  actor.outcome('absent', 1_010);
  assert.deepEqual(placesOf(actor.state, A), ['missed.caller'], 'it was put back on the list');
  actor.take(forget(A), 2_000);
  assert.deepEqual([placesOf(actor.state, A), actor.state.furtherCalls], [[], 1]);
});

test('R6 what waits for a number alone waits no more', () => {
  const actor = new Actor(A, { ...profile, notifyMe: 'always' });
  const order = { kind: 'return-watched', attemptedAtMs: 900, awaySinceMs: 900 } as const;
  actor.take({ kind: 'told', source: { partition: 1, sequence: 1, index: 0 }, from: B, what: order }, 1_000);
  actor.outcome('absent', 1_010);
  assert.deepEqual(
    [actor.state.delivery, placesOf(actor.state, B)],
    ['awaiting-return', ['watchers.subscriber']],
  );
  actor.take(forget(B), 2_000);
  assert.deepEqual(
    [actor.state.delivery, actor.state.deadlineAtMs, placesOf(actor.state, B)],
    ['idle', 0, []],
  );
});

test('R6 the last attempt at a number is forgotten with it', () => {
  const actor = new Actor(A, { ...profile, notifyMe: 'always' });
  const tell = { kind: 'callee-unreachable', attemptedAtMs: 900, awaySinceMs: 900 } as const;
  actor.take({ kind: 'told', source: { partition: 1, sequence: 1, index: 0 }, from: B, what: tell }, 1_000);
  assert.deepEqual(placesOf(actor.state, B), ['lastAttempts.subscriber']);
  actor.take(forget(B), 2_000);
  assert.deepEqual(placesOf(actor.state, B), []);
});

test('R6 S1 an answer that waits and names the number is not sent any more, others are', () => {
  const before: SubscriberState = {
    ...initialState(B),
    profile,
    delivery: 'awaiting-return',
    selfCare: { ...NOTHING_SAID, texts: [`Blocked: +${A}`, 'Notices are off'] },
  };
  const event = { subscriber: B, atMs: 1_700_000_000_000, what: forget(A) };
  const { state } = reduce(before, event, 5, 1, policy);
  assert.deepEqual(state.selfCare?.texts, ['Notices are off']);
});

test('a number that nobody knows of changes nothing', () => {
  const actor = new Actor(B);
  actor.missed(1_000);
  const { state } = actor;
  actor.take(forget('4915'), 2_000);
  assert.equal(actor.state, state);
});
