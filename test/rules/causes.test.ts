import assert from 'node:assert/strict';
import { test } from 'node:test';
import { causeTable, reasonOf } from '../../src/rules/causes.ts';

test('C7 ITU-T Q.850 §2.2.5, §2.2.6, §2.2.7, §2.2.9, §2.2.10, §2.2.11 causes of the network are no missed calls', () => {
  for (const cause of [1, 3, 26, 34, 38, 41, 42, 47, 58, 88, 102, 111, 127])
    assert.equal(reasonOf(cause), undefined, `${cause}`);
  assert.equal(reasonOf(17), 'busy');
  assert.equal(reasonOf(19), 'no-answer');
  assert.equal(reasonOf(20), 'not-reachable');
  assert.equal(reasonOf(87), 'barred');
});

test('C7 each cause has one row, and a cause that has none is of the network', () => {
  const causes = causeTable.map(([cause]) => cause);
  assert.equal(new Set(causes).size, causes.length);
  for (let cause = 0; cause < 300; cause++)
    if (!causes.includes(cause)) assert.equal(reasonOf(cause), undefined);
});
