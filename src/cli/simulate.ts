import { type Command, Option } from 'commander';
import { durationOption } from './duration.ts';
import { integerOption, positiveOption } from './numbers.ts';
import { endWith } from './program.ts';

export interface SimulateOptions {
  readonly config?: string;
  readonly scenario?: string;
  readonly seed: number;
  /** Calls per second. */
  readonly rate: number;
  /** How long, in ms; undefined: until interrupted, or until the scenario's end. */
  readonly for?: number;
  readonly report?: 'json' | 'text';
}

export const SIMULATE_HELP = `
The network is the other side of the engine: it connects to one that runs already (callwake run).
It judges what its handsets get: right, lost, doubled, wrong, late or repeated.

Examples:
  callwake simulate --config network.yaml --rate 50 --for 5m
                                                 50 calls a second for five minutes, then the verdict
  callwake simulate --config network.yaml --seed 7 --rate 50 --for 5m --report json
                                                 the same calls again, the verdict as one line of JSON
  callwake simulate --config network.yaml --scenario back-from-holiday.yaml
                                                 who calls whom when, who is off when, what must arrive

A verdict with lost, doubled or wrong notices ends with exit code 1.
`;

/** `callwake simulate`; `action` resolves with the exit code. */
export function registerSimulate(
  program: Command,
  action: (options: SimulateOptions) => Promise<number>,
): void {
  program
    .command('simulate')
    .summary('be the network: MSC, HLR and handsets, over real protocols')
    .description('Is the network of an engine: an MSC/VLR, an HLR and handsets, in a process of their own.')
    .option('-c, --config <file>', 'point codes, addresses and subscribers of the network, YAML')
    .addOption(
      new Option('--scenario <file>', 'a story instead of random calls, YAML').conflicts(['rate', 'seed']),
    )
    .option('--seed <number>', 'the same number makes the same calls', integerOption(0, 4_294_967_295), 1)
    .option('--rate <calls>', 'calls per second', positiveOption(1_000_000), 20)
    .option('--for <duration>', 'how long, such as 30s or 5m; default: until Ctrl-C', durationOption)
    .addOption(new Option('--report <form>', 'the verdict on standard output').choices(['json', 'text']))
    .addHelpText('after', SIMULATE_HELP)
    .action(async (options: SimulateOptions, command: Command) => endWith(command, await action(options)));
}
