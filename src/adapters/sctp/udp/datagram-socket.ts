/** A UDP socket as the endpoint sees it, so that a test can lose what it likes. */
import dgram from 'node:dgram';

export interface DatagramSocket {
  /** Binds to `host`; port 0 is any free one. Rejects with the system's error. */
  bind(port: number, host: string): Promise<number>;
  /** `address` is numeric. What cannot be sent is lost, as on any network. */
  send(octets: Buffer, port: number, address: string): void;
  onMessage: (octets: Buffer, address: string, port: number) => void;
  close(): void;
}

/** Asked for; many systems grant 208 KiB, and nothing depends on more. */
const BUFFER_OCTETS = 4 * 1_048_576;

export function openDatagramSocket(family: 4 | 6): DatagramSocket {
  const socket = dgram.createSocket({
    type: family === 6 ? 'udp6' : 'udp4',
    // Addresses are numeric: a look-up would only put off each datagram by a turn of the loop.
    lookup: (address, _options, callback) => callback(null, address, family),
  });
  let open = true;
  const self: DatagramSocket = {
    bind: (port, host) =>
      new Promise((resolve, reject) => {
        socket.once('error', reject);
        socket.bind(port, host, () => {
          socket.off('error', reject);
          // Errors of a bound UDP socket are a datagram that came to nothing: retransmission sees to it.
          socket.on('error', () => undefined);
          growBuffers(socket);
          resolve(socket.address().port);
        });
      }),
    send: (octets, port, address) => {
      if (open) socket.send(octets, port, address, () => undefined);
    },
    onMessage: () => undefined,
    close: () => {
      if (!open) return;
      open = false;
      socket.close();
    },
  };
  socket.on('message', (octets, from) => {
    if (open) self.onMessage(octets, from.address, from.port);
  });
  return self;
}

function growBuffers(socket: dgram.Socket): void {
  try {
    socket.setRecvBufferSize(BUFFER_OCTETS);
    socket.setSendBufferSize(BUFFER_OCTETS);
  } catch {
    // The system's own sizes, then.
  }
}
