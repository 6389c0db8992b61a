import { type Command, InvalidArgumentError, Option } from 'commander';
import { integerOption, subscriberNumber } from './numbers.ts';
import { endWith } from './program.ts';

/** Which engine: by its configuration file. */
export interface SubscriberTarget {
  readonly config: string;
}

/** Settings that the command line names; the others stay as they are. */
export interface SubscriberSettings extends SubscriberTarget {
  readonly missedCalls?: boolean;
  readonly notifyMe?: 'off' | 'always';
  readonly language?: string;
  readonly timeZone?: string;
}

export interface SubscriberListOptions extends SubscriberTarget {
  readonly limit: number;
  /** Only numbers above this one: where the page before ended. */
  readonly after?: string;
  readonly json: boolean;
}

export interface SubscriberActions {
  get(number: string, options: SubscriberTarget & { readonly json: boolean }): Promise<number>;
  set(number: string, settings: SubscriberSettings): Promise<number>;
  /** `file` is `-` for standard input. */
  import(file: string, options: SubscriberTarget): Promise<number>;
  list(options: SubscriberListOptions): Promise<number>;
}

export const SUBSCRIBER_HELP = `
Examples:
  callwake subscriber get +4915112345678 --config callwake.yaml
  callwake subscriber set +4915112345678 --missed-calls on --notify-me always --time-zone Europe/Berlin \\
                          --config callwake.yaml
  callwake subscriber import subscribers.csv --config callwake.yaml
  callwake subscriber list --limit 20 --config callwake.yaml
`;

const IMPORT_HELP = `
The file is CSV with a head line; unnamed columns keep their defaults:
  number,missedCalls,notifyMe,language,timeZone
  4915112345678,on,always,en,Europe/Berlin

A line that is wrong is named with its number, and the others are taken. Importing a file twice changes nothing.
`;

/** `callwake subscriber get | set | import | list`; the actions resolve with the exit code. */
export function registerSubscriber(program: Command, actions: SubscriberActions): void {
  const subscriber = program
    .command('subscriber')
    .summary('look at subscribers and change them')
    .description('Looks at subscribers and changes them.')
    .addHelpText('after', SUBSCRIBER_HELP);

  withConfig(subscriber.command('get'))
    .description('What one subscriber has ordered.')
    .argument('<number>', 'the subscriber’s number, international', subscriberNumber)
    .option('--json', 'as JSON', false)
    .action(async (number: string, options: SubscriberTarget & { json: boolean }, command: Command) =>
      endWith(command, await actions.get(number, options)),
    );

  withConfig(subscriber.command('set'))
    .description('Changes what is named, and makes the subscriber known if it was not.')
    .argument('<number>', 'the subscriber’s number, international', subscriberNumber)
    .option('--missed-calls <on|off>', 'missed calls are captured and told', onOff)
    .addOption(
      new Option('--notify-me <when>', 'told when somebody who was away is back').choices(['off', 'always']),
    )
    .option('--language <tag>', 'of the notices, such as en', languageTag)
    .option('--time-zone <name>', 'that times are told in, such as Europe/Berlin', timeZoneName)
    .action(async (number: string, settings: SubscriberSettings, command: Command) =>
      endWith(command, await actions.set(number, settings)),
    );

  withConfig(subscriber.command('import'))
    .description('Takes subscribers from a CSV file; - is standard input.')
    .argument('<file>', 'the file')
    .addHelpText('after', IMPORT_HELP)
    .action(async (file: string, options: SubscriberTarget, command: Command) =>
      endWith(command, await actions.import(file, options)),
    );

  withConfig(subscriber.command('list'))
    .description('Subscribers in the order of their numbers.')
    .option('--limit <count>', 'how many', integerOption(1, 1_000_000), 100)
    .option('--after <number>', 'only those above this number', subscriberNumber)
    .option('--json', 'a JSON object a line', false)
    .action(async (options: SubscriberListOptions, command: Command) =>
      endWith(command, await actions.list(options)),
    );
}

const withConfig = (command: Command): Command =>
  command.requiredOption('-c, --config <file>', 'configuration of the engine, YAML');

function onOff(text: string): boolean {
  if (text !== 'on' && text !== 'off') throw new InvalidArgumentError('on or off.');
  return text === 'on';
}

function languageTag(text: string): string {
  try {
    return Intl.getCanonicalLocales(text)[0] ?? text;
  } catch {
    throw new InvalidArgumentError('A language tag of BCP 47, such as en or pt-BR.');
  }
}

function timeZoneName(text: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    throw new InvalidArgumentError('A zone of the IANA database, such as Europe/Berlin.');
  }
}
