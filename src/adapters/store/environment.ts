/**
 * One LMDB environment: its tables, its schema version, which partitions it owns, and the head, which says how far it has
 * come.
 *
 * LMDB runs here with its own durability: a transaction is on the disk (data, then the meta page) before it is visible and
 * before its promise resolves. lmdb-js' `overlappingSync` makes it visible first and flushes after, and takes a failed
 * flush of the meta page for a success; measured here, with two commits in flight, it is no faster.
 */
import { open, type RootDatabase } from 'lmdb';
import { OperatingError } from '../../types/operating-error.ts';
import { partitionCount } from '../../types/partition.ts';
import { seal, unsealed } from './checksum.ts';
import { type FreeOctets, freeOctets, wantOfRoom } from './disk-room.ts';
import { type Migration, schemaMigrations, schemaVersion, type Table, type Tables } from './schema.ts';

export interface EnvironmentOptions {
  /** The folder of this environment; made when it is not there. */
  readonly directory: string;
  /** Address space for the data file; it grows in steps past this, each of which costs a remap. Default 16 GiB. */
  readonly mapSizeOctets?: number;
  /** For tests of the migration. */
  readonly schema?: { readonly version: number; readonly migrations: ReadonlyMap<number, Migration> };
  /** Called after each step of a migration. */
  readonly onMigrated?: (from: number, steps: number) => void;
  /** For tests of a full disk. */
  readonly freeOctets?: FreeOctets;
}

export const defaultMapSizeOctets = 16 * 2 ** 30;

/**
 * How far an environment has come; one record, written with every window:
 *
 *     0 window (float64)   8 recoverFrom (float64)   16 sequences of the 64 partitions (float64 each)   528 positions
 */
export interface Head {
  readonly window: number;
  readonly recoverFrom: number;
  readonly sequences: Float64Array;
  /** Undefined before the first window. */
  readonly positions: Uint8Array | undefined;
}

export interface PageCounts {
  readonly total: number;
  readonly free: number;
  readonly pageOctets: number;
}

/** What lmdb-js tells of a B-tree. */
interface TreeStats {
  readonly pageSize: number;
  readonly treeBranchPageCount: number;
  readonly treeLeafPageCount: number;
  readonly overflowPages: number;
}

interface EnvironmentStats {
  readonly root: TreeStats;
  readonly free: TreeStats;
  readonly lastPageNumber: number;
}

const META_PAGES = 2;

const pagesOf = ({ treeBranchPageCount, treeLeafPageCount, overflowPages }: TreeStats): number =>
  treeBranchPageCount + treeLeafPageCount + overflowPages;

/** Of its fixed part. */
export const HEAD_OCTETS = 16 + partitionCount * 8;

export function encodeHead(head: Head): Buffer {
  const octets = Buffer.allocUnsafe(HEAD_OCTETS + (head.positions?.length ?? 0));
  octets.writeDoubleLE(head.window, 0);
  octets.writeDoubleLE(head.recoverFrom, 8);
  for (let partition = 0; partition < partitionCount; partition++) {
    octets.writeDoubleLE(head.sequences[partition] as number, 16 + partition * 8);
  }
  if (head.positions !== undefined) octets.set(head.positions, HEAD_OCTETS);
  return octets;
}

/** The octets were checked: what an environment wrote has at least the fixed part. */
export function decodeHead(octets: Buffer): Head {
  const window = octets.readDoubleLE(0);
  return {
    window,
    recoverFrom: octets.readDoubleLE(8),
    sequences: readDoubles(octets, 16),
    positions: window === 0 ? undefined : octets.subarray(HEAD_OCTETS),
  };
}

function readDoubles(octets: Buffer, at: number): Float64Array {
  const values = new Float64Array(partitionCount);
  for (let index = 0; index < partitionCount; index++) values[index] = octets.readDoubleLE(at + index * 8);
  return values;
}

