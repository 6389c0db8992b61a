// npm run coverage            runs every test, in all processes and threads, and measures which lines and branches of src ran
// npm run coverage -- --look  looks at the figures of the last run again
//
// Ends with 1 when a test fails, or when a file is below the bar and docs/coverage.md has no reason for it, or has one that
// is no longer needed. The pages by file are in coverage/index.html.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

const LINES_MIN = 90;
const BRANCHES_MIN = 70;

const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), '..');
const look = process.argv.includes('--look');
let testsFailed = false;
if (!look) {
  rmSync(path.join(root, 'coverage'), { recursive: true, force: true });
  const { status } = spawnSync('npx', ['c8', process.execPath, 'scripts/run-tests.mjs'], {
    cwd: root,
    stdio: 'inherit',
    // What one process leaves is up to some MiB, a thousand times.
    env: { ...process.env, NODE_OPTIONS: '--max-old-space-size=4096' },
  });
  testsFailed = status !== 0;
}

const summaryFile = path.join(root, 'coverage/coverage-summary.json');
if (!existsSync(summaryFile)) {
  console.error('nothing was measured yet: npm run coverage');
  process.exit(1);
}
const { total, ...files } = JSON.parse(readFileSync(summaryFile, 'utf8'));
const reasons = readReasons();
const below = new Map();
for (const [file, { lines, branches }] of Object.entries(files)) {
  const name = path.relative(root, file);
  if (isTypesAlone(name)) continue;
  if (lines.pct < LINES_MIN || branches.pct < BRANCHES_MIN)
    below.set(name, `${lines.pct} % of lines, ${branches.pct} % of branches`);
}
const missing = [...below].filter(([name]) => !reasons.has(name));
const needless = [...reasons.keys()].filter((name) => !below.has(name));
console.log(
  `lines ${total.lines.pct} % (${total.lines.covered} of ${total.lines.total}), branches ${total.branches.pct} % ` +
    `(${total.branches.covered} of ${total.branches.total}); ${below.size} files below ${LINES_MIN} % of lines or ${BRANCHES_MIN} % of branches`,
);
for (const [name, figures] of missing) console.error(`no reason in docs/coverage.md: ${name} (${figures})`);
for (const name of needless)
  console.error(`docs/coverage.md names ${name}, which is above the bar or not there`);
process.exit(testsFailed || missing.length > 0 || needless.length > 0 ? 1 : 0);

/** Lines `| \`src/…\` | reason |` of the page. */
function readReasons() {
  const page = readFileSync(path.join(root, 'docs/coverage.md'), 'utf8');
  return new Map(
    [...page.matchAll(/^\| `(src\/[^`]+)` \| (.+?) \|$/gm)].map(([, file, reason]) => [file, reason]),
  );
}

/** What is left of it when it is built is nothing: types have no lines that could run. */
function isTypesAlone(name) {
  const built = path.join(root, 'dist', name.replace(/\.ts$/, '.js'));
  if (!existsSync(built)) return false;
  const code = readFileSync(built, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\/\/.*$/gm, '')
    .trim();
  return code === 'export {};';
}
