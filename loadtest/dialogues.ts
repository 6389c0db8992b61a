/**
 * The dialogues that the generator has begun, a slot each: typed arrays, so that a quarter of a million of them are no work
 * for garbage collection. A transaction id is the slot and how often it was used: what comes late finds nobody.
 *
 *     | 0 | uses (11) | slot (20) |
 */
import assert from 'node:assert/strict';

/** What a dialogue waits for; 0: the slot is free. */
export const waits = { nothing: 0, answer: 1, ring: 2, end: 3, alert: 4 } as const;

const SLOT_BITS = 20;
const USES_MASK = 0x7ff;

export class Dialogues {
  readonly max: number;
  readonly waiting: Uint8Array;
  /** Index into the ends of calls. */
  readonly end: Uint8Array;
  /** Q.850 cause value that its report says; 0: the usual one of its end. */
  readonly cause: Uint8Array;
  readonly ringMs: Float64Array;
  readonly subscriber: Uint32Array;
  readonly call: Uint32Array;
  /** Transaction id of the engine. */
  readonly peer: Uint32Array;
  readonly plannedAtMs: Float64Array;
  /** When its report went out. */
  readonly reportedAtMs: Float64Array;
  /** Nothing came until then: it is given up. */
  readonly untilMs: Float64Array;
  readonly #uses: Uint16Array;
  readonly #free: Uint32Array;
  #freeCount: number;
  /** Slots from here on were never used. */
  #used = 0;

  constructor(max: number) {
    assert(max >= 1 && max <= 2 ** SLOT_BITS, 'dialogues are 1 … 1 048 576');
    this.max = max;
    this.waiting = new Uint8Array(max);
    this.end = new Uint8Array(max);
    this.cause = new Uint8Array(max);
    this.ringMs = new Float64Array(max);
    this.subscriber = new Uint32Array(max);
    this.call = new Uint32Array(max);
    this.peer = new Uint32Array(max);
    this.plannedAtMs = new Float64Array(max);
    this.reportedAtMs = new Float64Array(max);
    this.untilMs = new Float64Array(max);
    this.#uses = new Uint16Array(max);
    this.#free = new Uint32Array(max);
    this.#freeCount = 0;
  }

  get open(): number {
    return this.#used - this.#freeCount;
  }

  /** −1: all are in use. */
  take(): number {
    const slot = this.#freeCount > 0 ? (this.#free[--this.#freeCount] as number) : this.#used;
    if (slot >= this.max) return -1;
    if (slot === this.#used) this.#used++;
    this.#uses[slot] = ((this.#uses[slot] as number) + 1) & USES_MASK;
    return slot;
  }

  free(slot: number): void {
    this.waiting[slot] = waits.nothing;
    this.#free[this.#freeCount++] = slot;
  }

  idOf(slot: number): number {
    return (((this.#uses[slot] as number) << SLOT_BITS) | slot) >>> 0;
  }

  /** −1: no open dialogue has this id. */
  slotOf(id: number): number {
    const slot = id & (2 ** SLOT_BITS - 1);
    if (slot >= this.#used || this.waiting[slot] === waits.nothing) return -1;
    return id >>> SLOT_BITS === this.#uses[slot] ? slot : -1;
  }

  /** Hands out those that have waited too long. */
  expire(nowMs: number, expired: (slot: number) => void): void {
    for (let slot = 0; slot < this.#used; slot++) {
      const waiting = this.waiting[slot];
      if (waiting === waits.nothing || waiting === waits.ring) continue;
      if ((this.untilMs[slot] as number) <= nowMs) expired(slot);
    }
  }
}

/** Slots in the order in which their time comes: all wait equally long. */
export class SlotQueue {
  readonly #ids: Float64Array;
  readonly #atMs: Float64Array;
  #first = 0;
  #count = 0;

  constructor(max: number) {
    this.#ids = new Float64Array(max);
    this.#atMs = new Float64Array(max);
  }

  get size(): number {
    return this.#count;
  }

  /** False: there is no room. */
  push(id: number, atMs: number): boolean {
    if (this.#count >= this.#ids.length) return false;
    const at = (this.#first + this.#count++) % this.#ids.length;
    this.#ids[at] = id;
    this.#atMs[at] = atMs;
    return true;
  }

  /** −1: nothing is due. */
  takeDue(nowMs: number): number {
    if (this.#count === 0 || (this.#atMs[this.#first] as number) > nowMs) return -1;
    const id = this.#ids[this.#first] as number;
    this.#first = (this.#first + 1) % this.#ids.length;
    this.#count--;
    return id;
  }
}
