import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { ERROR_TABLE, errorReference } from '../../src/types/error-table.ts';
import { assertGolden } from '../support/golden.ts';
import { filesBelow } from '../support/sources.ts';

/** Codes that the program makes errors with, and where. */
function codesInUse(): Map<string, string> {
  const found = new Map<string, string>();
  for (const { file, text } of filesBelow('src', '.ts')) {
    if (file === 'src/types/error-table.ts') continue;
    for (const [, code] of text.matchAll(/'(CW_[A-Z_]+)'/g)) found.set(code!, file);
  }
  return found;
}

test('every code that the program uses is in the table of errors', () => {
  const known = new Set<string>(ERROR_TABLE.map(({ code }) => code));
  for (const [code, file] of codesInUse())
    assert(known.has(code), `${code} of ${file} has no row in src/types/error-table.ts`);
});

test('every row of the table of errors is used, once there, and is a sentence', () => {
  const used = codesInUse();
  for (const { code, means, remedy } of ERROR_TABLE) {
    assert(used.has(code), `${code} is used nowhere: remove its row from src/types/error-table.ts`);
    for (const text of [means, remedy]) assert.match(text, /^[A-Z`].*\.$/, code);
  }
  assert.equal(new Set(ERROR_TABLE.map(({ code }) => code)).size, ERROR_TABLE.length);
});

test('docs/errors.md is up to date', () => assertGolden('docs/errors.md', errorReference()));
