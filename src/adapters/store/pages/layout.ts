/**
 * How LMDB lays out its data file, as the release that comes with lmdb-js 3.5 does (data version 2, 64 bits, little-endian):
 *
 *     page header   0 number (8)   8 transaction (8)   16 pad (2)   18 flags (2)   20 lower (2)   22 upper (2)      24 octets
 *                   an overflow page has its count of pages (4) at 20 instead; only the first of them has a header
 *     meta page     24 magic (4)   28 version (4)   32 address (8)   40 map size (8)   48 free list (48)   96 main tree (48)
 *                   144 last page (8)   152 transaction (8)
 *     tree          0 pad (4; of the free list: the page size)   4 flags (2)   6 depth (2)   8 branch pages (8)   16 leaf pages (8)
 *                   24 overflow pages (8)   32 entries (8)   40 root (8)                                            48 octets
 *     node          0 low, high (4)   4 flags (2)   6 key size (2)   8 key, then data
 *                   in a branch, the first six octets are the number of the child; in a leaf, four are the size of the data
 *
 * From 24 to `lower` a page has the offsets of its nodes (2 octets each, counted from 24) in the order of their keys; from
 * `upper` to its end the nodes, without gaps. Data that do not fit a page are on overflow pages, and the node has their
 * number (8), transaction (8) and count (8) instead. Page 0 and 1 are meta pages: the one with the higher transaction counts.
 */

export const HEADER_OCTETS = 24;
export const NODE_OCTETS = 8;
export const TREE_OCTETS = 48;
export const META_OCTETS = 160;

export const PAGE_FLAGS = { branch: 0x01, leaf: 0x02, overflow: 0x04, meta: 0x08 } as const;
export const NODE_FLAGS = { overflow: 0x01, tree: 0x02 } as const;

const MAGIC = 0xbeefc0de;
const DATA_VERSION = 2;
const PAGE_SIZE_MIN = 512;
const PAGE_SIZE_MAX = 65_536;
/** Address space of a process. */
const MAP_SIZE_MAX = 2 ** 47;
/** Deeper trees would have more pages than a file can have. */
export const DEPTH_MAX = 32;

/** No page: the root of an empty tree. */
export const NO_PAGE = -1;

export interface TreeRecord {
  readonly flags: number;
  readonly depth: number;
  readonly branchPages: number;
  readonly leafPages: number;
  readonly overflowPages: number;
  readonly entries: number;
  readonly root: number;
}

export interface MetaPage {
  readonly pageSize: number;
  readonly mapSize: number;
  readonly lastPage: number;
  readonly transaction: number;
  readonly freeList: TreeRecord;
  readonly main: TreeRecord;
}

/** A count or page number of 64 bits; NaN for one that no file can have. */
export function count64(octets: Buffer, at: number): number {
  const high = octets.readUInt32LE(at + 4);
  return high > 0x1f_ffff ? Number.NaN : high * 2 ** 32 + octets.readUInt32LE(at);
}

/** A page number, `NO_PAGE`, or NaN. */
export function pageNumber64(octets: Buffer, at: number): number {
  return octets.readUInt32LE(at) === 0xffff_ffff && octets.readUInt32LE(at + 4) === 0xffff_ffff
    ? NO_PAGE
    : count64(octets, at);
}

/** `octets` has 48 of them from `at` on. */
export function readTree(octets: Buffer, at: number): TreeRecord {
  return {
    flags: octets.readUInt16LE(at + 4),
    depth: octets.readUInt16LE(at + 6),
    branchPages: count64(octets, at + 8),
    leafPages: count64(octets, at + 16),
    overflowPages: count64(octets, at + 24),
    entries: count64(octets, at + 32),
    root: pageNumber64(octets, at + 40),
  };
}

/** The meta page in the first octets of a page; else what is wrong with it. */
export function readMeta(octets: Buffer): MetaPage | string {
  if (octets.length < META_OCTETS) return 'the file ends within it';
  const flags = octets.readUInt16LE(18);
  if (flags !== PAGE_FLAGS.meta) return `it is no meta page (flags ${hex(flags)})`;
  if (octets.readUInt32LE(24) !== MAGIC) return 'it has not the mark of LMDB';
  const version = octets.readUInt32LE(28);
  if ((version & 0xffff) !== DATA_VERSION)
    return `its data version is ${version & 0xffff}, not ${DATA_VERSION}`;
  const pageSize = octets.readUInt32LE(48);
  const isPower = pageSize > 0 && (pageSize & (pageSize - 1)) === 0;
  if (!isPower || pageSize < PAGE_SIZE_MIN || pageSize > PAGE_SIZE_MAX)
    return `its page size is ${pageSize} octets`;
  const lastPage = count64(octets, 144);
  const transaction = count64(octets, 152);
  const mapSize = count64(octets, 40);
  if (!(lastPage >= 1)) return 'its last page is none';
  if (Number.isNaN(transaction)) return 'its transaction is none';
  if (!(mapSize <= MAP_SIZE_MAX && mapSize >= (lastPage + 1) * pageSize))
    return 'its map size does not fit its last page';
  const freeList = readTree(octets, 48);
  const main = readTree(octets, 96);
  for (const [name, tree] of [
    ['the free list', freeList],
    ['the main tree', main],
  ] as const) {
    const wrong = faultOfTree(tree, lastPage);
    if (wrong !== undefined) return `${name}: ${wrong}`;
  }
  return { pageSize, mapSize, lastPage, transaction, freeList, main };
}

/** What is wrong with the record of a tree by itself. */
export function faultOfTree(tree: TreeRecord, lastPage: number): string | undefined {
  const { depth, root, branchPages, leafPages, overflowPages, entries } = tree;
  if (root === NO_PAGE) return depth === 0 && entries === 0 ? undefined : 'it has entries and no root';
  if (!(root >= 2 && root <= lastPage)) return 'its root is no page of the file';
  if (depth < 1 || depth > DEPTH_MAX) return `its depth is ${depth}`;
  const pages = branchPages + leafPages + overflowPages;
  if (!(pages <= lastPage) || leafPages < 1) return 'its counts of pages are none that a file can have';
  if (Number.isNaN(entries)) return 'its count of entries is none';
  return undefined;
}

export function hex(value: number): string {
  return `0x${value.toString(16)}`;
}
