import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSubscriberPolicy as policy } from '../../src/subscriber/policy.ts';
import { reduce } from '../../src/subscriber/reduce.ts';

import type { EventKind } from '../../src/types/model/event.ts';
import type { Profile } from '../../src/types/model/profile.ts';
import { initialState } from '../../src/types/model/state.ts';
import { A, Actor, B, noticesOf, profile } from './actor.ts';

test('N1 N2 one failed try per absence, and one notice with all that came meanwhile at the return', () => {
  const actor = new Actor(B);
  assert.equal(noticesOf(actor.missed(1000)).length, 1);
  assert.deepEqual(noticesOf(actor.outcome('absent', 1010)), []);
  assert.equal(actor.state.delivery, 'awaiting-return');
  assert.deepEqual(noticesOf(actor.missed(2000)), []);
  assert.deepEqual(noticesOf(actor.missed(3000, { caller: '491700000009' })), []);
  const [notice] = noticesOf(actor.take({ kind: 'subscriber-reachable', source: 'alert' }, 4000));
  assert.deepEqual(notice?.content, {
    kind: 'missed-calls',
    callers: [
      { caller: A, calls: 2, lastAtMs: 2000, reason: 'not-reachable' },
      { caller: '491700000009', calls: 1, lastAtMs: 3000, reason: 'not-reachable' },
    ],
    furtherCalls: 0,
  });
});

test('A6 alert, mobility event and call for the same return lead to one set of notices', () => {
  const actor = new Actor(B);
  actor.missed(1000);
  actor.outcome('absent', 1010);
  assert.equal(noticesOf(actor.take({ kind: 'subscriber-reachable', source: 'alert' }, 2000)).length, 1);
  assert.deepEqual(actor.take({ kind: 'subscriber-reachable', source: 'mm-event' }, 2001), []);
  assert.deepEqual(actor.outcome('delivered', 2002, { partsDelivered: 1 }), []);
  assert.deepEqual(actor.take({ kind: 'subscriber-reachable', source: 'alert' }, 2100), []);
  assert.equal(actor.state.absences, 1);
});

test('a return while many notices are under way: what is due waits for its turn, and goes out once', () => {
  const actor = new Actor(B);
  actor.missed(1000);
  actor.outcome('absent', 1010);
  const back = { kind: 'subscriber-reachable', source: 'alert', noticesWaitMs: 500 } as const;
  assert.deepEqual(actor.take(back, 2000), []);
  assert.equal(actor.state.delivery, 'backing-off');
  assert.equal(actor.state.deadlineAtMs, 2500);
  assert.deepEqual(actor.take(back, 2400), [], 'an alert that is repeated puts it off no further');
  assert.equal(actor.state.deadlineAtMs, 2500);
  actor.missed(2450);
  const { deadlineGeneration: generation } = actor.state;
  const [notice] = noticesOf(actor.take({ kind: 'timer-fired', generation }, 2600));
  assert.deepEqual(notice?.content, {
    kind: 'missed-calls',
    callers: [{ caller: A, calls: 2, lastAtMs: 2450, reason: 'not-reachable' }],
    furtherCalls: 0,
  });
  assert.deepEqual(actor.take(back, 2700), [], 'one return, one notice');
});

test('a return with nothing due waits for nothing, and one that need not wait ends a wait', () => {
  const idle = new Actor(B);
  idle.take({ kind: 'subscriber-reachable', source: 'alert', noticesWaitMs: 500 }, 2000);
  assert.equal(idle.state.deadlineAtMs, 0);
  assert.equal(idle.state.delivery, 'idle');
  const actor = new Actor(B);
  actor.missed(1000);
  actor.outcome('absent', 1010);
  actor.take({ kind: 'subscriber-reachable', source: 'alert', noticesWaitMs: 500 }, 2000);
  assert.equal(noticesOf(actor.take({ kind: 'subscriber-reachable', source: 'mm-event' }, 2100)).length, 1);
  assert.equal(actor.state.deadlineAtMs, 0);
});

test('A6 a return that is younger than the try that failed is not waited for again', () => {
  const actor = new Actor(B);
  actor.missed(1000);
  actor.take({ kind: 'subscriber-reachable', source: 'alert' }, 1050);
  assert.equal(noticesOf(actor.outcome('absent', 1010)).length, 1);
  assert.equal(actor.state.delivery, 'trying');
});

test('a miss that comes after the alert that should have told of it is told at once', () => {
  const actor = new Actor(B);
  actor.missed(1000);
  actor.outcome('absent', 1010);
  actor.take({ kind: 'subscriber-reachable', source: 'alert' }, 2000);
  actor.outcome('delivered', 2001, { partsDelivered: 1 });
  assert.equal(noticesOf(actor.missed(1990)).length, 1);
});

