/**
 * The ring: one algorithm over plain memory (the single-threaded engine) and shared memory (between threads).
 *
 *     control   writer's line   0 flushed, low 32 bits   4 records flushed   8 refusals     16 flushed, in full (float64)
 *               reader's line  64 released, low 32 bits 68 records released                80 released, in full (float64)
 *     data      records of a header of four octets (kind, 24 bits of length), the octets, and padding to four
 *
 * Each side writes its own line only. A record never wraps: where it does not fit before the end of the data, a header of
 * kind 255 fills the rest. `flush` stores the low word last, so the other side never sees a torn record, and a side that
 * dies leaves either the state before or the state after. The low words are what is shared; the full positions are read
 * only by the successor of a dead thread.
 */
import assert from 'node:assert/strict';
import type { RingReader, RingWriter } from '../types/ports/ring.ts';

const flushedAt = 0;
const flushedRecordsAt = 1;
const refusedAt = 2;
const flushedInFullAt = 2;
const releasedAt = 16;
const releasedRecordsAt = 17;
const releasedInFullAt = 10;
const controlOctets = 128;

const headerOctets = 4;
const wrapKind = 255;
const lengthMask = 0xff_ffff;

/** What both ends of a ring share; can be posted to another thread when `buffer` is a SharedArrayBuffer. */
export interface RingMemory {
  readonly name: string;
  readonly buffer: ArrayBufferLike;
}

/** Octets of memory for a ring whose data takes `capacityOctets`, a power of two from 1 KiB to 1 GiB. */
export function ringOctets(capacityOctets: number): number {
  assert(
    capacityOctets >= 1024 && capacityOctets <= 2 ** 30 && (capacityOctets & (capacityOctets - 1)) === 0,
    'the capacity of a ring is a power of two, 1 KiB … 1 GiB',
  );
  return controlOctets + capacityOctets;
}

/** A ring in plain memory, for an engine in one thread. */
export function plainRing(name: string, capacityOctets: number): RingMemory {
  return { name, buffer: new ArrayBuffer(ringOctets(capacityOctets)) };
}

class RingView {
  readonly control: Int32Array;
  readonly inFull: Float64Array;
  readonly octets: Uint8Array;
  readonly headers: Int32Array;
  readonly capacity: number;

  constructor(memory: RingMemory) {
    this.capacity = memory.buffer.byteLength - controlOctets;
    ringOctets(this.capacity);
    this.control = new Int32Array(memory.buffer, 0, controlOctets / 4);
    this.inFull = new Float64Array(memory.buffer, 0, controlOctets / 8);
    this.octets = new Uint8Array(memory.buffer, controlOctets);
    this.headers = new Int32Array(memory.buffer, controlOctets);
  }

  /** The position whose low word was stored; the full one is stored just before it, and a death may lie between. */
  position(lowAt: number, inFullAt: number): number {
    const inFull = this.inFull[inFullAt] as number;
    return inFull - ((inFull - (this.control[lowAt] as number)) >>> 0);
  }
}

export interface RingLevel {
  readonly name: string;
  /** 0 … 1. */
  readonly fill: number;
  readonly capacityOctets: number;
  /** Records. */
  readonly depth: number;
  /** Records that were taken out since it was laid; from 2^32 on it begins anew. */
  readonly taken: number;
  readonly refused: number;
}

/** What an onlooker (metrics) sees of a ring. */
export function ringLevel(memory: RingMemory): RingLevel {
  const { control, capacity } = new RingView(memory);
  const used = (Atomics.load(control, flushedAt) - Atomics.load(control, releasedAt)) >>> 0;
  return {
    name: memory.name,
    fill: Math.min(1, used / capacity),
    capacityOctets: capacity,
    depth: depthOf(control),
    taken: Atomics.load(control, releasedRecordsAt) >>> 0,
    refused: Atomics.load(control, refusedAt) >>> 0,
  };
}

function depthOf(control: Int32Array): number {
  return Math.max(
    0,
    (Atomics.load(control, flushedRecordsAt) - Atomics.load(control, releasedRecordsAt)) | 0,
  );
}

/** The writing end. One at a time; a new one goes on after the last flush of one that died. */
export class MemoryRingWriter implements RingWriter {
  readonly name: string;
  readonly recordOctetsMax: number;
  readonly #view: RingView;
  readonly #mask: number;
  readonly #wake: () => void;
  /** End of what was written, and of what is visible. */
  #written: number;
  #flushed: number;
  #writtenRecords: number;
  /** A lower bound of what the reader has released. */
  #released: number;

