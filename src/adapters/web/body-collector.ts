import { BODY_OCTETS_MAX } from './transport.ts';

/** Puts the body of a POST together, as far as it may be long. */
export class BodyCollector {
  readonly #octets = new Uint8Array(BODY_OCTETS_MAX);
  #length = 0;
  #over = false;

  /** The whole body, or that it is too long, once; undefined: there is more to come, or it was said. */
  take(part: Uint8Array, isLast: boolean): Uint8Array | 'too-long' | undefined {
    if (this.#over) return undefined;
    if (this.#length + part.length > BODY_OCTETS_MAX) {
      this.#over = true;
      return 'too-long';
    }
    this.#octets.set(part, this.#length);
    this.#length += part.length;
    if (!isLast) return undefined;
    this.#over = true;
    return this.#octets.slice(0, this.#length);
  }
}
