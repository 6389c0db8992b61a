/**
 * Checks the data file of an environment before LMDB maps it: LMDB trusts its pages, so one that is damaged may end the
 * process. Two depths:
 *
 *     quick   both meta pages, the length of the file, the pages of the free list, the tables' records, and every branch page:
 *             about one page in two hundred is read; 0.3 s for a gigabyte that is in the page cache, measured
 *     whole   every page that is in use, and every entry (`onEntry`): the file is read once; 3 s for a gigabyte
 */
import {
  count64,
  faultOfTree,
  hex,
  type MetaPage,
  NO_PAGE,
  readTree,
  TREE_OCTETS,
  type TreeRecord,
} from './layout.ts';
import { PageFile } from './page-file.ts';
import { PageSet } from './page-set.ts';
import { FREE_LIST, type WalkOptions, walkTree } from './tree-walk.ts';

export interface CheckPagesOptions {
  /** Of data.mdb; or the file, as it is looked at. */
  readonly source: string | PageFile;
  readonly depth: 'quick' | 'whole';
  /** Tables that are read whole in a quick check, too: they are small. */
  readonly always?: readonly string[];
  /** The one table that is looked at, and nothing else but what leads to it; default: all of the file. */
  readonly only?: string;
  /** Called for each entry of a table that is read; the octets are valid until it returns. */
  readonly onEntry?: (table: string, key: Buffer, value: Buffer) => void;
  /** Pages read so far, of so many that are in use at most. */
  readonly onProgress?: (pages: number, of: number) => void;
  /** Called for each run of pages that is in use, save the meta pages; the octets are valid until it returns. */
  readonly onPages?: (page: number, octets: Buffer) => void;
}

export interface PagesReport {
  /** What is wrong, in words; a bounded number. */
  readonly faults: readonly string[];
  /** Faults beyond those. */
  readonly furtherFaults: number;
  readonly meta: MetaPage | undefined;
  readonly tables: ReadonlyMap<string, TreeRecord>;
  readonly pagesRead: number;
  readonly freePages: number;
}

/** lmdb-js marks so the tables whose values are led by a version of eight octets. */
const VERSIONED = 0x100;

const FAULTS_MAX = 20;
const PROGRESS_EVERY = 1024;

/** @throws what the file system has against the file, and what `onEntry` and `onPages` throw */
export function checkPages(options: CheckPagesOptions): PagesReport {
  if (typeof options.source !== 'string') return new PagesCheck(options.source, options).run();
  const opened = PageFile.open(options.source);
  if (!opened.ok)
    return {
      faults: [opened.fault],
      furtherFaults: 0,
      meta: undefined,
      tables: new Map(),
      pagesRead: 0,
      freePages: 0,
    };
  try {
    return new PagesCheck(opened.file, options).run();
  } finally {
    opened.file.close();
  }
}

class PagesCheck {
  readonly #file: PageFile;
  readonly #options: CheckPagesOptions;
  readonly #faults: string[] = [];
  readonly #used: PageSet;
  readonly #tables = new Map<string, TreeRecord>();
  #furtherFaults = 0;
  #pagesRead = 0;
  #freePages = 0;

  constructor(file: PageFile, options: CheckPagesOptions) {
    this.#file = file;
    this.#options = options;
    // Bounded by what the file has, whatever its meta page says.
    const { lastPage, pageSize } = file.meta;
    this.#used = new PageSet(Math.min(lastPage + 1, Math.ceil(file.sizeOctets / pageSize)));
  }

