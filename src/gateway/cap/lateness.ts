/**
 * How long a message was on its way, beyond what is usual: networks hold messages up, by seconds when a link is lost or an
 * association stands still. Its sender's time is in it, in whole seconds; the clocks of sender and receiver differ by what nobody
 * knows, but for the least difference of late, which is that of a message that was not held up.
 *
 *     arrival − time in it  =  difference of the clocks + (0 … 1 s of rounding) + usual way + held up
 */

/** The least difference is that of this stretch of time and of the one before: a clock that was set back is known after both. */
const STRETCH_MS = 60_000;
/** Times are told in whole seconds. */
const ROUNDING_MS = 1_000;

interface Sender {
  /** Of the stretch that goes on, and of the one before. */
  least: number;
  leastBefore: number;
  stretchEndsAtMs: number;
}

export class Lateness {
  readonly #senders = new Map<string, Sender>();
  readonly #sendersMax: number;

  /** @param sendersMax beyond so many the one that was heard of first is forgotten */
  constructor(sendersMax = 1_024) {
    this.#sendersMax = sendersMax;
  }

  get senders(): number {
    return this.#senders.size;
  }

  /**
   * Milliseconds that a message was held up for, at least; 0 when it cannot be told.
   * @param sentAtMs by the sender's clock, rounded down to a second
   * @param arrivedAtMs by a clock of ours that nobody sets
   */
  of(sender: string, sentAtMs: number, arrivedAtMs: number): number {
    const difference = arrivedAtMs - sentAtMs;
    const known = this.#senders.get(sender);
    if (known === undefined) {
      this.#add(sender, {
        least: difference,
        leastBefore: difference,
        stretchEndsAtMs: arrivedAtMs + STRETCH_MS,
      });
      return 0;
    }
    if (arrivedAtMs >= known.stretchEndsAtMs) {
      // After a longer silence what was known before says little, and counts as little as the stretch before.
      known.leastBefore = arrivedAtMs < known.stretchEndsAtMs + STRETCH_MS ? known.least : difference;
      known.least = difference;
      known.stretchEndsAtMs = arrivedAtMs + STRETCH_MS;
    } else if (difference < known.least) known.least = difference;
    return Math.max(0, difference - Math.min(known.least, known.leastBefore) - ROUNDING_MS);
  }

  #add(sender: string, heard: Sender): void {
    if (this.#senders.size >= this.#sendersMax) {
      for (const first of this.#senders.keys()) {
        this.#senders.delete(first);
        break;
      }
    }
    this.#senders.set(sender, heard);
  }
}
