/** The floor of storage: every subscriber is provisioned, nothing is written, and what is committed is durable at once. */
import {
  type CommitWindow,
  commitsInFlightMax,
  type DeadlineEntry,
  type Store,
} from '../../src/types/ports/store.ts';
import { provisionedRecord } from '../harness/provisioned.ts';

export class BlankStore implements Store {
  readonly partitions = Array.from({ length: 64 }, (_, partition) => partition);
  recoverFrom = 1;
  lastWindow = 0;
  #inFlight = 0;
  readonly #wake: () => void;

  /** @param wake something became durable */
  constructor(wake: () => void) {
    this.#wake = wake;
  }

  get commitsInFlight(): number {
    return this.#inFlight;
  }

  readActor(_partition: number, number: string): Uint8Array {
    return provisionedRecord(number, 1);
  }

  sequence(): number {
    return 1;
  }

  commit({ window, recoverFrom }: CommitWindow, durable: () => void): void {
    if (++this.#inFlight > commitsInFlightMax) throw new Error('too many commits in flight');
    this.lastWindow = window;
    this.recoverFrom = recoverFrom;
    setImmediate(() => {
      this.#inFlight--;
      durable();
      this.#wake();
    });
  }

  readPositions(): undefined {
    return undefined;
  }
  actors(): readonly (readonly [string, Uint8Array])[] {
    return [];
  }
  journal(): readonly (readonly [number, Uint8Array])[] {
    return [];
  }
  outbox(): readonly (readonly [string, Uint8Array])[] {
    return [];
  }
  deadlines(): readonly DeadlineEntry[] {
    return [];
  }
  close(): Promise<void> {
    return Promise.resolve();
  }
}
