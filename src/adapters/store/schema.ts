/**
 * The schema of an environment: what its tables, keys and fixed layouts are. Protobuf values grow without a new version.
 *
 *     1   the first release
 *     2   every value with a checksum behind it
 *
 * A migration goes in steps of a bounded number of puts, since one large transaction leaves a free list that every later commit
 * pays for. The version is raised with the first step, so that a version that does not know the new one stays away from what is
 * half migrated; where the next step starts is noted with each, and whoever opens the environment next goes on from there.
 */
import type { Database } from 'lmdb';
import { seal, type TableName } from './checksum.ts';

export type Table = Database<Uint8Array, Buffer>;

export interface Tables {
  /** The head, the schema version, the partitions. Values carry a version, which for the head is its window. */
  readonly meta: Table;
  readonly actors: Table;
  readonly journal: Table;
  readonly deadlines: Table;
  readonly outbox: Table;
}

/**
 * One step of a migration, within one transaction.
 * @param place what the step before returned; undefined for the first
 * @returns where the next step starts; undefined when this was the last
 */
export type Migration = (tables: Tables, place: Uint8Array | undefined) => Uint8Array | undefined;

export const schemaVersion = 2;

/** Puts in one step. */
const PUTS_MAX = 1000;

/** By the version that they start from; one for each from 1 to `schemaVersion` − 1. */
export const schemaMigrations: ReadonlyMap<number, Migration> = new Map([[1, addChecksums]]);

/** The tables that are too large for one step, in the order in which they are migrated. */
const LARGE: readonly Exclude<TableName, 'meta'>[] = ['actors', 'journal', 'deadlines', 'outbox'];

/**
 * Whether a value has its checksum: in the first schema none has, and while they are being added those before the place have.
 * @param migrating what is noted of a migration under way: the version that it is to (4), and its place
 */
export function isSealed(
  schema: number,
  migrating: Buffer | undefined,
  table: TableName,
  key: Uint8Array,
): boolean {
  if (schema < 2) return false;
  if (migrating === undefined || table === 'meta' || migrating.readUInt32BE() !== 2) return true;
  const at = LARGE.indexOf(table);
  const now = migrating[4]!;
  return at === now ? Buffer.compare(key, migrating.subarray(5)) <= 0 : at < now;
}

/** A place is the index of a table in `LARGE`, and the key of the last record that was sealed there. */
function addChecksums(tables: Tables, place: Uint8Array | undefined): Uint8Array | undefined {
  if (place === undefined) {
    for (const name of ['head', 'partitions', 'relocating']) {
      const key = Buffer.from(name);
      const entry = tables.meta.getBinary(key);
      // The version of the head is its window, which is the first of it.
      const version = entry !== undefined && name === 'head' ? entry.readDoubleLE() : 0;
      if (entry !== undefined) void tables.meta.put(key, seal('meta', key, entry), version);
    }
    return Uint8Array.of(0);
  }
  const at = place[0]!;
  const name = LARGE[at];
  if (name === undefined) return undefined;
  const start = place.length > 1 ? Buffer.concat([place.subarray(1), Buffer.of(0)]) : Buffer.of(0);
  let last: Buffer | undefined;
  let puts = 0;
  for (const { key, value } of [...tables[name].getRange({ start, limit: PUTS_MAX })]) {
    last = Buffer.from(key);
    puts++;
    void tables[name].put(last, seal(name, last, value));
  }
  if (puts < PUTS_MAX || last === undefined) return at + 1 < LARGE.length ? Uint8Array.of(at + 1) : undefined;
  return Buffer.concat([Buffer.of(at), last]);
}
