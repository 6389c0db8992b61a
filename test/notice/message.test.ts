import { strict as assert } from 'node:assert';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { IntlMessageFormat } from 'intl-messageformat';
import { type LanguageForms, languageForms, pluralCategories } from '../../src/notice/language-forms.ts';
import { formatMessage } from '../../src/notice/message.ts';
import { parseMessage } from '../../src/notice/parse-message.ts';

const formsOf = (language: string): LanguageForms => {
  const forms = languageForms(language);
  assert(forms !== undefined);
  return forms;
};
const placeholders = { calls: 'number', caller: 'phone', why: 'text' } as const;
const parsed = (source: string, language = 'en') => {
  const result = parseMessage(source, placeholders, formsOf(language));
  assert(result.ok, result.ok ? '' : result.problem.message);
  return result.message;
};
const said = (source: string, values: Record<string, string | number> = {}) =>
  formatMessage(parsed(source), values);
const refusal = (source: string) => {
  const result = parseMessage(source, placeholders, formsOf('en'));
  return result.ok ? undefined : `${result.problem.lines}: ${result.problem.message}`;
};

const literals = fc
  .array(fc.constantFrom('a', ' ', 'é', 'ж', '{', '}', "'", ',', '<b>', '😀', '\u200E', '|'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((characters) =>
    characters.map((character) => (/[{}']/.test(character) ? quoted(character) : character)).join(''),
  );
/** What keeps a character from being syntax: an apostrophe is doubled, the others stand between two. */
function quoted(character: string): string {
  return character === "'" ? "''" : `'${character}'`;
}
const { message: messages } = fc.letrec<{ message: string; piece: string }>((tie) => {
  const forms = fc.dictionary(fc.constantFrom(...pluralCategories, '=0', '=1', '=7'), tie('message'), {
    maxKeys: 4,
  });
  const written = (options: Record<string, string>, other: string) =>
    Object.entries({ ...options, other })
      .map(([name, text]) => `${name} {${text}}`)
      .join(' ');
  return {
    message: fc.array(tie('piece'), { maxLength: 3 }).map((pieces) => pieces.join('')),
    piece: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      literals,
      fc.constantFrom('{calls}', '{caller}', '{why}', '{calls, number}', '#'),
      fc
        .tuple(
          fc.constantFrom('plural', 'selectordinal'),
          fc.constantFrom('', 'offset:1 '),
          forms,
          tie('message'),
        )
        .map(([kind, offset, options, other]) => `{calls, ${kind}, ${offset}${written(options, other)}}`),
      fc
        .tuple(fc.dictionary(fc.constantFrom('busy', 'b', 'away'), tie('message')), tie('message'))
        .map(([options, other]) => `{why, select, ${written(options, other)}}`),
    ),
  };
});

describe('N10: texts in ICU MessageFormat', () => {
  test('are what intl-messageformat makes of them, in languages of all plural rules', () => {
    const languages = ['en', 'ar', 'pl', 'ru', 'he', 'ja', 'fa', 'hi', 'cy', 'pt-BR'];
    fc.assert(
      fc.property(
        messages,
        fc.constantFrom(...languages),
        fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 3_000_000 })),
        fc.constantFrom('busy', 'away', 'no-answer', ''),
        (source, language, calls, why) => {
          const values = { calls, why, caller: '+4915112345678' };
          const reference = new IntlMessageFormat(source, language, undefined, { ignoreTag: true });
          const result = parseMessage(source, placeholders, formsOf(language));
          assert(result.ok, result.ok ? '' : result.problem.message);
          assert.equal(formatMessage(result.message, values), String(reference.format(values)));
        },
      ),
      { numRuns: 400 },
    );
  });

  test('a plural has the categories of its language', () => {
    const message = parsed('{calls, plural, one {a} two {b} few {c} many {d} zero {e} other {f}}', 'ar');
    const chosen = [0, 1, 2, 3, 11, 100].map((calls) => formatMessage(message, { calls }));
    assert.equal(chosen.join(''), 'eabcdf');
  });

  test('the digits of a placeholder are those of telephone numbers, # are the language’s', () => {
    const message = parsed('{calls} {calls, number} {calls, plural, other {#}}', 'fa');
    assert.equal(formatMessage(message, { calls: 1234 }), '1234 ۱٬۲۳۴ ۱٬۲۳۴');
  });

  test('what a template cannot say is refused, with the line', () => {
    assert.equal(refusal('a {tiem}'), '0: {tiem} is not known here');
    assert.equal(refusal('a\n{caller, plural, other {}}'), '1: {caller} is no number');
    assert.equal(refusal('{calls, plural,\none {a}\nmany{b}}'), '2: a choice has no form for all the others');
    assert.equal(refusal('{calls, plural,\non {a}\nother {b}}'), '1: "on" is no form of a plural');
    assert.match(refusal('{calls, date, short}') ?? '', /as a date or time of the runtime/);
    assert.match(refusal('{calls, number, ::.00}') ?? '', /has no style/);
    assert.equal(refusal("l'{caller}"), '0: the apostrophe before {caller} quotes it');
    assert.equal(refusal('{{caller}}'), '0: "{{caller}" is no placeholder');
    assert.equal(refusal('{__proto__}'), '0: {__proto__} is not known here');
    assert.equal(refusal('{caller} }'), '0: a "}" without its "{"');
    assert.equal(refusal('a \\q'), '0: "\\q" stands for nothing');
    assert.match(refusal('{caller, shout}') ?? '', /is not ICU MessageFormat/);
  });

  test('nothing that a file holds makes the parser throw, or run anything', () => {
    const nonsense = fc.oneof(
      fc.string({
        unit: fc.constantFrom(
          '{',
          '}',
          '#',
          "'",
          '"',
          '\\',
          ',',
          '=',
          'a',
          ' ',
          '\n',
          'plural',
          'select',
          'other',
          'calls',
          'why',
        ),
      }),
      fc.string({ unit: 'binary', maxLength: 50 }),
    );
    fc.assert(
      fc.property(nonsense, (source) => {
        const result = parseMessage(source, placeholders, formsOf('en'));
        if (result.ok) formatMessage(result.message, { calls: 2, caller: '+1', why: 'busy' });
      }),
      { numRuns: 2000 },
    );
    assert.equal(refusal('{why,select,other{'.repeat(110)), '0: "{" is not closed');
    assert.equal(said('{why, select, constructor {a} other {b}}', { why: 'toString' }), 'b');
  });
});
