import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultServiceClass, type ServiceClass } from '../../src/rules/service-class.ts';
import { defaultSubscriberPolicy } from '../../src/subscriber/policy.ts';
import type { Tell } from '../../src/types/model/event.ts';
import type { Preferences } from '../../src/types/model/preferences.ts';
import type { Profile } from '../../src/types/model/profile.ts';
import { A, Actor, B, noticesOf, profile } from './actor.ts';

const C = '491700000003';
/** 2026-06-01, 23:50 in Berlin. */
const EVENING_MS = Date.parse('2026-06-01T21:50:00Z');
const HOUR_MS = 3_600_000;
const NIGHT = { fromMinute: 1320, toMinute: 420 };

function actor(preferences: Preferences = {}, change: Partial<ServiceClass> = {}, of: Partial<Profile> = {}) {
  const classes = [{ ...defaultServiceClass, ...change }];
  return new Actor(B, { ...profile, preferences, ...of }, { ...defaultSubscriberPolicy, classes });
}

let told = 0;
const tell = (from: string, what: Tell) =>
  ({ kind: 'told', source: { partition: 9, sequence: ++told, index: 0 }, from, what }) as const;

const busy = { reason: 'busy', cause: 17 } as const;
const berlin = (text: string): number => Date.parse(`${text}+02:00`);

test('N12 a call in quiet hours is told at their end, once, with all that came meanwhile', () => {
  const one = actor({ quietHours: NIGHT });
  assert.deepEqual(one.missed(EVENING_MS, busy), []);
  assert.equal(one.state.delivery, 'held');
  assert.deepEqual(one.missed(EVENING_MS + HOUR_MS, busy), []);
  const endMs = berlin('2026-06-02T07:00');
  assert.ok(one.state.deadlineAtMs >= endMs && one.state.deadlineAtMs < endMs + 120_000);
  const [notice] = noticesOf(one.timer());
  assert.equal(notice?.content.kind === 'missed-calls' && notice.content.callers[0]?.calls, 2);
  one.outcome('delivered', one.state.lastNoticeAtMs, { partsDelivered: 1 });
  assert.equal(one.state.delivery, 'idle');
});

test('N12 a return in quiet hours is told at their end; who watches is told at once', () => {
  const one = actor({ quietHours: NIGHT });
  one.missed(berlin('2026-06-01T21:30'));
  one.outcome('absent', berlin('2026-06-01T21:30'));
  const atMs = berlin('2026-06-01T21:31');
  one.take(tell(A, { kind: 'return-watched', attemptedAtMs: atMs, awaySinceMs: atMs }), atMs);
  const effects = one.take({ kind: 'subscriber-reachable', source: 'alert' }, EVENING_MS);
  assert.deepEqual(
    effects.map(({ kind }) => kind),
    ['tell-subscriber'],
  );
  assert.equal(one.state.delivery, 'held');
  assert.equal(noticesOf(one.timer()).length, 1);
});

test('N12 in quiet hours the network is still asked for who watches, and what is due waits behind it', () => {
  const one = actor({ quietHours: NIGHT });
  one.missed(EVENING_MS);
  const atMs = EVENING_MS + 5;
  const [query] = one.take(tell(A, { kind: 'return-watched', attemptedAtMs: atMs, awaySinceMs: atMs }), atMs);
  assert.equal(query?.kind, 'query-reachability');
  one.outcome('absent', EVENING_MS + 10);
  assert.equal(one.state.delivery, 'awaiting-return');
  one.take({ kind: 'subscriber-reachable', source: 'alert' }, EVENING_MS + 60_000);
  assert.equal(one.state.delivery, 'held');
  assert.equal(noticesOf(one.timer()).length, 1);
});

test('N12 a notice that must go out with the same octets waits for the end of quiet hours, too', () => {
  const one = actor({ quietHours: NIGHT });
  const [first] = noticesOf(one.missed(berlin('2026-06-01T21:59:58'), busy));
  one.outcome('temporary', berlin('2026-06-01T21:59:59'), { uncertain: true });
  assert.deepEqual(one.timer(), []);
  assert.equal(one.state.delivery, 'held');
  assert.deepEqual(noticesOf(one.timer()), [first]);
});

test('N12 quiet hours that are ordered away let what waits go out at once', () => {
  const one = actor({ quietHours: NIGHT });
  one.missed(EVENING_MS, busy);
  const order = { kind: 'set-profile', profile } as const;
  const effects = one.take({ kind: 'admin-command', command: order, answerToken: 0 }, EVENING_MS + 1000);
  assert.equal(noticesOf(effects).length, 1);
});

