import assert from 'node:assert/strict';

/**
 * Our transaction ids:
 *
 *     | node (4 bits) | boot epoch (7 bits) | slot (21 bits) |
 *
 * An id says which node and which life of it a transaction belongs to, so that a message for a transaction of before a
 * restart, or of another node, finds none. A slot rests for the guard time before it is used again.
 */
const slotBits = 21;
const epochBits = 7;
/** Boot epochs that a transaction id tells apart. */
export const bootEpochs = 2 ** epochBits;
export const slotCountMax = 2 ** slotBits - 1;
export const nodeMax = 15;

export interface TransactionIdsOptions {
  /** 0 … 15, unique among the nodes that share an address. */
  readonly node: number;
  /** Counts the starts of this node; its lowest 7 bits are used. */
  readonly bootEpoch: number;
  /** Transactions at once. */
  readonly transactionsMax: number;
  /** Milliseconds for which an id rests before it comes again. */
  readonly guardMs: number;
}

export function transactionId(node: number, bootEpoch: number, slot: number): number {
  return node * 2 ** (epochBits + slotBits) + (bootEpoch % 2 ** epochBits) * 2 ** slotBits + slot;
}

/**
 * The table of transactions by their id. Slots are given in the order in which they were freed, so that the one that
 * rested longest comes first; a fresh one is taken while that one still rests.
 */
export class TransactionIds<T> {
  readonly #base: number;
  readonly #transactionsMax: number;
  readonly #guardMs: number;
  readonly #slots: (T | null)[] = [null];
  #open = 0;

  /** Freed slots, the oldest first, with the time at which each may be used again: a ring that grows. */
  #freed = new Uint32Array(64);
  #usableAt = new Float64Array(64);
  #head = 0;
  #freedCount = 0;

  constructor(options: TransactionIdsOptions) {
    assert(options.node >= 0 && options.node <= nodeMax, 'node is 0 … 15');
    assert(options.bootEpoch >= 0, 'bootEpoch is 0 or more');
    assert(
      options.transactionsMax >= 1 && options.transactionsMax <= slotCountMax,
      `transactionsMax is 1 … ${String(slotCountMax)}`,
    );
    this.#base = transactionId(options.node, options.bootEpoch, 0);
    this.#transactionsMax = options.transactionsMax;
    this.#guardMs = options.guardMs;
  }

  get open(): number {
    return this.#open;
  }

  get full(): boolean {
    return this.#open >= this.#transactionsMax;
  }

  /** An id for a new transaction; 0 when the limit is reached or all slots rest. */
  take(transaction: T, nowMs: number): number {
    if (this.full) return 0;
    let slot: number;
    if (this.#freedCount > 0 && (this.#usableAt[this.#head] as number) <= nowMs) {
      slot = this.#freed[this.#head] as number;
      this.#head = (this.#head + 1) & (this.#freed.length - 1);
      this.#freedCount--;
      this.#slots[slot] = transaction;
    } else {
      slot = this.#slots.length;
      if (slot > slotCountMax) return 0;
      this.#slots.push(transaction);
    }
    this.#open++;
    return this.#base + slot;
  }

  /** The transaction with this id; undefined when it is not ours, of another life, or over. */
  find(id: number): T | undefined {
    const slot = id - this.#base;
    return slot > 0 && slot < this.#slots.length ? (this.#slots[slot] ?? undefined) : undefined;
  }

  /** The transaction in a slot, as timers name it. */
  inSlot(slot: number): T | undefined {
    return this.#slots[slot] ?? undefined;
  }

  slotOf(id: number): number {
    return id - this.#base;
  }

  release(id: number, nowMs: number): void {
    const slot = id - this.#base;
    if (this.find(id) === undefined) return;
    this.#slots[slot] = null;
    this.#open--;
    if (this.#freedCount === this.#freed.length) this.#grow();
    const tail = (this.#head + this.#freedCount) & (this.#freed.length - 1);
    this.#freed[tail] = slot;
    this.#usableAt[tail] = nowMs + this.#guardMs;
    this.#freedCount++;
  }

  #grow(): void {
    const size = this.#freed.length;
    const freed = new Uint32Array(size * 2);
    const usableAt = new Float64Array(size * 2);
    for (let at = 0; at < size; at++) {
      const from = (this.#head + at) & (size - 1);
      freed[at] = this.#freed[from] as number;
      usableAt[at] = this.#usableAt[from] as number;
    }
    this.#freed = freed;
    this.#usableAt = usableAt;
    this.#head = 0;
  }
}
