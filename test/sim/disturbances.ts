/**
 * When what was done to the engine could be seen, and what was in flight then: whoever asks for an answer in such a time may
 * not get it, and whatever was under way may come again.
 */
export class Disturbances {
  readonly #now: () => number;
  readonly #over: { readonly fromMs: number; readonly untilMs: number }[] = [];
  readonly #open = new Map<string, number>();
  /** Notices that were under way when something was done: each may come again. */
  mayRepeat = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  begin(what: string): void {
    if (!this.#open.has(what)) this.#open.set(what, this.#now());
  }

  /** @param afterMs what it leads to lasts as long */
  end(what: string, afterMs = 0): void {
    const fromMs = this.#open.get(what);
    this.#open.delete(what);
    if (fromMs !== undefined) this.#over.push({ fromMs, untilMs: this.#now() + afterMs });
  }

  /** Something at this moment. */
  mark(afterMs: number): void {
    this.#over.push({ fromMs: this.#now(), untilMs: this.#now() + afterMs });
  }

  /** Whether something was wrong at any time between. */
  between(fromMs: number, untilMs: number): boolean {
    for (const begun of this.#open.values()) if (begun <= untilMs) return true;
    return this.#over.some((one) => one.fromMs <= untilMs && one.untilMs >= fromMs);
  }
}
