/** Stores that break a promise, to see that the model notices. */
import type { MemoryStore } from '../../../src/engine/memory-store.ts';
import type { CommitWindow, DeadlineEntry, Store } from '../../../src/types/ports/store.ts';
import type { TimingWheel } from '../../../src/types/timing-wheel.ts';
import { decodeJournalRecord, encodeJournalRecord } from '../../../src/wire/journal.ts';
import { decodeState, encodeState } from '../../../src/wire/state.ts';

class Between implements Store {
  protected readonly inner: MemoryStore;

  constructor(inner: MemoryStore) {
    this.inner = inner;
  }

  get partitions(): readonly number[] {
    return this.inner.partitions;
  }
  get recoverFrom(): number {
    return this.inner.recoverFrom;
  }
  get lastWindow(): number {
    return this.inner.lastWindow;
  }
  get commitsInFlight(): number {
    return this.inner.commitsInFlight;
  }
  readActor(partition: number, number: string): Uint8Array | undefined {
    return this.inner.readActor(partition, number);
  }
  actors(partition: number, from?: string): Iterable<readonly [number: string, record: Uint8Array]> {
    return this.inner.actors(partition, from);
  }
  sequence(partition: number): number {
    return this.inner.sequence(partition);
  }
  readPositions(): Uint8Array | undefined {
    return this.inner.readPositions();
  }
  journal(fromWindow: number): Iterable<readonly [window: number, record: Uint8Array]> {
    return this.inner.journal(fromWindow);
  }
  outbox(): Iterable<readonly [key: string, effect: Uint8Array]> {
    return this.inner.outbox();
  }
  deadlines(untilMs: number, after?: DeadlineEntry): Iterable<DeadlineEntry> {
    return this.inner.deadlines(untilMs, after);
  }
  commit(window: CommitWindow, durable: () => void, failed: (error: unknown) => void): void {
    this.inner.commit(window, durable, failed);
  }
  close(): Promise<void> {
    return this.inner.close();
  }
}

type Fault = () => (store: MemoryStore, wheel: TimingWheel) => Store;

/** The positions of the rings are stored at once, the state with the transaction. */
const positionsApart: Fault = () => {
  const stored = new Map<string, Uint8Array>();
  return (store) => {
    const key = store.partitions.join();
    return new (class extends Between {
      override readPositions(): Uint8Array | undefined {
        return stored.get(key);
      }
      override commit(...[window, durable, failed]: Parameters<Store['commit']>): void {
        stored.set(key, window.positions.slice());
        super.commit(window, durable, failed);
      }
    })(store);
  };
};

/** Windows are called durable before they are. */
const durableTooEarly: Fault = () => (store, wheel) =>
  new (class extends Between {
    override commit(...[window, durable, failed]: Parameters<Store['commit']>): void {
      super.commit(window, () => undefined, failed);
      wheel.start(0, { onTimer: durable }, 0, 0);
    }
  })(store);

/** Records forget which tells were heard. */
const tellsWithoutMemory: Fault = () => (store) =>
  new (class extends Between {
    override commit(...[window, durable, failed]: Parameters<Store['commit']>): void {
      const actors = window.actors.map((write) => {
        const state = write.record === undefined ? undefined : decodeState(write.record);
        return state?.ok === true
          ? { ...write, record: encodeState({ ...state.value, tellsHeard: [] }) }
          : write;
      });
      super.commit({ ...window, actors }, durable, failed);
    }
  })(store);

/** The journal holds events but not what they asked for. */
const effectsNotKept: Fault = () => (store) =>
  new (class extends Between {
    override commit(...[window, durable, failed]: Parameters<Store['commit']>): void {
      const record = decodeJournalRecord(window.journal);
      if (!record.ok) throw new Error(record.code);
      const entries = record.value.entries.map((entry) => ({ ...entry, effects: [] }));
      super.commit(
        { ...window, journal: encodeJournalRecord({ ...record.value, entries }) },
        durable,
        failed,
      );
    }
  })(store);

/** The sequences of a window are not written with it. */
const sequencesForgotten: Fault = () => (store) =>
  new (class extends Between {
    override commit(...[window, durable, failed]: Parameters<Store['commit']>): void {
      super.commit({ ...window, sequences: new Map() }, durable, failed);
    }
  })(store);

export const faults: ReadonlyMap<string, Fault> = new Map([
  ['positions committed apart from state', positionsApart],
  ['effects released before they are durable', durableTooEarly],
  ['tells without dedupe', tellsWithoutMemory],
  ['effects not kept in the journal', effectsNotKept],
  ['sequences that start again', sequencesForgotten],
]);
