/**
 * npm run sim -- --seed N              one seed, with its whole report
 * npm run sim -- --seeds COUNT --seed BASE
 *
 * Ends with 1 on the first run that lost, doubled or mistold something, and prints the command that replays it.
 */
import { parseArgs } from 'node:util';
import { runSeed } from './run-seed.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, seeds: { type: 'string', default: '1' } },
});
/** A number, or the hash of a commit. */
const base = /^\d+$/.test(values.seed) ? Number(values.seed) : Number.parseInt(values.seed.slice(0, 12), 16);
const count = Number(values.seeds);
if (!Number.isSafeInteger(base) || !Number.isSafeInteger(count) || count < 1) {
  process.stderr.write('npm run sim -- --seeds COUNT --seed BASE: both are numbers, BASE may be a commit\n');
  process.exit(64);
}
const total = { kills: 0, missed: 0, told: 0, repeated: 0, unacknowledged: 0, late: 0, virtualMs: 0 };
const startedAtMs = performance.now();
for (let seed = base; seed < base + count; seed++) {
  const { clean, kills, unrest, report, virtualMs } = await runSeed(seed);
  total.kills += kills;
  total.missed += report.callsMissed;
  total.told += report.callsTold;
  total.repeated += report.repeated;
  total.unacknowledged += report.unacknowledged;
  total.late += report.late;
  total.virtualMs += virtualMs;
  if (!clean || count === 1)
    process.stdout.write(`${JSON.stringify({ seed, kills, unrest, ...report }, undefined, 1)}\n`);
  if (!clean) {
    process.stderr.write(
      `seed ${seed} failed; again: npm run sim -- --seed ${seed}; when it is mended: test/sim/kept-seeds.txt\n`,
    );
    process.exit(1);
  }
  if ((seed - base + 1) % 100 === 0) process.stderr.write(`${seed - base + 1} of ${count} seeds\n`);
}
const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
process.stdout.write(`${count} seeds in ${seconds} s, all well: ${JSON.stringify(total)}\n`);
