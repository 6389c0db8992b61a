/** Every benchmark runs on small inputs: none rots, each has rows, and two runs of one do the same work. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { isRow, type Row } from '../../bench/harness/row.ts';

const bench = path.resolve(import.meta.dirname, '../../bench');
const folder = mkdtempSync(path.join(tmpdir(), 'callwake-bench-test-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function run(...words: string[]) {
  return spawnSync(process.execPath, [path.join(bench, 'main.js'), ...words], { encoding: 'utf8' });
}

function rowsOf(file: string): Row[] {
  const rows = JSON.parse(readFileSync(file, 'utf8')) as unknown[];
  assert.ok(rows.every(isRow));
  return rows;
}

test('all of them run, and each has rows of its own', () => {
  const file = path.join(folder, 'all.json');
  const { status, stdout, stderr } = run('--quick', '--json', file);
  assert.equal(status, 0, stderr);
  const rows = rowsOf(file);
  const names = rows.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length, 'no name comes twice');
  for (const one of readdirSync(bench, { recursive: true, encoding: 'utf8' })) {
    if (!one.endsWith('.bench.js')) continue;
    const prefix = one
      .replace(/\.bench\.js$/, '')
      .split(path.sep)
      .join('/');
    assert.ok(
      names.some((name) => name.startsWith(`${prefix}:`)),
      `${prefix} has a row`,
    );
  }
  for (const { name, figure, unit, hash } of rows) {
    // On a busy machine not even the lowest rate may hold.
    assert.ok(Number.isFinite(figure) && (figure > 0 || unit === '/s'), `${name}: ${figure}`);
    assert.match(hash, /^[0-9a-f]{12}$/);
    assert.ok(stdout.includes(name));
  }
});

test('a benchmark does the same work each time, and two runs can be compared', () => {
  const files = ['a.json', 'b.json'].map((name) => path.join(folder, name));
  for (const file of files) assert.equal(run('stack/decode', '--quick', '--json', file).status, 0);
  const [a, b] = files.map(rowsOf);
  assert.deepEqual(
    a!.map(({ hash }) => hash),
    b!.map(({ hash }) => hash),
  );
  const { status, stdout } = run('--compare', ...files);
  assert.equal(status, 0);
  assert.match(stdout, /stack\/decode/);
  assert.doesNotMatch(stdout, /not the same work/);
});

test('a mistake is answered with what to do', () => {
  assert.match(run('no-such-benchmark').stderr, /no benchmark matches no-such-benchmark/);
  const broken = path.join(folder, 'broken.json');
  writeFileSync(broken, '[{"name":1}]');
  const { status, stderr } = run('--compare', broken, broken);
  assert.equal(status, 1);
  assert.match(stderr, /holds no rows of a benchmark: write it with/);
  assert.equal(run('--compare', broken).status, 64);
});
