/**
 * Keys of the tables: fixed in size, binary, in the order in which they are read.
 *
 *     actors      partition (1)  packed number (8)
 *     journal     window (8)
 *     deadlines   minute (4)  partition (1)  packed number (8)
 *     outbox      the key's text
 *
 * The partition leads the actors, so that a partition is one range. Deadlines are led by the minute instead: they are read
 * every minute in the order of time, over all partitions, and a partition moves perhaps once a year.
 */
import assert from 'node:assert/strict';
import { packedNumberOctets, packNumber, partitionCount, unpackNumber } from '../../types/partition.ts';

const minuteMs = 60_000;
const minuteMax = 0xffff_ffff;

export const ACTOR_KEY_OCTETS = 1 + packedNumberOctets;

/** @param key what to write it to: for a key that is looked for at once, and not kept */
export function actorKey(
  partition: number,
  number: string,
  key = Buffer.allocUnsafe(ACTOR_KEY_OCTETS),
): Buffer {
  key[0] = partition;
  packNumber(number, key, 1);
  return key;
}

/** Where the actors of a partition start; those of partition 64 would start after the last. */
export function actorsStart(partition: number): Buffer {
  return Buffer.of(partition, 0);
}

export function numberOfActorKey(key: Uint8Array): string {
  const number = unpackNumber(key, 1);
  assert(number !== undefined, 'the key of an actor holds a number');
  return number;
}

export function windowKey(window: number): Buffer {
  const key = Buffer.allocUnsafe(8);
  key.writeBigUInt64BE(BigInt(window));
  return key;
}

export function windowOfKey(key: Uint8Array): number {
  return Number(Buffer.from(key.buffer, key.byteOffset, key.length).readBigUInt64BE());
}

/** The minute of a deadline, 0 for none. A deadline in the first minute of 1970 counts for the second. */
export function minuteOf(deadlineMs: number): number {
  if (!(deadlineMs > 0)) return 0;
  return Math.min(Math.max(1, Math.floor(deadlineMs / minuteMs)), minuteMax);
}

export function deadlineKey(minute: number, partition: number, number: string): Buffer {
  const key = Buffer.allocUnsafe(5 + packedNumberOctets);
  key.writeUInt32BE(minute);
  key[4] = partition;
  packNumber(number, key, 5);
  return key;
}

/** Where the deadlines end that lie in `minute` or before. */
export function deadlinesEnd(minute: number): Buffer {
  const key = Buffer.allocUnsafe(5);
  key.writeUInt32BE(minute);
  key[4] = partitionCount;
  return key;
}

export function minuteOfDeadlineKey(key: Uint8Array): number {
  return new DataView(key.buffer, key.byteOffset, 4).getUint32(0);
}

export function partitionOfDeadlineKey(key: Uint8Array): number {
  return key[4] as number;
}

export function numberOfDeadlineKey(key: Uint8Array): string {
  const number = unpackNumber(key, 5);
  assert(number !== undefined, 'the key of a deadline holds a number');
  return number;
}

/** The partition that leads an outbox key (`effectKey`); undefined for a key that is led by a word. */
export function partitionOfOutboxKey(key: string): number | undefined {
  const led = /^(\d{1,2})\./.exec(key);
  return led === null ? undefined : Number(led[1]);
}
