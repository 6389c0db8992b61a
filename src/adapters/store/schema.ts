/** The schema of an environment: what its tables, keys and fixed layouts are. Protobuf values grow without a new version. */
import type { Database } from 'lmdb';

export type Table = Database<Uint8Array, Buffer>;

export interface Tables {
  /** The head, the schema version, the partitions. Values carry a version, which for the head is its window. */
  readonly meta: Table;
  readonly actors: Table;
  readonly journal: Table;
  readonly deadlines: Table;
  readonly outbox: Table;
}

/** Takes an environment to the next version, within one transaction with the new version's number. */
export type Migration = (tables: Tables) => void;

export const schemaVersion = 1;

/** By the version that they start from; one for each from 1 to `schemaVersion` − 1. */
export const schemaMigrations: ReadonlyMap<number, Migration> = new Map();
