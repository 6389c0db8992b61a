/**
 * Holds missed-calls notices (N1, N2) against the calls. A line says: so many calls of this caller, the last then, for that
 * reason. It is right when there are as many calls of the caller that were not told yet, up to one that has this time and
 * reason; these are told now. Calls that surely were reported go first, then those that are being reported. Where a line fits
 * two calls and only one of them has to be told, it was that one.
 */

import type { Person } from '../person.ts';
import type { ToldCaller } from '../read-notice.ts';
import { tellsTime } from '../wall-clock.ts';
import { type MissedCall, mayBeToldAs } from './missed-call.ts';

/** Calls told, kept to tell a repetition from an invention. */
const TOLD_MAX = 100;

interface Pair {
  /** Not told yet, by time of attempt. */
  open: MissedCall[];
  readonly told: MissedCall[];
}

export interface LineVerdict {
  readonly told: readonly MissedCall[];
  /** Calls that were told before. */
  readonly doubled: number;
  /** In words; empty: nothing. */
  readonly wrong: string;
}

export class MissedJudge {
  readonly #slackMs: number;
  readonly #pairs = new Map<Person, Map<string, Pair>>();

  constructor(slackMs: number) {
    this.#slackMs = slackMs;
  }

  /** A call that its called party is to be told of, once it is settled as certain. */
  add(call: MissedCall): void {
    this.#pair(call.called, call.caller.number).open.push(call);
  }

  /** What the phone's owner must still be told. */
  *due(person: Person): Iterable<MissedCall> {
    for (const pair of this.#pairs.get(person)?.values() ?? []) {
      // Lines that were taken for calls that need not be told.
      const spare = pair.told.filter((call) => call.certainty !== 'certain');
      for (const call of pair.open) {
        if (!isCertain(call)) continue;
        const index = spare.findIndex(({ toldBy }) => toldBy !== undefined && this.#covers(toldBy, call));
        if (index < 0) yield call;
        else spare.splice(index, 1);
      }
    }
  }

  *allDue(): Iterable<MissedCall> {
    for (const person of this.#pairs.keys()) yield* this.due(person);
  }

  take(person: Person, line: ToldCaller): LineVerdict {
    if (line.caller === '') return wrong('a withheld number is told of, which the service suppresses');
    const pair = this.#pairs.get(person)?.get(line.caller);
    if (pair === undefined) return wrong(`${line.caller} never called, or withheld the number`);
    const chosen = this.#choose(pair.open, person, line);
    if (chosen === undefined) {
      if (pair.told.some((call) => this.#fits(call, person, line)))
        return { told: [], doubled: line.calls, wrong: '' };
      return wrong(
        `no call of ${line.caller} that is not told yet was then and for that reason: ${describe(pair.open)}`,
      );
    }
    this.#tell(pair, chosen, line);
    const excess = line.calls - chosen.length;
    if (excess === 0) return { told: chosen, doubled: 0, wrong: '' };
    if (pair.told.length - chosen.length >= excess) return { told: chosen, doubled: excess, wrong: '' };
    return { told: chosen, doubled: 0, wrong: `${line.caller} called ${chosen.length} times` };
  }

  /** `count` calls of callers that the notice has no room for; returns those that there are. */
  takeFurther(person: Person, count: number): readonly MissedCall[] {
    const taken: MissedCall[] = [];
    for (const wanted of [isCertain, () => true])
      for (const pair of this.#pairs.get(person)?.values() ?? []) {
        const chosen = pair.open.filter(wanted).slice(0, count - taken.length);
        this.#tell(pair, chosen);
        taken.push(...chosen);
      }
    return taken;
  }

  /** The calls that a line is about, fewer than it counts when there are no more; undefined when the last one is not there. */
  #choose(open: readonly MissedCall[], person: Person, line: ToldCaller): MissedCall[] | undefined {
    const reported = open.filter((call) => call.reportedAtMs > 0 && call.certainty !== 'never');
    const fitting = reported.flatMap((call, index) => (this.#fits(call, person, line) ? [index] : []));
    const certainUpTo = (index: number) => reported.slice(0, index + 1).filter(isCertain).length;
    const enough = fitting.filter((index) => index + 1 >= line.calls);
    const last =
      fitting.find((index) => isCertain(reported[index]!) && certainUpTo(index) === line.calls) ??
      enough.find((index) => reported[index]!.certainty === 'open') ??
      enough.find((index) => reported[index]!.reason === line.reason) ??
      enough[0] ??
      fitting.at(-1);
    if (last === undefined) return undefined;
    const before = reported.slice(0, last);
    const others = [...before.filter(isCertain), ...before.filter((call) => !isCertain(call))];
    return [...others.slice(0, line.calls - 1), reported[last]!];
  }

  #fits(call: MissedCall, person: Person, line: ToldCaller): boolean {
    return (
      mayBeToldAs(call, line.reason) &&
      tellsTime(line.lastAt, person.timeZone, call.attemptedAtMs, this.#slackMs)
    );
  }

  /** A line may be about a call: as its last one, or as one before it. */
  #covers(line: ToldCaller, call: MissedCall): boolean {
    return line.calls > 1 || this.#fits(call, call.called, line);
  }

  #tell(pair: Pair, calls: readonly MissedCall[], line?: ToldCaller): void {
    const now = new Set(calls);
    for (const call of calls) {
      call.told = true;
      if (line !== undefined) call.toldBy = line;
    }
    pair.open = pair.open.filter((call) => !now.has(call));
    pair.told.push(...calls);
    pair.told.splice(0, pair.told.length - TOLD_MAX);
  }

  #pair(person: Person, caller: string): Pair {
    let pairs = this.#pairs.get(person);
    if (pairs === undefined) {
      pairs = new Map();
      this.#pairs.set(person, pairs);
    }
    let pair = pairs.get(caller);
    if (pair === undefined) {
      pair = { open: [], told: [] };
      pairs.set(caller, pair);
    }
    return pair;
  }
}

const isCertain = (call: MissedCall): boolean => call.certainty === 'certain';

const wrong = (why: string): LineVerdict => ({ told: [], doubled: 0, wrong: why });

function describe(calls: readonly MissedCall[]): string {
  if (calls.length === 0) return 'there is none';
  return calls.map((call) => `${call.reason} at ${call.attemptedAtMs} ms (${call.certainty})`).join(', ');
}
