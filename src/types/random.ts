/** Randomness, as a port. The real one is seeded from the machine once; the seeded one replays. */
export interface Random {
  /** A uniform integer of 32 bits, 0 … 4 294 967 295. */
  uint32(): number;
}

/** A uniform integer in `0 … below - 1`. */
export function randomBelow(random: Random, below: number): number {
  return Math.floor((random.uint32() / 4_294_967_296) * below);
}

/** A uniform number in `[0, 1)`. */
export function randomFraction(random: Random): number {
  return random.uint32() / 4_294_967_296;
}

/** sfc32: small, fast, good enough for simulation; the same seed gives the same sequence on every machine. */
export class SeededRandom implements Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number) {
    this.#a = seed >>> 0;
    this.#b = Math.floor(seed / 4_294_967_296) >>> 0;
    this.#c = 0x9e3779b9;
    for (let round = 0; round < 12; round++) this.uint32();
  }

  uint32(): number {
    const result = (this.#a + this.#b + this.#counter++) >>> 0;
    this.#a = (this.#b ^ (this.#b >>> 9)) >>> 0;
    this.#b = (this.#c + (this.#c << 3)) >>> 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + result) >>> 0;
    return result;
  }
}
