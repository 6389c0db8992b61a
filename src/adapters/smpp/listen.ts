/** The message centre's side: takes connections, and makes a session of each. */
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import type { SmppConnection } from '../../stack/smpp/port.ts';
import type { SmppSession } from '../../stack/smpp/session.ts';
import type { Counters } from '../../types/counters.ts';
import { SocketConnection } from './socket-connection.ts';

export interface SmppListenOptions {
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  readonly tls?: TlsOptions;
  readonly connectionsMax: number;
  readonly counters: Counters;
  readonly session: (connection: SmppConnection) => SmppSession;
}

export interface SmppListener {
  readonly port: number;
  /** Ends the sessions, too. */
  close(): Promise<void>;
}

export async function listenSmpp(options: SmppListenOptions): Promise<SmppListener> {
  const sessions = new Set<SmppSession>();
  const accept = (socket: Socket): void => {
    const connection = new SocketConnection(socket);
    const session = options.session(connection);
    connection.receive(session, options.counters);
    sessions.add(session);
    socket.once('close', () => sessions.delete(session));
  };
  const server: Server =
    options.tls === undefined ? createServer(accept) : createTlsServer(options.tls, accept);
  server.maxConnections = options.connectionsMax;
  // Of a connection that fails before it is one there is nothing to tell.
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const session of sessions) session.abort();
      await closed;
    },
  };
}
