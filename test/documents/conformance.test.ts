import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { capApplicationContexts } from '../../src/stack/cap/application-contexts.ts';
import { mapApplicationContexts } from '../../src/stack/map/application-contexts.ts';
import type { ApplicationContext } from '../../src/stack/ros/application-context.ts';
import { assertGolden } from '../support/golden.ts';
import { filesBelow } from '../support/sources.ts';
import { checkStatus, namedTests } from './named-tests.ts';

test('the conformance matrices name a clause or none, a status, and tests that are there', () => {
  for (const { file, text } of filesBelow('docs/conformance', '.md')) {
    let rows = 0;
    for (const line of text.split('\n')) {
      const cells = /^\| ?([^|]*)\| ([^|]+) \| (done|partly|not yet|[^|]*) \|(.*)\|$/.exec(line);
      if (cells === null || cells[1]!.startsWith('clause') || cells[1]!.startsWith('---')) continue;
      const [, clause = '', obligation = '', status = '', tests = ''] = cells;
      if (file.endsWith('operations.md')) continue;
      assert.match(clause, /^$|§|figure/, `${file}: ${line}`);
      checkStatus(`${file}: ${obligation}`, status, namedTests(tests, `${file}: ${obligation}`));
      rows++;
    }
    assert(rows > 0 || file.endsWith('operations.md'), file);
  }
});

test('docs/conformance/operations.md is up to date', () => {
  const lines = [
    '# Operations of MAP and CAP',
    '',
    'Every operation that is declared, and the application contexts that have it: those it is read and written in, and shown by',
    '`callwake decode`. Which of them the service uses is in [map.md](map.md) and [cap.md](cap.md).',
    '',
    ...table('MAP: 3GPP TS 29.002 §17', 'versions', mapApplicationContexts.all),
    ...table('CAP: 3GPP TS 29.078', 'phases', capApplicationContexts.all),
  ];
  assertGolden('docs/conformance/operations.md', lines.join('\n'));
});

function table(title: string, what: string, contexts: readonly ApplicationContext[]): string[] {
  const rows = new Map<string, { code: number; versions: Set<number>; contexts: Set<string> }>();
  for (const context of contexts)
    for (const operations of [context.initiator, context.responder])
      for (const { name = '', code } of operations.values()) {
        const row = rows.get(name) ?? { code, versions: new Set(), contexts: new Set() };
        row.versions.add(context.version);
        row.contexts.add(context.name.replace(/-?v\d+$/i, ''));
        rows.set(name, row);
      }
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    `## ${title}`,
    '',
    `| operation | code | ${what} | application contexts |`,
    '|---|---|---|---|',
    ...sorted.map(
      ([name, { code, versions, contexts: names }]) =>
        `| ${name} | ${code} | ${[...versions].sort().join(', ')} | ${[...names].sort().join(', ')} |`,
    ),
    '',
  ];
}
