/** A store that is watched: how long commits take until they are durable, and how much journal a start would have to read. */
import type { Clock } from '../types/clock.ts';
import { LATENCY_BUCKETS, LatencyHistogram, type LatencySummary } from '../types/latency-histogram.ts';
import type { CommitWindow, DeadlineEntry, Store } from '../types/ports/store.ts';

export class MeasuredStore implements Store {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #latencies = new LatencyHistogram();
  readonly #before = new Uint32Array(LATENCY_BUCKETS);
  /** Octets of the journal record of each window that a start would read, oldest first. */
  readonly #records = new Map<number, number>();
  #lagOctets = 0;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    for (const [window, record] of store.journal(store.recoverFrom)) this.#add(window, record.length);
  }

  /** Commits that became durable since the last call. */
  takeLatencies(): LatencySummary {
    return this.#latencies.since(this.#before);
  }

  get journalLagOctets(): number {
    return this.#lagOctets;
  }

  commit(window: CommitWindow, durable: () => void, failed: (error: unknown) => void): void {
    const beganAtMs = this.#clock.monotonic();
    this.#store.commit(
      window,
      () => {
        this.#latencies.record(this.#clock.monotonic() - beganAtMs);
        this.#add(window.window, window.journal.length);
        this.#removeBefore(window.recoverFrom);
        durable();
      },
      failed,
    );
  }

  get partitions(): readonly number[] {
    return this.#store.partitions;
  }

  readActor(partition: number, number: string): Uint8Array | undefined {
    return this.#store.readActor(partition, number);
  }

  actors(partition: number, from?: string): Iterable<readonly [number: string, record: Uint8Array]> {
    return this.#store.actors(partition, from);
  }

  sequence(partition: number): number {
    return this.#store.sequence(partition);
  }

  readPositions(): Uint8Array | undefined {
    return this.#store.readPositions();
  }

  journal(fromWindow: number): Iterable<readonly [window: number, record: Uint8Array]> {
    return this.#store.journal(fromWindow);
  }

  get recoverFrom(): number {
    return this.#store.recoverFrom;
  }

  get lastWindow(): number {
    return this.#store.lastWindow;
  }

  outbox(): Iterable<readonly [key: string, effect: Uint8Array]> {
    return this.#store.outbox();
  }

  deadlines(untilMs: number, after?: DeadlineEntry): Iterable<DeadlineEntry> {
    return this.#store.deadlines(untilMs, after);
  }

  get commitsInFlight(): number {
    return this.#store.commitsInFlight;
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  #add(window: number, octets: number): void {
    this.#records.set(window, octets);
    this.#lagOctets += octets;
  }

  #removeBefore(recoverFrom: number): void {
    for (const [window, octets] of this.#records) {
      if (window >= recoverFrom) return;
      this.#records.delete(window);
      this.#lagOctets -= octets;
    }
  }
}
