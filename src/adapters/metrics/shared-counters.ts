/**
 * Counters of one thread in shared memory: it counts, and the main thread reads names and values whenever it likes. There
 * is room for so many names; what is counted under a further name is counted as `counters.other`.
 *
 *     0 names in use (int32)     64 values (float64 each)     then names: octets of length, then UTF-8, 96 each
 */
import type { Counters } from '../../types/counters.ts';

const headerOctets = 64;
const nameOctets = 96;
const slotOctets = 8 + nameOctets;
const otherName = 'counters.other';

/** Memory for the counters of one thread; the first of `slots` is for `counters.other`. */
export function sharedCountersMemory(slots = 1024): SharedArrayBuffer {
  return new SharedArrayBuffer(headerOctets + slots * slotOctets);
}

class CountersView {
  readonly slots: number;
  readonly used: Int32Array;
  readonly values: Float64Array;
  readonly names: Uint8Array;

  constructor(memory: SharedArrayBuffer) {
    this.slots = Math.floor((memory.byteLength - headerOctets) / slotOctets);
    this.used = new Int32Array(memory, 0, 1);
    this.values = new Float64Array(memory, headerOctets, this.slots);
    this.names = new Uint8Array(memory, headerOctets + this.slots * 8, this.slots * nameOctets);
  }

  nameOf(slot: number): string {
    const at = slot * nameOctets;
    return Buffer.from(this.names.subarray(at + 1, at + 1 + (this.names[at] as number))).toString();
  }
}

/** The counting side. A thread that starts anew goes on with the counts of its predecessor. */
export class SharedCounters implements Counters {
  readonly #view: CountersView;
  readonly #slots = new Map<string, number>();

  constructor(memory: SharedArrayBuffer) {
    this.#view = new CountersView(memory);
    const used = Atomics.load(this.#view.used, 0);
    for (let slot = 0; slot < used; slot++) this.#slots.set(this.#view.nameOf(slot), slot);
    if (used === 0) this.#add(otherName);
  }

  count(name: string, by = 1): void {
    const slot = this.#slots.get(name) ?? this.#add(name);
    const { values } = this.#view;
    values[slot] = (values[slot] as number) + by;
  }

  /** The slot of a new name, or that of the rest. Names that do not fit are not kept, so that their number has no bearing. */
  #add(name: string): number {
    const { used, slots, names } = this.#view;
    const slot = Atomics.load(used, 0);
    const octets = Buffer.from(name);
    if (slot >= slots || octets.length >= nameOctets) return 0;
    names[slot * nameOctets] = octets.length;
    names.set(octets, slot * nameOctets + 1);
    this.#slots.set(name, slot);
    Atomics.store(used, 0, slot + 1);
    return slot;
  }
}

/** The reading side. */
export class SharedCountersReader {
  readonly #view: CountersView;
  readonly #names: string[] = [];

  constructor(memory: SharedArrayBuffer) {
    this.#view = new CountersView(memory);
  }

  /** Adds the counts to `into`, so that those of several threads come together under one name. */
  addTo(into: Map<string, number>): void {
    const used = Atomics.load(this.#view.used, 0);
    while (this.#names.length < used) this.#names.push(this.#view.nameOf(this.#names.length));
    for (let slot = 0; slot < used; slot++) {
      const name = this.#names[slot] as string;
      const value = this.#view.values[slot] as number;
      if (value !== 0) into.set(name, (into.get(name) ?? 0) + value);
    }
  }
}
