/**
 * One SCTP association over UDP: the state machine of `association-fsm.ts`, its timers, heartbeats, the bounded send
 * queue, and data transfer (`data-transfer.ts`) under it.
 */
import { randomBytes } from 'node:crypto';
import {
  type AssociationAction,
  type AssociationEvent,
  type AssociationState,
  associationTable,
} from '../../../stack/sctp/association-fsm.ts';
import {
  causeCode,
  chunk,
  chunkType,
  DATA_HEADER_OCTETS,
  FLAG_T,
  hasCause,
  type Init,
  initChunk,
  packet as makePacket,
  padded,
  parameterType,
  sealPacket,
  tagLengthValue,
} from '../../../stack/sctp/chunk.ts';
import type { SctpAssociation, SctpDownReason, SctpUser } from '../../../stack/sctp/port.ts';
import type { Counters } from '../../../types/counters.ts';
import { Fsm } from '../../../types/fsm.ts';
import type { Cookie } from './cookie.ts';
import { DataTransfer } from './data-transfer.ts';
import { readInitAck } from './init-ack.ts';
import type { SctpParameters } from './parameters.ts';
import { SendQueue } from './send-queue.ts';

/** Where the peer is: IP address, UDP port, SCTP port. */
export interface Path {
  readonly address: string;
  readonly udpPort: number;
  readonly sctpPort: number;
}

/** What the endpoint does for its associations. */
export interface AssociationHost {
  readonly localSctpPort: number;
  send(packet: Buffer, path: Path): void;
  retag(association: UdpAssociation, oldTag: number): void;
  forget(association: UdpAssociation): void;
}

export interface AssociationSetup {
  readonly id: number;
  readonly host: AssociationHost;
  readonly path: Path;
  readonly user: SctpUser;
  readonly counters: Counters;
  readonly parameters: SctpParameters;
  readonly streams: number;
  readonly ownTag: number;
}

const fsm = new Fsm(associationTable);
const REPORT_OCTETS_MAX = 512;
const NOTHING = Buffer.alloc(0);

export class UdpAssociation implements SctpAssociation {
  readonly id: number;
  readonly peer: string;
  readonly path: Path;
  ownTag: number;
  peerTag = 0;
  outboundStreams: number;

