// Runs node:test over dist/test/**/*.test.js. `node --test` on Node 20 expands no globs and would run helpers as tests.
//   node scripts/run-tests.mjs [word …]      only files whose path contains one of the words
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
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
// Two of those that load the machine, and judge what comes of it in real time, are never run at once: one lane begins with them,
// the other one with the rest, and both end together.
const loads = (file) => /[\\/](faults|loadtest|acceptance|bench)[\\/]/.test(path.relative(root, file));
// Those that only compute share processes, a folder at a time: to start one for each costs more than what it runs.
const computes = (file) =>
  /^(call|connector|decode|explain|notice|provisioning|rules|selfcare|stack|subscriber|types|wire)[\\/]/.test(
    path.relative(tests, file),
  );
const loading = wanted.filter(loads);
const others = [
  ...bundled(wanted.filter(computes)),
  ...wanted.filter((file) => !loads(file) && !computes(file)),
];
const reported = new PassThrough({ objectMode: true });
reported.compose(spec).pipe(process.stdout);

function note({ type, data }) {
  if (data.details?.type === 'suite') return;
  if (type === 'test:fail') counts.failed++;
  if (type !== 'test:pass') return;
  if (data.skip !== undefined) {
    counts.skipped++;
    skips.push(`${data.name}: ${data.skip === true ? 'no reason given' : data.skip}`);
  } else if (data.nesting > 0 || data.file !== undefined) counts.passed++;
}

/** What each run says at its end of itself: files, tests, time. */
const isOfTheRun = ({ type, data }) => type === 'test:diagnostic' && data.file === undefined;

/** Files that import the tests of a folder each. */
function bundled(files) {
  const folders = new Map();
  for (const file of files) {
    const folder = path.dirname(file);
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return [...folders].map(([folder, own]) => {
    if (own.length === 1) return own[0];
    const bundle = path.join(folder, 'together.js');
    writeFileSync(bundle, own.map((file) => `import './${path.basename(file)}';\n`).join(''));
    return bundle;
  });
}

async function lane(next) {
  for (let file = next(); file !== undefined; file = next())
    for await (const event of run({ files: [file], concurrency: 1, timeout: 600_000 })) {
      note(event);
      if (!isOfTheRun(event)) reported.write(event);
    }
}

await Promise.all([lane(() => loading.shift() ?? others.pop()), lane(() => others.shift())]);
reported.end();
await finished(reported);
setImmediate(() => {
  if (skips.length > 0) process.stdout.write(`\nskipped:\n${skips.map((line) => `  ${line}\n`).join('')}`);
  process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
  if (counts.failed > 0 || counts.passed === 0) process.exitCode = 1;
});
