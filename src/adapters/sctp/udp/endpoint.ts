/**
 * One UDP socket with its table of peers: the gate that every packet passes. A packet is checked as a whole
 * (`checkPacket`), then its verification tag (RFC 9260 §8.5), and only then its association acts on it. INITs are
 * answered from a cookie and cost no memory; what belongs to no association is answered as §8.4 says, a bounded number of
 * times a second.
 *
 * non-standard: an association is found by the peer's UDP port too, not by its address and SCTP port alone
 * (RFC 6951 §5.4), so that several peers behind one address may share an SCTP port. A peer whose UDP port changes is lost
 * and comes back as a new one.
 */
import { randomBytes } from 'node:crypto';
import {
  causeCode,
  checkPacket,
  chunk,
  chunkType,
  FLAG_T,
  type Init,
  initChunk,
  packet as makePacket,
  PACKET_HEADER_OCTETS,
  padded,
  parameterType,
  readInit,
  readInitParameters,
  tagLengthValue,
} from '../../../stack/sctp/chunk.ts';
import type { SctpUser } from '../../../stack/sctp/port.ts';
import type { Counters } from '../../../types/counters.ts';
import { type AssociationHost, abortFlags, type Path, UdpAssociation } from './association.ts';
import { type Cookie, CookieJar } from './cookie.ts';
import type { DatagramSocket } from './datagram-socket.ts';
import type { SctpParameters } from './parameters.ts';
import { TokenBucket } from './token-bucket.ts';

export interface Listening {
  readonly user: SctpUser;
  readonly streams: number;
  readonly associationsMax: number;
}

const REPORT_OCTETS_MAX = 512;

export class UdpEndpoint implements AssociationHost {
  readonly localSctpPort: number;
  listening: Listening | undefined;

  readonly #socket: DatagramSocket;
  readonly #parameters: SctpParameters;
  readonly #counters: Counters;
  readonly #nextId: () => number;
  readonly #emptied: () => void;
  readonly #byTag = new Map<number, UdpAssociation>();
  readonly #byPath = new Map<string, UdpAssociation>();
  readonly #cookies: CookieJar;
  readonly #inits: TokenBucket;
  readonly #strays: TokenBucket;

  constructor(
    socket: DatagramSocket,
    parameters: SctpParameters,
    counters: Counters,
    now: () => number,
    nextId: () => number,
    emptied: () => void,
  ) {
    this.#socket = socket;
    this.#parameters = parameters;
    this.#counters = counters;
    this.#nextId = nextId;
    this.#emptied = emptied;
    this.localSctpPort = parameters.sctpPort;
    this.#cookies = new CookieJar(now);
    this.#inits = new TokenBucket(parameters.initsPerSecond, now);
    this.#strays = new TokenBucket(parameters.initsPerSecond, now);
    socket.onMessage = (octets, address, udpPort) => this.#take(octets, address, udpPort);
  }

  get isEmpty(): boolean {
    return this.#byTag.size === 0;
  }