  readonly #setup: AssociationSetup;
  readonly #queue: SendQueue;
  #state: AssociationState = 'CLOSED';
  #transfer: DataTransfer | undefined;
  #peerInit: Init | undefined;
  #cookieEcho: readonly Buffer[] = [];
  #retransmissions = 0;
  #errors = 0;
  #timer: NodeJS.Timeout | undefined;
  #heartbeatTimer: NodeJS.Timeout | undefined;
  #heartbeatNonce: Buffer | undefined;
  #heard = false;
  #closing = false;
  #aborted = false;
  #blocked = false;
  #scheduled = false;
  #paused = false;
  #resuming = false;
  readonly #actions: Readonly<Record<AssociationAction, () => void>> = {
    'send-init': () => this.#sendInit(),
    'send-cookie-echo': () => this.#sendChunks(...this.#cookieEcho),
    'send-cookie-ack': () => this.#reply(chunkType.COOKIE_ACK),
    'send-shutdown': () => this.#sendShutdown(),
    'send-shutdown-ack': () => this.#reply(chunkType.SHUTDOWN_ACK),
    'send-shutdown-complete': () => this.#reply(chunkType.SHUTDOWN_COMPLETE),
    'send-abort': () => this.#reply(chunkType.ABORT, tagLengthValue(causeCode.USER_INITIATED_ABORT, NOTHING)),
    'send-shutting-down-error': () =>
      this.#reply(chunkType.ERROR, tagLengthValue(causeCode.COOKIE_RECEIVED_WHILE_SHUTTING_DOWN, NOTHING)),
    'start-T1': () => this.#startTimer('T1 expired'),
    'stop-T1': () => clearTimeout(this.#timer),
    'start-T2': () => this.#startTimer('T2 expired'),
    'stop-T2': () => clearTimeout(this.#timer),
    'begin-transfer': () => this.#beginTransfer(),
    'begin-transfer-anew': () => this.#beginTransfer(),
    'take-peer-tag': () => {
      this.peerTag = this.#peerInit?.initiateTag ?? this.peerTag;
    },
    'tell-up': () => {
      this.#count('sctp.association.up');
      this.#setup.user.up(this);
    },
    'tell-restarted': () => {
      this.#count('sctp.association.restarted');
      this.#setup.user.restarted(this);
    },
    'tell-refused': () => this.#end(this.#closing ? 'closed-by-us' : 'refused'),
    'tell-lost': () => this.#end('lost'),
    'tell-aborted': () => this.#end('aborted'),
    'tell-ended': () => {
      if (this.#closing) this.#end('closed-by-us');
      else {
        this.#transfer?.deliverRest();
        this.#end('shutdown');
      }
    },
  };

  constructor(setup: AssociationSetup) {
    this.#setup = setup;
    this.id = setup.id;
    this.path = setup.path;
    this.peer = `${setup.path.address}:${setup.path.udpPort}`;
    this.ownTag = setup.ownTag;
    this.outboundStreams = setup.streams;
    this.#queue = new SendQueue(setup.parameters.queueOctetsMax);
  }

  get state(): AssociationState {
    return this.#state;
  }

  get queuedOctets(): number {
    return this.#queue.octets + (this.#transfer?.unacknowledgedOctets ?? 0);
  }

  send(message: Uint8Array, stream: number, ppid: number): boolean {
    if (stream < 0 || stream >= this.outboundStreams) {
      throw new RangeError(`stream ${stream} of ${this.outboundStreams}`);
    }
    if (this.#state !== 'ESTABLISHED' || message.length === 0) return false;
    if (!this.#queue.add(message, stream, ppid)) {
      this.#blocked = true;
      this.#count('sctp.send.refused');
      return false;
    }
    this.#schedule();
    return true;
  }

  close(): void {
    if (this.#state === 'CLOSED') return;
    this.#closing = true;
    this.#on('SHUTDOWN.req');
    this.#schedule();
  }

  abort(): void {
    this.#aborted = true;
    if (this.#state === 'CLOSED') return;
    this.#closing = true;
    this.#on('ABORT.req');
  }

  pause(): void {
    this.#paused = true;
    this.#transfer?.pause();
  }

  resume(): void {
    this.#paused = false;
    if (this.#resuming) return;
    this.#resuming = true;
    setImmediate(() => {
      this.#resuming = false;
      if (!this.#paused) this.#transfer?.resume();
    });
  }

  /** Sends INIT (RFC 9260 §5.1 A). */
  associate(): void {
    if (this.#state === 'CLOSED' && !this.#closing) this.#on('ASSOCIATE');
  }

  /** An attempt that could not even begin. */
  fail(): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#end('refused');
  }

  /** A cookie of ours came back and is about this association (RFC 9260 §5.1 D, §5.2.4). */
  takeCookie(cookie: Cookie, restart: boolean): void {
    this.#peerInit = cookie.peer;
    if (!restart) {
      this.#on('COOKIE-ECHO');
      return;
    }
    const { ownTag, peerTag } = this;
    this.ownTag = cookie.ownTag;
    this.peerTag = cookie.peer.initiateTag;
    this.#setup.host.retag(this, ownTag);
    this.#on('COOKIE-ECHO restart');
    if (this.#state !== 'SHUTDOWN-ACK-SENT') return;
    // The old association goes on to its end (RFC 9260 §5.2.4 A).
    this.ownTag = ownTag;
    this.peerTag = peerTag;
    this.#setup.host.retag(this, cookie.ownTag);
  }

  /** Acts on the chunks of a checked packet whose verification tag is right, from the chunk at `from` on. */
  take(packet: Buffer, from: number): void {
    this.#heard = true;
    const lastData = lastDataChunk(packet, from);
    for (let at = from; at < packet.length && this.#state !== 'CLOSED'; ) {
      if (!this.#takeChunk(packet, at, at === lastData)) break;
      at += padded(packet.readUInt16BE(at + 2));
    }
    if (lastData !== -1 && this.#state === 'SHUTDOWN-SENT') this.#sendShutdown();
    this.#schedule();
  }

  /** An ABORT whose tag is right, ours or the peer's reflected (RFC 9260 §8.5.1). */
  takeAbort(): void {
    this.#on('ABORT');
  }

  takeShutdownComplete(): void {
    this.#on('SHUTDOWN-COMPLETE');
  }

  /** One chunk; false when the rest of the packet is not to be looked at. */
  #takeChunk(packet: Buffer, at: number, lastData: boolean): boolean {
    const type = packet[at]!;
    switch (type) {
      case chunkType.DATA:
        return this.#takeData(packet, at, lastData);
      case chunkType.SACK:
        // It shows that the peer lives, also while its window is closed (RFC 9260 §6.1 A).
        this.#errors = 0;
        this.#transfer?.takeSack(packet, at);
        return true;
      case chunkType.INIT_ACK:
        this.#takeInitAck(packet, at);
        return false;
      case chunkType.HEARTBEAT:
        // RFC 9260 §8.3: the information comes back as it is.
        if (this.#transfer !== undefined) this.#reply(chunkType.HEARTBEAT_ACK, chunkValue(packet, at));
        return true;
      case chunkType.HEARTBEAT_ACK:
        this.#takeHeartbeatAck(packet, at);
        return true;
      case chunkType.SHUTDOWN:
        this.#transfer?.takeShutdown(packet.readUInt32BE(at + 4));
        this.#on('SHUTDOWN');
        return true;
      case chunkType.SHUTDOWN_ACK:
        this.#on('SHUTDOWN-ACK');
        return true;
      case chunkType.COOKIE_ACK:
        this.#on('COOKIE-ACK');
        return true;
      case chunkType.ERROR:
        this.#count('sctp.error.received');
        if (hasCause(packet, at, causeCode.STALE_COOKIE)) this.#on('STALE-COOKIE');
        return true;
      case chunkType.INIT:
      case chunkType.COOKIE_ECHO:
      case chunkType.ABORT:
      case chunkType.SHUTDOWN_COMPLETE:
        // The endpoint has seen to these where they may stand; here they are out of place.
        this.#count('sctp.chunk.misplaced');
        return false;
      case chunkType.ECNE:
      case chunkType.CWR:
        return true;
      default:
        return this.#takeUnknown(packet, at, type);
    }
  }

  #takeData(packet: Buffer, at: number, last: boolean): boolean {
    const transfer = this.#transfer;
    if (
      transfer === undefined ||
      this.#state === 'SHUTDOWN-RECEIVED' ||
      this.#state === 'SHUTDOWN-ACK-SENT'
    ) {
      this.#count('sctp.data.unexpected');
      return true;
    }
    let cause: Buffer | undefined;
    if (packet.readUInt16BE(at + 2) === DATA_HEADER_OCTETS) {
      cause = tagLengthValue(causeCode.NO_USER_DATA, packet.subarray(at + 4, at + 8));
    } else if (!transfer.takeData(packet, at, last)) {
      cause = tagLengthValue(causeCode.OUT_OF_RESOURCE, NOTHING);
    } else return true;
    this.#count('sctp.data.unacceptable');
    this.#reply(chunkType.ABORT, cause);
    this.#on('ABORT');
    return false;
  }

  #takeInitAck(packet: Buffer, at: number): void {
    if (this.#state !== 'COOKIE-WAIT') return;
    const answer = readInitAck(packet, at);
    if (answer.kind === 'ignored') return this.#count('sctp.init-ack.tag-zero');
    this.peerTag = answer.init.initiateTag;
    if (answer.kind === 'unacceptable') {
      this.#count('sctp.init-ack.unacceptable');
      this.#reply(chunkType.ABORT, answer.cause);
      return this.#on('ABORT');
    }
    this.#peerInit = answer.init;
    this.#cookieEcho = answer.cookieEcho;
    this.#on('INIT-ACK');
  }

  #takeHeartbeatAck(packet: Buffer, at: number): void {
    const value = chunkValue(packet, at);
    if (this.#heartbeatNonce?.equals(value.subarray(4)) !== true) {
      this.#count('sctp.heartbeat.unknown');
      return;
    }
    this.#heartbeatNonce = undefined;
    this.#errors = 0;
  }

  /** RFC 9260 §3.2: the highest two bits of the type say what to do. */
  #takeUnknown(packet: Buffer, at: number, type: number): boolean {
    this.#count('sctp.chunk.unknown');
    const length = packet.readUInt16BE(at + 2);
    if ((type & 0x40) !== 0 && this.#transfer !== undefined && length <= REPORT_OCTETS_MAX) {
      const whole = packet.subarray(at, at + length);
      this.#reply(chunkType.ERROR, tagLengthValue(causeCode.UNRECOGNIZED_CHUNK_TYPE, whole));
    }
    return (type & 0x80) !== 0;
  }

  #on(event: AssociationEvent): void {
    const again = event === 'T1 expired' || event === 'T2 expired' || event === 'STALE-COOKIE';
    if (again) this.#retransmissions++;
    const row = fsm.find(this.#state, event, () => this.#retransmissions <= this.#retransmissionsMax());
    if (row === undefined) {
      this.#count('sctp.event.unexpected');
      return;
    }
    const [, , , actions, to] = row;
    // INIT and COOKIE ECHO share one count: a peer whose cookies are always stale is given up, too.
    if (!again && event !== 'INIT-ACK') this.#retransmissions = 0;
    this.#state = to;
    for (const action of actions) this.#actions[action]();
  }

  #beginTransfer(): void {
    const peer = this.#peerInit!;
    const { parameters, streams } = this.#setup;
    this.#transfer?.stop();
    this.#queue.clear();
    this.#errors = 0;
    this.#heartbeatNonce = undefined;
    this.peerTag = peer.initiateTag;
    this.outboundStreams = Math.min(streams, peer.inboundStreams);
    this.#transfer = new DataTransfer(
      this.#ownInit(),
      peer,
      this.outboundStreams,
      Math.min(streams, peer.outboundStreams),
      parameters,
      {
        send: (packet) => this.#sendSealed(packet),
        message: (message, stream, ppid) => {
          if (!this.#aborted) this.#setup.user.message(this, message, stream, ppid);
        },
        progressed: () => this.#schedule(),
        timedOut: () => this.#countError(),
        count: (name, by) => this.#count(name, by),
      },
    );
    if (this.#paused) this.#transfer.pause();
    clearInterval(this.#heartbeatTimer);
    this.#heartbeatTimer = setInterval(() => this.#heartbeat(), parameters.heartbeatMs);
    this.#tellDrained();
  }

  /** RFC 9260 §8.3: a peer that was quiet for an interval is asked; one that does not answer is counted. */
  #heartbeat(): void {
    const quiet = !this.#heard;
    this.#heard = false;
    if (this.#heartbeatNonce !== undefined) {
      this.#count('sctp.heartbeat.unanswered');
      if (quiet && !this.#countError()) return;
    }
    if (!quiet || this.#state === 'SHUTDOWN-SENT' || this.#state === 'SHUTDOWN-ACK-SENT') return;
    this.#heartbeatNonce = randomBytes(8);
    this.#reply(chunkType.HEARTBEAT, tagLengthValue(parameterType.HEARTBEAT_INFO, this.#heartbeatNonce));
  }

  /** RFC 9260 §8.1; false when that ended the association. */
  #countError(): boolean {
    if (++this.#errors <= this.#setup.parameters.retransmissionsMax) return true;
    this.#on('errors-exceeded');
    return this.#state !== 'CLOSED';
  }

  /** Once per turn of the loop: offers what waits, sends what is ready, looks whether all is acknowledged. */
  #schedule(): void {
    if (this.#scheduled || this.#transfer === undefined) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#work();
    });
  }

  #work(): void {
    const transfer = this.#transfer;
    if (transfer === undefined) return;
    const queue = this.#queue;
    for (let head = queue.head; head !== undefined; head = queue.head) {
      if (!transfer.offer(head.message, head.stream, head.ppid)) break;
      queue.remove();
    }
    transfer.flush();
    this.#tellDrained();
    if (queue.head === undefined && transfer.isIdle) {
      if (this.#state === 'SHUTDOWN-PENDING' || this.#state === 'SHUTDOWN-RECEIVED')
        this.#on('all-acknowledged');
    }
  }

  #tellDrained(): void {
    if (!this.#blocked || this.#state !== 'ESTABLISHED' || !this.#queue.hasRoom) return;
    this.#blocked = false;
    // Not in the upcall of another event, and not once it is over.
    setImmediate(() => {
      if (this.#state === 'ESTABLISHED') this.#setup.user.drained(this);
    });
  }

  #ownInit(): Init {
    const { streams, parameters } = this.#setup;
    return {
      initiateTag: this.ownTag,
      advertisedWindow: parameters.windowOctets,
      outboundStreams: streams,
      inboundStreams: streams,
      initialTsn: this.ownTag,
    };
  }

  #sendInit(): void {
    this.peerTag = 0;
    this.#sendChunks(initChunk(chunkType.INIT, this.#ownInit()));
  }

  #sendShutdown(): void {
    const cumulative = Buffer.alloc(4);
    cumulative.writeUInt32BE(this.#transfer?.cumulativeTsn ?? 0);
    this.#reply(chunkType.SHUTDOWN, cumulative);
  }

  #reply(type: number, value: Uint8Array = NOTHING): void {
    this.#sendChunks(chunk(type, 0, value));
  }

  #sendChunks(...chunks: readonly Buffer[]): void {
    const { host } = this.#setup;
    host.send(makePacket(host.localSctpPort, this.path.sctpPort, this.peerTag, ...chunks), this.path);
  }

  #sendSealed(packet: Buffer): void {
    const { host } = this.#setup;
    sealPacket(packet, host.localSctpPort, this.path.sctpPort, this.peerTag);
    host.send(packet, this.path);
  }

  #retransmissionsMax(): number {
    const { initRetransmissionsMax, retransmissionsMax } = this.#setup.parameters;
    return this.#state === 'COOKIE-WAIT' || this.#state === 'COOKIE-ECHOED'
      ? initRetransmissionsMax
      : retransmissionsMax;
  }

  #startTimer(event: 'T1 expired' | 'T2 expired'): void {
    const { rtoInitialMs, rtoMaxMs } = this.#setup.parameters;
    clearTimeout(this.#timer);
    const waitMs = Math.min(rtoMaxMs, (this.#transfer?.RTO ?? rtoInitialMs) * 2 ** this.#retransmissions);
    this.#timer = setTimeout(() => {
      this.#count(event === 'T1 expired' ? 'sctp.t1.expired' : 'sctp.t2.expired');
      this.#on(event);
    }, waitMs);
  }

  #end(reason: SctpDownReason): void {
    this.#state = 'CLOSED';
    clearTimeout(this.#timer);
    clearInterval(this.#heartbeatTimer);
    this.#transfer?.stop();
    this.#transfer = undefined;
    this.#queue.clear();
    this.#setup.host.forget(this);
    this.#count(`sctp.association.down.${reason}`);
    setImmediate(() => this.#setup.user.down(this, reason));
  }

  #count(name: string, by = 1): void {
    this.#setup.counters.count(name, by);
  }
}

function chunkValue(packet: Buffer, at: number): Buffer {
  return packet.subarray(at + 4, at + packet.readUInt16BE(at + 2));
}

function lastDataChunk(packet: Buffer, from: number): number {
  let last = -1;
  for (let at = from; at < packet.length; at += padded(packet.readUInt16BE(at + 2))) {
    if (packet[at] === chunkType.DATA) last = at;
  }
  return last;
}

/** Whether any chunk of a checked packet is an ABORT, and with which flags: −1 when none is. */
export function abortFlags(packet: Buffer, from: number): number {
  for (let at = from; at < packet.length; at += padded(packet.readUInt16BE(at + 2))) {
    if (packet[at] === chunkType.ABORT) return packet[at + 1]! & FLAG_T;
  }
  return -1;
}
