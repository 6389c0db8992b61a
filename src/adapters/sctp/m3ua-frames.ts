/**
 * Cuts a stream of octets into M3UA messages by the length of the common header (RFC 4666 §3.1):
 *
 *     0         1         2         3
 *     | version | reserved| class   | type    |
 *     | message length, header included       |
 *
 * Nothing is allocated by a length that was not checked, and at most one message is ever held. A message of another
 * version is cut out all the same, so that M3UA can answer it (RFC 4666 §4.8); only what has no usable length is lost.
 */
import { failure, type Result, success } from '../../types/result.ts';

export const HEADER_OCTETS = 8;
const VERSION = 1;

/** Takes one message; false: stop here, the rest is asked for later with `take`. */
export type FrameSink = (message: Uint8Array) => boolean;

export class M3uaFrames {
  readonly #messageOctetsMax: number;
  readonly #sink: FrameSink;
  /** Start of a message whose end has not come yet: the header alone, or all of it once its length is known. */
  #held: Buffer;
  readonly #header = Buffer.alloc(HEADER_OCTETS);
  #heldOctets = 0;
  /** What came while the sink had said stop. */
  #rest: Buffer | undefined;

  constructor(messageOctetsMax: number, sink: FrameSink) {
    this.#messageOctetsMax = messageOctetsMax;
    this.#sink = sink;
    this.#held = this.#header;
  }

  /** True while octets wait for `take` because the sink said stop. */
  get waiting(): boolean {
    return this.#rest !== undefined;
  }

  /** Takes what was read (none: goes on with what waited). A failure means that the framing is lost for good. */
  take(read?: Buffer): Result<undefined> {
    let octets =
      this.#rest === undefined ? read : read === undefined ? this.#rest : Buffer.concat([this.#rest, read]);
    this.#rest = undefined;
    while (octets !== undefined && octets.length > 0) {
      if (this.#heldOctets === 0 && octets.length >= HEADER_OCTETS) {
        const length = this.#lengthOf(octets);
        if (!length.ok) return length;
        if (octets.length >= length.value) {
          const message = octets.subarray(0, length.value);
          octets = octets.subarray(length.value);
          if (!this.#sink(message)) return this.#keep(octets);
          continue;
        }
        this.#hold(length.value);
      }
      const copied = octets.copy(this.#held, this.#heldOctets);
      this.#heldOctets += copied;
      octets = octets.subarray(copied);
      if (this.#heldOctets < this.#held.length) break;
      if (this.#held === this.#header) {
        const length = this.#lengthOf(this.#header);
        if (!length.ok) return length;
        this.#hold(length.value);
        this.#heldOctets = this.#header.copy(this.#held);
        if (length.value > HEADER_OCTETS) continue;
      }
      const message = this.#held;
      this.#held = this.#header;
      this.#heldOctets = 0;
      if (!this.#sink(message)) return this.#keep(octets);
    }
    return success(undefined);
  }

  #keep(octets: Buffer): Result<undefined> {
    if (octets.length > 0) this.#rest = octets;
    return success(undefined);
  }

  #hold(length: number): void {
    this.#held = Buffer.allocUnsafe(length);
    this.#heldOctets = 0;
  }

  #lengthOf(octets: Buffer): Result<number> {
    const length = octets.readUInt32BE(4);
    if (length >= HEADER_OCTETS && length <= this.#messageOctetsMax) return success(length);
    if (octets[0] !== VERSION) return failure('m3ua.frame.version', 0, 'RFC 4666 §3.1.1');
    return failure('m3ua.frame.length', 4, 'RFC 4666 §3.1.4');
  }
}

/** Whether `message` is one whole message by its own length: what a framed transport can carry. */
export function isWholeMessage(message: Uint8Array): boolean {
  if (message.length < HEADER_OCTETS) return false;
  const length = ((message[4]! << 24) | (message[5]! << 16) | (message[6]! << 8) | message[7]!) >>> 0;
  return length === message.length;
}
