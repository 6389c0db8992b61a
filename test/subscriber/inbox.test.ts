/** N8: what the subscriber's app reads: told once, replaced while nobody has read it, passed on when nobody does. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSubscriberPolicy } from '../../src/subscriber/policy.ts';
import type { Channel } from '../../src/types/model/channel.ts';
import type { EffectKind } from '../../src/types/model/effect.ts';
import type { InboxEntry } from '../../src/types/model/inbox.ts';
import { type EffectId, effectKey, type NoticeContent } from '../../src/types/model/notice.ts';
import type { Preferences } from '../../src/types/model/preferences.ts';
import type { Profile } from '../../src/types/model/profile.ts';
import { nextDeadlineMs } from '../../src/types/model/state.ts';
import { decodeState, encodeState } from '../../src/wire/state.ts';
import { A, Actor, B, noticesOf, profile } from './actor.ts';

const T = Date.UTC(2026, 0, 1, 12);
const C = '491700000003';
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const policy = {
  ...defaultSubscriberPolicy,
  channels: ['sms', 'e-mail', 'inbox'] as readonly Channel[],
  inbox: { unreadMs: 15 * MINUTE_MS, keptMs: 7 * DAY_MS, entriesMax: 3 },
};

function actor(preferences: Preferences = {}, by = policy, change: Partial<Profile> = {}): Actor {
  return new Actor(
    B,
    { ...profile, ...change, preferences: { channels: ['inbox', 'sms'], ...preferences } },
    by,
  );
}

/** What the notifier says of it: the actor keeps it. */
function placed(one: Actor, atMs: number): readonly EffectKind[] {
  const { trying } = one.state;
  assert.ok(trying);
  return one.take(
    {
      kind: 'notice-outcome',
      effect: trying,
      result: 'delivered',
      partsDelivered: 0,
      uncertain: false,
      onWaitingList: false,
      storedAs: '',
      startedAtMs: atMs,
      detail: '',
      channel: 'inbox',
    },
    atMs,
  );
}

/** A call that is missed, and told to the inbox. */
function missed(one: Actor, atMs: number, caller = A): void {
  const [notice] = noticesOf(one.missed(atMs, { caller }));
  assert.deepEqual(notice?.way, { channel: 'inbox' });
  placed(one, atMs + 5);
}

const entriesOf = (one: Actor): readonly InboxEntry[] => one.state.inbox?.entries ?? [];
const idsOf = (one: Actor): EffectId[] => entriesOf(one).map(({ notice }) => notice.id);
const callsIn = (content: NoticeContent): [string, number][] =>
  content.kind === 'missed-calls' ? content.callers.map(({ caller, calls }) => [caller, calls]) : [];
const calls = (one: Actor) => entriesOf(one).map(({ notice }) => callsIn(notice.content));

function open(one: Actor, atMs: number, read: readonly EffectId[] = [], removed: readonly EffectId[] = []) {
  const command = { kind: 'open-inbox', read, removed } as const;
  return one.take({ kind: 'admin-command', command, answerToken: 1 }, atMs);
}

/** The next moment that the actor waits for. */
function timer(one: Actor): readonly EffectKind[] {
  const { deadlineGeneration: generation } = one.state;
  return one.take({ kind: 'timer-fired', generation }, nextDeadlineMs(one.state));
}

test('N8 a missed call goes to the inbox, and is told there', () => {
  const b = actor();
  missed(b, T);
  assert.equal(b.state.delivery, 'idle');
  assert.deepEqual(b.state.missed, []);
  assert.deepEqual(calls(b), [[[A, 1]]]);
  assert.equal(entriesOf(b)[0]?.untilMs, T + 5 + 15 * MINUTE_MS);
  const stored = decodeState(encodeState(b.state));
  assert.ok(stored.ok);
  assert.deepEqual(stored.value.inbox, b.state.inbox);
});

