/**
 * Counts the starts of this node, in its data directory. Transaction ids carry the count, so that what an earlier life
 * began is known as such; rings of an earlier process are told from those of this one.
 */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';

export class BootCounter {
  readonly #file: string;
  #count: number;

  /** @param directory locked by this process */
  constructor(directory: string) {
    this.#file = path.join(directory, 'starts');
    this.#count = readCount(this.#file);
  }

  /** One more start; durable before it is used. */
  next(): number {
    this.#count++;
    const temporary = `${this.#file}.tmp`;
    const handle = openSync(temporary, 'w');
    try {
      writeSync(handle, `${this.#count}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, this.#file);
    return this.#count;
  }
}

function readCount(file: string): number {
  try {
    const count = Number(readFileSync(file, 'utf8').trim());
    return Number.isSafeInteger(count) && count >= 0 ? count : 0;
  } catch {
    return 0;
  }
}
