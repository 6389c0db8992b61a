/** Answers that wait until what they acknowledge is durable. Their number is bounded by TCAP's limit of dialogues. */
export class AnswersDue {
  readonly #due = new Map<number, () => void>();
  #token: number;

  /** @param firstToken tokens start above it: those of an earlier life mean nothing now */
  constructor(firstToken: number) {
    this.#token = firstToken;
  }

  /** Returns the token that `durable` is called with, never 0; `answer` is called once then, unless it is forgotten. */
  expect(answer: () => void): number {
    this.#due.set(++this.#token, answer);
    return this.#token;
  }

  durable(token: number): void {
    const answer = this.#due.get(token);
    this.#due.delete(token);
    answer?.();
  }

  forget(token: number): void {
    this.#due.delete(token);
  }
}
