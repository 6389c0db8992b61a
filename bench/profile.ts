/** `npm run profile -- NAME`: a benchmark under the profiler of V8, as flame graphs to open in a browser. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { busyUs, type CpuProfile, flameGraph } from './harness/flame-graph.ts';

const HELP = `
Examples:
  npm run profile -- pipeline            the engine without sockets: one file
  npm run profile -- load/calls          an engine process under load: a file for each of its threads
  npm run profile -- decode --to /tmp

The files are called NAME-….html; the busiest thread is the first one that is named. Nothing is measured well under a profiler:
for figures, npm run bench.
`;

const program = new Command('profile')
  .description('Runs a benchmark under the CPU profiler, and draws where the time went.')
  .argument('<name>', 'of a benchmark, or a part of its path')
  .option('--to <folder>', 'where the files go', '.')
  .addHelpText('after', HELP)
  .parse();
const [name = ''] = program.args;
const { to } = program.opts<{ to: string }>();
process.exitCode = profile(name, to);

function profile(word: string, folder: string): number {
  const found = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.bench.js') && file.includes(word))
    .sort();
  const [file] = found;
  if (file === undefined || found.length > 1) {
    const several = found.map((one) => one.replace(/\.bench\.js$/, '')).join(', ');
    process.stderr.write(
      file === undefined ? `no benchmark matches ${word}\n` : `${word} may be any of ${several}\n`,
    );
    return 1;
  }
  const directory = mkdtempSync(path.join(tmpdir(), 'callwake-profile-'));
  try {
    const { status } = spawnSync(
      process.execPath,
      ['--cpu-prof', `--cpu-prof-dir=${directory}`, path.join(import.meta.dirname, file)],
      { stdio: 'inherit', env: { ...process.env, CALLWAKE_PROFILE_DIRECTORY: directory } },
    );
    if (status !== 0) return 1;
    const title = file.replace(/\.bench\.js$/, '');
    const profiles = readdirSync(directory)
      .map((one) => JSON.parse(readFileSync(path.join(directory, one), 'utf8')) as CpuProfile)
      .sort((a, b) => busyUs(b) - busyUs(a));
    profiles.forEach((one, index) => {
      const target = path.join(folder, `${title.replaceAll(path.sep, '-')}-${index + 1}.html`);
      writeFileSync(target, flameGraph(one, `${title}, profile ${index + 1} of ${profiles.length}`));
      process.stdout.write(`${target}\n`);
    });
    return 0;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
