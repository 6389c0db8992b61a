/** The header in TP-User-Data (3GPP TS 23.040 §9.2.3.24): information elements behind TP-UDHL. */

export interface InformationElement {
  readonly identifier: number;
  readonly data: Uint8Array;
}

/** Concatenated short messages (3GPP TS 23.040 §9.2.3.24.1 with 8-bit, §9.2.3.24.8 with 16-bit reference). */
export interface Concatenation {
  readonly reference: number;
  readonly referenceBits: 8 | 16;
  /** 1 … 255. */
  readonly total: number;
  /** 1 … total. */
  readonly sequence: number;
}

const concatenated8 = 0x00;
const concatenated16 = 0x08;

/**
 * The elements of a header (the octets behind TP-UDHL), in order. None at all when the last one does not end where the header does:
 * such a header is ignored as a whole (§9.2.3.24).
 */
export function informationElements(header: Uint8Array): readonly InformationElement[] {
  const elements: InformationElement[] = [];
  let at = 0;
  while (at < header.length) {
    const end = at + 2 + (header[at + 1] ?? header.length);
    if (end > header.length) return [];
    elements.push({ identifier: header[at] as number, data: header.subarray(at + 2, end) });
    at = end;
  }
  return elements;
}

/** The octets behind TP-UDHL of a header with these elements. */
export function headerOf(elements: readonly InformationElement[]): Uint8Array {
  let length = 0;
  for (const element of elements) length += 2 + element.data.length;
  const header = new Uint8Array(length);
  let at = 0;
  for (const element of elements) {
    header[at] = element.identifier;
    header[at + 1] = element.data.length;
    header.set(element.data, at + 2);
    at += 2 + element.data.length;
  }
  return header;
}

/** A header that holds nothing but the concatenation with 8-bit reference: five octets. */
export function concatenationHeader(reference: number, total: number, sequence: number): Uint8Array {
  return Uint8Array.of(concatenated8, 3, reference & 0xff, total, sequence);
}

/**
 * What a header says of concatenation; the last element counts when it comes twice. Undefined when it says nothing, or
 * something that cannot be (a total of 0, a sequence number outside 1 … total): then it is to be ignored.
 */
export function concatenationOf(header: Uint8Array | undefined): Concatenation | undefined {
  if (header === undefined) return undefined;
  let found: Concatenation | undefined;
  for (const { identifier, data } of informationElements(header)) {
    const wide = identifier === concatenated16 && data.length === 4;
    if (!wide && !(identifier === concatenated8 && data.length === 3)) continue;
    const at = wide ? 2 : 1;
    const reference = wide ? ((data[0] as number) << 8) | (data[1] as number) : (data[0] as number);
    const total = data[at] as number;
    const sequence = data[at + 1] as number;
    if (total === 0 || sequence === 0 || sequence > total) continue;
    found = { reference, referenceBits: wide ? 16 : 8, total, sequence };
  }
  return found;
}
