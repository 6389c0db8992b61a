import { strict as assert } from 'node:assert';

/**
 * Collects the source of a codec's functions and the objects that they refer to, and makes them run. The source is made of
 * declarations alone (numbers, checked identifiers, quoted names), at start-up: nothing that was received comes near it.
 */
export class Emitter {
  /** In the order of their names: `k0`, `k1` … */
  readonly #constants = new Map<unknown, string>();
  readonly #functions: string[] = [];
  readonly #names = new Map<object, string>();
  #count = 0;

  /** The name under which the source knows `value`. */
  constant(value: unknown): string {
    const known = this.#constants.get(value);
    if (known !== undefined) return known;
    const name = `k${this.#constants.size}`;
    this.#constants.set(value, name);
    return name;
  }

  /**
   * The name of the function that stands for `key`; `body(name)` gives its source when it is asked for the first time
   * (its name is known before that, so that a type may contain itself).
   */
  function(key: object, body: (name: string) => string): string {
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const name = `f${this.#count++}`;
    this.#names.set(key, name);
    this.#functions.push(body(name));
    return name;
  }

  /** A function that no key stands for. */
  anonymous(body: (name: string) => string): string {
    return this.function({}, body);
  }

  /** The function called `name`, with all that it needs. */
  build(name: string): unknown {
    const source = `'use strict';\n${this.#functions.join('\n')}\nreturn ${name};`;
    // Compiled source is what the bench shows to be several times faster than closures; see the class for what goes in.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
    return new Function(...this.#constants.values(), source)(...this.#constants.keys());
  }
}

/** A number as source. */
export function literal(value: number): string {
  assert(Number.isSafeInteger(value));
  return value < 0 ? `(${value})` : String(value);
}

/** A text as source. */
export const quoted = (text: string): string => JSON.stringify(text);
