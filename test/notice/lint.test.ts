import { strict as assert } from 'node:assert';
import { describe, test } from 'node:test';
import { lintTemplates } from '../../src/notice/lint.ts';
import { englishSource } from '../support/notices.ts';

const warningsOf = (source: string) => {
  const { problems, warnings } = lintTemplates(source);
  assert.deepEqual(problems, []);
  return warnings.map(({ message }) => message);
};
const lineOf = (source: string, text: string) =>
  source.split('\n').findIndex((line) => line.startsWith(text)) + 1;
const arabic = englishSource.replace('language = en', 'language = ar');

describe('N10 what is allowed in a template and hardly meant', () => {
  test('nothing in the English one', () => {
    assert.deepEqual(warningsOf(englishSource), []);
  });

  test('a problem is said with its line, and no warnings beside it', () => {
    const source = englishSource.replace('{subscriber}, you called {time}', '{subscriber}, you called {tme}');
    const { problems, warnings } = lintTemplates(source);
    assert.deepEqual(
      problems.map(({ line }) => line),
      [lineOf(source, 'returned.line')],
    );
    assert.deepEqual(warnings, []);
  });

  test('a letter that costs more than half of the characters, by name', () => {
    const source = englishSource.replace('a withheld number', 'a withheld number…').replace('Aug', 'Août');
    assert.deepEqual(warningsOf(source), [
      'months: needs UCS-2, with 70 characters a part, because of û (U+00FB)',
      'caller.withheld: needs UCS-2, with 70 characters a part, because of … (U+2026)',
    ]);
    assert.deepEqual(warningsOf(source.replace('[version 1]', '[version 1]\ntransliterate = on')), []);
    const russian = englishSource.replace('a withheld number', 'скрытый номер');
    assert.deepEqual(warningsOf(russian), [], 'a text in another script is meant');
  });

  test('a notice of one caller that takes two parts', () => {
    const source = englishSource.replace(
      'It rang unanswered.',
      `It rang unanswered${', and rang'.repeat(10)}.`,
    );
    const [warning] = lintTemplates(source).warnings;
    assert.equal(warning?.line, lineOf(source, 'missed.caller'));
    assert.match(
      warning.message,
      /^missed\.caller: one call of one caller \(no-answer\) takes 2 parts: 16[1-9] characters of GSM 7 bit$/,
    );
  });

  test('a plural form that the language has, and one that it has not', () => {
    const polish = englishSource.replace('language = en', 'language = pl');
    assert.match(
      warningsOf(polish)[0] ?? '',
      /^missed\.caller: \{calls, plural\} has no form "few", which pl has \(for 2, say\)$/,
    );
    const source = englishSource.replace('one {You missed a call:}', 'one {You missed a call:} few {Some:}');
    assert.deepEqual(warningsOf(source), [
      'missed.title: the form "few" of {calls, plural} is never chosen in en',
    ]);
    const french = warningsOf(englishSource.replace('language = en', 'language = fr'));
    assert.deepEqual(french, [], 'many is for millions there');
  });

  test('a placeholder that is never used', () => {
    const source = englishSource.replace('at {hour}:{minute}\ntime.yesterday', 'at {hour}\ntime.yesterday');
    assert.deepEqual(warningsOf(source), ['time.today: {minute} is not used']);
  });

  test('a number without marks in a language from right to left', () => {
    const unmarked = (source: string) =>
      warningsOf(source).filter((message) =>
        message.startsWith('subject.away: {subscriber} has no direction'),
      );
    assert.equal(unmarked(arabic).length, 1);
    for (const marked of ['\\u200E{subscriber}\\u200F', '\\u2066{subscriber}\\u2069!', '\\u200E{subscriber}'])
      assert.deepEqual(unmarked(arabic.replace('Your call to {subscriber}', `Your call to ${marked}`)), []);
    const open = arabic.replace('Your call to {subscriber}', 'Your call to \\u200E{subscriber} 3');
    assert.equal(unmarked(open).length, 1, 'what follows could be drawn into the number');
  });

  test('every version is looked at, each at its lines', () => {
    const next = englishSource
      .slice(englishSource.indexOf('[version 1]'))
      .replace('[version 1]', '[version 2]');
    const source = `${englishSource}${next.replace('a withheld number', 'a withheld number…')}`;
    const { warnings } = lintTemplates(source);
    assert.deepEqual(
      warnings.map(({ line }) => line),
      [source.split('\n').findLastIndex((line) => line.startsWith('caller.withheld')) + 1],
    );
  });
});
