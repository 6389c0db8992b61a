import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { sharedPath } from '../support/shared.ts';
import { repository } from '../support/sources.ts';

interface FeatureRow {
  readonly id: string;
  readonly what: string;
  readonly status: string;
  /** Where a test is, and what it is called. */
  readonly tests: readonly (readonly [file: string, name: string])[];
}

const text = readFileSync(path.join(repository, 'docs/features.md'), 'utf8');
const rows = text.split('\n').flatMap((line): FeatureRow[] => {
  const cells = /^\| ([A-Z]\d+) \| (.*) \| (.*) \|(.*)\|$/.exec(line);
  if (cells === null) return [];
  const [, id = '', what = '', status = '', tests = ''] = cells;
  const named = tests.split('<br>').flatMap((one) => {
    const [, file, name] = /^`([^`]+)` (.+)$/.exec(one.trim()) ?? [];
    assert(one.trim() === '' || name !== undefined, `${id}: "${one}" names no test`);
    return file === undefined || name === undefined ? [] : [[file, name] as const];
  });
  return [{ id, what, status: status.trim(), tests: named }];
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

test('a feature is done, partly or not yet, and what is there names a test of it', () => {
  for (const { id, status, tests } of rows) {
    assert(['done', 'partly', 'not yet'].includes(status), `${id} is "${status}"`);
    assert.equal(
      tests.length > 0,
      status !== 'not yet',
      `${id} is ${status} and names ${tests.length} tests`,
    );
  }
});

test('the tests that docs/features.md names are there', () => {
  for (const { id, tests } of rows)
    for (const [file, name] of tests) {
      const full = path.join(repository, file);
      assert(existsSync(full), `${id}: ${file} is not there`);
      const source = readFileSync(full, 'utf8').replaceAll("\\'", "'");
      assert(
        ["'", '"', '`'].some((quote) => source.includes(`${quote}${name}${quote}`)),
        `${id}: ${file} has no test "${name}"`,
      );
    }
});