test('N12 a digest: once a day, of what was missed before it', () => {
  const one = actor({ digestMinute: 480 });
  assert.deepEqual(one.missed(berlin('2026-06-02T07:59'), busy), []);
  const [notice] = noticesOf(one.timer());
  assert.equal(notice?.content.kind, 'missed-calls');
  assert.ok(one.state.lastNoticeAtMs >= berlin('2026-06-02T08:00'));
  one.outcome('delivered', berlin('2026-06-02T08:03'), { partsDelivered: 1 });
  assert.deepEqual(one.missed(berlin('2026-06-02T08:10'), busy), []);
  assert.ok(one.state.deadlineAtMs >= berlin('2026-06-03T08:00'), 'tomorrow');
});

test('N12 who was away at the time of the digest is told at the return', () => {
  const one = actor({ digestMinute: 480 });
  one.missed(berlin('2026-06-02T07:00'));
  one.timer();
  one.outcome('absent', berlin('2026-06-02T08:01'));
  one.missed(berlin('2026-06-02T08:30'));
  assert.equal(
    noticesOf(one.take({ kind: 'subscriber-reachable', source: 'alert' }, berlin('2026-06-02T09:00'))).length,
    1,
  );
});

test('N14 the cap counts what arrives on a day of the subscriber’s, and the rest waits for the next', () => {
  const one = actor({ noticesPerDay: 2 });
  for (const minute of [10, 20]) {
    const atMs = berlin(`2026-06-01T21:${minute}`);
    assert.equal(noticesOf(one.missed(atMs, busy)).length, 1);
    one.outcome('delivered', atMs + 10, { partsDelivered: 1 });
  }
  assert.deepEqual(one.missed(berlin('2026-06-01T21:30'), busy), []);
  assert.ok(one.state.deadlineAtMs >= berlin('2026-06-02T00:00'));
  assert.equal(noticesOf(one.timer()).length, 1);
});

test('N14 a notice that failed does not count', () => {
  const one = actor({ noticesPerDay: 1 });
  one.missed(berlin('2026-06-01T21:10'), busy);
  one.outcome('absent', berlin('2026-06-01T21:11'));
  const back = one.take({ kind: 'subscriber-reachable', source: 'alert' }, berlin('2026-06-01T21:20'));
  assert.equal(noticesOf(back).length, 1);
});

test('N14 returns are told beyond the cap, and do not count', () => {
  const one = actor({ noticesPerDay: 1 }, {}, { notifyMe: 'always' });
  one.missed(EVENING_MS, busy);
  one.outcome('delivered', EVENING_MS + 10, { partsDelivered: 1 });
  one.missed(EVENING_MS + 1000, busy);
  assert.equal(one.state.delivery, 'held');
  const what = { kind: 'callee-returned', attemptedAtMs: 1, awaySinceMs: 1, returnedAtMs: 2 } as const;
  const [notice] = noticesOf(one.take(tell(A, what), EVENING_MS + 2000));
  assert.equal(notice?.content.kind, 'returns');
  one.outcome('delivered', EVENING_MS + 2010, { partsDelivered: 1 });
  assert.equal(one.state.delivery, 'held', 'the call still waits');
});

test('N14 calls that are too old leave the list', () => {
  const one = actor({ expiryMinutes: 60 });
  one.missed(EVENING_MS);
  one.outcome('absent', EVENING_MS + 10);
  one.missed(EVENING_MS + HOUR_MS / 2, { caller: C });
  const [notice] = noticesOf(
    one.take({ kind: 'subscriber-reachable', source: 'alert' }, EVENING_MS + HOUR_MS + 60_000),
  );
  assert.deepEqual(one.ruled, ['expired']);
  assert.ok(notice?.content.kind === 'missed-calls');
  assert.deepEqual(
    notice.content.callers.map(({ caller }) => caller),
    [C],
  );
});

test('N14 when all calls are too old, nothing is told', () => {
  const one = actor({ expiryMinutes: 60 });
  one.missed(EVENING_MS);
  one.outcome('absent', EVENING_MS + 10);
  assert.deepEqual(one.take({ kind: 'subscriber-reachable', source: 'alert' }, EVENING_MS + 2 * HOUR_MS), []);
  assert.equal(one.state.delivery, 'idle');
});

