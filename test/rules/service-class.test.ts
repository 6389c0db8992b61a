import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayKnowReturn, precedenceTable, wantsReturnOf } from '../../src/rules/returns.ts';
import { defaultServiceClass, followsClock, rulesOf } from '../../src/rules/service-class.ts';
import type { Preferences } from '../../src/types/model/preferences.ts';
import type { Profile } from '../../src/types/model/profile.ts';

const gold = {
  ...defaultServiceClass,
  name: 'gold',
  quietHours: { fromMinute: 1320, toMinute: 420 },
  noticesPerDay: 5,
  noticesPerDayMax: 10,
  expiryMinutesMax: 60,
};
const classes = [defaultServiceClass, gold];
const profileOf = (preferences?: Preferences): Profile => ({
  missedCalls: true,
  notifyMe: 'listed',
  language: 'en',
  timeZone: 'UTC',
  ...(preferences === undefined ? {} : { preferences }),
});

test('N12 N14 who has said nothing has what the first class says, made once', () => {
  const rules = rulesOf(profileOf(), classes);
  assert.equal(rules, rulesOf(profileOf(), classes));
  assert.equal(rules.quietHours, undefined);
  assert.equal(followsClock(rules), false);
});

test('N12 a class by its name; one that is not there is the first', () => {
  assert.deepEqual(rulesOf(profileOf({ serviceClass: 'gold' }), classes).quietHours, gold.quietHours);
  assert.equal(rulesOf(profileOf({ serviceClass: 'silver' }), classes).quietHours, undefined);
});

test('N14 what a subscriber can ask for is bounded, and no bound at all is the most', () => {
  const of = (preferences: Preferences) =>
    rulesOf(profileOf({ serviceClass: 'gold', ...preferences }), classes);
  assert.equal(of({}).noticesPerDay, 5);
  assert.equal(of({ noticesPerDay: 7 }).noticesPerDay, 7);
  assert.equal(of({ noticesPerDay: 70 }).noticesPerDay, 10);
  assert.equal(of({ noticesPerDay: 0 }).noticesPerDay, 10);
  assert.equal(of({}).expiryMinutes, 60);
  assert.equal(of({ expiryMinutes: 30 }).expiryMinutes, 30);
});

test('N12 a subscriber has no quiet hours, whatever the class has, by hours that end when they begin', () => {
  const none = { fromMinute: 0, toMinute: 0 };
  assert.equal(rulesOf(profileOf({ serviceClass: 'gold', quietHours: none }), classes).quietHours, undefined);
});

test('K2 returns are wanted of nobody, of those on the list, of all', () => {
  const listed = profileOf({ watched: ['1'] });
  assert.ok(wantsReturnOf(listed, '1'));
  assert.ok(!wantsReturnOf(listed, '2'));
  assert.ok(!wantsReturnOf(profileOf(), '1'));
  assert.ok(wantsReturnOf({ ...listed, notifyMe: 'always' }, '2'));
  assert.ok(!wantsReturnOf({ ...listed, notifyMe: 'off' }, '1'));
  assert.ok(!wantsReturnOf(undefined, '1'));
});

test('R2 a return is known to everybody, to those on the list, to nobody', () => {
  const of = (preferences: Preferences) => rulesOf(profileOf(preferences), classes);
  assert.ok(mayKnowReturn(of({}), '1'));
  assert.ok(mayKnowReturn(of({ returnPrivacy: 'listed', mayKnow: ['1'] }), '1'));
  assert.ok(!mayKnowReturn(of({ returnPrivacy: 'listed', mayKnow: ['1'] }), '2'));
  assert.ok(!mayKnowReturn(of({ returnPrivacy: 'nobody', mayKnow: ['1'] }), '1'));
});

test('K7 somebody is told by every choice of the operator', () => {
  for (const { tellsCalled, tellsCaller } of Object.values(precedenceTable))
    assert.ok(tellsCalled || tellsCaller);
});
