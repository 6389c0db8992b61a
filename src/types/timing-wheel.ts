import assert from 'node:assert/strict';
import type { TimerListener, Timers } from './timers.ts';

/** Five levels of 256 slots: level 0 is a tick a slot, level 4 is 2³² ticks a slot. */
const slotBits = 8;
const slotCount = 1 << slotBits;
const levelCount = 5;
const wordsPerLevel = slotCount / 32;
const topLevel = levelCount - 1;
const topSlotTicks = 2 ** (slotBits * topLevel);
const noList = levelCount * slotCount;

/** A handle is generation · 2²⁴ + index: below 2⁵³, never 0, and new for each start. */
const indexSpan = 2 ** 24;
const generationMax = 2 ** 28;

/** The longest delay in ticks, half the span of the wheel: 17 years at a tick of a millisecond. */
const delayMaxTicks = 2 ** 39;

export interface TimingWheelOptions {
  /** Time at the start, in the milliseconds of the host's monotonic clock; default 0. */
  readonly startMs?: number;
  /** Length of a tick; default 1. */
  readonly tickMs?: number;
  /** Timers for which there is room at first; default 1024. Room doubles when it is needed. */
  readonly capacity?: number;
  /**
   * Timers that may be pending at once, at most 2²⁴; default 2²². The tables of the layers that start timers are bounded, so
   * one more than this is a programmer's error and asserts.
   */
  readonly capacityMax?: number;
}

/**
 * Hierarchical timing wheel on typed arrays, 46 octets a timer. A timer sits at the lowest level at which its deadline
 * and the present differ, so a slot is moved down once per level at most, and lists that are appended to and moved in
 * order fire in the order (deadline, start) without being sorted.
 *
 * The host drives it: `advance` with its monotonic clock before it handles a batch of input, so that timers count from
 * the time of that batch; or, for a virtual clock, `advance(nextDeadlineMs())`.
 */
export class TimingWheel implements Timers {
  readonly #originMs: number;
  readonly #tickMs: number;
  readonly #capacityMax: number;
  #nowMs: number;
  #tick = 0;
  #advancing = false;
  #pending = 0;

  /** First and last timer of each list, −1 when it is empty; level after level. */
  readonly #first = new Int32Array(levelCount * slotCount).fill(-1);
  readonly #last = new Int32Array(levelCount * slotCount).fill(-1);
  /** A bit for each list that is not empty. */
  readonly #occupied = new Int32Array(levelCount * wordsPerLevel);

  #next: Int32Array;
  #previous: Int32Array;
  #list: Uint16Array;
  #deadline: Float64Array;
  #generation: Uint32Array;
  #kind: Float64Array;
  #key: Float64Array;
  readonly #listener: (TimerListener | undefined)[] = [];
  /** First unused timer; the unused are chained through `#next`. */
  #free = -1;
  /** Timers from here on were never used. */
  #fresh = 0;

