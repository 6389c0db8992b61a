import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brokenInvariants } from '../../src/subscriber/invariants.ts';
import type { AnswerSelfCare, EffectKind } from '../../src/types/model/effect.ts';
import type { SelfCare } from '../../src/types/model/event.ts';
import { LISTED_MAX } from '../../src/types/model/preferences.ts';
import {
  argumentKinds,
  numberCommands,
  plainCommands,
  type SelfCareCommand,
} from '../../src/types/model/self-care.ts';
import { initialState } from '../../src/types/model/state.ts';
import { A, Actor, B, noticesOf, profile } from './actor.ts';

const C = '491700000003';
const newcomer = { language: 'de', timeZone: 'Europe/Berlin' };

function say(
  actor: Actor,
  command: SelfCareCommand,
  atMs: number,
  change: Partial<SelfCare> = {},
): AnswerSelfCare {
  const effects = actor.take({ kind: 'self-care', command, way: 'sms', answerToken: 7, ...change }, atMs);
  const answers = effects.filter((effect) => effect.kind === 'answer-self-care');
  assert.equal(answers.length, 1, 'everything that is said has one answer');
  return answers[0]!;
}

/** The text of the answer that is awaited comes back. */
function written(actor: Actor, text: string, atMs: number): readonly EffectKind[] {
  const effect = actor.state.selfCare?.answersAwaited[0];
  assert.ok(effect);
  return actor.take({ kind: 'answer-written', effect, text }, atMs);
}

const texts = (effects: readonly EffectKind[]) =>
  noticesOf(effects).map(({ content }) => (content.kind === 'text' ? content.text : content.kind));

test('S1 what is said is answered by a notice, once, whatever comes of the first tries', () => {
  const actor = new Actor(B);
  assert.equal(say(actor, { kind: 'help' }, 1000).answer.kind, 'help');
  const effect = actor.state.selfCare?.answersAwaited[0];
  assert.deepEqual(texts(written(actor, 'Help.', 1010)), ['Help.']);
  assert.deepEqual(actor.take({ kind: 'answer-written', effect: effect!, text: 'Help.' }, 1020), []);
  actor.outcome('absent', 1030);
  assert.equal(actor.state.delivery, 'awaiting-return');
  assert.deepEqual(
    texts(actor.take({ kind: 'subscriber-reachable', source: 'alert' }, 5000)),
    ['Help.'],
    'what did not arrive goes out again',
  );
  actor.outcome('delivered', 5010);
  assert.equal(actor.state.selfCare, undefined);
  assert.equal(actor.state.delivery, 'idle');
});

test('S2 an answer to a session is no notice', () => {
  const actor = new Actor(B);
  const { way, answerToken, answer } = say(actor, { kind: 'status' }, 1000, { way: 'ussd' });
  assert.deepEqual([way, answerToken, answer.profile], ['ussd', 7, profile]);
  assert.equal(actor.state.selfCare, undefined);
});

test('A5 who says something is there: what is due goes out', () => {
  const actor = new Actor(B);
  actor.missed(1000);
  actor.outcome('absent', 1010);
  const effects = actor.take(
    { kind: 'self-care', command: { kind: 'status' }, way: 'ussd', answerToken: 1 },
    9000,
  );
  assert.equal(noticesOf(effects)[0]?.content.kind, 'missed-calls');
  assert.equal(actor.state.reachableAtMs, 9000);
});

test('S1 a stranger opens the service, where that is allowed, and closes nothing that is not there', () => {
  const closed = new Actor(B, null);
  assert.equal(say(closed, { kind: 'open-missed-calls' }, 1000).answer.kind, 'stranger');
  assert.equal(say(closed, { kind: 'status' }, 1001, { newcomer }).answer.kind, 'stranger');
  assert.equal(closed.state.profile, undefined);
  const open = new Actor(B, null);
  const { answer } = say(open, { kind: 'open-missed-calls' }, 1000, { newcomer });
  assert.equal(answer.kind, 'missed-calls-opened');
  assert.deepEqual(open.state.profile, { missedCalls: true, notifyMe: 'off', ...newcomer });
  const classed = new Actor(A, null);
  say(classed, { kind: 'open-missed-calls' }, 1000, { newcomer: { ...newcomer, serviceClass: 'prepaid' } });
  assert.deepEqual(classed.state.profile?.preferences, { serviceClass: 'prepaid' });
});

test('S1 what is left of a stranger who was answered is nothing', () => {
  const actor = new Actor(B, null);
  assert.equal(say(actor, { kind: 'help' }, 1000).answer.kind, 'help');
  written(actor, 'Help.', 1010);
  actor.outcome('delivered', 1020);
  assert.deepEqual(actor.state, { ...initialState(B), sequence: actor.sequence });
});