test('N15 those who have spoken since are told no more, also when the notice was on its way and failed', () => {
  const answered = { kind: 'call-answered', callKey: Uint8Array.of(99), caller: A } as const;
  const one = actor({ quietHours: NIGHT });
  one.missed(EVENING_MS, busy);
  one.missed(EVENING_MS + 1, { ...busy, caller: C });
  one.take(answered, EVENING_MS + 1000);
  assert.deepEqual(
    one.state.missed.map(({ caller }) => caller),
    [C],
  );
  const other = actor();
  other.missed(EVENING_MS);
  other.take(answered, EVENING_MS + 500);
  other.outcome('absent', EVENING_MS + 600);
  assert.deepEqual(other.state.missed, []);
  assert.equal(other.state.delivery, 'idle');
});

test('N15 a call that failed after they spoke is told', () => {
  const one = actor({ quietHours: NIGHT });
  one.take({ kind: 'call-answered', callKey: Uint8Array.of(99), caller: A }, EVENING_MS);
  one.missed(EVENING_MS + 1000, busy);
  assert.equal(one.state.missed.length, 1);
});

test('N15 where the operator has it, an answered call settles the calls the other way', () => {
  const b = actor({}, { spokenBothWays: true });
  const [effect] = b.take({ kind: 'call-answered', callKey: Uint8Array.of(9), caller: A }, EVENING_MS + 1000);
  assert.ok(effect?.kind === 'tell-subscriber' && effect.subscriber === A);
  const a = actor({ quietHours: NIGHT });
  a.missed(EVENING_MS, { ...busy, caller: B });
  const from = '491700000022';
  a.missed(EVENING_MS + 1, { ...busy, caller: from });
  a.take(tell(from, effect.what), EVENING_MS + 1001);
  assert.deepEqual(
    a.state.missed.map(({ caller }) => caller),
    [],
    'a call of one’s own number is none, and the other has called',
  );
  assert.equal(a.state.delivery, 'idle');
});

test('N4 a notice for each caller, from the caller’s number, in order', () => {
  const one = actor({ aggregation: 'per-caller' }, { withheld: 'count' });
  one.missed(EVENING_MS);
  one.outcome('absent', EVENING_MS + 10);
  one.missed(EVENING_MS + 1000, { caller: C });
  one.missed(EVENING_MS + 2000, { presentation: 'restricted' });
  const from: (string | undefined)[] = [];
  let [notice] = noticesOf(one.take({ kind: 'subscriber-reachable', source: 'alert' }, EVENING_MS + 60_000));
  while (notice !== undefined) {
    assert.ok(notice.content.kind === 'missed-calls' && notice.content.callers.length === 1);
    from.push(notice.originator);
    [notice] = noticesOf(one.outcome('delivered', notice.createdAtMs, { partsDelivered: 1 }));
  }
  assert.deepEqual(from, [A, C, undefined]);
});

test('N9 a hint, and the list when it is asked for: with all calls of a day, whatever the hour', () => {
  const one = actor({ teaser: true, quietHours: NIGHT });
  const atMs = berlin('2026-06-01T21:00');
  const [hint] = noticesOf(one.missed(atMs, busy));
  assert.deepEqual(hint?.content, { kind: 'teaser', calls: 1, callers: 1 });
  one.outcome('delivered', atMs + 10, { partsDelivered: 1 });
  one.missed(EVENING_MS, { ...busy, caller: C });
  assert.equal(one.state.delivery, 'held');
  const [list] = noticesOf(one.take({ kind: 'list-asked', answerToken: 0 }, EVENING_MS + 1000));
  assert.ok(list?.content.kind === 'missed-calls');
  assert.deepEqual(
    list.content.callers.map(({ caller }) => caller),
    [A, C],
  );
  one.outcome('delivered', EVENING_MS + 1010, { partsDelivered: 1 });
  assert.equal(one.state.delivery, 'idle');
  assert.deepEqual(one.take({ kind: 'list-asked', answerToken: 7 }, EVENING_MS + 2000), [
    { kind: 'answer-command', answerToken: 7 },
  ]);
});

