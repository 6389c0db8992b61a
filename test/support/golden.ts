import { strict as assert } from 'node:assert';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** dist/test/support → the root of the repository. */
const root = path.resolve(import.meta.dirname, '../../..');

/** Asserts that a generated file is up to date; writes it instead when env UPDATE_GOLDEN is 1. */
export function assertGolden(file: string, text: string): void {
  const full = path.join(root, file);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, text);
  }
  assert(existsSync(full), `${file} is not there: run the test with UPDATE_GOLDEN=1`);
  assert.equal(readFileSync(full, 'utf8'), text, `${file} is out of date: run the test with UPDATE_GOLDEN=1`);
}
