/**
 * TP-Service-Centre-Time-Stamp (3GPP TS 23.040 §9.2.3.11): year, month, day, hour, minute, second, zone, each as two
 * semi-octets, tens in the low half. The time is local; the zone is its distance from GMT in quarters of an hour, its sign
 * in bit 3 of the tens.
 */
import { civilOf, msOfCivil } from '../../types/civil-time.ts';
import { failure, type Result, success } from '../../types/result.ts';

export const TIME_STAMP_OCTETS = 7;

const quarterMs = 900_000;
const clause = '3GPP TS 23.040 §9.2.3.11';

export interface TimeStamp {
  /** Four digits: two-digit years from 90 on are of the last century. */
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Local time less GMT in quarters of an hour, −79 … 79. */
  readonly quarterHours: number;
}

/** The seven octets for an instant, told in the local time that is `offsetMs` ahead of GMT (rounded to quarters of an hour). */
export function timeStampOctets(atMs: number, offsetMs: number): Uint8Array {
  const quarters = Math.round(offsetMs / quarterMs);
  const local = civilOf(atMs + quarters * quarterMs);
  const zone = semiOctets(Math.abs(quarters)) | (quarters < 0 ? 0x08 : 0);
  return Uint8Array.of(
    semiOctets(((local.year % 100) + 100) % 100),
    semiOctets(local.month),
    semiOctets(local.day),
    semiOctets(local.hour),
    semiOctets(local.minute),
    semiOctets(local.second),
    zone,
  );
}

/** Reads the time stamp at `offset`. Failures: `sms.truncated`, `sms.time-stamp` (a value that is no time). */
export function readTimeStamp(octets: Uint8Array, offset = 0): Result<TimeStamp> {
  if (offset + TIME_STAMP_OCTETS > octets.length) return failure('sms.truncated', octets.length, clause);
  const year = decimal(octets[offset] as number);
  const month = decimal(octets[offset + 1] as number);
  const day = decimal(octets[offset + 2] as number);
  const hour = decimal(octets[offset + 3] as number);
  const minute = decimal(octets[offset + 4] as number);
  const second = decimal(octets[offset + 5] as number);
  const zone = octets[offset + 6] as number;
  const quarters = decimal(zone & 0xf7);
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31))
    return failure('sms.time-stamp', offset, clause);
  if (!(hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59))
    return failure('sms.time-stamp', offset + 3, clause);
  if (quarters < 0) return failure('sms.time-stamp', offset + 6, clause);
  const quarterHours = (zone & 0x08) === 0 || quarters === 0 ? quarters : -quarters;
  return success({
    year: year >= 90 ? 1900 + year : 2000 + year,
    month,
    day,
    hour,
    minute,
    second,
    quarterHours,
  });
}

/** The instant of a time stamp, in milliseconds since 1970 UTC. */
export function timeStampMs(stamp: TimeStamp): number {
  return msOfCivil(stamp) - stamp.quarterHours * quarterMs;
}

function semiOctets(value: number): number {
  return ((value % 10) << 4) | Math.floor(value / 10);
}

/** Two semi-octets as a number; −1 when one of them is no digit. */
function decimal(octet: number): number {
  const tens = octet & 15;
  const units = octet >>> 4;
  return tens > 9 || units > 9 ? -1 : tens * 10 + units;
}
