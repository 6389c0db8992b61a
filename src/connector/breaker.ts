/** Holds sends back while the way is down; what it does in which state says `breaker-fsm.ts`. */
import type { TimerListener, Timers } from '../types/timers.ts';
import { type BreakerAction, type BreakerEvent, type BreakerState, breakerFsm } from './breaker-fsm.ts';

export interface BreakerLimits {
  /** Failures in a row after which it opens. */
  readonly failuresMax: number;
  /** How long it stays open; doubles with every try in vain. */
  readonly openMs: number;
  readonly openMaxMs: number;
}

export const defaultBreakerLimits: BreakerLimits = { failuresMax: 5, openMs: 1_000, openMaxMs: 60_000 };

export class Breaker implements TimerListener {
  readonly #limits: BreakerLimits;
  readonly #timers: Timers;
  readonly #onChange: (state: BreakerState) => void;
  #state: BreakerState = 'closed';
  #failures = 0;
  #pauseMs: number;
  #timer = 0;
  #era = 0;

  constructor(limits: BreakerLimits, timers: Timers, onChange: (state: BreakerState) => void) {
    this.#limits = limits;
    this.#timers = timers;
    this.#onChange = onChange;
    this.#pauseMs = limits.openMs;
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** What a send begins in, and hands back with its outcome. */
  get era(): number {
    return this.#era;
  }

  /** Sends that may be under way, of `window`. */
  room(window: number): number {
    if (this.#state === 'closed') return window;
    return this.#state === 'open' ? 0 : 1;
  }

  outcome(era: number, succeeded: boolean): void {
    if (era === this.#era) this.#on(succeeded ? 'success' : 'failure');
  }

  onTimer(): void {
    this.#timer = 0;
    this.#on('T(open) expiry');
  }

  stop(): void {
    this.#timers.stop(this.#timer);
    this.#timer = 0;
  }

  #on(event: BreakerEvent): void {
    const row = breakerFsm.find(this.#state, event, () => this.#failures + 1 >= this.#limits.failuresMax);
    if (row === undefined) return;
    const [from, , , actions, to] = row;
    this.#state = to;
    for (const action of actions) this.#do(action);
    if (from !== to) this.#onChange(to);
  }

  #do(action: BreakerAction): void {
    switch (action) {
      case 'count-failure':
        this.#failures++;
        return;
      case 'forget-failures':
        this.#failures = 0;
        this.#pauseMs = this.#limits.openMs;
        return;
      case 'begin-era':
        this.#era++;
        return;
      case 'lengthen-pause':
        this.#pauseMs = Math.min(this.#limits.openMaxMs, this.#pauseMs * 2);
        return;
      case 'start T(open)':
        this.#timer = this.#timers.start(this.#pauseMs, this, 0, 0);
        return;
    }
  }
}
