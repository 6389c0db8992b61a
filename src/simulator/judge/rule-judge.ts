/**
 * Holds what reaches a phone against what its owner has ordered, from the network's side: nothing that the engine decides with.
 *
 * What is tolerated, exactly: a notice that left in time may be on its way for as long as a delivery and its repetitions
 * last; the engine's clock may show any time that it has shown; and of a digest, a cap and an expiry it is only said that no
 * notice breaks them, not that every call is told.
 */

import type { MissedReason } from '../../types/model/notice.ts';
import type { Preferences } from '../../types/model/preferences.ts';
import { type Person, rulesOf } from '../person.ts';
import type { ToldNotice } from '../read-notice.ts';
import { type EngineClock, wallClock } from '../wall-clock.ts';
import type { MissedCall } from './missed-call.ts';

/** A delivery that is cut short by a kill begins again when the engine is back, and one that is not answered ends by its timers. */
const ON_ITS_WAY_MS = 240_000;
/** A clock may be set twice within a second or two, and quiet hours be over in between (`EngineClock.timesAt`). */
const SAMPLE_MS = 1_000;

interface WhenTold {
  readonly atMs: number;
  /** When it left the engine, or its message centre had it; absent: at once. */
  readonly madeAtMs?: number;
  /** N8: it lay in an inbox, and was read at `atMs`; absent: it did not. */
  readonly isFetched?: boolean;
}

export class RuleJudge {
  readonly #engineClock: EngineClock;
  readonly #withheld: 'suppress' | 'count';
  /** Notices of missed calls that have arrived, by person and day on the person's calendar. */
  readonly #arrived = new Map<Person, Map<string, number>>();

  constructor(engineClock: EngineClock, withheld: 'suppress' | 'count') {
    this.#engineClock = engineClock;
    this.#withheld = withheld;
  }

  /** Whether the called party is to be told of the call, may be, or must not be. */
  dutyTo(call: MissedCall): MissedCall['duty'] {
    const { called, caller, shown, reason } = call;
    const preferences = rulesOf(called);
    if (!shown && this.#withheld === 'suppress') return 'withheld';
    if (!isWanted(preferences, caller.number)) return 'withheld';
    // A call whose report is not taken may look given up to the engine.
    if (!isTold(preferences, reason)) return isTold(preferences, 'abandoned') ? 'optional' : 'withheld';
    const { digestMinute, noticesPerDay, expiryMinutes } = preferences;
    const isOpen = digestMinute === undefined && noticesPerDay === undefined && expiryMinutes === undefined;
    return isOpen ? 'due' : 'optional';
  }

  /** Whether the caller is to be told that the called party is back (K2, R2). */
  isReturnTold({ called, caller }: MissedCall): boolean {
    return wants(caller, called.number) && mayKnow(called, caller.number);
  }

  /** Something may keep what is due from being told at once. */
  isHeld(person: Person): boolean {
    const { quietHours, digestMinute } = rulesOf(person);
    return quietHours !== undefined || digestMinute !== undefined;
  }

  /** The rules that a notice breaks, in words, with their ids. */
  broken(
    person: Person,
    notice: ToldNotice,
    people: (number: string) => Person | undefined,
    { atMs, madeAtMs = atMs, isFetched }: WhenTold,
  ): string[] {
    const preferences = rulesOf(person);
    const broken: string[] = [];
    const isUrgent = isOfPriority(preferences, notice);
    if (!isUrgent && !this.#wasEver(madeAtMs, (instant) => !isQuiet(person, instant)))
      broken.push('N12: it is quiet hours');
    if (notice.kind === 'returns') {
      for (const { subscriber } of notice.returned) {
        const back = people(subscriber);
        if (!wants(person, subscriber)) broken.push(`K2: ${subscriber} is not watched`);
        if (back !== undefined && !mayKnow(back, person.number))
          broken.push(`R2: ${subscriber} lets nobody like this know of the return`);
      }
      return broken;
    }
    if (preferences.aggregation === 'per-caller' && notice.callers.length > 1)
      broken.push('N4: several callers in one notice');
    for (const { caller, reason } of notice.callers) {
      if (caller === '' && this.#withheld === 'suppress') broken.push('R1: a withheld number');
      if (caller !== '' && !isWanted(preferences, caller)) broken.push(`R3: ${caller} is not to be told`);
      if (!isTold(preferences, reason)) broken.push(`C5: ${reason} is not to be told`);
    }
    if (isFetched !== true && this.#isBeyondCap(person, atMs) && !isUrgent)
      broken.push('N14: one more than may come on a day');
    return broken;
  }

  /** Whether something was so by any time that the engine's clock showed while the notice may have been made. */
  #wasEver(atMs: number, holds: (instantMs: number) => boolean): boolean {
    for (let beforeMs = 0; beforeMs <= ON_ITS_WAY_MS; beforeMs += SAMPLE_MS)
      for (const instantMs of this.#engineClock.timesAt(atMs - beforeMs)) if (holds(instantMs)) return true;
    return false;
  }

  /** A clock that has been set makes another day of this one. */
  #isBeyondCap(person: Person, atMs: number): boolean {
    const cap = rulesOf(person).noticesPerDay;
    if (cap === undefined || cap === 0 || this.#engineClock.timesAt(atMs).some((shown) => shown !== atMs))
      return false;
    const { year, month, day } = wallClock(person.timeZone, atMs);
    const days = this.#arrived.get(person) ?? new Map<string, number>();
    this.#arrived.set(person, days);
    const count = (days.get(`${year}-${month}-${day}`) ?? 0) + 1;
    days.set(`${year}-${month}-${day}`, count);
    return count > cap;
  }
}

function wants(person: Person, callee: string): boolean {
  const { notifyMe } = person;
  return (
    notifyMe === 'always' || (notifyMe === 'listed' && rulesOf(person).watched?.includes(callee) === true)
  );
}

function mayKnow(person: Person, caller: string): boolean {
  const { returnPrivacy = 'everyone', mayKnow: listed } = rulesOf(person);
  return returnPrivacy === 'everyone' || (returnPrivacy === 'listed' && listed?.includes(caller) === true);
}

function isWanted({ callerFilter, callersListed }: Preferences, caller: string): boolean {
  const isOnList = callersListed?.includes(caller) === true;
  return callerFilter === 'block-listed' ? !isOnList : callerFilter !== 'only-listed' || isOnList;
}

/** N12: these are told at any time, alone, and count for the cap. */
function isOfPriority({ priorityCallers = [] }: Preferences, notice: ToldNotice): boolean {
  if (notice.kind !== 'missed-calls' || notice.furtherCalls > 0) return false;
  return notice.callers.every(({ caller }) => priorityCallers.includes(caller));
}

function isTold({ reasons, mailbox }: Preferences, reason: MissedReason): boolean {
  if (reasons?.includes(reason) === false) return false;
  return mailbox !== 'instead' || reason === 'abandoned' || reason === 'barred';
}

function isQuiet(person: Person, atMs: number): boolean {
  const quiet = rulesOf(person).quietHours;
  if (quiet === undefined) return false;
  const { hour, minute } = wallClock(person.timeZone, atMs);
  const since = (hour * 60 + minute - quiet.fromMinute + 1440) % 1440;
  return since < (quiet.toMinute - quiet.fromMinute + 1440) % 1440;
}