  constructor(options: TimingWheelOptions = {}) {
    this.#originMs = options.startMs ?? 0;
    this.#nowMs = this.#originMs;
    this.#tickMs = options.tickMs ?? 1;
    this.#capacityMax = options.capacityMax ?? 2 ** 22;
    assert(this.#tickMs > 0, 'a tick is longer than nothing');
    assert(this.#capacityMax >= 1 && this.#capacityMax <= indexSpan, 'capacityMax is 1 … 2^24');
    const capacity = Math.max(1, Math.min(options.capacity ?? 1024, this.#capacityMax));
    this.#next = new Int32Array(capacity);
    this.#previous = new Int32Array(capacity);
    this.#list = new Uint16Array(capacity);
    this.#deadline = new Float64Array(capacity);
    this.#generation = new Uint32Array(capacity);
    this.#kind = new Float64Array(capacity);
    this.#key = new Float64Array(capacity);
  }

  /** Timers that run. */
  get pending(): number {
    return this.#pending;
  }

  /** The time of the last `advance`; within a firing, the time of the tick that fires. */
  now(): number {
    return this.#nowMs;
  }

  /**
   * As `Timers.start`. A timer never ends in the tick that it is started in, so that a delay of 0 ends with the next
   * tick and a listener that starts it anew cannot hold up the thread.
   */
  start(delayMs: number, listener: TimerListener, kind: number, key: number): number {
    assert(delayMs >= 0, 'a delay is 0 or more');
    const tick = Math.max(this.#tick + 1, Math.ceil((this.#nowMs + delayMs - this.#originMs) / this.#tickMs));
    assert(tick - this.#tick <= delayMaxTicks, 'a delay is 2^39 ticks at most');
    const index = this.#take();
    this.#deadline[index] = tick;
    this.#kind[index] = kind;
    this.#key[index] = key;
    this.#listener[index] = listener;
    this.#append(index, tick);
    this.#pending++;
    return (this.#generation[index] as number) * indexSpan + index;
  }

  stop(handle: number): void {
    const index = handle % indexSpan;
    if (index >= this.#fresh) return;
    if (this.#generation[index] !== Math.floor(handle / indexSpan) || this.#list[index] === noList) return;
    this.#unlink(index);
    this.#release(index);
  }

  /**
   * Goes forward to `nowMs` and fires what has ended, in the order of deadline, then of start. A time before the
   * present changes nothing. Returns how many fired. When a listener throws, the rest fires with the next call.
   */
  advance(nowMs: number): number {
    assert(!this.#advancing, 'advance is not called from a listener');
    if (!(nowMs >= this.#nowMs)) return 0;
    const target = Math.floor((nowMs - this.#originMs) / this.#tickMs);
    let fired = 0;
    this.#advancing = true;
    try {
      for (;;) {
        fired += this.#fire();
        if (!this.#step(target)) break;
      }
      this.#tick = Math.max(this.#tick, target);
      this.#nowMs = nowMs;
    } finally {
      this.#advancing = false;
    }
    return fired;
  }

  /**
   * The deadline of the timer that fires next, in milliseconds of the host's clock; `Infinity` when none runs. Where it
   * is far off, the timers of one slot are looked through: a host that asks often asks `nextWakeMs`.
   */
  nextDeadlineMs(): number {
    const list = this.#nextList();
    if (list < 0) return Infinity;
    let earliest = Infinity;
    for (let index = this.#first[list] as number; index >= 0; index = this.#next[index] as number) {
      const deadline = this.#deadline[index] as number;
      if (deadline < earliest) earliest = deadline;
      if (list < slotCount) break;
    }
    return this.#originMs + earliest * this.#tickMs;
  }

  /** A time before which nothing fires and at which `advance` should be called again: never after the next deadline, and found at once. */
  nextWakeMs(): number {
    const list = this.#nextList();
    return list < 0 ? Infinity : this.#originMs + this.#startOf(list) * this.#tickMs;
  }

  /** Fires the slot of the present tick, one timer after the other, as a listener may stop those behind it. */
  #fire(): number {
    const list = this.#tick & (slotCount - 1);
    let fired = 0;
    for (let index = this.#first[list] as number; index >= 0; index = this.#first[list] as number) {
      const listener = this.#listener[index] as TimerListener;
      const kind = this.#kind[index] as number;
      const key = this.#key[index] as number;
      this.#unlink(index);
      this.#release(index);
      fired++;
      listener.onTimer(kind, key);
    }
    return fired;
  }

  /** Goes to the next slot that holds timers, if it starts by `target`, and moves a higher level's timers down. */
  #step(target: number): boolean {
    const list = this.#nextList();
    if (list < 0) return false;
    const start = this.#startOf(list);
    if (start > target) return false;
    this.#tick = start;
    this.#nowMs = Math.max(this.#nowMs, this.#originMs + start * this.#tickMs);
    if (list < slotCount) return true;
    let index = this.#first[list] as number;
    this.#first[list] = -1;
    this.#last[list] = -1;
    this.#setOccupied(list, false);
    while (index >= 0) {
      const following = this.#next[index] as number;
      this.#append(index, this.#deadline[index] as number);
      index = following;
    }
    return true;
  }

  /** The first list in time that holds timers, −1 when none does: a lower level's are always before a higher level's. */
  #nextList(): number {
    if (this.#pending === 0) return -1;
    for (let level = 0; level < topLevel; level++) {
      const at = (this.#tick >>> (level * slotBits)) & (slotCount - 1);
      // The present slot of level 0 holds timers only while it fires; that of a higher level was moved down.
      const slot = this.#occupiedFrom(level, level === 0 ? at : at + 1);
      if (slot >= 0) return level * slotCount + slot;
    }
    const at = Math.floor(this.#tick / topSlotTicks) % slotCount;
    const slot = this.#occupiedFrom(topLevel, at + 1);
    return topLevel * slotCount + (slot >= 0 ? slot : this.#occupiedFrom(topLevel, 0));
  }

  /** The first tick of a list's slot. */
  #startOf(list: number): number {
    const level = list >>> slotBits;
    const slot = list & (slotCount - 1);
    const slotTicks = 2 ** (level * slotBits);
    const lapTicks = slotTicks * slotCount;
    const start = Math.floor(this.#tick / lapTicks) * lapTicks + slot * slotTicks;
    return start < this.#tick && level === topLevel ? start + lapTicks : start;
  }

  #occupiedFrom(level: number, from: number): number {
    if (from >= slotCount) return -1;
    const base = level * wordsPerLevel;
    let word = from >>> 5;
    let bits = (this.#occupied[base + word] as number) & (-1 << (from & 31));
    while (bits === 0) {
      if (++word === wordsPerLevel) return -1;
      bits = this.#occupied[base + word] as number;
    }
    return word * 32 + 31 - Math.clz32(bits & -bits);
  }

  #setOccupied(list: number, on: boolean): void {
    const bit = 1 << (list & 31);
    const bits = this.#occupied[list >>> 5] as number;
    this.#occupied[list >>> 5] = on ? bits | bit : bits & ~bit;
  }

  #append(index: number, deadline: number): void {
    const list = this.#listFor(deadline);
    const last = this.#last[list] as number;
    this.#list[index] = list;
    this.#next[index] = -1;
    this.#previous[index] = last;
    this.#last[list] = index;
    if (last >= 0) {
      this.#next[last] = index;
    } else {
      this.#first[list] = index;
      this.#setOccupied(list, true);
    }
  }

  #listFor(deadline: number): number {
    const high = Math.floor(deadline / topSlotTicks);
    if (high !== Math.floor(this.#tick / topSlotTicks)) return topLevel * slotCount + (high % slotCount);
    const difference = (deadline ^ this.#tick) >>> 0;
    const level = difference < 0x100 ? 0 : difference < 0x1_0000 ? 1 : difference < 0x100_0000 ? 2 : 3;
    return level * slotCount + ((deadline >>> (level * slotBits)) & (slotCount - 1));
  }

  #unlink(index: number): void {
    const list = this.#list[index] as number;
    const next = this.#next[index] as number;
    const previous = this.#previous[index] as number;
    if (previous >= 0) this.#next[previous] = next;
    else this.#first[list] = next;
    if (next >= 0) this.#previous[next] = previous;
    else this.#last[list] = previous;
    if (next < 0 && previous < 0) this.#setOccupied(list, false);
  }

  #take(): number {
    let index = this.#free;
    if (index >= 0) {
      this.#free = this.#next[index] as number;
      return index;
    }
    index = this.#fresh;
    if (index === this.#next.length) this.#grow();
    this.#fresh++;
    this.#generation[index] = 1;
    return index;
  }

  #release(index: number): void {
    const generation = (this.#generation[index] as number) + 1;
    this.#generation[index] = generation === generationMax ? 1 : generation;
    this.#list[index] = noList;
    this.#listener[index] = undefined;
    this.#next[index] = this.#free;
    this.#free = index;
    this.#pending--;
  }

  #grow(): void {
    assert(this.#next.length < this.#capacityMax, `no more than ${String(this.#capacityMax)} timers may run`);
    const capacity = Math.min(this.#next.length * 2, this.#capacityMax);
    const grown = <T extends Int32Array | Uint16Array | Uint32Array | Float64Array>(into: T, from: T): T => {
      into.set(from);
      return into;
    };
    this.#next = grown(new Int32Array(capacity), this.#next);
    this.#previous = grown(new Int32Array(capacity), this.#previous);
    this.#list = grown(new Uint16Array(capacity), this.#list);
    this.#deadline = grown(new Float64Array(capacity), this.#deadline);
    this.#generation = grown(new Uint32Array(capacity), this.#generation);
    this.#kind = grown(new Float64Array(capacity), this.#kind);
    this.#key = grown(new Float64Array(capacity), this.#key);
  }
}
