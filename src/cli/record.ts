import { type Command, InvalidArgumentError } from 'commander';
import { KEPT_DIGITS_MAX, RECORD_MS_MAX, RECORD_OCTETS } from '../adapters/control/control-bounds.ts';
import { durationOption } from './duration.ts';
import { integerOption } from './numbers.ts';
import { endWith } from './program.ts';
import { sizeOption } from './size.ts';
import { type DataTarget, ofData } from './store-commands.ts';

export interface RecordOptions extends DataTarget {
  readonly out: string;
  /** In ms. */
  readonly for: number;
  /** In octets. */
  readonly maxSize: number;
  readonly keepDigits: number;
}

/** Each resolves with the exit code. */
export interface RecordActions {
  start(options: RecordOptions): Promise<number>;
  stop(options: DataTarget): Promise<number>;
  show(file: string, options: { readonly json: boolean }): Promise<number>;
}

const HELP = `
The running engine writes the file, as its own user; Ctrl-C ends it sooner. It has what came in, and when: calls, how they ended and with
which cause, alerts and events of mobility management, and what the network said of notices. It has no octets of messages, no texts, and no
number: in the place of each stands a pseudonym of the same length, always the same one within a recording, of which the leading digits are
as they were. Its key is random and nowhere stored. Calls never wait for a recording: what it cannot take is left out and counted.

Examples:
  callwake record --config callwake.yaml --out busy-hour.cwrec --for 1h --max-size 1GiB
  callwake record stop --config callwake.yaml      ends the recording that is under way
  callwake record show busy-hour.cwrec             what is in it, by kind, cause and time
`;

/** `callwake record [start] | stop | show`. */
export function registerRecord(program: Command, actions: RecordActions): void {
  const record = program
    .command('record')
    .summary('record the traffic of a running engine, without numbers')
    .description('Records what comes in to a running engine, with pseudonyms for numbers.')
    .addHelpText('after', HELP);

  ofData(record.command('start', { isDefault: true }))
    .description('Records (this is what record does without another word).')
    .requiredOption('--out <file>', 'a file that is not there; usually .cwrec')
    .option('--for <time>', 'how long, a day at most', recordTime, 60_000)
    .option(
      '--max-size <size>',
      'how large the file may become, 4GiB at most',
      sizeOption(RECORD_OCTETS.min, RECORD_OCTETS.max),
      268_435_456,
    )
    .option(
      '--keep-digits <count>',
      'leading digits of numbers that stay: country code and network',
      integerOption(0, KEPT_DIGITS_MAX),
      4,
    )
    .addHelpText('after', HELP)
    .action(async (options: RecordOptions, command: Command) =>
      endWith(command, await actions.start(options)),
    );

  ofData(record.command('stop'))
    .description('Ends the recording that is under way; its file is whole.')
    .action(async (options: DataTarget, command: Command) => endWith(command, await actions.stop(options)));

  record
    .command('show')
    .description('What is in a recording: counts by kind and cause, and how many over time.')
    .argument('<file>', 'the recording')
    .option('--json', 'as JSON', false)
    .action(async (file: string, options: { readonly json: boolean }, command: Command) =>
      endWith(command, await actions.show(file, options)),
    );
}

function recordTime(text: string): number {
  const durationMs = durationOption(text);
  if (durationMs > RECORD_MS_MAX) throw new InvalidArgumentError('A recording lasts a day at most.');
  return durationMs;
}
