/**
 * Which message centre a number's notices go to: the one with the longest prefix of the number, and where that is down the one with
 * the next longest, at last those that are for all numbers; of equals the first in the configuration.
 */
interface Routed {
  readonly config: { readonly prefixes: readonly string[] };
}

/** The centres for a number, the first choice first; the same object for numbers that have the same ones. */
export type Route<S> = readonly S[];

export class SmscRouting<S extends Routed> {
  readonly #smscs: readonly S[];
  readonly #routes = new Map<string, Route<S>>();

  constructor(smscs: readonly S[]) {
    this.#smscs = smscs;
  }

  /** Empty: no centre is for this number. */
  to(number: string): Route<S> {
    const lengths = this.#smscs.map(({ config }) => prefixLength(config.prefixes, number));
    const order = [...lengths.keys()].filter((index) => lengths[index]! >= 0);
    order.sort((a, b) => lengths[b]! - lengths[a]! || a - b);
    const key = order.join(' ');
    let route = this.#routes.get(key);
    if (route === undefined) {
      route = order.map((index) => this.#smscs[index]!);
      this.#routes.set(key, route);
    }
    return route;
  }
}

/** Of the longest that fits; 0 where the centre is for all numbers, −1 where it is not for this one. */
function prefixLength(prefixes: readonly string[], number: string): number {
  if (prefixes.length === 0) return 0;
  let longest = -1;
  for (const prefix of prefixes)
    if (prefix.length > longest && number.startsWith(prefix)) longest = prefix.length;
  return longest;
}