  /** `wake` is called by `flush` when there is something new to see. */
  constructor(memory: RingMemory, wake: () => void) {
    this.name = memory.name;
    this.#view = new RingView(memory);
    this.#mask = this.#view.capacity - 1;
    this.#wake = wake;
    // A record of half the ring fits wherever the empty ring stands; a longer one might not.
    this.recordOctetsMax = Math.min(lengthMask, this.#view.capacity / 2 - headerOctets);
    this.#written = this.#view.position(flushedAt, flushedInFullAt);
    this.#flushed = this.#written;
    this.#writtenRecords = this.#view.control[flushedRecordsAt] as number;
    this.#released = this.#written - this.#used();
  }

  write(kind: number, record: Uint8Array): boolean {
    const length = record.length;
    assert(length <= this.recordOctetsMax, 'a record fits into half of its ring');
    assert(kind >= 0 && kind < wrapKind, 'a kind of record is 0 … 254');
    const { octets, headers, capacity } = this.#view;
    const need = headerOctets + ((length + 3) & ~3);
    let at = this.#written & this.#mask;
    const toEnd = capacity - at;
    const skip = toEnd < need ? toEnd : 0;
    if (this.#written + skip + need - this.#released > capacity) {
      this.#released = this.#written - this.#used();
      if (this.#written + skip + need - this.#released > capacity) {
        Atomics.add(this.#view.control, refusedAt, 1);
        return false;
      }
    }
    if (skip > 0) {
      headers[at >>> 2] = wrapKind << 24;
      at = 0;
    }
    headers[at >>> 2] = (kind << 24) | length;
    octets.set(record, at + headerOctets);
    this.#written += skip + need;
    this.#writtenRecords = (this.#writtenRecords + 1) | 0;
    return true;
  }

  flush(): void {
    if (this.#written === this.#flushed) return;
    this.#flushed = this.#written;
    const { control, inFull } = this.#view;
    inFull[flushedInFullAt] = this.#written;
    Atomics.store(control, flushedRecordsAt, this.#writtenRecords);
    Atomics.store(control, flushedAt, this.#written | 0);
    this.#wake();
  }

  get fill(): number {
    return this.#used() / this.#view.capacity;
  }

  get refused(): number {
    return Atomics.load(this.#view.control, refusedAt) >>> 0;
  }

  #used(): number {
    return ((this.#written | 0) - Atomics.load(this.#view.control, releasedAt)) >>> 0;
  }
}

/** The reading end. One at a time; a new one starts at the first record that was not released. */
export class MemoryRingReader implements RingReader {
  readonly name: string;
  readonly #view: RingView;
  readonly #mask: number;
  #read: number;
  #released: number;
  #releasedRecords: number;

  constructor(memory: RingMemory) {
    this.name = memory.name;
    this.#view = new RingView(memory);
    this.#mask = this.#view.capacity - 1;
    this.#released = this.#view.position(releasedAt, releasedInFullAt);
    this.#read = this.#released;
    this.#releasedRecords = this.#view.control[releasedRecordsAt] as number;
  }

  read(take: (kind: number, record: Uint8Array, position: number) => void, max: number): number {
    const { control, headers, octets, capacity } = this.#view;
    let left = (Atomics.load(control, flushedAt) - (this.#read | 0)) >>> 0;
    let count = 0;
    while (left > 0 && count < max) {
      const at = this.#read & this.#mask;
      const header = headers[at >>> 2] as number;
      const kind = header >>> 24;
      const taken = kind === wrapKind ? capacity - at : headerOctets + (((header & lengthMask) + 3) & ~3);
      this.#read += taken;
      left -= taken;
      if (kind === wrapKind) continue;
      count++;
      const start = at + headerOctets;
      take(kind, octets.subarray(start, start + (header & lengthMask)), this.#read);
    }
    return count;
  }

  release(position: number): void {
    assert(position <= this.#read, 'only what was read can be released');
    if (position <= this.#released) return;
    const { control, headers, inFull, capacity } = this.#view;
    let records = this.#releasedRecords;
    for (let at = this.#released; at < position; ) {
      const header = headers[(at & this.#mask) >>> 2] as number;
      if (header >>> 24 === wrapKind) {
        at += capacity - (at & this.#mask);
      } else {
        at += headerOctets + (((header & lengthMask) + 3) & ~3);
        records = (records + 1) | 0;
      }
    }
    this.#released = position;
    this.#releasedRecords = records;
    inFull[releasedInFullAt] = position;
    Atomics.store(control, releasedRecordsAt, records);
    Atomics.store(control, releasedAt, position | 0);
  }

  get depth(): number {
    return depthOf(this.#view.control);
  }
}
