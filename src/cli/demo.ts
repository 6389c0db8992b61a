import { type Command, Option } from 'commander';
import { durationOption } from './duration.ts';
import { integerOption, positiveOption } from './numbers.ts';
import { endWith } from './program.ts';

export interface DemoOptions {
  /** How long, in ms; undefined: until interrupted. */
  readonly for?: number;
  readonly report?: 'json' | 'text';
  readonly seed: number;
  /** Calls per second. */
  readonly rate: number;
  /** Port of the page; 0: any free one. */
  readonly port: number;
  /** File that gets a pcap of what passes the SCTP port. */
  readonly capture?: string;
}

export const DEMO_HELP = `
A whole network on this machine: engine, MSC, HLR and handsets talk over SCTP, M3UA, SCCP, TCAP, MAP and CAP on
loopback. It needs no privilege and no well-known port. The address of the live page is printed; its page Phones has
handsets to use: keywords, menus, e-mail, in seventeen languages.

Examples:
  callwake demo                                  until Ctrl-C
  callwake demo --for 30s --report json          half a minute; the verdict is the last line of standard output
  callwake demo --for 1m --capture demo.pcap     with a capture for Wireshark

A verdict with lost, doubled or wrong notices ends with exit code 1.
`;

/** `callwake demo`; `action` resolves with the exit code. */
export function registerDemo(program: Command, action: (options: DemoOptions) => Promise<number>): void {
  program
    .command('demo')
    .summary('a whole network in a box, with its live page')
    .description('A whole mobile network in a box, with its live page. This is what `npm start` runs.')
    .option('--for <duration>', 'how long, such as 30s or 5m; default: until Ctrl-C', durationOption)
    .addOption(new Option('--report <form>', 'the verdict on standard output').choices(['json', 'text']))
    .option('--seed <number>', 'the same number makes the same calls', integerOption(0, 4_294_967_295), 1)
    .option('--rate <calls>', 'calls per second', positiveOption(1_000_000), 60)
    .option('--port <number>', 'port of the page; 0: any that is free', integerOption(0, 65_535), 0)
    .option('--capture <file>', 'write what passes the SCTP port to a pcap file')
    .addHelpText('after', DEMO_HELP)
    .action(async (options: DemoOptions, command: Command) => endWith(command, await action(options)));
}
