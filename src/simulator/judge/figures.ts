/** What stands in a text whatever its language: telephone numbers and other whole numbers, in the digits of any script. */

export interface Figures {
  /** Digits behind a plus, each once. */
  readonly numbers: readonly string[];
  /** Whole numbers that are neither telephone numbers nor begin with 0, as minutes of a clock may. */
  readonly counts: readonly number[];
}

/** Digits of E.164 at least; what is shorter is a count, a time or a date. */
const NUMBER_DIGITS_MIN = 5;

export function figuresIn(text: string): Figures {
  const latin = text.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
  const numbers = new Set<string>();
  const counts: number[] = [];
  // A mark of direction may stand between the plus and the digits.
  for (const [, plus, digits] of latin.matchAll(/(\+[\u200e\u200f\u2066-\u2069]*)?(\d+)/g)) {
    if (plus !== undefined && digits!.length >= NUMBER_DIGITS_MIN) numbers.add(digits!);
    else if (!digits!.startsWith('0')) counts.push(Number(digits));
  }
  return { numbers: [...numbers], counts };
}

/** Digits of a script are ten code points in a row (Unicode §4.6); the rows of mathematical digits alone follow one another. */
function digitValue(digit: string): number {
  let before = 0;
  for (let point = digit.codePointAt(0)!; isDigit(point - 1); point--) before++;
  return before % 10;
}

const isDigit = (point: number): boolean => /\p{Nd}/u.test(String.fromCodePoint(point));
