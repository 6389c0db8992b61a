/**
 * SCTP packets as octets (RFC 9260 §3): the check that every packet passes before anything acts on it, and what reads
 * and writes chunks. A packet that passed has a right checksum, and every chunk, parameter and error cause in it lies
 * within its bounds with a length that leads on: whoever walks it afterwards can neither leave it nor stand still.
 *
 *     0         1         2         3
 *     | source port       | destination port  |      chunk:  | type | flags | length (header included) |
 *     | verification tag                      |              | value …, padded to a multiple of 4      |
 *     | checksum (CRC32c, least octet first)  |
 */
import { failure, type Result, success } from '../../types/result.ts';
import { packetChecksum } from './crc32c.ts';

export const PACKET_HEADER_OCTETS = 12;
export const DATA_HEADER_OCTETS = 16;

/** RFC 9260 §3.2, RFC 9260 §3.3. */
export const chunkType = {
  DATA: 0,
  INIT: 1,
  INIT_ACK: 2,
  SACK: 3,
  HEARTBEAT: 4,
  HEARTBEAT_ACK: 5,
  ABORT: 6,
  SHUTDOWN: 7,
  SHUTDOWN_ACK: 8,
  ERROR: 9,
  COOKIE_ECHO: 10,
  COOKIE_ACK: 11,
  ECNE: 12,
  CWR: 13,
  SHUTDOWN_COMPLETE: 14,
} as const;

/** RFC 9260 §3.3.1. */
export const dataFlag = { E: 1, B: 2, U: 4, I: 8 } as const;
/** The verification tag is the sender's own, reflected (RFC 9260 §8.5.1). */
export const FLAG_T = 1;

/** RFC 9260 §3.3.2.1, §3.3.3.1. */
export const parameterType = {
  HEARTBEAT_INFO: 1,
  IPV4_ADDRESS: 5,
  IPV6_ADDRESS: 6,
  STATE_COOKIE: 7,
  UNRECOGNIZED_PARAMETER: 8,
  COOKIE_PRESERVATIVE: 9,
  HOST_NAME_ADDRESS: 11,
  SUPPORTED_ADDRESS_TYPES: 12,
} as const;

/** RFC 9260 §3.3.10. */
export const causeCode = {
  INVALID_STREAM_IDENTIFIER: 1,
  MISSING_MANDATORY_PARAMETER: 2,
  STALE_COOKIE: 3,
  OUT_OF_RESOURCE: 4,
  UNRESOLVABLE_ADDRESS: 5,
  UNRECOGNIZED_CHUNK_TYPE: 6,
  INVALID_MANDATORY_PARAMETER: 7,
  UNRECOGNIZED_PARAMETERS: 8,
  NO_USER_DATA: 9,
  COOKIE_RECEIVED_WHILE_SHUTTING_DOWN: 10,
  RESTART_WITH_NEW_ADDRESSES: 11,
  USER_INITIATED_ABORT: 12,
  PROTOCOL_VIOLATION: 13,
} as const;

/** A tag-length-value's length with its padding. */
export function padded(length: number): number {
  return (length + 3) & ~3;
}

/** The check of a received packet; the value is the number of chunks, ≥ 1. */
export function checkPacket(packet: Buffer): Result<number> {
  if (packet.length < PACKET_HEADER_OCTETS + 4) return failure('sctp.packet.short', 0, 'RFC 9260 §3.1');
  if (packetChecksum(packet) !== packet.readUInt32LE(8)) {
    return failure('sctp.packet.checksum', 8, 'RFC 9260 §6.8');
  }
  let chunks = 0;
  for (let at = PACKET_HEADER_OCTETS; at < packet.length; chunks++) {
    if (packet.length - at < 4) return failure('sctp.chunk.header', at, 'RFC 9260 §3.2');
    const length = packet.readUInt16BE(at + 2);
    if (length < 4 || at + length > packet.length) return failure('sctp.chunk.length', at, 'RFC 9260 §3.2');
    const clause = chunkFault(packet, at, length);
    if (clause !== undefined) return failure(`sctp.chunk.${packet[at]!}.contents`, at, clause);
    at += padded(length);
  }
  return success(chunks);
}

