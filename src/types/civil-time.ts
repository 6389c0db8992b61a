/** Civil (proleptic Gregorian) dates and times by arithmetic alone: no ambient clock, no zone. */
export interface CivilTime {
  readonly year: number;
  /** 1 … 12. */
  readonly month: number;
  /** 1 … 31. */
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

const dayMs = 86_400_000;

/** Days from 0000-03-01, where a leap day ends the year, to 1970-01-01; and the length of 400 years. */
const epochDays = 719_468;
const eraDays = 146_097;

/** The civil time of `ms` since 1970-01-01T00:00; add a zone's offset to `ms` for its wall clock. */
export function civilOf(ms: number): CivilTime {
  const days = Math.floor(ms / dayMs);
  const seconds = Math.floor((ms - days * dayMs) / 1000);
  const shifted = days + epochDays;
  const era = Math.floor(shifted / eraDays);
  const dayOfEra = shifted - era * eraDays;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  // Months counted from March have a regular length: 153 days in every five of them.
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    weekday: (((days + 4) % 7) + 7) % 7,
  };
}

/** Days from 1970-01-01 to a date; two dates differ by the difference of theirs. */
export function civilDay(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * eraDays + dayOfEra - epochDays;
}

/** Milliseconds since 1970-01-01T00:00 of a civil time; subtract a zone's offset from a wall clock's for UTC. */
export function msOfCivil(time: Omit<CivilTime, 'weekday'>): number {
  return (
    civilDay(time.year, time.month, time.day) * dayMs +
    ((time.hour * 60 + time.minute) * 60 + time.second) * 1000
  );
}
