/**
 * A classic pcap file, written in the background: `add` only copies into memory, and what does not fit there because
 * the disk is slow is dropped and counted. Link type 101: each packet begins with its IP header.
 */
import { closeSync, openSync, write } from 'node:fs';
import type { Clock } from '../../types/clock.ts';
import type { Counters } from '../../types/counters.ts';
import type { Log } from '../../types/log.ts';
import { OperatingError } from '../../types/operating-error.ts';

const FILE_HEADER_OCTETS = 24;
export const RECORD_HEADER_OCTETS = 16;
const LINKTYPE_RAW = 101;
const BLOCK_OCTETS = 262_144;
const FLUSH_MS = 200;

export interface CaptureFileOptions {
  readonly clock: Clock;
  readonly counters: Counters;
  readonly log: Log;
  /** Octets that may wait for the disk; default 8 MiB, at least two blocks of 256 KiB. */
  readonly bufferOctetsMax?: number;
  /** Octets that the file may get; default 2 GiB. */
  readonly fileOctetsMax?: number;
}

export class CaptureFile {
  readonly #descriptor: number;
  readonly #options: CaptureFileOptions;
  readonly #blocksMax: number;
  readonly #fileOctetsMax: number;
  /** Wall time of monotonic 0: records never go back, also when the machine's clock is set. */
  readonly #epochMs: number;
  readonly #full: Buffer[] = [];
  readonly #spare: Buffer[] = [];
  #blocks = 1;
  #block: Buffer = Buffer.allocUnsafeSlow(BLOCK_OCTETS);
  #used = 0;
  #taken = 0;
  #writing = false;
  #failed = false;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;
  #settle: (() => void) | undefined;

  /** Throws an operating error (`CW_CAPTURE_FILE`) when the file cannot be made. */
  constructor(path: string, options: CaptureFileOptions) {
    this.#options = options;
    this.#blocksMax = Math.max(2, Math.floor((options.bufferOctetsMax ?? 8_388_608) / BLOCK_OCTETS));
    this.#fileOctetsMax = options.fileOctetsMax ?? 2_147_483_648;
    this.#epochMs = options.clock.now() - options.clock.monotonic();
    try {
      this.#descriptor = openSync(path, 'w', 0o600);
    } catch (error) {
      throw new OperatingError(
        'CW_CAPTURE_FILE',
        `cannot write the capture file ${path}: choose another one with --capture`,
        { path, system: (error as NodeJS.ErrnoException).code },
        error,
      );
    }
    const header = Buffer.alloc(FILE_HEADER_OCTETS);
    header.writeUInt32LE(0xa1b2c3d4, 0);
    header.writeUInt16LE(2, 4);
    header.writeUInt16LE(4, 6);
    header.writeUInt32LE(262_144, 16);
    header.writeUInt32LE(LINKTYPE_RAW, 20);
    this.#append(header);
  }

  /** One packet. The first `RECORD_HEADER_OCTETS` of `record` are left for this to fill. */
  add(record: Buffer): void {
    const nowMs = this.#epochMs + this.#options.clock.monotonic();
    const seconds = Math.floor(nowMs / 1000);
    const length = record.length - RECORD_HEADER_OCTETS;
    record.writeUInt32LE(seconds, 0);
    record.writeUInt32LE(Math.floor((nowMs - seconds * 1000) * 1000), 4);
    record.writeUInt32LE(length, 8);
    record.writeUInt32LE(length, 12);
    this.#options.counters.count(this.#append(record) ? 'capture.packets' : 'capture.dropped');
  }

  /** Writes what is left and closes the file. */
  close(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    this.#closed = true;
    clearTimeout(this.#timer);
    return new Promise((resolve) => {
      this.#settle = resolve;
      this.#hand();
      this.#write();
    });
  }

  #append(octets: Buffer): boolean {
    if (this.#failed || this.#closed || this.#taken + octets.length > this.#fileOctetsMax) return false;
    if (octets.length > BLOCK_OCTETS - this.#used && !this.#nextBlock()) return false;
    octets.copy(this.#block, this.#used);
    this.#used += octets.length;
    this.#taken += octets.length;
    this.#flushSoon();
    return true;
  }

  #flushSoon(): void {
    if (this.#used === 0 || this.#closed) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      // A block that is not full yet is handed over only when nothing else is being written.
      if (!this.#writing) this.#hand();
      this.#write();
      this.#flushSoon();
    }, FLUSH_MS).unref();
  }

  /** A new block to fill; false when the disk still has all of them. */
  #nextBlock(): boolean {
    if (this.#spare.length === 0 && this.#blocks >= this.#blocksMax) return false;
    this.#hand();
    this.#write();
    return this.#used === 0;
  }

  #hand(): void {
    if (this.#used === 0) return;
    const next = this.#spare.pop();
    if (next === undefined && this.#blocks >= this.#blocksMax && !this.#closed) return;
    this.#full.push(this.#block.subarray(0, this.#used));
    this.#used = 0;
    if (next === undefined) this.#blocks++;
    this.#block = next ?? Buffer.allocUnsafeSlow(BLOCK_OCTETS);
  }

  #write(): void {
    if (this.#writing) return;
    const octets = this.#full.shift();
    if (octets === undefined) {
      if (!this.#closed || this.#settle === undefined) return;
      closeSync(this.#descriptor);
      this.#settle();
      this.#settle = undefined;
      return;
    }
    this.#writing = true;
    this.#writeAll(octets, 0, (error) => {
      this.#writing = false;
      this.#spare.push(Buffer.from(octets.buffer, 0, BLOCK_OCTETS));
      if (error !== null) this.#fail(error);
      this.#write();
    });
  }

  #writeAll(octets: Buffer, from: number, done: (error: Error | null) => void): void {
    write(this.#descriptor, octets, from, octets.length - from, null, (error, written) => {
      if (error !== null) done(error);
      else if (from + written < octets.length) this.#writeAll(octets, from + written, done);
      else done(null);
    });
  }

  #fail(error: Error): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#full.length = 0;
    this.#options.counters.count('capture.failed');
    this.#options.log.error('capture-failed', { reason: error.message });
  }
}
