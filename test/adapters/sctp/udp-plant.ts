/** `sctp` over UDP sockets that a test can make lose what it likes. */
import { type DatagramSocket, openDatagramSocket } from '../../../src/adapters/sctp/udp/datagram-socket.ts';
import type { SctpParameters } from '../../../src/adapters/sctp/udp/parameters.ts';
import { UdpSctpPort } from '../../../src/adapters/sctp/udp/port.ts';
import { chunkType, PACKET_HEADER_OCTETS, padded } from '../../../src/stack/sctp/chunk.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { Recorder } from './recorder.ts';

export const HOST = '127.0.0.1';

/** Quick timers, so that a test of what happens at their end is quick. */
const QUICK: Partial<SctpParameters> = {
  rtoInitialMs: 100,
  rtoMinMs: 100,
  rtoMaxMs: 400,
  heartbeatMs: 100,
  retransmissionsMax: 3,
  initRetransmissionsMax: 3,
};

export interface Node {
  readonly port: UdpSctpPort;
  readonly counters: CountersMap;
  /** Whether a packet that leaves this node is lost. */
  loses: (packet: Buffer) => boolean;
  /** Everything is lost, both ways, from now on. */
  silent: boolean;
  /** Milliseconds that this node's clock is ahead. */
  aheadMs: number;
  /** Gives the node's sockets a packet as if it had come from there. */
  inject: (packet: Buffer, udpPort: number) => void;
  /** The last packet that left, and the UDP port it went to. */
  lastSent: { packet: Buffer; udpPort: number } | undefined;
}

export function makeNode(parameters: Partial<SctpParameters> = {}): Node {
  const counters = new CountersMap();
  const sockets = new Set<DatagramSocket>();
  const node: Node = {
    port: new UdpSctpPort({
      ...QUICK,
      ...parameters,
      counters,
      clock: { now: () => Date.now(), monotonic: () => performance.now() + node.aheadMs },
      openSocket: (family) => lossy(openDatagramSocket(family), node, sockets),
    }),
    counters,
    loses: () => false,
    silent: false,
    aheadMs: 0,
    inject: (packet, udpPort) => {
      for (const socket of sockets) socket.onMessage(packet, HOST, udpPort);
    },
    lastSent: undefined,
  };
  return node;
}

function lossy(socket: DatagramSocket, node: Node, sockets: Set<DatagramSocket>): DatagramSocket {
  const self: DatagramSocket = {
    bind: (port, host) => socket.bind(port, host),
    send: (octets, port, address) => {
      node.lastSent = { packet: octets, udpPort: port };
      if (!node.silent && !node.loses(octets)) socket.send(octets, port, address);
    },
    onMessage: () => undefined,
    close: () => {
      sockets.delete(self);
      socket.close();
    },
  };
  sockets.add(self);
  socket.onMessage = (octets, address, port) => {
    if (!node.silent) self.onMessage(octets, address, port);
  };
  return self;
}

export function firstChunk(packet: Buffer): number {
  return packet[PACKET_HEADER_OCTETS]!;
}

/** Two nodes with an association between them. */
export async function connected(
  clientParameters: Partial<SctpParameters> = {},
  serverParameters: Partial<SctpParameters> = clientParameters,
) {
  const client = makeNode(clientParameters);
  const server = makeNode(serverParameters);
  const clientUser = new Recorder();
  const serverUser = new Recorder();
  const listener = await server.port.listen({ host: HOST, port: 0 }, serverUser);
  const association = client.port.connect({ host: HOST, port: listener.port }, clientUser);
  const accepted = await serverUser.firstUp();
  await clientUser.firstUp();
  const clientUdpPort = Number(accepted.peer.split(':')[1]);
  return {
    client,
    server,
    clientUser,
    serverUser,
    association,
    accepted,
    listener,
    clientUdpPort,
    close: async () => {
      await client.port.close();
      await server.port.close();
    },
  };
}

/** TSN of the last DATA chunk of a packet; undefined when it has none. */
export function lastTsn(packet: Buffer): number | undefined {
  let tsn: number | undefined;
  for (let at = PACKET_HEADER_OCTETS; at < packet.length; at += padded(packet.readUInt16BE(at + 2))) {
    if (packet[at] === chunkType.DATA) tsn = packet.readUInt32BE(at + 4);
  }
  return tsn;
}

/** Loses the first `count` packets that begin with a chunk of this type. */
export function losesFirst(type: keyof typeof chunkType, count = 1): (packet: Buffer) => boolean {
  let left = count;
  return (packet) => firstChunk(packet) === chunkType[type] && left-- > 0;
}
