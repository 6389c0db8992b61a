/** The far side of a channel: it is down for stretches of time, busy, slow, refuses some messages, or takes one and never says so. */
import type { SendOutcome } from '../../src/connector/outcome.ts';
import type { Counters } from '../../src/types/counters.ts';
import { randomBelow, randomFraction, SeededRandom } from '../../src/types/random.ts';
import type { Timers } from '../../src/types/timers.ts';
import type { Conditions } from './blows.ts';
import type { Faults } from './faults.ts';

export interface FickleRelayOptions {
  readonly faults: NonNullable<Faults['channels']>;
  readonly seed: number;
  readonly conditions: Conditions;
  readonly counters: Counters;
  /** Of the world: what was sent arrives, whatever becomes of who sent it. */
  readonly timers: Timers;
  /** A message was taken, and who sent it may not hear of it. */
  readonly onUnsure: () => void;
  /** The sender is told that the message was taken. */
  readonly onTaken: (id: string) => void;
}

/** A connector gives up what is not answered within this. */
export const SEND_MS = 2_000;
const CALM_WAY_MAX_MS = 500;
const DOWN: SendOutcome = { kind: 'fault', fault: 'unreachable', detail: 'down', uncertain: false };
const BUSY: SendOutcome = { kind: 'fault', fault: 'refused-for-now', detail: '450', uncertain: false };
const CUT: SendOutcome = { kind: 'fault', fault: 'timeout', detail: 'no answer', uncertain: true };
const TAKEN: SendOutcome = { kind: 'accepted', detail: '250' };
const REFUSED: SendOutcome = { kind: 'refused', detail: '550', gone: false };

export interface Addressed {
  /** `effectKey` of the notice. */
  readonly id: string;
  /** One that may not be there any more. */
  readonly address?: string;
}

const GONE: SendOutcome = { kind: 'refused', detail: '410', gone: true };

export class FickleRelay {
  readonly #options: FickleRelayOptions;
  readonly #random: SeededRandom;
  #isDown = false;
  #drawnAgainAtMs = 0;

  constructor(options: FickleRelayOptions) {
    this.#options = options;
    this.#random = new SeededRandom(options.seed);
  }

  /**
   * A message comes. `timers` end with the sender's life, and its answer with them; the message arrives all the same.
   * Returns what gives the send up.
   */
  take(
    { id, address }: Addressed,
    arrive: () => void,
    timers: Timers,
    answered: (outcome: SendOutcome) => void,
  ): () => void {
    const { faults, conditions, timers: world, onUnsure, onTaken } = this.#options;
    const wayMaxMs = conditions.calm ? CALM_WAY_MAX_MS : faults.answerMaxMs;
    const wayMs = 1 + randomBelow(this.#random, wayMaxMs);
    const answer = (afterMs: number, outcome: SendOutcome): (() => void) => {
      const onTimer = () => {
        if (outcome === TAKEN) onTaken(id);
        answered(outcome);
      };
      const timer = timers.start(afterMs, { onTimer }, 0, 0);
      return () => timers.stop(timer);
    };
    if (this.#isDownNow()) return answer(1, DOWN);
    if (address !== undefined && this.#refuses(address)) return answer(wayMs, GONE);
    if (this.#refuses(id)) return answer(wayMs, REFUSED);
    if (this.#happens(faults.busy)) return answer(wayMs, BUSY);
    world.start(wayMs, { onTimer: arrive }, 0, 0);
    if (this.#happens(faults.losesAnswer)) {
      onUnsure();
      return answer(wayMs, CUT);
    }
    if (2 * wayMs >= SEND_MS) onUnsure();
    return answer(2 * wayMs, TAKEN);
  }

  #isDownNow(): boolean {
    const { faults, conditions, timers } = this.#options;
    if (conditions.calm) return false;
    if (timers.now() >= this.#drawnAgainAtMs) {
      this.#isDown = randomFraction(this.#random) < faults.down;
      this.#drawnAgainAtMs = timers.now() + faults.downForMs;
    }
    return this.#isDown;
  }

  /** The same message, or address, is refused each time, or never. */
  #refuses(id: string): boolean {
    let hash = 0x811c9dc5;
    for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
    const random = new SeededRandom((hash >>> 0) + this.#options.seed);
    random.uint32();
    return randomFraction(random) < this.#options.faults.refuses;
  }

  #happens(fraction: number): boolean {
    return !this.#options.conditions.calm && fraction > 0 && randomFraction(this.#random) < fraction;
  }
}
