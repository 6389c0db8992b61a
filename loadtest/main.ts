/** `npm run load`: drives an engine over M3UA and TCP, and prints what came of it as JSON. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { findCapacity } from './capacity.ts';
import { EngineProcess } from './engine-process.ts';
import { Load } from './load.ts';
import { defaultNetworkPlan } from './plan.ts';
import { PROFILES } from './profiles.ts';
import { recordedPhase } from './recording/recorded-phase.ts';

interface Options {
  readonly profile: string;
  readonly rate: number;
  readonly for: number;
  readonly subscribers: number;
  readonly listen: number;
  readonly ring: number;
  readonly external: boolean;
  readonly findCapacity: boolean;
  readonly seed: number;
  readonly play?: string;
  readonly speed: number;
}

const HELP = `
Profiles:
${Object.entries(PROFILES)
  .map(([name, { what }]) => `  ${name.padEnd(10)} ${what}`)
  .join('\n')}

Examples:
  npm run load -- --profile mixed --rate 2000 --for 10
                       runs an engine with 20 000 subscribers beside it, and loads it for 10 s
  npm run load -- --find-capacity
                       doubles the rate until calls are answered late
  npm run load -- --play busy-hour.cwrec --speed 4
                       what callwake record has recorded, four times as fast, with as many subscribers as it has
  npm run load -- --external --listen 2905
                       waits for an engine that connects by itself: TCP, routing context ${defaultNetworkPlan.routingContext}, point
                       code ${defaultNetworkPlan.enginePointCode}, and +${defaultNetworkPlan.engineNumber} as map.serviceCentreNumber; its
                       subscribers are +491500000000 and those that follow

Every call has its planned start, and is measured from it: an engine that is late makes no pause in the load. Figures go
to standard output as JSON, progress to standard error. The exit code is 1 when a notice was lost, doubled or wrong, or a
dialogue had no answer within its timer.
`;

const number = (text: string): number => {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new Error(`not a number: ${text}`);
  return value;
};

const program = new Command('load')
  .description('Loads an engine with calls and alerts over M3UA and TCP.')
  .option('--profile <name>', Object.keys(PROFILES).join(', '), 'missed')
  .option('--rate <calls>', 'starts a second', number, 1_000)
  .option('--for <seconds>', 'how long; with --find-capacity of each try', number, 5)
  .option('--subscribers <count>', 'how many are concerned', number, 20_000)
  .option('--ring <ms>', 'from the arming of a call to its end', number, 0)
  .option('--listen <port>', 'where the engine connects to; 0: any port that is free', number, 0)
  .option('--external', 'runs no engine, and waits for one', false)
  .option('--find-capacity', 'looks for the highest rate that is answered in time', false)
  .option('--seed <number>', 'of what is chosen at random', number, 1)
  .option('--play <file>', 'a recording in the place of a profile')
  .option('--speed <factor>', 'how many times faster than it was recorded', number, 1)
  .addHelpText('after', HELP)
  .parse();
const options = program.opts<Options>();
const profile = PROFILES[options.profile];
if (profile === undefined) program.error(`no such profile: ${options.profile}`);
process.exitCode = await run(options, profile!);

async function run(
  { rate, for: seconds, listen, ring, external, seed, speed, ...options }: Options,
  { mix, order }: (typeof PROFILES)[string],
): Promise<number> {
  const recorded = options.play === undefined ? undefined : recordedPhase(options.play, speed);
  if (recorded !== undefined) say(recorded.what);
  const { subscribers } = recorded ?? options;
  const provisioned = recorded?.provisioned ?? subscribers;
  const load = await Load.start({ subscribers, seed, network: { port: listen } });
  const folder = mkdtempSync(path.join(tmpdir(), 'callwake-load-'));
  const engine = external
    ? undefined
    : new EngineProcess({ directory: folder, port: load.port, subscribers: provisioned });
  try {
    if (engine === undefined) say(`listening on port ${load.port}`);
    else {
      say(`${provisioned} subscribers provisioned in ${Math.round(await engine.provision())} ms`);
      engine.start();
    }
    await load.active(external ? 600_000 : 20_000);
    const phase = { forMs: seconds * 1_000, mix, first: 0, count: subscribers, order, ringMs: ring };
    const played = options.findCapacity
      ? {
          capacity: await findCapacity(load, {
            phase,
            fromPerSecond: 250,
            toPerSecond: 64_000,
            onTry: ({ name, answer, unsent }, held) =>
              say(
                `${name}: 99 % answered within ${answer.p99Ms} ms, ${unsent} unsent: ${held ? 'held' : 'not held'}`,
              ),
          }),
        }
      : { phase: await load.play(recorded?.phase ?? { ...phase, name: 'load', ratePerSecond: rate }) };
    await load.settle();
    const report = await load.report();
    console.log(JSON.stringify({ ...played, ...report }, null, 2));
    const { lost, doubled, wrong } = report.notices;
    const { calls, alerts } = report;
    return lost + doubled + wrong + calls.unanswered + calls.open + alerts.unanswered > 0 ? 1 : 0;
  } finally {
    await engine?.stop();
    await load.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
