/**
 * Every value is stored with a checksum over its table, its key and itself, since LMDB has none: a bit that flipped on the way
 * to the disk or on it is found when the value is read. Schema 2 is this: four octets (CRC-32, little-endian) behind each value.
 *
 * Behind every value, rather than in a field of the messages: a field that is not there would look like a record of the first
 * schema, and a flipped bit in a field's tag would make it so. And not CRC-32C of src/stack/sctp, which is JavaScript: this
 * one is native, and a journal record of 9 kB takes 3 µs rather than 18 (of the 240 µs of its commit), an actor's 0.3 µs.
 */
import * as zlib from 'node:zlib';
import { OperatingError } from '../../types/operating-error.ts';

/** Never renumbered: checksums begin with them. */
export const TABLE_MARKS = { meta: 1, actors: 2, journal: 3, deadlines: 4, outbox: 5 } as const;
export type TableName = keyof typeof TABLE_MARKS;
export const TABLE_NAMES = Object.keys(TABLE_MARKS) as readonly TableName[];

export const CHECKSUM_OCTETS = 4;

/** Node has it from 20.15 on. */
export const crc32: (octets: Uint8Array, start: number) => number =
  typeof zlib.crc32 === 'function' ? zlib.crc32 : plainCrc32;

/** The value as it is stored. */
export function seal(table: TableName, key: Uint8Array, value: Uint8Array): Buffer {
  const sealed = Buffer.allocUnsafe(value.length + CHECKSUM_OCTETS);
  sealed.set(value);
  sealed.writeUInt32LE(crc32(value, crc32(key, TABLE_MARKS[table])), value.length);
  return sealed;
}

/** What was sealed, as a view; undefined when it is not what was written under this key of this table. */
export function unseal(table: TableName, key: Uint8Array, sealed: Uint8Array): Buffer | undefined {
  const length = sealed.length - CHECKSUM_OCTETS;
  if (length < 0) return undefined;
  const value = Buffer.from(sealed.buffer, sealed.byteOffset, length);
  const checksum = crc32(value, crc32(key, TABLE_MARKS[table]));
  return checksumAt(sealed, length) === checksum ? value : undefined;
}

function checksumAt(octets: Uint8Array, at: number): number {
  return (octets[at]! | (octets[at + 1]! << 8) | (octets[at + 2]! << 16) | (octets[at + 3]! << 24)) >>> 0;
}

/** @throws OperatingError `CW_STORE_DAMAGED` when it is not what was written */
export function unsealed(directory: string, table: TableName, key: Uint8Array, sealed: Uint8Array): Buffer {
  return unseal(table, key, sealed) ?? damagedRecord(directory, table, key);
}

/** The key is in hexadecimal: an actor's is the number of a person, and stays out of messages. */
export function damagedRecord(directory: string, table: TableName, key: Uint8Array): never {
  const which = table === 'actors' || table === 'deadlines' ? '' : ` ${Buffer.from(key).toString('hex')}`;
  throw new OperatingError(
    'CW_STORE_DAMAGED',
    `a record of ${table}${which} in ${directory} is not what was written: find out what else is damaged (callwake verify), and restore a backup`,
    { directory, table },
  );
}

let table: Uint32Array | undefined;

/** CRC-32 (ISO 3309, reflected polynomial 0xedb88320), as zlib has it. */
export function plainCrc32(octets: Uint8Array, start: number): number {
  table ??= Uint32Array.from({ length: 256 }, (_, octet) => {
    let value = octet;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
  });
  let crc = ~start;
  for (const octet of octets) crc = (crc >>> 8) ^ table[(crc ^ octet) & 0xff]!;
  return ~crc >>> 0;
}
