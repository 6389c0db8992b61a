import { strict as assert } from 'node:assert';
import { describe, test } from 'node:test';
import { formatMessage } from '../../src/notice/message.ts';
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
        line: lineOf('missed.line') + 1,
        message: 'missed.line: {tiem} is not known here',
        allowed: '{caller} {calls} {time} {cause}',
      },
    ]);
  });

  test('everything wrong is said at once: unknown, missing, doubled and empty keys, short lists, stray braces', () => {
    const source = englishSource
      .replace('reason.busy =', 'reason.buzy =')
      .replace('time.today = at {hour}', 'time.today = at {hour')
      .replace('months = Jan', 'months =')
      .replace('missed.count = {calls', 'caller.withheld = twice\nmissed.count = {calls')
      .replace('returned.title = They can be reached again:', 'returned.title =')
      .replace('cause.barred = calls barred', 'cause.barred = calls} barred');
    const messages = problemsOf(source).map(({ line, message }) => `${line} ${message}`);
    assert.deepEqual(messages, [
      `${lineOf('[version 1]')} version 1: reason.busy is missing`,
      `${lineOf('months')} months has 11 names`,
      `${lineOf('time.today')} time.today: "{hour:{minute}" is no placeholder`,
      `${lineOf('reason.busy')} reason.buzy is not known`,
      `${lineOf('cause.barred')} cause.barred: a "}" without its "{"`,
      `${lineOf('missed.count')} caller.withheld comes twice`,
      `${lineOf('returned.title') + 1} returned.title is empty`,
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
    assert.match(problemsOf(`brand = two words\n${englishSource}`)[0]?.message ?? '', /is no brand/);
    assert.match(
      problemsOf(`sender = me\n${englishSource}`)[0]?.message ?? '',
      /stands before the first version/,
    );
    const loud = englishSource.replace('[version 1]', '[version 1]\ntransliterate = loudly');
    assert.deepEqual(
      problemsOf(loud).map(({ message, allowed }) => [message, allowed]),
      [['transliterate is "loudly"', 'on, off']],
    );
  });

  test('braces and new lines can be written, a text can have several lines', () => {
    const file = templatesOf(
      englishSource.replace(
        'caller.withheld = a withheld',
        "caller.withheld = '{a}'\\n\n  # why\n  \\\\ \\u0061",
      ),
    );
    assert.deepEqual(file.versions[0]?.texts['caller.withheld'], ['{a}\n \\ a number']);
  });

  test('the form before ICU MessageFormat is refused with the lines to write instead', () => {
    const old = englishSource.replace(
      /missed\.title = [\s\S]*?\n(?=missed\.line)/,
      "missed.title.one = It's {{a}} #1:\nmissed.title.other = You missed {calls} calls:\n",
    );
    const problems = problemsOf(old);
    assert.deepEqual(
      problems.map(({ line, message }) => `${line} ${message}`),
      [`${lineOf('missed.title')} missed.title.one: the forms of a count are one text`],
    );
    const written = problems[0]?.allowed ?? '';
    assert.equal(
      written,
      "missed.title = {calls, plural, one {It''s '{'a'}' '#'1:} other {You missed {calls} calls:}}",
    );
    const mended = templatesOf(
      old.replace(/missed\.title\.one = .*\nmissed\.title\.other = .*/, () => written),
    );
    assert.equal(formatMessage(mended.versions[0]!.texts['missed.title'], { calls: 1 }), "It's {a} #1:");
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

  test('N10 a brand has texts of its own, the operator’s serve where it has none in the language', () => {
    const english1 = english;
    const german = templatesOf(englishSource.replace('language = en', 'language = de'));
    const branded = templatesOf(englishSource.replace('language = en', 'language = fr\nbrand = Lune'));
    const files = [english1, german, branded];
    const choice = (language: string, brand?: string) => {
      const { set, missed } = chooseTemplates(files, language, 1, brand);
      return [files.findIndex(({ versions }) => versions.includes(set)), missed];
    };
    assert.deepEqual(choice('fr-CH', 'Lune'), [2, undefined]);
    assert.deepEqual(choice('de', 'Lune'), [1, 'brand']);
    assert.deepEqual(choice('xx', 'Lune'), [2, 'language']);
    assert.deepEqual(choice('de', 'Sol'), [1, 'brand']);
    assert.deepEqual(choice('fr'), [0, 'language']);
    assert.deepEqual(chooseTemplates([branded], 'de', 1).missed, 'brand');
  });
});