  get associations(): UdpAssociation[] {
    return [...this.#byTag.values()];
  }

  /** An association for an attempt of ours; undefined when there is one on this path already. */
  open(path: Path, user: SctpUser, streams: number): UdpAssociation | undefined {
    if (this.#byPath.has(keyOf(path))) return undefined;
    return this.#add(path, user, streams, this.#newTag());
  }

  close(): void {
    this.#socket.close();
  }

  send(packet: Buffer, path: Path): void {
    this.#counters.count('sctp.packet.sent');
    this.#socket.send(packet, path.udpPort, path.address);
  }

  retag(association: UdpAssociation, oldTag: number): void {
    this.#byTag.delete(oldTag);
    this.#byTag.set(association.ownTag, association);
  }

  forget(association: UdpAssociation): void {
    this.#byTag.delete(association.ownTag);
    this.#byPath.delete(keyOf(association.path));
    if (this.#byTag.size === 0) this.#emptied();
  }

  #take(packet: Buffer, address: string, udpPort: number): void {
    this.#counters.count('sctp.packet.received');
    const checked = checkPacket(packet);
    if (!checked.ok) {
      this.#counters.count(checked.code);
      return;
    }
    if (packet.readUInt16BE(2) !== this.localSctpPort) {
      this.#counters.count('sctp.packet.other-port');
      return;
    }
    const sctpPort = packet.readUInt16BE(0);
    const tag = packet.readUInt32BE(4);
    if (tag === 0) {
      this.#takeInit(packet, { address, udpPort, sctpPort }, checked.value);
      return;
    }
    const association = this.#byTag.get(tag);
    if (association !== undefined && isFrom(association.path, address, udpPort, sctpPort)) {
      this.#takeOwn(packet, association);
      return;
    }
    this.#takeStray(packet, { address, udpPort, sctpPort }, tag);
  }

  /** A packet with the tag of its association. */
  #takeOwn(packet: Buffer, association: UdpAssociation): void {
    const abort = abortFlags(packet, PACKET_HEADER_OCTETS);
    if (abort !== -1) {
      // With the T bit the tag would have to be the peer's (RFC 9260 §8.5.1).
      if (abort === 0) association.takeAbort();
      else this.#counters.count('sctp.packet.tag');
      return;
    }
    const first = packet[PACKET_HEADER_OCTETS]!;
    if (first === chunkType.COOKIE_ECHO) this.#takeCookieEcho(packet, association.path);
    else if (first === chunkType.SHUTDOWN_COMPLETE) association.takeShutdownComplete();
    else association.take(packet, PACKET_HEADER_OCTETS);
  }

  /** A packet whose tag is not that of an association on its path (RFC 9260 §8.4, §8.5.1). */
  #takeStray(packet: Buffer, path: Path, tag: number): void {
    const association = this.#byPath.get(keyOf(path));
    const first = packet[PACKET_HEADER_OCTETS]!;
    const abort = abortFlags(packet, PACKET_HEADER_OCTETS);
    if (association !== undefined && association.peerTag === tag) {
      if (abort === FLAG_T) {
        association.takeAbort();
        return;
      }
      if (first === chunkType.SHUTDOWN_COMPLETE && (packet[PACKET_HEADER_OCTETS + 1]! & FLAG_T) !== 0) {
        association.takeShutdownComplete();
        return;
      }
    }
    if (first === chunkType.COOKIE_ECHO && abort === -1) {
      this.#takeCookieEcho(packet, path);
      return;
    }
    this.#counters.count(association === undefined ? 'sctp.packet.stray' : 'sctp.packet.tag');
    if (abort !== -1) return;
    if (association !== undefined) {
      // An attempt of ours meets the end of an association that the peer still knows (RFC 9260 §8.5.1 E).
      const opening = association.state === 'COOKIE-WAIT' || association.state === 'COOKIE-ECHOED';
      if (opening && first === chunkType.SHUTDOWN_ACK) {
        this.#answer(path, tag, chunk(chunkType.SHUTDOWN_COMPLETE, FLAG_T));
      }
      return;
    }
    if (
      first === chunkType.SHUTDOWN_COMPLETE ||
      first === chunkType.COOKIE_ACK ||
      first === chunkType.ERROR ||
      first === chunkType.INIT_ACK
    ) {
      return;
    }
    const answer = first === chunkType.SHUTDOWN_ACK ? chunkType.SHUTDOWN_COMPLETE : chunkType.ABORT;
    this.#answer(path, tag, chunk(answer, FLAG_T));
  }

  /** RFC 9260 §5.1 B, §5.2.1, §5.2.2. */
  #takeInit(packet: Buffer, path: Path, chunks: number): void {
    const at = PACKET_HEADER_OCTETS;
    if (packet[at] !== chunkType.INIT || chunks !== 1) {
      this.#counters.count('sctp.packet.tag');
      return;
    }
    const init = readInit(packet, at);
    if (init.initiateTag === 0) {
      this.#counters.count('sctp.init.tag-zero');
      return;
    }
    if (!this.#inits.take()) {
      this.#counters.count('sctp.init.flood');
      return;
    }
    const { unrecognized, hostNameAddress } = readInitParameters(packet, at);
    const association = this.#byPath.get(keyOf(path));
    const refusal = this.#refusal(init, hostNameAddress, association);
    if (refusal !== undefined) {
      this.#answer(path, init.initiateTag, chunk(chunkType.ABORT, 0, refusal));
      return;
    }
    const state = association?.state;
    if (association !== undefined && state === 'SHUTDOWN-ACK-SENT') {
      // RFC 9260 §9.2: the peer lost our SHUTDOWN ACK, say it again.
      this.#answer(path, association.peerTag, chunk(chunkType.SHUTDOWN_ACK, 0));
      return;
    }
    const collides = state === 'COOKIE-WAIT' || state === 'COOKIE-ECHOED';
    const ownTag = association !== undefined && collides ? association.ownTag : this.#newTag();
    const known = association !== undefined && state !== 'COOKIE-WAIT';
    const cookie: Cookie = {
      ownTag,
      peer: init,
      ownTieTag: known ? association.ownTag : 0,
      peerTieTag: known ? association.peerTag : 0,
    };
    const streams = this.listening?.streams ?? association?.outboundStreams ?? 1;
    const own: Init = {
      initiateTag: ownTag,
      advertisedWindow: this.#parameters.windowOctets,
      outboundStreams: streams,
      inboundStreams: streams,
      initialTsn: ownTag,
    };
    const parameters = [
      tagLengthValue(parameterType.STATE_COOKIE, this.#cookies.seal(cookie, this.#cookiePath(path))),
    ];
    let reported = 0;
    for (const parameter of unrecognized) {
      reported += parameter.length;
      if (reported > REPORT_OCTETS_MAX) break;
      parameters.push(tagLengthValue(parameterType.UNRECOGNIZED_PARAMETER, parameter));
    }
    this.#answer(path, init.initiateTag, initChunk(chunkType.INIT_ACK, own, parameters));
  }

