import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadConfig } from '../../src/config/load.ts';
import { subscriberPolicyOf } from '../../src/config/policy.ts';
import { defaultServiceClass } from '../../src/rules/service-class.ts';

const least = 'signalling: { localPointCode: 2-100-7 }\nmap: { serviceCentreNumber: 491700000 }\n';

function policyOf(more: string) {
  const loaded = loadConfig(least + more);
  assert.ok(loaded.ok, JSON.stringify(loaded));
  return subscriberPolicyOf(loaded.config, 1);
}

function problemsOf(more: string): string {
  const loaded = loadConfig(least + more);
  return loaded.ok ? '' : loaded.problems.map(({ allowed }) => allowed).join('; ');
}

test('N12 without service classes everybody has the one that is built in, and R1 withheld numbers as notices say', () => {
  assert.deepEqual(policyOf('').classes, [defaultServiceClass]);
  assert.equal(policyOf('notices: { withheld: count }').classes[0]?.withheld, 'count');
});

test('N12 R1 C5 service classes by their keys', () => {
  const { classes } = policyOf(`
notices: { withheld: count }
serviceClasses:
  - { name: standard, quietHours: 22:00-07:00, digestAt: "08:05", reasons: [busy] }
  - { name: gold, noticesPerDay: 3, withheld: suppress, brand: gold, calleeAway: true }
`);
  const [standard, gold] = classes;
  assert.deepEqual(standard?.quietHours, { fromMinute: 1320, toMinute: 420 });
  assert.equal(standard.digestMinute, 485);
  assert.deepEqual(standard.reasons, ['busy']);
  assert.equal(standard.withheld, 'count');
  assert.equal(gold?.withheld, 'suppress');
  assert.equal(gold.noticesPerDay, 3);
  assert.deepEqual(gold.reasons, defaultServiceClass.reasons);
});

test('R3 R4 lists of callers for everybody', () => {
  const { callers } = policyOf('callers: { emergency: [49112], payphones: ["+4930555*"], blocked: [882*] }');
  assert.deepEqual(callers, { excluded: ['49112', '4930555*'], blocked: ['882*'] });
});

test('N12 R3 what is no time, no number, no name and no class of its own is said', () => {
  assert.match(problemsOf('serviceClasses: [{ name: a, quietHours: 22-7 }]'), /two times of the day/);
  assert.match(problemsOf('serviceClasses: [{ name: a, digestAt: "24:00" }]'), /a time of the day/);
  assert.match(problemsOf('serviceClasses: [{ name: a }, { name: a }]'), /a name of its own for each/);
  assert.match(problemsOf('serviceClasses: [{ name: a, reasons: [asleep] }]'), /busy, no-answer/);
  assert.match(problemsOf('callers: { blocked: ["*"] }'), /1 … 15 digits/);
  assert.match(problemsOf('numbering: { routingPrefixes: [x] }'), /digits/);
});

test('N9 S5 what asks for an answer needs a number that it reaches us by, and comes from', () => {
  const least = 'serviceClasses: [{ name: a, teaser: true, doubleOptIn: true, welcome: true }]\n';
  assert.match(problemsOf(least), /^(false, or true with a number in selfCare.serviceNumbers(; )?){3}$/);
  const reached = `${least}selfCare: { serviceNumbers: ["4321"] }\n`;
  assert.match(problemsOf(reached), /^a number, as in selfCare.serviceNumbers$/);
  assert.equal(policyOf(`${reached}notices: { originatingAddress: "4321" }`).classes[0]?.teaser, true);
});

test('R1 K4 to ask who withholds the number needs a number to answer to; causes are of the known ones', () => {
  assert.match(problemsOf('serviceClasses: [{ name: a, withheld: ask }]'), /selfCare\.serviceNumbers/);
  assert.match(problemsOf('notices: { withheld: ask }'), /selfCare\.serviceNumbers/);
  assert.match(
    problemsOf('serviceClasses: [{ name: a, causesForCallers: [abandoned] }]'),
    /busy, no-answer, barred, network/,
  );
  assert.match(problemsOf('serviceClasses: [{ name: a, ownCallCauses: [abandoned] }]'), /not-reachable/);
});
