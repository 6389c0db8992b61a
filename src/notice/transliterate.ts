/**
 * A text in the GSM 7 bit alphabet (3GPP TS 23.038 §6.2.1), with a near letter where that has not the one that is meant: a short message of
 * 160 characters instead of 70. For languages whose readers are used to it; it is a choice of each version of a template file.
 */
import { gsm7Length } from '../stack/sms/gsm7-alphabet.ts';

/** What is written for letters that neither lose their mark by decomposition nor are in the alphabet, and for signs of typesetting. */
const substitutes: Readonly<Record<string, string>> = {
  // biome-ignore format: a table
  ...{ ı: 'i', ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ð: 'd', Ð: 'D', þ: 'th', Þ: 'Th', ħ: 'h', Ħ: 'H', ŋ: 'ng', Ŋ: 'Ng', œ: 'oe', Œ: 'OE',
    ŧ: 't', Ŧ: 'T', ſ: 's', ĸ: 'k', ŀ: 'l', Ŀ: 'L', ĳ: 'ij', Ĳ: 'IJ', ŉ: 'n', ə: 'e', Ə: 'E', ƒ: 'f', ẞ: 'SS' },
  // biome-ignore format: a table
  ...{ '‘': "'", '’': "'", '‚': "'", '‛': "'", '′': "'", ʼ: "'", ʻ: "'", '`': "'", '´': "'", '“': '"', '”': '"', '„': '"', '‟': '"', '″': '"',
    '«': '"', '»': '"', '‹': "'", '›': "'", '‐': '-', '‑': '-', '‒': '-', '–': '-', '—': '-', '―': '-', '−': '-', '…': '...', '•': '-',
    '·': '.', µ: 'u', '×': 'x', '÷': ':', '°': 'o', º: 'o', ª: 'a', '¹': '1', '²': '2', '³': '3', '½': '1/2', '¼': '1/4', '¾': '3/4', '№': 'No.',
    '©': '(c)', '®': '(r)', '™': '(tm)', '¢': 'c', '¦': '|', '‰': 'o/oo', '¬': '-', '¨': '"', '¸': ',' },
  '\t': ' ',
  '\u00A0': ' ',
  '\u2007': ' ',
  '\u2009': ' ',
  '\u202F': ' ',
  '\u00AD': '',
  '\u200B': '',
  '\u2060': '',
  '\uFEFF': '',
};

/** Of characters that were looked up; Latin ones are few. */
const known = new Map<string, string | undefined>();
const knownMax = 2048;

/** The text in the alphabet; undefined when a character of it has no near one there, so that nothing would be won. */
export function transliterate(text: string): string | undefined {
  if (gsm7Length(text) >= 0) return text;
  let written = '';
  for (const character of text.normalize('NFC')) {
    const near = nearOf(character);
    if (near === undefined) return undefined;
    written += near;
  }
  return written;
}

function nearOf(character: string): string | undefined {
  const remembered = known.get(character);
  if (remembered !== undefined || known.has(character)) return remembered;
  const near = lookUp(character);
  if (known.size < knownMax) known.set(character, near);
  return near;
}

function lookUp(character: string): string | undefined {
  if (gsm7Length(character) >= 0) return character;
  const substitute = substitutes[character];
  if (substitute !== undefined) return substitute;
  // A letter with marks, without them: ą is a with an ogonek.
  const [base = '', ...marks] = character.normalize('NFD');
  const bare = substitutes[base] ?? base;
  const isMarked = marks.length > 0 && marks.every((mark) => /\p{Mn}/u.test(mark));
  return isMarked && gsm7Length(bare) >= 0 ? bare : undefined;
}
