/**
 * Holds missed-calls notices (N1, N2) against the calls. A line says: so many calls of this caller, the last then, for that
 * reason. It claims as many calls as it counts (`claims.ts`), and is right when each of its claims finds a call that no other
 * one holds. What a line says of its calls fits several of them, as it tells a minute: so claims are shifted among the calls
 * of a pair as long as all of them can be held, and a call is lost only when no shifting lets a line have told it.
 */

import type { Person } from '../person.ts';
import type { ToldCaller } from '../read-notice.ts';
import { type EngineClock, tellsTime } from '../wall-clock.ts';
import { type Claim, Claims } from './claims.ts';
import { isDue, isTellable, type MissedCall, mayBeToldAs } from './missed-call.ts';

export interface LineVerdict {
  readonly told: readonly MissedCall[];
  /** Calls that were told before. */
  readonly doubled: number;
  /** In words; empty: nothing. */
  readonly wrong: string;
}

export class MissedJudge {
  readonly #slackMs: number;
  readonly #callLateMs: number;
  readonly #pairs = new Map<Person, Map<string, Claims>>();

  readonly #engineClock: EngineClock;

  /** @param callLateMs so long an attempt may be on its way: of calls that come nearer to one another the engine may know another order */
  constructor(slackMs: number, engineClock: EngineClock, callLateMs = 0) {
    this.#slackMs = slackMs;
    this.#callLateMs = callLateMs;
    this.#engineClock = engineClock;
  }

  /** A call that its called party is to be told of, once it is settled as certain. */
  add(call: MissedCall): void {
    this.#pair(call.called, call.shown ? call.caller.number : '').add(call);
  }

