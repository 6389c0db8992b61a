import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { type FsmTable, fsmPicture, fsmWeaknesses } from '../../src/types/fsm.ts';

/** The repository, seen from `dist/test/types`. */
const root = path.resolve(import.meta.dirname, '../../..');

/**
 * What every state machine table must be: sound (one unguarded row at most per state and event, every target a state,
 * every state reachable, every row with its clause), and as its golden picture shows it. UPDATE_GOLDEN=1 draws it anew.
 */
export function checkTable<S extends string, E extends string, G extends string, A extends string>(
  t: TestContext,
  table: FsmTable<S, E, G, A>,
): void {
  assert.deepEqual(fsmWeaknesses(table), []);
  const golden = path.join(root, 'docs/state-machines', `${table.name}.md`);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(path.dirname(golden), { recursive: true });
    writeFileSync(golden, fsmPicture(table));
    t.diagnostic(`drawn anew: ${table.name}.md`);
  }
  assert.equal(
    fsmPicture(table),
    readFileSync(golden, 'utf8'),
    'review the change and run with UPDATE_GOLDEN=1',
  );
}
