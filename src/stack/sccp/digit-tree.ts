/**
 * A set of digit patterns, searched without allocation. A pattern is the digits of a global title, where `?` stands for
 * any one digit and `*` at the end for any rest: `49155*`, `4915?2*`, `491551234567`.
 */
import { signalValue } from './global-title.ts';

interface Node<T> {
  readonly children: (Node<T> | undefined)[];
  any: Node<T> | undefined;
  /** Value of a pattern that ends here and matches these digits only. */
  exact: T | undefined;
  /** Value of a pattern that ends here with `*`. */
  prefix: T | undefined;
}

const newNode = <T>(): Node<T> => ({ children: [], any: undefined, exact: undefined, prefix: undefined });

/** A title has 32 digits at most, and `*` may follow. */
const PATTERN_MAX = 33;

export class DigitTree<T> {
  readonly #root: Node<T> = newNode();
  /** Best match of the search in hand. */
  #best: T | undefined;
  #bestDepth = -1;

  /** Puts a pattern in, if it is one and was not there already. */
  add(pattern: string, value: T): 'added' | 'no-pattern' | 'there-already' {
    if (pattern.length > PATTERN_MAX) return 'no-pattern';
    const isPrefix = pattern.endsWith('*');
    const digits = isPrefix ? pattern.slice(0, -1) : pattern;
    let node = this.#root;
    for (const char of digits) {
      if (char === '?') {
        node.any ??= newNode();
        node = node.any;
        continue;
      }
      const digit = char === '*' ? -1 : signalValue(char.charCodeAt(0));
      if (digit < 0) return 'no-pattern';
      const child = node.children[digit] ?? newNode<T>();
      node.children[digit] = child;
      node = child;
    }
    if ((isPrefix ? node.prefix : node.exact) !== undefined) return 'there-already';
    if (isPrefix) node.prefix = value;
    else node.exact = value;
    return 'added';
  }

  /** The value of the longest pattern that matches; an exact one before a prefix, a digit before `?`. */
  find(digits: string): T | undefined {
    this.#best = undefined;
    this.#bestDepth = -1;
    this.#walk(this.#root, digits, 0);
    const best = this.#best;
    this.#best = undefined;
    return best;
  }

  #walk(node: Node<T>, digits: string, depth: number): void {
    if (node.prefix !== undefined && depth > this.#bestDepth) {
      this.#best = node.prefix;
      this.#bestDepth = depth;
    }
    if (depth === digits.length) {
      if (node.exact !== undefined && depth + 0.5 > this.#bestDepth) {
        this.#best = node.exact;
        this.#bestDepth = depth + 0.5;
      }
      return;
    }
    const child = node.children[signalValue(digits.charCodeAt(depth))];
    if (child !== undefined) this.#walk(child, digits, depth + 1);
    if (node.any !== undefined) this.#walk(node.any, digits, depth + 1);
  }
}
