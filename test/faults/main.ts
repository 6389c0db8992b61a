/**
 * npm run faults                                        lists the faults
 * npm run faults -- --fault kill-engine --cycles 1000   one of them, so often
 * npm run faults -- --fault all                         all of them, one after the other
 *
 * Each is done to real processes under load, from a seed, and judged. Ends with 1 when an invariant is broken.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseDurationMs } from '../../src/cli/duration.ts';
import { checkText } from './check.ts';
import { FAULTS } from './faults.ts';

const HELP = `npm run faults -- --fault NAME[,NAME …] [--cycles N] [--seed N] [--for DURATION] [--json FILE]

  --fault    which, by name, or all; none: they are listed
  --cycles   how often a fault is done; default: its own
  --seed     what is random in it; default 1
  --for      how long it goes on, such as 10m, where a fault goes by time (chaos)
  --json     what came of it, to a file

Faults:
${FAULTS.map(({ name, title }) => `  ${name.padEnd(22)} ${title}\n`).join('')}`;

function usage(text: string): never {
  process.stderr.write(`${text}; npm run faults -- --help tells more\n`);
  process.exit(64);
}

function numberOf(name: string, text: string | undefined, from: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < from)
    usage(`--${name}: ${text} is no number of ${from} or more`);
  return value;
}

const { values } = parseArgs({
  options: {
    fault: { type: 'string' },
    cycles: { type: 'string' },
    seed: { type: 'string' },
    for: { type: 'string' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help || values.fault === undefined) {
  process.stdout.write(HELP);
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
const cycles = numberOf('cycles', values.cycles, 1);
const seed = numberOf('seed', values.seed, 0) ?? 1;
const forMs = values.for === undefined ? undefined : parseDurationMs(values.for);
if (values.for !== undefined && forMs === undefined)
  usage(`--for: ${values.for} is no duration, such as 10m`);
const wanted = values.fault === 'all' ? FAULTS.map(({ name }) => name) : values.fault.split(',');
const outcomes: Record<string, unknown>[] = [];
for (const name of wanted) {
  const fault = FAULTS.find((one) => one.name === name);
  if (fault === undefined)
    usage(`no fault is called ${name}; known are: ${FAULTS.map((one) => one.name).join(', ')}`);
  const beganMs = performance.now();
  const say = (text: string) => process.stderr.write(`${name}: ${text}\n`);
  const times = cycles ?? fault.cycles;
  const outcome = await fault.run({ seed, cycles: times, forMs, say }).catch((error: unknown) => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return undefined;
  });
  const seconds = Math.round((performance.now() - beganMs) / 1000);
  const checks = outcome?.checks ?? [];
  const holds = outcome !== undefined && checks.every((one) => one.holds);
  process.stdout.write(
    `${name}: ${holds ? 'holds' : 'BROKEN'}, ${times} times, seed ${seed}, ${seconds} s\n`,
  );
  for (const one of checks) process.stdout.write(`  ${checkText(one)}\n`);
  if (outcome?.figures !== undefined)
    process.stdout.write(`  ${JSON.stringify(outcome.figures, undefined, 1).replaceAll('\n', '\n  ')}\n`);
  outcomes.push({ fault: name, holds, seed, cycles: times, seconds, checks, figures: outcome?.figures });
  if (!holds) {
    process.exitCode = 1;
    process.stdout.write(`  again: npm run faults -- --fault ${name} --cycles ${times} --seed ${seed}\n`);
  }
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(outcomes, undefined, 2)}\n`);
