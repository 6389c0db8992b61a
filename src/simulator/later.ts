import type { TimerListener, Timers } from '../types/timers.ts';

/** Things to be done later, as closures over the numbered timers of the port. */
export class Later implements TimerListener {
  readonly #timers: Timers;
  readonly #due = new Map<number, { readonly run: () => void; readonly handle: number }>();
  #last = 0;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  get pending(): number {
    return this.#due.size;
  }

  /** Returns what `cancel` takes; never 0. */
  after(delayMs: number, run: () => void): number {
    const key = ++this.#last;
    this.#due.set(key, { run, handle: this.#timers.start(delayMs, this, 0, key) });
    return key;
  }

  /** What was done, cancelled, or is 0, is ignored. */
  cancel(key: number): void {
    const due = this.#due.get(key);
    if (due === undefined) return;
    this.#timers.stop(due.handle);
    this.#due.delete(key);
  }

  onTimer(_kind: number, key: number): void {
    const due = this.#due.get(key);
    this.#due.delete(key);
    due?.run();
  }
}
