/** What people type, made comparable: case, marks, punctuation, and the digits of other scripts say nothing. */

/** Longer texts are read up to here. */
const LENGTH_MAX = 700;

/** Letters that no decomposition takes apart, and forms that are typed for one another. */
const others: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ı', 'i'],
  // Tatweel; alef maksura and teh marbuta at the ends of words.
  ['ـ', ''],
  ['ى', 'ي'],
  ['ة', 'ه'],
  // Candrabindu, which is typed as anusvara.
  ['\u0901', '\u0902'],
]);

/** Marks that tell words apart: of Devanagari all but the nukta. */
const VOWEL_SIGN = /(?!\u093c)\p{Script=Devanagari}/u;

/** In small letters without marks, and with the digits 0 … 9. */
export function folded(text: string): string {
  let plain = '';
  for (const character of text.slice(0, LENGTH_MAX).normalize('NFKC').toLowerCase().normalize('NFD')) {
    if (/\p{M}/u.test(character) && !VOWEL_SIGN.test(character)) continue;
    plain += /\p{Nd}/u.test(character) ? asciiDigit(character) : (others.get(character) ?? character);
  }
  return plain.normalize('NFC');
}

/** Digits of a script are ten in a row, from a code point that ends in 0 or in 6 (hexadecimal). */
function asciiDigit(character: string): string {
  const codePoint = character.codePointAt(0)!;
  const first = codePoint & ~0xf;
  const zero = /\p{Nd}/u.test(String.fromCodePoint(first)) ? first : first + 6;
  return `${codePoint - zero}`;
}

/** Where no space is written between words, a number stands beside one. */
const NUMBER_BESIDE =
  /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])(?=\d)|(?<=\d)(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/gu;

/** The words of a folded text. */
export function wordsOf(plain: string): string[] {
  const spaced = plain.replaceAll(NUMBER_BESIDE, ' ');
  return spaced.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');
}

/** Whether two words differ by at most `max` letters that are missing, too many, wrong, or swapped with their neighbour. */
export function isNear(a: string, b: string, max: number): boolean {
  if (Math.abs(a.length - b.length) > max) return false;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const line = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(last[column]! + 1, line[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, before[column - 2]! + 1);
      line.push(cost);
    }
    before = last;
    last = line;
  }
  return last[b.length]! <= max;
}
