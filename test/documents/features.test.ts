import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { sharedPath } from '../support/shared.ts';
import { repository } from '../support/sources.ts';
import { checkStatus, type NamedTest, namedTests } from './named-tests.ts';

interface FeatureRow {
  readonly id: string;
  readonly what: string;
  readonly status: string;
  readonly tests: readonly NamedTest[];
}

const text = readFileSync(path.join(repository, 'docs/features.md'), 'utf8');
const rows = text.split('\n').flatMap((line): FeatureRow[] => {
  const cells = /^\| ([A-Z]\d+) \| (.*) \| (.*) \|(.*)\|$/.exec(line);
  if (cells === null) return [];
  const [, id = '', what = '', status = '', tests = ''] = cells;
  return [{ id, what, status: status.trim(), tests: namedTests(tests, id) }];
});

test('docs/features.md has every feature once', (t) => {
  const ids = rows.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  assert(rows.every(({ what }) => what.trim().length > 5));
  const wanted = sharedPath('FEATURES.md');
  if (wanted === undefined) return t.skip('../shared/FEATURES.md is not there');
  const known = [...readFileSync(wanted, 'utf8').matchAll(/^\| ([A-Z]\d+) \|/gm)].map(([, id]) => id!);
  assert(known.length > 0);
  assert.deepEqual([...ids].sort(), known.sort());
});

test('a feature is done, partly or not yet, and what is there names tests of it that are there', () => {
  for (const { id, status, tests } of rows) checkStatus(id, status, tests);
});
