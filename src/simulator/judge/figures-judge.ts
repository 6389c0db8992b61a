/**
 * Holds notices against the calls by the numbers that stand in them alone, where the words are of a language that is not read here.
 *
 * What that finds, exactly: a number that is told and did not call, or was not called in vain, or is withheld; one that is told more
 * often than there were calls; a call that was reported and whose caller is told in no notice after that; a notice that tells of
 * three callers or more and not how many calls there were. A call that is reported while a notice with its caller is on its way
 * counts as told by it.
 */
import type { Person } from '../person.ts';
import { figuresIn } from './figures.ts';
import { isDue, isTellable, type MissedCall } from './missed-call.ts';

interface Pair {
  /** Calls that may be told, and how often their caller was. */
  readonly calls: MissedCall[];
  named: number;
  /** Of calls that are not kept any more. */
  callsBefore: number;
}

export interface FiguresVerdict {
  readonly numbers: readonly string[];
  readonly told: readonly MissedCall[];
  readonly wrong: readonly string[];
  readonly doubled: readonly string[];
}

/** Calls of a pair that are kept; of those beyond, only how many they were. */
const CALLS_MAX = 100;
/** From so many callers on every language writes the number of calls in digits. */
const COUNTED_FROM = 3;

export class FiguresJudge {
  readonly #pairs = new Map<Person, Map<string, Pair>>();

  add(call: MissedCall): void {
    const pair = this.#pair(call.called, call.shown ? call.caller.number : '');
    pair.calls.push(call);
    if (pair.calls.length <= CALLS_MAX) return;
    // The oldest that need not be told; a pair with so many that must be is kept whole.
    const at = pair.calls.findIndex((one) => one.certainty !== 'open' && !isDue(one));
    if (at < 0) return;
    pair.calls.splice(at, 1);
    pair.callsBefore++;
  }

  /** N15: the calls before need not be told any more. */
  spoken(one: Person, other: Person): void {
    excuse(this.#pairs.get(one)?.get(other.number)?.calls ?? []);
  }

  /** Nothing that is due has to be told any more. */
  release(person: Person): void {
    for (const { calls } of this.#pairs.get(person)?.values() ?? []) excuse(calls);
  }

  *due(person: Person): Iterable<MissedCall> {
    for (const { calls } of this.#pairs.get(person)?.values() ?? [])
      for (const call of calls) if (isDue(call)) yield call;
  }

  *allDue(): Iterable<MissedCall> {
    for (const person of this.#pairs.keys()) yield* this.due(person);
  }

  /** Callers of whom nothing more is to come since then; those of people who may ask for their calls are kept. */
  forget(beforeMs: number, mayAsk: (person: Person) => boolean): void {
    for (const [person, pairs] of this.#pairs) {
      if (mayAsk(person)) continue;
      for (const [caller, { calls }] of pairs)
        if (calls.every((call) => call.attemptedAtMs < beforeMs && !isDue(call))) pairs.delete(caller);
    }
  }

  /**
   * @param isReturn whether the person may be told of that number's return
   * @param repeats it may be told as often as the person asks
   */
  take(
    person: Person,
    text: string,
    atMs: number,
    isReturn: (number: string) => boolean,
    repeats: boolean,
  ): FiguresVerdict {
    const { numbers, counts } = figuresIn(text);
    const told: MissedCall[] = [];
    const wrong: string[] = [];
    const doubled: string[] = [];
    for (const number of numbers) {
      const pair = this.#pairs.get(person)?.get(number);
      const tellable = (pair?.calls ?? []).filter(
        (call) => isTellable(call) && call.reportedAtMs > 0 && call.reportedAtMs <= atMs,
      );
      const possible = tellable.length + (pair?.callsBefore ?? 0);
      if (pair === undefined || possible === 0) {
        if (!isReturn(number)) wrong.push(`${number} never called, or withheld the number`);
        continue;
      }
      if (++pair.named > possible && !repeats && !isReturn(number)) doubled.push(number);
      // Also those of which it is not known yet whether the engine took them.
      for (const call of tellable) if (call.duty === 'due') told.push(call);
    }
    excuse(told);
    if (numbers.length >= COUNTED_FROM && !counts.some((count) => count >= numbers.length))
      wrong.push(`${numbers.length} are named, and nothing says how many calls there were`);
    return { numbers, told, wrong, doubled };
  }

  #pair(person: Person, caller: string): Pair {
    let pairs = this.#pairs.get(person);
    if (pairs === undefined) {
      pairs = new Map();
      this.#pairs.set(person, pairs);
    }
    let pair = pairs.get(caller);
    if (pair === undefined) {
      pair = { calls: [], named: 0, callsBefore: 0 };
      pairs.set(caller, pair);
    }
    return pair;
  }
}

function excuse(calls: readonly MissedCall[]): void {
  for (const call of calls) if (call.duty === 'due') call.duty = 'optional';
}
