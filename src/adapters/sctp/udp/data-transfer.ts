/**
 * Data transfer of one association (RFC 9260 §6, §7): sequencing, acknowledgement, retransmission, congestion control,
 * fragmentation and reassembly are those of npm `sctp`; this class keeps what it needs sound around them. The library
 * sees no octet from the network: chunks come in as numbers that were checked, and go out as octets written here.
 *
 * What is put right of the library (1.0.0):
 * - the first sequence number of a stream is taken from whatever arrives first; it is 0 (RFC 9260 §6.5);
 * - a TSN far ahead, an old SACK, one for what was never sent, and gap blocks out of bounds cost time or break the state;
 * - octets in flight drift, and retransmissions are counted twice; they are counted afresh with each SACK;
 * - the congestion window hardly grows (RFC 9260 §7.2);
 * - what was marked for retransmission waits for one timeout per packet;
 * - chunks are bundled by a timer per chunk, and past the path MTU.
 */

import sctp from 'sctp';
import Association, { type Sack } from 'sctp/lib/association.js';
import SerialNumber from 'sctp/lib/serial.js';
import {
  chunk,
  chunkType,
  DATA_HEADER_OCTETS,
  dataFlag,
  type Init,
  isAfter,
  PACKET_HEADER_OCTETS,
  padded,
  writeData,
} from '../../../stack/sctp/chunk.ts';

/** IPv4 and UDP headers (RFC 6951 §4.1). */
const IP_AND_UDP_OCTETS = 28;
/** TSNs that may stand open past the cumulative one: more than a full window of the smallest M3UA messages. */
const TSN_WINDOW = 16_384;
const GAP_BLOCKS_MAX = 128;
const DUPLICATES_MAX = 16;
/** Packets that one burst may send (RFC 9260 §6.1 D). */
const BURST_PACKETS_MAX = 10;
/** What a message costs beside its octets while it waits. */
const HELD_OVERHEAD_OCTETS = 64;

// The library keeps its parameters for the whole process, and this is its only user.
sctp.defaults({ max_burst: BURST_PACKETS_MAX, sack_timeout: 100, sack_freq: 2 });

export interface TransferParameters {
  /** Receive window offered to the peer, octets. */
  readonly windowOctets: number;
  readonly pathMtuOctets: number;
  readonly rtoInitialMs: number;
  readonly rtoMinMs: number;
  readonly rtoMaxMs: number;
}

export interface TransferEvents {
  /** A packet is ready; its common header is not written yet. */
  send(packet: Buffer): void;
  message(message: Buffer, stream: number, ppid: number): void;
  /** New data was acknowledged, or there is room to send otherwise. */
  progressed(): void;
  /** T3-rtx ended (RFC 9260 §8.1 counts it). */
  timedOut(): void;
  count(name: string, by?: number): void;
}

interface Outgoing {
  readonly flags: { readonly B: unknown; readonly E: unknown; readonly U: unknown; readonly I: unknown };
  tsn: number | null;
  readonly stream_id: number;
  readonly ssn: number;
  readonly ppid: number;
  readonly user_data: Buffer;
  /** Of the whole chunk, padded: what it counts for in flight. */
  size: number;
  losses: number;
  retransmit: boolean;
  fastRetransmit: boolean;
  queued: boolean;
}

interface Held {
  readonly message: Buffer;
  readonly stream: number;
  readonly ppid: number;
}

export class DataTransfer extends Association {
  readonly #events: TransferEvents;
  readonly #packetOctetsMax: number;
  readonly #inboundStreams: number;
  readonly #held: Held[] = [];
  #paused = false;
  #outgoing: Outgoing[] = [];
  #sack: Sack | undefined;
  #highestSent: number;
  #acknowledged: number;
  #partialAcknowledged = 0;
  #stopped = false;

