import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultServiceClass } from '../../src/rules/service-class.ts';
import { defaultSubscriberPolicy } from '../../src/subscriber/policy.ts';
import type { EffectKind, SendNotice } from '../../src/types/model/effect.ts';
import type { MessageFate, NoticeOutcome, SubscriberEvent } from '../../src/types/model/event.ts';
import { A, Actor, B, noticesOf, profile } from './actor.ts';

const C = '491700000003';
const DAY_MS = 86_400_000;

/** An actor whose notices go to an SMSC. */
class Told extends Actor {
  /** What the SMSC says of the notice that is on its way. */
  answer(change: Partial<NoticeOutcome>, atMs: number): readonly EffectKind[] {
    assert.ok(this.state.trying);
    return this.take(
      {
        kind: 'notice-outcome',
        effect: this.state.trying,
        result: 'accepted',
        partsDelivered: 0,
        uncertain: false,
        onWaitingList: false,
        storedAs: '',
        startedAtMs: atMs - 1,
        detail: '',
        ...change,
      },
      atMs,
    );
  }

  accepted(messageIds: readonly string[], atMs: number, supersededGone = false): readonly EffectKind[] {
    const handedOver = {
      smsc: 'main',
      messageIds,
      plain: true,
      replaceable: true,
      validUntilMs: atMs + DAY_MS,
    };
    return this.answer({ handedOver, ...(supersededGone ? { supersededGone } : {}) }, atMs);
  }

  receipt(messageId: string, fate: MessageFate, atMs: number): readonly EffectKind[] {
    return this.take(
      { kind: 'receipt-came', smsc: 'main', messageId, fate, detail: '', answerToken: 7 },
      atMs,
    );
  }
}

const replacementOf = (effects: readonly EffectKind[]): SendNotice | undefined =>
  effects.find(
    (effect): effect is SendNotice => effect.kind === 'send-notice' && effect.replaces !== undefined,
  );

const linesOf = (effects: readonly EffectKind[]): string[] =>
  noticesOf(effects).flatMap(({ content }) =>
    content.kind === 'missed-calls' ? content.callers.map((line) => `${line.caller} ${line.calls}`) : [],
  );

function handedOver(): Told {
  const actor = new Told(B);
  actor.missed(1000);
  actor.accepted(['A1'], 1010);
  assert.equal(actor.state.delivery, 'handed-over');
  return actor;
}

test('A3 a notice that an SMSC has ends with its receipt, which shows that the subscriber is there', () => {
  const actor = handedOver();
  assert.deepEqual(actor.receipt('A1', 'waiting', 2000), [{ kind: 'answer-receipt', answerToken: 7 }]);
  assert.equal(actor.state.delivery, 'handed-over', 'what is on its way still is no end');
  actor.receipt('A1', 'delivered', 60_000);
  assert.equal(actor.state.delivery, 'idle');
  assert.equal(actor.state.reachableAtMs, 60_000);
  assert.equal(actor.state.deadlineAtMs, 0);
  assert.equal(actor.state.handedOver, undefined);
});

test('N3 what comes while the SMSC has a notice replaces it, and says both', () => {
  const actor = handedOver();
  const replacement = replacementOf(actor.missed(20_000, { caller: C }));
  assert.deepEqual(replacement?.replaces, { smsc: 'main', messageIds: ['A1'], plain: true });
  assert.deepEqual(linesOf(actor.effects), [`${A} 1`, `${C} 1`]);
  assert.deepEqual(linesOf(actor.missed(21_000)), [], 'one at a time');
  // In place of the first one, and then at once what came meanwhile.
  const next = actor.accepted(['A1'], 20_100, true);
  assert.deepEqual(linesOf(next), [`${A} 2`, `${C} 1`]);
  actor.accepted(['A1'], 20_200, true);
  actor.receipt('A1', 'delivered', 30_000);
  assert.equal(actor.state.delivery, 'idle');
  assert.equal(actor.somethingLeft(), false);
});

