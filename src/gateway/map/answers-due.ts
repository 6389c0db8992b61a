/**
 * Answers that wait until what they acknowledge is durable, or for as long as they may. Their number is bounded by TCAP's
 * limit of dialogues.
 */
interface Due {
  readonly sinceMs: number;
  readonly answer: () => void;
  readonly late: () => void;
}

export class AnswersDue {
  /** In the order in which they came, and so in which they become late. */
  readonly #due = new Map<number, Due>();
  #token: number;

  /** @param firstToken tokens start above it: those of an earlier life mean nothing now */
  constructor(firstToken: number) {
    this.#token = firstToken;
  }

  get size(): number {
    return this.#due.size;
  }

  /**
   * Returns the token that `durable` is called with, never 0. Then `answer` is called once, or before it `late` by `expire`;
   * neither when it is forgotten.
   */
  expect(nowMs: number, answer: () => void, late: () => void): number {
    this.#due.set(++this.#token, { sinceMs: nowMs, answer, late });
    return this.#token;
  }

  /** Those that have waited for `maxMs` wait no longer. */
  expire(nowMs: number, maxMs: number): void {
    for (const [token, { sinceMs, late }] of this.#due) {
      if (nowMs - sinceMs < maxMs) return;
      this.#due.delete(token);
      late();
    }
  }

  durable(token: number): void {
    const due = this.#due.get(token);
    this.#due.delete(token);
    due?.answer();
  }

  forget(token: number): void {
    this.#due.delete(token);
  }
}
