/**
 * Destinations that a signalling gateway says are congested (SCON, RFC 4666 §3.4.4). What is not said again is asked for
 * (T15, as the signalling-route-set-congestion test of ITU-T Q.704 §13.9 does), and over when nobody answers (T16).
 */
import type { TimerListener, Timers } from '../../types/timers.ts';

/** Destinations that are remembered at most. */
const DESTINATIONS_MAX = 4096;

/** ITU-T Q.704 §16.8: T15, before the test; T16, for its answer. */
export const T15_MS = 3_000;
export const T16_MS = 2_000;

export interface CongestedDestinationsUser {
  /** MTP-STATUS: the level of a destination changed, or was said again. */
  onCongestionLevel(pointCode: number, level: number): void;
  /** To ask whether it still is (DAUD). False: nobody can be asked. */
  audit(pointCode: number): boolean;
  /** A destination that was not remembered, because the bound was reached. */
  onStatusDropped(): void;
}

interface Congested {
  level: number;
  asked: boolean;
  timer: number;
}

export class CongestedDestinations implements TimerListener {
  readonly #timers: Timers;
  readonly #user: CongestedDestinationsUser;
  readonly #congested = new Map<number, Congested>();

  constructor(timers: Timers, user: CongestedDestinationsUser) {
    this.#timers = timers;
    this.#user = user;
  }

  get isEmpty(): boolean {
    return this.#congested.size === 0;
  }

  /** 0: not congested. */
  level(pointCode: number): number {
    return this.#congested.get(pointCode)?.level ?? 0;
  }

  /** A gateway's word; level 0 ends it. */
  set(pointCode: number, level: number): void {
    const known = this.#congested.get(pointCode);
    if (level === 0) {
      if (known === undefined) return;
      this.#timers.stop(known.timer);
      this.#congested.delete(pointCode);
    } else if (known === undefined) {
      if (this.#congested.size >= DESTINATIONS_MAX) return this.#user.onStatusDropped();
      const timer = this.#timers.start(T15_MS, this, 0, pointCode);
      this.#congested.set(pointCode, { level, asked: false, timer });
    } else {
      this.#timers.stop(known.timer);
      known.level = level;
      known.asked = false;
      known.timer = this.#timers.start(T15_MS, this, 0, pointCode);
    }
    this.#user.onCongestionLevel(pointCode, level);
  }

  /** Nothing that was said holds any more. */
  clear(): void {
    for (const pointCode of [...this.#congested.keys()]) this.set(pointCode, 0);
  }

  onTimer(_kind: number, pointCode: number): void {
    const known = this.#congested.get(pointCode);
    if (known === undefined) return;
    known.timer = 0;
    if (known.asked || !this.#user.audit(pointCode)) return this.set(pointCode, 0);
    known.asked = true;
    known.timer = this.#timers.start(T16_MS, this, 0, pointCode);
  }
}
