/** CRC32c, the checksum of SCTP (RFC 9260 §6.8 and appendix A): reflected polynomial 0x82f63b78, eight octets a step. */
const STEPS = 8;
const table = new Uint32Array(256 * STEPS);
for (let octet = 0; octet < 256; octet++) {
  let value = octet;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  table[octet] = value;
}
for (let at = 256; at < table.length; at++) {
  const before = table[at - 256]!;
  table[at] = (before >>> 8) ^ table[before & 0xff]!;
}

/** Checksum of `octets`, 0 … 2³²−1. */
export function crc32c(octets: Uint8Array): number {
  return (update(0xffffffff, octets, 0, octets.length) ^ 0xffffffff) >>> 0;
}

const noChecksum = new Uint8Array(4);

/** Checksum of an SCTP packet, its own checksum field (octets 8 … 11) taken as zero; at least 12 octets. */
export function packetChecksum(packet: Uint8Array): number {
  let crc = update(0xffffffff, packet, 0, 8);
  crc = update(crc, noChecksum, 0, 4);
  return (update(crc, packet, 12, packet.length) ^ 0xffffffff) >>> 0;
}

function update(start: number, octets: Uint8Array, from: number, to: number): number {
  let crc = start;
  let at = from;
  for (const last = to - STEPS; at <= last; at += STEPS) {
    crc ^= octets[at]! | (octets[at + 1]! << 8) | (octets[at + 2]! << 16) | (octets[at + 3]! << 24);
    crc =
      table[0x700 | (crc & 0xff)]! ^
      table[0x600 | ((crc >>> 8) & 0xff)]! ^
      table[0x500 | ((crc >>> 16) & 0xff)]! ^
      table[0x400 | (crc >>> 24)]! ^
      table[0x300 | octets[at + 4]!]! ^
      table[0x200 | octets[at + 5]!]! ^
      table[0x100 | octets[at + 6]!]! ^
      table[octets[at + 7]!]!;
  }
  for (; at < to; at++) crc = (crc >>> 8) ^ table[(crc ^ octets[at]!) & 0xff]!;
  return crc;
}
