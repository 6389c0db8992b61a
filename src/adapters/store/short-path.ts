import { closeSync, openSync } from 'node:fs';
import path from 'node:path';

/** Names in a folder for a socket's address, which has room for 107 octets: on Linux by way of the open folder. */
export class ShortPath {
  readonly #directory: string;
  readonly #opened: number | undefined;

  constructor(directory: string) {
    this.#opened = process.platform === 'linux' ? openSync(directory, 'r') : undefined;
    this.#directory = this.#opened === undefined ? directory : `/proc/self/fd/${this.#opened}`;
  }

  of(name: string): string {
    return path.join(this.#directory, name);
  }

  close(): void {
    if (this.#opened !== undefined) closeSync(this.#opened);
  }
}
