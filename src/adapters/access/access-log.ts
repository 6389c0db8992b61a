/**
 * Who looked at subscribers, or changed them: a JSON object a line, appended to a file in the data directory that is rotated by
 * its size. Nobody waits for it: what cannot be written is dropped and counted.
 */
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../types/clock.ts';
import type { Counters } from '../../types/counters.ts';
import { type Log, maskNumber } from '../../types/log.ts';
import { madeNumberHash, type NumberHash } from './number-hash.ts';

export const ACCESS_LOG = 'access.log';

/** Who asks, by its own account: whoever may use the socket has all rights of the engine. */
export interface Who {
  readonly user: string;
  readonly processId: number;
  readonly command: string;
}

export type Access = 'look' | 'list' | 'change' | 'remove' | 'search' | 'forget';

export interface AccessLogOptions {
  readonly directory: string;
  /** A file that has reached this is put aside. */
  readonly octetsMax: number;
  /** Files in all; the oldest goes. */
  readonly filesMax: number;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly log: Log;
}

/** Octets that may wait to be written. */
const WAITING_OCTETS_MAX = 4_194_304;

export class AccessLog {
  readonly #options: AccessLogOptions;
  readonly #hash: NumberHash;
  #waiting: string[] = [];
  #waitingOctets = 0;
  #writing: Promise<void> | undefined;
  #failed = false;

  constructor(options: AccessLogOptions) {
    this.#options = options;
    this.#hash = madeNumberHash(options.directory);
  }

  /** One number is there masked, too; of many only the hashes. */
  record(who: Who, did: Access, numbers: readonly string[]): void {
    if (numbers.length === 0) return;
    const { clock, counters } = this.#options;
    if (this.#waitingOctets >= WAITING_OCTETS_MAX) return counters.count('access-log.dropped');
    const at = new Date(clock.now()).toISOString();
    const [first = ''] = numbers;
    const masked = numbers.length === 1 ? { number: maskNumber(first) } : { count: numbers.length };
    const line = `${JSON.stringify({ at, ...who, did, ...masked, hashes: numbers.map(this.#hash) })}\n`;
    this.#waiting.push(line);
    this.#waitingOctets += line.length;
    counters.count(`access-log.${did}`);
    this.#writing ??= this.#write();
  }

  /** When all that was recorded is written, or was dropped. */
  async close(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
  }

  async #write(): Promise<void> {
    const { directory, counters, log } = this.#options;
    const file = path.join(directory, ACCESS_LOG);
    while (this.#waiting.length > 0) {
      const lines = this.#waiting;
      this.#waiting = [];
      try {
        const handle = await open(file, 'a', 0o600);
        try {
          await handle.appendFile(lines.join(''));
          if ((await handle.stat()).size >= this.#options.octetsMax) await this.#rotate(file);
        } finally {
          await handle.close();
        }
        this.#failed = false;
      } catch (error) {
        counters.count('access-log.failed', lines.length);
        if (!this.#failed) log.error('access-log.failed', { error });
        this.#failed = true;
      }
      this.#waitingOctets -= lines.reduce((sum, line) => sum + line.length, 0);
    }
    this.#writing = undefined;
  }

  /** access.log.1 is the youngest of those that were put aside. */
  async #rotate(file: string): Promise<void> {
    const { filesMax } = this.#options;
    if (filesMax === 1) return rm(file, { force: true });
    for (let index = filesMax - 1; index > 1; index--)
      await rename(`${file}.${index - 1}`, `${file}.${index}`).catch(unlessMissing);
    await rename(file, `${file}.1`);
  }
}

function unlessMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
