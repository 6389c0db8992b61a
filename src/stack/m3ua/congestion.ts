/**
 * Congestion levels of a send queue (RFC 4666 §1.4.6; ITU-T Q.704 §3.8): each level has an onset, and an abatement below
 * it, so that the level does not flutter. A queue that grows is looked at with each message; one that shrinks says
 * nothing by itself, so it is looked at again while there is a level.
 */
import type { TimerListener, Timers } from '../../types/timers.ts';

/** 0: none; 3: the worst (RFC 4666 §3.4.4). */
export type CongestionLevel = 0 | 1 | 2 | 3;

/** Parts of the queue's bound at which levels 1 to 3 begin. */
const ONSET = [0.25, 0.5, 0.75] as const;
/** A level ends below this part of its onset. */
const ABATEMENT = 0.6;
/** How often a congested queue is looked at. */
const LOOK_MS = 100;

/** The level of a queue that is filled by this part and had the level `before`. */
export function congestionLevel(filled: number, before: CongestionLevel): CongestionLevel {
  let level: CongestionLevel = 0;
  for (const [index, onset] of ONSET.entries())
    if (filled >= (index < before ? onset * ABATEMENT : onset)) level = (index + 1) as CongestionLevel;
  return level;
}

export class CongestionMeter implements TimerListener {
  readonly #timers: Timers;
  readonly #octetsMax: number;
  readonly #octets: () => number;
  readonly #onChange: (level: CongestionLevel, before: CongestionLevel) => void;
  #level: CongestionLevel = 0;
  #timer = 0;

  constructor(
    timers: Timers,
    octetsMax: number,
    octets: () => number,
    onChange: (level: CongestionLevel, before: CongestionLevel) => void,
  ) {
    this.#timers = timers;
    this.#octetsMax = octetsMax;
    this.#octets = octets;
    this.#onChange = onChange;
  }

  get level(): CongestionLevel {
    return this.#level;
  }

  /** Looks at the queue: after each message that went into it. */
  look(): void {
    const before = this.#level;
    this.#level = congestionLevel(this.#octets() / this.#octetsMax, before);
    if (this.#level > 0 && this.#timer === 0) this.#timer = this.#timers.start(LOOK_MS, this, 0, 0);
    if (this.#level !== before) this.#onChange(this.#level, before);
  }

  /** The queue is no more. */
  stop(): void {
    this.#timers.stop(this.#timer);
    this.#timer = 0;
    const before = this.#level;
    this.#level = 0;
    if (before !== 0) this.#onChange(0, before);
  }

  onTimer(): void {
    this.#timer = 0;
    this.look();
  }
}
