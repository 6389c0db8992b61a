/** `callwake subscriber`: what it takes, and what its help says. */
import { Argument, type Command, Option } from 'commander';
import { integerOption, subscriberNumber } from './numbers.ts';
import { type ProfileSettings, settingsOf, withProfileOptions } from './profile-options.ts';
import { endWith } from './program.ts';
import { EXPORT_HELP, IMPORT_HELP, SET_HELP, SUBSCRIBER_HELP } from './subscriber-help.ts';

/** Which engine: by its configuration file. */
export interface SubscriberTarget {
  readonly config: string;
}

export type Service = 'missed-calls' | 'notify-me';

export interface SubscriberListOptions extends SubscriberTarget {
  readonly limit: number;
  /** Only numbers above this one: where the page before ended. */
  readonly after?: string;
  readonly json: boolean;
}

export interface ImportCommandOptions extends SubscriberTarget {
  readonly format?: 'csv' | 'ndjson';
  readonly errors?: string;
  readonly replace: boolean;
  readonly dryRun: boolean;
  readonly resume: boolean;
}

export interface ExportCommandOptions extends SubscriberTarget {
  readonly format?: 'csv' | 'ndjson';
}

/** Each resolves with the exit code. */
export interface SubscriberActions {
  get(number: string, options: SubscriberTarget & { readonly json: boolean }): Promise<number>;
  set(number: string, options: SubscriberTarget & { readonly settings: ProfileSettings }): Promise<number>;
  service(
    number: string,
    services: readonly Service[],
    open: boolean,
    options: SubscriberTarget,
  ): Promise<number>;
  remove(number: string, options: SubscriberTarget): Promise<number>;
  /** `file` is `-` for standard input. */
  import(file: string, options: ImportCommandOptions): Promise<number>;
  /** `file` is `-` for standard output. */
  export(file: string, options: ExportCommandOptions): Promise<number>;
  list(options: SubscriberListOptions): Promise<number>;
}

/** `callwake subscriber get | set | open | close | remove | import | export | list`. */
export function registerSubscriber(program: Command, actions: SubscriberActions): void {
  const subscriber = program
    .command('subscriber')
    .summary('look at subscribers and change them')
    .description('Looks at subscribers and changes them.')
    .addHelpText('after', SUBSCRIBER_HELP);

  ofOne(subscriber.command('get'))
    .description('What one subscriber has ordered, and what the defaults are.')
    .option('--json', 'as JSON', false)
    .action(async (number: string, options: SubscriberTarget & { json: boolean }, command: Command) =>
      endWith(command, await actions.get(number, options)),
    );

  withProfileOptions(ofOne(subscriber.command('set')))
    .description('Changes what is named, and makes the subscriber known if it was not.')
    .addHelpText('after', SET_HELP)
    .action(async (number: string, { config, ...options }: SubscriberTarget, command: Command) =>
      endWith(command, await actions.set(number, { config, settings: settingsOf({ ...options }) })),
    );

  for (const open of [true, false])
    ofOne(subscriber.command(open ? 'open' : 'close'))
      .description(open ? 'Opens services of a subscriber.' : 'Closes services of a subscriber.')
      .addArgument(new Argument('<services...>', 'which ones').choices(['missed-calls', 'notify-me']))
      .action(async (number: string, services: Service[], options: SubscriberTarget, command: Command) =>
        endWith(command, await actions.service(number, services, open, options)),
      );

  ofOne(subscriber.command('remove'))
    .description(
      'Ends a subscription. What other subscribers know of the number stays: see personal-data erase.',
    )
    .action(async (number: string, options: SubscriberTarget, command: Command) =>
      endWith(command, await actions.remove(number, options)),
    );

  withConfig(subscriber.command('import'))
    .description('Takes subscribers from a file; - is standard input.')
    .argument('<file>', 'the file, .csv or .ndjson')
    .addOption(format())
    .option('--errors <file>', 'lines that are wrong go there, to be put right and imported by themselves')
    .option('--replace', 'what a line does not name goes back to its default; else it stays', false)
    .option('--dry-run', 'says what would be done, and does nothing', false)
    .option('--resume', 'goes on where an import with the same --errors was interrupted', false)
    .addHelpText('after', IMPORT_HELP)
    .action(async (file: string, options: ImportCommandOptions, command: Command) => {
      if (options.resume && (options.errors === undefined || file === '-'))
        command.error('error: --resume needs a file, and the --errors of the import that was interrupted');
      endWith(command, await actions.import(file, options));
    });

  withConfig(subscriber.command('export'))
    .description('Writes all subscribers into a file; - is standard output.')
    .argument('<file>', 'the file, .csv or .ndjson')
    .addOption(format())
    .addHelpText('after', EXPORT_HELP)
    .action(async (file: string, options: ExportCommandOptions, command: Command) =>
      endWith(command, await actions.export(file, options)),
    );

  withConfig(subscriber.command('list'))
    .description('Subscribers in the order of their numbers.')
    .option('--limit <count>', 'how many', integerOption(1, 1_000_000), 100)
    .option('--after <number>', 'only those above this number', subscriberNumber)
    .option('--json', 'a JSON object a line, with all that is set', false)
    .action(async (options: SubscriberListOptions, command: Command) =>
      endWith(command, await actions.list(options)),
    );
}

const withConfig = (command: Command): Command =>
  command.requiredOption('-c, --config <file>', 'configuration of the engine, YAML');

const ofOne = (command: Command): Command =>
  withConfig(command).argument('<number>', 'the subscriber’s number, international', subscriberNumber);

const format = (): Option =>
  new Option('--format <form>', 'of the file; else by its name').choices(['csv', 'ndjson']);
