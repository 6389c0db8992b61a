/** The options of `callwake subscriber set`: one for each field, and its way back to the default. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { cellValue } from '../provisioning/csv-rows.ts';
import { type CellField, FIELD_CELLS } from '../provisioning/profile-fields.ts';
import type { Fault } from '../provisioning/reader.ts';
import { ProfileReader } from '../provisioning/reader.ts';

/** Options that add to a list, or take from it. */
export const LIST_OPTIONS = {
  block: { field: 'callersListed', adds: true },
  unblock: { field: 'callersListed', adds: false },
  allow: { field: 'mayKnow', adds: true },
  disallow: { field: 'mayKnow', adds: false },
  watch: { field: 'watched', adds: true },
  unwatch: { field: 'watched', adds: false },
} as const;
export type ListOption = keyof typeof LIST_OPTIONS;

/** What the command line names, as it was written; false: back to the default. */
export type ProfileSettings = { readonly [K in CellField]?: string | false } & {
  readonly [K in ListOption]?: readonly string[];
};

// biome-ignore format: a table
const OPTIONS: Readonly<Record<CellField, readonly [value: string, means: string]>> = {
  missedCalls:   ['<on|off>', 'missed calls are captured and told'],
  notifyMe:      ['<when>', 'told of whom they called in vain and who is back: off, listed (--watch), always'],
  language:      ['<tag>', 'of the notices, such as en or pt-BR'],
  timeZone:      ['<name>', 'that times are told in, such as Europe/Berlin'],
  serviceClass:  ['<name>', 'from which everything comes that is not set here'],
  channels:      ['<list>', 'how notices come, the first one first: sms, e-mail, webhook, web-push, inbox'],
  eMail:         ['<address>', 'where notices by e-mail go'],
  forwardTo:     ['<number>', 'notices go to this number instead'],
  aggregation:   ['<how>', 'all callers in one notice, or one for each: together, per-caller'],
  teaser:        ['<on|off>', 'a hint first, the list on demand'],
  reasons:       ['<list>', 'which calls are told: busy, no-answer, not-reachable, abandoned, barred'],
  quietHours:    ['<from-to>', 'nothing is told then, such as 22:00-07:00'],
  digestAt:      ['<time>', 'one notice a day, at this time, such as 18:00'],
  noticesPerDay: ['<count>', 'at most so many a day; 0: any number'],
  expiryMinutes: ['<count>', 'calls that are older are told no more; 0: never too old'],
  returnPrivacy: ['<who>', 'may be told that they are back: everyone, listed (--allow), nobody'],
  mayKnow:       ['<list>', 'who may be told, of privacy listed: replaces the whole list'],
  callerFilter:  ['<how>', 'calls that are not told: none, block-listed, only-listed'],
  callersListed: ['<list>', 'of the caller filter: replaces the whole list'],
  priorityCallers: ['<list>', 'told at once, whatever holds other calls: replaces the whole list'],
  watched:       ['<list>', 'whose return they want to know, of notify-me listed: replaces the whole list'],
  ownMessage:    ['<text>', 'what a caller is told whose call failed'],
  mailbox:       ['<rule>', 'how notices go with a mailbox: none, beside, instead'],
  ownCallCauses: ['<list>', 'told why their own calls failed: busy, no-answer, not-reachable, barred, network'],
};

export const OPTION_NAMES: Readonly<Record<CellField, string>> = Object.fromEntries(
  Object.keys(OPTIONS).map((field) => [field, field === 'returnPrivacy' ? '--privacy' : kebab(field)]),
) as Record<CellField, string>;

/** What everybody has, and has no default to go back to by an option of its own. */
const ALWAYS_SAID: ReadonlySet<string> = new Set(['missedCalls', 'notifyMe']);

export function withProfileOptions(command: Command): Command {
  for (const [field, [value, means]] of Object.entries(OPTIONS) as [CellField, readonly [string, string]][]) {
    const name = OPTION_NAMES[field];
    command.option(`${name} ${value}`, means, (text) => allowed(field, text));
    if (!ALWAYS_SAID.has(field))
      command.addOption(new Option(`--no-${name.slice(2)}`, 'back to the default').hideHelp());
  }
  const more: Readonly<Record<ListOption, string>> = {
    block: 'calls of this number are not told; may be given several times',
    unblock: 'the number is blocked no longer',
    allow: 'this number may be told that they are back; may be given several times',
    disallow: 'the number may be told no longer',
    watch: 'they want to know when this number is back; may be given several times',
    unwatch: 'they do not want to know it any longer',
  };
  for (const [name, { field }] of Object.entries(LIST_OPTIONS) as [ListOption, { field: CellField }][])
    command.option(`--${name} <number>`, more[name], (text, before?: readonly string[]) => [
      ...(before ?? []),
      allowed(field, text),
    ]);
  return command;
}

/** What the command line says, under the names of the fields. */
export function settingsOf({ privacy, ...options }: Readonly<Record<string, unknown>>): ProfileSettings {
  return { ...options, ...(privacy === undefined ? {} : { returnPrivacy: privacy }) } as ProfileSettings;
}

/** The named fields in their outside form. */
export function plainOf(settings: ProfileSettings): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const field of Object.keys(FIELD_CELLS) as CellField[]) {
    const said = settings[field];
    if (said !== undefined) plain[field] = said === false ? null : cellValue(field, said);
  }
  return plain;
}

export function faultText({ field, message, allowed: may }: Fault): string {
  const [name = ''] = field.split('.');
  const option = (OPTION_NAMES as Readonly<Record<string, string>>)[name];
  return `${option === undefined ? message : message.replace(name, option)}; allowed: ${may}`;
}

/** How the home network writes numbers is known when the configuration is: here any country will do. */
const anywhere = new ProfileReader({ countryCode: '49', nationalPrefix: '0', internationalPrefix: '00' });

function allowed(field: CellField, text: string): string {
  const change = anywhere.change({ [field]: cellValue(field, text) });
  if (change.ok) return text;
  throw new InvalidArgumentError(`Allowed: ${change.fault.allowed}.`);
}

function kebab(field: string): string {
  return `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