test('S5 the way out: all is closed, what was due is not told any more, and that is said', () => {
  const actor = new Actor(B, { ...profile, notifyMe: 'always' });
  actor.missed(1000);
  actor.outcome('absent', 1010);
  say(actor, { kind: 'notify-of', number: C }, 1020);
  const { answer } = say(actor, { kind: 'stop' }, 2000);
  assert.equal(answer.kind, 'stopped');
  assert.equal(actor.state.profile?.missedCalls, false);
  assert.equal(actor.state.profile.notifyMe, 'off');
  assert.deepEqual([actor.state.missed, actor.state.selfCare?.ordered], [[], []]);
});

test('S1 lists: a caller blocked and allowed, only some, all again; a full list says so', () => {
  const actor = new Actor(B);
  const preferences = () => actor.state.profile?.preferences;
  say(actor, { kind: 'block-caller', number: A }, 1000);
  say(actor, { kind: 'block-caller', number: A }, 1001);
  assert.deepEqual(preferences(), { callerFilter: 'block-listed', callersListed: [A] });
  say(actor, { kind: 'allow-caller', number: A }, 1002);
  assert.deepEqual(preferences()?.callersListed, []);
  say(actor, { kind: 'only-caller', number: C }, 1003);
  say(actor, { kind: 'allow-caller', number: A }, 1004);
  assert.deepEqual(preferences(), { callerFilter: 'only-listed', callersListed: [C, A] });
  say(actor, { kind: 'block-caller', number: A }, 1005);
  assert.deepEqual(preferences()?.callersListed, [C], 'one that is not listed is not told');
  say(actor, { kind: 'all-callers' }, 1006);
  assert.deepEqual(preferences(), { callerFilter: 'none', callersListed: [] });
  for (let n = 0; n < LISTED_MAX; n++)
    say(actor, { kind: 'block-caller', number: `4917100${10_000 + n}` }, 2000 + n);
  assert.equal(say(actor, { kind: 'block-caller', number: A }, 9000).answer.kind, 'list-full');
  assert.equal(preferences()?.callersListed?.length, LISTED_MAX);
  assert.equal(say(actor, { kind: 'block-caller', number: B }, 9001).answer.kind, 'own-number');
});

test('S1 preferences: language, quiet hours, channels, privacy', () => {
  const actor = new Actor(B);
  say(actor, { kind: 'set-language', language: 'ar' }, 1000);
  say(actor, { kind: 'set-quiet-hours', hours: { fromMinute: 1320, toMinute: 420 } }, 1001);
  assert.equal(
    say(actor, { kind: 'set-channels', channels: ['e-mail'] }, 1002).answer.kind,
    'no-e-mail-address',
  );
  say(actor, { kind: 'set-channels', channels: ['sms'] }, 1003);
  say(actor, { kind: 'may-know', number: A }, 1004);
  assert.equal(actor.state.profile?.language, 'ar');
  assert.deepEqual(actor.state.profile.preferences, {
    quietHours: { fromMinute: 1320, toMinute: 420 },
    channels: ['sms'],
    returnPrivacy: 'listed',
    mayKnow: [A],
  });
  say(actor, { kind: 'set-quiet-hours', hours: 'off' }, 1005);
  say(actor, { kind: 'set-privacy', who: 'nobody' }, 1006);
  say(actor, { kind: 'may-not-know', number: A }, 1007);
  assert.deepEqual(actor.state.profile.preferences, {
    quietHours: { fromMinute: 0, toMinute: 0 },
    channels: ['sms'],
    returnPrivacy: 'nobody',
    mayKnow: [],
  });
});

test('N9 the list that was asked for by short message tells of its calls for good; a session only shows them', () => {
  const actor = new Actor(B);
  actor.missed(1000);
  actor.outcome('absent', 1010);
  const shown = say(actor, { kind: 'list-missed' }, 2000, { way: 'ussd' });
  assert.deepEqual(
    shown.answer.callers?.map(({ caller, calls }) => [caller, calls]),
    [[A, 1]],
  );
  actor.outcome('absent', 2010);
  const { answer } = say(actor, { kind: 'list-missed' }, 3000);
  assert.equal(answer.kind, 'missed-list');
  assert.deepEqual(actor.state.missed, []);
  assert.deepEqual(texts(written(actor, 'You missed 1 call.', 3010)), ['You missed 1 call.']);
  actor.outcome('delivered', 3020);
  assert.equal(actor.state.delivery, 'idle');
  assert.equal(say(actor, { kind: 'list-missed' }, 4000).answer.kind, 'no-missed');
});

