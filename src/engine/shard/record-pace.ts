/**
 * When records that lag behind the journal are written: with the commits of events as these come, a share with each; at once when more
 * lag than a start should have to replay, when no events have come for a while, or when the shard is to come to rest.
 */
import type { Clock } from '../../types/clock.ts';
import type { TimerListener, Timers } from '../../types/timers.ts';

/** Without events for so long, records have commits of their own. */
export const RECORDS_WAIT_MS = 1_000;
/** More do not wait; of a shard that may have few lagging, half of those. */
const BEHIND_MAX = 10_000;

export interface RecordPaceOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly lagActorsMax: number;
}

export class RecordPace implements TimerListener {
  readonly #options: RecordPaceOptions;
  /** When events were committed last; monotonic. */
  #committedAtMs = 0;
  #timer = 0;
  #draining = false;

  constructor(options: RecordPaceOptions) {
    this.#options = options;
  }

  get draining(): boolean {
    return this.#draining;
  }

  /** From now on no record waits. */
  drain(): void {
    this.#draining = true;
  }

  /** Events are committed now, and some records with them. */
  committed(): void {
    this.#committedAtMs = this.#options.clock.monotonic();
  }

  /** So many lag that all that a commit may hold are to be written. */
  isFar(behind: number): boolean {
    return behind > Math.min(BEHIND_MAX, this.#options.lagActorsMax / 2);
  }

  /** Records are to be committed though there are no events. Where not yet, the host has a turn when they are. */
  isDue(behind: number): boolean {
    if (behind === 0) return false;
    const { clock, timers } = this.#options;
    const waitMs = this.#committedAtMs + RECORDS_WAIT_MS - clock.monotonic();
    if (this.#draining || waitMs <= 0 || this.isFar(behind)) return true;
    if (this.#timer === 0) this.#timer = timers.start(waitMs, this, 0, 0);
    return false;
  }

  stop(): void {
    this.#options.timers.stop(this.#timer);
  }

  onTimer(): void {
    this.#timer = 0;
  }
}