test('a notice that may have arrived goes out again with the same content, never composed anew', () => {
  const actor = new Actor(B);
  const [first] = noticesOf(actor.missed(1000, { reason: 'busy' }));
  actor.missed(1500, { reason: 'busy' });
  actor.outcome('temporary', 1010, { uncertain: true });
  assert.equal(actor.state.delivery, 'backing-off');
  const [again] = noticesOf(
    actor.take({ kind: 'timer-fired', generation: actor.state.deadlineGeneration }, 9000),
  );
  assert.deepEqual(again, first);
  const [next] = noticesOf(actor.outcome('delivered', 9001, { partsDelivered: 1 }));
  assert.equal(next?.content.kind === 'missed-calls' && next.content.callers[0]?.calls, 1);
});

test('a concatenated notice goes on with the part that is missing', () => {
  const actor = new Actor(B);
  actor.missed(1000);
  actor.outcome('absent', 1010, { partsDelivered: 1 });
  const effects = actor.take({ kind: 'subscriber-reachable', source: 'alert' }, 2000);
  assert.equal(effects[0]?.kind === 'send-notice' && effects[0].firstPart, 1);
});

test('an outcome of another effect, a stale timer and a repeated report change nothing', () => {
  const actor = new Actor(B);
  actor.missed(1000, { callKey: Uint8Array.of(77) });
  const state = actor.state;
  actor.outcome('delivered', 1001, { effect: { partition: 5, sequence: 99, index: 0 } });
  actor.take({ kind: 'timer-fired', generation: 0 }, 1002);
  assert.deepEqual(actor.missed(1003, { callKey: Uint8Array.of(77), answerToken: 8 }), [
    { kind: 'answer-call', answerToken: 8, answer: { kind: 'continue' } },
  ]);
  assert.equal(actor.state, state);
});

test('R1 a withheld number is never shown: the call is suppressed', () => {
  const actor = new Actor(B);
  assert.deepEqual(noticesOf(actor.missed(1000, { presentation: 'restricted' })), []);
  assert.deepEqual(actor.state.missed, []);
});

test('C1 a number that is not subscribed: the call is answered, nothing is remembered', () => {
  const actor = new Actor(B, null);
  assert.deepEqual(actor.missed(1000, { answerToken: 4 }), [
    { kind: 'answer-call', answerToken: 4, answer: { kind: 'continue' } },
  ]);
  assert.deepEqual(actor.state, initialState(B));
});

test('A1 an alert is answered when the return is durable, whatever the return changes', () => {
  const actor = new Actor(B);
  const alert = { kind: 'subscriber-reachable', source: 'alert', answerToken: 7 } as const;
  const answer = [{ kind: 'answer-alert', answerToken: 7 }];
  assert.deepEqual(actor.take(alert, 1000), answer);
  assert.deepEqual(actor.take(alert, 1000), answer);
  assert.deepEqual(new Actor(B, null).take(alert, 1000), answer);
});

test('lists have bounds: further callers are counted, and a sequence of notices tells all', () => {
  const actor = new Actor(B);
  actor.missed(1000);
  actor.outcome('absent', 1001);
  for (let caller = 0; caller < 60; caller++)
    actor.missed(2000 + caller, { caller: `49180000${1000 + caller}` });
  assert.equal(actor.state.missed.length, policy.callersMax);
  let told = 0;
  let effects = actor.take({ kind: 'subscriber-reachable', source: 'alert' }, 9000);
  for (let at = 9001; noticesOf(effects).length > 0; at++) {
    const content = noticesOf(effects)[0]!.content;
    assert.ok(content.kind === 'missed-calls');
    told += content.callers.reduce((sum, line) => sum + line.calls, content.furtherCalls);
    effects = actor.outcome('delivered', at, { partsDelivered: 1 });
  }
  assert.equal(told, 61);
});

test('a notice that can never arrive is given up, and nothing goes round in circles', () => {
  const actor = new Actor(B);
  actor.missed(1000);
  assert.deepEqual(actor.outcome('permanent', 1001), []);
  assert.equal(actor.state.delivery, 'idle');
  assert.equal(actor.somethingLeft(), false);
});

test('what is ordered already, ordered once more, changes nothing and is answered', () => {
  const actor = new Actor(B);
  actor.missed(1_000);
  const before = actor.state;
  const effects = actor.take(
    { kind: 'admin-command', command: { kind: 'set-profile', profile: { ...profile } }, answerToken: 9 },
    2_000,
  );
  assert.equal(actor.state, before);
  assert.deepEqual(effects, [{ kind: 'answer-command', answerToken: 9 }]);
  actor.take(
    {
      kind: 'admin-command',
      command: { kind: 'set-profile', profile: { ...profile, language: 'de' } },
      answerToken: 0,
    },
    3_000,
  );
  assert.equal(actor.state.profile?.language, 'de');
});

