/** What a wall clock shows around one instant: enough to say when a time of the day comes next, without the zone's data. */
export interface ZoneSpan {
  /** How far the wall clock is ahead of UTC, until it changes. */
  readonly offsetMs: number;
  /** When it is put forward or back, ms since 1970 UTC; 0: not within the day before the instant, nor within three days after it. */
  readonly changesAtMs: number;
  readonly thenOffsetMs: number;
}

export const utc: ZoneSpan = { offsetMs: 0, changesAtMs: 0, thenOffsetMs: 0 };

export function offsetAtMs({ offsetMs, changesAtMs, thenOffsetMs }: ZoneSpan, atMs: number): number {
  return changesAtMs === 0 || atMs < changesAtMs ? offsetMs : thenOffsetMs;
}
