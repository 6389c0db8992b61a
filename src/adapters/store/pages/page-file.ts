/** Pages of an LMDB data file, read with plain reads: no page that is damaged can do more than be reported. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { META_OCTETS, type MetaPage, readMeta } from './layout.ts';

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
  readonly sizeOctets: number;
  /** The meta page that counts. */
  readonly meta: MetaPage;
  readonly #handle: number;

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
      return { ok: true, file: new PageFile(handle, sizeOctets, newerOf(metas)) };
    } catch (error) {
      closeSync(handle);
      throw error;
    }
  }

  private constructor(handle: number, sizeOctets: number, meta: MetaPage) {
    this.#handle = handle;
    this.sizeOctets = sizeOctets;
    this.meta = meta;
  }

  /** Fills `into`, whose length is whole pages, from a page on; false when the file ends before. */
  read(page: number, into: Buffer): boolean {
    return readFully(this.#handle, into, page * this.meta.pageSize);
  }

  /** The meta page that counts now: another one than at the opening, when somebody writes. */
  metaNow(): MetaPage | string {
    const metas = readMetas(this.#handle, fstatSync(this.#handle).size);
    return typeof metas === 'string' ? metas : newerOf(metas);
  }

  /** The octets of meta page 0 or 1. */
  metaOctets(index: 0 | 1): Buffer {
    const octets = Buffer.alloc(this.meta.pageSize);
    this.read(index, octets);
    return octets;
  }

  close(): void {
    closeSync(this.#handle);
  }
}

function newerOf([first, second]: readonly [MetaPage, MetaPage]): MetaPage {
  return first.transaction >= second.transaction ? first : second;
}

/**
 * Both must be sound: which of them is the newer one, LMDB knows by their transactions alone, so of a damaged one it cannot be
 * known whether it was.
 */
function readMetas(handle: number, sizeOctets: number): readonly [MetaPage, MetaPage] | string {
  if (sizeOctets === 0) return 'the file is empty';
  const octets = Buffer.alloc(META_OCTETS);
  if (!readFully(handle, octets, 0)) return 'the file ends within its first meta page';
  const first = readMeta(octets);
  if (typeof first === 'string') return `meta page 0: ${first}`;
  if (!PAGE_SIZES.includes(first.pageSize)) return `meta page 0: its page size is ${first.pageSize} octets`;
  if (!readFully(handle, octets, first.pageSize)) return 'the file ends within its second meta page';
  const second = readMeta(octets);
  if (typeof second === 'string') return `meta page 1: ${second}`;
  if (second.pageSize !== first.pageSize) return 'meta page 1: its page size is not that of meta page 0';
  return [first, second];
}

function readFully(handle: number, into: Buffer, position: number): boolean {
  for (let at = 0; at < into.length; ) {
    const read = readSync(handle, into, at, into.length - at, position + at);
    if (read === 0) return false;
    at += read;
  }
  return true;
}
