import type { BreakerState } from './breaker-fsm.ts';
import type { Priority } from './lanes.ts';
import type { EndResult, Fault } from './outcome.ts';

/** What a connector says of itself; counts are since its start. */
export interface ConnectorStatus {
  readonly name: string;
  readonly breaker: BreakerState;
  readonly underWay: number;
  readonly window: number;
  /** In their lanes, ready to go. */
  readonly ready: Readonly<Record<Priority, number>>;
  /** All that waits: in its lane, for its next try, or for one with its key. */
  readonly waiting: number;
  readonly waitingMax: number;
  /** Sends a second that may be, now and at most. */
  readonly perSecond: number;
  readonly perSecondMax: number;
  /** Of the oldest in hand, since it was offered; 0: nothing is in hand. */
  readonly oldestMs: number;
  readonly ended: Readonly<Record<EndResult, number>>;
  readonly faults: Readonly<Record<Fault, number>>;
  /** What the last fault said; empty: there was none. */
  readonly lastFault: string;
}
