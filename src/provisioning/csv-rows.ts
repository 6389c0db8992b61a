/**
 * Subscribers as CSV (RFC 4180): a head line that names the columns, `number` among them, and a line for each subscriber.
 *
 *     number,missedCalls,notifyMe,quietHours,callersListed
 *     4915112345678,on,always,22:00-07:00,4915110000001 4915110000002
 *
 * An empty cell says nothing, `-` goes back to the default. A list has spaces between its entries; `none` is the empty one.
 */

import { nearest } from '../config/suggestion.ts';
import { csvCells } from './csv-cells.ts';
import { CELL_FIELDS, type CellField, FIELD_CELLS } from './profile-fields.ts';
import type { Fault, Read } from './reader.ts';

export type CsvColumn = 'number' | CellField;
export const CSV_COLUMNS: readonly CsvColumn[] = ['number', ...CELL_FIELDS];

const BACK_TO_DEFAULT = '-';
const EMPTY_LIST = 'none';

const COLUMNS_ALLOWED = `number, and any of ${CELL_FIELDS.join(', ')}, once each, with commas between`;

const fault = (message: string, allowed: string): Fault => ({ field: '', message, allowed });

/** The columns that a head line names, or what is wrong with it. */
export function csvHead(text: string): readonly CsvColumn[] | Fault {
  const cells = csvCells(text);
  if (typeof cells === 'string') return fault(cells, 'CSV as in RFC 4180');
  const columns: CsvColumn[] = [];
  for (const cell of cells) {
    const name = cell.trim().toLowerCase();
    const column = CSV_COLUMNS.find((known) => known.toLowerCase() === name);
    if (column === undefined) {
      const meant = nearest(cell.trim(), CSV_COLUMNS);
      const hint = meant === undefined ? '' : `, did you mean ${meant}?`;
      return fault(`there is no column ${JSON.stringify(cell.slice(0, 40))}${hint}`, COLUMNS_ALLOWED);
    }
    if (columns.includes(column)) return fault(`the column ${column} stands there twice`, COLUMNS_ALLOWED);
    columns.push(column);
  }
  return columns.includes('number') ? columns : fault('the column number is missing', COLUMNS_ALLOWED);
}

/** The fields of a line in their outside form, or what is wrong with the line. */
export function csvRow(text: string, columns: readonly CsvColumn[]): Read<Record<string, unknown>> {
  const cells = csvCells(text);
  if (typeof cells === 'string') return { ok: false, fault: fault(cells, 'CSV as in RFC 4180') };
  if (cells.length !== columns.length) {
    const message = `${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}`;
    return { ok: false, fault: fault(message, `${columns.length}, as in the head line`) };
  }
  const row: Record<string, unknown> = {};
  for (let index = 0; index < columns.length; index++) {
    const text = cells[index]!.trim();
    if (text === '') continue;
    const column = columns[index]!;
    row[column] = column === 'number' ? text : cellValue(column, text);
  }
  return { ok: true, value: row };
}

/** A cell, or what stands behind an option, in the field's outside form; null: back to the default. */
export function cellValue(field: CellField, text: string): unknown {
  if (text === BACK_TO_DEFAULT) return null;
  // What earlier files say.
  if (field === 'notifyMe') return ON_OFF.has(text.toLowerCase()) ? (isOn(text) ? 'always' : 'off') : text;
  switch (FIELD_CELLS[field]) {
    case 'word':
      return text;
    case 'on-off':
      return ON_OFF.has(text.toLowerCase()) ? isOn(text) : text;
    case 'count':
      return /^\d{1,15}$/.test(text) ? Number(text) : text;
    case 'list':
      return text === EMPTY_LIST ? [] : text.split(/[\s,;]+/);
  }
}

const ON_OFF: ReadonlyMap<string, boolean> = new Map([
  ['on', true],
  ['true', true],
  ['off', false],
  ['false', false],
]);
const isOn = (text: string): boolean => ON_OFF.get(text.toLowerCase()) === true;

/** A line of the columns, without its end; `plain` are fields in their outside form. */
export function csvLine(columns: readonly CsvColumn[], plain: Readonly<Record<string, unknown>>): string {
  return columns.map((column) => quoted(cellText(plain[column]))).join(',');
}

export function cellText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return `${value}`;
    case 'boolean':
      return value ? 'on' : 'off';
    default:
      if (value === null) return BACK_TO_DEFAULT;
      if (!Array.isArray(value)) return '';
      return value.length === 0 ? EMPTY_LIST : value.join(' ');
  }
}

function quoted(cell: string): string {
  return /[",]|^[#\s]|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
