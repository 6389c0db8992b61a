/** Octets that the place depends on, the last ones: there numbers and names differ. */
const HASHED = 8;

/**
 * What was decoded from a few octets that come again and again, such as the addresses of the nodes of a network: found by the
 * octets, it is neither decoded nor allocated once more. Each has one place, which the latest takes.
 */
export class OctetsMemo<T> {
  readonly #octetsMax: number;
  readonly #mask: number;
  readonly #octets: (Uint8Array | undefined)[];
  readonly #values: (T | undefined)[];
  /** Of what was looked for last; −1: it is too long to be kept. */
  #place = -1;

  /**
   * @param places a power of two
   * @param octetsMax longer ones are not kept
   */
  constructor(places: number, octetsMax: number) {
    this.#mask = places - 1;
    this.#octetsMax = octetsMax;
    this.#octets = new Array<Uint8Array | undefined>(places).fill(undefined);
    this.#values = new Array<T | undefined>(places).fill(undefined);
  }

  /** What is kept of `octets[offset … end)`, which must lie in them. */
  find(octets: Uint8Array, offset: number, end: number): T | undefined {
    const size = end - offset;
    this.#place = -1;
    if (size > this.#octetsMax) return undefined;
    let hash = size;
    for (let at = Math.max(offset, end - HASHED); at < end; at++) hash = Math.imul(hash, 31) + octets[at]!;
    const place = (hash ^ (hash >>> 15)) & this.#mask;
    this.#place = place;
    const kept = this.#octets[place];
    if (kept?.length !== size) return undefined;
    for (let at = 0; at < size; at++) if (kept[at] !== octets[offset + at]) return undefined;
    return this.#values[place];
  }

  /** Keeps what came of the octets that were looked for last. It is shared from now on: nobody may change it. */
  keep(octets: Uint8Array, offset: number, end: number, value: T): void {
    if (this.#place < 0) return;
    this.#octets[this.#place] = octets.slice(offset, end);
    this.#values[this.#place] = value;
  }
}
