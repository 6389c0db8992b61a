import { type Random, randomBelow, randomFraction } from '../types/random.ts';

/** Choices of the simulation, all from one seeded source. */
export class Chance {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** True in a fraction of the cases, 0 … 1. */
  happens(fraction: number): boolean {
    return randomFraction(this.#random) < fraction;
  }

  fraction(): number {
    return randomFraction(this.#random);
  }

  below(count: number): number {
    return randomBelow(this.#random, count);
  }

  /** One of them; there is one at least. */
  oneOf<T>(things: readonly T[]): T {
    return things[this.below(things.length)]!;
  }

  /** Exponentially distributed with this mean. */
  interval(meanMs: number): number {
    return -Math.log(1 - randomFraction(this.#random)) * meanMs;
  }

  /** Around a mean: 0.5 … 1.5 of it. */
  around(meanMs: number): number {
    return meanMs * (0.5 + randomFraction(this.#random));
  }
}
