/**
 * Copies what is to be sent into blocks and hands each block on once per turn of the event loop: a write costs far
 * more than the octets in it.
 */
const BLOCK_OCTETS = 65_536;

export class SendBatch {
  readonly #write: (octets: Buffer) => void;
  #block = Buffer.allocUnsafeSlow(BLOCK_OCTETS);
  #start = 0;
  #end = 0;
  #scheduled = false;

  constructor(write: (octets: Buffer) => void) {
    this.#write = write;
  }

  /** Octets not handed on yet. */
  get waitingOctets(): number {
    return this.#end - this.#start;
  }

  add(octets: Uint8Array): void {
    if (octets.length > this.#block.length - this.#end) {
      this.flush();
      // A block is never written to again where it was handed on: the socket may still hold it.
      this.#block = Buffer.allocUnsafeSlow(Math.max(BLOCK_OCTETS, octets.length));
      this.#start = 0;
      this.#end = 0;
    }
    this.#block.set(octets, this.#end);
    this.#end += octets.length;
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.flush();
    });
  }

  flush(): void {
    if (this.#end === this.#start) return;
    const octets = this.#block.subarray(this.#start, this.#end);
    this.#start = this.#end;
    this.#write(octets);
  }
}