test('N9 a hint that failed is made anew, with the calls that came since; a list that failed stays a list', () => {
  const one = actor({ teaser: true });
  one.missed(EVENING_MS);
  one.missed(EVENING_MS + 1, { caller: C });
  one.outcome('absent', EVENING_MS + 10);
  const back = { kind: 'subscriber-reachable', source: 'alert' } as const;
  const [hint] = noticesOf(one.take(back, EVENING_MS + 60_000));
  assert.deepEqual(hint?.content, { kind: 'teaser', calls: 2, callers: 2 });
  one.outcome('delivered', EVENING_MS + 60_010, { partsDelivered: 1 });
  one.take({ kind: 'list-asked', answerToken: 0 }, EVENING_MS + 61_000);
  one.outcome('absent', EVENING_MS + 61_010);
  const [list] = noticesOf(one.take(back, EVENING_MS + 120_000));
  assert.ok(list?.content.kind === 'missed-calls' && list.content.callers.length === 2);
});

test('N9 what was hinted at is forgotten after a day', () => {
  const one = actor({ teaser: true });
  one.missed(EVENING_MS, busy);
  one.outcome('delivered', EVENING_MS + 10, { partsDelivered: 1 });
  const later = EVENING_MS + 25 * HOUR_MS;
  one.take({ kind: 'subscriber-reachable', source: 'alert' }, later);
  assert.deepEqual(one.take({ kind: 'list-asked', answerToken: 0 }, later + 1), []);
});

test('N13 notices go to another number, and what becomes of them says nothing of this subscriber', () => {
  const one = actor({ forwardTo: C });
  const [notice] = noticesOf(one.missed(EVENING_MS, busy));
  assert.equal(notice?.recipient, C);
  assert.equal(notice.subscriber, B);
  const awaySinceMs = EVENING_MS + 5;
  one.take(tell(A, { kind: 'return-watched', attemptedAtMs: awaySinceMs, awaySinceMs }), EVENING_MS + 6);
  one.outcome('absent', EVENING_MS + 10);
  assert.equal(one.state.absent, false);
  assert.equal(one.state.delivery, 'backing-off', 'nobody tells us of the return of the other number');
  const [again] = one.timer();
  assert.ok(
    again?.kind === 'send-notice' && again.priority,
    'whatever flag the HLR of the other number has set',
  );
  const effects = one.outcome('delivered', one.state.lastNoticeAtMs, { partsDelivered: 1 });
  assert.deepEqual(
    effects.map(({ kind }) => kind),
    ['query-reachability'],
    'who watches is not told that this subscriber is back',
  );
});

test('K2 only those on the list are watched', () => {
  const a = actor({ watched: [C] }, {}, { notifyMe: 'listed' });
  const what = { kind: 'callee-unreachable', attemptedAtMs: 1000, awaySinceMs: 1000 } as const;
  assert.deepEqual(a.take(tell(A, what), 1001), []);
  assert.equal(a.take(tell(C, what), 1002)[0]?.kind, 'tell-subscriber');
});

test('R2 who may not know of the return is neither watched for nor told', () => {
  const b = actor({ returnPrivacy: 'listed', mayKnow: [C] });
  const order = { kind: 'return-watched', attemptedAtMs: 1000, awaySinceMs: 1000 } as const;
  assert.deepEqual(b.take(tell(A, order), 1001), []);
  assert.deepEqual(b.ruled, ['privacy']);
  assert.equal(b.take(tell(C, order), 1002)[0]?.kind, 'query-reachability');
  b.outcome('absent', 1010);
  const shut = { ...profile, preferences: { returnPrivacy: 'nobody' } } as const;
  b.take({ kind: 'admin-command', command: { kind: 'set-profile', profile: shut }, answerToken: 0 }, 2000);
  assert.deepEqual(b.take({ kind: 'subscriber-reachable', source: 'alert' }, 3000), []);
});

test('R3 a caller who is blocked after the call is told no more', () => {
  const b = actor({ quietHours: NIGHT });
  b.missed(EVENING_MS, busy);
  const preferences = { quietHours: NIGHT, callerFilter: 'block-listed', callersListed: [A] } as const;
  const command = { kind: 'set-profile', profile: { ...profile, preferences } } as const;
  b.take({ kind: 'admin-command', command, answerToken: 0 }, EVENING_MS + 1000);
  assert.deepEqual(b.state.missed, []);
  assert.equal(b.state.delivery, 'idle');
});

test('R1 calls of withheld numbers are one line with a count', () => {
  const b = actor({}, { withheld: 'count' });
  b.missed(EVENING_MS);
  b.outcome('absent', EVENING_MS + 10);
  b.missed(EVENING_MS + 1000, { presentation: 'restricted', caller: C });
  b.missed(EVENING_MS + 2000, { presentation: 'unavailable', caller: '' });
  assert.deepEqual(
    b.state.missed.map(({ caller, calls }) => [caller, calls]),
    [
      [A, 1],
      ['', 2],
    ],
  );
});