test('K3 ordered without a call: watched at the number, told once when it is back', () => {
  const a = new Actor(A, { ...profile, missedCalls: false });
  const effects = a.take(
    { kind: 'self-care', command: { kind: 'notify-of', number: B }, way: 'sms', answerToken: 1 },
    1000,
  );
  const tell = effects.find((effect) => effect.kind === 'tell-subscriber');
  assert.deepEqual(tell, {
    kind: 'tell-subscriber',
    subscriber: B,
    from: A,
    what: { kind: 'return-watched', attemptedAtMs: 1000, awaySinceMs: 1000 },
  });
  const b = new Actor(B);
  const source = { partition: 9, sequence: 1, index: 0 };
  assert.equal(
    b.take({ kind: 'told', source, from: A, what: tell.what }, 1001)[0]?.kind,
    'query-reachability',
  );
  b.outcome('absent', 1002);
  const back = b.take({ kind: 'subscriber-reachable', source: 'alert' }, 8000);
  const returned = back.find((effect) => effect.kind === 'tell-subscriber')?.what;
  assert.ok(returned?.kind === 'callee-returned');
  const from = { ...source, partition: 3 };
  const [answer] = a.take({ kind: 'told', source: from, from: B, what: returned }, 8001);
  assert.ok(answer?.kind === 'answer-self-care');
  assert.deepEqual(
    [answer.answer.kind, answer.answer.number, answer.answer.orderedAtMs],
    ['can-be-reached', B, 1000],
  );
  assert.deepEqual(
    a.take({ kind: 'told', source: { ...from, sequence: 2 }, from: B, what: returned }, 9000),
    [],
  );
});

test('K3 a number that nobody has provisioned is watched, too, and forgotten when it is back or does not exist', () => {
  const what = { kind: 'return-watched', attemptedAtMs: 1000, awaySinceMs: 1000 } as const;
  const source = { partition: 9, sequence: 1, index: 0 };
  const back = new Actor(B, null);
  back.take({ kind: 'told', source, from: A, what }, 1001);
  back.outcome('absent', 1002);
  const told = back.take({ kind: 'subscriber-reachable', source: 'alert' }, 8000);
  assert.equal(told[0]?.kind, 'tell-subscriber');
  assert.deepEqual(back.state, { ...initialState(B), sequence: back.sequence });
  const nobody = new Actor(B, null);
  nobody.take({ kind: 'told', source, from: A, what }, 1001);
  assert.deepEqual(nobody.outcome('permanent', 1002), []);
  assert.deepEqual(nobody.state, { ...initialState(B), sequence: nobody.sequence });
});

test('K3 a return from before the order is another one', () => {
  const a = new Actor(A);
  say(a, { kind: 'notify-of', number: B }, 5000);
  const what = { kind: 'callee-returned', attemptedAtMs: 900, awaySinceMs: 900, returnedAtMs: 4000 } as const;
  const source = { partition: 3, sequence: 1, index: 0 };
  assert.deepEqual(a.take({ kind: 'told', source, from: B, what }, 5001), []);
  assert.equal(a.state.selfCare?.ordered.length, 1);
});

test('F2 reports are kept, each caller once, the newest ones', () => {
  const actor = new Actor(B);
  for (let n = 0; n < 25; n++) say(actor, { kind: 'report-fraud', number: `4917100${10_000 + n}` }, 1000 + n);
  say(actor, { kind: 'report-fraud', number: '491710010024' }, 2000);
  const reports = actor.state.selfCare?.reports ?? [];
  assert.equal(reports.length, 20);
  assert.deepEqual(reports.at(-1), { caller: '491710010024', reportedAtMs: 2000 });
});

test('S1 whatever is said, in whatever order and by whom: one answer, a sound state, bounded lists', () => {
  const commands: SelfCareCommand[] = [
    ...plainCommands.map((kind) => ({ kind })),
    ...numberCommands.map((kind) => ({ kind, number: C })),
    ...argumentKinds.map((argument) => ({ kind: 'incomplete' as const, argument })),
    { kind: 'set-language', language: 'ru' },
  ];
  for (const ordered of [profile, null]) {
    const actor = new Actor('491511000001', ordered);
    for (let n = 0; n < commands.length * 4; n++) {
      const way = n % 3 === 0 ? 'ussd' : 'sms';
      say(actor, commands[(n * 7) % commands.length]!, 1000 + n * 10, { way, newcomer });
      if (n % 2 === 0 && (actor.state.selfCare?.answersAwaited.length ?? 0) > 0)
        written(actor, 'x', 1005 + n * 10);
      const broken = brokenInvariants(actor.state).filter((what) => !what.includes('partition'));
      assert.deepEqual(broken, []);
    }
    assert.ok((actor.state.selfCare?.answersAwaited.length ?? 0) <= 32);
    assert.ok((actor.state.selfCare?.texts.length ?? 0) <= 8);
  }
});
