/**
 * Counts the starts of this node, in its data directory. Transaction ids carry the count, so that what an earlier life
 * began is known as such; rings of an earlier process are told from those of this one.
 */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { bootEpochs } from '../../stack/tcap/transaction-ids.ts';
import { STARTS_FILE } from '../store/data-directory.ts';

/**
 * Where the count goes on after a restore: past what is known, and half of the circle of what transaction ids show of it away, so
 * that what peers remember of a life that the backup does not know is not taken for one to come.
 */
export function countAfterRestore(backup: number, current: number): number {
  return Math.max(backup, current) + bootEpochs / 2;
}

export class BootCounter {
  readonly #file: string;
  #count: number;

  /** @param directory locked by this process */
  constructor(directory: string) {
    this.#file = path.join(directory, STARTS_FILE);
    this.#count = readCount(this.#file);
  }

  /** One more start; durable before it is used. */
  next(): number {
    this.#count++;
    this.#write();
    return this.#count;
  }

  /** One more, also where the disk is full: it is made durable with the next that can be. */
  nextIfNeedBe(): number {
    this.#count++;
    try {
      this.#write();
    } catch {
      // A process that does not go on for it would be the worse of two.
    }
    return this.#count;
  }

  #write(): void {
    const temporary = `${this.#file}.tmp`;
    const handle = openSync(temporary, 'w');
    try {
      writeSync(handle, `${this.#count}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, this.#file);
  }
}

/** 0 where none was counted. */
export function startsOf(directory: string): number {
  return readCount(path.join(directory, STARTS_FILE));
}

function readCount(file: string): number {
  try {
    const count = Number(readFileSync(file, 'utf8').trim());
    return Number.isSafeInteger(count) && count >= 0 ? count : 0;
  } catch {
    return 0;
  }
}
