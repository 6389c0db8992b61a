// Runs node:test over dist/test/**/*.test.js. `node --test` on Node 20 expands no globs and would run helpers as tests.
//   node scripts/run-tests.mjs [word …]      only files whose path contains one of the words
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');
const tests = path.join(root, 'dist/test');
const sources = path.join(root, 'test');
const words = process.argv.slice(2);
const wanted = readdirSync(sources, { recursive: true })
  .filter((name) => name.endsWith('.test.ts') && !name.includes('planted'))
  .map((name) => path.join(tests, name.replace(/\.ts$/, '.js')))
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
  .sort();
if (wanted.length === 0) {
  console.error(`no test file matches ${words.join(' ') || 'test/**/*.test.ts'}`);
  process.exit(1);
}
const counts = { passed: 0, failed: 0, skipped: 0 };
const skips = [];
const stream = run({ files: wanted, concurrency: 2, timeout: 600_000 });
stream.on('test:pass', (event) => {
  if (event.details.type === 'suite') return;
  if (event.skip !== undefined) {
    counts.skipped++;
    skips.push(`${event.name}: ${event.skip === true ? 'no reason given' : event.skip}`);
  } else if (event.nesting > 0 || event.file !== undefined) counts.passed++;
});
stream.on('test:fail', (event) => {
  if (event.details.type !== 'suite') counts.failed++;
});
stream.compose(spec).pipe(process.stdout);
stream.on('end', () => {
  setImmediate(() => {
    if (skips.length > 0) process.stdout.write(`\nskipped:\n${skips.map((line) => `  ${line}\n`).join('')}`);
    process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
    if (counts.failed > 0 || counts.passed === 0) process.exitCode = 1;
  });
});
