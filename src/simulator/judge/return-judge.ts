/**
 * Holds "B is back" (K1) against what happened. A, who has it always on, called B in vain while B was away: when B is back,
 * A is told once for that absence, with the time of A's last attempt in it.
 *
 * What is tolerated, exactly:
 *
 * - An attempt is in the race when it began before, or less than `raceMs` after, B went away, or was reported less than
 *   `raceMs` before B's return or after it. Nobody can say then which came first for the engine, so such an attempt may be
 *   told on its own: before the return when it raced with B's leaving, those in the race before it told with it or not; after
 *   the notice for the others when it raced with the return. Where another attempt has to be told, one in the race need not be
 *   the last one. One that raced with the return need not be told at all when A was told after that return that B is back: it
 *   is one return, and one notice. The same goes for one that began before B went away, and so in the absence before: what A
 *   was told since it began is its notice.
 * - A return that the engine heard of late, when B had left again and A had called again, is one return with one notice: an
 *   attempt that a notice names by its time, told after it, is told. noteMM-Event says no time (3GPP TS 29.002 §8.1.6): one that was on its
 *   way for up to `eventLateMs` when B left and A called cannot be told from a return.
 * - What the engine has no duty to know (reports that are not certain) may be told or not.
 * - An absence that A could not be told of before the next one began may be told with it, in one notice; so may one whose
 *   notice was under way: it counts as told when A was told, after B's return, a time that is not before its last attempt.
 */
import type { Person } from '../person.ts';
import type { NetworkTimes } from '../plan.ts';
import type { ToldReturn } from '../read-notice.ts';
import { type EngineClock, tellsTime } from '../wall-clock.ts';
import type { MissedCall } from './missed-call.ts';

interface Absence {
  readonly beganAtMs: number;
  /** 0: not yet. */
  endedAtMs: number;
  attempts: MissedCall[];
  told: boolean;
  /** Nothing in it has to be told any more. */
  optional: boolean;
}

interface Told {
  readonly atMs: number;
  readonly attemptedAtMs: number;
  /** Whether the time that was told is the call's. */
  readonly names: (call: MissedCall) => boolean;
}

interface Pair {
  absences: Absence[];
  readonly told: Told[];
}

interface Presence {
  /** 0: B is there. */
  awaySinceMs: number;
  leftAtMs: number;
  returnedAtMs: number;
}

export interface DueReturn {
  readonly subscriber: Person;
  readonly caller: Person;
  readonly attemptedAtMs: number;
  readonly returnedAtMs: number;
}

export interface ReturnVerdict {
  readonly returnedAtMs: number;
  readonly doubled: boolean;
  /** In words; empty: nothing. */
  readonly wrong: string;
}

/** Per pair, what is kept to tell a repetition from an invention. */
const KEPT_MAX = 100;

export class ReturnJudge {
  readonly #raceMs: number;
  readonly #slackMs: number;
  readonly #eventLateMs: number;
  /** By B, then by A. */
  readonly #pairs = new Map<Person, Map<Person, Pair>>();
  readonly #presence = new Map<Person, Presence>();

  readonly #engineClock: EngineClock;

  constructor({ raceMs, clockSlackMs: slackMs, eventLateMs }: NetworkTimes, engineClock: EngineClock) {
    this.#raceMs = raceMs;
    this.#eventLateMs = eventLateMs;
    this.#slackMs = slackMs;
    this.#engineClock = engineClock;
  }

