import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { isCapture, readCapture } from '../decode/capture.ts';
import { operationNames } from '../decode/catalogue.ts';
import { FrameSight, frameTree } from '../decode/frame-tree.ts';
import { isupTree } from '../decode/isup-tree.ts';
import { m3uaTree } from '../decode/m3ua-tree.ts';
import { decodeOperation, type Part } from '../decode/operation-tree.ts';
import { sccpTree } from '../decode/sccp-tree.ts';
import { tcapTree } from '../decode/tcap-tree.ts';
import { type TreeNode, treeText } from '../decode/tree.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { integerOption } from './numbers.ts';
import { endWith, type Terminal } from './program.ts';
import { readFile } from './read-file.ts';

export interface DecodeOptions {
  readonly operation?: string;
  readonly part: Part;
  readonly version?: number;
  readonly error?: string;
  readonly layer?: keyof typeof LAYERS;
  readonly frame?: number;
  readonly json?: true;
}

export const DECODE_HELP = `
INPUT is hexadecimal (blanks and colons are left out), a capture file (pcap or pcapng), or - for hexadecimal on
standard input.

Examples:
  callwake decode traffic.pcap                                     every frame, from SCTP to the operations' parameters
  callwake decode traffic.pcap --frame 12 --json
  callwake decode --layer tcap 6248...                             one message of a layer: m3ua, sccp, tcap or isup
  callwake decode --operation initialDP --part argument 3041...    the parameter of one operation, with its tag
  callwake decode --operation sendRoutingInfoForSM --part error --error absentSubscriberSM 3003020101

What no declaration covers is shown as plain BER and named as not covered. callwake encode is the way back, from what
--json prints for an operation. Exit code 1: the input could not be read as
what it was said to be.
`;

const LAYERS = { m3ua: m3uaTree, sccp: sccpTree, tcap: tcapTree, isup: isupTree } as const;

/** `callwake decode`. */
export function registerDecode(program: Command, terminal: Terminal): void {
  program
    .command('decode')
    .summary('show a capture, a message or a parameter as a readable tree')
    .description('Show a capture file, a message of one layer, or the parameter of one operation as a tree.')
    .argument('<input...>', 'hexadecimal, a capture file, or -')
    .option('--operation <name>', 'the operation whose parameter this is, such as noteMM-Event')
    .addOption(
      new Option('--part <part>', 'which parameter of the operation')
        .choices(['argument', 'result', 'error'])
        .default('argument'),
    )
    .option(
      '--version <number>',
      'version of MAP or phase of CAP; default: the one that fits best',
      integerOption(1, 4),
    )
    .option('--error <name>', 'name or code of the error; default: the one that fits best')
    .addOption(new Option('--layer <layer>', 'the layer of the message').choices(Object.keys(LAYERS)))
    .option('--frame <number>', 'only this frame of a capture', integerOption(1, 4_294_967_295))
    .option('--json', 'as JSON')
    .addHelpText('after', DECODE_HELP)
    .action((input: readonly string[], options: DecodeOptions, command: Command) =>
      endWith(command, decode(input.join(' '), options, terminal)),
    );
}

function decode(input: string, options: DecodeOptions, terminal: Terminal): ExitCode {
  const { operation, layer } = options;
  const hexadecimal = parseHexadecimal(input === '-' ? readFileSync(0, 'utf8') : input);
  if (hexadecimal === undefined && input === '-') return notHexadecimal(terminal);
  if (operation === undefined && layer === undefined) {
    if (hexadecimal !== undefined && !looksLikeFile(input)) {
      terminal.error(
        'callwake: what is it? Say --layer m3ua, sccp, tcap or isup, or --operation and --part.\n',
      );
      return EXIT.usage;
    }
    return decodeFile(input, options, terminal);
  }
  if (hexadecimal === undefined) return notHexadecimal(terminal);
  if (layer !== undefined) return show(LAYERS[layer](hexadecimal), options, terminal);
  return decodeParameter(operation ?? '', hexadecimal, options, terminal);
}

function notHexadecimal(terminal: Terminal): ExitCode {
  terminal.error('callwake: the input is not hexadecimal: an even number of digits 0-9 and a-f.\n');
  return EXIT.usage;
}

function looksLikeFile(input: string): boolean {
  return /[./\\]/.test(input);
}

/** Undefined when it is no hexadecimal, or an odd number of digits. */
function parseHexadecimal(text: string): Uint8Array | undefined {
  const digits = text.replace(/^0x/i, '').replace(/[\s:]/g, '');
  if (digits.length === 0 || digits.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(digits)) return undefined;
  return Uint8Array.from(Buffer.from(digits, 'hex'));
}

function decodeParameter(
  operation: string,
  octets: Uint8Array,
  options: DecodeOptions,
  terminal: Terminal,
): ExitCode {
  const { part, version, error } = options;
  const decoded = decodeOperation({
    operation,
    part,
    octets,
    ...(version === undefined ? {} : { version }),
    ...(error === undefined ? {} : { error }),
  });
  if (decoded === undefined) {
    const which = version === undefined ? '' : ` in version ${version}`;
    const names = operationNames().filter((name) => name.toLowerCase() === operation.toLowerCase());
    const hint =
      names.length === 0 ? `Known are: ${operationNames().join(', ')}.` : `Did you mean ${names.join(', ')}?`;
    terminal.error(`callwake: no operation is called ${operation}${which}. ${hint}\n`);
    return EXIT.usage;
  }
  if (options.json === true) {
    const { tree, ...rest } = decoded;
    const about = { operation, part, ...rest };
    terminal.out(`${JSON.stringify({ ...about, ...tree }, null, 2)}\n`);
    return failed(tree) ? EXIT.failed : EXIT.ok;
  }
  if (decoded.protocol !== undefined)
    terminal.out(
      `${operation} ${part}, ${decoded.protocol} ${decoded.protocol === 'CAP' ? 'phase' : 'version'} ${decoded.version ?? ''}\n`,
    );
  return show(decoded.tree, options, terminal);
}

function show(tree: TreeNode, options: DecodeOptions, terminal: Terminal): ExitCode {
  terminal.out(options.json === true ? `${JSON.stringify(tree, null, 2)}\n` : treeText(tree));
  return failed(tree) ? EXIT.failed : EXIT.ok;
}

/** The input as a whole is not what it was said to be. */
function failed(tree: TreeNode): boolean {
  return (
    tree.note !== undefined && !tree.note.startsWith('not covered') && !tree.note.startsWith('no parameter')
  );
}

function decodeFile(path: string, options: DecodeOptions, terminal: Terminal): ExitCode {
  const file = readFile(path);
  if (!isCapture(file)) {
    terminal.error(`callwake: ${path} is neither pcap nor pcapng.\n`);
    return EXIT.failed;
  }
  const { frames, problem } = readCapture(file);
  const sight = new FrameSight();
  const trees: TreeNode[] = [];
  for (const frame of frames) {
    const tree = frameTree(frame, sight);
    if (options.frame !== undefined && options.frame !== frame.number) continue;
    if (options.json === true) trees.push(tree);
    else terminal.out(treeText(tree));
  }
  if (options.json === true) terminal.out(`${JSON.stringify(trees, null, 2)}\n`);
  if (problem === undefined) return EXIT.ok;
  terminal.error(`callwake: ${path}: ${problem}\n`);
  return EXIT.failed;
}
