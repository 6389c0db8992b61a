import { type Command, InvalidArgumentError, Option } from 'commander';
import type { HostAndPort } from '../simulator/host-and-port.ts';
import { pointCodeNotation } from '../types/point-code.ts';
import { durationOption } from './duration.ts';
import { hostAndPort } from './host-and-port.ts';
import { integerOption } from './numbers.ts';
import { endWith } from './program.ts';

export interface M3uaOptions {
  readonly role: 'asp' | 'sgp' | 'ipsp';
  readonly transport: 'tcp' | 'sctp';
  readonly listen?: HostAndPort;
  readonly connect: readonly HostAndPort[];
  /** As written; read by the format. */
  readonly pointCode: readonly string[];
  readonly peerPointCode: readonly string[];
  readonly pointCodeFormat: string;
  readonly routingContext: readonly number[];
  readonly peerRoutingContext: readonly number[];
  readonly networkAppearance?: number;
  readonly networkIndicator: number;
  readonly trafficMode?: 'override' | 'loadshare' | 'broadcast';
  readonly loadshareBy: 'sls' | 'round-robin';
  readonly activeMin: number;
  readonly aspIdentifier?: number;
  readonly knownAsp: readonly number[];
  readonly beat?: number;
  readonly beatMisses: number;
  readonly tAck?: number;
  readonly tAckTries: number;
  readonly tRetry?: number;
  readonly tR?: number;
  readonly registration: 'none' | 'static' | 'dynamic';
  readonly registrationRequired: boolean;
  readonly exchange: 'single' | 'double';
  readonly initiates?: boolean;
  readonly begin: 'down' | 'up' | 'active';
  readonly audit: boolean;
  readonly confidential: readonly string[];
  readonly serviceIndicator: readonly number[];
  readonly streams: number;
  readonly echo: boolean;
  readonly capture?: string;
  readonly verbose: boolean;
}

export const M3UA_HELP = `
A plain M3UA endpoint (RFC 4666), for conformance suites and other stacks. What comes in MTP-TRANSFER goes back to its sender,
OPC and DPC exchanged. Every primitive is one JSON line on standard output; the log is on standard error.

Each --routing-context is an application server. With as many --point-code (for an sgp: --peer-point-code) each has the one at
its place; otherwise the first has them all.

  asp    connects to signalling gateways (or waits for one: --listen). --point-code is ours, --peer-point-code what is reached over them.
  sgp    listens (or calls its ASPs: --connect). --point-code is what sits at the gateway, with the echo user; --peer-point-code is that of the ASPs.
  ipsp   connects or listens. With --exchange double the peers have --peer-routing-context of their own.

Commands are JSON lines on standard input, answered by {"answer":…,"ok":…}:
  {"do":"transfer","dpc":"2-100-1","data":"0102"}   also opc, si (3), ni, mp (0), sls (0)
  {"do":"asp-up"}  asp-down, asp-active, asp-inactive, register, deregister; the last four also "as":"as-10"
  {"do":"daud","pointCodes":["2-100-1"]}            an ASP asks for the state of destinations
  {"do":"pause","pointCode":"2-100-1"}              restrict, resume: what an SGP says of its own (DUNA, DRST, DAVA)
  {"do":"congestion","pointCode":"2-100-1","level":2}
  {"do":"block"}  unblock; also "asp":7, an ASP Identifier or an association's name: ASP Up and Active draw Error 13
  {"do":"nif","available":false}                    an SGP without its interworking function
  {"do":"status"}  quit

Examples:
  callwake m3ua --role sgp --transport tcp --listen 127.0.0.1:2905 --point-code 2-100-1 --peer-point-code 2-100-7 --routing-context 100
  callwake m3ua --role asp --transport tcp --connect 127.0.0.1:2905 --point-code 2-100-7 --peer-point-code 2-100-1 --routing-context 100
                                   the one above, and its ASP in another terminal; then type
                                   {"do":"transfer","dpc":"2-100-1","data":"cafe"}
  callwake m3ua --role sgp --listen 127.0.0.1:2905 --point-code 1 --registration dynamic
                                   ASPs register their routing keys; over SCTP in UDP
  callwake m3ua --role ipsp --listen 127.0.0.1:2905 --exchange double --point-code 2-100-1 --routing-context 10 \\
    --peer-point-code 2-100-7 --peer-routing-context 20
  callwake m3ua --role asp --connect 127.0.0.1:2905 --point-code 200-100-7 --point-code-format 8-8-8 --begin down
                                   a suite takes it up and active step by step

SIGTERM, Ctrl-C and quit end it in order: ASP Inactive, ASP Down, then the association.
`;

const UINT32_MAX = 4_294_967_295;

const collect =
  <T>(read: (text: string) => T) =>
  (text: string, before: readonly T[]): readonly T[] => [...before, read(text)];

const text = (written: string): string => written;

