/** An answer as text, in the language of whom it is for. Pure: the same answer and texts give the same text. */
import { type CivilTime, civilDay, civilOf } from '../types/civil-time.ts';
import type { MissedCaller } from '../types/model/notice.ts';
import type { SelfCareAnswer } from '../types/model/self-care.ts';
import { dialledNumber } from '../types/short-number.ts';
import type { Fact } from './text-keys.ts';
import { type SelfCareTexts, textsIn } from './texts.ts';

export interface WritingPorts {
  /** In all languages; the first is for whom no other is. */
  readonly all: readonly SelfCareTexts[];
  /** How far a zone's wall clock is ahead of UTC; undefined when there is no such zone. */
  readonly offsetMs: (timeZone: string, atMs: number) => number | undefined;
  /** BCP 47, of whom no profile says it. */
  readonly defaultLanguage: string;
}

/** As ICU MessageFormat can choose by them. */
const filters = { none: 'none', 'block-listed': 'blocked', 'only-listed': 'only' } as const;

/** Numbers of a list that are written down; of more, only how many there are. */
const NUMBERS_MAX = 10;

export function writeAnswer(answer: SelfCareAnswer, ports: WritingPorts): string {
  const texts = textsIn(ports.all, answer.profile?.language ?? ports.defaultLanguage);
  const title = texts.write(`answer.${answer.kind}`, factsOf(answer, texts, ports));
  if (answer.callers === undefined) return title;
  const lines = answer.callers.map((line) => missedLine(line, answer, texts, ports));
  if (answer.furtherCalls !== undefined && answer.furtherCalls > 0)
    lines.push(texts.write('line.further', { calls: answer.furtherCalls }));
  return [title, ...lines].join('\n');
}

function factsOf(
  answer: SelfCareAnswer,
  texts: SelfCareTexts,
  ports: WritingPorts,
): Readonly<Record<Fact, string | number>> {
  const { profile, number, argument, callers = [], furtherCalls = 0 } = answer;
  const preferences = profile?.preferences ?? {};
  const { quietHours, channels = ['sms'], callerFilter = 'none', callersListed = [] } = preferences;
  const { returnPrivacy = 'everyone', mayKnow = [] } = preferences;
  const shown = channels.filter((one) => one === 'sms' || one === 'e-mail');
  return {
    number: number === undefined ? '' : dialledNumber(number),
    argument: argument ?? 'number',
    calls: callers.reduce((sum, line) => sum + line.calls, furtherCalls),
    missed: profile?.missedCalls === true ? 'yes' : 'no',
    notify: profile?.notifyMe ?? 'off',
    quiet: quietHours !== undefined && quietHours.fromMinute !== quietHours.toMinute ? 'yes' : 'no',
    from: clock(quietHours?.fromMinute ?? 0),
    to: clock(quietHours?.toMinute ?? 0),
    channels: shown.map((one) => texts.words[`channel.${one}`][0]!).join(', '),
    language: textsIn(ports.all, profile?.language ?? ports.defaultLanguage).words.names[0]!,
    filter: filters[callerFilter],
    listed: numbers(callersListed, texts),
    listedCount: callersListed.length,
    privacy: returnPrivacy,
    known: numbers(mayKnow, texts),
    knownCount: mayKnow.length,
    time: time(answer.orderedAtMs ?? answer.atMs, answer, texts, ports),
  };
}

function numbers(list: readonly string[], texts: SelfCareTexts): string {
  if (list.length === 0) return texts.write('list.none');
  const shown = list.slice(-NUMBERS_MAX).map(dialledNumber);
  return `${list.length > NUMBERS_MAX ? '… ' : ''}${shown.join(' ')}`;
}

function missedLine(
  line: MissedCaller,
  answer: SelfCareAnswer,
  texts: SelfCareTexts,
  ports: WritingPorts,
): string {
  return texts.write('line.missed', {
    caller: line.caller === '' ? texts.write('caller.withheld') : dialledNumber(line.caller),
    calls: line.calls,
    time: time(line.lastAtMs, answer, texts, ports),
  });
}

/** As on the clock of whom it is for, at the time of the answer. */
function time(
  atMs: number,
  answer: SelfCareAnswer,
  texts: SelfCareTexts,
  { offsetMs }: WritingPorts,
): string {
  const local = (ms: number): CivilTime =>
    civilOf(ms + (offsetMs(answer.profile?.timeZone ?? 'UTC', ms) ?? 0));
  const at = local(atMs);
  const now = local(answer.atMs);
  const values = {
    hour: twoDigits(at.hour),
    minute: twoDigits(at.minute),
    day: `${at.day}`,
    month: `${at.month}`,
  };
  const today = civilDay(at.year, at.month, at.day) === civilDay(now.year, now.month, now.day);
  return texts.write(today ? 'time.today' : 'time.other', values);
}

function clock(minuteOfDay: number): string {
  return `${twoDigits(Math.floor(minuteOfDay / 60))}:${twoDigits(minuteOfDay % 60)}`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}