test('N8 unread, an entry gives way to one that says more; the app learns which, and the wait is that of the first', () => {
  const b = actor();
  missed(b, T);
  const [first] = idsOf(b);
  missed(b, T + MINUTE_MS);
  missed(b, T + 2 * MINUTE_MS, C);
  assert.deepEqual(calls(b), [
    [
      [A, 2],
      [C, 1],
    ],
  ]);
  const [entry] = entriesOf(b);
  assert.ok(entry !== undefined && first !== undefined);
  assert.equal(entry.sinceMs, T + 5);
  assert.equal(entry.untilMs, T + 5 + 15 * MINUTE_MS);
  assert.notDeepEqual(entry.notice.id, first);
  assert.ok(entry.notice.replaces);
  // That the old one was read says nothing of the calls since.
  open(b, T + 3 * MINUTE_MS, [first]);
  assert.equal(entriesOf(b)[0]?.readAtMs, 0);
});

test('N8 what was read stays as it is, begins another one for what comes, and goes after its time', () => {
  const b = actor();
  missed(b, T);
  const answers = open(b, T + MINUTE_MS, idsOf(b));
  assert.deepEqual(answers, [{ kind: 'answer-command', answerToken: 1 }]);
  missed(b, T + 2 * MINUTE_MS);
  assert.deepEqual(calls(b), [[[A, 1]], [[A, 1]]]);
  open(b, T + 3 * MINUTE_MS, idsOf(b));
  assert.deepEqual(
    entriesOf(b).map(({ readAtMs }) => readAtMs),
    [T + MINUTE_MS, T + 3 * MINUTE_MS],
  );
  timer(b);
  assert.equal(entriesOf(b).length, 1);
  timer(b);
  assert.equal(b.state.inbox, undefined);
  assert.equal(nextDeadlineMs(b.state), 0);
});

test('N8 nobody reads: all that is unread goes by short message, once, with what has come since, and so does what follows', () => {
  const b = actor();
  missed(b, T);
  open(b, T + MINUTE_MS, idsOf(b));
  missed(b, T + 2 * MINUTE_MS);
  missed(b, T + 10 * MINUTE_MS, C);
  const effects = timer(b);
  const [notice, ...others] = noticesOf(effects);
  assert.ok(notice);
  assert.equal(others.length, 0);
  assert.equal(notice.way, undefined);
  assert.deepEqual(callsIn(notice.content), [
    [A, 1],
    [C, 1],
  ]);
  assert.deepEqual(b.ruled, ['unread']);
  assert.deepEqual(calls(b), [[[A, 1]]], 'what was read stays');
  b.outcome('delivered', T + 18 * MINUTE_MS);
  const [next] = noticesOf(b.missed(T + 20 * MINUTE_MS));
  assert.equal(next?.way, undefined, 'nobody looks at the inbox');
  b.outcome('delivered', T + 20 * MINUTE_MS + 10);
  open(b, T + 30 * MINUTE_MS);
  missed(b, T + 31 * MINUTE_MS);
});

test('N8 the app is opened while what was passed by waits for the phone: it goes to the inbox at once', () => {
  const b = actor();
  missed(b, T);
  timer(b);
  b.outcome('absent', T + 16 * MINUTE_MS);
  assert.equal(b.state.delivery, 'awaiting-return');
  b.missed(T + 17 * MINUTE_MS, { caller: C });
  const [notice] = noticesOf(open(b, T + 20 * MINUTE_MS));
  assert.deepEqual(notice?.way, { channel: 'inbox' });
  placed(b, T + 20 * MINUTE_MS + 5);
  assert.deepEqual(calls(b), [
    [
      [A, 1],
      [C, 1],
    ],
  ]);
  open(b, T + 21 * MINUTE_MS, idsOf(b));
  const back = b.take({ kind: 'subscriber-reachable', source: 'alert' }, T + 30 * MINUTE_MS);
  assert.deepEqual(noticesOf(back), []);
});