/** The clause that a known chunk breaks by its length or by the lengths within it. */
function chunkFault(packet: Buffer, at: number, length: number): string | undefined {
  switch (packet[at]) {
    case chunkType.DATA:
      // Without user data it is answered with ABORT, which is for the association to do.
      return length < DATA_HEADER_OCTETS ? 'RFC 9260 §3.3.1' : undefined;
    case chunkType.INIT:
    case chunkType.INIT_ACK:
      return length < 20 || !fits(packet, at + 20, at + length) ? 'RFC 9260 §3.3.2' : undefined;
    case chunkType.SACK:
      return length < 16 || length !== 16 + 4 * (packet.readUInt16BE(at + 12) + packet.readUInt16BE(at + 14))
        ? 'RFC 9260 §3.3.4'
        : undefined;
    case chunkType.HEARTBEAT:
    case chunkType.HEARTBEAT_ACK:
      return length < 8 || !fits(packet, at + 4, at + length) ? 'RFC 9260 §3.3.5' : undefined;
    case chunkType.ABORT:
    case chunkType.ERROR:
      return fits(packet, at + 4, at + length) ? undefined : 'RFC 9260 §3.3.10';
    case chunkType.COOKIE_ECHO:
      return length < 5 ? 'RFC 9260 §3.3.11' : undefined;
    case chunkType.SHUTDOWN:
      return length === 8 ? undefined : 'RFC 9260 §3.3.8';
    case chunkType.SHUTDOWN_ACK:
    case chunkType.COOKIE_ACK:
    case chunkType.SHUTDOWN_COMPLETE:
      return length === 4 ? undefined : 'RFC 9260 §3.3.9';
    default:
      return undefined;
  }
}

/** Whether tag-length-values fill `from … to`, the last one padded or not. */
function fits(packet: Buffer, from: number, to: number): boolean {
  let at = from;
  while (at < to) {
    if (to - at < 4) return false;
    const length = packet.readUInt16BE(at + 2);
    if (length < 4 || at + length > to) return false;
    at += padded(length);
  }
  return true;
}

/** What stands in an INIT or INIT ACK (RFC 9260 §3.3.2, §3.3.3). */
export interface Init {
  readonly initiateTag: number;
  /** Advertised receiver window credit, octets. */
  readonly advertisedWindow: number;
  readonly outboundStreams: number;
  readonly inboundStreams: number;
  readonly initialTsn: number;
}

export interface InitParameters {
  readonly stateCookie: Buffer | undefined;
  readonly hostNameAddress: boolean;
  /** Parameters that were not understood and ask to be reported, whole, each padded. */
  readonly unrecognized: readonly Buffer[];
}

/** Reads the fixed part of an INIT or INIT ACK chunk of a checked packet. */
export function readInit(packet: Buffer, at: number): Init {
  return {
    initiateTag: packet.readUInt32BE(at + 4),
    advertisedWindow: packet.readUInt32BE(at + 8),
    outboundStreams: packet.readUInt16BE(at + 12),
    inboundStreams: packet.readUInt16BE(at + 14),
    initialTsn: packet.readUInt32BE(at + 16),
  };
}

/**
 * Reads the parameters of an INIT or INIT ACK chunk of a checked packet. What is not understood is treated by the
 * highest two bits of its type (RFC 9260 §3.2.1): 00 stop, 01 stop and report, 10 skip, 11 skip and report.
 */
export function readInitParameters(packet: Buffer, at: number): InitParameters {
  const end = at + packet.readUInt16BE(at + 2);
  const unrecognized: Buffer[] = [];
  let stateCookie: Buffer | undefined;
  let hostNameAddress = false;
  for (let from = at + 20; from < end; ) {
    const type = packet.readUInt16BE(from);
    const length = packet.readUInt16BE(from + 2);
    switch (type) {
      case parameterType.STATE_COOKIE:
        stateCookie = packet.subarray(from + 4, from + length);
        break;
      case parameterType.HOST_NAME_ADDRESS:
        hostNameAddress = true;
        break;
      case parameterType.IPV4_ADDRESS:
      case parameterType.IPV6_ADDRESS:
      case parameterType.UNRECOGNIZED_PARAMETER:
      case parameterType.COOKIE_PRESERVATIVE:
      case parameterType.SUPPORTED_ADDRESS_TYPES:
        break;
      default:
        if (type & 0x4000) {
          const whole = Buffer.alloc(padded(length));
          packet.copy(whole, 0, from, from + length);
          unrecognized.push(whole);
        }
        if (!(type & 0x8000)) return { stateCookie, hostNameAddress, unrecognized };
    }
    from += padded(length);
  }
  return { stateCookie, hostNameAddress, unrecognized };
}

