/** Calls message centres over TCP and TLS. */
import { connect, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import type { SmppPeer, SmppPort, SmppPortUser } from '../../stack/smpp/port.ts';
import type { Counters } from '../../types/counters.ts';
import { SocketConnection } from './socket-connection.ts';

export interface TcpSmppPortOptions {
  readonly counters: Counters;
  readonly connectMs: number;
  /** Certificates that are trusted, and one of our own: as `tls.connect` takes them. */
  readonly tls?: ConnectionOptions;
}

export class TcpSmppPort implements SmppPort {
  readonly #options: TcpSmppPortOptions;
  readonly #sockets = new Set<Socket>();

  constructor(options: TcpSmppPortOptions) {
    this.#options = options;
  }

  connect({ host, port, tls }: SmppPeer, user: SmppPortUser): () => void {
    const { counters, connectMs } = this.#options;
    const socket = tls
      ? connectTls({ servername: host, ...this.#options.tls, host, port })
      : connect({ host, port });
    this.#sockets.add(socket);
    let over = false;
    const failed = (code: string): void => {
      if (over) return;
      over = true;
      clearTimeout(guard);
      socket.destroy();
      user.failed(code);
    };
    const guard = setTimeout(() => failed('ETIMEDOUT'), connectMs);
    const onError = (error: NodeJS.ErrnoException): void => failed(error.code ?? 'error');
    const onClose = (): void => failed('ECONNRESET');
    socket.on('error', onError);
    socket.on('close', onClose);
    socket.once('close', () => this.#sockets.delete(socket));
    socket.once(tls ? 'secureConnect' : 'connect', () => {
      if (over) return;
      over = true;
      clearTimeout(guard);
      const connection = new SocketConnection(socket);
      connection.receive(user.up(connection), counters);
      socket.off('error', onError);
      socket.off('close', onClose);
    });
    return () => {
      over = true;
      clearTimeout(guard);
      socket.destroy();
    };
  }

  /** Cuts what is still connected. */
  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
