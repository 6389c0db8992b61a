/**
 * Walks the trees of an LMDB data file and checks each page on the way: its number, kind and bounds, its nodes, the order of
 * their keys, and that no page is met twice, so that a walk ends whatever the pages say.
 */
import {
  count64,
  HEADER_OCTETS,
  hex,
  NO_PAGE,
  NODE_FLAGS,
  NODE_OCTETS,
  PAGE_FLAGS,
  type TreeRecord,
} from './layout.ts';
import type { PageFile } from './page-file.ts';
import type { PageSet } from './page-set.ts';

export interface PageFault {
  /** Undefined: of the tree as a whole. */
  readonly page: number | undefined;
  /** The name of the tree. */
  readonly tree: string;
  readonly what: string;
}

export interface WalkOptions {
  readonly file: PageFile;
  /** Pages met so far, of all trees. */
  readonly used: PageSet;
  readonly onFault: (fault: PageFault) => void;
  /** False: branch pages alone are read, and what leaves hold stays unread. */
  readonly leaves: boolean;
  /** Called for each entry, in order; the octets are valid until it returns. */
  readonly onEntry?: (key: Buffer, value: Buffer, isTree: boolean) => void;
  /** Called for each run of pages that was read and is sound by itself, with its octets, valid until it returns. */
  readonly onPages?: (page: number, octets: Buffer) => void;
  /** Of the keys; in the order of memory by default. */
  readonly compare?: (a: Buffer, b: Buffer) => number;
}

/** Octets of one value that are looked at; LMDB's limit is 4 GiB, and none of ours comes near this. */
const VALUE_OCTETS_MAX = 2 ** 30;

interface Bounds {
  /** Keys are this or above; undefined: no bound. */
  readonly from: Buffer | undefined;
  /** Keys are below. */
  readonly to: Buffer | undefined;
}

interface Tally {
  branchPages: number;
  leafPages: number;
  overflowPages: number;
  entries: number;
}

/** Walks one tree; what is wrong goes to `onFault`. False when anything was. */
export function walkTree(name: string, tree: TreeRecord, options: WalkOptions): boolean {
  return new TreeWalk(name, tree, options).walk();
}

class TreeWalk {
  readonly #name: string;
  readonly #tree: TreeRecord;
  readonly #options: WalkOptions;
  readonly #compare: (a: Buffer, b: Buffer) => number;
  readonly #pages: Buffer[] = [];
  readonly #tally: Tally = { branchPages: 0, leafPages: 0, overflowPages: 0, entries: 0 };
  #sound = true;

  constructor(name: string, tree: TreeRecord, options: WalkOptions) {
    this.#name = name;
    this.#tree = tree;
    this.#options = options;
    this.#compare = options.compare ?? ((a, b) => Buffer.compare(a, b));
  }

