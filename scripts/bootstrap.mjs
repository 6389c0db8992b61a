// Makes a fresh clone ready (installs and builds what is missing), then does what was asked. Uses nothing but Node.
//   node scripts/bootstrap.mjs setup | demo [options] | test
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');
const [task = 'setup', ...rest] = process.argv.slice(2);
const say = (text) => process.stderr.write(`${text}\n`);
const npm = process.env.npm_execpath;

/** Everything a person need not read goes to standard error: standard output belongs to the report. */
function sh(file, args) {
  const result = spawnSync(file, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (result.error) throw result.error;
  if (result.status !== 0) {
    say(`callwake: "${path.basename(file)} ${args.join(' ')}" failed; what it said stands above.`);
    process.exit(result.status ?? 1);
  }
}

/** False: it has found something, and said what. */
function check(file, args) {
  const child = spawn(process.execPath, [file, ...args], { cwd: root, stdio: ['ignore', 2, 2] });
  return new Promise((resolve) => child.on('close', (code) => resolve(code === 0)));
}

const stamp = path.join(root, 'node_modules/.callwake-installed');
const lock = path.join(root, 'package-lock.json');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== readFileSync(lock, 'utf8')) {
  say('callwake: installing dependencies (once) …');
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund'];
  if (npm?.endsWith('.js')) sh(process.execPath, [npm, ...args]);
  else sh('npm', args);
  writeFileSync(stamp, readFileSync(lock, 'utf8'));
}

const built = path.join(root, 'dist/.built');
const sources = ['src', 'proto', 'test', 'bench', 'loadtest', 'tsconfig.json', 'package.json'].flatMap(
  (name) => {
    const full = path.join(root, name);
    if (!existsSync(full)) return [];
    if (!statSync(full).isDirectory()) return [full];
    return readdirSync(full, { recursive: true })
      .map((entry) => path.join(full, entry))
      .filter((file) => !file.includes('generated'));
  },
);
if (!existsSync(built) || sources.some((file) => statSync(file).mtimeMs > statSync(built).mtimeMs)) {
  say('callwake: building …');
  sh(process.execPath, [path.join(root, 'scripts/build.mjs')]);
  writeFileSync(built, '');
}

const follow = (file, args) => {
  const child = spawn(process.execPath, [path.join(root, file), ...args], { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
};
if (task === 'demo') follow('dist/src/cli/main.js', ['demo', ...rest]);
else if (task === 'test') {
  const checks = [
    ['node_modules/eslint/bin/eslint.js', '.'],
    ['node_modules/@biomejs/biome/bin/biome', 'check', '.'],
    ['scripts/check-boundaries.mjs'],
  ];
  // Each of them keeps one processor busy.
  const ends = await Promise.all(checks.map(([file, ...args]) => check(path.join(root, file), args)));
  if (ends.includes(false)) process.exit(1);
  follow('scripts/run-tests.mjs', rest);
}
