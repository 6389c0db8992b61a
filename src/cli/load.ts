/** `callwake load`: an engine under a load that can be repeated, and what came of it. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Objective, parseSlo, SLO_HELP } from '../../loadtest/slo.ts';
import type { HostAndPort } from '../simulator/host-and-port.ts';
import { durationOption } from './duration.ts';
import { hostAndPort } from './host-and-port.ts';
import { integerOption, positiveOption } from './numbers.ts';
import { endWith } from './program.ts';

export interface LoadOptions {
  readonly profile: string;
  /** Starts a second. */
  readonly rate?: number;
  /** In ms. */
  readonly for?: number;
  readonly ramp?: number;
  readonly scale: number;
  /** A recording in the place of a profile, and how many times faster it is played. */
  readonly play?: string;
  readonly speed: number;
  readonly subscribers?: number;
  readonly listen: HostAndPort;
  readonly transport: 'tcp' | 'sctp-udp';
  readonly workers: number;
  readonly associations: number;
  readonly external: boolean;
  readonly enginePid?: number;
  readonly warmUp: number;
  readonly slo?: readonly Objective[];
  readonly findCapacity: boolean;
  readonly report?: string;
  readonly seed: number;
  readonly json: boolean;
}

export interface LoadCompareOptions {
  readonly report?: string;
  readonly json: boolean;
}

/** Each resolves with the exit code. */
export interface LoadActions {
  run(options: LoadOptions): Promise<number>;
  profiles(): Promise<number>;
  compare(before: string, after: string, options: LoadCompareOptions): Promise<number>;
  /** Writes what an engine in another process needs into a folder. */
  config(folder: string, options: LoadOptions): Promise<number>;
}

const LOAD_HELP = `
Every call has its planned start, and is measured from it: an engine that is late makes no pause in the load. A rate that
the generator itself cannot reach is reported as the generator's limit. Every dialogue and every notice is accounted for.

  --slo           ${SLO_HELP.replace('; ', '\n                  ').replace('; repeated', ',\n                  repeated')}
  --report        gets report.html, to be opened in a browser, and report.json, to be compared
  --find-capacity doubles the rate (from --rate, or 250 a second) until the SLO is not held, and then looks in between;
                  --for is the time of each try (default 5s); without --slo it is answer-p99<=20ms,served>=99%

Examples:
  callwake load --profile mixed --rate 2000 --for 60s --slo 'answer-p99<=20ms,served>=99%' --report monday
                       runs an engine with 20 000 subscribers beside it, and loads it for a minute
  callwake load --find-capacity --profile missed --report capacity
  callwake load config engine --listen 127.0.0.1:2905 --transport tcp --subscribers 20000
  callwake run --config engine/callwake.yaml
  callwake load --external --listen 127.0.0.1:2905 --profile busy-hour --subscribers 20000 --rate 500 --for 60s
                       the same with an engine in another process, which connects to the generator
  callwake load --play monday.cwrec --speed 4
                       what callwake record has recorded, four times as fast
  callwake load compare monday tuesday --report both
  callwake load profiles

Exit code 1: the SLO was not held, a notice was lost, doubled or wrong, a dialogue had no answer, the generator was
the limit, or the engine died. There is a report nevertheless.
`;

const COMPARE_HELP = `
Each is a folder that --report has written, or its report.json. Exit code 0, whatever they say.

Examples:
  callwake load compare monday tuesday
  callwake load compare monday tuesday --report both     also writes both/compare.html
`;

const CONFIG_HELP = `
Writes callwake.yaml and subscribers.csv. --listen, --transport, --workers, --associations and --subscribers must be those
of the load that follows; its port may not be 0.
`;

