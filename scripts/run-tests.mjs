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
// Two of those that load the machine, and judge what comes of it in real time, are never run at once.
const loads = (file) => /[\\/](faults|loadtest|acceptance|bench)[\\/]/.test(path.relative(root, file));
const lanes = [wanted.filter(loads), wanted.filter((file) => !loads(file))].filter(
  (files) => files.length > 0,
);
let open = lanes.length;

function passed(event) {
  if (event.details.type === 'suite') return;
  if (event.skip !== undefined) {
    counts.skipped++;
    skips.push(`${event.name}: ${event.skip === true ? 'no reason given' : event.skip}`);
  } else if (event.nesting > 0 || event.file !== undefined) counts.passed++;
}

function ended() {
  if (--open > 0) return;
  setImmediate(() => {
    if (skips.length > 0) process.stdout.write(`\nskipped:\n${skips.map((line) => `  ${line}\n`).join('')}`);
    process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
    if (counts.failed > 0 || counts.passed === 0) process.exitCode = 1;
  });
}

for (const files of lanes) {
  const stream = run({ files, concurrency: 1, timeout: 600_000 });
  stream.on('test:pass', passed);
  stream.on('test:fail', (event) => {
    if (event.details.type !== 'suite') counts.failed++;
  });
  stream.compose(spec).pipe(process.stdout, { end: false });
  stream.on('end', ended);
}
