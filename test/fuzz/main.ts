/**
 * npm run fuzz -- --layer map --count 1000000 --seed 1      damaged copies of the messages of one layer
 * npm run fuzz -- --count 100000                            of all layers, one after the other
 * npm run fuzz -- --layer map --seed 1 --from 4711 --count 1     one round again
 *
 * Each round is made from the seed and its number alone. Ends with 1 on the first that throws, goes beyond the bounds, or does
 * not end, and prints the command that repeats it.
 */
import { parseArgs } from 'node:util';
import { LAYERS } from './layers.ts';
import type { FuzzReport } from './run-layer.ts';
import { watchedRun } from './watch.ts';

/** A round takes a millisecond. */
const ROUND_MAX_MS = 60_000;

function usage(text: string): never {
  process.stderr.write(`${text}\n`);
  process.exit(64);
}

function figures({ nodes, keptOctets, allocatedOctets }: FuzzReport['most']): string {
  const [first, second, third] = [nodes, keptOctets, allocatedOctets].map((one) => one.toFixed(1));
  return `${first} nodes, ${second} octets kept, ${third} octets allocated`;
}

const { values } = parseArgs({
  options: {
    layer: { type: 'string', default: 'all' },
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
  },
});
const [count, seed, from] = [values.count, values.seed, values.from].map(Number) as [number, number, number];
if (![count, seed, from].every((one) => Number.isSafeInteger(one) && one >= 0) || seed > 0xffff_ffff)
  usage('npm run fuzz -- --layer NAME --count N --seed S: N and S are numbers');
const names = values.layer === 'all' ? Object.keys(LAYERS) : values.layer.split(',');
for (const name of names)
  if (!Object.hasOwn(LAYERS, name))
    usage(`no layer is called ${name}; known are: ${Object.keys(LAYERS).join(', ')}`);
const layers = new URL('./layers.js', import.meta.url).href;
for (const name of names) {
  const { report, failure } = await watchedRun({ layers, layer: name, count, seed, from }, ROUND_MAX_MS);
  if (failure !== undefined) {
    process.stderr.write(`${name}: ${failure}\n`);
    process.exit(1);
  }
  const told =
    report === undefined
      ? 'its messages are not there (../shared/vectors)'
      : `${report.read} read, ${report.refused} refused; for an octet at most ${figures(report.most)}`;
  process.stdout.write(`${name}: ${told}\n`);
}
