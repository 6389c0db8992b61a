/**
 * Reads the text of a notice as its receiver would, for the judge: written against what the English texts say, from
 * nothing that rendering uses, so that a fault there shows here.
 */
import { civilOf, msOfCivil } from '../types/civil-time.ts';
import type { MissedReason } from '../types/model/notice.ts';

/** A wall clock, as the text tells it. */
export interface ToldTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

export interface ToldCaller {
  /** E.164 digits; empty: a withheld number. */
  readonly caller: string;
  readonly calls: number;
  readonly lastAt: ToldTime;
  readonly reason: MissedReason;
}

export interface ToldReturn {
  readonly subscriber: string;
  readonly attemptedAt: ToldTime;
}

export type ToldNotice =
  | {
      readonly kind: 'missed-calls';
      readonly callers: readonly ToldCaller[];
      readonly furtherCalls: number;
    }
  | { readonly kind: 'returns'; readonly returned: readonly ToldReturn[] };

/** The date on the phone when the notice was made: the local date of TP-SCTS. */
export interface ToldOn {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const number = '(\\+\\d{1,20}|a withheld number)';
const time = '((?:yesterday |on [A-Z][a-z]{2} \\d{1,2} [A-Z][a-z]{2} (?:\\d{4} )?)?at \\d\\d:\\d\\d)';

const oneCall = new RegExp(`^You missed a call from ${number} ${time}\\. ([A-Z][^.]*)\\.$`);
const oneCaller = new RegExp(`^You missed (\\d+) calls from ${number}, the last ${time}\\. ([A-Z][^.]*)\\.$`);
const countOnly = /^You missed (?:a call|(\d+) calls)\.$/;
const listTitle = /^You missed (?:a call|(\d+) calls)(?: ([a-z ]+))?:$/;
const lineOnce = new RegExp(`^${number} ${time}(?:, ([a-z ]+))?$`);
const lineMany = new RegExp(`^${number} (\\d+) calls, the last ${time}(?:, ([a-z ]+))?$`);
const furtherLine = /^and (\d+) more calls?$/;
const oneReturn = new RegExp(`^${number} can be reached again\\. You called ${time}\\.$`);
const returnsTitle = 'They can be reached again:';
const returnLine = new RegExp(`^${number}, you called ${time}$`);

const question = new RegExp(`^You called ${number} ${time} with your number withheld\\. `);

/** R1: the digits of whom a question whether a withheld number may be shown is about; undefined: it is no such question. */
export function askedAbout(text: string): string | undefined {
  const asked = question.exec(text);
  return asked === null ? undefined : digits(asked[1]);
}

/** How each reason is put: as a sentence, behind a caller, behind the count. */
const wordings: readonly (readonly [MissedReason, ...string[]])[] = [
  ['busy', 'You were on another call', 'you were on a call', 'while you were on another call'],
  ['no-answer', 'It rang unanswered', 'no answer', 'that rang unanswered'],
  [
    'not-reachable',
    'Your phone was off or out of coverage',
    'phone off or no coverage',
    'while your phone was off or out of coverage',
  ],
  [
    'abandoned',
    'The caller hung up before you could answer',
    'caller hung up',
    'that ended before you could answer',
  ],
  ['barred', 'Incoming calls were barred', 'calls barred', 'while incoming calls were barred'],
];

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** What the text says, or undefined when it is no notice, or contradicts itself. */
export function readNotice(text: string, on: ToldOn): ToldNotice | undefined {
  const lines = text.split('\n');
  const first = lines[0] ?? '';
  if (lines.length === 1) return readOne(first, on);
  if (first === returnsTitle) return readReturns(lines.slice(1), on);
  return readList(first, lines.slice(1), on);
}

function readOne(text: string, on: ToldOn): ToldNotice | undefined {
  const back = oneReturn.exec(text);
  if (back !== null) {
    const attemptedAt = readTime(back[2] ?? '', on);
    if (attemptedAt === undefined) return undefined;
    return { kind: 'returns', returned: [{ subscriber: digits(back[1]), attemptedAt }] };
  }
  const count = countOnly.exec(text);
  if (count !== null) return { kind: 'missed-calls', callers: [], furtherCalls: Number(count[1] ?? 1) };
  const once = oneCall.exec(text);
  const many = once === null ? oneCaller.exec(text) : null;
  const told =
    once !== null
      ? caller(once[1], 1, once[2], once[3], on)
      : many !== null
        ? caller(many[2], Number(many[1]), many[3], many[4], on)
        : undefined;
  return told === undefined ? undefined : { kind: 'missed-calls', callers: [told], furtherCalls: 0 };
}

function readList(title: string, lines: readonly string[], on: ToldOn): ToldNotice | undefined {
  const head = listTitle.exec(title);
  if (head === null) return undefined;
  const callers: ToldCaller[] = [];
  let furtherCalls = 0;
  for (const [index, line] of lines.entries()) {
    const further = furtherLine.exec(line);
    if (further !== null && index === lines.length - 1) {
      furtherCalls = Number(further[1]);
      continue;
    }
    const once = lineOnce.exec(line);
    const many = once === null ? lineMany.exec(line) : null;
    const told =
      once !== null
        ? caller(once[1], 1, once[2], once[3] ?? head[2], on)
        : many !== null
          ? caller(many[1], Number(many[2]), many[3], many[4] ?? head[2], on)
          : undefined;
    if (told === undefined) return undefined;
    callers.push(told);
  }
  const total = callers.reduce((sum, line) => sum + line.calls, furtherCalls);
  if (total !== Number(head[1] ?? 1)) return undefined;
  return { kind: 'missed-calls', callers, furtherCalls };
}

function readReturns(lines: readonly string[], on: ToldOn): ToldNotice | undefined {
  const returned: ToldReturn[] = [];
  for (const line of lines) {
    const match = returnLine.exec(line);
    const attemptedAt = match === null ? undefined : readTime(match[2] ?? '', on);
    if (match === null || attemptedAt === undefined) return undefined;
    returned.push({ subscriber: digits(match[1]), attemptedAt });
  }
  return { kind: 'returns', returned };
}

function caller(
  who: string | undefined,
  calls: number,
  at: string | undefined,
  why: string | undefined,
  on: ToldOn,
): ToldCaller | undefined {
  const lastAt = readTime(at ?? '', on);
  const reason = wordings.find((wording) => why !== undefined && wording.indexOf(why) > 0)?.[0];
  if (lastAt === undefined || reason === undefined) return undefined;
  return { caller: digits(who), calls, lastAt, reason };
}

function digits(who: string | undefined): string {
  return who?.startsWith('+') === true ? who.slice(1) : '';
}

/** A time without a date is of today, one without a year of this year. */
function readTime(text: string, on: ToldOn): ToldTime | undefined {
  const match =
    /^(yesterday )?(?:on ([A-Z][a-z]{2}) (\d+) ([A-Z][a-z]{2}) (?:(\d{4}) )?)?at (\d\d):(\d\d)$/.exec(text);
  if (match === null) return undefined;
  const clock = { hour: Number(match[6]), minute: Number(match[7]) };
  if (match[4] !== undefined) {
    const month = months.indexOf(match[4]) + 1;
    if (month === 0) return undefined;
    return { year: Number(match[5] ?? on.year), month, day: Number(match[3]), ...clock };
  }
  return {
    ...(match[1] === undefined ? { year: on.year, month: on.month, day: on.day } : dayBefore(on)),
    ...clock,
  };
}

function dayBefore({ year, month, day }: ToldOn): ToldOn {
  if (day > 1) return { year, month, day: day - 1 };
  if (month === 1) return { year: year - 1, month: 12, day: 31 };
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return { year, month: month - 1, day: lengths[month - 2] ?? 31 };
}

const DAY_MS = 86_400_000;

/** The day so many days later. */
export function dayBeside({ year, month, day }: ToldOn, days: number): ToldOn {
  const noonMs = msOfCivil({ year, month, day, hour: 12, minute: 0, second: 0 });
  const beside = civilOf(noonMs + days * DAY_MS);
  return { year: beside.year, month: beside.month, day: beside.day };
}
