import { ipPackets } from './pcap.ts';

/** Captures with SCTP in them, under `../shared/vectors/pcap`. */
export const SCTP_CAPTURES = [
  'pkts-sctp-addip.cap',
  'pkts-sctp-test.cap',
  'pkts-sctp_init_collision.cap',
  'real-ss7-pcapr.pcap',
  'wrapped-harvested.pcap',
];

/** The SCTP packets of a capture, each a buffer of its own. */
export function sctpPackets(file: string): Buffer[] {
  return ipPackets(file)
    .filter((ip) => ip.length > 32 && ip[0]! >> 4 === 4 && ip[9] === 132)
    .map((ip) => Buffer.from(ip.subarray((ip[0]! & 15) * 4, (ip[2]! << 8) | ip[3]!)));
}
