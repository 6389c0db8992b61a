import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { GlobalTitleTranslation } from '../../../src/stack/sccp/global-title-translation.ts';
import type { GlobalTitle } from '../../../src/stack/sccp/service.ts';
import type {
  TitleChange,
  TranslationRule,
  TranslationTarget,
} from '../../../src/stack/sccp/translation-rules.ts';

const title = (digits: string, changes: Partial<GlobalTitle> = {}): GlobalTitle => ({
  gti: 4,
  translationType: 0,
  numberingPlan: 1,
  natureOfAddress: 4,
  digits,
  ...changes,
});
const to = (pointCode: number): TranslationTarget => ({ pointCode, routing: 'ssn', ssn: 6 });
const all = (_target: TranslationTarget) => true;

function table(rules: readonly TranslationRule[]): GlobalTitleTranslation {
  const translation = new GlobalTitleTranslation();
  assert.deepEqual(translation.replace(rules), []);
  return translation;
}

/** Where the digits lead: a point code, or the reason why nowhere. */
function lead(rules: readonly TranslationRule[], given: GlobalTitle, sls = 0, available = all) {
  const translation = table(rules);
  const found = translation.translate(given, sls, available);
  return typeof found === 'string' ? found : found.target.pointCode;
}

test('the longest pattern wins, exact digits before a prefix, a digit before any digit', () => {
  const rules: TranslationRule[] = [
    { digits: '*', targets: [to(1)] },
    { digits: '49*', targets: [to(2)] },
    { digits: '49155*', targets: [to(3)] },
    { digits: '491551', targets: [to(4)] },
    { digits: '49155?2*', targets: [to(5)] },
  ];
  assert.equal(lead(rules, title('33123')), 1);
  assert.equal(lead(rules, title('')), 1);
  assert.equal(lead(rules, title('4917')), 2);
  assert.equal(lead(rules, title('49155')), 3);
  assert.equal(lead(rules, title('491551')), 4);
  assert.equal(lead(rules, title('4915511')), 3);
  assert.equal(lead(rules, title('4915592')), 5);
});

test('ITU-T Q.713 §3.12: no rule for the kind of title is cause 0, none for the digits is cause 1', () => {
  const rules: TranslationRule[] = [
    { numberingPlan: 1, natureOfAddress: 4, digits: '49*', targets: [to(1)] },
  ];
  assert.equal(lead(rules, title('331')), 'no-translation-for-address');
  assert.equal(lead(rules, title('49', { numberingPlan: 6 })), 'no-translation-for-nature');
  assert.equal(lead([], title('49')), 'no-translation-for-nature');
});

test('rules that say more about the title come first', () => {
  const rules: TranslationRule[] = [
    { digits: '49*', targets: [to(1)] },
    { translationType: 9, numberingPlan: 7, digits: '49*', targets: [to(2)] },
    { translationType: 9, digits: '49*', targets: [to(3)] },
  ];
  assert.equal(lead(rules, title('49')), 1);
  assert.equal(lead(rules, title('49', { translationType: 9 })), 3);
  assert.equal(lead(rules, title('49', { translationType: 9, numberingPlan: 7 })), 2);
});

test('dominant takes the first that can be reached, loadshare spreads by SLS over those', () => {
  const targets = [to(1), to(2), to(3)];
  const without = (gone: number) => (target: TranslationTarget) => target.pointCode !== gone;
  const dominant: TranslationRule[] = [{ digits: '*', mode: 'dominant', targets }];
  assert.equal(lead(dominant, title('1')), 1);
  assert.equal(lead(dominant, title('1'), 0, without(1)), 2);
  assert.equal(
    lead(dominant, title('1'), 0, () => false),
    1,
  );
  const shared: TranslationRule[] = [{ digits: '*', mode: 'loadshare', targets }];
  assert.deepEqual(
    [0, 1, 2, 3].map((sls) => lead(shared, title('1'), sls)),
    [1, 2, 3, 1],
  );
  assert.deepEqual(
    [0, 1, 2, 3].map((sls) => lead(shared, title('1'), sls, without(2))),
    [1, 3, 3, 1],
  );
  assert.equal(lead([{ digits: '*', targets }], title('1'), 2), 1);
});

test('a title may be changed: digits stripped and put in front, nature and plan replaced', () => {
  const translation = table([
    {
      digits: '0*',
      targets: [{ routing: 'gt', title: { strip: 1, prefix: '49', natureOfAddress: 4, numberingPlan: 7 } }],
    },
  ]);
  const found = translation.translate(title('0155', { natureOfAddress: 3 }), 0, all);
  assert.ok(typeof found !== 'string');
  assert.deepEqual(found.globalTitle, title('49155', { numberingPlan: 7 }));
});

test('ITU-T Q.714 §2.4.5: rules select by global title indicator, translation type, numbering plan and nature of address', () => {
  const fields = ['gti', 'translationType', 'numberingPlan', 'natureOfAddress'] as const;
  for (const field of fields) {
    const rules: TranslationRule[] = [
      { digits: '*', targets: [to(1)] },
      { digits: '*', [field]: 3, targets: [to(2)] },
    ];
    assert.equal(lead(rules, title('49', { [field]: 3 })), 2, field);
    assert.equal(lead(rules, title('49', { [field]: 2 })), 1, field);
  }
  // A title that has no such field does not have the one that is asked for.
  const plan: TranslationRule[] = [{ digits: '*', numberingPlan: 0, targets: [to(1)] }];
  assert.equal(lead(plan, { gti: 2, translationType: 0, digits: '49' }), 'no-translation-for-nature');
});

