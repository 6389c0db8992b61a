/** A session of SMPP over TCP or TLS: what the socket has is the session's, and what the session sends goes out once per turn of the loop. */
import type { Socket } from 'node:net';
import { type SessionOptions, type SmppConnection, SmppSession } from '../../stack/smpp/session.ts';
import { SendBatch } from '../sctp/send-batch.ts';

/** How long a peer may take to read what is left when the session is over. */
const CLOSE_MS = 2_000;
const KEEP_ALIVE_MS = 30_000;

class SocketConnection implements SmppConnection {
  readonly #socket: Socket;
  readonly #batch: SendBatch;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.#batch = new SendBatch((octets) => {
      if (socket.writable) socket.write(octets);
    });
  }

  get queuedOctets(): number {
    return this.#socket.writableLength + this.#batch.waitingOctets;
  }

  send(octets: Uint8Array): boolean {
    if (!this.#socket.writable) return false;
    this.#batch.add(octets);
    return true;
  }

  close(): void {
    this.#batch.flush();
    this.#socket.end();
    const guard = setTimeout(() => this.#socket.destroy(), CLOSE_MS);
    this.#socket.once('close', () => clearTimeout(guard));
  }
}

/** @param socket connected, and nothing read of it yet */
export function sessionOver(socket: Socket, options: Omit<SessionOptions, 'connection'>): SmppSession {
  const session = new SmppSession({ ...options, connection: new SocketConnection(socket) });
  socket.setNoDelay(true);
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  socket.on('data', (octets) => session.received(octets));
  socket.on('drain', () => session.drained());
  // What it says is counted; that it is over, `close` says.
  socket.on('error', (error: NodeJS.ErrnoException) =>
    options.counters.count(`smpp.socket.${error.code ?? 'error'}`),
  );
  socket.on('close', () => session.disconnected());
  return session;
}