test('N3 a replacement that came too late: what it says beyond is told, and nothing twice', () => {
  const actor = handedOver();
  actor.missed(20_000, { caller: C });
  const effects = actor.answer({ result: 'too-late' }, 20_100);
  assert.deepEqual(linesOf(effects), [`${C} 1`]);
  assert.equal(replacementOf(effects), undefined);
});

test('N3 an SMSC that cannot replace: what came is told behind the receipt', () => {
  const actor = handedOver();
  actor.missed(20_000, { caller: C });
  assert.deepEqual(linesOf(actor.answer({ result: 'not-replaceable' }, 20_100)), []);
  assert.deepEqual(linesOf(actor.missed(30_000, { caller: C })), [], 'it is not asked again');
  assert.deepEqual(linesOf(actor.receipt('A1', 'delivered', 40_000)), [`${C} 2`]);
});

test('N3 a replacement that fails for a passing reason is tried again while the SMSC has the first', () => {
  const actor = handedOver();
  actor.missed(20_000, { caller: C });
  assert.deepEqual(linesOf(actor.answer({ result: 'temporary' }, 20_100)), []);
  assert.equal(actor.state.delivery, 'handed-over');
  const again = actor.take(
    { kind: 'timer-fired', generation: actor.state.deadlineGeneration },
    actor.state.deadlineAtMs,
  );
  assert.deepEqual(linesOf(again), [`${A} 1`, `${C} 1`]);
  assert.ok(replacementOf(again));
});

test('N3 a cancelled notice whose successor was not taken goes out as any other', () => {
  const actor = handedOver();
  actor.missed(20_000, { caller: C });
  actor.answer({ result: 'temporary', supersededGone: true }, 20_100);
  assert.equal(actor.state.delivery, 'backing-off');
  assert.equal(actor.state.handedOver, undefined);
  const again = actor.take(
    { kind: 'timer-fired', generation: actor.state.deadlineGeneration },
    actor.state.deadlineAtMs,
  );
  assert.deepEqual(linesOf(again), [`${A} 1`, `${C} 1`]);
  assert.equal(replacementOf(again), undefined);
});

test('N3 a receipt of what was replaced is not taken for the new one', () => {
  const actor = handedOver();
  actor.missed(20_000, { caller: C });
  actor.accepted(['B2'], 20_100, true);
  actor.receipt('A1', 'delivered', 20_200);
  assert.equal(actor.state.delivery, 'handed-over');
  actor.receipt('B2', 'delivered', 20_300);
  assert.equal(actor.state.delivery, 'idle');
});

test('N3 a receipt that overtakes the answer of a replacement in place is of the replacement', () => {
  const actor = handedOver();
  actor.missed(20_000, { caller: C });
  actor.receipt('A1', 'delivered', 20_050);
  actor.accepted(['A1'], 20_100, true);
  assert.equal(actor.state.delivery, 'idle');
  assert.equal(actor.somethingLeft(), false);
});

test('a receipt is known in the spellings that SMSCs have for one id, and is of no other SMSC', () => {
  const actor = handedOver();
  actor.take(
    { kind: 'receipt-came', smsc: 'other', messageId: 'A1', fate: 'delivered', detail: '', answerToken: 0 },
    2000,
  );
  assert.equal(actor.state.delivery, 'handed-over');
  actor.receipt('00161', 'delivered', 2000);
  assert.equal(actor.state.delivery, 'idle');
});

test('a notice of several parts is delivered when all of them are', () => {
  const actor = new Told(B);
  actor.missed(1000);
  actor.accepted(['1', '2'], 1010);
  actor.receipt('2', 'delivered', 2000);
  actor.receipt('2', 'delivered', 2001);
  assert.equal(actor.state.delivery, 'handed-over');
  actor.receipt('1', 'delivered', 2002);
  assert.equal(actor.state.delivery, 'idle');
});

test('what an SMSC gives up is due again, at the next return', () => {
  const actor = handedOver();
  actor.receipt('A1', 'expired', 2000);
  assert.equal(actor.state.delivery, 'awaiting-return');
  assert.deepEqual(linesOf(actor.take({ kind: 'subscriber-reachable', source: 'alert' }, 9000)), [`${A} 1`]);
});

