/** Offsets of time zones, from the runtime's own data (IANA), behind a bounded cache: making a formatter takes tens of microseconds. */

/** Span for which an offset is kept; one in which the zone's clocks change is never kept. */
const spanMs = 6 * 3_600_000;
const spansMax = 64;

interface Zone {
  readonly formatter: Intl.DateTimeFormat;
  /** Offset by number of the span since 1970. */
  readonly offsets: Map<number, number>;
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

  #zone(name: string): Zone | undefined {
    if (this.#zones.has(name)) return this.#zones.get(name);
    let zone: Zone | undefined;
    try {
      const formatter = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
      zone = { formatter, offsets: new Map() };
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
