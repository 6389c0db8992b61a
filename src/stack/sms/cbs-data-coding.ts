/** Data coding scheme of cell broadcast and USSD (3GPP TS 23.038 §5), which is another one than that of short messages. */
import type { Alphabet } from './data-coding.ts';

/** GSM 7 bit default alphabet, language unspecified. */
export const CBS_GSM7 = 0x0f;
/** General data coding: UCS2, uncompressed, without a message class. */
export const CBS_UCS2 = 0x48;

export interface CbsCoding {
  /** 'octets': what no rule here reads, compressed text among it. */
  readonly alphabet: Alphabet;
  /** The text begins with the language: two letters and a carriage return, or two packed letters before UCS2. */
  readonly languageFirst: boolean;
}

const alphabets: readonly Alphabet[] = ['gsm7', 'octets', 'ucs2', 'gsm7'];

/** Reserved codings are read as the default alphabet, as the clause asks. */
export function cbsCodingOf(octet: number): CbsCoding {
  const group = (octet >>> 4) & 0x0f;
  const plain = (alphabet: Alphabet): CbsCoding => ({ alphabet, languageFirst: false });
  switch (group) {
    case 0x1:
      if (octet === 0x10) return { alphabet: 'gsm7', languageFirst: true };
      return octet === 0x11 ? { alphabet: 'ucs2', languageFirst: true } : plain('gsm7');
    case 0x4:
    case 0x5:
      return plain(alphabets[(octet >>> 2) & 0x03]!);
    // Compressed; with a user data header; of other protocols.
    case 0x6:
    case 0x7:
    case 0x9:
    case 0xd:
    case 0xe:
      return plain('octets');
    case 0xf:
      return plain((octet & 0x04) === 0 ? 'gsm7' : 'octets');
    default:
      return plain('gsm7');
  }
}