test('K4 K6 the caller is told of an absence once, in the called party’s words, if it wants to know', () => {
  const b = actor({ ownMessage: 'Back on Monday.' }, { calleeAway: true });
  const tells = () =>
    b.effects.flatMap((effect) =>
      effect.kind === 'tell-subscriber' && effect.what.kind === 'callee-away' ? [effect.what] : [],
    );
  b.missed(EVENING_MS);
  const [away] = tells();
  assert.equal(away?.ownMessage, 'Back on Monday.');
  b.missed(EVENING_MS + 1000);
  assert.deepEqual(tells(), [], 'once in an absence');
  b.take({ kind: 'subscriber-reachable', source: 'alert' }, EVENING_MS + 2000);
  b.missed(EVENING_MS + 3000);
  assert.equal(tells().length, 1, 'and again in the next one');

  const a = actor({}, {}, { notifyMe: 'always' });
  const [notice] = noticesOf(a.take(tell(A, away), EVENING_MS + 10));
  assert.ok(notice?.content.kind === 'callee-away' && notice.content.subscriber === A);
  const uninterested = actor();
  assert.deepEqual(uninterested.take(tell(A, away), EVENING_MS + 10), []);
  const asleep = actor({ quietHours: NIGHT }, {}, { notifyMe: 'always' });
  assert.deepEqual(asleep.take(tell(A, away), EVENING_MS + 10), []);
  assert.deepEqual(asleep.ruled, ['away-too-late']);
  assert.equal(asleep.state.delivery, 'idle');
});

test('K4 busy, no answer, barred, trouble of the network: once in a series, of causes that are ordered on both sides', () => {
  const b = actor({}, { causesForCallers: ['busy', 'no-answer', 'barred', 'network'] });
  const tells = () =>
    b.effects.flatMap((effect) =>
      effect.kind === 'tell-subscriber' && effect.what.kind === 'callee-away' ? [effect.what.reason] : [],
    );
  const obstructed = (atMs: number) =>
    b.take({ kind: 'call-obstructed', caller: A, attemptedAtMs: atMs, cause: 42 }, atMs);
  b.missed(EVENING_MS, busy);
  assert.deepEqual(tells(), ['busy']);
  b.missed(EVENING_MS + 1_000, busy);
  assert.deepEqual(tells(), [], 'the same series');
  b.missed(EVENING_MS + 2_000, { reason: 'no-answer', cause: 19 });
  assert.deepEqual(tells(), ['no-answer']);
  b.missed(EVENING_MS + 2_500, { reason: 'abandoned', cause: 0 });
  assert.deepEqual(tells(), [], 'who gives up knows why');
  obstructed(EVENING_MS + 3_000);
  assert.deepEqual(tells(), ['network']);
  b.missed(EVENING_MS + 3_500);
  assert.deepEqual(tells(), [], 'of an absence its own rule says');
  b.missed(EVENING_MS + HOUR_MS + 1, busy);
  assert.deepEqual(tells(), ['busy'], 'an hour later');
  b.take({ kind: 'call-answered', callKey: Uint8Array.of(99), caller: A }, EVENING_MS + HOUR_MS + 2);
  b.missed(EVENING_MS + HOUR_MS + 3, busy);
  assert.deepEqual(tells(), ['busy'], 'they have spoken since');
  b.take(
    { kind: 'admin-command', command: { kind: 'forget-number', number: A }, answerToken: 0 },
    EVENING_MS,
  );
  assert.deepEqual(b.state.rules?.failuresTold, []);

  const away = (reason: 'busy' | 'network') =>
    tell(A, { kind: 'callee-away', attemptedAtMs: EVENING_MS, reason, ownMessage: '' });
  const plain = actor({}, {}, { notifyMe: 'always' });
  assert.deepEqual(plain.take(away('busy'), EVENING_MS), [], 'it is known from the tone');
  const curious = actor({ ownCallCauses: ['network'] }, {}, { notifyMe: 'always' });
  assert.deepEqual(curious.take(away('busy'), EVENING_MS), []);
  const [notice] = noticesOf(curious.take(away('network'), EVENING_MS));
  assert.ok(notice?.content.kind === 'callee-away' && notice.content.reason === 'network');
});