export const headKey = Buffer.from('head');
export const schemaKey = Buffer.from('schema');
export const epochsKey = Buffer.from('partitions');
export const relocatingKey = Buffer.from('relocating');
/** While a migration is under way: the version that it is to (4), and the place that it has come to. */
export const migratingKey = Buffer.from('migrating');

/** The version in a schema record: four octets in schema 1, with a checksum behind them from schema 2 on. */
export function decodeSchema(directory: string, octets: Buffer): number {
  const value = octets.length > 4 ? unsealed(directory, 'meta', schemaKey, octets) : octets;
  return value.length === 4 ? value.readUInt32BE() : Number.NaN;
}

export class Environment implements Tables {
  readonly directory: string;
  readonly meta: Table;
  readonly actors: Table;
  readonly journal: Table;
  readonly deadlines: Table;
  readonly outbox: Table;
  readonly #root: RootDatabase<Uint8Array, Buffer>;
  readonly #freeOctets: FreeOctets;

  /**
   * @throws OperatingError `CW_STORE_NEWER` when a later version has written it, `CW_STORE_UNREADABLE` when LMDB cannot open it
   */
  constructor(options: EnvironmentOptions) {
    const { directory, mapSizeOctets = defaultMapSizeOctets } = options;
    const schema = options.schema ?? { version: schemaVersion, migrations: schemaMigrations };
    this.directory = directory;
    this.#freeOctets = options.freeOctets ?? freeOctets;
    const binary = { encoding: 'binary', keyEncoding: 'binary' } as const;
    try {
      this.#root = open<Uint8Array, Buffer>({
        path: directory,
        noSubdir: false,
        mapSize: mapSizeOctets,
        maxDbs: 8,
        overlappingSync: false,
        // Its batches of a turn have a promise that nobody can catch when the transaction fails.
        eventTurnBatching: false,
        ...binary,
      });
      this.meta = this.#root.openDB({ name: 'meta', useVersions: true, ...binary });
    } catch (error) {
      throw new OperatingError(
        'CW_STORE_UNREADABLE',
        `the store in ${directory} cannot be opened: restore it from a backup`,
        { directory },
        error,
      );
    }
    this.#checkSchema(schema.version);
    this.actors = this.#root.openDB({ name: 'actors', ...binary });
    this.journal = this.#root.openDB({ name: 'journal', ...binary });
    this.deadlines = this.#root.openDB({ name: 'deadlines', ...binary });
    this.outbox = this.#root.openDB({ name: 'outbox', ...binary });
    try {
      this.#migrate(schema.version, schema.migrations, options.onMigrated);
    } catch (error) {
      void this.#root.close();
      throw error;
    }
  }

  get head(): Head {
    const octets = this.#read(headKey);
    return octets === undefined ? newHead() : decodeHead(octets);
  }

  putHead(head: Head): void {
    this.#put(headKey, encodeHead(head), head.window);
  }

  /**
   * By partition, how often it has moved when it came here; 0 when it is not owned. Where two environments hold a
   * partition after a crash, the one with the higher epoch owns it.
   */
  get epochs(): Float64Array {
    const octets = this.#read(epochsKey);
    return octets === undefined ? new Float64Array(partitionCount) : readDoubles(octets, 0);
  }

  putEpochs(epochs: Float64Array): void {
    const octets = Buffer.allocUnsafe(partitionCount * 8);
    for (let index = 0; index < partitionCount; index++)
      octets.writeDoubleLE(epochs[index] as number, index * 8);
    this.#put(epochsKey, octets);
  }

  /** While it gives or takes partitions: it may hold parts of what it does not own. */
  get relocating(): boolean {
    return this.#read(relocatingKey)?.[0] === 1;
  }

  putRelocating(relocating: boolean): void {
    this.#put(relocatingKey, Buffer.of(relocating ? 1 : 0));
  }

  get partitions(): number[] {
    return [...this.epochs].flatMap((epoch, partition) => (epoch > 0 ? [partition] : []));
  }

  /**
   * Pages of the data file, and those of them that hold nothing: what earlier versions of records left, to be used again. Many
   * free ones make every commit dearer; a compacting copy is without them.
   */
  get pages(): PageCounts {
    const { root, free, lastPageNumber } = this.#root.getStats() as unknown as EnvironmentStats;
    let used = META_PAGES + pagesOf(root) + pagesOf(free);
    for (const table of [this.meta, this.actors, this.journal, this.deadlines, this.outbox])
      used += pagesOf(table.getStats() as unknown as TreeStats);
    const total = lastPageNumber + 1;
    return { total, free: Math.max(0, total - used), pageOctets: root.pageSize };
  }

  /** Undefined: the disk has room for a transaction. Whoever does not use `transact` asks before it writes. */
  get wantOfRoom(): OperatingError | undefined {
    return wantOfRoom(this.directory, this.#freeOctets);
  }

  /**
   * One transaction, on the disk when this returns; what throws aborts it.
   *
   * @throws OperatingError `CW_STORE_FAILED` when the disk has no room
   */
  transact(action: () => void): void {
    const error = this.wantOfRoom;
    if (error !== undefined) throw error;
    this.#root.transactionSync(action);
  }

  /**
   * Keeps what is stored now as it is in the file, for whoever copies it, until the function returned is called: what is written
   * meanwhile goes to other pages, and the file grows.
   */
  hold(): () => void {
    const transaction = this.#root.useReadTransaction();
    return () => transaction.done();
  }

  close(): Promise<void> {
    return this.#root.close();
  }

  #read(key: Buffer): Buffer | undefined {
    const octets = this.meta.getBinary(key);
    return octets === undefined ? undefined : unsealed(this.directory, 'meta', key, octets);
  }

  #put(key: Buffer, value: Uint8Array, version = 0): void {
    void this.meta.put(key, seal('meta', key, value), version);
  }

  #checkSchema(version: number): void {
    let found: number | undefined;
    try {
      found = this.#foundSchema();
    } catch (error) {
      void this.#root.close();
      throw error;
    }
    if (found === undefined || found <= version) return;
    void this.#root.close();
    throw new OperatingError(
      'CW_STORE_NEWER',
      `the store in ${this.directory} has schema ${found}, and this version knows up to ${version}: run the version that wrote it, or a later one`,
      { directory: this.directory, found, known: version },
    );
  }

  #foundSchema(): number | undefined {
    const octets = this.meta.getBinary(schemaKey);
    return octets === undefined ? undefined : decodeSchema(this.directory, octets);
  }

  #migrate(
    version: number,
    migrations: ReadonlyMap<number, Migration>,
    onMigrated: EnvironmentOptions['onMigrated'],
  ): void {
    const found = this.#foundSchema();
    if (found === undefined) {
      this.transact(() => {
        this.#put(headKey, encodeHead(newHead()));
        this.#putSchema(version);
      });
      return;
    }
    const under = this.#read(migratingKey);
    for (let to = under?.readUInt32BE() ?? found + 1; to <= version; to++) {
      const migration = migrations.get(to - 1);
      if (migration === undefined) throw new RangeError(`no migration from schema ${to - 1}`);
      let place: Uint8Array | undefined = under?.readUInt32BE() === to ? under.subarray(4) : undefined;
      let steps = 0;
      do {
        this.transact(() => {
          place = migration(this, place);
          this.#putSchema(to);
          if (place === undefined) void this.meta.remove(migratingKey);
          else this.#put(migratingKey, Buffer.concat([uint32(to), place]));
        });
        onMigrated?.(to - 1, ++steps);
      } while (place !== undefined);
    }
  }

  #putSchema(version: number): void {
    this.#put(schemaKey, uint32(version));
  }
}

function newHead(): Head {
  return { window: 0, recoverFrom: 1, sequences: new Float64Array(partitionCount), positions: undefined };
}

function uint32(value: number): Buffer {
  const octets = Buffer.allocUnsafe(4);
  octets.writeUInt32BE(value);
  return octets;
}
