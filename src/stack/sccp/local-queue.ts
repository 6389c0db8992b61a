/** Indications that wait for their turn, as a user is never called from within its own request. */
import type { TimerListener, Timers } from '../../types/timers.ts';

/** Messages for subsystems here that may wait, and notices beside them. */
const MESSAGES_MAX = 4096;
const NOTICES_MAX = 2 * MESSAGES_MAX;

export class LocalQueue implements TimerListener {
  readonly #timers: Timers;
  readonly #count: (name: string) => void;
  #waiting: (() => void)[] = [];

  constructor(timers: Timers, count: (name: string) => void) {
    this.#timers = timers;
    this.#count = count;
  }

  /** A message; false when too many wait: then it is refused, for which there is room. */
  message(deliver: () => void): boolean {
    if (this.#waiting.length >= MESSAGES_MAX) return false;
    this.#push(deliver);
    return true;
  }

  notice(deliver: () => void): void {
    if (this.#waiting.length >= NOTICES_MAX) this.#count('sccp.local-full');
    else this.#push(deliver);
  }

  #push(deliver: () => void): void {
    if (this.#waiting.length === 0) this.#timers.start(0, this, 0, 0);
    this.#waiting.push(deliver);
  }

  onTimer(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const deliver of waiting) deliver();
  }
}
