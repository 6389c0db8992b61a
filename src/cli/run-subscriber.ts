/** What `callwake subscriber get | set | open | close | remove | list` do. */
import type {
  ChangeOutcome,
  Presence,
  SubscriberAccess,
  SubscriberEntry,
} from '../adapters/engine/subscriber-access.ts';
import type { Config } from '../config/schema/config.ts';
import { classDefaults } from '../provisioning/class-defaults.ts';
import { type CsvColumn, cellText, csvLine } from '../provisioning/csv-rows.ts';
import { plainChange, plainProfile } from '../provisioning/plain.ts';
import { fieldsOf, type ProfileChange } from '../provisioning/profile-change.ts';
import { ProfileReader } from '../provisioning/reader.ts';
import type { Profile } from '../types/model/profile.ts';
import { EXIT } from './exit-codes.ts';
import {
  faultText,
  LIST_OPTIONS,
  type ListOption,
  type ProfileSettings,
  plainOf,
} from './profile-options.ts';
import type { Terminal } from './program.ts';
import { withSubscribers } from './reach-subscribers.ts';
import { exportAction } from './run-export.ts';
import { importAction } from './run-import.ts';
import type { SubscriberActions } from './subscriber.ts';

/** Subscribers that are asked for at once. */
const PAGE = 1_000;
/** What a list shows; the rest is in an export. */
const LIST_COLUMNS: readonly CsvColumn[] = ['number', 'missedCalls', 'notifyMe', 'language', 'timeZone'];

export function subscriberActions(terminal: Terminal): SubscriberActions {
  const unknown = (number: string): number => {
    terminal.error(`callwake: ${number} is not subscribed\n`);
    return EXIT.failed;
  };
  const change = async (
    subscribers: SubscriberAccess,
    number: string,
    fields: ProfileChange,
    config: Config,
  ) => {
    const [outcome] = await subscribers.change([{ number, change: fields }], {
      replace: false,
      dryRun: false,
    });
    terminal.out(`${number} ${WORDS[outcome ?? 'unchanged']}\n`);
    const profile = await subscribers.get(number);
    if (profile !== undefined) terminal.out(shown(profile, classDefaults(config)(profile)));
    return EXIT.ok;
  };
  return {
    get: (number, options) =>
      withSubscribers(options, async (subscribers, config) => {
        const profile = await subscribers.get(number);
        if (profile === undefined) return unknown(number);
        const defaults = classDefaults(config)(profile);
        const presence = presenceShown(await subscribers.presence(number), Date.now());
        terminal.out(
          options.json
            ? `${JSON.stringify({ number, ...plainProfile(profile), ...presence?.plain, defaults: plainChange(defaults) })}\n`
            : `${number}\n${shown(profile, defaults)}${presence?.lines ?? ''}`,
        );
        return EXIT.ok;
      }),

    set: (number, options) =>
      withSubscribers(options, async (subscribers, config) => {
        const before = await subscribers.get(number);
        const fields = fieldsIn(options.settings, before, config);
        if (typeof fields !== 'string') return change(subscribers, number, fields, config);
        terminal.error(`callwake: ${fields}\n`);
        return EXIT.usage;
      }),

    service: (number, services, open, options) =>
      withSubscribers(options, (subscribers, config) =>
        change(
          subscribers,
          number,
          {
            ...(services.includes('missed-calls') ? { missedCalls: open } : {}),
            ...(services.includes('notify-me') ? { notifyMe: open ? 'always' : 'off' } : {}),
          },
          config,
        ),
      ),

    remove: (number, options) =>
      withSubscribers(options, async (subscribers) => {
        if (!(await subscribers.remove(number))) return unknown(number);
        terminal.out(`${number} removed\n`);
        return EXIT.ok;
      }),

    import: importAction(terminal),
    export: exportAction(terminal),

    list: (options) =>
      withSubscribers(options, async (subscribers) => {
        // What is printed can be imported again.
        if (!options.json) terminal.out(`${LIST_COLUMNS.join(',')}\n`);
        let after = options.after ?? '';
        for (let left = options.limit; left > 0; ) {
          const page = await subscribers.list(after, Math.min(PAGE, left));
          for (const entry of page) terminal.out(`${lineOf(entry, options.json)}\n`);
          if (page.length < Math.min(PAGE, left)) break;
          after = page.at(-1)!.number;
          left -= page.length;
        }
        return EXIT.ok;
      }),
  };
}

