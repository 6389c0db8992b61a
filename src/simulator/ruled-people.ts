/** Rules that people have ordered, at random, for a run that is over within minutes. */
import type { MissedReason } from '../types/model/notice.ts';
import type { Preferences } from '../types/model/preferences.ts';
import { SeededRandom } from '../types/random.ts';
import { Chance } from './chance.ts';
import { type Person, person } from './person.ts';
import type { RuledPeople } from './plan.ts';
import { wallClock } from './wall-clock.ts';

const REASONS: readonly MissedReason[] = ['busy', 'no-answer', 'not-reachable', 'abandoned', 'barred'];
/** Quiet hours began within so many minutes before the run, and end within these after its beginning. */
const BEGAN_MINUTES = 240;
const ENDS_MINUTES = 12;
const DAY_MINUTES = 1440;

/** The same people, some of them with rules. */
export function withRules(
  people: readonly Person[],
  ruled: RuledPeople,
  beginsAtMs: number,
): readonly Person[] {
  const chance = new Chance(new SeededRandom(ruled.seed));
  // Of numbers of its own: the other rules stay as they were.
  const priority = new Chance(new SeededRandom(ruled.seed + 1));
  const numbers = people.map(({ number }) => number);
  const withRulesOfTheirOwn = people.map(({ handset: _handset, ...settings }) => {
    const isRuled = chance.happens(ruled.fraction);
    const listed = settings.notifyMe === 'always' && chance.happens(0.3);
    const preferences = draw(chance, numbers, minuteOfDay(settings.timeZone, beginsAtMs));
    if (!isRuled) return person(settings);
    const priorityCallers = numbers.filter(() => ruled.priority === true && priority.happens(0.3));
    const withPriority = priorityCallers.length === 0 ? preferences : { ...preferences, priorityCallers };
    return person({
      ...settings,
      preferences: withPriority,
      notifyMe: listed ? 'listed' : settings.notifyMe,
    });
  });
  return ruled.forwarding === true ? withSecondPhones(withRulesOfTheirOwn) : withRulesOfTheirOwn;
}

/** So many of the people are second phones, each of another one. */
const SECOND_PHONES = 0.2;

/** N13: the last ones have ordered nothing: they are where the first ones have their notices sent. */
function withSecondPhones(people: readonly Person[]): readonly Person[] {
  const seconds = Math.floor(people.length * SECOND_PHONES);
  const firstSecond = people.length - seconds;
  return people.map(({ handset: _handset, preferences, ...settings }, index) => {
    if (index >= firstSecond) {
      const { timeZone } = people[index - firstSecond]!;
      return person({ ...settings, timeZone, subscribed: false, notifyMe: 'off' });
    }
    const second = people[firstSecond + index];
    if (second === undefined)
      return person(preferences === undefined ? settings : { ...settings, preferences });
    return person({ ...settings, preferences: { ...preferences, forwardTo: second.number } });
  });
}

function draw(chance: Chance, numbers: readonly string[], minuteNow: number): Preferences {
  const some = (fraction: number) => numbers.filter(() => chance.happens(fraction));
  const minute = (after: number) => (minuteNow + after + DAY_MINUTES) % DAY_MINUTES;
  const quietHours = {
    fromMinute: minute(-chance.below(BEGAN_MINUTES)),
    toMinute: minute(1 + chance.below(ENDS_MINUTES)),
  };
  const callerFilter = chance.oneOf(['none', 'none', 'none', 'block-listed', 'only-listed'] as const);
  return {
    ...(chance.happens(0.4) ? { quietHours } : {}),
    ...(chance.happens(0.1) ? { digestMinute: minute(1 + chance.below(ENDS_MINUTES)) } : {}),
    ...(chance.happens(0.15) ? { noticesPerDay: 1 + chance.below(3) } : {}),
    ...(chance.happens(0.1) ? { expiryMinutes: 1 + chance.below(3) } : {}),
    ...(chance.happens(0.2) ? { reasons: REASONS.filter(() => chance.happens(0.6)) } : {}),
    ...(chance.happens(0.2) ? { aggregation: 'per-caller' as const } : {}),
    ...(chance.happens(0.1) ? { mailbox: 'instead' as const } : {}),
    callerFilter,
    callersListed: some(callerFilter === 'only-listed' ? 0.6 : 0.3),
    returnPrivacy: chance.oneOf(['everyone', 'everyone', 'listed', 'nobody']),
    mayKnow: some(0.5),
    watched: some(0.5),
  };
}

function minuteOfDay(timeZone: string, atMs: number): number {
  const { hour, minute } = wallClock(timeZone, atMs);
  return hour * 60 + minute;
}
