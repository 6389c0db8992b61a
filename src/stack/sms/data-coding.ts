/** TP-Data-Coding-Scheme (3GPP TS 23.038 §4). */

/** How the user data is coded: septets, octets that no rule here reads, UTF-16. */
export type Alphabet = 'gsm7' | 'octets' | 'ucs2';

/** Message waiting indication group (3GPP TS 23.038 §4, coding groups 1100 … 1110). */
export interface MessageWaiting {
  readonly active: boolean;
  readonly type: 'voicemail' | 'fax' | 'e-mail' | 'other';
  /** The receiver may throw the text away. */
  readonly discard: boolean;
}

export interface DataCoding {
  readonly alphabet: Alphabet;
  /** Compressed as by 3GPP TS 23.042; `alphabet` is then 'octets'. */
  readonly compressed: boolean;
  /** 0 is shown at once, 1 and 2 are kept in the phone and the card, 3 is for a terminal. */
  readonly messageClass?: 0 | 1 | 2 | 3;
  readonly automaticDeletion: boolean;
  readonly messageWaiting?: MessageWaiting;
}

export const DCS_GSM7 = 0x00;
export const DCS_UCS2 = 0x08;

/** The reserved alphabet is read as the default one, as the clause asks. */
const alphabets: readonly Alphabet[] = ['gsm7', 'octets', 'ucs2', 'gsm7'];
const waitingTypes: readonly MessageWaiting['type'][] = ['voicemail', 'fax', 'e-mail', 'other'];

/** What a data coding scheme octet means. Reserved coding groups are read as the default alphabet, as the clause asks. */
export function dataCodingOf(octet: number): DataCoding {
  const group = (octet >>> 4) & 0x0f;
  const messageClass = (octet & 0x03) as 0 | 1 | 2 | 3;
  if (group < 0x8) {
    const compressed = (octet & 0x20) !== 0;
    return {
      alphabet: compressed ? 'octets' : (alphabets[(octet >>> 2) & 0x03] as Alphabet),
      compressed,
      ...((octet & 0x10) === 0 ? {} : { messageClass }),
      automaticDeletion: group >= 0x4,
    };
  }
  if (group === 0xf) {
    const alphabet = (octet & 0x04) === 0 ? 'gsm7' : 'octets';
    return { alphabet, compressed: false, messageClass, automaticDeletion: false };
  }
  if (group >= 0xc) {
    const type = waitingTypes[messageClass] as MessageWaiting['type'];
    return {
      alphabet: group === 0xe ? 'ucs2' : 'gsm7',
      compressed: false,
      automaticDeletion: false,
      messageWaiting: { active: (octet & 0x08) !== 0, type, discard: group === 0xc },
    };
  }
  return { alphabet: 'gsm7', compressed: false, automaticDeletion: false };
}

/** The alphabet alone, without an object: it decides how TP-User-Data is packed and counted. */
export function alphabetOf(octet: number): Alphabet {
  const group = (octet >>> 4) & 0x0f;
  if (group < 0x8) return (octet & 0x20) !== 0 ? 'octets' : (alphabets[(octet >>> 2) & 0x03] as Alphabet);
  if (group === 0xf) return (octet & 0x04) === 0 ? 'gsm7' : 'octets';
  return group === 0xe ? 'ucs2' : 'gsm7';
}
