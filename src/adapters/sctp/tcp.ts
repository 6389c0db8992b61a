/**
 * The SCTP port over TCP, for labs, conformance tools and the load harness: messages framed by the M3UA length, no
 * streams (`outboundStreams` is 1), no payload protocol identifier (it is always that of M3UA).
 */
import net from 'node:net';
import { ASSOCIATIONS_MAX_DEFAULT } from '../../stack/sctp/memory.ts';
import type {
  SctpAssociation,
  SctpConnectOptions,
  SctpListener,
  SctpListenOptions,
  SctpPort,
  SctpUser,
} from '../../stack/sctp/port.ts';
import type { Counters } from '../../types/counters.ts';
import { listenError } from './listen-error.ts';
import { TcpAssociation, type TcpLimits } from './tcp-association.ts';

export interface TcpOptions {
  readonly counters: Counters;
  /** A longer message ends the association; default 65 536 octets. */
  readonly messageOctetsMax?: number;
  /** Octets that one association may have queued for sending; default 1 MiB. */
  readonly queueOctetsMax?: number;
  /** How long a connection may take to come up; default 5000. */
  readonly connectMs?: number;
  /** How long a graceful close may take before it is cut short; default 3000. */
  readonly closeMs?: number;
}

export class TcpSctpPort implements SctpPort {
  readonly #counters: Counters;
  readonly #limits: TcpLimits;
  readonly #associations = new Set<TcpAssociation>();
  readonly #listeners = new Set<SctpListener>();
  #nextId = 1;

  constructor(options: TcpOptions) {
    this.#counters = options.counters;
    this.#limits = {
      messageOctetsMax: options.messageOctetsMax ?? 65_536,
      queueOctetsMax: options.queueOctetsMax ?? 1_048_576,
      connectMs: options.connectMs ?? 5000,
      closeMs: options.closeMs ?? 3000,
    };
  }

  listen(options: SctpListenOptions, user: SctpUser): Promise<SctpListener> {
    const associationsMax = options.associationsMax ?? ASSOCIATIONS_MAX_DEFAULT;
    let open = 0;
    const server = net.createServer({ noDelay: true }, (socket) => {
      if (open >= associationsMax) {
        this.#counters.count('sctp.association.refused.bound');
        socket.on('error', () => undefined);
        socket.resetAndDestroy();
        return;
      }
      open++;
      this.#add(socket, user, `${socket.remoteAddress}:${socket.remotePort}`, true, () => open--);
    });
    return new Promise((resolve, reject) => {
      server.once('error', (error) => reject(listenError(error, options.host, options.port)));
      server.listen({ host: options.host, port: options.port }, () => {
        server.removeAllListeners('error');
        server.on('error', () => this.#counters.count('sctp.accept.failed'));
        const listener: SctpListener = {
          port: (server.address() as net.AddressInfo).port,
          close: () => {
            this.#listeners.delete(listener);
            // The server's own callback waits for every connection; the port is free as soon as close() returns.
            server.close();
            return Promise.resolve();
          },
        };
        this.#listeners.add(listener);
        resolve(listener);
      });
    });
  }

  connect(options: SctpConnectOptions, user: SctpUser): SctpAssociation {
    const socket = net.connect({
      host: options.host,
      port: options.port,
      noDelay: true,
      ...(options.localHost === undefined ? {} : { localAddress: options.localHost }),
      ...(options.localPort === undefined ? {} : { localPort: options.localPort }),
    });
    return this.#add(socket, user, `${options.host}:${options.port}`, false, () => undefined);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#listeners].map((listener) => listener.close()));
    await Promise.all(
      [...this.#associations].map((association) => {
        association.abort();
        return association.closed;
      }),
    );
  }

  #add(
    socket: net.Socket,
    user: SctpUser,
    peer: string,
    accepted: boolean,
    ended: () => void,
  ): TcpAssociation {
    const association = new TcpAssociation(socket, {
      id: this.#nextId++,
      peer,
      accepted,
      user,
      counters: this.#counters,
      limits: this.#limits,
    });
    this.#associations.add(association);
    void association.closed.then(() => {
      this.#associations.delete(association);
      ended();
    });
    return association;
  }
}
