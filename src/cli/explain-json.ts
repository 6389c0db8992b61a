/** An explanation for programs, and without numbers for whoever need not know them. */
import { maskNumber } from '../types/log.ts';

/** Digits that are no person's. */
const NOT_PERSONAL: ReadonlySet<string> = new Set(['node', 'messageId', 'messageIds']);
/** Texts that numbers may stand in. */
const TEXTS: ReadonlySet<string> = new Set(['text', 'ownMessage', 'detail']);
/** As long as the shortest number of a person; times and counts are shorter. */
const NUMBER_IN_TEXT = /\d{5,}/g;

/** Times in ISO 8601: `attemptedAtMs` is `attemptedAt`, and null where it is 0. Octets are left out. */
export function plainTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainTimes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, held]) => {
      if (key === 'laterFields') return [];
      if (!/Ms$/.test(key) || typeof held !== 'number') return [[key, plainTimes(held)]];
      return [[key.slice(0, -2), timeOf(held)]];
    }),
  );
}

function timeOf(ms: number): string | null {
  const at = new Date(ms);
  return ms === 0 || Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** The same with numbers masked, wherever they stand. */
export function masked(value: unknown, key = ''): unknown {
  if (typeof value === 'string') {
    if (NOT_PERSONAL.has(key)) return value;
    if (TEXTS.has(key)) return value.replace(NUMBER_IN_TEXT, maskNumber);
    return /^\d+$/.test(value) ? maskNumber(value) : value;
  }
  if (Array.isArray(value)) return value.map((one) => masked(one, key));
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, masked(held, name)]));
}
