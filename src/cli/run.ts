import type { Command } from 'commander';
import { endWith } from './program.ts';

export interface RunOptions {
  readonly config: string;
  /** Only say what is wrong with the configuration. */
  readonly check: boolean;
  /** File that gets a pcap of what passes the SCTP port. */
  readonly capture?: string;
}

export const RUN_HELP = `
Examples:
  callwake run --config callwake.yaml            until Ctrl-C or SIGTERM, which drains and stops within 5 s
  callwake run --config callwake.yaml --check    says all that is wrong with the file, by key path, and ends
  callwake run --config callwake.yaml --capture today.pcap
                                                 records the signalling; read it with Wireshark, or with
                                                 callwake decode today.pcap

A wrong configuration ends with exit code 78.
`;

/** `callwake run`; `action` resolves with the exit code. */
export function registerRun(program: Command, action: (options: RunOptions) => Promise<number>): void {
  program
    .command('run')
    .summary('run the engine as a configuration file says')
    .description('Runs the engine as a configuration file says.')
    .requiredOption('-c, --config <file>', 'the configuration, YAML')
    .option('--check', 'only check the configuration, and say all that is wrong with it', false)
    .option('--capture <file>', 'write what passes the SCTP port to a pcap file')
    .addHelpText('after', RUN_HELP)
    .action(async (options: RunOptions, command: Command) => endWith(command, await action(options)));
}
