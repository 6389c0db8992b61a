/**
 * Subscribers from a file in UTF-8: CSV with a head line, or NDJSON, a JSON object a line. Lines that begin with # are
 * comments. A line that is wrong says so, and the others are taken. Read line by line: memory does not grow with the file.
 */
import { isUtf8 } from 'node:buffer';
import { type CsvColumn, csvHead, csvRow } from '../../provisioning/csv-rows.ts';
import type { Fault, ProfileReader, Read, SubscriberChange } from '../../provisioning/reader.ts';
import { textLines } from './text-lines.ts';

export type FileFormat = 'csv' | 'ndjson';

export interface FaultyLine extends Fault {
  /** From 1; the head line is the first. */
  readonly line: number;
}

/** Where a line ends: an import may go on behind it. */
export interface LinePlace {
  /** From 1. */
  readonly line: number;
  /** Octets from the beginning of the file. */
  readonly endsAt: number;
}

export type SubscriberLine = LinePlace & { readonly octets: Uint8Array } & (
    | { readonly kind: 'change'; readonly change: SubscriberChange }
    | { readonly kind: 'fault'; readonly fault: Fault }
    /** Of CSV; what names the columns below it. */
    | { readonly kind: 'head' }
  );

export interface SubscriberFileOptions {
  readonly reader: ProfileReader;
  readonly format: FileFormat;
  /** Where an import ended that goes on now, and the head line of its file. */
  readonly from?: LinePlace & { readonly head: string };
}

/** Ten web push subscriptions and three full lists fit. */
export const LINE_OCTETS_MAX = 65_536;

const SHOULD_BE: Readonly<Record<FileFormat, string>> = {
  csv: 'CSV in UTF-8 with a head line',
  ndjson: 'a JSON object a line, in UTF-8',
};

/** A head line that is wrong is one fault, and the end: nothing below it can be read. */
export async function* readSubscriberFile(
  source: AsyncIterable<Uint8Array | string>,
  { reader, format, from }: SubscriberFileOptions,
): AsyncGenerator<SubscriberLine> {
  const head = from === undefined || format === 'ndjson' ? undefined : csvHead(from.head);
  let columns = head === undefined || 'message' in head ? undefined : head;
  let line = from?.line ?? 0;
  const begin = from?.endsAt ?? 0;
  let isEmpty = line === 0;
  for await (const { text, octets, tooLong, endsAt } of textLines(source, LINE_OCTETS_MAX)) {
    line++;
    const place = { line, endsAt: begin + endsAt, octets };
    if (line === 1 && isUtf16(octets)) {
      const message = 'the file is UTF-16';
      yield { ...place, kind: 'fault', fault: { field: '', message, allowed: SHOULD_BE[format] } };
      return;
    }
    if (text.startsWith('#') || text.trim() === '') continue;
    isEmpty = false;
    const wrong = faultOf(octets, text, tooLong);
    if (format === 'csv' && columns === undefined) {
      const found = wrong ?? csvHead(text);
      if ('message' in found) {
        yield { ...place, kind: 'fault', fault: found };
        return;
      }
      columns = found;
      yield { ...place, kind: 'head' };
      continue;
    }
    if (wrong !== undefined) {
      yield { ...place, kind: 'fault', fault: wrong };
      continue;
    }
    const read = rowOf(text, columns, reader);
    yield read.ok
      ? { ...place, kind: 'change', change: read.value }
      : { ...place, kind: 'fault', fault: read.fault };
  }
  if (isEmpty && format === 'csv') {
    const fault = { field: '', message: 'the file is empty', allowed: SHOULD_BE.csv };
    yield { line: 1, endsAt: begin, octets: new Uint8Array(0), kind: 'fault', fault };
  }
}

function rowOf(
  text: string,
  columns: readonly CsvColumn[] | undefined,
  reader: ProfileReader,
): Read<SubscriberChange> {
  const row = columns === undefined ? jsonRow(text) : csvRow(text, columns);
  return row.ok ? reader.read(row.value) : row;
}

function jsonRow(text: string): Read<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { ok: true, value: value as Record<string, unknown> };
  } catch {
    // As one that is no object.
  }
  const fault = { field: '', message: 'the line is no JSON object', allowed: SHOULD_BE.ndjson };
  return { ok: false, fault };
}

function faultOf(octets: Uint8Array, text: string, tooLong: boolean): Fault | undefined {
  if (tooLong)
    return { field: '', message: 'the line is too long', allowed: `at most ${LINE_OCTETS_MAX} octets` };
  if (text.includes('\0')) return { field: '', message: 'there is a NUL in the line', allowed: 'text' };
  return isUtf8(octets) ? undefined : { field: '', message: 'the line is not UTF-8', allowed: 'UTF-8' };
}

/** By its byte order mark, or as every other octet of its first characters is 0. */
function isUtf16(octets: Uint8Array): boolean {
  const [a, b, c, d] = octets;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return true;
  return (a === 0) !== (b === 0) && (c === 0) === (a === 0) && (d === 0) === (b === 0);
}
