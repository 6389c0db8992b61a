import { readFileSync } from 'node:fs';

/** What stands in front of the network layer in a capture (the link types that we meet). */
const LINK_HEADER: Readonly<Record<number, number>> = { 1: 14, 12: 0, 101: 0, 113: 16, 228: 0 };

/** The frames of a classic pcap file, each from its IPv4 header. */
export function ipPackets(file: string): Uint8Array[] {
  const octets = readFileSync(file);
  const magic = octets.readUInt32LE(0);
  const little = magic === 0xa1b2c3d4 || magic === 0xa1b23c4d;
  const uint32 = (at: number) => (little ? octets.readUInt32LE(at) : octets.readUInt32BE(at));
  const header = LINK_HEADER[uint32(20)];
  if (header === undefined) throw new Error(`${file}: link type ${uint32(20)}`);
  const packets: Uint8Array[] = [];
  for (let at = 24; at + 16 <= octets.length; ) {
    const length = uint32(at + 8);
    packets.push(octets.subarray(at + 16 + header, at + 16 + length));
    at += 16 + length;
  }
  return packets;
}

export interface SctpData {
  readonly frame: number;
  readonly ppid: number;
  readonly stream: number;
  readonly payload: Uint8Array;
}

/** The payload of every unfragmented SCTP DATA chunk of a capture. */
export function sctpData(file: string): SctpData[] {
  const found: SctpData[] = [];
  ipPackets(file).forEach((packet, index) => {
    if (packet.length < 20 || packet[0]! >> 4 !== 4 || packet[9] !== 132) return;
    const view = Buffer.from(packet.buffer, packet.byteOffset, packet.length);
    const end = Math.min(packet.length, view.readUInt16BE(2));
    for (let at = (packet[0]! & 0x0f) * 4 + 12; at + 4 <= end; ) {
      const length = view.readUInt16BE(at + 2);
      if (length < 4) break;
      if (view[at] === 0 && (view[at + 1]! & 3) === 3 && at + length <= end)
        found.push({
          frame: index + 1,
          stream: view.readUInt16BE(at + 8),
          ppid: view.readUInt32BE(at + 12),
          payload: packet.subarray(at + 16, at + length),
        });
      at += (length + 3) & ~3;
    }
  });
  return found;
}