const WORDS: Readonly<Record<ChangeOutcome, string>> = {
  added: 'is subscribed now',
  changed: 'changed',
  unchanged: 'was so already',
};

function lineOf({ number, profile }: SubscriberEntry, json: boolean): string {
  const plain = { number, ...plainProfile(profile) };
  return json ? JSON.stringify(plain) : csvLine(LIST_COLUMNS, plain);
}

/** Whether the phone is there, by what that is known and for how long; undefined: nothing is known. */
function presenceShown(presence: Presence | undefined, nowMs: number) {
  if (presence === undefined) return undefined;
  const { absent, absentSinceMs, reachableAtMs, reachableBy } = presence;
  const lines: string[] = [];
  const ago = (atMs: number): string => `${Math.max(0, Math.round((nowMs - atMs) / 1_000))} s ago`;
  // Of an absence that an earlier version found the time is not known.
  if (absent) lines.push(absentSinceMs === 0 ? 'away' : `away, found ${ago(absentSinceMs)}`);
  if (reachableAtMs > 0)
    lines.push(`seen ${ago(reachableAtMs)}${reachableBy === '' ? '' : ` (${reachableBy})`}`);
  if (lines.length === 0) return undefined;
  return { plain: { presence }, lines: `  ${'presence'.padEnd(15)} ${lines.join('; ')}\n` };
}

/** A field a line; what is not set as the default has it. */
function shown(profile: Profile, ofClass: ProfileChange): string {
  const own: Readonly<Record<string, unknown>> = plainProfile(profile);
  const defaults: Readonly<Record<string, unknown>> = plainChange(ofClass);
  const names = new Set([...Object.keys(own), ...Object.keys(defaults)]);
  return [...names]
    .map((name) => {
      const isOwn = own[name] !== undefined;
      const value = isOwn ? own[name] : defaults[name];
      const text = name === 'webPush' ? `${(value as readonly unknown[]).length} browsers` : cellText(value);
      return `  ${name.padEnd(15)} ${text}${isOwn ? '' : ' (default)'}\n`;
    })
    .join('');
}

/** What the command line asks for, or what is wrong with it. */
function fieldsIn(
  settings: ProfileSettings,
  before: Profile | undefined,
  config: Config,
): ProfileChange | string {
  const reader = new ProfileReader(config.numbering);
  const named = reader.change(plainOf(settings));
  if (!named.ok) return faultText(named.fault);
  const held = before === undefined ? {} : fieldsOf(before);
  const plain = plainChange(named.value);
  for (const [name, { field, adds }] of Object.entries(LIST_OPTIONS) as [
    ListOption,
    (typeof LIST_OPTIONS)[ListOption],
  ][]) {
    const numbers = settings[name];
    if (numbers === undefined) continue;
    const listed = reader.change({ [field]: numbers });
    if (!listed.ok) return faultText(listed.fault);
    const now = new Set((plain[field] as readonly string[] | undefined | null) ?? held[field] ?? []);
    for (const number of listed.value[field] ?? []) now[adds ? 'add' : 'delete'](number);
    plain[field] = [...now];
  }
  if (settings.block !== undefined && plain['callerFilter'] === undefined) {
    if (held.callerFilter === 'only-listed')
      return '--block does not go with the caller filter only-listed, by which only those on the list are told: take the number from the list with --unblock, or set --caller-filter block-listed';
    plain['callerFilter'] = 'block-listed';
  }
  const all = reader.change(plain);
  return all.ok ? all.value : faultText(all.fault);
}
