/**
 * Times of SMPP (SMPP 5.0 §4.7.23.4, §4.7.23.5; SMPP 3.4 §7.1.1):
 *
 *     YYMMDDhhmmsstnnp    p: + or −, nn quarters of an hour off UTC; R: so long from now, by the centre's clock
 */
import { civilDay, civilOf } from '../../types/civil-time.ts';
import { failure, type Result, success } from '../../types/result.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Longer ones would have to be told in months, which have no length. */
const RELATIVE_DAYS_MAX = 30;

const two = (number: number): string => String(number).padStart(2, '0');

/** At a time, in UTC. */
export function absoluteTime(atMs: number): string {
  const { year, month, day, hour, minute, second } = civilOf(atMs);
  const digits = [year % 100, month, day, hour, minute, second].map(two).join('');
  return `${digits}${Math.floor((atMs % SECOND_MS) / 100)}00+`;
}

/** So long from when it is read; whole seconds, rounded up. @throws RangeError beyond 30 days */
export function relativeTime(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / SECOND_MS)) * SECOND_MS;
  const days = Math.floor(seconds / DAY_MS);
  if (days > RELATIVE_DAYS_MAX) throw new RangeError('a time from now has 30 days at most');
  const parts = [
    days,
    Math.floor(seconds / HOUR_MS) % 24,
    Math.floor(seconds / MINUTE_MS) % 60,
    Math.floor(seconds / SECOND_MS) % 60,
  ];
  return `0000${parts.map(two).join('')}000R`;
}

const FORM = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d)(\d\d)([-+R])$/;

/** The time that is meant; undefined for none. Failure: `smpp.time`. */
export function timeOf(text: string, nowMs: number): Result<number | undefined> {
  if (text === '') return success(undefined);
  const match = FORM.exec(text);
  if (match === null) return malformed;
  const [year, month, day, hour, minute, second, tenth, quarters] = match.slice(1, 9).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (hour > 23 || minute > 59 || second > 59 || quarters > 48) return malformed;
  const ofDayMs = hour * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS;
  if (match[9] === 'R') {
    const now = civilOf(nowMs);
    // Months of a year beyond its twelfth are of the next one.
    const months = now.month - 1 + month;
    const date = civilDay(now.year + year + Math.floor(months / 12), (months % 12) + 1, now.day + day);
    return success(date * DAY_MS + (nowMs % DAY_MS) + ofDayMs);
  }
  if (month < 1 || month > 12 || day < 1 || day > 31) return malformed;
  const offsetMs = (match[9] === '+' ? quarters : -quarters) * 15 * MINUTE_MS;
  return success(civilDay(2000 + year, month, day) * DAY_MS + ofDayMs + tenth * 100 - offsetMs);
}

const malformed = failure('smpp.time', 0, 'SMPP 5.0 §4.7.23.4');