test('ITU-T Q.714 §2.4.4: a new title has the fields of its indicator, with digits kept, replaced, prefixed or removed', () => {
  const changes: readonly (readonly [change: TitleChange, title: GlobalTitle])[] = [
    [{}, title('49155')],
    [{ strip: 2 }, title('155')],
    [{ strip: 9 }, title('')],
    [{ prefix: '00' }, title('0049155')],
    [{ strip: 2, prefix: '0' }, title('0155')],
    [{ digits: '49170' }, title('49170')],
    [
      { translationType: 9, numberingPlan: 7, natureOfAddress: 3 },
      title('49155', { translationType: 9, numberingPlan: 7, natureOfAddress: 3 }),
    ],
    [{ gti: 1 }, { gti: 1, natureOfAddress: 4, digits: '49155' }],
    [
      { gti: 2, translationType: 5 },
      { gti: 2, translationType: 5, digits: '49155' },
    ],
    [
      { gti: 3, strip: 1 },
      { gti: 3, translationType: 0, numberingPlan: 1, digits: '9155' },
    ],
  ];
  for (const [change, expected] of changes) {
    const rule: TranslationRule = { digits: '*', targets: [{ pointCode: 1, routing: 'gt', title: change }] };
    const found = table([rule]).translate(title('49155'), 0, all);
    assert.ok(typeof found !== 'string');
    assert.deepEqual(found.globalTitle, expected);
  }
});

test('loadshare is stable: while others come and go, an SLS keeps its target', () => {
  const targets = [to(1), to(2), to(3), to(4)];
  const shared: TranslationRule[] = [{ digits: '*', mode: 'loadshare', targets }];
  for (let sls = 0; sls < 16; sls++) {
    const usual = lead(shared, title('1'), sls);
    for (const gone of [1, 2, 3, 4]) {
      const now = lead(shared, title('1'), sls, ({ pointCode }) => pointCode !== gone);
      if (gone === usual) assert.notEqual(now, gone);
      else assert.equal(now, usual);
    }
  }
});

test('all that is wrong with a table is said at once, by its key, and the old one stays', () => {
  const translation = table([{ digits: '49*', targets: [to(1)] }]);
  const wrong = translation.replace([
    { digits: '4x', targets: [to(2)] },
    { digits: '4*9', targets: [to(2)] },
    { digits: '33*', targets: [] },
    { digits: '44*', targets: [to(2)] },
    { digits: '44*', targets: [to(2)] },
    { digits: '1', gti: 5, numberingPlan: 16, targets: [{ pointCode: 1, routing: 'ssn', ssn: 0 }] },
    { digits: '2', targets: [to(1), { routing: 'gt' }] },
    { digits: '3', targets: [{ routing: 'gt', title: { digits: '12', strip: 1 } }] },
    {
      digits: '4',
      targets: [{ pointCode: 3, routing: 'gt', title: { prefix: '+49', natureOfAddress: 200 } }],
    },
    { digits: '5'.repeat(40), targets: [to(1)] },
    { digits: '6', targets: Array.from({ length: 17 }, () => to(1)) },
  ]);
  assert.deepEqual(
    wrong.map(({ path }) => path),
    [
      '[0].digits',
      '[1].digits',
      '[2].targets',
      '[4].digits',
      '[5].gti',
      '[5].numberingPlan',
      '[5].targets[0].ssn',
      '[6].targets[1]',
      '[7].targets[0].title.digits',
      '[8].targets[0].title.natureOfAddress',
      '[8].targets[0].title.prefix',
      '[9].digits',
      '[10].targets',
    ],
  );
  for (const { message } of wrong) assert.match(message, /\w/);
  assert.ok(typeof translation.translate(title('491'), 0, all) !== 'string');
});

test('a table of 10 000 rules is searched in the depth of the digits', () => {
  const rules = Array.from(
    { length: 10_000 },
    (_, index): TranslationRule => ({ digits: `49${index}*`, targets: [to(index % 100)] }),
  );
  assert.equal(lead(rules, title('499999123')), 99);
});

test('the search finds what a walk over all patterns finds', () => {
  const digit = fc.constantFrom('1', '2', '?');
  const pattern = fc
    .tuple(fc.array(digit, { maxLength: 4 }), fc.boolean())
    .map(([digits, open]) => digits.join('') + (open ? '*' : ''));
  fc.assert(
    fc.property(
      fc.uniqueArray(pattern, { maxLength: 12 }),
      fc.array(fc.constantFrom('1', '2', '3'), { maxLength: 5 }),
      (patterns, digits) => {
        const text = digits.join('');
        const rules = patterns.map((one, index) => ({ digits: one, targets: [to(index + 1)] }));
        const found = lead(rules, title(text));
        const matching = patterns.filter((one) =>
          new RegExp(`^${one.replaceAll('?', '.').replace('*', '.*')}$`).test(text),
        );
        if (matching.length === 0) assert.equal(typeof found, 'string');
        else {
          const weight = (one: string) => (one.endsWith('*') ? one.length - 1 : one.length + 0.5);
          const best = Math.max(...matching.map(weight));
          assert.equal(weight(patterns[(found as number) - 1]!), best);
        }
      },
    ),
    { numRuns: 300 },
  );
});
