/** Which texts a version of the templates is made of, and what each may fill in. */
import type { MissedReason } from '../types/model/notice.ts';
import type { PlaceholderKind, Placeholders } from './parse-message.ts';

export const missedReasons = [
  'busy',
  'no-answer',
  'not-reachable',
  'abandoned',
  'barred',
] as const satisfies readonly MissedReason[];

const clock = { hour: 'text', minute: 'text' } as const;
const date = { ...clock, day: 'text', month: 'text', weekday: 'text', year: 'text' } as const;
const caller = { caller: 'phone', calls: 'number', time: 'text' } as const;
const subscriber = { subscriber: 'phone', time: 'text' } as const;

/** Texts that stand alone, with their placeholders. */
const plainKeys = {
  'time.today': clock,
  'time.yesterday': clock,
  'time.this-year': date,
  'time.other-year': date,
  'caller.withheld': {},
  'missed.caller': { ...caller, reason: 'text' },
  'missed.title': { calls: 'number' },
  'missed.line': { ...caller, cause: 'text' },
  'missed.common-title': { calls: 'number', circumstance: 'text' },
  'missed.common-line': caller,
  'missed.further': { calls: 'number' },
  'missed.count': { calls: 'number' },
  'returned.one': subscriber,
  'returned.title': { count: 'number' },
  'returned.line': subscriber,
  teaser: { calls: 'number', callers: 'number' },
  'welcome.missed-calls': {},
  'welcome.notify-me': {},
  'welcome.both': {},
  'away.network': subscriber,
  'away.message': { message: 'text' },
  'show.question': subscriber,
  'show.by-number': subscriber,
  'subject.caller': { caller: 'phone', calls: 'number' },
  'subject.missed': { calls: 'number' },
  'subject.returned-one': { subscriber: 'phone' },
  'subject.returned': { count: 'number' },
  'subject.away': { subscriber: 'phone' },
  'subject.welcome': {},
  'subject.text': {},
} as const satisfies Record<string, Placeholders>;

/** Texts with a form for each reason. */
const reasonKeys = {
  reason: {},
  cause: {},
  circumstance: {},
  away: subscriber,
} as const satisfies Record<string, Placeholders>;

export type PlainKey = keyof typeof plainKeys;
export type ReasonKey = keyof typeof reasonKeys;
export type TextKey = PlainKey | `${ReasonKey}.${MissedReason}`;

/** All texts of a version, in the order in which a file is best read. */
export const textKeys: Readonly<Record<TextKey, Placeholders>> = {
  ...plainKeys,
  ...(Object.fromEntries(
    Object.entries(reasonKeys).flatMap(([key, placeholders]) =>
      missedReasons.map((reason) => [`${key}.${reason}`, placeholders] as const),
    ),
  ) as Record<`${ReasonKey}.${MissedReason}`, Placeholders>),
};

/** Names in order, separated by blanks, and how many. */
export const listKeys = { months: 12, weekdays: 7 } as const;
export type ListKey = keyof typeof listKeys;

/** What a version may say about all of its texts. */
export const settingKeys = { transliterate: ['on', 'off'] } as const;

export type { PlaceholderKind, Placeholders };