  constructor(
    own: Init,
    peer: Init,
    outboundStreams: number,
    inboundStreams: number,
    parameters: TransferParameters,
    events: TransferEvents,
  ) {
    const endpoint = {
      localPort: 0,
      a_rwnd: parameters.windowOctets,
      associations_lookup: {},
      associations: [],
    };
    super(endpoint, { my_tag: own.initialTsn, remotePort: 0, OS: outboundStreams, MIS: inboundStreams });
    this.#events = events;
    this.#packetOctetsMax = parameters.pathMtuOctets - IP_AND_UDP_OCTETS;
    this.#inboundStreams = inboundStreams;
    this.#acknowledged = this.#highestSent = (own.initialTsn - 1) >>> 0;
    this._updatePeer({
      inbound_streams: outboundStreams,
      initiate_tag: peer.initiateTag,
      a_rwnd: peer.advertisedWindow,
      initial_tsn: peer.initialTsn,
    });
    const before = (peer.initialTsn - 1) >>> 0;
    this.reassembly.peer_c_tsn = new SerialNumber(before);
    this.reassembly.peer_max_tsn = new SerialNumber(before);
    this.reassembly.peer_min_tsn = new SerialNumber(before);
    this.reassembly.peer_ssn = new Array<number>(inboundStreams).fill(0);
    this.my_next_tsn = new SerialNumber(own.initialTsn);
    // The library's headers are IPv4 and SCTP; ours have UDP between them.
    this.PMTU = parameters.pathMtuOctets - 8;
    this.cwnd = Math.min(4 * this.PMTU, Math.max(2 * this.PMTU, 4404));
    this.RTO = this.rto_initial = parameters.rtoInitialMs;
    this.rto_min = parameters.rtoMinMs;
    this.rto_max = parameters.rtoMaxMs;
    this.state = 'ESTABLISHED';
  }

  /** Highest TSN of the peer up to which all came: for SHUTDOWN. */
  get cumulativeTsn(): number {
    return this.reassembly.peer_c_tsn.number;
  }

