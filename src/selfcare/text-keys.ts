/** Which texts a language is made of, and what each may fill in. */
import { answerKinds, argumentKinds } from '../types/model/self-care.ts';
import { menu, menuItems } from './menu.ts';

/** Lists of words, separated by commas; the first is the one that is shown. */
export const wordKeys = [
  /** What this language is called, by itself first, and by others. */
  'names',
  /** Words that say nothing. */
  'fillers',
  'yes',
  'no',
  'off',
  'channel.sms',
  'channel.e-mail',
  'privacy.everyone',
  'privacy.listed',
  'privacy.nobody',
  ...menuItems.map(({ id }) => `keywords.${id}` as const),
] as const;

/** What any answer may speak of; `argument` and those that choose among words are for `select`. */
const facts = [
  'number',
  'argument',
  'calls',
  'missed',
  'notify',
  'quiet',
  'from',
  'to',
  'channels',
  'language',
  'filter',
  'listed',
  'listedCount',
  'privacy',
  'known',
  'knownCount',
  'time',
] as const;

/** Messages in ICU MessageFormat, with what they may fill in. */
export const messageKeys: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(answerKinds.map((kind) => [`answer.${kind}`, facts])),
  ...Object.fromEntries(argumentKinds.map((kind) => [`ask.${kind}`, []])),
  ...Object.fromEntries([...menu, ...menuItems].map(({ id }) => [`label.${id}`, []])),
  'time.today': ['hour', 'minute'],
  'time.other': ['hour', 'minute', 'day', 'month'],
  'line.missed': ['caller', 'calls', 'time'],
  'line.further': ['calls'],
  'caller.withheld': [],
  'list.none': [],
  'ussd.title': [],
  'ussd.back': [],
  'ussd.more': [],
  'ussd.confirm': ['what'],
  'ussd.not-understood': [],
  'ussd.failed': [],
  'ussd.give-up': [],
};

export type WordKey = (typeof wordKeys)[number];
export type Fact = (typeof facts)[number];
