/** `callwake personal-data export | erase`: what it takes, and what its help says. */
import type { Command } from 'commander';
import { subscriberNumber } from './numbers.ts';
import { endWith } from './program.ts';
import type { SubscriberTarget } from './subscriber.ts';

export interface PersonalDataExportOptions extends SubscriberTarget {
  readonly out?: string;
}

export interface PersonalDataEraseOptions extends SubscriberTarget {
  readonly json: boolean;
}

/** Each resolves with the exit code. */
export interface PersonalDataActions {
  export(number: string, options: PersonalDataExportOptions): Promise<number>;
  erase(number: string, options: PersonalDataEraseOptions): Promise<number>;
}

const PERSONAL_DATA_HELP = `
Examples:
  callwake personal-data export +4915112345678 --out anna.json --config callwake.yaml
  callwake personal-data erase +4915112345678 --json --config callwake.yaml

Both look through everything that is stored, while the engine runs or at rest, and say how far they are.
`;

const EXPORT_HELP = `
One JSON document: the record of the number, where others' records name it (whose they are is masked: those are other
people's data), the events of the journal, and who looked at it or changed it, each with a word on what it is for.
`;

const ERASE_HELP = `
The record goes at once, and the number leaves the lists of all others: callers who wait, blocked numbers, missed calls,
which stay as a count. A notice on its way to somebody, which names it, is waited for; exit code 1 says that one still is,
and that the command is to be given again. The receipt says until when the journal and backups hold it.
`;

export function registerPersonalData(program: Command, actions: PersonalDataActions): void {
  const personalData = program
    .command('personal-data')
    .summary('show or erase all that is stored about a number')
    .description('Shows or erases all that is stored about a number.')
    .addHelpText('after', PERSONAL_DATA_HELP);

  ofNumber(personalData.command('export'))
    .description('Everything that is stored about a number, as JSON.')
    .option('--out <file>', 'a file for its owner alone; else standard output')
    .addHelpText('after', EXPORT_HELP)
    .action(async (number: string, options: PersonalDataExportOptions, command: Command) =>
      endWith(command, await actions.export(number, options)),
    );

  ofNumber(personalData.command('erase'))
    .description('Erases a number wherever it stands, and prints a receipt.')
    .option('--json', 'the receipt as JSON', false)
    .addHelpText('after', ERASE_HELP)
    .action(async (number: string, options: PersonalDataEraseOptions, command: Command) =>
      endWith(command, await actions.erase(number, options)),
    );
}

const ofNumber = (command: Command): Command =>
  command
    .requiredOption('-c, --config <file>', 'configuration of the engine, YAML')
    .argument('<number>', 'the number, international', subscriberNumber);
