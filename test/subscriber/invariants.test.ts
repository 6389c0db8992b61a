import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brokenInvariants } from '../../src/subscriber/invariants.ts';
import { defaultSubscriberPolicy } from '../../src/subscriber/policy.ts';
import { reduce } from '../../src/subscriber/reduce.ts';
import type { EventKind } from '../../src/types/model/event.ts';
import { initialState, type SubscriberState } from '../../src/types/model/state.ts';
import { partitionOf } from '../../src/types/partition.ts';
import { randomBelow, SeededRandom } from '../../src/types/random.ts';

const NUMBER = '491511000001';
const OTHERS = ['491511000002', '491511000003', '491511000004'];
const partition = partitionOf(NUMBER);
const profile = { missedCalls: true, notifyMe: 'always', language: 'en', timeZone: 'UTC' } as const;

/** Random events in random order, those that fit and those that do not; every state on the way. */
function* life(seed: number, events: number): Generator<SubscriberState> {
  const random = new SeededRandom(seed);
  const below = (limit: number): number => randomBelow(random, limit);
  const one = <T>(of: readonly T[]): T => of[below(of.length)]!;
  let state = initialState(NUMBER);
  let atMs = 1_700_000_000_000;
  for (let sequence = 1; sequence <= events; sequence++) {
    atMs += below(100_000);
    const outcome = {
      effect:
        below(4) === 0
          ? { partition, sequence: 1, index: 0 }
          : (state.trying ?? { partition, sequence, index: 0 }),
      result: one(['delivered', 'absent', 'memory-full', 'temporary', 'permanent'] as const),
      onWaitingList: below(2) === 0,
      storedAs: '',
      startedAtMs: atMs - below(10_000),
      detail: '',
    };
    const kinds: readonly EventKind[] = [
      { kind: 'admin-command', command: { kind: 'set-profile', profile }, answerToken: 0 },
      {
        kind: 'admin-command',
        command: {
          kind: 'set-profile',
          profile: { ...profile, missedCalls: below(2) === 0, notifyMe: one(['off', 'always']) },
        },
        answerToken: 0,
      },
      ...(below(20) === 0
        ? [{ kind: 'admin-command', command: { kind: 'remove' }, answerToken: 0 } as const]
        : []),
      ...(below(20) === 0
        ? [
            {
              kind: 'admin-command',
              command: { kind: 'forget-number', number: one([NUMBER, ...OTHERS]) },
              answerToken: 0,
            } as const,
          ]
        : []),
      {
        kind: 'call-missed',
        callKey: Uint8Array.of(below(8)),
        caller: one(OTHERS),
        presentation: 'allowed',
        attemptedAtMs: atMs - 1_000,
        reason: one(['busy', 'no-answer', 'not-reachable', 'abandoned', 'barred']),
        cause: one([17, 20]),
        answerToken: 0,
      },
      { kind: 'subscriber-reachable', source: one(['alert', 'mm-event', 'receipt', 'call']) },
      { kind: 'subscriber-unreachable', source: 'alert' },
      {
        kind: 'self-care',
        command: one([
          { kind: 'help' },
          { kind: 'list-missed' },
          { kind: 'open-missed-calls' },
          { kind: 'notify-of', number: one(OTHERS) },
        ] as const),
        way: one(['sms', 'ussd'] as const),
        answerToken: 0,
        newcomer: { language: 'en', timeZone: 'UTC' },
      },
      {
        kind: 'answer-written',
        effect: state.selfCare?.answersAwaited[0] ?? { partition, sequence: 1, index: 0 },
        text: 'an answer',
      },
      { kind: 'notice-outcome', ...outcome, partsDelivered: below(2), uncertain: below(2) === 0 },
      { kind: 'notice-outcome', ...outcome, partsDelivered: below(2), uncertain: false },
      { kind: 'reachability-outcome', ...outcome },
      {
        kind: 'notice-outcome',
        ...outcome,
        result: one(['accepted', 'accepted', 'too-late', 'not-replaceable', 'temporary', 'permanent']),
        partsDelivered: 0,
        uncertain: false,
        ...(below(2) === 0 ? { supersededGone: true } : {}),
        ...(below(5) === 0
          ? {}
          : {
              handedOver: {
                smsc: 'one',
                messageIds: [`${below(4)}`],
                plain: true,
                replaceable: below(3) > 0,
                validUntilMs: atMs + below(200_000),
              },
            }),
      },
      {
        kind: 'receipt-came',
        smsc: one(['one', 'one', 'two']),
        messageId: `${below(4)}`,
        fate: one(['delivered', 'expired', 'failed', 'waiting', 'unknown']),
        detail: '',
        answerToken: below(2),
      },
      { kind: 'timer-fired', generation: state.deadlineGeneration },
      {
        kind: 'told',
        source: { partition: below(3), sequence: below(100), index: 0 },
        from: one(OTHERS),
        what: one([
          { kind: 'callee-unreachable', attemptedAtMs: atMs, awaySinceMs: atMs },
          { kind: 'return-watched', attemptedAtMs: atMs, awaySinceMs: atMs },
          { kind: 'callee-returned', attemptedAtMs: atMs - 10, awaySinceMs: atMs - 10, returnedAtMs: atMs },
          { kind: 'alert-expected' },
        ]),
      },
    ];
    const event = { subscriber: NUMBER, atMs, what: one(kinds) };
    state = reduce(state, event, partition, sequence, defaultSubscriberPolicy).state;
    yield state;
  }
}

test('they hold of every state that the reducer makes', () => {
  for (let seed = 1; seed <= 60; seed++) {
    for (const state of life(seed, 300))
      assert.deepEqual(
        brokenInvariants(state),
        [],
        `seed ${seed}, event ${state.sequence}: ${JSON.stringify(state)}`,
      );
  }
});

test('each of them is missed where it is broken', () => {
  const sound = initialState(NUMBER);
  const id = { partition, sequence: 5, index: 0 };
  const broken: readonly Partial<SubscriberState>[] = [
    { delivery: 'trying' },
    { trying: { partition, sequence: 0, index: 0 } },
    { delivery: 'awaiting-return' },
    { noticeFixed: true },
    { partsDelivered: 1 },
    { delivery: 'trying', trying: id },
    { delivery: 'trying', sequence: 9, trying: { ...id, partition: (partition + 1) % 64 } },
    { tellsHeard: [id, { ...id, sequence: 6 }] },
    { missed: [{ caller: OTHERS[0]!, calls: 0, lastAtMs: 1, reason: 'busy' }] },
    { watchers: [1, 2].map(() => ({ subscriber: OTHERS[0]!, attemptedAtMs: 1, awaySinceMs: 1 })) },
    { returns: [{ subscriber: 'nobody', attemptedAtMs: 1, returnedAtMs: 2 }] },
  ];
  assert.deepEqual(brokenInvariants(sound), []);
  for (const change of broken)
    assert.equal(brokenInvariants({ ...sound, ...change }).length, 1, JSON.stringify(change));
});
