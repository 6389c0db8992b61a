/** `callwake explain`: what it takes, and what its help says. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { subscriberNumber } from './numbers.ts';
import { endWith } from './program.ts';
import type { SubscriberTarget } from './subscriber.ts';

export interface ExplainOptions extends SubscriberTarget {
  /** One of both is given. */
  readonly msisdn?: string;
  readonly notice?: string;
  /** ms since 1970 UTC. */
  readonly from?: number;
  readonly to?: number;
  readonly format: 'text' | 'json';
  readonly showNumbers: boolean;
}

const EXPLAIN_HELP = `
Examples:
  callwake explain --msisdn +4915112345678 --config callwake.yaml
  callwake explain --msisdn +4915112345678 --from 2026-11-27T18:00 --to 2026-11-28 --config callwake.yaml
  callwake explain --notice 12.34567.1 --show-numbers --config callwake.yaml

For every missed call: how it failed, which rule let it be told or held it back, which notice told it, or why none did.
For every notice: what set it off, what showed that the phone is there, its text, every try and every receipt. All from
the journal of the engine, while it runs or at rest; docs/explain.md follows an example. Times are UTC; --from and --to
are, too, where they name no zone.

Exit code 1: the journal knows nothing of the number or the notice. That it was looked at goes to the access log.
`;

export function registerExplain(
  program: Command,
  explain: (options: ExplainOptions) => Promise<number>,
): void {
  program
    .command('explain')
    .summary('why somebody was told of a call, or was not')
    .description('Explains every notice of a subscriber, and every missed call without one.')
    .requiredOption('-c, --config <file>', 'configuration of the engine, YAML')
    .option('--msisdn <number>', 'whose calls and notices', subscriberNumber)
    .option('--notice <id>', 'one notice, by its id')
    .option('--from <time>', 'calls and notices from then on', time)
    .option('--to <time>', 'calls and notices until then', time)
    .addOption(
      new Option('--format <format>', 'for people or for programs').choices(['text', 'json']).default('text'),
    )
    .option('--show-numbers', 'numbers as they are, and not masked', false)
    .addHelpText('after', EXPLAIN_HELP)
    .action(async (options: ExplainOptions, command: Command) => {
      if ((options.msisdn === undefined) === (options.notice === undefined))
        command.error('error: one of --msisdn and --notice is needed');
      endWith(command, await explain(options));
    });
}

/** ISO 8601; without a zone it is UTC. */
function time(text: string): number {
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const hasZone = isDate || /(Z|[+-]\d{2}:?\d{2})$/.test(text);
  const ms = /^\d{4}-\d{2}-\d{2}([T ].*)?$/.test(text) ? Date.parse(hasZone ? text : `${text}Z`) : Number.NaN;
  if (Number.isNaN(ms))
    throw new InvalidArgumentError('A time: 2026-11-28, 2026-11-28T05:30 or 2026-11-28T05:30+01:00.');
  return ms;
}
