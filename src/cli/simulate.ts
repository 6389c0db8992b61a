import { type Command, Option } from 'commander';
import type { HostAndPort } from '../simulator/host-and-port.ts';
import { durationOption } from './duration.ts';
import { hostAndPort } from './host-and-port.ts';
import { integerOption, positiveOption } from './numbers.ts';
import { endWith } from './program.ts';

export interface SimulateOptions {
  readonly listen: HostAndPort;
  readonly transport: 'sctp-udp' | 'tcp';
  readonly scenario?: string;
  readonly seed: number;
  /** Calls per second. */
  readonly rate: number;
  readonly people: number;
  readonly trafficMode: 'override' | 'loadshare';
  /** The first people are those of the demo. */
  readonly demoPeople?: boolean;
  /** File that gets the people as the engine imports them. */
  readonly subscribersOut?: string;
  /** How long, in ms, from the first active engine; undefined: until interrupted, or until the scenario's end. */
  readonly for?: number;
  readonly report?: 'json' | 'text';
}

export const SIMULATE_HELP = `
The network is the other side of the engine, which connects to it (callwake run). Calls begin when it has. In the end
everybody comes back, what is due is waited for, and the verdict is given: on what the phones were told, notices that were
right, lost, doubled, wrong, late or repeated. Ctrl-C ends it in the same way, once more ends it at once.

Examples:
  callwake simulate --listen 127.0.0.1:2905 --subscribers-out subscribers.csv
                                                 20 calls a second until Ctrl-C, then the verdict
  callwake simulate --listen 127.0.0.1:2905 --seed 7 --rate 50 --for 5m --report json
                                                 five minutes; the verdict is the last line of standard output
  callwake simulate --listen 127.0.0.1:2905 --scenario scenarios/back-from-holiday.yaml
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
    .option('--listen <host:port>', 'where the engine connects to', hostAndPort, {
      host: '127.0.0.1',
      port: 2905,
    })
    .addOption(
      new Option('--transport <name>', 'what carries M3UA').choices(['sctp-udp', 'tcp']).default('sctp-udp'),
    )
    .addOption(
      new Option('--scenario <file>', 'a story instead of random calls, YAML').conflicts([
        'rate',
        'seed',
        'people',
      ]),
    )
    .option('--seed <number>', 'the same number makes the same calls', integerOption(0, 4_294_967_295), 1)
    .option('--rate <calls>', 'calls per second', positiveOption(1_000_000), 20)
    .option('--people <number>', 'subscribers of the network', integerOption(2, 1_000_000), 400)
    .addOption(
      new Option('--traffic-mode <mode>', 'how several associations serve the engine’s point code')
        .choices(['override', 'loadshare'])
        .default('override'),
    )
    .option(
      '--subscribers-out <file>',
      'write the people as callwake subscriber import takes them: .csv, or with all that they have ordered .ndjson',
    )
    .addOption(
      new Option(
        '--demo-people',
        'some people speak other languages than English, and have service classes, as in the demo',
      ).conflicts('scenario'),
    )
    .option('--for <duration>', 'how long, such as 30s or 5m; default: until Ctrl-C', durationOption)
    .addOption(new Option('--report <form>', 'the verdict on standard output').choices(['json', 'text']))
    .addHelpText('after', SIMULATE_HELP)
    .action(async (options: SimulateOptions, command: Command) => endWith(command, await action(options)));
}
