import { strict as assert } from 'node:assert';
import { describe, test } from 'node:test';
import { chooseTemplates, currentTemplateVersion } from '../../src/notice/template-choice.ts';
import { parseTemplates } from '../../src/notice/templates.ts';
import { gsm7Length } from '../../src/stack/sms/gsm7-alphabet.ts';
import { english, englishSource, templatesOf } from '../support/notices.ts';

const problemsOf = (source: string) => {
  const parsed = parseTemplates(source);
  return parsed.ok ? [] : parsed.problems;
};
const lineOf = (text: string) => englishSource.split('\n').findIndex((line) => line.startsWith(text)) + 1;

describe('template file', () => {
  test('the English one is sound, and every text in it is in the GSM 7 bit alphabet', () => {
    assert.deepEqual(problemsOf(englishSource), []);
    const texts = englishSource.split('\n').filter((line) => /^[a-z]/.test(line));
    for (const text of texts) assert(gsm7Length(text) > 0, text);
  });

  test('an unknown placeholder is named with its line and with what is allowed there', () => {
    const source = englishSource.replace('{caller} {time}, {cause}', '{caller} {tiem}, {cause}');
    assert.deepEqual(problemsOf(source), [
      {
        line: lineOf('missed.line.one'),
        message: 'missed.line.one: {tiem} is not known here',
        allowed: '{caller} {calls} {time} {cause}',
      },
    ]);
  });

  test('everything wrong is said at once: unknown, missing, doubled and empty keys, short lists, stray braces', () => {
    const source = englishSource
      .replace('reason.busy =', 'reason.buzy =')
      .replace('time.today = at {hour}', 'time.today = at {hour')
      .replace('months = Jan', 'months =')
      .replace('missed.count.one = You missed a call.', 'missed.count.other = twice')
      .replace('returned.title = They can be reached again:', 'returned.title =');
    const messages = problemsOf(source).map(({ line, message }) => `${line} ${message}`);
    assert.deepEqual(messages, [
      `${lineOf('[version 1]')} version 1: reason.busy is missing`,
      `${lineOf('months')} months has 11 names`,
      `${lineOf('time.today')} time.today: {hour:{minute} is not known here`,
      `${lineOf('reason.busy')} reason.buzy is not known`,
      `${lineOf('missed.count.other')} missed.count.other comes twice`,
      `${lineOf('returned.title')} returned.title is empty`,
    ]);
  });

  test('no version, no language, nonsense', () => {
    assert.deepEqual(
      problemsOf('hello\n[version zero]\nlanguage = !\n').map(({ line, message }) => `${line} ${message}`),
      [
        '1 "hello" is not understood',
        '1 there is no version',
        '2 "[version zero]" is not understood',
        '3 "!" is no language',
      ],
    );
    assert.match(problemsOf('')[0]?.message ?? '', /language is missing/);
    assert.match(
      problemsOf(`${englishSource}\n[version 1]\n`).at(-1)?.message ?? '',
      /comes twice|is missing/,
    );
  });

  test('braces and new lines can be written', () => {
    const file = templatesOf(
      englishSource.replace('caller.withheld = a withheld', 'caller.withheld = {{a}}\\n\\\\ withheld'),
    );
    assert.deepEqual(file.versions[0]?.plain['caller.withheld'], ['{a}\n\\ withheld number']);
  });
});

describe('choice of templates', () => {
  const versionTwo = englishSource
    .slice(englishSource.indexOf('[version 1]'))
    .replace('[version 1]', '[version 3]');
  const both = templatesOf(`${englishSource}\n${versionTwo}`);

  test('a notice has its own version though a newer one is there', () => {
    assert.equal(currentTemplateVersion([both]), 3);
    assert.equal(chooseTemplates([both], 'en', 1).set.version, 1);
    assert.equal(chooseTemplates([both], 'en', 3).set.version, 3);
  });

  test('what is not there is replaced by the nearest, and said', () => {
    assert.deepEqual(
      [2, 9].map((version) => {
        const { set, missed } = chooseTemplates([both], 'en-GB', version);
        return [set.version, missed];
      }),
      [
        [1, 'template-version'],
        [3, 'template-version'],
      ],
    );
    assert.equal(chooseTemplates([english], 'de', 1).missed, 'language');
    assert.equal(chooseTemplates([english], 'EN-us', 1).missed, undefined);
  });
});
