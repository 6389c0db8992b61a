/**
 * Cuts what comes over a connection into PDUs (SMPP 5.0 §2.4.2): by command_length alone, so that a length which cannot be is the end
 * of the connection: nobody knows where the next PDU begins.
 */
import { failure, type Result, success } from '../../types/result.ts';
import { HEADER_OCTETS } from './pdu.ts';

export class PduStream {
  readonly #octetsMax: number;
  readonly #take: (pdu: Uint8Array) => void;
  /** What has come of a PDU that is not whole, in one piece of its length. */
  #partial: Uint8Array | undefined;
  #filled = 0;
  /** Octets of a command_length that was cut. */
  readonly #head = new Uint8Array(4);
  #headFilled = 0;

  /**
   * @param octetsMax of one PDU: nothing is allocated for more
   * @param take each whole PDU; it may be kept
   */
  constructor(octetsMax: number, take: (pdu: Uint8Array) => void) {
    this.#octetsMax = octetsMax;
    this.#take = take;
  }

  /** Octets that are kept for a PDU that is not whole. */
  get waitingOctets(): number {
    return this.#headFilled + this.#filled;
  }

  /** A failure (`ESME_RINVCMDLEN`) is the end: nothing more is to be given. */
  add(octets: Uint8Array): Result<undefined> {
    let at = 0;
    while (at < octets.length) {
      if (this.#partial !== undefined) {
        const more = octets.subarray(at, at + this.#partial.length - this.#filled);
        this.#partial.set(more, this.#filled);
        this.#filled += more.length;
        at += more.length;
        this.#takeWhole();
        continue;
      }
      if (this.#headFilled === 0 && octets.length - at >= 4) {
        const length = lengthAt(octets, at);
        if (!this.#isPossible(length)) return this.#refuse();
        if (octets.length - at >= length) {
          this.#take(octets.subarray(at, at + length));
          at += length;
          continue;
        }
      }
      this.#head[this.#headFilled++] = octets[at++]!;
      if (this.#headFilled < 4) continue;
      const length = lengthAt(this.#head, 0);
      if (!this.#isPossible(length)) return this.#refuse();
      this.#partial = new Uint8Array(length);
      this.#partial.set(this.#head);
      this.#filled = 4;
      this.#headFilled = 0;
    }
    return success(undefined);
  }

  #takeWhole(): void {
    const whole = this.#partial;
    if (whole === undefined || this.#filled < whole.length) return;
    this.#partial = undefined;
    this.#filled = 0;
    this.#take(whole);
  }

  #isPossible(length: number): boolean {
    return length >= HEADER_OCTETS && length <= this.#octetsMax;
  }

  #refuse(): Result<undefined> {
    return failure('ESME_RINVCMDLEN', 0, 'SMPP 5.0 §4.7.4');
  }
}

function lengthAt(octets: Uint8Array, at: number): number {
  return ((octets[at]! << 24) | (octets[at + 1]! << 16) | (octets[at + 2]! << 8) | octets[at + 3]!) >>> 0;
}