  /** Octets sent and not acknowledged, or marked to be sent again. */
  get unacknowledgedOctets(): number {
    let octets = 0;
    for (const tsn in this.sent) octets += (this.sent[tsn] as Outgoing).size;
    for (const one of this.#outgoing) if (one.tsn === null) octets += one.size;
    return octets;
  }

  get isIdle(): boolean {
    return this.#acknowledged === this.#highestSent && this.#outgoing.length === 0;
  }

  /** Gives one message to the library; false when it will not have it now (window full). */
  offer(message: Buffer, stream: number, ppid: number): boolean {
    // One message may always be under way: it is the probe of a closed window (RFC 9260 §6.1 A).
    const fits = this.flightsize === 0 || this.flightsize + message.length <= this.peer_rwnd;
    if (!fits || this.flightsize >= this.cwnd) return false;
    let refused = false;
    this.SEND(message, { stream_id: stream, ppid }, (error) => {
      if (error !== undefined) refused = true;
    });
    return !refused;
  }

  /**
   * A DATA chunk of a checked packet, with user data; `last` of its packet. False when the window is full of one
   * message whose end has not come: it never could.
   */
  takeData(packet: Buffer, at: number, last: boolean): boolean {
    const flags = packet[at + 1]!;
    const tsn = packet.readUInt32BE(at + 4);
    const reassembly = this.reassembly;
    const cumulative = reassembly.peer_c_tsn.number;
    if (!isAfter(tsn, cumulative)) {
      this.#events.count('sctp.data.duplicate');
      if (reassembly.duplicates.length < DUPLICATES_MAX) reassembly.duplicates.push(tsn);
      this._sack();
      return true;
    }
    if (((tsn - cumulative) | 0) > TSN_WINDOW) {
      this.#events.count('sctp.data.far-ahead');
      this._sack();
      return true;
    }
    // The library frees room for a TSN that fills a gap by dropping another one, and fails at it: lend it the room.
    const fillsGap = isAfter(reassembly.peer_max_tsn.number, tsn);
    const lent = reassembly.rwnd <= 0 && fillsGap ? this.#packetOctetsMax - reassembly.rwnd : 0;
    reassembly.rwnd += lent;
    this.onData({
      chunkType: 'data',
      flags: { B: flags & dataFlag.B, E: flags & dataFlag.E, U: flags & dataFlag.U, I: flags & dataFlag.I },
      tsn,
      stream_id: packet.readUInt16BE(at + 8),
      ssn: packet.readUInt16BE(at + 10),
      ppid: packet.readUInt32BE(at + 12),
      user_data: packet.subarray(at + DATA_HEADER_OCTETS, at + packet.readUInt16BE(at + 2)),
      last_in_packet: last,
    });
    reassembly.rwnd -= lent;
    return reassembly.rwnd > 0 || this.#held.length > 0 || reassembly.have_gaps === true;
  }

  /** A SACK chunk of a checked packet. */
  takeSack(packet: Buffer, at: number): void {
    const cumulative = packet.readUInt32BE(at + 4);
    if (isAfter(this.#acknowledged, cumulative)) {
      this.#events.count('sctp.sack.old');
      return;
    }
    if (isAfter(cumulative, this.#highestSent)) {
      this.#events.count('sctp.sack.never-sent');
      return;
    }
    const gaps = packet.readUInt16BE(at + 12);
    const blocks: { start: number; finish: number }[] = [];
    let before = 1;
    for (let index = 0, from = at + 16; index < gaps; index++, from += 4) {
      const start = packet.readUInt16BE(from);
      const finish = packet.readUInt16BE(from + 2);
      if (start <= before || finish < start || isAfter((cumulative + finish) >>> 0, this.#highestSent)) {
        this.#events.count('sctp.sack.gap-blocks');
        return;
      }
      blocks.push({ start, finish });
      before = finish;
    }
    this.#acknowledge(cumulative, packet.readUInt32BE(at + 8), blocks);
  }

  /** SHUTDOWN acknowledges as a SACK without gaps does (RFC 9260 §9.2). */
  takeShutdown(cumulative: number): void {
    if (isAfter(this.#acknowledged, cumulative) || isAfter(cumulative, this.#highestSent)) return;
    this.#acknowledge(cumulative, this.peer_rwnd, []);
  }

  pause(): void {
    this.#paused = true;
  }

  /** Delivers what was held, unless the user pauses again, and opens the window. */
  resume(): void {
    this.#paused = false;
    if (this.#deliverHeld(() => !this.#paused)) this._sack();
  }

  /** The peer was told that all of it arrived, so it is delivered before the end, paused or not. */
  deliverRest(): void {
    this.#deliverHeld(() => true);
  }

  #deliverHeld(goesOn: () => boolean): boolean {
    let delivered = false;
    while (this.#held.length > 0 && !this.#stopped && goesOn()) {
      const { message, stream, ppid } = this.#held.shift()!;
      this.reassembly.rwnd += message.length + HELD_OVERHEAD_OCTETS;
      delivered = true;
      this.#events.message(message, stream, ppid);
    }
    return delivered && !this.#stopped;
  }

  /** Sends what is ready: the acknowledgement first, and as many chunks in a packet as fit. */
  flush(): void {
    const sack = this.#sack === undefined ? undefined : encodeSack(this.#sack);
    this.#sack = undefined;
    const outgoing = this.#outgoing;
    if (outgoing.length > 0) this.#outgoing = [];
    let first = 0;
    let pendingSack = sack;
    while (first < outgoing.length || pendingSack !== undefined) {
      let length = PACKET_HEADER_OCTETS + (pendingSack?.length ?? 0);
      let last = first;
      while (last < outgoing.length && length + outgoing[last]!.size <= this.#packetOctetsMax) {
        length += outgoing[last]!.size;
        last++;
      }
      // A chunk never exceeds a packet; it may exceed what a SACK leaves of one.
      this.#sendPacket(length, pendingSack, outgoing, first, last);
      pendingSack = undefined;
      first = last;
    }
  }

  /** Ends every timer; nothing comes of this object any more. */
  stop(): void {
    this.#stopped = true;
    this.state = 'CLOSED';
    this._down();
    this.#outgoing = [];
    this.#sack = undefined;
    this.#held.length = 0;
    this.sent = {};
    this.removeAllListeners();
  }

  #isStopped(): boolean {
    return this.#stopped;
  }

  #acknowledge(cumulative: number, window: number, blocks: { start: number; finish: number }[]): void {
    const flightBefore = this.flightsize;
    const cwndBefore = this.cwnd;
    const advanced = cumulative !== this.#acknowledged;
    const used = flightBefore + this.PMTU > cwndBefore;
    this.#acknowledged = cumulative;
    this.onSack({
      a_rwnd: window,
      c_tsn_ack: cumulative,
      sack_info: { gap_blocks: blocks, duplicate_tsn: [] },
    });
    if (this.#isStopped()) return;
    this.#countFlight();
    // The window that the peer offers is what it has beside the octets still under way to it (RFC 9260 §6.2.1 D).
    if (advanced && !this.fastRecovery && this.cwnd >= cwndBefore) {
      this.cwnd = cwndBefore + (used ? this.#growth(Math.max(0, flightBefore - this.flightsize)) : 0);
    }
    this._retransmit();
    this.#events.progressed();
  }

  /** RFC 9260 §7.2.1, §7.2.2: slow start by what was acknowledged, then a packet per window. */
  #growth(acknowledgedOctets: number): number {
    if (this.cwnd <= this.ssthresh) return Math.min(acknowledgedOctets, this.PMTU);
    this.#partialAcknowledged += acknowledgedOctets;
    if (this.#partialAcknowledged < this.cwnd) return 0;
    this.#partialAcknowledged -= this.cwnd;
    return this.PMTU;
  }

  #countFlight(): void {
    let flight = 0;
    for (const tsn in this.sent) {
      const one = this.sent[tsn] as Outgoing;
      if (!one.retransmit) flight += one.size;
    }
    for (const one of this.#outgoing) if (one.tsn === null) flight += one.size;
    this.flightsize = flight;
  }

  #sendPacket(
    length: number,
    sack: Buffer | undefined,
    outgoing: readonly Outgoing[],
    first: number,
    last: number,
  ): void {
    const octets = Buffer.allocUnsafe(length);
    let at = PACKET_HEADER_OCTETS;
    if (sack !== undefined) {
      octets.set(sack, at);
      at += sack.length;
    }
    let data = false;
    for (let index = first; index < last; index++) {
      const one = outgoing[index]!;
      one.queued = false;
      if (one.tsn === null) {
        const tsn = this.my_next_tsn.number;
        one.tsn = tsn;
        this.my_next_tsn.inc(1);
        this.#highestSent = tsn;
        this.sent[tsn] = one;
        // Only what is sent for the first time measures the round trip (RFC 9260 §6.3.1 C5).
        if (this.rtoPending === false) {
          this.rtoPending = { tsn: new SerialNumber(tsn), sent: new Date() };
        }
      } else if (this.sent[one.tsn] !== one) continue;
      else this.#events.count('sctp.data.retransmitted');
      data = true;
      const flags =
        (one.flags.E ? dataFlag.E : 0) | (one.flags.B ? dataFlag.B : 0) | (one.flags.U ? dataFlag.U : 0);
      at = writeData(octets, at, flags, one.tsn, one.stream_id, one.ssn, one.ppid, one.user_data);
    }
    if (at === PACKET_HEADER_OCTETS) return;
    if (data) this._startT3();
    this.#events.send(at === length ? octets : octets.subarray(0, at));
  }

  /** Instead of the library's queue with its timer per chunk. Control chunks are the association's, not its. */
  override _sendChunk(type: string, options: unknown): void {
    if (this.#stopped) return;
    if (type === 'sack') {
      this.#sack = options as Sack;
      this.#events.progressed();
    } else if (type === 'data') this.#queue(options as Outgoing);
  }

  #queue(one: Outgoing): void {
    if (typeof one.tsn === 'number') {
      one.retransmit = false;
      one.fastRetransmit = false;
      one.losses = 0;
      // A round trip that includes a retransmission says nothing (RFC 9260 §6.3.1 C5).
      if (this.rtoPending !== false && this.rtoPending.tsn.number === one.tsn) this.rtoPending = false;
      if (!one.queued) {
        one.queued = true;
        this.#outgoing.push(one);
      }
      return;
    }
    const size = padded(DATA_HEADER_OCTETS + one.user_data.length);
    this.#outgoing.push({
      flags: one.flags,
      tsn: null,
      stream_id: one.stream_id,
      ssn: one.ssn,
      ppid: one.ppid,
      user_data: one.user_data,
      size,
      losses: 0,
      retransmit: false,
      fastRetransmit: false,
      queued: true,
    });
    this.flightsize += size;
  }

  override _bundle(): void {
    this.flush();
  }

  /** What is marked goes again as the congestion window allows, the earliest first (RFC 9260 §6.1 C). */
  override _retransmit(): void {
    if (this.flightsize >= this.cwnd) return;
    for (const tsn in this.sent) {
      const one = this.sent[tsn] as Outgoing;
      if (!one.retransmit) continue;
      this.#queue(one);
      this.flightsize += one.size;
      if (this.flightsize >= this.cwnd) return;
    }
  }

  override _fastRetransmit(): boolean | undefined {
    this.#events.count('sctp.fast-retransmit');
    this.#partialAcknowledged = 0;
    const full = super._fastRetransmit();
    // What did not fit the one packet goes as the window allows, not with the next loss.
    for (const tsn in this.sent) {
      const one = this.sent[tsn] as Outgoing;
      if (one.fastRetransmit) one.retransmit = true;
    }
    return full;
  }

  override _expireT3(): void {
    const open = !this.isIdle;
    this.#partialAcknowledged = 0;
    super._expireT3();
    if (!open) return;
    this.#events.count('sctp.t3.expired');
    this.#countFlight();
    this.#events.timedOut();
    if (!this.#isStopped()) this.#events.progressed();
  }

  override _deliver(message: Buffer, stream: number, ppid: number): void {
    if (this.#stopped) return;
    if (stream >= this.#inboundStreams) {
      // Acknowledged like any other, or the peer would send it for ever (RFC 9260 §6.5).
      this.#events.count('sctp.data.invalid-stream');
    } else if (this.#paused || this.#held.length > 0) {
      this.#held.push({ message, stream, ppid });
      this.reassembly.rwnd -= message.length + HELD_OVERHEAD_OCTETS;
    } else this.#events.message(message, stream, ppid);
    if (!this.#isStopped()) this.scheduleSack();
  }
}

function encodeSack(sack: Sack): Buffer {
  const gaps = sack.sack_info?.gap_blocks ?? [];
  const duplicates = sack.sack_info?.duplicate_tsn ?? [];
  const gapCount = Math.min(gaps.length, GAP_BLOCKS_MAX);
  const value = Buffer.alloc(12 + 4 * (gapCount + duplicates.length));
  value.writeUInt32BE(sack.c_tsn_ack, 0);
  value.writeUInt32BE(sack.a_rwnd, 4);
  value.writeUInt16BE(gapCount, 8);
  value.writeUInt16BE(duplicates.length, 10);
  let at = 12;
  for (let index = 0; index < gapCount; index++, at += 4) {
    value.writeUInt16BE(gaps[index]!.start, at);
    value.writeUInt16BE(gaps[index]!.finish, at + 2);
  }
  for (const tsn of duplicates) at = value.writeUInt32BE(tsn, at);
  return chunk(chunkType.SACK, 0, value);
}
