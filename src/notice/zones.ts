/** Offsets of time zones, from the runtime's own data (IANA), behind a bounded cache: making a formatter takes tens of microseconds. */
import type { ZoneSpan } from '../types/zone-span.ts';

/** Span for which an offset is kept; one in which the zone's clocks change is never kept. */
const spanMs = 6 * 3_600_000;
const spansMax = 64;
/** How far {@link Zones.spanAt} looks back and ahead: quiet hours, a digest and the end of a day lie within. */
const BACK_MS = 26 * 3_600_000;
const AHEAD_MS = 72 * 3_600_000;
const SECOND_MS = 1_000;

interface Zone {
  readonly formatter: Intl.DateTimeFormat;
  /** Offset by number of the span since 1970. */
  readonly offsets: Map<number, number>;
  /** The change that was found last; 0: none yet. */
  changesAtMs: number;
}

export class Zones {
  readonly #zonesMax: number;
  /** Undefined: no such zone. */
  readonly #zones = new Map<string, Zone | undefined>();

  /** Keeps at most `zonesMax` zones; one more puts the oldest away. */
  constructor(zonesMax = 128) {
    this.#zonesMax = zonesMax;
  }

  get size(): number {
    return this.#zones.size;
  }

  /** How far the zone's wall clock is ahead of UTC at an instant, in milliseconds; undefined when there is no such zone. */
  offsetMs(name: string, atMs: number): number | undefined {
    const zone = this.#zone(name);
    if (zone === undefined) return undefined;
    const span = Math.floor(atMs / spanMs);
    const kept = zone.offsets.get(span);
    if (kept !== undefined) return kept;
    const first = readOffset(zone.formatter, span * spanMs);
    const last = readOffset(zone.formatter, (span + 1) * spanMs - 1);
    if (first !== last) return readOffset(zone.formatter, atMs);
    if (zone.offsets.size >= spansMax) zone.offsets.clear();
    zone.offsets.set(span, first);
    return first;
  }

  /** The offset around an instant, and its change where there is one near; undefined when there is no such zone. */
  spanAt(name: string, atMs: number): ZoneSpan | undefined {
    const zone = this.#zone(name);
    const fromMs = atMs - BACK_MS;
    const toMs = atMs + AHEAD_MS;
    const offsetMs = this.offsetMs(name, fromMs);
    const thenOffsetMs = this.offsetMs(name, toMs);
    if (zone === undefined || offsetMs === undefined || thenOffsetMs === undefined) return undefined;
    if (offsetMs === thenOffsetMs) return { offsetMs, changesAtMs: 0, thenOffsetMs };
    if (zone.changesAtMs <= fromMs || zone.changesAtMs > toMs)
      zone.changesAtMs = this.#changeBetween(name, offsetMs, fromMs, toMs);
    return { offsetMs, changesAtMs: zone.changesAtMs, thenOffsetMs };
  }

  /** Clocks change at whole seconds. */
  #changeBetween(name: string, offsetMs: number, fromMs: number, toMs: number): number {
    let before = Math.floor(fromMs / SECOND_MS);
    let behind = Math.ceil(toMs / SECOND_MS);
    while (behind - before > 1) {
      const middle = Math.floor((before + behind) / 2);
      if (this.offsetMs(name, middle * SECOND_MS) === offsetMs) before = middle;
      else behind = middle;
    }
    return behind * SECOND_MS;
  }

  #zone(name: string): Zone | undefined {
    if (this.#zones.has(name)) return this.#zones.get(name);
    let zone: Zone | undefined;
    try {
      const formatter = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
      zone = { formatter, offsets: new Map(), changesAtMs: 0 };
    } catch {
      // A name that the runtime's data does not have.
    }
    if (this.#zones.size >= this.#zonesMax) {
      for (const oldest of this.#zones.keys()) {
        this.#zones.delete(oldest);
        break;
      }
    }
    this.#zones.set(name, zone);
    return zone;
  }
}

/** True for a name that the runtime's data has (`Europe/Berlin`, `UTC`). */
export function isTimeZone(name: string): boolean {
  return new Zones(1).offsetMs(name, 0) !== undefined;
}

/** The formatter says `GMT`, `GMT+05:30`, or with seconds for times before standard time. */
function readOffset(formatter: Intl.DateTimeFormat, atMs: number): number {
  const name = formatter.formatToParts(atMs).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const match = /^GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(name);
  if (match === null) return 0;
  const seconds = (Number(match[2]) * 60 + Number(match[3])) * 60 + Number(match[4] ?? 0);
  return (match[1] === '-' ? -seconds : seconds) * 1000;
}