function pointCodeFormat(written: string): string {
  if (pointCodeNotation(written) === undefined)
    throw new InvalidArgumentError(
      'itu (3-8-3), ansi (8-8-8), decimal, decimal-24, or widths of fields, 14, 16 or 24 bits in all: 5-4-5.',
    );
  return written;
}

/** A duration, or 0 for never. */
const durationOrNever = (written: string): number => (written === '0' ? 0 : durationOption(written));

/** `callwake m3ua`; `action` resolves with the exit code. */
export function registerM3ua(program: Command, action: (options: M3uaOptions) => Promise<number>): void {
  const uint32 = integerOption(0, UINT32_MAX);
  program
    .command('m3ua')
    .summary('be one end of M3UA, with an echo user: ASP, SGP or IPSP')
    .description('Is one end of M3UA, with an echo user: for conformance suites and other stacks.')
    .addOption(
      new Option('--role <role>', 'what it is').choices(['asp', 'sgp', 'ipsp']).makeOptionMandatory(),
    )
    .addOption(
      new Option('--transport <name>', 'sctp: SCTP in UDP (RFC 6951). tcp: framed by the M3UA length')
        .choices(['sctp', 'tcp'])
        .default('sctp'),
    )
    .option('--listen <host:port>', 'where peers connect to; port 0 for any', hostAndPort)
    .option('--connect <host:port>', 'a peer; may be repeated', collect(hostAndPort), [])
    .option('--point-code <code>', 'ours; may be repeated', collect(text), [])
    .option('--peer-point-code <code>', 'of the other side; may be repeated', collect(text), [])
    .option(
      '--point-code-format <format>',
      'itu (3-8-3), ansi (8-8-8), decimal, decimal-24, or widths such as 5-4-5',
      pointCodeFormat,
      'itu',
    )
    .option('--routing-context <number>', 'an application server; may be repeated', collect(uint32), [])
    .option(
      '--peer-routing-context <number>',
      'of the peers of an ipsp, double exchange; may be repeated',
      collect(uint32),
      [],
    )
    .option('--network-appearance <number>', 'carried, and checked', uint32)
    .option('--network-indicator <number>', 'of what is sent', integerOption(0, 3), 2)
    .addOption(
      new Option('--traffic-mode <mode>', 'default: as the peer says, else loadshare').choices([
        'override',
        'loadshare',
        'broadcast',
      ]),
    )
    .addOption(
      new Option('--loadshare-by <way>', 'how an sgp or ipsp shares')
        .choices(['sls', 'round-robin'])
        .default('sls'),
    )
    .option('--active-min <number>', 'ASPs that an AS needs to be active (n)', integerOption(1, 64), 1)
    .option('--asp-identifier <number>', 'ours, sent in ASP Up', uint32)
    .option(
      '--known-asp <number>',
      'ASP Identifier that may come; may be repeated; others are refused',
      collect(uint32),
      [],
    )
    .option('--beat <duration>', 'T(beat), 0 for no heartbeats; default: 30s', durationOrNever)
    .option('--beat-misses <number>', 'unanswered beats after which a peer is dead', integerOption(1, 100), 2)
    .option('--t-ack <duration>', 'T(ack); default: 2s', durationOption)
    .option('--t-ack-tries <number>', 'how often a request is sent', integerOption(1, 100), 5)
    .option(
      '--t-retry <duration>',
      'before a refused ASP Active is tried again; default: 10s',
      durationOption,
    )
    .option('--t-r <duration>', 'T(r), how long an AS may be pending; default: 2s', durationOption)
    .addOption(
      new Option(
        '--registration <policy>',
        'sgp, ipsp: which routing keys may be registered; asp, ipsp: dynamic registers ours',
      )
        .choices(['none', 'static', 'dynamic'])
        .default('none'),
    )
    .option('--registration-required', 'an ASP is in no AS before it has registered', false)
    .addOption(new Option('--exchange <model>', 'of an ipsp').choices(['single', 'double']).default('single'))
    .option('--initiates', 'an ipsp that listens says ASP Up all the same, single exchange')
    .addOption(
      new Option('--begin <state>', 'how far it goes by itself')
        .choices(['down', 'up', 'active'])
        .default('active'),
    )
    .option('--audit', 'an asp asks for the state of its destinations when it becomes active', false)
    .option('--confidential <code>', 'an sgp tells no ASP of its state; may be repeated', collect(text), [])
    .option(
      '--service-indicator <number>',
      'that has the echo user; may be repeated; default: all',
      collect(integerOption(0, 255)),
      [],
    )
    .option('--streams <number>', 'SCTP streams each way', integerOption(1, 1024), 16)
    .option('--no-echo', 'print what comes, and send nothing back')
    .option('--capture <file>', 'write what passes to a pcap file')
    .option('--verbose', 'log what happens, not only what is amiss', false)
    .addHelpText('after', M3UA_HELP)
    .action(async (options: M3uaOptions, command: Command) => endWith(command, await action(options)));
}
