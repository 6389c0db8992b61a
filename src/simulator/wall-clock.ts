/** Wall clocks for the judge, from the runtime's own calendar: nothing that the engine tells times with. */
import { msOfCivil } from '../types/civil-time.ts';
import type { ToldTime } from './read-notice.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  formats.set(timeZone, made);
  return made;
}

/** What a clock on the wall shows in a zone (IANA name) at an instant. */
export function wallClock(timeZone: string, atMs: number): ToldTime {
  const fields: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(atMs)) fields[type] = Number(value);
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = fields;
  return { year, month, day, hour, minute };
}

export function sameMinute(a: ToldTime, b: ToldTime): boolean {
  return (
    a.minute === b.minute && a.hour === b.hour && a.day === b.day && a.month === b.month && a.year === b.year
  );
}

const MINUTE_MS = 60_000;

/** How far the wall clock of a zone is ahead of UTC. */
export function offsetMs(timeZone: string, atMs: number): number {
  const { year, month, day, hour, minute } = wallClock(timeZone, atMs);
  const wallMs = msOfCivil({ year, month, day, hour, minute, second: 0 });
  return wallMs - Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
}

/** The wall clock of the engine, by which notices tell times. */
export interface EngineClock {
  /** What it may have shown at a time of ours: several times where it was set just then. */
  timesAt(atMs: number): readonly number[];
  /** The latest time that it has shown until now; it may have been set back since. */
  latestMs(nowMs: number): number;
}

/** One that is never set, and goes as ours does. */
export const sameClock: EngineClock = { timesAt: (atMs) => [atMs], latestMs: (nowMs) => nowMs };

/** Whether the clock showed `told` within `slackMs` before or after one of the instants. */
export function tellsTime(
  told: ToldTime,
  timeZone: string,
  instants: readonly number[],
  slackMs: number,
): boolean {
  return instants.some((atMs) => {
    const shown = (changeMs: number) => sameMinute(told, wallClock(timeZone, atMs + changeMs));
    if (shown(0) || shown(-slackMs) || shown(slackMs)) return true;
    for (let changeMs = MINUTE_MS - slackMs; changeMs < slackMs; changeMs += MINUTE_MS)
      if (shown(changeMs)) return true;
    return false;
  });
}
