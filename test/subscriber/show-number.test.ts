/** R1: a caller who withholds the number is asked whether it may be shown. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultServiceClass, type ServiceClass } from '../../src/rules/service-class.ts';
import { defaultSubscriberPolicy } from '../../src/subscriber/policy.ts';
import type { EffectKind } from '../../src/types/model/effect.ts';
import type { CallMissed, Tell } from '../../src/types/model/event.ts';
import type { Preferences } from '../../src/types/model/preferences.ts';
import { A, Actor, B, noticesOf, profile } from './actor.ts';

const C = '491700000003';
/** 2026-06-01, 23:50 in Berlin. */
const EVENING_MS = Date.parse('2026-06-01T21:50:00Z');
const HOUR_MS = 3_600_000;
const NIGHT = { fromMinute: 1320, toMinute: 420 };

function actor(preferences: Preferences = {}, change: Partial<ServiceClass> = {}): Actor {
  const classes = [{ ...defaultServiceClass, ...change }];
  return new Actor(B, { ...profile, preferences }, { ...defaultSubscriberPolicy, classes });
}

let told = 0;
const tell = (from: string, what: Tell) =>
  ({ kind: 'told', source: { partition: 9, sequence: ++told, index: 0 }, from, what }) as const;

const busy = { reason: 'busy', cause: 17 } as const;
const withheldBy = (from: string, atMs: number) =>
  tell(from, { kind: 'number-withheld', attemptedAtMs: atMs, reason: 'busy' });
const show = (number = '') =>
  ({ kind: 'self-care', command: { kind: 'show-number', number }, way: 'ussd', answerToken: 1 }) as const;
const tellsOf = (effects: readonly EffectKind[]) =>
  effects.flatMap((effect) => (effect.kind === 'tell-subscriber' ? [effect.what] : []));

test('R1 a caller is asked once for a series of calls, of eight called parties at most, and once more after an answer', () => {
  const a = actor();
  const ask = (from: string, atMs: number) => {
    const notices = noticesOf(a.take(withheldBy(from, atMs), atMs));
    if (notices.length > 0) a.outcome('delivered', atMs + 1, { partsDelivered: 1 });
    return notices.map(({ content }) => content.kind);
  };
  assert.deepEqual(ask(A, EVENING_MS), ['show-question']);
  assert.deepEqual(ask(A, EVENING_MS + 1_000), [], 'the same series');
  const [shown] = tellsOf(a.take(show(), EVENING_MS + 2_000));
  assert.deepEqual(shown, {
    kind: 'number-shown',
    attemptsAtMs: [EVENING_MS, EVENING_MS + 1_000],
    reason: 'busy',
  });
  assert.deepEqual(tellsOf(a.take(show(), EVENING_MS + 3_000)), [], 'a yes that is repeated says nothing');
  assert.deepEqual(ask(A, EVENING_MS + 20_000), ['show-question'], 'another series');
  for (let other = 1; other <= 7; other++)
    assert.deepEqual(ask(`4917000001${other}`, EVENING_MS + 20_000 * (1 + other)), ['show-question']);
  assert.deepEqual(ask('49170000019', EVENING_MS + 400_000), [], 'no more of them');
  assert.deepEqual(tellsOf(a.take(show(), EVENING_MS + 400_001)), [], 'it is not clear which is meant');
  assert.equal(tellsOf(a.take(show(A), EVENING_MS + 400_002)).length, 1);
  assert.deepEqual(tellsOf(a.take(show('49170000011'), EVENING_MS + 25 * HOUR_MS)), [], 'too late');
  a.take(withheldBy(A, EVENING_MS + 26 * HOUR_MS), EVENING_MS + 26 * HOUR_MS);
  a.take(
    { kind: 'self-care', command: { kind: 'stop' }, way: 'ussd', answerToken: 1 },
    EVENING_MS + 26 * HOUR_MS + 1,
  );
  assert.deepEqual(a.state.rules?.withheldCalls, [], 'who stops is asked nothing');
});

test('R1 R4 nobody is asked who is excluded, blocked, or of a number that the network could not give', () => {
  const asked = (one: Actor, change: Partial<CallMissed>) =>
    tellsOf(one.missed(EVENING_MS, { ...busy, presentation: 'restricted', ...change })).map(
      ({ kind }) => kind,
    );
  const classes = [{ ...defaultServiceClass, withheld: 'ask' }] as const;
  const of = (excluded: readonly string[], blocked: readonly string[]) =>
    new Actor(B, profile, { ...defaultSubscriberPolicy, classes, callers: { excluded, blocked } });
  assert.deepEqual(asked(of([], []), {}), ['number-withheld']);
  assert.deepEqual(asked(of([A], []), {}), []);
  assert.deepEqual(asked(of([], [A]), {}), []);
  assert.deepEqual(asked(of([], []), { presentation: 'unavailable' }), []);
  assert.deepEqual(asked(of([], []), { caller: '' }), []);
});

test('R1 a number is shown while the call is on its way as of a withheld one: that goes out as it is, and the call is told anew behind it', () => {
  const hidden = { ...busy, presentation: 'restricted' } as const;
  const yes = tell(A, { kind: 'number-shown', attemptsAtMs: [EVENING_MS], reason: 'busy' });
  const linesOf = (effects: readonly EffectKind[]) =>
    noticesOf(effects).map(({ content }) =>
      content.kind === 'missed-calls' ? content.callers.map(({ caller, calls }) => `${caller} ${calls}`) : [],
    );
  const b = actor({}, { withheld: 'ask' });
  assert.deepEqual(linesOf(b.missed(EVENING_MS, hidden)), [[' 1']]);
  b.take(yes, EVENING_MS + 10);
  b.outcome('absent', EVENING_MS + 20);
  const atReturn = b.take(
    { kind: 'subscriber-reachable', source: 'alert', answerToken: 0 },
    EVENING_MS + 60_000,
  );
  assert.deepEqual(linesOf(atReturn), [[' 1']]);
  assert.deepEqual(linesOf(b.outcome('delivered', EVENING_MS + 60_010, { partsDelivered: 1 })), [[`${A} 1`]]);
});

test('R1 a number that is shown names its own calls of those that wait, and no others', () => {
  const b = actor({ quietHours: NIGHT }, { withheld: 'ask' });
  const hidden = { ...busy, presentation: 'restricted' } as const;
  b.missed(EVENING_MS, { ...hidden, caller: C });
  b.missed(EVENING_MS + 1_000, hidden);
  b.missed(EVENING_MS + 2_000, { ...hidden, caller: C });
  const [line] = b.state.missed;
  assert.deepEqual([line?.caller, line?.calls], ['', 3]);
  assert.ok(!JSON.stringify(b.state.missed).includes(A), 'it stands nowhere before');
  // The first of the attempts was told before.
  const attemptsAtMs = [EVENING_MS - 600_000, EVENING_MS + 1_000];
  const yes = tell(A, { kind: 'number-shown', attemptsAtMs, reason: 'busy' });
  b.take(yes, EVENING_MS + 3_000);
  b.take(yes, EVENING_MS + 4_000);
  assert.deepEqual(
    b.state.missed.map(({ caller, calls }) => [caller, calls]),
    [
      ['', 2],
      [A, 2],
    ],
  );
});
