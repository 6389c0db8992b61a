// The import rules of .dependency-cruiser.cjs: none broken, the modules really read, and a planted violation found.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');
const cruise = (args) => {
  const bin = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  try {
    return JSON.parse(
      execFileSync(process.execPath, [bin, ...args, '--output-type', 'json'], {
        cwd: root,
        maxBuffer: 1 << 28,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      }),
    );
  } catch (error) {
    if (error.stdout) return JSON.parse(error.stdout);
    throw error;
  }
};
const count = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name.endsWith('.ts'),
  ).length;
const fail = (text) => {
  console.error(`boundaries: ${text}`);
  process.exit(1);
};

const FOLDERS = ['src', 'loadtest'];
const files = FOLDERS.reduce((sum, folder) => sum + count(path.join(root, folder)), 0);
const real = cruise(['--config', '.dependency-cruiser.cjs', ...FOLDERS]);
const read = real.modules.filter(
  ({ source }) => FOLDERS.some((folder) => source.startsWith(`${folder}/`)) && source.endsWith('.ts'),
).length;
if (read < files || files === 0)
  fail(`only ${read} of ${files} modules of ${FOLDERS.join('/ and ')}/ were read`);
for (const { rule, from, to } of real.summary.violations)
  console.error(`boundaries: ${rule.name}: ${from} → ${to}`);
if (real.summary.violations.length > 0) fail(`${real.summary.violations.length} import rules are broken`);

const planted = cruise(['--config', 'test/boundaries/planted/config.cjs', 'test/boundaries/planted/src']);
const names = planted.summary.violations.map((violation) => violation.rule.name);
for (const wanted of ['types-at-the-bottom', 'lmdb-has-one-home'])
  if (!names.includes(wanted)) fail(`the planted violation of ${wanted} was not found`);
console.log(`boundaries: ${read} modules, no violation, ${names.length} planted violations found`);
