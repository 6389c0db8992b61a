import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CpuProfile, flameGraph } from '../../bench/harness/flame-graph.ts';
import { figureText, goalText, isRow, type Row, ratioOf, verdictOf } from '../../bench/harness/row.ts';
import { comparisonOf, tableOf } from '../../bench/harness/table.ts';

const row: Row = { name: 'stack: decode', figure: 1_200, unit: 'ns', floor: 500, hash: 'a' };

test('a goal is held against the ratio or the figure, whichever it is of', () => {
  assert.equal(ratioOf(row), 2.4);
  assert.equal(verdictOf(row), 'no goal');
  assert.equal(verdictOf({ ...row, goal: { of: 'ratio', atMost: 2.5 } }), 'met');
  assert.equal(verdictOf({ ...row, goal: { of: 'ratio', atMost: 2.3 } }), 'missed');
  assert.equal(verdictOf({ ...row, goal: { of: 'figure', atLeast: 1_000 } }), 'met');
  assert.equal(verdictOf({ ...row, goal: { of: 'figure', atLeast: 1_201 } }), 'missed');
  assert.equal(verdictOf({ ...row, floor: undefined, goal: { of: 'ratio', atMost: 9 } }), 'missed');
  assert.equal(verdictOf({ ...row, figure: Number.NaN, goal: { of: 'figure', atMost: 9 } }), 'missed');
});

test('figures have three significant digits, and thin spaces between thousands', () => {
  assert.deepEqual([0, 0.1234, 1.5, 12.34, 1_234.5, 1_000_000].map(figureText), [
    '0',
    '0.123',
    '1.5',
    '12.3',
    '1\u2009235',
    '1\u2009000\u2009000',
  ]);
  assert.equal(goalText({ ...row, goal: { of: 'ratio', atMost: 2.5 } }), '≤ 2.5 ×');
  assert.equal(goalText({ ...row, goal: { of: 'figure', atLeast: 10_000 } }), '≥ 10\u2009000 ns');
});

test('the table has a line for each row, with its verdict', () => {
  const lines = tableOf([row, { ...row, name: 'x', goal: { of: 'ratio', atMost: 2 } }]).split('\n');
  assert.match(lines[0]!, /^what +figure +floor +ratio +goal +verdict$/);
  assert.match(lines[1]!, /^stack: decode +1.200 ns +500 ns +2\.4 ×$/);
  assert.match(lines[2]!, /^x .*≤ 2 × +missed$/);
});

test('two runs are compared row by row; what was not the same work says so', () => {
  const after = [
    { ...row, figure: 600 },
    { ...row, name: 'new' },
  ];
  const text = comparisonOf([row, { ...row, name: 'gone' }], after);
  assert.match(text, /stack: decode +1.200 ns +600 ns +0\.5 × +2\.4 × +1\.2 ×/);
  assert.match(text, /gone +1.200 ns +– /);
  assert.match(text, /new +– +1.200 ns/);
  assert.match(comparisonOf([row], [{ ...row, hash: 'b' }]), /not the same work/);
  assert.ok(isRow(JSON.parse(JSON.stringify(row))));
  assert.ok(!isRow({ ...row, figure: '5' }));
  assert.ok(!isRow(null));
});

test('a flame graph has what was called in its caller, without what was idle', () => {
  const node = (id: number, functionName: string, children: number[]) => {
    const url = functionName.startsWith('(') ? '' : 'file:///x/dist/src/stack/a.js';
    return { id, callFrame: { functionName, url, lineNumber: 6 }, children };
  };
  const profile: CpuProfile = {
    nodes: [node(1, '(root)', [2, 4]), node(2, 'outer', [3]), node(3, 'in<ner', []), node(4, '(idle)', [])],
    samples: [2, 3, 3, 4],
    timeDeltas: [1_000, 2_000, 1_000, 96_000],
  };
  const html = flameGraph(profile, 'a title');
  assert.match(html, /outer, dist\/src\/stack\/a\.js:7: 100\.000 %, of its own 25\.000 %/);
  assert.match(html, /in&#60;ner, dist\/src\/stack\/a\.js:7: 75\.000 %, of its own 75\.000 %/);
  assert.match(html, /left:0\.000%;width:75\.000%;top:36px" class="stack"/);
  assert.doesNotMatch(html, /idle/);
});
