import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { loadSelfCareTexts } from '../../src/adapters/selfcare/text-files.ts';
import { parseTexts } from '../../src/selfcare/texts.ts';
import { writeAnswer } from '../../src/selfcare/write-answer.ts';
import type { Profile } from '../../src/types/model/profile.ts';
import { answerKinds, argumentKinds, type SelfCareAnswer } from '../../src/types/model/self-care.ts';
import { all } from '../support/self-care-texts.ts';

const english = readFileSync(path.resolve(import.meta.dirname, '../../src/selfcare/texts/en.txt'), 'utf8');
const hour = 3_600_000;
const noon = Date.UTC(2026, 2, 10, 12);
const profile: Profile = {
  missedCalls: true,
  notifyMe: 'listed',
  language: 'en',
  timeZone: 'Europe/Berlin',
  preferences: {
    quietHours: { fromMinute: 1350, toMinute: 420 },
    channels: ['e-mail', 'sms'],
    callerFilter: 'block-listed',
    callersListed: ['491710000001', '491710000002'],
    returnPrivacy: 'listed',
    mayKnow: ['491710000003'],
  },
};
const ports = {
  all,
  offsetMs: (zone: string) => (zone === 'Europe/Berlin' ? hour : 0),
  defaultLanguage: 'en',
};
const write = (answer: Partial<SelfCareAnswer> & Pick<SelfCareAnswer, 'kind'>, language = 'en') =>
  writeAnswer({ profile: { ...profile, language }, atMs: noon, ...answer }, ports);

test('S1 answers as they are read', () => {
  assert.equal(
    write({ kind: 'status' }),
    'Missed-call notices: on. Tell me who is back: for my list. Quiet hours: 22:30-07:00. By: e-mail, SMS. Language: English.',
  );
  assert.equal(
    write({ kind: 'lists' }),
    'Callers: not told of +491710000001 +491710000002.\nWho may know that you are back: only +491710000003.',
  );
  const callers = [
    { caller: '491710000001', calls: 3, lastAtMs: noon - hour, reason: 'busy' },
    { caller: '', calls: 1, lastAtMs: noon - 24 * hour, reason: 'busy' },
  ] as const;
  assert.equal(
    write({ kind: 'missed-list', callers, furtherCalls: 2 }),
    'You missed 6 calls:\n+491710000001 at 12:00, 3 times\nwithheld number on 9/3 at 13:00\nand 2 more calls',
  );
  assert.equal(
    write({ kind: 'can-be-reached', number: '491710000001', orderedAtMs: noon - 24 * hour }),
    '+491710000001 can be reached now. You asked us to tell you on 9/3 at 13:00.',
  );
});

test('S1 plurals by the language: one, few and many calls in Russian, two and few in Arabic', () => {
  const list = (calls: number, language: string) =>
    write({ kind: 'missed-list', callers: [], furtherCalls: calls }, language).split('\n')[0];
  assert.equal(list(1, 'ru'), 'У вас 1 пропущенный звонок:');
  assert.equal(list(22, 'ru'), 'У вас 22 пропущенных звонка:');
  assert.equal(list(5, 'ru'), 'У вас 5 пропущенных звонков:');
  assert.equal(list(2, 'ar'), 'لديك مكالمتان فائتتان:');
  assert.match(list(3, 'ar') ?? '', /3 مكالمات/);
});

test('S1 in Arabic a number keeps its plus in front: left-to-right marks stand on both sides', () => {
  const text = write({ kind: 'caller-blocked', number: '491710000001' }, 'ar');
  assert.ok(text.includes('\u200e+491710000001\u200e'), text);
});

test('S1 every answer can be written in every language, and says nothing undefined', () => {
  for (const { language } of all)
    for (const kind of answerKinds)
      for (const argument of argumentKinds)
        for (const of of [{ ...profile, language }, undefined]) {
          const text = writeAnswer(
            { kind, profile: of, number: '491710000001', argument, atMs: noon },
            ports,
          );
          assert.ok(text.length > 3 && !/undefined|NaN|[{}]/.test(text), `${language} ${kind}: ${text}`);
        }
});

test('an unknown language is the first one, an unknown variety its language', () => {
  assert.equal(write({ kind: 'own-number' }, 'xx'), 'That is your own number.');
  assert.equal(write({ kind: 'own-number' }, 'de-AT'), 'Das ist Ihre eigene Nummer.');
});

test('a file with faults is refused by line and reason', () => {
  const faulty = english
    .replace('language = en', 'language = no such thing')
    .replace('answer.help =', 'answer.helf =')
    .replace('ask.number = Which number?', 'ask.number = Which {number}?')
    .replace('{what}: are you sure?', '{what: are you sure?')
    .replace('fillers = please', 'fillers = please, ,')
    .replace('keywords.help = help', 'keywords.help = list');
  const parsed = parseTexts(`${faulty}\nno key\nyes = again`);
  assert.ok(!parsed.ok);
  const messages = parsed.problems.map(({ message }) => message).join('\n');
  for (const expected of [
    '"no such thing" is no language',
    'answer.help is missing',
    'answer.helf is not known',
    '{number} is not known here',
    'ussd.confirm:',
    'fillers has an empty word',
    '"list" is a keyword of list-missed and of help',
    '"no key" is not understood',
    'yes comes twice',
  ])
    assert.ok(messages.includes(expected), `${expected} in\n${messages}`);
  assert.ok(parsed.problems.every(({ line, allowed }) => line > 0 && allowed !== ''));
});

test('files that cannot be used are named together', () => {
  assert.throws(() => loadSelfCareTexts(['/nowhere/xx.txt']), /CW_SELF_CARE_TEXTS_INVALID|no such file/);
});