  walk(): boolean {
    const { root, depth } = this.#tree;
    if (root === NO_PAGE) return true;
    this.#walk(root, depth - 1, { from: undefined, to: undefined });
    if (this.#options.leaves && this.#sound) this.#compareTally();
    else if (this.#sound && this.#tally.branchPages !== this.#tree.branchPages)
      this.#fault(undefined, `${this.#tally.branchPages} branch pages where its record says otherwise`);
    return this.#sound;
  }

  #walk(page: number, level: number, bounds: Bounds): void {
    const { file, used, leaves, onPages } = this.#options;
    if (!this.#isInFile(page)) return this.#fault(page, 'it is no page of the file');
    if (!used.add(page)) return this.#fault(page, 'it is used twice');
    if (level === 0 && !leaves) return;
    this.#pages[level] ??= Buffer.alloc(file.meta.pageSize);
    const octets = this.#pages[level];
    if (!file.read(page, octets)) return this.#fault(page, 'the file ends before it');
    const wrong = this.#faultOfHeader(page, octets, level);
    if (wrong !== undefined) return this.#fault(page, wrong);
    onPages?.(page, octets);
    if (level === 0) this.#leaf(page, octets, bounds);
    else this.#branch(page, octets, level, bounds);
  }

  #isInFile(page: number): boolean {
    const { lastPage } = this.#options.file.meta;
    return page >= 2 && page <= lastPage;
  }

  #faultOfHeader(page: number, octets: Buffer, level: number): string | undefined {
    const { meta } = this.#options.file;
    const flags = octets.readUInt16LE(18);
    const wanted = level === 0 ? PAGE_FLAGS.leaf : PAGE_FLAGS.branch;
    if (count64(octets, 0) !== page) return 'it has the number of another page';
    if (!(count64(octets, 8) <= meta.transaction)) return 'it is of a later transaction';
    if (flags !== wanted)
      return `flags ${hex(flags)} where a ${level === 0 ? 'leaf' : 'branch'} page must be`;
    const room = meta.pageSize - HEADER_OCTETS;
    const lower = octets.readUInt16LE(20);
    const upper = octets.readUInt16LE(22);
    if (lower % 2 !== 0 || upper % 2 !== 0 || lower > upper || upper > room) return 'its bounds cross';
    // The free list shrinks to pages that other trees would have merged.
    if (lower / 2 < (level === 0 || this.#name === FREE_LIST ? 1 : 2)) return 'it has too few nodes';
    return this.#faultOfNodes(octets, lower, upper, room, level);
  }

  /** The nodes fill what lies above `upper`, and do not overlap. */
  #faultOfNodes(
    octets: Buffer,
    lower: number,
    upper: number,
    room: number,
    level: number,
  ): string | undefined {
    let filled = 0;
    for (let at = HEADER_OCTETS; at < HEADER_OCTETS + lower; at += 2) {
      const offset = octets.readUInt16LE(at);
      if (offset % 2 !== 0 || offset < upper || offset + NODE_OCTETS > room) return 'a node lies outside it';
      const size = this.#nodeOctets(octets, HEADER_OCTETS + offset, level);
      if (typeof size === 'string') return size;
      if (offset + size > room) return 'a node goes beyond its end';
      filled += size + (size % 2);
    }
    return filled === room - upper ? undefined : 'its nodes do not fill the room they have';
  }

  #nodeOctets(octets: Buffer, at: number, level: number): number | string {
    const flags = octets.readUInt16LE(at + 4);
    const keySize = octets.readUInt16LE(at + 6);
    if (level > 0) return NODE_OCTETS + keySize;
    if ((flags & ~(NODE_FLAGS.overflow | NODE_FLAGS.tree)) !== 0 || flags === 3)
      return `a node has the flags ${hex(flags)}`;
    if (keySize === 0) return 'a node has no key';
    return (
      NODE_OCTETS + keySize + ((flags & NODE_FLAGS.overflow) === 0 ? octets.readUInt32LE(at) : HEADER_OCTETS)
    );
  }

  #branch(page: number, octets: Buffer, level: number, bounds: Bounds): void {
    this.#tally.branchPages++;
    const count = octets.readUInt16LE(20) / 2;
    const children: { readonly page: number; readonly key: Buffer | undefined }[] = [];
    let before = bounds.from;
    for (let index = 0; index < count; index++) {
      const at = HEADER_OCTETS + octets.readUInt16LE(HEADER_OCTETS + index * 2);
      const child = octets.readUInt16LE(at + 4) * 2 ** 32 + octets.readUInt32LE(at);
      const keySize = octets.readUInt16LE(at + 6);
      // The key of the first is not looked at: it stands for all that is below the second.
      const key =
        index === 0 ? undefined : Buffer.from(octets.subarray(at + NODE_OCTETS, at + NODE_OCTETS + keySize));
      if (key !== undefined) {
        if (keySize === 0) return this.#fault(page, 'a node has no key');
        if (!this.#isWithin(key, before, bounds.to, index > 1))
          return this.#fault(page, 'its keys are not in order');
        before = key;
      }
      children.push({ page: child, key });
    }
    for (const [index, child] of children.entries()) {
      const from = child.key ?? bounds.from;
      const to = children[index + 1]?.key ?? bounds.to;
      this.#walk(child.page, level - 1, { from, to });
    }
  }

