/** The text of a notice from one set of templates. */
import { type CivilTime, civilDay, civilOf } from '../types/civil-time.ts';
import type { MissedCaller, MissedCalls, Notice, NoticeContent, Returns } from '../types/model/notice.ts';
import type { PluralKey } from './template-keys.ts';
import { fillIn } from './template-text.ts';
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
      case 'text':
        return { title: content.text, lines: [] };
      case 'teaser':
      case 'welcome':
      case 'callee-away':
        throw new Error(`${content.kind} has no text yet`);
      default:
        return content satisfies never;
    }
  }

  #missedCalls({ callers, furtherCalls }: MissedCalls): NoticeText {
    const calls = callers.reduce((sum, line) => sum + line.calls, furtherCalls);
    const only = callers[0];
    if (only === undefined) return { title: this.#counted('missed.count', calls), lines: [] };
    if (callers.length === 1 && furtherCalls === 0) {
      const reason = fillIn(this.#set.reasons.reason[only.reason], {});
      return { title: this.#caller('missed.caller', only, { reason }), lines: [] };
    }
    const common = furtherCalls === 0 && callers.every((line) => line.reason === only.reason);
    const { cause, circumstance } = this.#set.reasons;
    const lines = callers.map((line) =>
      common
        ? this.#caller('missed.common-line', line, {})
        : this.#caller('missed.line', line, { cause: fillIn(cause[line.reason], {}) }),
    );
    if (furtherCalls > 0) lines.push(this.#counted('missed.further', furtherCalls));
    const title = common
      ? this.#counted('missed.common-title', calls, { circumstance: fillIn(circumstance[only.reason], {}) })
      : this.#counted('missed.title', calls);
    return { title, lines };
  }

  #returns({ returned }: Returns): NoticeText {
    const { plain } = this.#set;
    const values = returned.map((line) => ({
      subscriber: this.#number(line.subscriber),
      time: this.#time(line.attemptedAtMs),
    }));
    if (values.length === 1) return { title: fillIn(plain['returned.one'], values[0] ?? {}), lines: [] };
    return {
      title: fillIn(plain['returned.title'], { count: `${returned.length}` }),
      lines: values.map((line) => fillIn(plain['returned.line'], line)),
    };
  }

  #caller(key: PluralKey, line: MissedCaller, values: Readonly<Record<string, string>>): string {
    return this.#counted(key, line.calls, {
      caller: this.#number(line.caller),
      time: this.#time(line.lastAtMs),
      ...values,
    });
  }

  #counted(key: PluralKey, calls: number, values: Readonly<Record<string, string>> = {}): string {
    const forms = this.#set.plural[key];
    const form = forms[this.#set.pluralRules.select(calls)] ?? forms.other;
    return fillIn(form, { calls: `${calls}`, ...values });
  }

  #number(digits: string): string {
    return digits === '' ? fillIn(this.#set.plain['caller.withheld'], {}) : `+${digits}`;
  }

  #time(atMs: number): string {
    const { plain, lists } = this.#set;
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
    if (days === 0) return fillIn(plain['time.today'], values);
    if (days === 1) return fillIn(plain['time.yesterday'], values);
    const key = at.year === this.#created.year ? 'time.this-year' : 'time.other-year';
    return fillIn(plain[key], values);
  }

  #local(atMs: number): CivilTime {
    return civilOf(atMs + (this.#zones.offsetMs(this.#timeZone, atMs) ?? 0));
  }
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}
