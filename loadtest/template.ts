/**
 * A message that is encoded once, by the codecs, and sent many times with a few octets changed. Where these are is found by
 * encoding it again with another value: the octets that differ are the field.
 */
import assert from 'node:assert/strict';
import { PACKED_OCTETS, packIndex } from './numbers.ts';

/** What may be different in each message. */
export interface Values {
  /** Transaction ids. */
  readonly originating: number;
  readonly destination: number;
  readonly invokeId: number;
  /** Indexes: see `numbers.ts`. */
  readonly subscriber: number;
  readonly caller: number;
  /** Of the call reference. */
  readonly reference: number;
  /** timeAndTimezone (3GPP TS 29.078 §5.1). */
  readonly time: Uint8Array;
}

export type Field = keyof Values;

/** Two values of each field that differ in every octet. */
const FIRST: Values = {
  originating: 0x0102_0304,
  destination: 0x1112_1314,
  invokeId: 1,
  subscriber: 0,
  caller: 0,
  reference: 0x2122_2324,
  time: Uint8Array.of(0x91, 0x11, 0x10, 0x11, 0x11, 0x11, 0x11, 0x00),
};
const OTHER: Values = {
  originating: 0x7172_7374,
  destination: 0x6162_6364,
  invokeId: 2,
  subscriber: 11_111_111,
  caller: 22_222_222,
  reference: 0x5152_5354,
  time: Uint8Array.of(0x02, 0x22, 0x21, 0x22, 0x22, 0x22, 0x22, 0x04),
};

const SIZES: Readonly<Record<Field, number>> = {
  originating: 4,
  destination: 4,
  invokeId: 1,
  subscriber: PACKED_OCTETS,
  caller: PACKED_OCTETS,
  reference: 4,
  time: 8,
};

export class Template {
  /** The message as it goes out; whoever sends it copies it. */
  readonly octets: Uint8Array;
  readonly #at = new Map<Field, number>();

  constructor(build: (values: Values) => Uint8Array, fields: readonly Field[]) {
    this.octets = build(FIRST).slice();
    for (const field of fields)
      this.#at.set(field, this.#find(field, build({ ...FIRST, [field]: OTHER[field] })));
  }

  setId(field: 'originating' | 'destination' | 'reference', id: number): void {
    const at = this.#at.get(field)!;
    const { octets } = this;
    octets[at] = id >>> 24;
    octets[at + 1] = id >>> 16;
    octets[at + 2] = id >>> 8;
    octets[at + 3] = id;
  }

  setIndex(field: 'subscriber' | 'caller', index: number): void {
    packIndex(this.octets, this.#at.get(field)!, index);
  }

  setInvokeId(invokeId: number): void {
    this.octets[this.#at.get('invokeId')!] = invokeId;
  }

  setTime(time: Uint8Array): void {
    this.octets.set(time, this.#at.get('time'));
  }

  #find(field: Field, varied: Uint8Array): number {
    const { octets } = this;
    assert.equal(varied.length, octets.length, `${field} changes the length of its message`);
    const different = [...octets.keys()].filter((at) => octets[at] !== varied[at]);
    const [first = -1] = different;
    assert.equal(different.length, SIZES[field], `${field} is not ${SIZES[field]} octets of its message`);
    assert.equal(different.at(-1), first + SIZES[field] - 1, `${field} is not in one piece`);
    return first;
  }
}
