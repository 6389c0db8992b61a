/** Seeded runs of the whole engine in the whole network; `--help` says how they are asked for. */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { type FaultName, faultNames, isFaultName } from './faults.ts';
import { keptSeeds } from './kept-seeds.ts';
import { runSeed, type SeedOutcome } from './run-seed.ts';
import { seedNumber } from './seed-number.ts';
import { runRange } from './seed-range.ts';

const HELP = `Seeded runs of the whole engine in the whole network, on virtual time, with faults; every invariant is held against each run.

  npm run sim -- --seed N                    one seed, with its whole report
  npm run sim -- --seeds COUNT --seed BASE   a range, on all cores (--workers N: on so many)
  npm run sim -- --kept                      those that failed once (test/sim/kept-seeds.txt)
  … --no-fault NAME, --fault NAME            with a fault switched off, or on: what does a failure need? May be said several times.

BASE is a number or a commit; 1:N is seed N of the first generator. Ends with 1 on the first broken invariant, and prints the
command that replays it.

Faults: ${faultNames.join(', ')}
`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    workers: { type: 'string', default: String(availableParallelism()) },
    fault: { type: 'string', multiple: true, default: [] },
    'no-fault': { type: 'string', multiple: true, default: [] },
    kept: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}

function refuse(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(64);
}

const switches = new Map<FaultName, boolean>();
for (const [names, on] of [
  [values.fault, true],
  [values['no-fault'], false],
] as const)
  for (const name of names) {
    if (!isFaultName(name)) refuse(`there is no fault ${name}; there are: ${faultNames.join(', ')}`);
    switches.set(name, on);
  }

const asked = seedNumber(values.seed) ?? refuse('--seed is a number or a commit, perhaps with 1: before it');
const { seed: base, generator } = asked;
const count = Number(values.seeds);
const workers = Number(values.workers);
if (!Number.isSafeInteger(count) || count < 1) refuse('--seeds is a number');
if (!Number.isSafeInteger(workers) || workers < 1) refuse('--workers is a number');

function failed(outcome: SeedOutcome): never {
  const { seed, faults, broken, report, done } = outcome;
  const name = outcome.generator === 1 ? `1:${seed}` : String(seed);
  const switched = [...switches].map(([fault, on]) => ` ${on ? '--fault' : '--no-fault'} ${fault}`).join('');
  process.stdout.write(
    `${JSON.stringify({ seed: name, faults, done: Object.fromEntries(done), broken }, undefined, 1)}\n`,
  );
  process.stdout.write(`${JSON.stringify({ ...report, faults: report.faults.slice(0, 5) })}\n`);
  process.stderr.write(
    `seed ${name} failed: ${broken.map(({ invariant }) => invariant).join(', ')}; faults that were on: ${faults.join(', ')}\n` +
      `again: npm run sim -- --seed ${name}${switched}\nwhen it is mended: test/sim/kept-seeds.txt\n`,
  );
  process.exit(1);
}

if (values.kept) {
  for (const kept of keptSeeds()) {
    const outcome = await runSeed(kept.seed, { generator: kept.generator });
    if (outcome.broken.length > 0) failed(outcome);
  }
  process.stdout.write(`${keptSeeds().length} kept seeds, all well\n`);
} else if (count === 1) {
  const outcome = await runSeed(base, { generator, switches });
  if (outcome.broken.length > 0) failed(outcome);
  process.stdout.write(
    `${JSON.stringify({ ...outcome, done: Object.fromEntries(outcome.done) }, undefined, 1)}\n`,
  );
} else {
  const startedAtMs = performance.now();
  let shown = 0;
  const range = await runRange({
    base,
    count,
    generator,
    switches,
    workers,
    onProgress: (done) => {
      if (done - shown < 100 && done < count) return;
      shown = done;
      process.stderr.write(`${done} of ${count} seeds\n`);
    },
  });
  if (range.failed !== undefined) failed(range.failed);
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
  const { virtualMs, ...summary } = range.summary;
  const days = (virtualMs / 86_400_000).toFixed(2);
  process.stdout.write(
    `${count} seeds from ${values.seed} in ${seconds} s, ${days} days of virtual time, all well\n${JSON.stringify(summary, undefined, 1)}\n`,
  );
}
