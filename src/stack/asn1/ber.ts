/**
 * The octets of ASN.1's basic encoding rules: identifiers, lengths, ends of contents, and the few primitive contents
 * that every user needs. Nothing here allocates, but for a writer that outgrows its buffer.
 *
 *     | identifier (1 … 4) | length (1 … 127) | contents | end-of-contents 00 00 where the length is indefinite |
 */
import { strict as assert } from 'node:assert';

/** Class of a tag: bits 8 and 7 of the identifier. ITU-T X.690 §8.1.2.2. */
export const tagClasses = { universal: 0, application: 1, context: 2, private: 3 } as const;
export type TagClass = (typeof tagClasses)[keyof typeof tagClasses];

/** Bit 6 of the first identifier octet: the contents are elements. ITU-T X.690 §8.1.2.5. */
export const CONSTRUCTED = 0x20;
/** The highest tag number read or written (three subsequent octets); no protocol of the network comes near. */
export const TAG_NUMBER_MAX = 0x1f_ffff;

/** What can be wrong with the octets of an element. */
export type BerFailureCode =
  | 'ber.truncated' // header or contents go past the end, or an end-of-contents is missing
  | 'ber.tag' // a tag number above TAG_NUMBER_MAX, or not in its one shortest form: ITU-T X.690 §8.1.2
  | 'ber.length' // the reserved length FF, one past 2^32, or the indefinite form on a primitive: ITU-T X.690 §8.1.3
  | 'ber.endOfContents'; // 00 00 where no indefinite length is open: ITU-T X.690 §8.1.5

/**
 * A whole tag as one small integer: the first identifier octet for numbers up to 30 (so that `0xa1` is written as it
 * is seen), else the number shifted left by 8 over the first octet (`[50] constructed` is `0x32bf`).
 */
export function identifierOf(tagClass: TagClass, constructed: boolean, tagNumber: number): number {
  const bits = (tagClass << 6) | (constructed ? CONSTRUCTED : 0);
  return tagNumber < 31 ? bits | tagNumber : (tagNumber << 8) | bits | 0x1f;
}

/**
 * Goes from element to element over octets. Use one for ever:
 *
 *     reader.reset(octets);
 *     while (reader.next()) switch (reader.identifier) { … reader.contentOffset … reader.contentEnd … }
 *     if (reader.failureCode !== '') …                       // at reader.failureOffset
 *
 * To go into a constructed element: keep `offset` and `end` in locals, `enter()`, and `resume(offset, end)` after it.
 * Indefinite lengths are resolved: `contentEnd` stands before the end-of-contents octets, `offset` behind them.
 * The work of a `next` is bounded by the octets of the element; lengths are checked before they are believed.
 */
export class BerReader {
  buffer: Uint8Array = EMPTY;
  /** Where `next` goes on: behind the element read last. */
  offset = 0;
  end = 0;
  /** The element read last; see `identifierOf`. */
  identifier = 0;
  elementOffset = 0;
  contentOffset = 0;
  contentEnd = 0;
  indefinite = false;
  /** Why `next` gave false; empty at the regular end. */
  failureCode: BerFailureCode | '' = '';
  failureOffset = 0;

  /** 0 universal, 1 application, 2 context-specific, 3 private. */
  get tagClass(): TagClass {
    return ((this.identifier >> 6) & 3) as TagClass;
  }

  get constructed(): boolean {
    return (this.identifier & CONSTRUCTED) !== 0;
  }

  get tag(): number {
    return (this.identifier & 0x1f) === 0x1f ? this.identifier >> 8 : this.identifier & 0x1f;
  }

  /** Starts over on `buffer` from `offset` up to `end`; offsets stay those of `buffer`. */
  reset(buffer: Uint8Array, offset = 0, end = buffer.length): this {
    assert(offset >= 0 && offset <= end && end <= buffer.length);
    this.buffer = buffer;
    this.failureCode = '';
    this.failureOffset = 0;
    return this.resume(offset, end);
  }

  /** Goes on at `offset`, up to `end`, of the same octets. */
  resume(offset: number, end: number): this {
    this.offset = offset;
    this.end = end;
    return this;
  }

  /** Goes into the element read last. */
  enter(): this {
    return this.resume(this.contentOffset, this.contentEnd);
  }

  /** Reads the element at `offset`. False: there is none left, or `failureCode` says what is wrong with it. */
  next(): boolean {
    if (this.offset >= this.end || this.failureCode !== '') return false;
    return this.#element();
  }

