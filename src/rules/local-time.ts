/**
 * Times of the day in a subscriber's zone (N12, N14). Pure: the zone's offset, and its next change, come with the event.
 * A clock that is put forward passes the times that it leaves out: what begins or ends at one of them does so at the change.
 */
import type { QuietHours } from '../types/model/preferences.ts';
import { offsetAtMs, type ZoneSpan } from '../types/zone-span.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
const DAY_MS = DAY_MINUTES * MINUTE_MS;

/** Days since 1970 on the subscriber's calendar. */
export function localDay(atMs: number, zone: ZoneSpan): number {
  return Math.floor((atMs + offsetAtMs(zone, atMs)) / DAY_MS);
}

function minuteOfDay(atMs: number, zone: ZoneSpan): number {
  const localMs = atMs + offsetAtMs(zone, atMs);
  return Math.floor((localMs - Math.floor(localMs / DAY_MS) * DAY_MS) / MINUTE_MS);
}

/** From `fromMinute` on, until before `toMinute`; hours that end when they begin are none. */
export function isQuiet(atMs: number, zone: ZoneSpan, { fromMinute, toMinute }: QuietHours): boolean {
  const minute = minuteOfDay(atMs, zone);
  if (fromMinute <= toMinute) return minute >= fromMinute && minute < toMinute;
  return minute >= fromMinute || minute < toMinute;
}

/** The first instant from `fromMs` on at which the wall clock shows `localMs`, or more: ms since 1970 as the clock on the wall counts. */
function instantOf(localMs: number, fromMs: number, zone: ZoneSpan): number {
  const { changesAtMs, thenOffsetMs } = zone;
  const atMs = Math.max(fromMs, localMs - offsetAtMs(zone, fromMs));
  if (changesAtMs === 0 || changesAtMs <= fromMs || atMs < changesAtMs) return atMs;
  return Math.max(changesAtMs, localMs - thenOffsetMs);
}

/** When quiet hours that hold at `atMs` end; they may end at a change of the clock, and go on behind one. */
export function quietUntilMs(atMs: number, zone: ZoneSpan, quiet: QuietHours): number {
  let untilMs = atMs;
  // Once for now, and once more where the clock is put back into them at the very end.
  for (let turn = 0; turn < 2 && isQuiet(untilMs, zone, quiet); turn++) untilMs = endOf(untilMs, zone, quiet);
  return untilMs;
}

function endOf(atMs: number, zone: ZoneSpan, quiet: QuietHours): number {
  const { changesAtMs } = zone;
  if (changesAtMs > atMs) {
    const before = minutesToEnd(atMs, zone, quiet);
    if (before < changesAtMs) return before;
    if (!isQuiet(changesAtMs, zone, quiet)) return changesAtMs;
    return minutesToEnd(changesAtMs, zone, quiet);
  }
  return minutesToEnd(atMs, zone, quiet);
}

function minutesToEnd(atMs: number, zone: ZoneSpan, { toMinute }: QuietHours): number {
  const minutes = (toMinute - minuteOfDay(atMs, zone) + DAY_MINUTES) % DAY_MINUTES;
  const localMs = atMs + offsetAtMs(zone, atMs);
  return atMs + minutes * MINUTE_MS - (localMs - Math.floor(localMs / MINUTE_MS) * MINUTE_MS);
}

/** The first instant from `sinceMs` on at which the wall clock shows a minute of the day. */
export function nextMinuteMs(sinceMs: number, zone: ZoneSpan, minute: number): number {
  const localMs = sinceMs + offsetAtMs(zone, sinceMs);
  const todayMs = Math.floor(localMs / DAY_MS) * DAY_MS + minute * MINUTE_MS;
  return instantOf(todayMs >= localMs ? todayMs : todayMs + DAY_MS, sinceMs, zone);
}

/** When the subscriber's next day begins. */
export function nextDayMs(atMs: number, zone: ZoneSpan): number {
  return instantOf((localDay(atMs, zone) + 1) * DAY_MS, atMs, zone);
}