  #leaf(page: number, octets: Buffer, bounds: Bounds): void {
    this.#tally.leafPages++;
    const count = octets.readUInt16LE(20) / 2;
    let before = bounds.from;
    for (let index = 0; index < count; index++) {
      const at = HEADER_OCTETS + octets.readUInt16LE(HEADER_OCTETS + index * 2);
      const keyEnd = at + NODE_OCTETS + octets.readUInt16LE(at + 6);
      const key = octets.subarray(at + NODE_OCTETS, keyEnd);
      if (!this.#isWithin(key, before, bounds.to, index > 0))
        return this.#fault(page, 'its keys are not in order');
      before = key;
      this.#tally.entries++;
      const size = octets.readUInt32LE(at);
      const flags = octets.readUInt16LE(at + 4);
      const value =
        (flags & NODE_FLAGS.overflow) === 0
          ? octets.subarray(keyEnd, keyEnd + size)
          : this.#overflow(page, octets, keyEnd, size);
      if (value !== undefined) this.#options.onEntry?.(key, value, (flags & NODE_FLAGS.tree) !== 0);
    }
  }

  /** @param above the key must be above `from`, not the same */
  #isWithin(key: Buffer, from: Buffer | undefined, to: Buffer | undefined, above: boolean): boolean {
    if (to !== undefined && this.#compare(key, to) >= 0) return false;
    return from === undefined || this.#compare(key, from) >= (above ? 1 : 0);
  }

  /** The octets of a value on pages of its own; undefined when they cannot be had. */
  #overflow(page: number, octets: Buffer, at: number, size: number): Buffer | undefined {
    const { file, used, onPages } = this.#options;
    const { pageSize, lastPage, transaction } = file.meta;
    const first = count64(octets, at);
    const count = count64(octets, at + 16);
    const wanted = Math.floor((HEADER_OCTETS - 1 + size) / pageSize) + 1;
    if (count !== wanted || size > VALUE_OCTETS_MAX) {
      this.#fault(page, 'a value has another number of pages than its size needs');
      return undefined;
    }
    if (
      !this.#isInFile(first) ||
      first + count - 1 > lastPage ||
      (first + count) * pageSize > file.sizeOctets
    ) {
      this.#fault(page, 'a value lies outside the file');
      return undefined;
    }
    for (let index = 0; index < count; index++) {
      if (used.add(first + index)) continue;
      this.#fault(first + index, 'it is used twice');
      return undefined;
    }
    this.#tally.overflowPages += count;
    const value = Buffer.alloc(count * pageSize);
    if (!file.read(first, value)) {
      this.#fault(first, 'the file ends before it');
      return undefined;
    }
    const sound =
      count64(value, 0) === first &&
      count64(value, 8) <= transaction &&
      value.readUInt16LE(18) === PAGE_FLAGS.overflow &&
      value.readUInt32LE(20) === count;
    if (!sound) {
      this.#fault(first, 'it is not the overflow page that it should be');
      return undefined;
    }
    onPages?.(first, value);
    return value.subarray(HEADER_OCTETS, HEADER_OCTETS + size);
  }

  #compareTally(): void {
    const tree = this.#tree;
    const tally = this.#tally;
    for (const [what, found, said] of [
      ['branch pages', tally.branchPages, tree.branchPages],
      ['leaf pages', tally.leafPages, tree.leafPages],
      ['overflow pages', tally.overflowPages, tree.overflowPages],
      ['entries', tally.entries, tree.entries],
    ] as const) {
      if (found !== said) this.#fault(undefined, `it has ${found} ${what}, and its record says ${said}`);
    }
  }

  #fault(page: number | undefined, what: string): void {
    this.#sound = false;
    this.#options.onFault({ page, tree: this.#name, what });
  }
}

export const FREE_LIST = 'free list';
