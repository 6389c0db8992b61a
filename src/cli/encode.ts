import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { operationNames } from '../decode/catalogue.ts';
import { encodeOperation } from '../decode/encode-operation.ts';
import { type EncodeProblem, isObject } from '../decode/given-node.ts';
import type { Part } from '../decode/operation-tree.ts';
import { hexOf } from '../decode/tree.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { integerOption } from './numbers.ts';
import { endWith, type Terminal } from './program.ts';

export interface EncodeOptions {
  readonly operation?: string;
  readonly part?: Part;
  readonly version?: number;
  readonly error?: string;
}

export const ENCODE_HELP = `
It reads JSON from standard input and prints the parameter with its tag in hexadecimal. What it reads is what
callwake decode --json prints, so that a parameter can be decoded, changed, and encoded again:

  callwake decode --operation sendRoutingInfoForSM --json 30128007919471000010... > parameter.json
  callwake encode < parameter.json

Operation, part and version are then in the document, and need not be said. It can also be the value alone, under the
names that the tree has, and without its nodes:

  echo '{"msisdn": "49170000010", "serviceCentreAddress": "491710760000"}' |
    callwake encode --operation alertServiceCentre --part argument
  30120407919471000010f0040791947101670000

  echo '{"absentSubscriberDiagnosticSM": 1}' |
    callwake encode --operation sendRoutingInfoForSM --part error --error absentSubscriberSM |
    callwake decode --operation sendRoutingInfoForSM --part error -

How a value is given: numbers, true, false and null as they are; a name of an enumeration as "interrupted" or
"interrupted (0)"; bits as their names with blanks between; digits of a number as digits; other octets in hexadecimal.
{"octets": "9194..."} gives the octets of anything. In a tree, "octets" count and "value" must agree with them; a
node with "element" is encoded as it stands there, as extensions are that no declaration covers.

What is out of a declared size or range is refused, but for a node with the note that decode gives it ("size",
"out of range", "a code without a name"). Each refusal names the field, what stands there, and what is allowed.

Exit code 1: the document has no value of this parameter. 64: no JSON, or an operation that is not known.
`;

/** Characters of a document; a parameter of 64 KiB as a tree has fewer. */
const CHARACTERS_MAX = 8 * 1024 * 1024;

/** `callwake encode`. `read` gives the document. */
export function registerEncode(
  program: Command,
  terminal: Terminal,
  read: () => string = () => readFileSync(0, 'utf8'),
): void {
  program
    .command('encode')
    .summary('write the parameter of an operation from JSON, the way back of decode')
    .description('Write the parameter of one operation, from JSON on standard input, in hexadecimal.')
    .option('--operation <name>', 'the operation whose parameter this is, such as noteMM-Event')
    .addOption(
      new Option(
        '--part <part>',
        'which parameter of the operation; default: what the document says, or the argument',
      ).choices(['argument', 'result', 'error']),
    )
    .option(
      '--version <number>',
      'version of MAP or phase of CAP; default: what the document says, or the newest that has such a value',
      integerOption(1, 4),
    )
    .option('--error <name>', 'name or code of the error; default: what the document says')
    .addHelpText('after', ENCODE_HELP)
    .action((options: EncodeOptions, command: Command) => endWith(command, encode(options, terminal, read)));
}

function encode(options: EncodeOptions, terminal: Terminal, read: () => string): ExitCode {
  const usage = (text: string): ExitCode => {
    terminal.error(`callwake: ${text}\n`);
    return EXIT.usage;
  };
  const text = read();
  if (text.length > CHARACTERS_MAX) return usage(`the input is longer than ${CHARACTERS_MAX} characters.`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return usage(`the input is not JSON: ${error instanceof Error ? error.message : ''}.`);
  }
  const said = isObject(json) ? json : {};
  const operation = agreed(options.operation, said['operation']);
  const part = agreed(options.part, said['part']) ?? 'argument';
  const version = agreed(options.version, said['version']);
  if (operation === undefined)
    return usage('which operation is it? Say --operation, and --part: argument, result or error.');
  for (const [name, one] of [
    ['operation', operation],
    ['part', part],
    ['version', version],
  ] as const)
    if (one instanceof Contradiction)
      return usage(`--${name} is ${String(one.option)}, and the document says ${JSON.stringify(one.said)}.`);
  if (
    typeof operation !== 'string' ||
    !isPart(part) ||
    (version !== undefined && typeof version !== 'number')
  )
    return usage('operation, part or version of the document is none: argument, result or error; 1 to 4.');
  const { error } = options;
  const encoded = encodeOperation({
    operation,
    part,
    json,
    ...(version === undefined ? {} : { version }),
    ...(error === undefined ? {} : { error }),
  });
  if (encoded.kind === 'unknown') return usage(unknownText(operation, version));
  if (encoded.kind === 'refused') {
    for (const problem of encoded.problems) terminal.error(`callwake: ${problemText(problem)}\n`);
    return EXIT.failed;
  }
  terminal.out(`${hexOf(encoded.octets)}\n`);
  return EXIT.ok;
}

class Contradiction {
  readonly option: unknown;
  readonly said: unknown;

  constructor(option: unknown, said: unknown) {
    this.option = option;
    this.said = said;
  }
}

/** What the command line or the document says. */
function agreed(option: unknown, said: unknown): unknown {
  if (option === undefined) return said;
  return said === undefined || said === option ? option : new Contradiction(option, said);
}

function isPart(part: unknown): part is Part {
  return part === 'argument' || part === 'result' || part === 'error';
}

function problemText({ path, stands, allowed }: EncodeProblem): string {
  return `${path}: ${stands} stands there; allowed is ${allowed}`;
}

function unknownText(operation: string, version: number | undefined): string {
  const which = version === undefined ? '' : ` in version ${version}`;
  const names = operationNames();
  const near = names.filter((name) => name.toLowerCase() === operation.toLowerCase());
  const hint = near.length === 0 ? `Known are: ${names.join(', ')}.` : `Did you mean ${near.join(', ')}?`;
  return `no operation is called ${operation}${which}. ${hint}`;
}