  /** The error cause with which an INIT is refused. */
  #refusal(init: Init, hostName: boolean, association: UdpAssociation | undefined): Buffer | undefined {
    const cause = (code: number) => tagLengthValue(code, Buffer.alloc(0));
    if (init.outboundStreams === 0 || init.inboundStreams === 0 || init.advertisedWindow < 1500) {
      this.#counters.count('sctp.init.unacceptable');
      return cause(causeCode.INVALID_MANDATORY_PARAMETER);
    }
    if (hostName) {
      this.#counters.count('sctp.init.unacceptable');
      return cause(causeCode.UNRESOLVABLE_ADDRESS);
    }
    if (association !== undefined) return undefined;
    if (this.listening === undefined) {
      this.#counters.count('sctp.association.refused');
      return cause(causeCode.USER_INITIATED_ABORT);
    }
    if (this.#byTag.size >= this.listening.associationsMax) {
      this.#counters.count('sctp.association.refused.bound');
      return cause(causeCode.OUT_OF_RESOURCE);
    }
    return undefined;
  }

  /** RFC 9260 §5.1 D, §5.2.4. */
  #takeCookieEcho(packet: Buffer, path: Path): void {
    const at = PACKET_HEADER_OCTETS;
    const length = packet.readUInt16BE(at + 2);
    const opened = this.#cookies.open(packet.subarray(at + 4, at + length), this.#cookiePath(path));
    if (opened === undefined || opened.cookie.ownTag !== packet.readUInt32BE(4)) {
      this.#counters.count('sctp.cookie.unknown');
      return;
    }
    const { cookie, lateMs } = opened;
    let association = this.#byPath.get(keyOf(path));
    const sameOwn = association?.ownTag === cookie.ownTag;
    const samePeer = association?.peerTag === cookie.peer.initiateTag;
    if (lateMs > 0 && !(sameOwn && samePeer)) {
      this.#counters.count('sctp.cookie.stale');
      const staleness = Buffer.alloc(4);
      staleness.writeUInt32BE(Math.min(lateMs * 1000, 0xffffffff));
      const error = chunk(chunkType.ERROR, 0, tagLengthValue(causeCode.STALE_COOKIE, staleness));
      this.#answer(path, cookie.peer.initiateTag, error);
      return;
    }
    let restart = false;
    if (association === undefined) {
      const refusal = this.#refusal(cookie.peer, false, undefined);
      if (refusal !== undefined || this.listening === undefined || this.#byTag.has(cookie.ownTag)) {
        this.#answer(path, cookie.peer.initiateTag, chunk(chunkType.ABORT, 0, refusal ?? Buffer.alloc(0)));
        return;
      }
      association = this.#add(path, this.listening.user, this.listening.streams, cookie.ownTag);
    } else if (!sameOwn) {
      restart =
        !samePeer && cookie.ownTieTag === association.ownTag && cookie.peerTieTag === association.peerTag;
      if (!restart) {
        this.#counters.count('sctp.cookie.late');
        return;
      }
    }
    association.takeCookie(cookie, restart);
    const rest = at + padded(length);
    if (rest < packet.length) association.take(packet, rest);
  }

  #add(path: Path, user: SctpUser, streams: number, ownTag: number): UdpAssociation {
    const association = new UdpAssociation({
      id: this.#nextId(),
      host: this,
      path,
      user,
      counters: this.#counters,
      parameters: this.#parameters,
      streams,
      ownTag,
    });
    this.#byTag.set(ownTag, association);
    this.#byPath.set(keyOf(path), association);
    return association;
  }

  #answer(path: Path, tag: number, answer: Buffer): void {
    if (!this.#strays.take()) {
      this.#counters.count('sctp.answer.flood');
      return;
    }
    this.send(makePacket(this.localSctpPort, path.sctpPort, tag, answer), path);
  }

  #cookiePath(path: Path): string {
    return `${keyOf(path)} ${this.localSctpPort}`;
  }

  /** Random, so that nobody off the path can guess it (RFC 9260 §5.3.1), and not in use. */
  #newTag(): number {
    for (;;) {
      const tag = randomBytes(4).readUInt32BE(0);
      if (tag !== 0 && !this.#byTag.has(tag)) return tag;
    }
  }
}

function keyOf(path: Path): string {
  return `${path.address} ${path.udpPort} ${path.sctpPort}`;
}

function isFrom(path: Path, address: string, udpPort: number, sctpPort: number): boolean {
  return path.udpPort === udpPort && path.sctpPort === sctpPort && path.address === address;
}
