import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { citedClauses, citedForTheirValues } from './clauses.ts';

const cited = citedClauses();

test('every clause that the code cites is shown by a row of a matrix or by a test that cites it', () => {
  const untested = cited
    .filter(({ standard, shownBy }) => shownBy.length === 0 && !citedForTheirValues.has(standard))
    .map(({ standard, clause, files }) => `${standard} §${clause} (${files.join(', ')})`);
  assert.deepEqual(untested, []);
});

test('many are cited, and the standards that are cited for their values are cited', () => {
  assert.ok(cited.length > 300, `${cited.length}`);
  const standards = new Set(cited.map(({ standard }) => standard));
  assert.deepEqual(
    [...citedForTheirValues.keys()].filter((standard) => !standards.has(standard)),
    [],
  );
});
