/** The schema of an environment: what its tables, keys and fixed layouts are. Protobuf values grow without a new version. */
import type { Environment } from './environment.ts';

/** Takes an environment to the next version, within one transaction with the new version's number. */
export type Migration = (environment: Environment) => void;

export const schemaVersion = 1;

/** By the version that they start from; one for each from 1 to `schemaVersion` − 1. */
export const schemaMigrations: ReadonlyMap<number, Migration> = new Map();
