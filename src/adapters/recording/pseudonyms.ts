/**
 * Numbers that stand for numbers: a keyed permutation of the digits behind a prefix (a Feistel network over decimal digits, its
 * round function HMAC-SHA-256), so that two numbers never share a pseudonym, and the key alone leads back.
 */
import { createHmac } from 'node:crypto';

/** Of a number, so many digits are replaced at least: fewer could be tried one by one. */
export const REPLACED_DIGITS_MIN = 6;
const ROUNDS = 8;
/** Pseudonyms that are remembered. */
const REMEMBERED_MAX = 100_000;

export class Pseudonyms {
  readonly #key: Uint8Array;
  readonly #keptDigits: number;
  readonly #remembered = new Map<string, string>();

  /** @param keptDigits leading digits that stay, where enough are left behind them */
  constructor(key: Uint8Array, keptDigits: number) {
    this.#key = key;
    this.#keptDigits = keptDigits;
  }

  /** Of decimal digits: as many digits, always the same ones for the same number. */
  of(number: string): string {
    const known = this.#remembered.get(number);
    if (known !== undefined) return known;
    const made = this.#make(number);
    if (this.#remembered.size >= REMEMBERED_MAX) {
      for (const oldest of this.#remembered.keys()) {
        this.#remembered.delete(oldest);
        break;
      }
    }
    this.#remembered.set(number, made);
    return made;
  }

  #make(number: string): string {
    const kept = number.slice(
      0,
      Math.max(0, Math.min(this.#keptDigits, number.length - REPLACED_DIGITS_MIN)),
    );
    const rest = number.slice(kept.length);
    const middle = Math.floor(rest.length / 2);
    let left = Number(rest.slice(0, middle));
    let right = Number(rest.slice(middle));
    const leftModulus = 10 ** middle;
    const rightModulus = 10 ** (rest.length - middle);
    for (let round = 0; round < ROUNDS; round += 2) {
      left = (left + this.#mix(kept, rest.length, round, right)) % leftModulus;
      right = (right + this.#mix(kept, rest.length, round + 1, left)) % rightModulus;
    }
    if (rest.length === 0) return kept;
    const leftDigits = middle === 0 ? '' : String(left).padStart(middle, '0');
    return kept + leftDigits + String(right).padStart(rest.length - middle, '0');
  }

  #mix(kept: string, length: number, round: number, half: number): number {
    const digest = createHmac('sha256', this.#key).update(`${kept}.${length}.${round}.${half}`).digest();
    return digest.readUIntBE(0, 6);
  }
}
