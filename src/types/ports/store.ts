/**
 * The store port: one environment of one shard. A window is committed as one transaction: its events as one journal
 * record, the records of changed actors, deadlines, positions. Values are octets (protobuf); the store knows none of them.
 * What was committed but not reported durable may be lost by a crash, always from the end. Reads see what is durable,
 * and perhaps windows that are about to be: an engine keeps the state of windows in flight itself.
 */
export interface Store {
  /** Partitions whose data this environment holds. */
  readonly partitions: readonly number[];

  /**
   * The actor's record, or undefined. The octets are valid until the next call.
   * @throws OperatingError `CW_STORE_DAMAGED` when it is not what was written
   */
  readActor(partition: number, number: string): Uint8Array | undefined;
  /** Actors in key order, for listing; those whose record is not what was written are left out. */
  actors(partition: number, from?: string): Iterable<readonly [number: string, record: Uint8Array]>;

  /** The last committed sequence of a partition, 0 before the first. */
  sequence(partition: number): number;
  /** What was stored with `positions` in the last window. */
  readPositions(): Uint8Array | undefined;

  /**
   * Journal records from `fromWindow` on, in order.
   * @throws OperatingError `CW_STORE_DAMAGED` when one is not what was written
   */
  journal(fromWindow: number): Iterable<readonly [window: number, record: Uint8Array]>;
  /** First window that may hold an open effect or an event newer than its actor's record; recovery starts there. */
  readonly recoverFrom: number;
  /** The last committed window, 0 before the first. */
  readonly lastWindow: number;

  /**
   * Open effects that were moved out of the journal before their record was trimmed, by `effectKey`. A key that starts with
   * a partition and a dot moves with the partition; any other stays with the environment.
   * @throws OperatingError `CW_STORE_DAMAGED` when one is not what was written
   */
  outbox(): Iterable<readonly [key: string, effect: Uint8Array]>;

  /**
   * Numbers whose deadline lies in the minute of `untilMs` or before, in order of the minute.
   * @param after where an earlier look ended: what lies behind it, whether or not it is still there
   */
  deadlines(untilMs: number, after?: DeadlineEntry): Iterable<DeadlineEntry>;

  /**
   * Commits a window. `durable` is called, in the order of the windows, when it would survive a crash of the process
   * and of the machine; `failed` instead when it was not written (out of space, say): nothing of it is visible, the
   * windows begun after it fail too, and the next one to commit has its number again. At most `commitsInFlightMax` may be
   * in flight. The octets handed over stay as they are until then; neither callback is called from within `commit`.
   */
  commit(window: CommitWindow, durable: () => void, failed: (error: unknown) => void): void;
  /** Commits begun and not yet durable or failed. */
  readonly commitsInFlight: number;

  /** Ends when the commits in flight have. */
  close(): Promise<void>;
}

/** An entry of the index of deadlines; the minute counts from 1970. */
export type DeadlineEntry = readonly [partition: number, number: string, minute: number];

export const commitsInFlightMax = 2;

/** What a commit may take out of the journal at most, so that a late trim costs no latency. */
export const trimmedPerCommitMax = 8;

export interface CommitWindow {
  /** One more than the last. */
  readonly window: number;
  readonly journal: Uint8Array;
  /** The new last sequence of each partition that has events in the window. */
  readonly sequences: ReadonlyMap<number, number>;
  readonly actors: readonly ActorWrite[];
  readonly positions: Uint8Array;
  readonly outboxAdd: readonly (readonly [key: string, effect: Uint8Array])[];
  readonly outboxRemove: readonly string[];
  readonly recoverFrom: number;
  /** Journal records before this window are trimmed, a bounded number with each commit. */
  readonly trimBefore: number;
}

export interface ActorWrite {
  readonly partition: number;
  readonly number: string;
  /** Undefined removes it. */
  readonly record: Uint8Array | undefined;
  /** Deadline that the index holds for this actor after the window before, and the one it is to hold; 0 is none. */
  readonly deadlineBeforeMs: number;
  readonly deadlineAfterMs: number;
}
