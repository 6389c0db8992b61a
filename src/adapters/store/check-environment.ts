/**
 * Checks an environment before LMDB opens it: its pages (`checkPages`), that its tables are all there, and the checksums of what
 * is read on the way. What is wrong is said, and nothing of it is opened.
 */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { OperatingError } from '../../types/operating-error.ts';
import { partitionCount } from '../../types/partition.ts';
import { TABLE_NAMES, type TableName, unseal } from './checksum.ts';
import { shardDirectory, shardsIn } from './data-directory.ts';
import { decodeSchema, HEAD_OCTETS, headKey, migratingKey, schemaKey } from './environment.ts';
import { checkPages, type PagesReport } from './pages/check-pages.ts';
import type { PageFile } from './pages/page-file.ts';
import { isSealed, schemaVersion } from './schema.ts';

export const DATA_FILE = 'data.mdb';

/** Octets of the version that leads the values of `meta`. */
const VERSION_OCTETS = 8;

export interface EnvironmentEntry {
  readonly table: TableName;
  readonly key: Buffer;
  /** Without its checksum, which was right. */
  readonly value: Buffer;
}

export interface CheckEnvironmentOptions {
  readonly directory: string;
  /** Its data file, where it is open already. */
  readonly file?: PageFile;
  /** As for `checkPages`. */
  readonly depth: 'quick' | 'whole';
  /** Tables that are read whole in a quick check; `meta` always is. */
  readonly also?: readonly TableName[];
  /** Called for each sound entry of what is read; the octets are valid until it returns. */
  readonly onEntry?: (entry: EnvironmentEntry) => void;
  readonly onProgress?: (pages: number, of: number) => void;
  readonly onPages?: (page: number, octets: Buffer) => void;
}

export interface EnvironmentReport {
  /** What is wrong, in words; a bounded number. */
  readonly faults: readonly string[];
  readonly furtherFaults: number;
  /** Undefined: it has none yet, as when its first start was cut off. */
  readonly schema: number | undefined;
  readonly pages: PagesReport | undefined;
}

/** What `meta` has, with its fixed part. */
const META_LENGTHS: ReadonlyMap<string, number> = new Map([
  ['schema', 4],
  ['head', HEAD_OCTETS],
  ['partitions', 8 * partitionCount],
  ['relocating', 1],
  ['migrating', 5],
]);

const FAULTS_MAX = 20;

/** @throws what the file system has against the file */
export function checkEnvironment(options: CheckEnvironmentOptions): EnvironmentReport {
  return new EnvironmentCheck(options).run();
}

class EnvironmentCheck {
  readonly #options: CheckEnvironmentOptions;
  readonly #faults: string[] = [];
  #furtherFaults = 0;
  #schema: number | undefined;
  #hasHead = false;
  /** What is noted of a migration that is under way. */
  #migrating: Buffer | undefined;

  constructor(options: CheckEnvironmentOptions) {
    this.#options = options;
  }

