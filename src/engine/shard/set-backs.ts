/**
 * Waits that were begun by a clock that was set back since: a deadline of a state that no event has changed after the step
 * comes earlier by as much as the clock was set back. A step forward shortens waits, and no harm is done.
 */
import type { Clock } from '../../types/clock.ts';
import type { SubscriberState } from '../../types/model/state.ts';
import { partitionOf } from '../../types/partition.ts';
import { STEP_SMOOTHED_MAX_MS } from '../../types/steady-clock.ts';

interface SetBack {
  readonly byMs: number;
  /** The last sequences, by partition, of before the step. */
  readonly sequences: ReadonlyMap<number, number>;
}

/** Of more than so many the oldest are forgotten: what was begun before them is late. */
const SET_BACKS_MAX = 8;

export class SetBacks {
  readonly #clock: Clock;
  readonly #sequences: ReadonlyMap<number, number>;
  #setBacks: readonly SetBack[] = [];
  /** Wall time less monotonic time, at the last look. */
  #aheadMs: number;

  /**
   * @param sequences the last ones by partition, as they are at any time
   * @param latestMs the latest time that an earlier life has known; 0: none
   */
  constructor(clock: Clock, sequences: ReadonlyMap<number, number>, latestMs: number) {
    this.#clock = clock;
    this.#sequences = sequences;
    const nowMs = clock.now();
    this.#aheadMs = nowMs - clock.monotonic();
    this.#note(latestMs - nowMs);
  }

  /** The time, after a look whether it was set back. */
  now(): number {
    const nowMs = this.#clock.now();
    const aheadMs = nowMs - this.#clock.monotonic();
    this.#note(this.#aheadMs - aheadMs);
    this.#aheadMs = aheadMs;
    return nowMs;
  }

  /** By how much the deadline of a state is too late. */
  of({ number, sequence }: SubscriberState): number {
    if (this.#setBacks.length === 0) return 0;
    const partition = partitionOf(number);
    let sumMs = 0;
    for (const { byMs, sequences } of this.#setBacks)
      if (sequence <= (sequences.get(partition) ?? 0)) sumMs += byMs;
    return sumMs;
  }

  /** The most that a deadline may be too late by. */
  get mostMs(): number {
    let sumMs = 0;
    for (const { byMs } of this.#setBacks) sumMs += byMs;
    return sumMs;
  }

  #note(byMs: number): void {
    if (byMs <= STEP_SMOOTHED_MAX_MS) return;
    this.#setBacks = [...this.#setBacks, { byMs, sequences: new Map(this.#sequences) }].slice(-SET_BACKS_MAX);
  }
}
