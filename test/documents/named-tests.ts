/** Tables in documents whose rows name the tests that show them. */
import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { repository } from '../support/sources.ts';

/** Where a test is, and what it is called. */
export type NamedTest = readonly [file: string, name: string];

/** Reads a cell of tests: a file between backticks and a name, several with `<br>` between them. */
export function namedTests(cell: string, row: string): NamedTest[] {
  return cell.split('<br>').flatMap((one): NamedTest[] => {
    if (one.trim() === '') return [];
    const [, file, name] = /^`([^`]+)` (.+)$/.exec(one.trim()) ?? [];
    assert(file !== undefined && name !== undefined, `${row}: "${one}" names no test`);
    return [[file, name]];
  });
}

/** What is there names a test, what is not there names none, and the tests are in their files. */
export function checkStatus(row: string, status: string, tests: readonly NamedTest[]): void {
  assert(['done', 'partly', 'not yet'].includes(status), `${row} is "${status}"`);
  assert.equal(tests.length > 0, status !== 'not yet', `${row} is ${status} and names ${tests.length} tests`);
  for (const [file, name] of tests) {
    const full = path.join(repository, file);
    assert(existsSync(full), `${row}: ${file} is not there`);
    const source = readFileSync(full, 'utf8').replaceAll("\\'", "'");
    assert(
      ["'", '"', '`'].some((quote) => source.includes(`${quote}${name}${quote}`)),
      `${row}: ${file} has no test "${name}"`,
    );
  }
}
