/** Dialogues as a recording numbers them: from 1, in the order in which they began. */

/** Open at once; the oldest are forgotten beyond it. */
const OPEN_MAX = 1_000_000;

export class DialogueNumbers {
  readonly #open = new Map<number, number>();
  readonly #openMax: number;
  #last = 0;

  constructor(openMax = OPEN_MAX) {
    this.#openMax = openMax;
  }

  begin(token: number): number {
    if (this.#open.size >= this.#openMax) {
      for (const oldest of this.#open.keys()) {
        this.#open.delete(oldest);
        break;
      }
    }
    this.#open.set(token, ++this.#last);
    return this.#last;
  }

  /** 0: it began before the recording. */
  of(token: number): number {
    return this.#open.get(token) ?? 0;
  }

  end(token: number): number {
    const number = this.of(token);
    this.#open.delete(token);
    return number;
  }
}
