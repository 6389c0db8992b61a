/**
 * timeAndTimezone: 3GPP TS 29.078 §5.1; the zone as 3GPP TS 23.040 §9.2.3.11.
 *
 *     | year 2 | year 1 |  | year 4 | year 3 |  | month |  | day |  | hour |  | minute |  | second |  | zone: quarters, sign in bit 4 |
 *
 * Every octet holds two decimal digits, the first in the lower half.
 */
import { msOfCivil } from '../../types/civil-time.ts';

export interface TimeAndTimezone {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Local time minus UTC in quarters of an hour: −79 … 79. */
  readonly zoneQuarters: number;
}

/** Undefined when it has not eight octets, or digits or a date that cannot be. */
export function decodeTimeAndTimezone(octets: Uint8Array): TimeAndTimezone | undefined {
  if (octets.length !== 8) return undefined;
  const numbers: number[] = [];
  for (let at = 0; at < 8; at++) {
    const low = octets[at]! & (at === 7 ? 7 : 15);
    const high = octets[at]! >> 4;
    if (low > 9 || high > 9) return undefined;
    numbers.push(low * 10 + high);
  }
  const [century, year, month, day, hour, minute, second, zone] = numbers as Eight;
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59)
    return undefined;
  return {
    year: century * 100 + year,
    month,
    day,
    hour,
    minute,
    second,
    zoneQuarters: (octets[7]! & 8) === 0 ? zone : -zone,
  };
}
type Eight = [number, number, number, number, number, number, number, number];

export function encodeTimeAndTimezone(time: TimeAndTimezone): Uint8Array {
  const semi = (value: number) => (Math.floor(value / 10) % 10) | ((value % 10) << 4);
  const { year, zoneQuarters } = time;
  return Uint8Array.of(
    semi(Math.floor(year / 100)),
    semi(year % 100),
    semi(time.month),
    semi(time.day),
    semi(time.hour),
    semi(time.minute),
    semi(time.second),
    semi(Math.abs(zoneQuarters)) | (zoneQuarters < 0 ? 8 : 0),
  );
}

/** Milliseconds since 1970-01-01T00:00Z. */
export function timeAndTimezoneToMs(time: TimeAndTimezone): number {
  return msOfCivil(time) - time.zoneQuarters * 900_000;
}