test('what fails at an SMSC is tried again later', () => {
  const actor = handedOver();
  actor.receipt('A1', 'failed', 2000);
  assert.equal(actor.state.delivery, 'backing-off');
  const again = actor.take(
    { kind: 'timer-fired', generation: actor.state.deadlineGeneration },
    actor.state.deadlineAtMs,
  );
  assert.deepEqual(linesOf(again), [`${A} 1`]);
});

test('without a receipt the SMSC is asked when its time is over; what it has forgotten is not told twice', () => {
  const actor = handedOver();
  const fire = () =>
    actor.take({ kind: 'timer-fired', generation: actor.state.deadlineGeneration }, actor.state.deadlineAtMs);
  assert.ok(actor.state.deadlineAtMs > 1010 + DAY_MS);
  const messages = { smsc: 'main', messageIds: ['A1'], plain: true };
  assert.deepEqual(fire(), [{ kind: 'query-notice', recipient: B, messages }]);
  assert.deepEqual(fire(), [{ kind: 'query-notice', recipient: B, messages }], 'asked again');
  assert.deepEqual(linesOf(actor.receipt('A1', 'unknown', actor.state.deadlineAtMs)), []);
  assert.equal(actor.state.delivery, 'idle');
});

test('what is not ordered any more is cancelled where it waits', () => {
  for (const ordered of [undefined, { ...profile, missedCalls: false }]) {
    const actor = handedOver();
    const effects = actor.take(
      {
        kind: 'admin-command',
        command: ordered === undefined ? { kind: 'remove' } : { kind: 'set-profile', profile: ordered },
        answerToken: 0,
      },
      2000,
    );
    assert.deepEqual(effects, [
      { kind: 'cancel-notice', recipient: B, messages: { smsc: 'main', messageIds: ['A1'], plain: true } },
    ]);
    assert.equal(actor.state.delivery, 'idle');
  }
});

test('what the SMSC takes when nobody wants it any more is cancelled', () => {
  const actor = new Told(B);
  actor.missed(1000);
  actor.take({ kind: 'admin-command', command: { kind: 'remove' }, answerToken: 0 }, 1005);
  assert.deepEqual(actor.accepted(['A1'], 1010), [
    { kind: 'cancel-notice', recipient: '', messages: { smsc: 'main', messageIds: ['A1'], plain: true } },
  ]);
  assert.equal(actor.state.delivery, 'idle');
});

test('N3 a list that one notice has no room for waits for the receipt of the first', () => {
  const actor = handedOver();
  for (let caller = 0; caller < 30; caller++)
    if (linesOf(actor.missed(20_000 + caller * 1000, { caller: `49180000${1000 + caller}` })).length > 0)
      actor.accepted(['A1'], 20_010 + caller * 1000, true);
  assert.equal(actor.state.delivery, 'handed-over');
  assert.equal(actor.state.missed.length, 11);
  assert.equal(linesOf(actor.receipt('A1', 'delivered', 90_000)).length, 11);
});

test('R1 a number is shown while an SMSC has the call as of a withheld one: that is not replaced by what would count the call twice', () => {
  const classes = [{ ...defaultServiceClass, withheld: 'ask' }] as const;
  const actor = new Told(B, profile, { ...defaultSubscriberPolicy, classes });
  actor.missed(1000, { presentation: 'restricted' });
  actor.accepted(['A1'], 1010);
  const yes: SubscriberEvent['what'] = {
    kind: 'told',
    source: { partition: 1, sequence: 1, index: 0 },
    from: A,
    what: { kind: 'number-shown', attemptsAtMs: [1000], reason: 'not-reachable' },
  };
  assert.equal(replacementOf(actor.take(yes, 2000)), undefined);
  assert.equal(replacementOf(actor.missed(3000, { caller: C })), undefined);
  assert.deepEqual(linesOf(actor.receipt('A1', 'delivered', 4000)), [`${A} 1`, `${C} 1`]);
});
