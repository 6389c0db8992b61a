/**
 * A wire of UDP between a client and a server, which loses, doubles, delays and reorders what passes, cuts, and speaks ABORT in the
 * name of either end. Towards the server it always has the same port: a client that starts anew looks like the same host.
 */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { chunk, chunkType, PACKET_HEADER_OCTETS, packet, readInit } from '../../src/stack/sctp/chunk.ts';
import { type Random, randomBelow, randomFraction } from '../../src/types/random.ts';

/** Fractions of the packets, 0 … 1, each way. */
export interface WireWeather {
  readonly loss: number;
  readonly duplicates: number;
  /** Held back, so that others overtake them. */
  readonly delayed: number;
  readonly delayMaxMs: number;
}

export const CALM: WireWeather = { loss: 0, duplicates: 0, delayed: 0, delayMaxMs: 0 };

interface End {
  readonly name: 'client' | 'server';
  readonly socket: Socket;
  /** Where its packets are to go. */
  port: number;
  /** Its SCTP port, and the verification tag of packets to it. */
  sctpPort: number;
  tag: number;
}

/** Packets that are held back at once. */
const HELD_MAX = 10_000;

export class UdpWire {
  weather: WireWeather = CALM;
  /** Nothing passes. */
  isCut = false;
  readonly counts = { passed: 0, lost: 0, duplicated: 0, delayed: 0, cut: 0 };
  readonly #random: Random;
  readonly #client: End;
  readonly #server: End;
  readonly #held = new Set<NodeJS.Timeout>();

  static async start(serverPort: number, random: Random): Promise<UdpWire> {
    const sockets = [createSocket('udp4'), createSocket('udp4')] as const;
    for (const socket of sockets) {
      socket.bind(0, '127.0.0.1');
      await once(socket, 'listening');
    }
    return new UdpWire(sockets[0], sockets[1], serverPort, random);
  }

  private constructor(front: Socket, back: Socket, serverPort: number, random: Random) {
    this.#random = random;
    this.#client = { name: 'client', socket: front, port: 0, sctpPort: 0, tag: 0 };
    this.#server = { name: 'server', socket: back, port: serverPort, sctpPort: 0, tag: 0 };
    front.on('message', (octets, { port }) => {
      this.#client.port = port;
      this.#take(octets, this.#client, this.#server);
    });
    back.on('message', (octets) => this.#take(octets, this.#server, this.#client));
    // What nobody listens to comes back as refused.
    for (const socket of [front, back]) socket.on('error', () => undefined);
  }

  /** What the client connects to. */
  get port(): number {
    return this.#client.socket.address().port;
  }

  /** An end is told, in the name of the other one, that the association is aborted (RFC 9260 §3.3.7). */
  abort(end: 'client' | 'server'): void {
    const [to, from] = end === 'client' ? [this.#client, this.#server] : [this.#server, this.#client];
    this.#send(packet(from.sctpPort, to.sctpPort, to.tag, chunk(chunkType.ABORT, 0)), to);
  }

  async close(): Promise<void> {
    for (const timer of this.#held) clearTimeout(timer);
    for (const { socket } of [this.#client, this.#server]) {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    }
  }

  #take(octets: Buffer, from: End, to: End): void {
    this.#learn(octets, from, to);
    const { weather, counts } = this;
    if (this.isCut) {
      counts.cut++;
      return;
    }
    if (randomFraction(this.#random) < weather.loss) {
      counts.lost++;
      return;
    }
    this.#pass(octets, to);
    if (randomFraction(this.#random) >= weather.duplicates) return;
    counts.duplicated++;
    this.#pass(octets, to);
  }

  #pass(octets: Buffer, to: End): void {
    const { weather, counts } = this;
    if (randomFraction(this.#random) >= weather.delayed || this.#held.size >= HELD_MAX) {
      counts.passed++;
      this.#send(octets, to);
      return;
    }
    counts.delayed++;
    const timer = setTimeout(() => {
      this.#held.delete(timer);
      this.#send(octets, to);
    }, 1 + randomBelow(this.#random, weather.delayMaxMs));
    this.#held.add(timer);
  }

  /** Tags and ports, from the packets that set an association up. */
  #learn(octets: Buffer, from: End, to: End): void {
    if (octets.length < PACKET_HEADER_OCTETS + 20) return;
    const type = octets[PACKET_HEADER_OCTETS];
    if (type !== chunkType.INIT && type !== chunkType.INIT_ACK) return;
    from.sctpPort = octets.readUInt16BE(0);
    to.sctpPort = octets.readUInt16BE(2);
    from.tag = readInit(octets, PACKET_HEADER_OCTETS).initiateTag;
  }

  #send(octets: Buffer, to: End): void {
    if (to.port !== 0) to.socket.send(octets, to.port, '127.0.0.1');
  }
}
