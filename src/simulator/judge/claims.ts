/**
 * Which line tells which call, for one caller and one called party: a matching of claims to calls in which every claim
 * holds a call that fits it, and every call that has to be told is held if any such matching lets it be. Claims are shifted
 * along augmenting paths (H. W. Kuhn, 1955); that both can be had at once is the theorem of Mendelsohn and Dulmage (1958).
 */
import { isDue, isTellable, type MissedCall } from './missed-call.ts';

export interface Claim {
  readonly fits: (call: MissedCall) => boolean;
  /** It counts calls of callers that are not named: it may as well hold one of another pair. */
  readonly anyCaller?: boolean;
}

/**
 * Calls of a pair that claims may still be shifted among; beyond, the oldest that had to be told and was stays as it is. One
 * that need not be told may be held in place of one that has to be, so it stays for as long as there is any room.
 */
const CALLS_MAX = 64;
const UNCERTAIN_MAX = 1_000;

export class Claims {
  /** By time of attempt, told or not. */
  readonly calls: MissedCall[] = [];
  readonly #claimOf = new Map<MissedCall, Claim>();

  add(call: MissedCall): void {
    this.calls.push(call);
    if (this.calls.length <= CALLS_MAX) return;
    let oldest = this.calls.findIndex((one) => !isTellable(one) || (isDue(one) && this.#claimOf.has(one)));
    if (oldest < 0 && this.calls.length > UNCERTAIN_MAX)
      oldest = this.calls.findIndex((one) => this.#claimOf.has(one) || !isDue(one));
    if (oldest < 0) return;
    const [gone] = this.calls.splice(oldest, 1);
    if (gone !== undefined) this.#claimOf.delete(gone);
  }

  /** One more claim; the call that it makes told, undefined when every call that fits is held by a claim that needs it. */
  claim(wantedClaim: Claim): MissedCall | undefined {
    const claim: Claim = { ...wantedClaim };
    // What has to be told first: a call that need not be told may be left.
    for (const wanted of [isDue, (call: MissedCall) => !isDue(call)]) {
      const told = this.#hold(claim, wanted, new Set());
      if (told !== undefined) return told;
    }
    return undefined;
  }

  isHeld(call: MissedCall): boolean {
    return this.#claimOf.has(call);
  }

  /** Claims on calls of any caller, with what they hold. */
  anyCaller(): (readonly [call: MissedCall, claim: Claim])[] {
    return [...this.#claimOf].filter(([, claim]) => claim.anyCaller === true);
  }

  hold(call: MissedCall, claim: Claim): void {
    this.#claimOf.set(call, claim);
  }

  letGo(call: MissedCall): void {
    this.#claimOf.delete(call);
  }

  /** Nothing more is to come of it: all its calls began before then, and were told or were never taken. */
  isOver(beforeMs: number): boolean {
    return this.calls.every(
      (call) => call.attemptedAtMs < beforeMs && (!isTellable(call) || this.#claimOf.has(call)),
    );
  }

  /** Calls that have to be told, and that no claim can hold. */
  *due(): Iterable<MissedCall> {
    for (const call of this.calls) {
      if (!isDue(call) || this.#claimOf.has(call)) continue;
      if (!this.#release(call, new Set())) yield call;
    }
  }

  /** Finds `claim` a call, shifting other claims; returns the one at the end of the path, which was held by none. */
  #hold(claim: Claim, wanted: (call: MissedCall) => boolean, seen: Set<MissedCall>): MissedCall | undefined {
    const fitting = this.calls.filter((call) => !seen.has(call) && claim.fits(call));
    const free = fitting.find((call) => !this.#claimOf.has(call) && wanted(call));
    if (free !== undefined) {
      this.#claimOf.set(free, claim);
      return free;
    }
    for (const call of fitting) seen.add(call);
    for (const call of fitting) {
      const holder = this.#claimOf.get(call);
      if (holder === undefined) continue;
      const told = this.#hold(holder, wanted, seen);
      if (told === undefined) continue;
      this.#claimOf.set(call, claim);
      return told;
    }
    return undefined;
  }

  /** Lets a claim hold `call` that holds one which need not be told, or that can hold another one instead. */
  #release(call: MissedCall, seen: Set<Claim>): boolean {
    for (const [held, claim] of this.#claimOf) {
      if (seen.has(claim) || !claim.fits(call)) continue;
      seen.add(claim);
      if (isDue(held) && !this.#release(held, seen)) continue;
      if (this.#claimOf.get(held) === claim) this.#claimOf.delete(held);
      this.#claimOf.set(call, claim);
      return true;
    }
    return false;
  }
}
