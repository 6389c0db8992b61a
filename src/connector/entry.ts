import type { Priority, Queued } from './lanes.ts';

export interface Offer<Item> {
  /**
   * What it is about: of offers with the same key one is under way at most, and one waits at most. A newer one takes the
   * place of the one that waits.
   */
  readonly key: string;
  readonly priority: Priority;
  readonly item: Item;
  /** It may be sent for so long from now on, where that is less than the connector's own bound; absent: that alone counts. */
  readonly lifeMs?: number;
  /** It stands in for one that was recalled: it is as old, and its next try is due when that one’s was. */
  readonly after?: Recalled | undefined;
}

/** What is left of an item that waited and was taken back. */
export interface Recalled {
  /** Monotonic, as the others. */
  readonly offeredMs: number;
  readonly tries: number;
  readonly fault: string;
  /** 0: it waited for no time. */
  readonly retryAtMs: number;
}

/** An item in hand. */
export interface Entry<Item> extends Queued<Entry<Item>> {
  readonly serial: number;
  readonly offer: Offer<Item>;
  readonly offeredMs: number;
  /** Times that it was sent, the time under way included. */
  tries: number;
  /** One of its tries may have arrived. */
  uncertain: boolean;
  /** Why the last try failed; empty: none has. */
  fault: string;
  /** Until its next try; 0: it waits for no time. */
  retryTimer: number;
  retryAtMs: number;
  /** Until it is too old. */
  ageTimer: number;
}

export function newEntry<Item>(serial: number, offer: Offer<Item>, nowMs: number): Entry<Item> {
  const { after } = offer;
  return {
    serial,
    offer,
    offeredMs: after?.offeredMs ?? nowMs,
    tries: after?.tries ?? 0,
    uncertain: false,
    fault: after?.fault ?? '',
    retryTimer: 0,
    retryAtMs: 0,
    ageTimer: 0,
    lane: undefined,
    previous: undefined,
    next: undefined,
  };
}

/** What is in hand with one key. */
export interface KeySlot<Item> {
  underWay: Entry<Item> | undefined;
  waiting: Entry<Item> | undefined;
}