const command = (profileNow: Profile | undefined): EventKind => ({
  kind: 'admin-command',
  command: profileNow === undefined ? { kind: 'remove' } : { kind: 'set-profile', profile: profileNow },
  answerToken: 0,
});

test('what is taken back while its notice is on its way does not come back when the try fails', () => {
  for (const withdrawn of [undefined, { ...profile, missedCalls: false }]) {
    for (const uncertain of [false, true]) {
      const actor = new Actor(B);
      actor.missed(1000);
      actor.take(command(withdrawn), 1005);
      actor.take(command(profile), 1006);
      assert.ok(actor.state.trying);
      actor.take(
        {
          kind: 'notice-outcome',
          effect: actor.state.trying,
          result: 'absent',
          onWaitingList: true,
          storedAs: '',
          startedAtMs: 1001,
          detail: '',
          partsDelivered: 0,
          uncertain,
        },
        1010,
      );
      assert.equal(actor.state.delivery, 'idle');
      assert.equal(actor.state.deadlineAtMs, 0);
      assert.deepEqual(noticesOf(actor.take({ kind: 'subscriber-reachable', source: 'alert' }, 2000)), []);
    }
  }
});

test('a subscriber who is removed leaves nothing but the sequence, whatever was under way', () => {
  const actor = new Actor(B);
  actor.missed(1000);
  actor.outcome('absent', 1001, { uncertain: true });
  actor.take(command(undefined), 2000);
  assert.deepEqual(actor.state, { ...initialState(B), sequence: 3 });
});

test('weeks of absence are no failures for passing reasons: the first of these is not the last', () => {
  const actor = new Actor(B);
  actor.missed(1000);
  let atMs = 1000;
  for (let recheck = 0; recheck < 2 * policy.failuresMax; recheck++) {
    actor.outcome('absent', atMs);
    assert.ok(actor.state.deadlineAtMs > atMs);
    atMs = actor.state.deadlineAtMs;
    const [again] = actor.take({ kind: 'timer-fired', generation: actor.state.deadlineGeneration }, atMs);
    assert.ok(again?.kind === 'send-notice' && again.priority, 'whatever flag the HLR still has set');
    assert.equal(actor.state.delivery, 'trying');
  }
  actor.outcome('temporary', atMs);
  assert.equal(actor.state.delivery, 'backing-off');
  assert.ok(actor.somethingLeft());
});

test('notices in quick succession: their stamps stay near the time, and what comes meanwhile is told in one', () => {
  const actor = new Actor(B);
  let told = 0;
  let atMs = 100_000;
  for (let calls = 0; calls < 200; calls++, atMs += 20) {
    const notices = noticesOf(actor.missed(atMs, { reason: 'busy', cause: 17 }));
    for (const { createdAtMs } of notices) {
      told++;
      assert.ok(createdAtMs - atMs <= 11_000, `${createdAtMs - atMs} ms ahead`);
    }
    if (actor.state.delivery === 'trying') actor.outcome('delivered', atMs + 2, { partsDelivered: 1 });
  }
  assert.ok(told > 0 && told < 30, `${told} notices`);
  assert.equal(actor.state.delivery, 'backing-off');
  atMs = actor.state.deadlineAtMs;
  const timer = { kind: 'timer-fired', generation: actor.state.deadlineGeneration } as const;
  const [last] = noticesOf(actor.take(timer, atMs));
  assert.ok(last?.content.kind === 'missed-calls' && last.content.callers[0]!.calls > 10);
  assert.ok(last.createdAtMs - atMs <= 11_000);
});

test('an HLR that was gone is no reason to look for an absent subscriber more rarely', () => {
  const actor = new Actor(B);
  let atMs = 1000;
  actor.missed(atMs);
  for (let tries = 0; tries < 6; tries++) {
    actor.outcome('temporary', atMs);
    atMs = actor.state.deadlineAtMs;
    actor.take({ kind: 'timer-fired', generation: actor.state.deadlineGeneration }, atMs);
  }
  actor.outcome('absent', atMs);
  assert.equal(actor.state.delivery, 'awaiting-return');
  assert.ok(actor.state.deadlineAtMs - atMs <= policy.recheckListedMs[0]! + 1000);
});

