import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  captureTable,
  mayBeTold,
  NO_CALLER_LISTS,
  type Verdict,
  verdictOn,
} from '../../src/rules/capture.ts';
import { defaultServiceClass, rulesOf } from '../../src/rules/service-class.ts';
import type { Preferences } from '../../src/types/model/preferences.ts';

const NUMBER = '491700000002';
const call = { caller: '491700000001', presentation: 'allowed', reason: 'busy' } as const;
const lists = { excluded: ['49112', '491802*'], blocked: ['882*'] };

function rules(preferences: Preferences = {}, change: Partial<typeof defaultServiceClass> = {}) {
  const profile = {
    missedCalls: true,
    notifyMe: 'off',
    language: 'en',
    timeZone: 'UTC',
    preferences,
  } as const;
  return rulesOf(profile, [{ ...defaultServiceClass, ...change }]);
}

type Case = readonly [
  name: string,
  Verdict,
  Partial<typeof call | { caller: string; presentation: string; reason: string }>,
  Preferences,
  Partial<typeof defaultServiceClass>,
];

// biome-ignore format: a case a line
const cases: readonly Case[] = [
  ['N1 a call is told', 'told', {}, {}, {}],
  ['C1 a call of one’s own number is none', 'own-call', { caller: NUMBER }, {}, {}],
  ['R4 an excluded number is not told', 'excluded', { caller: '49112' }, {}, {}],
  ['R4 …nor one that begins so', 'excluded', { caller: '49180212345' }, {}, {}],
  ['R4 …but one that is only the beginning is', 'told', { caller: '49180' }, {}, {}],
  ['R3 a number that is blocked for everybody is not told', 'blocked', { caller: '8821234567' }, {}, {}],
  ['R3 a number on the subscriber’s list is not told', 'blocked', {}, { callerFilter: 'block-listed', callersListed: [call.caller] }, {}],
  ['R3 a list without a filter says nothing', 'told', {}, { callersListed: [call.caller] }, {}],
  ['R3 only those on the list are told', 'not-listed', {}, { callerFilter: 'only-listed', callersListed: ['1'] }, {}],
  ['R3 …and they are', 'told', {}, { callerFilter: 'only-listed', callersListed: [call.caller] }, {}],
  ['C5 a reason that is not ordered is not told', 'reason', {}, { reasons: ['no-answer'] }, {}],
  ['C5 the class decides where the subscriber has not', 'reason', {}, {}, { reasons: ['no-answer'] }],
  ['C5 …and the subscriber where both have', 'told', {}, { reasons: ['busy'] }, { reasons: ['no-answer'] }],
  ['R7 3GPP TS 22.082 §1 what a mailbox takes is not told', 'mailbox', {}, { mailbox: 'instead' }, {}],
  ['R7 …what it does not take is', 'told', { reason: 'abandoned' }, { mailbox: 'instead' }, {}],
  ['R7 beside a mailbox all is told', 'told', {}, { mailbox: 'beside' }, {}],
  ['R1 3GPP TS 22.081 §2 a withheld number is suppressed', 'withheld', { presentation: 'restricted' }, {}, {}],
  ['R1 …or counted', 'counted', { presentation: 'restricted' }, {}, { withheld: 'count' }],
  ['R1 a number that is not known is a withheld one', 'counted', { caller: '', presentation: 'unavailable' }, {}, { withheld: 'count' }],
  ['R3 a blocked caller who withholds the number is blocked', 'blocked', { presentation: 'restricted' }, { callerFilter: 'block-listed', callersListed: [call.caller] }, { withheld: 'count' }],
];

for (const [name, verdict, facts, preferences, change] of cases)
  test(name, () => {
    const one = { ...call, ...facts } as typeof call;
    assert.equal(verdictOn(one, rules(preferences, change), lists, NUMBER), verdict);
  });

test('R1 R3 R4 C5 R7 each row of the table is the verdict of a case', () => {
  const reached = new Set(cases.map(([, verdict]) => verdict));
  assert.deepEqual(
    captureTable.map(([verdict]) => verdict).filter((verdict) => !reached.has(verdict)),
    [],
  );
});

test('R3 C5 R1 a line that was captured is told no more when its caller has been blocked since', () => {
  const line = { caller: call.caller, reason: 'busy' } as const;
  assert.ok(mayBeTold(line, rules(), NO_CALLER_LISTS));
  assert.ok(!mayBeTold(line, rules({ callerFilter: 'block-listed', callersListed: [line.caller] }), lists));
  assert.ok(!mayBeTold(line, rules({ reasons: [] }), lists));
  const withheld = { caller: '', reason: 'busy' } as const;
  assert.ok(!mayBeTold(withheld, rules(), lists));
  assert.ok(mayBeTold(withheld, rules({ callerFilter: 'only-listed' }, { withheld: 'count' }), lists));
  assert.ok(!mayBeTold(withheld, rules({ reasons: [] }, { withheld: 'count' }), lists));
});
