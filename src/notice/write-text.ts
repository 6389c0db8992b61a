/** The text of a notice from one set of templates: what all channels say, each in its own form. */
import { type CivilTime, civilDay, civilOf } from '../types/civil-time.ts';
import type {
  CalleeAway,
  MissedCaller,
  MissedCalls,
  Notice,
  NoticeContent,
  Returns,
  ShowQuestion,
  Teaser,
  Welcome,
} from '../types/model/notice.ts';
import { dialledNumber } from '../types/short-number.ts';
import { formatMessage, type MessageValues } from './message.ts';
import type { TextKey } from './template-keys.ts';
import type { TemplateSet } from './templates.ts';
import type { Zones } from './zones.ts';

/** A notice as title and lines, so that one that is too long can be shortened by lines. */
export interface NoticeText {
  readonly title: string;
  readonly lines: readonly string[];
}

export class TextWriter {
  readonly #set: TemplateSet;
  readonly #zones: Zones;
  readonly #timeZone: string;
  readonly #created: CivilTime;

  constructor(set: TemplateSet, zones: Zones, notice: Notice) {
    this.#set = set;
    this.#zones = zones;
    this.#timeZone = notice.timeZone;
    this.#created = this.#local(notice.createdAtMs);
  }

  write(content: NoticeContent): NoticeText {
    switch (content.kind) {
      case 'missed-calls':
        return this.#missedCalls(content);
      case 'returns':
        return this.#returns(content);
      case 'teaser':
        return { title: this.#teaser(content), lines: [] };
      case 'welcome':
        return { title: this.#welcome(content), lines: [] };
      case 'callee-away':
        return this.#away(content);
      case 'show-question':
        return { title: this.#showQuestion(content), lines: [] };
      case 'text':
        return { title: content.text, lines: [] };
      default:
        return content satisfies never;
    }
  }

  /** What stands above the text, where a channel has a place for it: the subject of a mail, the title of a push message. */
  subject(content: NoticeContent): string {
    switch (content.kind) {
      case 'missed-calls': {
        const [only] = content.callers;
        const calls = callsOf(content);
        if (only === undefined || content.callers.length > 1 || content.furtherCalls > 0)
          return this.#say('subject.missed', { calls });
        return this.#say('subject.caller', { calls, caller: this.#number(only.caller) });
      }
      case 'returns': {
        const [only] = content.returned;
        const count = content.returned.length;
        if (only === undefined || count > 1) return this.#say('subject.returned', { count });
        return this.#say('subject.returned-one', { subscriber: this.#number(only.subscriber) });
      }
      case 'teaser':
        return this.#say('subject.missed', { calls: content.calls });
      case 'welcome':
        return this.#say('subject.welcome');
      case 'callee-away':
      case 'show-question':
        return this.#say('subject.away', { subscriber: this.#number(content.subscriber) });
      case 'text':
        return this.#say('subject.text');
      default:
        return content satisfies never;
    }
  }

  #missedCalls(content: MissedCalls): NoticeText {
    const { callers, furtherCalls } = content;
    const calls = callsOf(content);
    const [only] = callers;
    if (only === undefined) return { title: this.#say('missed.count', { calls }), lines: [] };
    if (callers.length === 1 && furtherCalls === 0) {
      const reason = this.#say(`reason.${only.reason}`);
      return { title: this.#say('missed.caller', { ...this.#caller(only), reason }), lines: [] };
    }
    const common = furtherCalls === 0 && callers.every((line) => line.reason === only.reason);
    const lines = callers.map((line) =>
      common
        ? this.#say('missed.common-line', this.#caller(line))
        : this.#say('missed.line', { ...this.#caller(line), cause: this.#say(`cause.${line.reason}`) }),
    );
    if (furtherCalls > 0) lines.push(this.#say('missed.further', { calls: furtherCalls }));
    const title = common
      ? this.#say('missed.common-title', { calls, circumstance: this.#say(`circumstance.${only.reason}`) })
      : this.#say('missed.title', { calls });
    return { title, lines };
  }

  #returns({ returned }: Returns): NoticeText {
    const values = returned.map((line) => ({
      subscriber: this.#number(line.subscriber),
      time: this.#time(line.attemptedAtMs),
    }));
    const [only] = values;
    if (only !== undefined && values.length === 1)
      return { title: this.#say('returned.one', only), lines: [] };
    return {
      title: this.#say('returned.title', { count: values.length }),
      lines: values.map((line) => this.#say('returned.line', line)),
    };
  }

  #teaser({ calls, callers }: Teaser): string {
    return this.#say('teaser', { calls, callers });
  }

  #welcome({ missedCalls, notifyMe }: Welcome): string {
    if (missedCalls && notifyMe) return this.#say('welcome.both');
    return this.#say(notifyMe ? 'welcome.notify-me' : 'welcome.missed-calls');
  }

  #away({ subscriber, attemptedAtMs, reason, ownMessage }: CalleeAway): NoticeText {
    const title = this.#say(`away.${reason}`, {
      subscriber: this.#number(subscriber),
      time: this.#time(attemptedAtMs),
    });
    return { title, lines: ownMessage === '' ? [] : [this.#say('away.message', { message: ownMessage })] };
  }

  #showQuestion({ subscriber, attemptedAtMs, byNumber }: ShowQuestion): string {
    return this.#say(byNumber ? 'show.by-number' : 'show.question', {
      subscriber: this.#number(subscriber),
      time: this.#time(attemptedAtMs),
    });
  }

  #caller({ caller, calls, lastAtMs }: MissedCaller) {
    return { caller: this.#number(caller), calls, time: this.#time(lastAtMs) };
  }

  #say(key: TextKey, values: MessageValues = {}): string {
    return formatMessage(this.#set.texts[key], values);
  }

  #number(digits: string): string {
    return digits === '' ? this.#say('caller.withheld') : dialledNumber(digits);
  }

  #time(atMs: number): string {
    const { lists } = this.#set;
    const at = this.#local(atMs);
    const days =
      civilDay(this.#created.year, this.#created.month, this.#created.day) -
      civilDay(at.year, at.month, at.day);
    const values = {
      hour: twoDigits(at.hour),
      minute: twoDigits(at.minute),
      day: `${at.day}`,
      month: lists.months[at.month - 1] ?? '',
      weekday: lists.weekdays[at.weekday] ?? '',
      year: `${at.year}`,
    };
    if (days === 0) return this.#say('time.today', values);
    if (days === 1) return this.#say('time.yesterday', values);
    return this.#say(at.year === this.#created.year ? 'time.this-year' : 'time.other-year', values);
  }

  #local(atMs: number): CivilTime {
    return civilOf(atMs + (this.#zones.offsetMs(this.#timeZone, atMs) ?? 0));
  }
}

function callsOf({ callers, furtherCalls }: MissedCalls): number {
  return callers.reduce((sum, line) => sum + line.calls, furtherCalls);
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}