test('N8 with no other channel it waits on, and goes when its time is over', () => {
  const b = actor({ channels: ['inbox'] });
  missed(b, T);
  assert.deepEqual(noticesOf(timer(b)), []);
  assert.deepEqual(calls(b), [[[A, 1]]]);
  assert.equal(nextDeadlineMs(b.state), T + 5 + 7 * DAY_MS);
  timer(b);
  assert.deepEqual(b.ruled, ['expired']);
  assert.equal(b.state.inbox, undefined);
});

test('N8 the operator has taken the inbox away: what waits there is told by short message', () => {
  const b = actor({ channels: ['inbox'] });
  missed(b, T);
  const without = new Actor(B, b.state.profile, { ...policy, channels: ['sms'] });
  without.state = b.state;
  const [notice] = noticesOf(timer(without));
  assert.equal(notice?.way, undefined);
  assert.deepEqual(notice && callsIn(notice.content), [[A, 1]]);
});

test('N8 full of what is unread it is passed by; what was read gives way, the oldest first', () => {
  const b = actor({ aggregation: 'per-caller' });
  const callers = ['491700000011', '491700000012', '491700000013', '491700000014'];
  for (const [index, caller] of callers.slice(0, 3).entries()) missed(b, T + index * 1_000, caller);
  assert.equal(entriesOf(b).length, 3);
  const [fourth] = noticesOf(b.missed(T + 3_000, { caller: callers[3]! }));
  assert.equal(fourth?.way, undefined);
  b.outcome('delivered', T + 3_010);
  open(b, T + 4_000, idsOf(b).slice(0, 2));
  missed(b, T + 5_000, callers[3]);
  assert.deepEqual(
    calls(b).map(([line]) => line?.[0]),
    callers.slice(1),
  );
});

test('N8 N4 a notice for each caller: a further call of one replaces that caller’s', () => {
  const b = actor({ aggregation: 'per-caller' });
  missed(b, T, A);
  missed(b, T + 1_000, C);
  missed(b, T + 2_000, A);
  assert.deepEqual(calls(b), [[[C, 1]], [[A, 2]]]);
  assert.equal(entriesOf(b)[0]?.notice.originator, undefined);
});

test('N8 removed by its reader', () => {
  const b = actor();
  missed(b, T);
  open(b, T + MINUTE_MS, [], idsOf(b));
  assert.equal(b.state.inbox, undefined);
  assert.equal(nextDeadlineMs(b.state), 0);
});

test('N8 N15 they have spoken: the unread line goes, what was read stays', () => {
  const b = actor();
  missed(b, T, C);
  open(b, T + 1_000, idsOf(b));
  missed(b, T + 2_000, A);
  missed(b, T + 3_000, C);
  b.take({ kind: 'call-answered', callKey: Uint8Array.of(9), caller: C }, T + MINUTE_MS);
  assert.deepEqual(calls(b), [[[C, 1]], [[A, 1]]]);
  assert.ok(b.ruled.includes('settled'));
  b.take({ kind: 'call-answered', callKey: Uint8Array.of(10), caller: A }, T + 2 * MINUTE_MS);
  assert.deepEqual(calls(b), [[[C, 1]]]);
});

test('N8 N15 they have spoken while it was on its way to the inbox', () => {
  const b = actor();
  b.missed(T, { caller: C });
  b.take({ kind: 'call-answered', callKey: Uint8Array.of(9), caller: C }, T + 2);
  placed(b, T + 5);
  assert.equal(b.state.inbox, undefined);
});

test('N8 S1 the service is closed: nothing unread of it is left', () => {
  const b = actor();
  missed(b, T);
  const closed = { ...b.state.profile!, missedCalls: false };
  b.take(
    { kind: 'admin-command', command: { kind: 'set-profile', profile: closed }, answerToken: 0 },
    T + 10,
  );
  assert.equal(b.state.inbox, undefined);
  assert.ok(b.ruled.includes('orders'));
});

