/** `sctp` over UDP sockets that a test can make lose what it likes. */
import { type DatagramSocket, openDatagramSocket } from '../../../src/adapters/sctp/udp/datagram-socket.ts';
import type { SctpParameters } from '../../../src/adapters/sctp/udp/parameters.ts';
import { UdpSctpPort } from '../../../src/adapters/sctp/udp/port.ts';
import { chunkType, PACKET_HEADER_OCTETS } from '../../../src/stack/sctp/chunk.ts';
import { CountersMap } from '../../../src/types/counters.ts';

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
}

export function makeNode(parameters: Partial<SctpParameters> = {}): Node {
  const counters = new CountersMap();
  const node: Node = {
    port: new UdpSctpPort({
      ...QUICK,
      ...parameters,
      counters,
      clock: { now: () => Date.now(), monotonic: () => performance.now() },
      openSocket: (family) => lossy(openDatagramSocket(family), node),
    }),
    counters,
    loses: () => false,
    silent: false,
  };
  return node;
}

function lossy(socket: DatagramSocket, node: Node): DatagramSocket {
  const self: DatagramSocket = {
    bind: (port, host) => socket.bind(port, host),
    send: (octets, port, address) => {
      if (!node.silent && !node.loses(octets)) socket.send(octets, port, address);
    },
    onMessage: () => undefined,
    close: () => socket.close(),
  };
  socket.onMessage = (octets, address, port) => {
    if (!node.silent) self.onMessage(octets, address, port);
  };
  return self;
}

export function firstChunk(packet: Buffer): number {
  return packet[PACKET_HEADER_OCTETS]!;
}

/** Loses the first `count` packets that begin with a chunk of this type. */
export function losesFirst(type: keyof typeof chunkType, count = 1): (packet: Buffer) => boolean {
  let left = count;
  return (packet) => firstChunk(packet) === chunkType[type] && left-- > 0;
}
