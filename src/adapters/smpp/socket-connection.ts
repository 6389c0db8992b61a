/** A connection of SMPP over TCP or TLS: what the socket has is the receiver's, and what is sent goes out once per turn of the loop. */
import type { Socket } from 'node:net';
import type { SmppConnection, SmppReceiver } from '../../stack/smpp/port.ts';
import type { Counters } from '../../types/counters.ts';
import { SendBatch } from '../sctp/send-batch.ts';

/** How long a peer may take to read what is left when the session is over. */
const CLOSE_MS = 2_000;
const KEEP_ALIVE_MS = 30_000;

export class SocketConnection implements SmppConnection {
  readonly #socket: Socket;
  readonly #batch: SendBatch;

  /** @param socket connected, and nothing read of it yet */
  constructor(socket: Socket) {
    this.#socket = socket;
    this.#batch = new SendBatch((octets) => {
      if (socket.writable) socket.write(octets);
    });
  }

  get queuedOctets(): number {
    return this.#socket.writableLength + this.#batch.waitingOctets;
  }

  /** In the turn in which the socket was connected, so that nothing is missed. */
  receive(receiver: SmppReceiver, counters: Counters): void {
    const socket = this.#socket;
    socket.setNoDelay(true);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    socket.on('data', (octets) => receiver.received(octets));
    socket.on('drain', () => receiver.drained());
    // What it says is counted; that it is over, `close` says.
    socket.on('error', (error: NodeJS.ErrnoException) =>
      counters.count(`smpp.socket.${error.code ?? 'error'}`),
    );
    socket.on('close', () => receiver.disconnected());
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