  /** N15: they have spoken; the calls before that need not be told any more. */
  spoken(one: Person, other: Person): void {
    for (const call of this.#pairs.get(one)?.get(other.number)?.calls ?? [])
      if (call.duty === 'due') call.duty = 'optional';
  }

  /** The calls of this person, which are held against nothing here any more. */
  takeAll(person: Person): readonly MissedCall[] {
    const pairs = [...(this.#pairs.get(person)?.values() ?? [])];
    this.#pairs.delete(person);
    return pairs.flatMap(({ calls }) => calls);
  }

  /** What the phone's owner must still be told. */
  *due(person: Person): Iterable<MissedCall> {
    for (const pair of this.#pairs.get(person)?.values() ?? [])
      for (const call of pair.due()) if (!this.#takenByAnyCaller(person, pair, call)) yield call;
  }

  *allDue(): Iterable<MissedCall> {
    for (const person of this.#pairs.keys()) yield* this.due(person);
  }

  take(person: Person, line: ToldCaller, atMs: number): LineVerdict {
    const pair = this.#pairs.get(person)?.get(line.caller);
    if (pair === undefined) return wrong(`${line.caller} never called, or withheld the number`);
    const fits = (call: MissedCall): boolean =>
      isReported(call, atMs) &&
      mayBeToldAs(call, line.reason) &&
      tellsTime(line.lastAt, person.timeZone, this.#engineClock.timesAt(call.attemptedAtMs), this.#slackMs);
    const fitting = pair.calls.filter(fits);
    const last = pair.claim({ fits }) ?? this.#freed(person, pair, fits);
    if (last === undefined) {
      if (fitting.length > 0) return { told: [], doubled: line.calls, wrong: '' };
      return wrong(
        `no call of ${line.caller} that is not told yet was then and for that reason: ${describe(pair.calls)}`,
      );
    }
    // By the engine's clock, as that is what it orders calls by.
    const timesOf = ({ attemptedAtMs }: MissedCall) => this.#engineClock.timesAt(attemptedAtMs);
    const untilMs = Math.max(...fitting.flatMap(timesOf)) + this.#callLateMs;
    const before: Claim = {
      fits: (call) => isReported(call, atMs) && Math.min(...timesOf(call)) <= untilMs,
    };
    const told = [last];
    while (told.length < line.calls) {
      const call = pair.claim(before);
      if (call === undefined) break;
      told.push(call);
    }
    const excess = line.calls - told.length;
    if (excess === 0) return { told, doubled: 0, wrong: '' };
    if (pair.calls.filter(before.fits).length >= line.calls) return { told, doubled: excess, wrong: '' };
    return { told, doubled: 0, wrong: `${line.caller} called ${told.length} times` };
  }

  /** Pairs of which nothing more is to come since then; a notice that tells of one all the same is wrong. */
  forget(beforeMs: number): void {
    for (const [person, pairs] of this.#pairs) {
      for (const [caller, pair] of pairs) if (pair.isOver(beforeMs)) pairs.delete(caller);
      if (pairs.size === 0) this.#pairs.delete(person);
    }
  }

  /** `count` calls of callers that the notice has no room for; returns those that there are. */
  takeFurther(person: Person, count: number, atMs: number): readonly MissedCall[] {
    const any: Claim = { fits: (call) => isReported(call, atMs), anyCaller: true };
    const open = [...(this.#pairs.get(person)?.values() ?? [])].flatMap((pair) => {
      // What a claim of its own pair can hold, now that it is known to be taken, is no further call.
      const due = new Set(pair.due());
      return pair.calls
        .filter((call) => any.fits(call) && !pair.isHeld(call))
        .map((call) => ({ pair, last: due.has(call) ? 0 : 1, atMs: call.reportedAtMs }));
    });
    // What has to be told goes first, and of that the oldest: what was reported just now, the notice does not know yet.
    open.sort((a, b) => a.last - b.last || a.atMs - b.atMs);
    return open.slice(0, count).flatMap(({ pair }) => pair.claim(any) ?? []);
  }

  /** A line names a call that a claim on any caller's holds: that one goes to another call, of another pair. */
  #freed(person: Person, pair: Claims, fits: (call: MissedCall) => boolean): MissedCall | undefined {
    for (const [call, claim] of pair.anyCaller()) {
      if (!fits(call)) continue;
      for (const other of this.#pairs.get(person)?.values() ?? []) {
        const free = other.calls.find((one) => one !== call && claim.fits(one) && !other.isHeld(one));
        if (free === undefined) continue;
        other.hold(free, claim);
        pair.letGo(call);
        return pair.claim({ fits });
      }
    }
    return undefined;
  }

  /** A claim on any caller's call that holds one which need not be told holds this one instead, which has to be. */
  #takenByAnyCaller(person: Person, pair: Claims, due: MissedCall): boolean {
    for (const other of this.#pairs.get(person)?.values() ?? [])
      for (const [call, claim] of other.anyCaller()) {
        if (isDue(call) || !claim.fits(due)) continue;
        other.letGo(call);
        pair.hold(due, claim);
        return true;
      }
    return false;
  }

  #pair(person: Person, caller: string): Claims {
    let pairs = this.#pairs.get(person);
    if (pairs === undefined) {
      pairs = new Map();
      this.#pairs.set(person, pairs);
    }
    let pair = pairs.get(caller);
    if (pair === undefined) {
      pair = new Claims();
      pairs.set(caller, pair);
    }
    return pair;
  }
}

/** It may be told by a notice that came at that time: not before it was reported, and not when the engine had let it go. */
function isReported(call: MissedCall, atMs: number): boolean {
  return call.reportedAtMs > 0 && call.reportedAtMs <= atMs && isTellable(call);
}

const wrong = (why: string): LineVerdict => ({ told: [], doubled: 0, wrong: why });

function describe(calls: readonly MissedCall[]): string {
  if (calls.length === 0) return 'there is none';
  return calls
    .map((call) => `${call.reason} at ${call.attemptedAtMs} ms (${call.certainty}, ${call.duty})`)
    .join(', ');
}
