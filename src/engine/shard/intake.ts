/**
 * Whether a shard takes in new calls and news of subscribers. What it has in hand has bounds; at each of them these wait in
 * their ring, which the signalling part sees fill. Outcomes, tells and commands are taken always: they bring to an end what
 * is counted here.
 *
 *     waiting        records that wait for a ring to another part, but for notices and queries
 *     open-effects   effects that are durable and not done: those of notices wait for the notifier and the network
 *     lag            subscribers whose record lags behind the journal: what a start would have to replay
 *
 * Open effects are shared out before that. From a half on a return is taken in without a notice, which waits for a deadline;
 * deadlines are worked on up to three quarters; the last quarter belongs to calls.
 */
import type { Counters } from '../../types/counters.ts';
import type { ShardLimits } from './shard-options.ts';

export interface InHand {
  readonly waiting: number;
  readonly openEffects: number;
  readonly lag: number;
}

const CROWDED_AT = 0.5;
const DEADLINES_UP_TO = 0.75;

type Bound = 'waiting' | 'open-effects' | 'lag';

export class Intake {
  readonly #limits: ShardLimits;
  readonly #counters: Counters;
  #held: Bound | undefined;

  constructor(limits: ShardLimits, counters: Counters) {
    this.#limits = limits;
    this.#counters = counters;
  }

  /** It is open notices that hold it. */
  get heldByNotices(): boolean {
    return this.#held === 'open-effects';
  }

  /** What a return leads to is to wait. */
  isCrowded(openEffects: number): boolean {
    return openEffects >= this.#limits.openEffectsMax * CROWDED_AT;
  }

  takesDeadlines(openEffects: number): boolean {
    return openEffects < this.#limits.openEffectsMax * DEADLINES_UP_TO;
  }

  /** False: a bound is reached; counted when that begins. */
  isOpen(inHand: InHand): boolean {
    const held = this.#reached(inHand);
    if (held !== undefined && held !== this.#held) this.#counters.count(`shard.intake-held.${held}`);
    this.#held = held;
    return held === undefined;
  }

  #reached({ waiting, openEffects, lag }: InHand): Bound | undefined {
    if (waiting >= this.#limits.waitingMax) return 'waiting';
    if (openEffects >= this.#limits.openEffectsMax) return 'open-effects';
    return lag >= this.#limits.lagActorsMax ? 'lag' : undefined;
  }
}
