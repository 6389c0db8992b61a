import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  GlobalTitleTranslation,
  type TranslationRule,
  type TranslationTarget,
} from '../../../src/stack/sccp/global-title-translation.ts';
import type { GlobalTitle } from '../../../src/stack/sccp/service.ts';

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

/** Where the digits lead: a point code, or the reason why nowhere. */
function lead(rules: readonly TranslationRule[], given: GlobalTitle, sls = 0, available = all) {
  const translation = new GlobalTitleTranslation(rules);
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
  const translation = new GlobalTitleTranslation([
    {
      digits: '0*',
      targets: [{ routing: 'gt', title: { strip: 1, prefix: '49', natureOfAddress: 4, numberingPlan: 7 } }],
    },
  ]);
  const found = translation.translate(title('0155', { natureOfAddress: 3 }), 0, all);
  assert.ok(typeof found !== 'string');
  assert.deepEqual(found.globalTitle, title('49155', { numberingPlan: 7 }));
});

test('a wrong table is refused in words and the old one stays', () => {
  const translation = new GlobalTitleTranslation([{ digits: '49*', targets: [to(1)] }]);
  const wrong = translation.replace([
    { digits: '4x', targets: [to(2)] },
    { digits: '4*9', targets: [to(2)] },
    { digits: '33*', targets: [] },
    { digits: '44*', targets: [to(2)] },
    { digits: '44*', targets: [to(2)] },
  ]);
  assert.equal(wrong.length, 4);
  assert.ok(typeof translation.translate(title('491'), 0, all) !== 'string');
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
