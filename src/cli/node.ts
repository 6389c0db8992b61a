import { type Command, InvalidArgumentError, Option } from 'commander';
import type { HostAndPort } from '../simulator/host-and-port.ts';
import { ROLE_NAMES, type RoleName } from '../simulator/node/plan.ts';
import { hostAndPort } from './host-and-port.ts';
import { integerOption } from './numbers.ts';
import { pointCodeOption } from './point-code.ts';
import { endWith } from './program.ts';

export interface NodeCommandOptions {
  readonly role: readonly RoleName[];
  readonly listen?: HostAndPort;
  readonly connect?: HostAndPort;
  readonly transport: 'sctp-udp' | 'tcp';
  /** Own and the peer's; undefined: by who listens. */
  readonly pointCode?: number;
  readonly peerPointCode?: number;
  readonly networkIndicator: number;
  readonly routingContext: number;
  readonly mapVersion: number;
  readonly play?: readonly string[];
  readonly seed: number;
  readonly capture?: string;
  readonly report?: 'json' | 'text';
}

export const NODE_HELP = `
Two of them make a network: one listens (as M3UA SGP), the other connects (as ASP). The nodes of one talk to those of the other,
never to one another, so both may be all of them. Point codes, numbers and routing context fit each other as they are. Each
answers what it is asked, and plays the procedures that --play names; one that plays ends when all is played and its peer is
quiet, the others with Ctrl-C.

Examples, in two terminals:
  callwake node --role hlr,vlr,msc,smsc,scf --listen 127.0.0.1:2905
  callwake node --role hlr,vlr,msc,smsc,scf --connect 127.0.0.1:2905 --play all --report json
                                                 every operation of MAP, in every version, between two processes
  callwake node --role vlr,msc --connect 127.0.0.1:2905 --play location-update --capture update.pcap
                                                 one procedure, recorded; callwake decode update.pcap shows it
  callwake node --role scf --listen 127.0.0.1:2905 --report text
  callwake node --role ssf,srf --connect 127.0.0.1:2905 --play all --report text
                                                 calls and short messages under CAP, every operation of phases 1 to 4
  callwake node --role pstn --listen 127.0.0.1:2905 --report text
  callwake node --role pstn --connect 127.0.0.1:2905 --play all --report text
                                                 two exchanges and circuits between them: the messages of ISUP
  callwake node --role hlr --listen 127.0.0.1:2905 --map-version 2
                                                 an HLR of version 2: what comes in version 3 is refused

The report says per operation, version and direction how many dialogues went well or not, and why; for ISUP, per message. What
went wrong, or was to be played and did not come about, ends with exit code 1.
`;

/** `hlr,vlr`, also several times, for commander. */
export function listOption<T extends string>(allowed: readonly T[] | undefined) {
  return (text: string, before: readonly T[] = []): readonly T[] => {
    const names = text.split(',').map((name) => name.trim()) as T[];
    for (const name of names)
      if (name === '' || (allowed !== undefined && !allowed.includes(name)))
        throw new InvalidArgumentError(`Allowed: ${(allowed ?? []).join(', ')}, with commas between them.`);
    return [...new Set([...before, ...names])];
  };
}

/** `callwake node`; `action` resolves with the exit code. */
export function registerNode(
  program: Command,
  action: (options: NodeCommandOptions) => Promise<number>,
): void {
  program
    .command('node')
    .summary('be one or several nodes of a network: HLR, VLR, MSC …')
    .description('Is one or several nodes of a network in one signalling point, over real protocols.')
    .requiredOption(
      '--role <names>',
      `what it is: ${ROLE_NAMES.join(', ')}`,
      listOption<RoleName>(ROLE_NAMES),
    )
    .addOption(
      new Option('--listen <host:port>', 'waits for its peer there, as SGP')
        .argParser(hostAndPort)
        .conflicts('connect'),
    )
    .option('--connect <host:port>', 'connects to its peer there, as ASP', hostAndPort)
    .addOption(
      new Option('--transport <name>', 'what carries M3UA').choices(['sctp-udp', 'tcp']).default('sctp-udp'),
    )
    .option('--point-code <code>', 'its own: 2-100-1, or a number', pointCodeOption)
    .option('--peer-point-code <code>', 'that of its peer', pointCodeOption)
    .option('--network-indicator <number>', '0 to 3', integerOption(0, 3), 2)
    .option('--routing-context <number>', 'of the ASP’s traffic', integerOption(0, 4_294_967_295), 100)
    .option('--map-version <number>', 'highest version of MAP that it speaks', integerOption(1, 3), 3)
    .option('--play <procedures>', 'procedures that it initiates, or all', listOption<string>(undefined))
    .option('--seed <number>', 'the same number plays the same', integerOption(0, 4_294_967_295), 1)
    .option('--capture <file>', 'write what passes the SCTP port to a pcap file')
    .addOption(new Option('--report <form>', 'the report on standard output').choices(['json', 'text']))
    .addHelpText('after', NODE_HELP)
    .action(async (options: NodeCommandOptions, command: Command) => {
      if (options.listen === undefined && options.connect === undefined)
        command.error('error: one of --listen <host:port> and --connect <host:port> is needed');
      endWith(command, await action(options));
    });
}