/** Whether an ERROR or ABORT chunk of a checked packet carries this cause. */
export function hasCause(packet: Buffer, at: number, cause: number): boolean {
  const end = at + packet.readUInt16BE(at + 2);
  for (let from = at + 4; from < end; from += padded(packet.readUInt16BE(from + 2))) {
    if (packet.readUInt16BE(from) === cause) return true;
  }
  return false;
}

/** A chunk: header, value and padding. */
export function chunk(type: number, flags: number, ...values: readonly Uint8Array[]): Buffer {
  let length = 4;
  for (const value of values) length += value.length;
  const octets = Buffer.alloc(padded(length));
  octets[0] = type;
  octets[1] = flags;
  octets.writeUInt16BE(length, 2);
  let at = 4;
  for (const value of values) {
    octets.set(value, at);
    at += value.length;
  }
  return octets;
}

/** A parameter or an error cause: header, value and padding. */
export function tagLengthValue(tag: number, value: Uint8Array): Buffer {
  const octets = Buffer.alloc(padded(4 + value.length));
  octets.writeUInt16BE(tag, 0);
  octets.writeUInt16BE(4 + value.length, 2);
  octets.set(value, 4);
  return octets;
}

/** INIT or INIT ACK. Each of `parameters` is whole and padded. */
export function initChunk(type: 1 | 2, init: Init, parameters: readonly Uint8Array[] = []): Buffer {
  const fixed = Buffer.alloc(16);
  fixed.writeUInt32BE(init.initiateTag, 0);
  fixed.writeUInt32BE(init.advertisedWindow, 4);
  fixed.writeUInt16BE(init.outboundStreams, 8);
  fixed.writeUInt16BE(init.inboundStreams, 10);
  fixed.writeUInt32BE(init.initialTsn, 12);
  return chunk(type, 0, fixed, ...parameters);
}

/** A packet of whole chunks, with its checksum. */
export function packet(
  sourcePort: number,
  destinationPort: number,
  verificationTag: number,
  ...chunks: readonly Uint8Array[]
): Buffer {
  let length = PACKET_HEADER_OCTETS;
  for (const one of chunks) length += one.length;
  const octets = Buffer.allocUnsafe(length);
  let at = PACKET_HEADER_OCTETS;
  for (const one of chunks) {
    octets.set(one, at);
    at += one.length;
  }
  sealPacket(octets, sourcePort, destinationPort, verificationTag);
  return octets;
}

/** Writes the common header of a packet whose chunks are in place. */
export function sealPacket(
  octets: Buffer,
  sourcePort: number,
  destinationPort: number,
  verificationTag: number,
): void {
  octets.writeUInt16BE(sourcePort, 0);
  octets.writeUInt16BE(destinationPort, 2);
  octets.writeUInt32BE(verificationTag, 4);
  octets.writeUInt32LE(packetChecksum(octets), 8);
}

/** Writes a DATA chunk at `at` and returns where the next one starts. */
export function writeData(
  octets: Buffer,
  at: number,
  flags: number,
  tsn: number,
  stream: number,
  streamSequenceNumber: number,
  ppid: number,
  userData: Uint8Array,
): number {
  const length = DATA_HEADER_OCTETS + userData.length;
  octets[at] = chunkType.DATA;
  octets[at + 1] = flags;
  octets.writeUInt16BE(length, at + 2);
  octets.writeUInt32BE(tsn, at + 4);
  octets.writeUInt16BE(stream, at + 8);
  octets.writeUInt16BE(streamSequenceNumber, at + 10);
  octets.writeUInt32BE(ppid, at + 12);
  octets.set(userData, at + DATA_HEADER_OCTETS);
  const end = at + padded(length);
  octets.fill(0, at + length, end);
  return end;
}

/** Serial number arithmetic on 32 bits (RFC 1982): whether `one` is after `other`. */
export function isAfter(one: number, other: number): boolean {
  return ((one - other) | 0) > 0;
}
