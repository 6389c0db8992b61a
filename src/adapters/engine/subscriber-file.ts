/**
 * Subscribers from a file: CSV (RFC 4180) in UTF-8 with a head line. Every column but the number may be left out, and so
 * may every cell of theirs; what is left out is as the configuration says, missed calls on and notify-me off.
 *
 *     number,missedCalls,notifyMe,language,timeZone
 *     4915112345678,on,always,en,Europe/Berlin
 *
 * A line that is wrong says so, and the others are taken. Read line by line: memory does not grow with the file.
 */
import { e164, language, timeZone } from '../../config/rules.ts';
import type { Config } from '../../config/schema/config.ts';
import type { Profile } from '../../types/model/profile.ts';
import { csvCells } from './csv-cells.ts';
import { remembered } from './remembered.ts';
import type { SubscriberEntry } from './subscriber-access.ts';
import { textLines } from './text-lines.ts';

export interface FaultyLine {
  /** From 1; the head line is the first. */
  readonly line: number;
  /** What is wrong. */
  readonly message: string;
  readonly allowed: string;
}

export type SubscriberLine =
  | { readonly ok: true; readonly line: number; readonly entry: SubscriberEntry }
  | { readonly ok: false; readonly fault: FaultyLine };

/** Characters of a line. */
const LINE_LENGTH_MAX = 1_000;

export const SUBSCRIBER_COLUMNS = ['number', 'missedCalls', 'notifyMe', 'language', 'timeZone'] as const;
type Column = (typeof SUBSCRIBER_COLUMNS)[number];

const columnsAllowed = `number, and any of ${SUBSCRIBER_COLUMNS.slice(1).join(', ')}, once each, with commas between`;

/** A head line that is wrong is one fault, and the end: nothing below it can be read. */
export async function* readSubscriberFile(
  source: AsyncIterable<Uint8Array | string>,
  { defaultLanguage, defaultTimeZone }: Config['subscribers'],
): AsyncGenerator<SubscriberLine> {
  const defaults: Profile = {
    missedCalls: true,
    notifyMe: 'off',
    language: defaultLanguage,
    timeZone: defaultTimeZone,
  };
  const reader = new RowReader(defaults);
  let columns: readonly Column[] | undefined;
  let line = 0;
  for await (const { text, tooLong } of textLines(source, LINE_LENGTH_MAX)) {
    line++;
    if (text.trim() === '') continue;
    const faulty = (message: string, allowed: string): SubscriberLine => ({
      ok: false,
      fault: { line, message, allowed },
    });
    const cells = tooLong ? 'the line is too long' : csvCells(text);
    if (typeof cells === 'string') {
      yield faulty(cells, tooLong ? `at most ${LINE_LENGTH_MAX} characters` : 'CSV as in RFC 4180');
      if (columns === undefined) return;
    } else if (columns === undefined) {
      const head = columnsOf(cells);
      if (typeof head === 'string') {
        yield faulty(head, columnsAllowed);
        return;
      }
      columns = head;
    } else if (cells.length !== columns.length) {
      yield faulty(
        `${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}`,
        `${columns.length}, as in the head line`,
      );
    } else {
      const row = reader.read(columns, cells);
      yield 'entry' in row ? { ok: true, line, entry: row.entry } : faulty(row.message, row.allowed);
    }
  }
  if (columns === undefined && line === 0) {
    yield { ok: false, fault: { line: 1, message: 'the file is empty', allowed: columnsAllowed } };
  }
}

function columnsOf(cells: readonly string[]): readonly Column[] | string {
  const columns: Column[] = [];
  for (const cell of cells) {
    const name = cell.trim().toLowerCase();
    const column = SUBSCRIBER_COLUMNS.find((known) => known.toLowerCase() === name);
    if (column === undefined) return `there is no column ${JSON.stringify(cell)}`;
    if (columns.includes(column)) return `the column ${column} stands there twice`;
    columns.push(column);
  }
  return columns.includes('number') ? columns : 'the column number is missing';
}

type Row = { readonly entry: SubscriberEntry } | { readonly message: string; readonly allowed: string };

class RowReader {
  readonly #defaults: Profile;
  readonly #language = remembered(canonicalLanguage);
  readonly #timeZone = remembered(canonicalTimeZone);

  constructor(defaults: Profile) {
    this.#defaults = defaults;
  }

  read(columns: readonly Column[], cells: readonly string[]): Row {
    let number = '';
    let profile = this.#defaults;
    for (const [index, column] of columns.entries()) {
      const text = cells[index]!.trim();
      if (column === 'number') {
        number = subscriberNumberOf(text) ?? '';
        if (number === '') return wrong(column, text, e164.allowed);
        continue;
      }
      if (text === '') continue;
      const change = this.#valueOf(column, text);
      if (change === undefined) return wrong(column, text, ALLOWED[column]);
      profile = { ...profile, ...change };
    }
    return { entry: { number, profile } };
  }

  #valueOf(column: Exclude<Column, 'number'>, text: string): Partial<Profile> | undefined {
    switch (column) {
      case 'missedCalls': {
        const missedCalls = ON_OFF.get(text.toLowerCase());
        return missedCalls === undefined ? undefined : { missedCalls };
      }
      case 'notifyMe': {
        if (text.toLowerCase() === 'always') return { notifyMe: 'always' };
        const on = ON_OFF.get(text.toLowerCase());
        return on === undefined ? undefined : { notifyMe: on ? 'always' : 'off' };
      }
      case 'language': {
        const found = this.#language(text);
        return found === undefined ? undefined : { language: found };
      }
      case 'timeZone': {
        const found = this.#timeZone(text);
        return found === undefined ? undefined : { timeZone: found };
      }
    }
  }
}

const ON_OFF: ReadonlyMap<string, boolean> = new Map([
  ['on', true],
  ['true', true],
  ['off', false],
  ['false', false],
]);

const ALLOWED = {
  missedCalls: 'on, off, true or false',
  notifyMe: 'always or off',
  language: language.allowed,
  timeZone: timeZone.allowed,
} as const;

function wrong(column: Column, text: string, allowed: string): Row {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return {
    message: text === '' ? `${column} is missing` : `${column}: ${JSON.stringify(shown)} is not allowed`,
    allowed,
  };
}

/** The digits of an international number, written with a plus, 00, spaces, points or dashes, or without. */
export function subscriberNumberOf(text: string): string | undefined {
  return e164.read(text.replace(/[\s.-]/g, '').replace(/^00/, ''));
}

export function canonicalLanguage(text: string): string | undefined {
  return language.holds(text) ? Intl.getCanonicalLocales(text)[0] : undefined;
}

export function canonicalTimeZone(text: string): string | undefined {
  if (!timeZone.holds(text)) return undefined;
  return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
}
