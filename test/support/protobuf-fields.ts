/** The fields of a protobuf message as octets, to leave some of them out: what a writer that knew fewer fields has written. */
import { type Random, randomFraction } from '../../src/types/random.ts';

interface Field {
  readonly wireType: number;
  /** Tag and value. */
  readonly octets: Uint8Array;
  /** Where the content begins in `octets`, of a field with a length. */
  readonly contentAt: number;
  readonly tagOctets: number;
}

/** The fields in order; undefined when it is no message. */
function fieldsOf(message: Uint8Array): Field[] | undefined {
  const fields: Field[] = [];
  for (let at = 0; at < message.length; ) {
    const tag = varint(message, at);
    if (tag === undefined || tag.value >>> 3 === 0) return undefined;
    const wireType = tag.value & 7;
    const valueAt = at + tag.octets;
    let end: number;
    let contentAt = 0;
    if (wireType === 0) end = valueAt + (varint(message, valueAt)?.octets ?? Infinity);
    else if (wireType === 1) end = valueAt + 8;
    else if (wireType === 5) end = valueAt + 4;
    else if (wireType === 2) {
      const length = varint(message, valueAt);
      if (length === undefined) return undefined;
      contentAt = tag.octets + length.octets;
      end = valueAt + length.octets + length.value;
    } else return undefined;
    if (end > message.length) return undefined;
    fields.push({ wireType, octets: message.subarray(at, end), contentAt, tagOctets: tag.octets });
    at = end;
  }
  return fields;
}

function varint(octets: Uint8Array, at: number): { value: number; octets: number } | undefined {
  let value = 0;
  for (let index = 0; index < 10; index++) {
    const octet = octets[at + index];
    if (octet === undefined) return undefined;
    value += (octet & 0x7f) * 2 ** (7 * index);
    if (octet < 0x80) return { value, octets: index + 1 };
  }
  return undefined;
}

function varintOf(value: number): Buffer {
  const octets: number[] = [];
  let rest = value;
  do {
    octets.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return Buffer.from(octets);
}

/** The message without some of its fields, and without some fields of the messages in it. */
export function withoutSomeFields(message: Uint8Array, random: Random, share = 0.15): Buffer {
  const kept = (fieldsOf(message) ?? [])
    .filter(() => randomFraction(random) >= share)
    .map((field) => {
      if (field.wireType !== 2) return field.octets;
      const content = field.octets.subarray(field.contentAt);
      if (content.length === 0 || fieldsOf(content) === undefined) return field.octets;
      const thinner = withoutSomeFields(content, random, share);
      return Buffer.concat([field.octets.subarray(0, field.tagOctets), varintOf(thinner.length), thinner]);
    });
  return Buffer.concat(kept);
}
