/** What a shard is made of, what bounds it, and what it shows of itself. */
import type { Zones } from '../../notice/zones.ts';
import type { SubscriberPolicy } from '../../subscriber/policy.ts';
import type { Clock } from '../../types/clock.ts';
import type { Counters } from '../../types/counters.ts';
import type { Log } from '../../types/log.ts';
import type { RingReader, RingWriter } from '../../types/ports/ring.ts';
import type { Store } from '../../types/ports/store.ts';
import type { Timers } from '../../types/timers.ts';

export interface ShardLimits {
  /** Events in one commit at most. */
  readonly windowEventsMax: number;
  /** From the beginning of one commit to that of the next, unless a window is full before. */
  readonly windowMs: number;
  /** Actor records written in one commit at most: a put to a random key costs a page. */
  readonly actorWritesMax: number;
  readonly actorsMax: number;
  /** Records taken from one ring in one turn. */
  readonly readMax: number;
  /** Released records that may wait for a ring before calls are no longer taken in; notices and queries do not count. */
  readonly waitingMax: number;
  /** Effects that may be open, most of them notices on their way, before calls are no longer taken in. */
  readonly openEffectsMax: number;
  /** Actors whose record may lag behind the journal before calls are no longer taken in. */
  readonly lagActorsMax: number;
  /** Windows that recovery may have to read because of effects still open; older ones go to the outbox. */
  readonly openWindowsMax: number;
  /** Windows of journal kept behind what recovery needs, for replay. */
  readonly journalWindowsKept: number;
}

export const defaultShardLimits: ShardLimits = {
  windowEventsMax: 1000,
  windowMs: 5,
  actorWritesMax: 500,
  actorsMax: 200_000,
  readMax: 512,
  waitingMax: 10_000,
  openEffectsMax: 100_000,
  lagActorsMax: 100_000,
  openWindowsMax: 2_000,
  journalWindowsKept: 10_000,
};

export interface ShardOptions {
  readonly index: number;
  readonly store: Store;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly counters: Counters;
  readonly log: Log;
  readonly policy: SubscriberPolicy;
  readonly zones: Zones;
  readonly limits: ShardLimits;
  /** Grows with every start of the process; positions of another incarnation say nothing. */
  readonly incarnation: number;
  /** Of the threads that do effects; see `ReleasedEffect`. */
  readonly epoch: number;
  /** Rings whose records are taken always: outcomes, tells, administration. */
  readonly inputs: readonly RingReader[];
  /** What asks for decisions on calls: no disk is waited for, but none is taken while too much is in hand. */
  readonly decisions: RingReader;
  /**
   * What is not taken while too much is in hand: calls, then returns of subscribers. Of each a quarter is taken in a
   * turn of what is taken of the one before: a storm of returns is no reason for a call to wait.
   */
  readonly calls: readonly RingReader[];
  /** Answers to calls: taken at once. */
  readonly signalling: RingWriter;
  /** Queries: taken as there is room for deliveries. */
  readonly queries: RingWriter;
  readonly notifier: RingWriter;
  readonly main: RingWriter;
  /** The ring to the shard that owns a partition; undefined for this one. */
  readonly shardOf: (partition: number) => RingWriter | undefined;
  /** The store refused a window: the shard must start anew from its store. */
  readonly onFatal: (error: unknown) => void;
}

export interface ShardStatus {
  readonly index: number;
  readonly actors: number;
  /** Actors whose record lags behind the journal. */
  readonly dirty: number;
  /** Events that found their actor in memory, and that did not, since this life of the shard began. */
  readonly cacheHits: number;
  readonly cacheMisses: number;
  readonly openEffects: number;
  /** Those that are notices: composed and not delivered yet. */
  readonly openNotices: number;
  /** When the oldest of them was composed, wall time; 0: there is none. */
  readonly oldestNoticeAtMs: number;
  /** Events taken in since this life of the shard began. */
  readonly events: number;
  /** Released records that wait for a ring. */
  readonly waiting: number;
  /** Of them, or beside them, notices and queries that wait for theirs. */
  readonly noticesQueued: number;
  readonly commitsInFlight: number;
  readonly window: number;
  /** Windows that a recovery would read. */
  readonly lagWindows: number;
  readonly deadlines: number;
}
