/** An IMSI as destination or originating reference: AddressString of the land mobile plan (3GPP TS 29.002 §17.7.8). */
export function imsiReference(imsi: Uint8Array): Uint8Array {
  const reference = new Uint8Array(imsi.length + 1);
  reference[0] = 0x96;
  reference.set(imsi, 1);
  return reference;
}
