/**
 * One association as packets: what passed the port, put back into IPv4 and SCTP with the ports, verification tags,
 * sequence numbers and checksums that it could have had. One message is one packet; acknowledgements and heartbeats are
 * not part of what passes the port and are left out.
 */
import {
  chunk,
  chunkType,
  DATA_HEADER_OCTETS,
  dataFlag,
  FLAG_T,
  initChunk,
  PACKET_HEADER_OCTETS,
  padded,
  sealPacket,
  writeData,
} from '../../stack/sctp/chunk.ts';
import { RECORD_HEADER_OCTETS } from './capture-file.ts';

const IP_HEADER_OCTETS = 20;
const PROTOCOL_SCTP = 132;
/** What fits an IPv4 packet, rounded down; a longer message becomes several DATA chunks. */
const FRAGMENT_OCTETS_MAX = 65_000;
const WINDOW_OCTETS = 262_144;

export interface Address {
  /** IPv4, four octets. */
  readonly host: Uint8Array;
  readonly port: number;
}

class Side {
  readonly address: Address;
  readonly tag: number;
  nextTsn: number;
  readonly #sequence = new Map<number, number>();

  constructor(address: Address, tag: number) {
    this.address = address;
    this.tag = tag;
    this.nextTsn = tag;
  }

  /** Stream sequence number of the next message. */
  sequenceOf(stream: number): number {
    const number = this.#sequence.get(stream) ?? 0;
    this.#sequence.set(stream, (number + 1) & 0xffff);
    return number;
  }
}

export class Conversation {
  readonly #us: Side;
  readonly #peer: Side;
  readonly #sink: (record: Buffer) => void;

  /** `ourTag` and `peerTag` are the verification tags, not 0. */
  constructor(us: Address, peer: Address, ourTag: number, peerTag: number, sink: (record: Buffer) => void) {
    this.#us = new Side(us, ourTag);
    this.#peer = new Side(peer, peerTag);
    this.#sink = sink;
  }

  /** RFC 9260 §5.1. */
  handshake(byUs: boolean, streams: number): void {
    const caller = byUs ? this.#us : this.#peer;
    const called = byUs ? this.#peer : this.#us;
    const init = (side: Side) => ({
      initiateTag: side.tag,
      advertisedWindow: WINDOW_OCTETS,
      outboundStreams: streams,
      inboundStreams: streams,
      initialTsn: side.tag,
    });
    const cookie = Buffer.alloc(8);
    cookie.writeUInt32BE(caller.tag, 0);
    cookie.writeUInt32BE(called.tag, 4);
    const parameter = Buffer.concat([Buffer.from([0, 7, 0, 12]), cookie]);
    this.#control(caller, called, 0, initChunk(chunkType.INIT, init(caller)));
    this.#control(called, caller, caller.tag, initChunk(chunkType.INIT_ACK, init(called), [parameter]));
    this.#control(caller, called, called.tag, chunk(chunkType.COOKIE_ECHO, 0, cookie));
    this.#control(called, caller, caller.tag, chunk(chunkType.COOKIE_ACK, 0));
  }

  data(byUs: boolean, message: Uint8Array, stream: number, ppid: number): void {
    const from = byUs ? this.#us : this.#peer;
    const to = byUs ? this.#peer : this.#us;
    const sequence = from.sequenceOf(stream);
    for (let at = 0; at < message.length; at += FRAGMENT_OCTETS_MAX) {
      const part = message.subarray(at, at + FRAGMENT_OCTETS_MAX);
      const first = at === 0 ? dataFlag.B : 0;
      const last = at + part.length === message.length ? dataFlag.E : 0;
      const record = this.#record(from, to, padded(DATA_HEADER_OCTETS + part.length));
      const start = RECORD_HEADER_OCTETS + IP_HEADER_OCTETS + PACKET_HEADER_OCTETS;
      writeData(record, start, first | last, from.nextTsn, stream, sequence, ppid, part);
      from.nextTsn = (from.nextTsn + 1) >>> 0;
      this.#seal(record, from, to, to.tag);
    }
  }

  /** RFC 9260 §9.2. */
  shutdown(byUs: boolean): void {
    const from = byUs ? this.#us : this.#peer;
    const to = byUs ? this.#peer : this.#us;
    const cumulative = Buffer.alloc(4);
    cumulative.writeUInt32BE((to.nextTsn - 1) >>> 0);
    this.#control(from, to, to.tag, chunk(chunkType.SHUTDOWN, 0, cumulative));
    this.#control(to, from, from.tag, chunk(chunkType.SHUTDOWN_ACK, 0));
    this.#control(from, to, to.tag, chunk(chunkType.SHUTDOWN_COMPLETE, 0));
  }

  /** RFC 9260 §9.1. */
  abort(byUs: boolean): void {
    const from = byUs ? this.#us : this.#peer;
    const to = byUs ? this.#peer : this.#us;
    this.#control(from, to, to.tag, chunk(chunkType.ABORT, 0));
  }

  /** An attempt that the peer would not have: INIT, and ABORT for an answer. */
  refusal(streams: number): void {
    const init = {
      initiateTag: this.#us.tag,
      advertisedWindow: WINDOW_OCTETS,
      outboundStreams: streams,
      inboundStreams: streams,
      initialTsn: this.#us.tag,
    };
    this.#control(this.#us, this.#peer, 0, initChunk(chunkType.INIT, init));
    this.#control(this.#peer, this.#us, this.#us.tag, chunk(chunkType.ABORT, FLAG_T));
  }

  #control(from: Side, to: Side, tag: number, octets: Buffer): void {
    const record = this.#record(from, to, octets.length);
    octets.copy(record, RECORD_HEADER_OCTETS + IP_HEADER_OCTETS + PACKET_HEADER_OCTETS);
    this.#seal(record, from, to, tag);
  }

  /** Room for the record's header, the IPv4 header (RFC 791 §3.1, written), and an SCTP packet with these chunks. */
  #record(from: Side, to: Side, chunkOctets: number): Buffer {
    const ipOctets = IP_HEADER_OCTETS + PACKET_HEADER_OCTETS + chunkOctets;
    const record = Buffer.allocUnsafe(RECORD_HEADER_OCTETS + ipOctets);
    const ip = record.subarray(RECORD_HEADER_OCTETS, RECORD_HEADER_OCTETS + IP_HEADER_OCTETS).fill(0);
    ip[0] = 0x45;
    ip.writeUInt16BE(ipOctets, 2);
    // Don't fragment.
    ip[6] = 0x40;
    ip[8] = 64;
    ip[9] = PROTOCOL_SCTP;
    ip.set(from.address.host, 12);
    ip.set(to.address.host, 16);
    let sum = 0;
    for (let at = 0; at < IP_HEADER_OCTETS; at += 2) sum += ip.readUInt16BE(at);
    sum = (sum & 0xffff) + (sum >>> 16);
    ip.writeUInt16BE(~(sum + (sum >>> 16)) & 0xffff, 10);
    return record;
  }

  #seal(record: Buffer, from: Side, to: Side, tag: number): void {
    const packet = record.subarray(RECORD_HEADER_OCTETS + IP_HEADER_OCTETS);
    sealPacket(packet, from.address.port, to.address.port, tag);
    this.#sink(record);
  }
}