  left(subscriber: Person, atMs: number): void {
    const presence = this.#presence.get(subscriber);
    this.#presence.set(subscriber, {
      awaySinceMs: atMs,
      leftAtMs: atMs,
      returnedAtMs: presence?.returnedAtMs ?? 0,
    });
  }

  returned(subscriber: Person, atMs: number): void {
    const presence = this.#presence.get(subscriber);
    this.#presence.set(subscriber, {
      awaySinceMs: 0,
      leftAtMs: presence?.leftAtMs ?? 0,
      returnedAtMs: atMs,
    });
    for (const { absences } of this.#pairs.get(subscriber)?.values() ?? [])
      for (const absence of absences) if (absence.endedAtMs === 0) absence.endedAtMs = atMs;
  }

  /** A call that failed because its called party is away; the caller has it always on. `optional`: it need not be told. */
  add(call: MissedCall, optional = false): void {
    const pair = this.#pair(call.called, call.caller);
    const presence = this.#presence.get(call.called) ?? { awaySinceMs: 0, leftAtMs: 0, returnedAtMs: 0 };
    const last = pair.absences.at(-1);
    if (last !== undefined && !last.told && last.beganAtMs === presence.leftAtMs) {
      last.attempts.push(call);
      last.optional ||= optional;
      return;
    }
    pair.absences.push({
      beganAtMs: presence.leftAtMs,
      endedAtMs: presence.awaySinceMs === 0 ? presence.returnedAtMs : 0,
      attempts: [call],
      told: false,
      optional,
    });
    if (pair.absences.length > KEPT_MAX) pair.absences.shift();
  }

  /** N15: they have spoken, so that nothing before that has to be told. */
  spoken(subscriber: Person, caller: Person): void {
    for (const absence of this.#pairs.get(subscriber)?.get(caller)?.absences ?? []) absence.optional = true;
  }

  /** Nothing has to be told any more of this person's return, or to this person. */
  release(person: Person): void {
    for (const [subscriber, pairs] of this.#pairs)
      for (const [caller, { absences }] of pairs) {
        if (person !== subscriber && person !== caller) continue;
        for (const absence of absences) absence.optional = true;
      }
  }

  /** Whether the caller has met this number in vain, so that its return may be told. */
  knows(subscriber: string, caller: Person): boolean {
    return this.#find(subscriber, caller) !== undefined;
  }

  /** Returns that A has to be told of and was not. */
  *due(caller?: Person): Iterable<DueReturn> {
    for (const [subscriber, pairs] of this.#pairs)
      for (const [one, pair] of pairs) {
        if (caller !== undefined && one !== caller) continue;
        for (const absence of pair.absences) {
          if (!this.#isDue(absence, pair)) continue;
          const { attemptedAtMs } = absence.attempts.at(-1)!;
          yield { subscriber, caller: one, attemptedAtMs, returnedAtMs: absence.endedAtMs };
        }
      }
  }

  /** Absences that ended before then and need not be told any more. */
  forget(beforeMs: number): void {
    for (const [subscriber, pairs] of this.#pairs) {
      for (const [caller, pair] of pairs) {
        const isOver = (absence: Absence) =>
          absence.endedAtMs !== 0 && absence.endedAtMs < beforeMs && !this.#isDue(absence, pair);
        if (pair.absences.every(isOver)) pairs.delete(caller);
      }
      if (pairs.size === 0) this.#pairs.delete(subscriber);
    }
  }

  take(caller: Person, { subscriber, attemptedAt }: ToldReturn, atMs: number): ReturnVerdict {
    const pair = this.#find(subscriber, caller);
    if (pair === undefined) return wrong(`${subscriber} was not called in vain`);
    const tells = (instants: readonly number[]) =>
      tellsTime(attemptedAt, caller.timeZone, instants, this.#slackMs);
    const fits = (call: MissedCall) => tells(this.#engineClock.timesAt(call.attemptedAtMs));
    /** By the clock as it was, and not by what it was set to a moment later. */
    const fitsAtOnce = (call: MissedCall) => tells(this.#engineClock.timesAt(call.attemptedAtMs).slice(0, 1));
    /** The earliest that fits: those behind it are in the race, and may be told on their own. */
    const indexOf = (absence: Absence) => {
      const earliest = this.#earliestTellable(absence);
      return absence.attempts.findIndex((call, index) => index >= earliest && fits(call));
    };
    const fitting = pair.absences.filter(
      (absence) => !absence.told && absence.endedAtMs !== 0 && indexOf(absence) >= 0,
    );
    // Several may fit a time that is told by the minute: the one that has to be told is meant.
    const due = fitting.filter((absence) => this.#isDue(absence, pair));
    const meant = due.findLast(({ attempts }) => attempts.some(fitsAtOnce)) ?? due.at(-1) ?? fitting[0];
    if (meant !== undefined) {
      this.#tell(pair, meant, indexOf(meant), atMs, fits);
      return { returnedAtMs: meant.endedAtMs, doubled: false, wrong: '' };
    }
    const lastReturnMs = this.#presenceOf(subscriber)?.returnedAtMs ?? 0;
    const raced = (absence: Absence) =>
      absence.attempts.findLastIndex(
        (call) =>
          fits(call) &&
          call.attemptedAtMs <= atMs &&
          (this.#racesWithLeaving(absence, call) || call.attemptedAtMs - lastReturnMs < this.#eventLateMs),
      );
    const open = pair.absences.findLast(
      (absence) => absence.endedAtMs === 0 && !absence.told && raced(absence) >= 0,
    );
    if (open !== undefined) {
      this.#tellRaced(pair, open, raced(open), atMs, fits);
      return { returnedAtMs: 0, doubled: false, wrong: '' };
    }
    const known = pair.absences.filter((absence) => absence.attempts.some(fits));
    if (known.some((absence) => absence.told)) return { returnedAtMs: 0, doubled: true, wrong: '' };
    if (known.some((absence) => absence.endedAtMs === 0)) return wrong(`${subscriber} is not back`);
    return wrong(`the last attempt at ${subscriber} was at another time`);
  }

  #tell(pair: Pair, absence: Absence, index: number, atMs: number, names: Told['names']): void {
    const later = absence.attempts.slice(index + 1);
    const { attemptedAtMs } = absence.attempts[index]!;
    absence.told = true;
    pair.told.push({ atMs, attemptedAtMs, names });
    pair.told.splice(0, pair.told.length - KEPT_MAX);
    if (later.length === 0) return;
    // Those in the race, and those that the engine may not know of.
    const at = pair.absences.indexOf(absence);
    pair.absences.splice(at + 1, 0, { ...absence, attempts: later, told: false, optional: true });
  }

  /** Told before the return: those in the race that came before it may be in the same notice, or in one of their own. */
  #tellRaced(pair: Pair, open: Absence, index: number, atMs: number, names: Told['names']): void {
    const before = open.attempts.slice(0, index);
    pair.told.push({ atMs, attemptedAtMs: open.attempts[index]!.attemptedAtMs, names });
    pair.told.splice(0, pair.told.length - KEPT_MAX);
    open.attempts = open.attempts.slice(index + 1);
    if (open.attempts.length === 0) open.told = true;
    if (before.length === 0) return;
    const at = pair.absences.indexOf(open);
    pair.absences.splice(at, 0, { ...open, attempts: before, told: false, optional: true });
  }

  /** Index of the first attempt that may stand in the notice: those before it were certainly followed by another one. */
  #earliestTellable(absence: Absence): number {
    const last = absence.attempts.findLastIndex(
      (call) => call.certainty === 'certain' && !this.#races(absence, call),
    );
    return Math.max(last, 0);
  }

  #races(absence: Absence, call: MissedCall): boolean {
    return this.#racesWithLeaving(absence, call) || this.#racesWithReturn(absence, call);
  }

  #racesWithReturn(absence: Absence, call: MissedCall): boolean {
    return absence.endedAtMs !== 0 && call.settledAtMs > absence.endedAtMs - this.#raceMs;
  }

  #racesWithLeaving(absence: Absence, call: MissedCall): boolean {
    return call.attemptedAtMs < absence.beganAtMs + this.#raceMs;
  }

  #isDue(absence: Absence, pair: Pair): boolean {
    if (absence.told || absence.optional || absence.endedAtMs === 0) return false;
    const certain = absence.attempts.filter(
      (call) => call.certainty === 'certain' && !wasToldMeanwhile(absence, call, pair),
    );
    if (certain.length === 0) return false;
    const owed = certain.findLast((call) => !this.#racesWithReturn(absence, call));
    return !pair.told.some(
      (told) =>
        told.atMs >= absence.endedAtMs &&
        (owed === undefined || told.attemptedAtMs >= owed.attemptedAtMs - this.#slackMs),
    );
  }

  #presenceOf(subscriber: string): Presence | undefined {
    for (const [{ number }, presence] of this.#presence) if (number === subscriber) return presence;
    return undefined;
  }

  #find(subscriber: string, caller: Person): Pair | undefined {
    for (const [one, pairs] of this.#pairs) if (one.number === subscriber) return pairs.get(caller);
    return undefined;
  }

  #pair(subscriber: Person, caller: Person): Pair {
    let pairs = this.#pairs.get(subscriber);
    if (pairs === undefined) {
      pairs = new Map();
      this.#pairs.set(subscriber, pairs);
    }
    let pair = pairs.get(caller);
    if (pair === undefined) {
      pair = { absences: [], told: [] };
      pairs.set(caller, pair);
    }
    return pair;
  }
}

const wrong = (why: string): ReturnVerdict => ({ returnedAtMs: 0, doubled: false, wrong: why });

/** A was told since that B is back: of a call that began before B went away by any notice, of another one by its time. */
function wasToldMeanwhile({ beganAtMs }: Absence, call: MissedCall, { told }: Pair): boolean {
  const { attemptedAtMs } = call;
  return told.some(({ atMs, names }) => atMs >= attemptedAtMs && (attemptedAtMs < beganAtMs || names(call)));
}