test('N8 R3 a caller that is blocked from now on is not told any more', () => {
  const b = actor();
  missed(b, T, A);
  missed(b, T + 1_000, C);
  const preferences: Preferences = {
    ...b.state.profile?.preferences,
    callerFilter: 'block-listed',
    callersListed: [C],
  };
  const command = { kind: 'set-profile', profile: { ...b.state.profile!, preferences } } as const;
  b.take({ kind: 'admin-command', command, answerToken: 0 }, T + 2_000);
  assert.deepEqual(calls(b), [[[A, 1]]]);
});

test('N8 R6 a number that is erased is in no entry, read or not; its calls stay as a count', () => {
  const b = actor();
  missed(b, T, C);
  open(b, T + 1_000, idsOf(b));
  missed(b, T + 2_000, C);
  missed(b, T + 3_000, A);
  b.take({ kind: 'admin-command', command: { kind: 'forget-number', number: C }, answerToken: 0 }, T + 4_000);
  assert.ok(!JSON.stringify(b.state.inbox).includes(C));
  assert.deepEqual(
    entriesOf(b).map(({ notice }) => notice.content.kind === 'missed-calls' && notice.content.furtherCalls),
    [1, 1],
  );
  b.take({ kind: 'admin-command', command: { kind: 'forget-number', number: B }, answerToken: 0 }, T + 5_000);
  assert.equal(b.state.inbox, undefined);
});

test('N8 who is removed has no inbox any more', () => {
  const b = actor();
  missed(b, T);
  b.take({ kind: 'admin-command', command: { kind: 'remove' }, answerToken: 0 }, T + 10);
  assert.equal(b.state.inbox, undefined);
});

test('N8 K1 a return goes to the inbox beside missed calls, and is replaced by a later one of the same number', () => {
  const b = actor({}, policy, { notifyMe: 'always' });
  missed(b, T);
  const returned = (sequence: number, atMs: number) =>
    b.take(
      {
        kind: 'told',
        source: { partition: 9, sequence, index: 0 },
        from: C,
        what: {
          kind: 'callee-returned',
          attemptedAtMs: atMs - 30,
          awaySinceMs: atMs - 20,
          returnedAtMs: atMs - 10,
        },
      },
      atMs,
    );
  returned(1, T + 1_000);
  placed(b, T + 1_005);
  returned(2, T + 90_000);
  placed(b, T + 90_005);
  const [first, second, ...others] = entriesOf(b);
  assert.equal(first?.notice.content.kind, 'missed-calls');
  assert.deepEqual(second?.notice.content, {
    kind: 'returns',
    returned: [{ subscriber: C, attemptedAtMs: T + 89_970, returnedAtMs: T + 89_990 }],
  });
  assert.deepEqual(others, []);
});

test('N8 N14 what lies in the inbox does not count against the cap of a day', () => {
  const b = actor({ noticesPerDay: 1 });
  missed(b, T);
  const [notice] = noticesOf(timer(b));
  assert.ok(notice !== undefined && notice.way === undefined);
});

test('N8 an outcome that comes again places nothing again', () => {
  const b = actor();
  b.missed(T);
  const { trying } = b.state;
  placed(b, T + 5);
  const [id] = idsOf(b);
  assert.ok(trying !== undefined && id !== undefined);
  assert.equal(effectKey(id), effectKey(trying));
  const before = b.state;
  b.take(
    {
      kind: 'notice-outcome',
      effect: trying,
      result: 'delivered',
      partsDelivered: 0,
      uncertain: false,
      onWaitingList: false,
      storedAs: '',
      startedAtMs: T + 5,
      detail: '',
      channel: 'inbox',
    },
    T + 9,
  );
  assert.deepEqual(b.state.inbox, before.inbox);
});
