import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import ts from 'typescript';
import {
  COUNTER_TABLE,
  counterPattern,
  counterReference,
  counterRow,
} from '../../src/types/counter-table.ts';
import { assertGolden } from '../support/golden.ts';
import { filesBelow } from '../support/sources.ts';

const rows = COUNTER_TABLE.flatMap(({ rows }) => rows);
const families = new Set(rows.map(([name]) => name.split('.')[0]!));

/** Files whose counters have names that are made elsewhere in them, or are the codes of failures that they return. */
const namesAreElsewhere = [
  'src/adapters/metrics/shared-counters.ts',
  'src/adapters/sctp/m3ua-frames.ts',
  'src/gateway/cap/cap-call.ts',
  'src/stack/m3ua/peer.ts',
  'src/stack/sccp/connectionless-control.ts',
  'src/stack/sccp/sccp.ts',
  'src/stack/sctp/chunk.ts',
];

/** A literal's text, with what is put into it as `*`; of a choice both. */
function texts(node: ts.Node): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node))
    return [node.head.text + node.templateSpans.map(({ literal }) => `*${literal.text}`).join('')];
  if (ts.isConditionalExpression(node)) return [...texts(node.whenTrue), ...texts(node.whenFalse)];
  return [];
}

function isCount(node: ts.Node): node is ts.CallExpression {
  if (!ts.isCallExpression(node) || node.arguments.length === 0) return false;
  const { expression } = node;
  return ts.isPropertyAccessExpression(expression)
    ? ['count', '#count'].includes(expression.name.text)
    : ts.isIdentifier(expression) && expression.text === 'count';
}

/** Names that are counted, with `*` for what is put in, and where. */
function countedNames(): Map<string, string> {
  const names = new Map<string, string>();
  const looksLikeOne = (text: string): boolean =>
    /^[\w*-]+(\.[\w*-]+)+$/.test(text) && families.has(text.split('.')[0]!);
  for (const { file, text } of filesBelow('src', '.ts')) {
    // The simulated network is not the operator's; the page counts nothing.
    if (/^src\/(simulator|web\/page)\//.test(file)) continue;
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
    const all = namesAreElsewhere.includes(file);
    const visit = (node: ts.Node): void => {
      const logs = ts.isCallExpression(node) && /log\.(info|warn|error)$/.test(node.expression.getText());
      if (logs) return;
      if (isCount(node)) for (const name of texts(node.arguments[0]!)) names.set(name, file);
      if (all) for (const name of texts(node)) if (looksLikeOne(name)) names.set(name, file);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return names;
}

test('every counter that the program counts is in the table of counters', () => {
  const known = new Set(rows.map(([name]) => counterPattern(name)));
  const missing = [...countedNames()].filter(([name]) => !known.has(name));
  assert.deepEqual(missing, [], 'give them rows in src/types/counter-table.ts');
});

test('every row of the table of counters is counted, is there once, and is a sentence', () => {
  const counted = countedNames();
  const unused = rows.map(([name]) => name).filter((name) => !counted.has(counterPattern(name)));
  assert.deepEqual(unused, [], 'remove their rows from src/types/counter-table.ts');
  assert.equal(new Set(rows.map(([name]) => name)).size, rows.length);
  for (const [name, , means] of rows) assert.match(means, /^[A-Za-z].*\.$/, name);
});

test('a counter is found by its name: its own row first, else that of its pattern', () => {
  assert.equal(counterRow('notice.uncertain')?.[1], 'peer');
  assert.equal(counterRow('notice.delivered')?.[0], 'notice.<result>');
  assert.equal(counterRow('tcap.sent.pAbort.4')?.[1], 'bound');
  assert.equal(counterRow('m3ua.error.sent.refused-management-blocking')?.[0], 'm3ua.error.sent.<code>');
  assert.equal(counterRow('nothing.of.the.kind'), undefined);
});

test('docs/counters.md is up to date', () => assertGolden('docs/counters.md', counterReference()));
