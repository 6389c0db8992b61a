/** UCS2 user data (3GPP TS 23.038 §6.2.3): UTF-16 code units, most significant octet first. */

export function ucs2Octets(text: string): Uint8Array {
  const octets = new Uint8Array(text.length * 2);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    octets[at * 2] = unit >>> 8;
    octets[at * 2 + 1] = unit & 0xff;
  }
  return octets;
}

/** The text; a last octet without its pair is left out. */
export function ucs2Text(octets: Uint8Array): string {
  let text = '';
  for (let at = 0; at + 1 < octets.length; at += 2) {
    text += String.fromCharCode(((octets[at] as number) << 8) | (octets[at + 1] as number));
  }
  return text;
}
