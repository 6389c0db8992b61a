/** What the judge finds, and the first few of each for a person who has to find out why. */

/**
 * - `lost`: a missed call that the engine acknowledged, or the return of somebody who was called in vain, that was not
 *   told when the run had ended and everybody had been there for long enough.
 * - `doubled`: told once more, in other octets than the first time.
 * - `wrong`: what was told is not what happened: another count, time or reason, a call that was none, somebody who is not
 *   back, a withheld number, a text that cannot be read, or a short message to somebody who ordered none.
 * - `rule`: what is told is so, and breaks a rule that the receiver, or the one who is told of, has ordered.
 * - `late`: right, but later than the plan's bound after it could have been told.
 */
export type FaultKind = 'lost' | 'doubled' | 'wrong' | 'late' | 'expected' | 'rule';

export interface Fault {
  readonly kind: FaultKind;
  /** Milliseconds since 1970. */
  readonly atMs: number;
  /** Whose phone. */
  readonly phone: string;
  readonly why: string;
  readonly text?: string;
}

const DETAILS_MAX = 10;

export class Verdicts {
  readonly #counts = new Map<FaultKind, number>();
  readonly #details: Fault[] = [];

  add(fault: Fault, times = 1): void {
    const count = this.count(fault.kind);
    this.#counts.set(fault.kind, count + times);
    if (count < DETAILS_MAX) this.#details.push(fault);
  }

  count(kind: FaultKind): number {
    return this.#counts.get(kind) ?? 0;
  }

  get details(): readonly Fault[] {
    return this.#details;
  }
}
