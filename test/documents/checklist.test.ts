import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { NO_SHARED, sharedPath } from '../support/shared.ts';
import { repository } from '../support/sources.ts';

/** What begins the list of names, and the words of which such a name is made: `connect_asp_up`. */
const LIST = 'Names used by another public suite';
const NAME = /\b[a-z]+(?:_[a-z]+)+\b/g;

test('each scenario that another suite has a name for has a row in docs/conformance/checklist.md', (t) => {
  const list = sharedPath('checklists/ss7.md');
  if (list === undefined) return t.skip(NO_SHARED);
  const paragraph = readFileSync(list, 'utf8')
    .split(/\n\s*\n/)
    .find((one) => one.startsWith(LIST));
  assert(paragraph !== undefined, `"${LIST}" is not in ${list}`);
  const names = [...new Set(paragraph.match(NAME))];
  assert(names.length > 0);
  const rows = readFileSync(path.join(repository, 'docs/conformance/checklist.md'), 'utf8')
    .split('\n')
    .map((line) => line.split(' | ')[1]?.split(':')[0]);
  assert.deepEqual(
    names.filter((name) => !rows.includes(name)),
    [],
  );
});