test('K4 R2 R4 no cause is told to callers who may know nothing, nor to excluded ones', () => {
  const causesForCallers = ['busy'] as const;
  const kinds = (one: Actor, caller: string) =>
    one
      .missed(EVENING_MS, { ...busy, caller })
      .flatMap((effect) => (effect.kind === 'tell-subscriber' ? [effect.what.kind] : []));
  assert.deepEqual(kinds(actor({ returnPrivacy: 'nobody' }, { causesForCallers }), A), []);
  assert.deepEqual(kinds(actor({ returnPrivacy: 'nobody', ownMessage: 'Later.' }, { causesForCallers }), A), [
    'callee-away',
  ]);
  const policy = {
    ...defaultSubscriberPolicy,
    classes: [{ ...defaultServiceClass, causesForCallers }],
    callers: { excluded: [A], blocked: [] },
  };
  assert.deepEqual(kinds(new Actor(B, profile, policy), A), []);
});

test('K4 R2 without words of its own an absence is told to those only who may know of the return', () => {
  const b = actor({ returnPrivacy: 'nobody' }, { calleeAway: true });
  const kinds = b
    .missed(EVENING_MS)
    .map((effect) => (effect.kind === 'tell-subscriber' ? effect.what.kind : effect.kind));
  assert.deepEqual(kinds, ['callee-unreachable', 'send-notice']);
});

test('K7 the called party’s service goes first: the caller is not asked', () => {
  const b = actor({}, { precedence: 'called' });
  assert.deepEqual(
    b.missed(EVENING_MS).map(({ kind }) => kind),
    ['send-notice'],
  );
  assert.equal(
    b.missed(EVENING_MS + 1, { presentation: 'restricted', caller: C })[0]?.kind,
    'tell-subscriber',
  );
});

test('K7 the caller’s service goes first: the called party is not told when the caller will be', () => {
  const b = actor({}, { precedence: 'caller' });
  b.missed(EVENING_MS);
  const order = { kind: 'return-watched', attemptedAtMs: EVENING_MS, awaySinceMs: EVENING_MS } as const;
  b.take(tell(A, order), EVENING_MS + 5);
  b.outcome('absent', EVENING_MS + 10);
  assert.deepEqual(b.state.missed, []);
  assert.equal(b.state.watchers.length, 1);
});

test('S5 a welcome when the first service opens, and never again', () => {
  const closed = { ...profile, missedCalls: false };
  const b = new Actor(B, closed, {
    ...defaultSubscriberPolicy,
    classes: [{ ...defaultServiceClass, welcome: true }],
  });
  const set = (one: Profile, atMs: number) =>
    noticesOf(
      b.take({ kind: 'admin-command', command: { kind: 'set-profile', profile: one }, answerToken: 0 }, atMs),
    );
  const [notice] = set(profile, EVENING_MS);
  assert.deepEqual(notice?.content, { kind: 'welcome', missedCalls: true, notifyMe: false });
  b.outcome('absent', EVENING_MS + 10);
  const [again] = noticesOf(b.take({ kind: 'subscriber-reachable', source: 'alert' }, EVENING_MS + 20));
  assert.equal(again?.content.kind, 'welcome');
  b.outcome('delivered', EVENING_MS + 30, { partsDelivered: 1 });
  set(closed, EVENING_MS + 1000);
  assert.deepEqual(set(profile, EVENING_MS + 2000), []);
});

test('a subscriber without preferences remembers nothing of rules', () => {
  const b = new Actor(B);
  b.missed(EVENING_MS);
  b.outcome('absent', EVENING_MS + 10);
  b.take({ kind: 'subscriber-reachable', source: 'alert' }, EVENING_MS + 20);
  b.take({ kind: 'call-answered', callKey: Uint8Array.of(9), caller: C }, EVENING_MS + 25);
  b.outcome('delivered', EVENING_MS + 30, { partsDelivered: 1 });
  assert.equal(b.state.rules, undefined);
});

test('A3 what is asked of an SMSC, and with which priority, is fixed by the class when a notice is composed', () => {
  const plain = noticesOf(actor().missed(EVENING_MS, busy))[0];
  assert.equal(plain?.receipts, undefined);
  assert.equal(plain?.priorityFlag, undefined);
  const gold = noticesOf(actor({}, { receipts: 'intermediate', priority: 2 }).missed(EVENING_MS, busy))[0];
  assert.equal(gold?.receipts, 'intermediate');
  assert.equal(gold.priorityFlag, 2);
});
