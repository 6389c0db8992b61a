/** Which texts a version of the templates is made of, and what each may fill in. */
import type { MissedReason } from '../types/model/notice.ts';

export const missedReasons = [
  'busy',
  'no-answer',
  'not-reachable',
  'abandoned',
  'barred',
] as const satisfies readonly MissedReason[];

const clock = ['hour', 'minute'] as const;
const date = [...clock, 'day', 'month', 'weekday', 'year'] as const;

/** Texts that stand alone, with their placeholders. */
export const plainKeys = {
  'time.today': clock,
  'time.yesterday': clock,
  'time.this-year': date,
  'time.other-year': date,
  'caller.withheld': [],
  'returned.one': ['subscriber', 'time'],
  'returned.title': ['count'],
  'returned.line': ['subscriber', 'time'],
} as const satisfies Record<string, readonly string[]>;

/** Texts with a form for each plural category of `calls`. */
export const pluralKeys = {
  'missed.caller': ['caller', 'calls', 'time', 'reason'],
  'missed.title': ['calls'],
  'missed.line': ['caller', 'calls', 'time', 'cause'],
  'missed.common-title': ['calls', 'circumstance'],
  'missed.common-line': ['caller', 'calls', 'time'],
  'missed.further': ['calls'],
  'missed.count': ['calls'],
} as const satisfies Record<string, readonly string[]>;

/** Texts with a form for each reason; they fill in nothing. */
export const reasonKeys = ['reason', 'cause', 'circumstance'] as const;

/** Names in order, separated by spaces, and how many. */
export const listKeys = { months: 12, weekdays: 7 } as const;

export const pluralCategories = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;

export type PlainKey = keyof typeof plainKeys;
export type PluralKey = keyof typeof pluralKeys;
export type ReasonKey = (typeof reasonKeys)[number];
export type ListKey = keyof typeof listKeys;
export type PluralCategory = (typeof pluralCategories)[number];