  run(): EnvironmentReport {
    const { directory, depth, also = [], onProgress, onPages } = this.#options;
    const source = this.#options.file ?? path.join(directory, DATA_FILE);
    // LMDB makes a new one of an empty file; that there must be data is known to the data directory as a whole.
    if (typeof source === 'string' && (!existsSync(source) || statSync(source).size === 0))
      return this.#report(undefined);
    // The schema says whether there are checksums: the table that has it is read by itself before all others.
    const first = checkPages({
      source,
      depth: 'quick',
      only: 'meta',
      always: ['meta'],
      onEntry: (table, key, value) => {
        if (table !== 'meta') return;
        if (key.equals(schemaKey)) this.#readSchema(value);
        else if (key.equals(migratingKey)) this.#readMigrating(key, value);
      },
    });
    if (first.faults.length > 0) {
      this.#faults.push(...first.faults);
      this.#furtherFaults += first.furtherFaults;
      // With damaged branches the leaves below them are not known; the others are looked at all the same.
      if (first.meta === undefined || depth === 'quick') return this.#report(first);
    }
    this.#checkTables(first);
    const isNewer = (this.#schema ?? 0) > schemaVersion;
    const pages = checkPages({
      source,
      depth,
      always: ['meta', ...also],
      ...(onProgress === undefined ? {} : { onProgress }),
      ...(onPages === undefined ? {} : { onPages }),
      onEntry: (table, key, value) => {
        // What a later version keeps in its own way is its own.
        if (!isNewer && isTable(table)) this.#entry(table, key, value);
      },
    });
    for (const fault of pages.faults) if (!this.#faults.includes(fault)) this.#faults.push(fault);
    if (this.#schema !== undefined && !this.#hasHead && !isNewer && first.faults.length === 0)
      this.#fault('meta: its head is missing');
    return this.#report(pages);
  }

  #checkTables({ tables }: PagesReport): void {
    for (const name of tables.keys()) {
      if (!isTable(name) && (this.#schema ?? 0) <= schemaVersion)
        this.#fault(`there is a table ${JSON.stringify(name)}, which is none of ours`);
    }
    if (this.#schema === undefined) return;
    for (const name of TABLE_NAMES) {
      if (!tables.has(name)) this.#fault(`the table ${name} is missing`);
    }
  }

  #readSchema(value: Buffer): void {
    try {
      this.#schema = decodeSchema(this.#options.directory, value.subarray(VERSION_OCTETS));
      if (Number.isNaN(this.#schema)) this.#fault('meta: its schema cannot be read');
    } catch (error) {
      if (!(error instanceof OperatingError)) throw error;
      this.#fault('meta: its schema is not what was written');
    }
  }

  #readMigrating(key: Buffer, stored: Buffer): void {
    const value = unseal('meta', key, stored.subarray(VERSION_OCTETS));
    if (value === undefined || value.length < 5)
      this.#fault('meta: the place of its migration is not what was written');
    else this.#migrating = Buffer.from(value);
  }

  #entry(table: TableName, key: Buffer, stored: Buffer): void {
    const { onEntry } = this.#options;
    if (table === 'meta' && stored.length < VERSION_OCTETS) return this.#fault('meta: an entry is cut off');
    const sealed = table === 'meta' ? stored.subarray(VERSION_OCTETS) : stored;
    const value = isSealed(this.#schema ?? 0, this.#migrating, table, key)
      ? unseal(table, key, sealed)
      : sealed;
    if (value === undefined)
      this.#fault(`${table}: the record ${nameOf(table, key)} is not what was written`);
    else if (table === 'meta' && !this.#isMeta(key, value))
      this.#fault(`meta: ${nameOf(table, key)} is none of ours`);
    else onEntry?.({ table, key, value });
  }

  #isMeta(key: Buffer, value: Buffer): boolean {
    if (key.equals(headKey)) this.#hasHead = true;
    const octets = META_LENGTHS.get(key.toString('latin1'));
    return octets !== undefined && value.length >= octets;
  }

  #fault(what: string): void {
    if (this.#faults.length < FAULTS_MAX) this.#faults.push(what);
    else this.#furtherFaults++;
  }

  #report(pages: PagesReport | undefined): EnvironmentReport {
    return { faults: this.#faults, furtherFaults: this.#furtherFaults, schema: this.#schema, pages };
  }
}

function isTable(name: string): name is TableName {
  return (TABLE_NAMES as readonly string[]).includes(name);
}

/** For people: an actor is named by its partition, its number stays out. */
function nameOf(table: TableName, key: Buffer): string {
  switch (table) {
    case 'meta':
    case 'outbox':
      return key.toString('latin1').replaceAll(/[^\w.-]/g, '?');
    case 'journal':
      return key.length === 8 ? `of window ${key.readBigUInt64BE()}` : 'of no window';
    case 'actors':
      return `of a subscriber in partition ${key[0]}`;
    case 'deadlines':
      return `of a subscriber in partition ${key[4]}`;
  }
}

/** What every environment of a data directory is checked for before the first of them is opened. */
export interface CheckDataOptions {
  readonly directory: string;
  readonly depth: 'quick' | 'whole';
}

/** @throws OperatingError `CW_STORE_DAMAGED` with what is wrong in each shard */
export function checkDataDirectory({ directory, depth }: CheckDataOptions): { readonly pages: number } {
  const faults: string[] = [];
  let pages = 0;
  for (const shard of shardsIn(directory)) {
    const report = checkEnvironment({ directory: shardDirectory(directory, shard), depth });
    pages += report.pages?.pagesRead ?? 0;
    for (const fault of report.faults) faults.push(`shard-${shard}: ${fault}`);
    if (report.furtherFaults > 0) faults.push(`shard-${shard}: and ${report.furtherFaults} more`);
  }
  if (faults.length === 0) return { pages };
  throw new OperatingError(
    'CW_STORE_DAMAGED',
    `the store in ${directory} is damaged, and was not opened: restore a backup (callwake restore --replace)\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    { directory, faults },
  );
}
