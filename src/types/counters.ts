/**
 * Where a layer counts what happens. Names are dotted and stable (`sccp.udt.received`, `tcap.reject.invoke.1`);
 * counting a name for the first time may allocate, after that it may not.
 */
export interface Counters {
  count(name: string, by?: number): void;
}

/** Counts into a plain map: for tests and for the single-threaded engine. */
export class CountersMap implements Counters {
  readonly values = new Map<string, number>();

  count(name: string, by = 1): void {
    this.values.set(name, (this.values.get(name) ?? 0) + by);
  }

  get(name: string): number {
    return this.values.get(name) ?? 0;
  }
}