  /** The content of the element read last: a view, not a copy. */
  content(): Uint8Array {
    return viewOf(this.buffer, this.contentOffset, this.contentEnd);
  }

  /** The whole element read last, header and end-of-contents included: a view, not a copy. */
  element(): Uint8Array {
    return viewOf(this.buffer, this.elementOffset, this.offset);
  }

  #element(): boolean {
    this.elementOffset = this.offset;
    if (!this.#header(this.offset)) return false;
    if (this.identifier === 0) return this.#fail('ber.endOfContents', this.elementOffset);
    if (!this.indefinite) {
      this.offset = this.contentEnd;
      return true;
    }
    const { identifier, contentOffset } = this;
    if (!this.#findEndOfContents(contentOffset)) return false;
    this.offset = this.contentEnd + 2;
    this.identifier = identifier;
    this.contentOffset = contentOffset;
    this.indefinite = true;
    return true;
  }

  /** Sets `identifier`, `contentOffset`, `contentEnd` (for the indefinite form the start of the contents) and `indefinite`. */
  #header(start: number): boolean {
    const { buffer, end } = this;
    let offset = start;
    let identifier = buffer[offset++]!;
    if ((identifier & 0x1f) === 0x1f) {
      let number = 0;
      let octet: number;
      do {
        if (offset >= end) return this.#fail('ber.truncated', start);
        octet = buffer[offset++]!;
        if (number === 0 && octet === 0x80) return this.#fail('ber.tag', start);
        number = (number << 7) | (octet & 0x7f);
        if (number > TAG_NUMBER_MAX) return this.#fail('ber.tag', start);
      } while (octet >= 0x80);
      if (number < 31) return this.#fail('ber.tag', start);
      identifier |= number << 8;
    }
    if (offset >= end) return this.#fail('ber.truncated', start);
    let length = buffer[offset++]!;
    this.indefinite = false;
    if (length >= 0x80) {
      if (length === 0xff) return this.#fail('ber.length', start);
      if (length === 0x80) {
        if ((identifier & CONSTRUCTED) === 0) return this.#fail('ber.length', start);
        this.indefinite = true;
        length = 0;
      } else {
        const octets = length & 0x7f;
        if (octets > end - offset) return this.#fail('ber.truncated', start);
        length = 0;
        for (const last = offset + octets; offset < last; offset++) {
          length = length * 256 + buffer[offset]!;
          if (length > 0xffff_ffff) return this.#fail('ber.length', start);
        }
      }
    }
    if (length > end - offset) return this.#fail('ber.truncated', start);
    this.identifier = identifier;
    this.contentOffset = offset;
    this.contentEnd = offset + length;
    return true;
  }

  /** Sets `contentEnd` to the end-of-contents that closes what began before `offset`. Definite elements are stepped over whole. */
  #findEndOfContents(from: number): boolean {
    let open = 1;
    let offset = from;
    for (;;) {
      if (offset >= this.end) return this.#fail('ber.truncated', this.elementOffset);
      if (!this.#header(offset)) return false;
      if (this.identifier === 0) {
        if (this.contentEnd !== offset + 2) return this.#fail('ber.endOfContents', offset);
        if (--open === 0) {
          this.contentEnd = offset;
          return true;
        }
      } else if (this.indefinite) open++;
      offset = this.contentEnd;
    }
  }

  #fail(code: BerFailureCode, offset: number): false {
    this.failureCode = code;
    this.failureOffset = offset;
    return false;
  }
}

const EMPTY = new Uint8Array(0);

/** The octets from `offset` to `end` as a plain Uint8Array that shares their memory (`subarray` of a Buffer is slower, and a Buffer). */
export function viewOf(buffer: Uint8Array, offset: number, end: number): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset + offset, end - offset);
}

/**
 * A signed integer's contents as a number, or `NaN` when they are empty or past ±2^53. ITU-T X.690 §8.3; contents
 * longer than need be are accepted.
 */
export function readInteger(buffer: Uint8Array, offset: number, end: number): number {
  if (offset >= end) return Number.NaN;
  let value = buffer[offset]!;
  if (value >= 0x80) value -= 0x100;
  for (let at = offset + 1; at < end; at++) {
    value = value * 256 + buffer[at]!;
    if (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER) return Number.NaN;
  }
  return value;
}

