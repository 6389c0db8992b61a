import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { planOf } from '../../loadtest/profiles/profile.ts';
import { builtInProfiles, parseProfile, profileNamed } from '../../loadtest/profiles/read.ts';
import { OperatingError } from '../../src/types/operating-error.ts';
import { repository } from '../support/sources.ts';

const GOOD = `what: calls
ratePerSecond: 100
for: 60s
ramp: 10s
subscribers: 1000
phases:
  - name: all
    mix: { busy: 3, answered: 1 }
    ring: 2s
`;

/** What a profile is refused with, a line each. */
function refusals(text: string): string[] {
  try {
    parseProfile('mine.yaml', text);
  } catch (error) {
    assert(error instanceof OperatingError);
    assert.equal(error.code, 'CW_CONFIG_INVALID');
    return error.message.split('\n').slice(1);
  }
  return [];
}

test('a profile is read, and planned with what the command line says instead', () => {
  const profile = parseProfile('some/mine.yaml', GOOD);
  assert.equal(profile.name, 'mine');
  const plan = planOf(profile, { scale: 0.5, ratePerSecond: 40 });
  assert.deepEqual([plan.forMs, plan.rampMs, plan.ratePerSecond], [30_000, 5_000, 40]);
  const [phase] = plan.phases;
  assert.deepEqual(
    [phase?.forMs, phase?.rampMs, phase?.ringMs, phase?.count, phase?.mix],
    [30_000, 5_000, 1_000, 1_000, { busy: 3, answered: 1 }],
  );
});

test('phases share the time by their parts, and the ramp belongs to the first', () => {
  const two = GOOD.replace(
    '- name: all',
    '- name: first\n    part: 1\n    mix: { alert: 1 }\n  - name: second\n    part: 3',
  );
  const { phases } = planOf(parseProfile('mine.yaml', two), {});
  assert.deepEqual(
    phases.map(({ forMs, rampMs }) => [forMs, rampMs]),
    [
      [15_000, 10_000],
      [45_000, undefined],
    ],
  );
});

test('busy hour call attempts of the subscribers make a rate', () => {
  const profile = parseProfile('mine.yaml', GOOD.replace('ratePerSecond: 100', 'bhcaPerSubscriber: 1.8'));
  assert.equal(planOf(profile, {}).ratePerSecond, 0.5);
  assert.equal(planOf(profile, { subscribers: 2_000 }).ratePerSecond, 1);
});

test('a mistake is refused by line and column, with what is allowed', () => {
  const wrong = GOOD.replace('for: 60s', 'for: 60')
    .replace('ring: 2s', 'rng: 2s')
    .replace('busy: 3', 'busy: 0');
  assert.deepEqual(refusals(wrong), [
    '  mine.yaml:3:1: for: 60 is not allowed; allowed: a duration above 0 with its unit: 500ms, 60s, 2h',
    '  mine.yaml:8:12: phases[0].mix.busy: 0 is not allowed; allowed: a weight above 0',
    '  mine.yaml:9:5: phases[0].rng: there is no such key, did you mean ring?; allowed: name, part, rate, mix, order, ring, hot',
  ]);
});

test('whatever else is wrong has its line, too', () => {
  const cases: readonly [from: string, to: string, line: string, said: RegExp][] = [
    ['what: calls', 'what: [', '2', /YAML/],
    ['what: calls', 'what: calls\nwhat: twice', '2', /unique|YAML/],
    ['subscribers: 1000', 'subscribers: 0', '5', /a whole number, 1 … 10000000/],
    ['subscribers: 1000', 'subscribers: many', '5', /a whole number/],
    ['ratePerSecond: 100\n', '', '1', /one of ratePerSecond and bhcaPerSubscriber/],
    ['ratePerSecond: 100', 'ratePerSecond: .inf', '2', /above 0/],
    ['mix: { busy: 3, answered: 1 }', 'mix: {}', '8', /weights above 0/],
    ['busy: 3', 'bussy: 3', '8', /did you mean busy/],
    ['ring: 2s', 'ring: -2s', '9', /0s, or a duration/],
    ['ring: 2s', 'rate: [0, 0]', '9', /not all 0/],
    ['ring: 2s', 'order: sorted', '9', /in-turn or random/],
    ['ring: 2s', 'hot: { subscribers: 2000, share: 0.5 }', '9', /at most the 1000 subscribers/],
    ['ring: 2s', 'hot: { subscribers: 1, share: 2 }', '9', /a share of the starts/],
  ];
  for (const [from, to, line, said] of cases) {
    const told = refusals(GOOD.replace(from, to));
    assert.ok(
      told.some((one) => one.startsWith(`  mine.yaml:${line}:`) && said.test(one)),
      `${to}: ${told.join('\n') || 'taken'}`,
    );
  }
  assert.notDeepEqual(refusals(''), []);
  assert.notDeepEqual(refusals('- 1\n- 2\n'), []);
});

test('the profiles in the documents are such as are taken', () => {
  const text = readFileSync(path.join(repository, 'docs/load-testing.md'), 'utf8');
  const blocks = [...text.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, block]) => block!);
  assert.equal(blocks.length, 1);
  for (const block of blocks) parseProfile('docs/load-testing.md', block);
  for (const { name } of builtInProfiles())
    assert.ok(text.includes(`| \`${name}\` |`), `${name} is not told of`);
});

test('every profile that comes with it can be read, and is found by its name', () => {
  const profiles = builtInProfiles();
  const wanted = [
    ...['missed-calls', 'answered', 'caller-gives-up', 'alert-storm', 'return-after-outage'],
    ...['hot-subscribers', 'busy-hour', 'yardstick', 'mixed', 'missed'],
  ];
  assert.deepEqual(profiles.map(({ name }) => name).sort(), wanted.sort());
  for (const { name } of profiles) assert.equal(profileNamed(name).name, name);
  assert.throws(() => profileNamed('mised-calls'), /did you mean missed-calls/);
  assert.throws(() => profileNamed('./no-such.yaml'), { code: 'ENOENT' });
});