export function registerLoad(program: Command, actions: LoadActions): void {
  const load = generatorOptions(
    program
      .command('load')
      .summary('load an engine, measure it, and account for every notice')
      .description('Loads an engine with calls and returns as a network would, and reports what came of it.'),
  )
    .option('--profile <name|file>', 'what is played: callwake load profiles, or a YAML file', 'missed-calls')
    .option('--rate <calls>', 'starts a second; default: what the profile says', positiveOption(1_000_000))
    .option('--for <duration>', 'how long, such as 60s or 2h; default: what the profile says', durationOption)
    .option('--ramp <duration>', 'before it, the rate rises from nothing for so long', rampOption)
    .addOption(
      new Option('--play <file>', 'plays a recording instead: callwake record').conflicts([
        'profile',
        'rate',
        'for',
        'ramp',
        'findCapacity',
      ]),
    )
    .option(
      '--speed <factor>',
      'of a recording, how many times faster it is played',
      positiveOption(1_000),
      1,
    )
    .option('--scale <factor>', 'factor of all times of the profile', positiveOption(1_000), 1)
    .option('--external', 'runs no engine, and waits for one that connects', false)
    .addOption(new Option('--engine', 'runs an engine beside it (the default)').conflicts('external'))
    .option(
      '--engine-pid <pid>',
      'of an external engine here: its CPU and memory are shown',
      integerOption(1, 2 ** 31),
    )
    .option('--warm-up <duration>', 'a quarter of the rate before it, which is not measured', rampOption, 0)
    .option('--slo <objectives>', 'what is to be held, such as answer-p99<=20ms,served>=99%', sloOption)
    .option('--find-capacity', 'looks for the highest rate that holds the SLO', false)
    .option('--report <dir>', 'writes report.html and report.json there')
    .option('--seed <number>', 'of what is chosen at random', integerOption(0, 4_294_967_295), 1)
    .option('--json', 'the report as JSON on standard output', false)
    .addHelpText('after', LOAD_HELP)
    .action(async (options: LoadOptions, command: Command) => endWith(command, await actions.run(options)));

  load
    .command('profiles')
    .description('The profiles that come with it.')
    .action(async (_options: object, command: Command) => endWith(command, await actions.profiles()));

  load
    .command('compare')
    .description('Shows two reports side by side.')
    .argument('<before>', 'a report')
    .argument('<after>', 'another')
    .option('--report <dir>', 'also writes compare.html there')
    .option('--json', 'as JSON', false)
    .addHelpText('after', COMPARE_HELP)
    .action(async (before: string, after: string, options: LoadCompareOptions, command: Command) =>
      endWith(command, await actions.compare(before, after, options)),
    );

  generatorOptions(load.command('config'))
    .description(
      'Writes the configuration and the subscribers of an engine that is to be loaded from outside.',
    )
    .argument('<dir>', 'a folder; it is made')
    .addHelpText('after', CONFIG_HELP)
    .action(async (folder: string, options: LoadOptions, command: Command) =>
      endWith(command, await actions.config(folder, options)),
    );
}

/** What the generator is to the engine. */
const generatorOptions = (command: Command): Command =>
  command
    .option('--subscribers <count>', 'how many are concerned', integerOption(1, 10_000_000))
    .option(
      '--listen <host:port>',
      'where the engine connects to; each further worker at the next port',
      hostAndPort,
      {
        host: '127.0.0.1',
        port: 0,
      },
    )
    .addOption(
      new Option('--transport <name>', 'what carries M3UA').choices(['tcp', 'sctp-udp']).default('tcp'),
    )
    .option(
      '--workers <count>',
      'generator threads, each with a point code of its own',
      integerOption(1, 8),
      1,
    )
    .option('--associations <count>', 'associations of each worker', integerOption(1, 8), 1);

function rampOption(text: string): number {
  return /^0(ms|s|m|h)?$/.test(text) ? 0 : durationOption(text);
}

function sloOption(text: string): readonly Objective[] {
  const objectives = parseSlo(text);
  if (typeof objectives === 'string') throw new InvalidArgumentError(`${objectives}. ${SLO_HELP}.`);
  return objectives;
}
