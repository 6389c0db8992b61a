/** `npm run bench`: the benchmarks, each in a process of its own, and what they say of the goals. */
import { fork } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { isRow, type Row, verdictOf } from './harness/row.ts';
import { comparisonOf, tableOf } from './harness/table.ts';

const HELP = `
Each benchmark prints its figure beside a floor that was measured in the same run, and the goal for the ratio of both: these
figures go from one machine to another. Nothing else should run meanwhile.

Examples:
  npm run bench                              all, about ten minutes
  npm run bench -- decode rings              those whose path has one of the words
  npm run bench -- --json before.json        …and keeps the rows
  npm run bench -- --compare before.json after.json
  npm run bench -- --quick                   small inputs: shows that they run, measures nothing
  npm run profile -- engine                  a flame graph of one of them

The exit code is 1 when one of them fails, or none has the words; a goal that is missed is no failure.
`;

interface Options {
  readonly json?: string;
  readonly compare?: string;
  readonly quick: boolean;
}

const program = new Command('bench')
  .description('Measures Callwake, from its codecs to the whole engine under load.')
  .argument('[words...]', 'only benchmarks whose path has one of them')
  .option('--json <file>', 'writes the rows there')
  .option('--compare <before>', 'compares two files of rows; the other one is the argument')
  .option('--quick', 'small inputs', false)
  .addHelpText('after', HELP)
  .parse();
const options = program.opts<Options>();
process.exitCode =
  options.compare === undefined
    ? await run(program.args, options)
    : compare(options.compare, program.args[0]);

async function run(words: readonly string[], { json, quick }: Options): Promise<number> {
  const wanted = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.bench.js'))
    .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
    .sort();
  if (wanted.length === 0) {
    process.stderr.write(`no benchmark matches ${words.join(' ')}\n`);
    return 1;
  }
  const all: Row[] = [];
  const failed: string[] = [];
  for (const name of wanted) {
    process.stderr.write(`${name.replace(/\.bench\.js$/, '')} …\n`);
    const rows = await runOne(name, quick);
    if (rows === undefined) failed.push(name);
    else all.push(...rows);
  }
  process.stdout.write(`\n${tableOf(all)}`);
  const missed = all.filter((row) => verdictOf(row) === 'missed').length;
  const goals = all.filter((row) => row.goal !== undefined).length;
  if (!quick) process.stdout.write(`\n${goals - missed} of ${goals} goals met\n`);
  for (const name of failed) process.stderr.write(`${name} failed\n`);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(all, undefined, 2)}\n`);
  return failed.length > 0 ? 1 : 0;
}

/** Its rows; undefined when it failed or had none. */
function runOne(name: string, quick: boolean): Promise<Row[] | undefined> {
  const rows: Row[] = [];
  const child = fork(path.join(import.meta.dirname, name), [], {
    env: { ...process.env, ...(quick ? { CALLWAKE_BENCH_QUICK: '1' } : {}) },
    execArgv: ['--expose-gc'],
  });
  child.on('message', (said: { rows?: unknown[]; remark?: string }) => {
    rows.push(...(said.rows ?? []).filter(isRow));
    if (said.remark !== undefined) process.stderr.write(`  ${said.remark}\n`);
  });
  return new Promise((resolve) => {
    child.once('close', (code) => resolve(code === 0 && rows.length > 0 ? rows : undefined));
  });
}

function compare(before: string, after: string | undefined): number {
  if (after === undefined) {
    process.stderr.write('--compare takes two files: npm run bench -- --compare BEFORE AFTER\n');
    return 64;
  }
  const [a, b] = [before, after].map(readRows);
  if (a === undefined || b === undefined) return 1;
  process.stdout.write(comparisonOf(a, b));
  return 0;
}

function readRows(file: string): Row[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    process.stderr.write(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return undefined;
  }
  if (Array.isArray(value) && value.every(isRow)) return value;
  process.stderr.write(
    `${file} holds no rows of a benchmark: write it with npm run bench -- --json ${file}\n`,
  );
  return undefined;
}
