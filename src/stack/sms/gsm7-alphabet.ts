/**
 * The GSM 7 bit default alphabet (3GPP TS 23.038 §6.2.1) and its extension table (§6.2.1.1), as septets: one in each
 * octet of an array. Packing them into octets is `gsm7-packing.ts`.
 */

/** Announces a septet of the extension table. */
export const ESCAPE = 0x1b;

const defaultTable =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

const extensionTable: readonly (readonly [septet: number, character: string])[] = [
  [0x0a, '\f'],
  [0x14, '^'],
  [0x28, '{'],
  [0x29, '}'],
  [0x2f, '\\'],
  [0x3c, '['],
  [0x3d, '~'],
  [0x3e, ']'],
  [0x40, '|'],
  [0x65, '€'],
];

const absent = -1;
const extended = 0x100;

/** By UTF-16 code unit: the septet, with `extended` where an escape goes before it, or `absent`. Nothing lies above €. */
const septetOf = new Int16Array(0x20ad).fill(absent);
const extensionOf = new Array<string | undefined>(128).fill(undefined);
for (let septet = 0; septet < 128; septet++) {
  if (septet !== ESCAPE) septetOf[defaultTable.charCodeAt(septet)] = septet;
}
for (const [septet, character] of extensionTable) {
  septetOf[character.charCodeAt(0)] = septet | extended;
  extensionOf[septet] = character;
}

function lookUp(unit: number): number {
  return unit < septetOf.length ? (septetOf[unit] as number) : absent;
}

/** How many septets `text` takes, escapes counted; −1 when a character is in neither table. */
export function gsm7Length(text: string): number {
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const septet = lookUp(text.charCodeAt(at));
    if (septet === absent) return -1;
    length += septet >= extended ? 2 : 1;
  }
  return length;
}

/** The septets of `text`; undefined when a character is in neither table. */
export function gsm7Septets(text: string): Uint8Array | undefined {
  const length = gsm7Length(text);
  if (length < 0) return undefined;
  const septets = new Uint8Array(length);
  let to = 0;
  for (let at = 0; at < text.length; at++) {
    const septet = lookUp(text.charCodeAt(at));
    if (septet >= extended) septets[to++] = ESCAPE;
    septets[to++] = septet & 0x7f;
  }
  return septets;
}

/**
 * The text of septets. As §6.2.1.1 has it, an escaped septet that the extension table does not hold is shown as the
 * default table's character, and an escape that announces nothing (at the end, or before another) as a space.
 */
export function gsm7Text(septets: Uint8Array): string {
  let text = '';
  for (let at = 0; at < septets.length; at++) {
    const septet = (septets[at] as number) & 0x7f;
    if (septet !== ESCAPE) {
      text += defaultTable.charAt(septet);
      continue;
    }
    const following = at + 1 < septets.length ? (septets[at + 1] as number) & 0x7f : ESCAPE;
    if (following === ESCAPE) {
      text += ' ';
      // Two escapes are one reserved code: a further extension table that does not exist yet.
      at++;
      continue;
    }
    text += extensionOf[following] ?? defaultTable.charAt(following);
    at++;
  }
  return text;
}