  run(): PagesReport {
    const { meta, sizeOctets } = this.#file;
    // Free pages at the end of the file need not be there: then only a look at every page says whether one is missing.
    const isShort = sizeOctets < (meta.lastPage + 1) * meta.pageSize;
    const whole = isShort || this.#options.depth === 'whole';
    this.#mainRoot(meta);
    this.#mainRoot(this.#file.metaBefore);
    this.#walk('main tree', meta.main, true, (name, value, isTree) => this.#table(name, value, isTree));
    const { only } = this.#options;
    for (const [name, tree] of this.#tables) {
      if (only !== undefined && name !== only) continue;
      const leaves = whole || (this.#options.always ?? []).includes(name);
      this.#walk(name, tree, leaves, (key, value, isTree) => {
        if (isTree) this.#fault(undefined, name, 'it has a table in it');
        else this.#options.onEntry?.(name, key, value);
      });
    }
    if (only === undefined) this.#freeList(meta);
    return {
      faults: this.#faults,
      furtherFaults: this.#furtherFaults,
      meta,
      tables: this.#tables,
      pagesRead: this.#pagesRead,
      freePages: this.#freePages,
    };
  }

  /**
   * Every transaction of ours changes a table, and with it the root of the main tree; the one before is not written over yet. So the
   * roots are of the transactions that the meta pages say, or a meta page says what is not so.
   */
  #mainRoot({ main, transaction, pageSize }: MetaPage): void {
    if (main.root === NO_PAGE || transaction === 0) return;
    const octets = Buffer.alloc(pageSize);
    if (!this.#file.read(main.root, octets)) return;
    if (count64(octets, 8) !== transaction)
      this.#fault(main.root, 'main tree', 'it is not of the transaction that its meta page says');
  }

  #walk(
    name: string,
    tree: TreeRecord,
    leaves: boolean,
    onEntry: WalkOptions['onEntry'],
    compare?: WalkOptions['compare'],
  ): void {
    walkTree(name, tree, {
      file: this.#file,
      used: this.#used,
      leaves,
      onFault: ({ page, tree: of, what }) => this.#fault(page, of, what),
      onPages: (page, octets) => {
        const count = octets.length / this.#file.meta.pageSize;
        this.#pagesRead += count;
        this.#options.onPages?.(page, octets);
        if (this.#pagesRead % PROGRESS_EVERY < count)
          this.#options.onProgress?.(this.#pagesRead, this.#file.meta.lastPage + 1);
      },
      ...(onEntry === undefined ? {} : { onEntry }),
      ...(compare === undefined ? {} : { compare }),
    });
  }

  #table(key: Buffer, value: Buffer, isTree: boolean): void {
    const name = key.toString('latin1').replace(/\0$/, '');
    if (!isTree || value.length !== TREE_OCTETS)
      return this.#fault(undefined, 'main tree', `${JSON.stringify(name)} is no table`);
    const tree = readTree(value, 0);
    const wrong =
      (tree.flags & ~VERSIONED) === 0
        ? faultOfTree(tree, this.#file.meta.lastPage)
        : `it has the flags ${hex(tree.flags)}`;
    if (wrong !== undefined) return this.#fault(undefined, name, wrong);
    this.#tables.set(name, tree);
  }

  /**
   * By transaction, what was free after it: a count, then the numbers of single pages, or a negative length before the first
   * page of a run; 0 stands where one was taken. What is free may be written over, so it must not be in use.
   */
  #freeList({ freeList, lastPage, transaction }: MetaPage): void {
    const free = new PageSet(
      Math.min(lastPage + 1, Math.ceil(this.#file.sizeOctets / this.#file.meta.pageSize)),
    );
    this.#walk(
      FREE_LIST,
      freeList,
      true,
      (key, value) => {
        const wrong = this.#faultOfFree(key, value, transaction, lastPage, free);
        if (wrong !== undefined) this.#fault(undefined, FREE_LIST, wrong);
      },
      (a, b) => (a.length === 8 && b.length === 8 ? count64(a, 0) - count64(b, 0) : Buffer.compare(a, b)),
    );
    this.#freePages = free.size;
  }

  #faultOfFree(
    key: Buffer,
    value: Buffer,
    transaction: number,
    lastPage: number,
    free: PageSet,
  ): string | undefined {
    if (key.length !== 8 || !(count64(key, 0) <= transaction)) return 'an entry is of no transaction';
    if (value.length < 8 || value.length % 8 !== 0) return 'an entry is cut off';
    const count = count64(value, 0);
    if (!(count <= value.length / 8 - 1)) return 'an entry has another length than it says';
    for (let index = 1; index <= count; index++) {
      const entry = Number(value.readBigInt64LE(index * 8));
      if (entry === 0) continue;
      const run = entry < 0 ? -entry : 1;
      // A run may be cut in two by the end of its record, with its first page behind what is counted.
      const at = entry < 0 ? ++index : index;
      if (at * 8 + 8 > value.length) return undefined;
      const first = Number(value.readBigInt64LE(at * 8));
      if (entry < 0 && first === 0) continue;
      if (!(first >= 2 && run <= lastPage && first + run - 1 <= lastPage))
        return 'it names pages that are none of the file';
      for (let page = first; page < first + run; page++) {
        if (this.#used.has(page)) return `it has page ${page}, which is in use`;
        if (!free.add(page)) return `it has page ${page} twice`;
      }
    }
    return undefined;
  }

  #fault(page: number | undefined, tree: string, what: string): void {
    if (this.#faults.length >= FAULTS_MAX) {
      this.#furtherFaults++;
      return;
    }
    this.#faults.push(page === undefined ? `${tree}: ${what}` : `${tree}, page ${page}: ${what}`);
  }
}