test('failures for passing reasons in a row end with the notice given up', () => {
  const actor = new Actor(B);
  actor.missed(1000);
  let tries = 1;
  for (let atMs = 2000; ; atMs += 1_000_000) {
    actor.outcome('temporary', atMs);
    if (actor.state.deadlineAtMs === 0) break;
    tries++;
    actor.take({ kind: 'timer-fired', generation: actor.state.deadlineGeneration }, atMs + 900_000);
  }
  assert.equal(tries, policy.failuresMax);
  assert.equal(actor.somethingLeft(), false);
});

test('a clock that was set back makes no circles: an absence is an absence, and who watches is told', () => {
  const hourMs = 3_600_000;
  const actor = new Actor(B);
  actor.take({ kind: 'subscriber-reachable', source: 'mm-event' }, 10 * hourMs);
  actor.missed(9 * hourMs);
  assert.deepEqual(actor.outcome('absent', 9 * hourMs + 10), []);
  assert.equal(actor.state.delivery, 'awaiting-return');
  assert.equal(actor.state.absent, true);

  const watched = new Actor(B);
  watched.take(
    {
      kind: 'told',
      source: { partition: 9, sequence: 1, index: 0 },
      from: A,
      what: { kind: 'return-watched', attemptedAtMs: 10 * hourMs, awaySinceMs: 10 * hourMs },
    },
    10 * hourMs + 5,
  );
  const effects = watched.outcome('delivered', 9 * hourMs);
  assert.deepEqual(
    effects.map(({ kind }) => kind),
    ['tell-subscriber'],
  );
  assert.equal(watched.state.delivery, 'idle');
});

test('a clock that was set back by seconds makes no circles either: what was known before a try is of no return since', () => {
  const actor = new Actor(B);
  actor.missed(16_000, { reason: 'busy', cause: 17 });
  actor.outcome('delivered', 16_010, { partsDelivered: 1 });
  // The clock goes back by six seconds, and the phone is switched off.
  assert.equal(noticesOf(actor.missed(10_100)).length, 1);
  assert.deepEqual(noticesOf(actor.outcome('absent', 10_110)), []);
  assert.equal(actor.state.delivery, 'awaiting-return');
  // A return while the next try is on its way counts, whatever the clock was before.
  assert.equal(noticesOf(actor.take({ kind: 'subscriber-reachable', source: 'alert' }, 10_500)).length, 1);
  actor.take({ kind: 'subscriber-reachable', source: 'alert' }, 20_500);
  assert.equal(noticesOf(actor.outcome('absent', 10_510)).length, 1);
});

test('A1 an alert with the number that the HLR stores reaches the subscriber whom we asked for', () => {
  const stored = new Actor('491700000077', null);
  const actor = new Actor(B);
  actor.missed(1000);
  const [expect] = actor.outcome('absent', 1010, { storedAs: stored.state.number });
  assert.ok(expect?.kind === 'tell-subscriber');
  assert.equal(expect.subscriber, stored.state.number);
  const source = { partition: 5, sequence: 1, index: 0 };
  stored.take({ kind: 'told', source, from: B, what: expect.what }, 1020);
  assert.deepEqual(stored.state.alertsFor, [B]);
  const [alerted] = stored.take({ kind: 'subscriber-reachable', source: 'alert' }, 5000);
  assert.ok(alerted?.kind === 'tell-subscriber' && alerted.subscriber === B);
  assert.deepEqual(stored.state.alertsFor, [], 'the HLR has forgotten its list');
  const notices = noticesOf(
    actor.take(
      { kind: 'told', source: { partition: 6, sequence: 1, index: 0 }, from: '', what: alerted.what },
      5010,
    ),
  );
  assert.equal(notices.length, 1);
  assert.equal(actor.state.reachableAtMs, 5000);
});

test('A1 with the number that we asked with, nobody else is told', () => {
  const actor = new Actor(B);
  actor.missed(1000);
  assert.deepEqual(actor.outcome('absent', 1010, { storedAs: B }), []);
});

test('a list of watchers that is full: the oldest gives way, and that is counted', () => {
  const state = { ...initialState(B), profile };
  const small = { ...policy, watchersMax: 1 };
  const told = (from: string, sequence: number) => ({
    subscriber: B,
    atMs: 1000,
    what: {
      kind: 'told' as const,
      source: { partition: 1, sequence, index: 0 },
      from,
      what: { kind: 'return-watched' as const, attemptedAtMs: 900, awaySinceMs: 900 },
    },
  });
  const first = reduce(state, told('491700000001', 1), 2, 1, small);
  assert.deepEqual(first.notables, []);
  const second = reduce(first.state, told('491700000002', 2), 2, 2, small);
  assert.deepEqual(second.notables, ['watchers']);
  assert.deepEqual(
    second.state.watchers.map(({ subscriber }) => subscriber),
    ['491700000002'],
  );
});