const SLAB_OCTETS = 8192;
const SLAB_SHARE_MAX = SLAB_OCTETS / 8;
let slab = EMPTY;
let slabUsed = SLAB_OCTETS;

/**
 * Writes elements from the last octet to the first, so that a length is known when its header is written and nothing
 * is measured or moved:
 *
 *     writer.reset();
 *     const mark = writer.written;
 *     … contents, last one first …
 *     writer.header(0xa1, mark);                             // identifier and length of what was written since
 *     const octets = writer.octets();                        // a view until the next reset; `copy()` to keep it
 *
 * Lengths are definite and minimal. The buffer grows as needed; `offset`s taken before it grew are no longer valid,
 * so marks are `writer.written` counts: octets from the end.
 */
export class BerWriter {
  buffer: Uint8Array;
  /** The first octet written. */
  offset: number;

  constructor(sizeOctets = 1024) {
    this.buffer = new Uint8Array(sizeOctets);
    this.offset = sizeOctets;
  }

  reset(): this {
    this.offset = this.buffer.length;
    return this;
  }

  /** Octets written since `reset`: the mark that `header` takes. */
  get written(): number {
    return this.buffer.length - this.offset;
  }

  /** What was written: a view, valid until the next write or reset. */
  octets(): Uint8Array {
    return this.buffer.subarray(this.offset);
  }

  /** What was written, to keep. Small copies share slabs: an own buffer for each would take five times as long. */
  copy(): Uint8Array {
    const { written } = this;
    if (written > SLAB_SHARE_MAX) return this.buffer.slice(this.offset);
    if (slabUsed + written > SLAB_OCTETS) {
      slab = new Uint8Array(SLAB_OCTETS);
      slabUsed = 0;
    }
    slab.set(this.octets(), slabUsed);
    const copied = new Uint8Array(slab.buffer, slabUsed, written);
    slabUsed += written;
    return copied;
  }

  /** Makes room for `sizeOctets` more before what is written. */
  reserve(sizeOctets: number): void {
    if (this.offset < sizeOctets) this.#grow(sizeOctets);
  }

  #grow(sizeOctets: number): void {
    const { written } = this;
    const larger = new Uint8Array(Math.max(this.buffer.length * 2, written + sizeOctets));
    larger.set(this.octets(), larger.length - written);
    this.buffer = larger;
    this.offset = larger.length - written;
  }

  octet(value: number): void {
    if (this.offset === 0) this.#grow(1);
    this.buffer[--this.offset] = value;
  }

  bytes(octets: Uint8Array): void {
    const { length } = octets;
    if (this.offset < length) this.#grow(length);
    this.offset -= length;
    if (length > 24) this.buffer.set(octets, this.offset);
    else for (let at = 0, to = this.offset; at < length; at++) this.buffer[to++] = octets[at]!;
  }

  /** The header of an element whose contents are all that was written since `written` was `mark`. ITU-T X.690 §8.1.2, §10.1. */
  header(identifier: number, mark: number): void {
    const length = this.buffer.length - this.offset - mark;
    if (this.offset < 10) this.#grow(10);
    const { buffer } = this;
    let { offset } = this;
    if (length < 0x80) buffer[--offset] = length;
    else {
      const last = offset;
      for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) buffer[--offset] = rest % 256;
      const octets = last - offset;
      buffer[--offset] = 0x80 | octets;
    }
    if (identifier > 0xff) {
      let number = identifier >> 8;
      buffer[--offset] = number & 0x7f;
      for (number >>= 7; number > 0; number >>= 7) buffer[--offset] = 0x80 | (number & 0x7f);
    }
    buffer[--offset] = identifier & 0xff;
    this.offset = offset;
  }

  /** A signed integer's contents in the fewest octets; `value` within ±2^53. ITU-T X.690 §8.3. */
  integer(value: number): void {
    if (this.offset < 8) this.#grow(8);
    let rest = value;
    for (;;) {
      const low = ((rest % 256) + 256) % 256;
      this.buffer[--this.offset] = low;
      rest = (rest - low) / 256;
      if ((rest === 0 && low < 0x80) || (rest === -1 && low >= 0x80)) return;
    }
  }

  /** A whole primitive element. */
  element(identifier: number, content: Uint8Array): void {
    const mark = this.written;
    this.bytes(content);
    this.header(identifier, mark);
  }
}
