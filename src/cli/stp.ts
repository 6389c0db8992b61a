import { type Command, Option } from 'commander';
import type { HostAndPort } from '../simulator/host-and-port.ts';
import { hostAndPort } from './host-and-port.ts';
import { endWith } from './program.ts';

export interface StpOptions {
  readonly listen: HostAndPort;
  /** Where `callwake simulate` listens. */
  readonly connect: HostAndPort;
  readonly transport: 'sctp-udp' | 'tcp';
}

export const STP_HELP = `
Stands between an engine and callwake simulate: a signalling gateway to the one, an ASP of the other. Two of them, each in
a process of its own, show what happens when one is lost. The network has to share its traffic among them.

Examples:
  callwake simulate --listen 127.0.0.1:2905 --traffic-mode loadshare --subscribers-out subscribers.csv
  callwake stp --listen 127.0.0.1:2906 --connect 127.0.0.1:2905
                                            two transfer points before one network
  callwake stp --listen 127.0.0.1:2907 --connect 127.0.0.1:2905
  callwake run --config callwake.yaml       with one association to each, of two signalling gateways
`;

/** `callwake stp`; `action` resolves with the exit code. */
export function registerStp(program: Command, action: (options: StpOptions) => Promise<number>): void {
  program
    .command('stp')
    .summary('be a signalling transfer point before the simulated network')
    .description('Passes the traffic of an engine on to the simulated network, and back.')
    .option('--listen <host:port>', 'where the engine connects to', hostAndPort, {
      host: '127.0.0.1',
      port: 2906,
    })
    .requiredOption('--connect <host:port>', 'where the network listens', hostAndPort)
    .addOption(
      new Option('--transport <name>', 'what carries M3UA').choices(['sctp-udp', 'tcp']).default('sctp-udp'),
    )
    .addHelpText('after', STP_HELP)
    .action(async (options: StpOptions, command: Command) => endWith(command, await action(options)));
}
