/** Lines that an import could not take, each as it was under a comment that says why: put right, the file can be imported itself. */
import { closeSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';
import type { FaultyLine } from '../adapters/engine/subscriber-file.ts';

/** Octets of a line that is too long to be kept. */
const BEGINNING_OCTETS = 200;

export class ErrorFile {
  readonly #file: string;
  #handle: number | undefined;
  #head: Uint8Array | undefined;
  #octets = 0;

  /** @param keptOctets of a file that is there already, of an import that is gone on with; 0: begins anew */
  constructor(file: string, keptOctets: number) {
    this.#file = file;
    if (keptOctets === 0) rmSync(file, { force: true });
    else {
      this.#handle = openSync(file, 'r+');
      ftruncateSync(this.#handle, keptOctets);
      this.#octets = keptOctets;
    }
  }

  get octets(): number {
    return this.#octets;
  }

  /** The head line, which begins the file when there is a line to put below it. */
  begin(head: Uint8Array): void {
    this.#head = head;
  }

  put(
    octets: Uint8Array,
    { line, message, allowed, tooLong }: FaultyLine & { readonly tooLong: boolean },
  ): void {
    if (this.#handle === undefined) {
      this.#handle = openSync(this.#file, 'w', 0o600);
      if (this.#head !== undefined) this.#write(this.#head);
    }
    this.#write(Buffer.from(`# line ${line}: ${message}; allowed: ${allowed}`.replaceAll(/[\r\n]/g, ' ')));
    if (!tooLong) return this.#write(octets);
    const beginning = Buffer.from(octets.subarray(0, BEGINNING_OCTETS));
    this.#write(Buffer.concat([Buffer.from('# it began: '), beginning]));
  }

  close(): void {
    if (this.#handle !== undefined) closeSync(this.#handle);
    this.#handle = undefined;
  }

  #write(line: Uint8Array): void {
    const octets = Buffer.concat([line, Buffer.from('\n')]);
    for (let at = 0; at < octets.length; )
      at += writeSync(this.#handle!, octets, at, octets.length - at, this.#octets + at);
    this.#octets += octets.length;
  }
}
