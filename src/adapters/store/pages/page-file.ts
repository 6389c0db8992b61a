/** Pages of an LMDB data file, read with plain reads: no page that is damaged can do more than be reported. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { HEADER_OCTETS, META_OCTETS, type MetaPage, readMeta } from './layout.ts';

export interface OpenPageFile {
  readonly ok: true;
  readonly file: PageFile;
}

export interface UnreadablePageFile {
  readonly ok: false;
  readonly fault: string;
}

/** The sizes that pages have: where the second meta page lies when the first does not say. */
const PAGE_SIZES = [4096, 8192, 16_384, 32_768, 65_536];

export class PageFile {
  #sizeOctets: number;
  readonly #handle: number;
  #counting: Counting;

  /**
   * @param path of data.mdb
   * @throws what the file system has against it: not there, not allowed
   */
  static open(path: string): OpenPageFile | UnreadablePageFile {
    const handle = openSync(path, 'r');
    try {
      const sizeOctets = fstatSync(handle).size;
      const metas = readMetas(handle, sizeOctets);
      if (typeof metas === 'string') {
        closeSync(handle);
        return { ok: false, fault: metas };
      }
      return { ok: true, file: new PageFile(handle, sizeOctets, metas) };
    } catch (error) {
      closeSync(handle);
      throw error;
    }
  }

  private constructor(handle: number, sizeOctets: number, counting: Counting) {
    this.#handle = handle;
    this.#sizeOctets = sizeOctets;
    this.#counting = counting;
  }

  /** Of the file, when it was opened or looked at again. */
  get sizeOctets(): number {
    return this.#sizeOctets;
  }

  /** The meta page that counted then. */
  get meta(): MetaPage {
    return this.#counting.meta;
  }

  /** Its octets, without the header. */
  get metaOctets(): Buffer {
    return this.#counting.octets;
  }

  /** The meta page of the transaction before. */
  get metaBefore(): MetaPage {
    return this.#counting.before;
  }

  /** Fills `into`, whose length is whole pages, from a page on; false when the file ends before. */
  read(page: number, into: Buffer): boolean {
    return readFully(this.#handle, into, page * this.meta.pageSize);
  }

  /** Looks which meta page counts now: another one, when somebody writes. Returns what is wrong. */
  lookAgain(): string | undefined {
    this.#sizeOctets = fstatSync(this.#handle).size;
    const counting = readMetas(this.#handle, this.#sizeOctets);
    if (typeof counting === 'string') return counting;
    this.#counting = counting;
    return undefined;
  }

  close(): void {
    closeSync(this.#handle);
  }
}

interface Counting {
  readonly meta: MetaPage;
  readonly before: MetaPage;
  readonly octets: Buffer;
}

/**
 * Both must be sound: which of them is the newer one, LMDB knows by their transactions alone, so of a damaged one it cannot be
 * known whether it was.
 */
function readMetas(handle: number, sizeOctets: number): Counting | string {
  if (sizeOctets === 0) return 'the file is empty';
  const firstOctets = Buffer.alloc(META_OCTETS);
  const octets = Buffer.alloc(META_OCTETS);
  if (!readFully(handle, firstOctets, 0)) return 'the file ends within its first meta page';
  const first = readMeta(firstOctets);
  if (typeof first === 'string') return `meta page 0: ${first}`;
  if (!PAGE_SIZES.includes(first.pageSize)) return `meta page 0: its page size is ${first.pageSize} octets`;
  if (!readFully(handle, octets, first.pageSize)) return 'the file ends within its second meta page';
  const second = readMeta(octets);
  if (typeof second === 'string') return `meta page 1: ${second}`;
  if (second.pageSize !== first.pageSize) return 'meta page 1: its page size is not that of meta page 0';
  const apart = Math.abs(first.transaction - second.transaction);
  // Each transaction writes the page that the one before did not. In a new file, and in a copy, both are the same.
  const isOdd = first.transaction % 2 !== 0 || second.transaction % 2 === 0;
  if (apart > 1 || (apart === 1 && isOdd))
    return 'the transactions of its meta pages do not follow each other';
  if (apart === 0 && !firstOctets.subarray(HEADER_OCTETS).equals(octets.subarray(HEADER_OCTETS)))
    return 'its meta pages are of one transaction, and not the same';
  return first.transaction >= second.transaction
    ? { meta: first, before: second, octets: firstOctets.subarray(HEADER_OCTETS) }
    : { meta: second, before: first, octets: octets.subarray(HEADER_OCTETS) };
}

function readFully(handle: number, into: Buffer, position: number): boolean {
  for (let at = 0; at < into.length; ) {
    const read = readSync(handle, into, at, into.length - at, position + at);
    if (read === 0) return false;
    at += read;
  }
  return true;
}
