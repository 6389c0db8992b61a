/**
 * The SCTP port over UDP encapsulation (RFC 6951), the embedded default: no privilege, no kernel module. `port` of
 * `listen` and `connect` is the UDP port; the SCTP port inside is a parameter, 2905 on both sides. An attempt without a
 * local port has a socket of its own.
 */
import { lookup } from 'node:dns/promises';
import net from 'node:net';
import { ASSOCIATIONS_MAX_DEFAULT, STREAMS_DEFAULT } from '../../../stack/sctp/memory.ts';
import type {
  SctpAssociation,
  SctpConnectOptions,
  SctpDownReason,
  SctpListener,
  SctpListenOptions,
  SctpPort,
  SctpUser,
} from '../../../stack/sctp/port.ts';
import { listenError } from '../listen-error.ts';
import { openDatagramSocket } from './datagram-socket.ts';
import { UdpEndpoint } from './endpoint.ts';
import { DEFAULT_PARAMETERS, type SctpOptions, type SctpParameters } from './parameters.ts';
import { PendingAssociation } from './pending-association.ts';

interface Bound {
  readonly key: string;
  readonly port: number;
  readonly endpoint: UdpEndpoint;
}

export class UdpSctpPort implements SctpPort {
  readonly #options: SctpOptions;
  readonly #parameters: SctpParameters;
  readonly #bound = new Map<string, Bound>();
  readonly #binding = new Map<string, Promise<Bound>>();
  readonly #pending = new Set<PendingAssociation>();
  #lastId = 0;
  #closed = false;

  constructor(options: SctpOptions) {
    this.#options = options;
    this.#parameters = { ...DEFAULT_PARAMETERS, ...options };
  }

  async listen(options: SctpListenOptions, user: SctpUser): Promise<SctpListener> {
    const bound = await this.#boundTo(options.host, options.port);
    if (bound.endpoint.listening !== undefined) {
      throw listenError(
        Object.assign(new Error('listening already'), { code: 'EADDRINUSE' }),
        options.host,
        options.port,
      );
    }
    bound.endpoint.listening = {
      user,
      streams: options.streams ?? STREAMS_DEFAULT,
      associationsMax: options.associationsMax ?? ASSOCIATIONS_MAX_DEFAULT,
    };
    return {
      port: bound.port,
      close: () => {
        bound.endpoint.listening = undefined;
        this.#release(bound);
        return Promise.resolve();
      },
    };
  }

  connect(options: SctpConnectOptions, user: SctpUser): SctpAssociation {
    const pending = new PendingAssociation(++this.#lastId, options, user, this.#options.counters);
    this.#pending.add(pending);
    void this.#begin(pending, options, user).then((failed) => {
      this.#pending.delete(pending);
      if (failed !== undefined) pending.fail(failed);
    });
    return pending;
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const pending of this.#pending) pending.abort();
    for (const bound of this.#bound.values()) {
      bound.endpoint.listening = undefined;
      for (const association of bound.endpoint.associations) association.abort();
      this.#release(bound);
    }
    // The last `down` is told in the next turn of the loop.
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  }

  /** Finds or binds the local socket and sends INIT; the reason when that came to nothing. */
  async #begin(
    pending: PendingAssociation,
    options: SctpConnectOptions,
    user: SctpUser,
  ): Promise<SctpDownReason | undefined> {
    let bound: Bound;
    let address = options.host;
    try {
      if (net.isIP(address) === 0) address = (await lookup(address)).address;
      const localHost = options.localHost ?? localHostFor(address);
      const localPort = options.localPort ?? 0;
      bound = await this.#boundTo(localHost, localPort);
    } catch {
      this.#options.counters.count('sctp.bind.failed');
      return 'refused';
    }
    if (this.#closed || pending.isOver) {
      this.#release(bound);
      return 'closed-by-us';
    }
    const path = { address, udpPort: options.port, sctpPort: this.#parameters.sctpPort };
    const association = bound.endpoint.open(path, pending.relay(user), options.streams ?? STREAMS_DEFAULT);
    if (association === undefined) {
      this.#options.counters.count('sctp.association.twice');
      return 'refused';
    }
    pending.become(association);
    association.associate();
    return undefined;
  }

  /** The socket at this address: one for all associations that use it, also when two ask for it at once. */
  #boundTo(host: string, port: number): Promise<Bound> {
    if (port === 0) return this.#bind(host, port);
    const key = keyOf(host, port);
    const bound = this.#bound.get(key);
    if (bound !== undefined) return Promise.resolve(bound);
    let binding = this.#binding.get(key);
    if (binding === undefined) {
      binding = this.#bind(host, port).finally(() => this.#binding.delete(key));
      this.#binding.set(key, binding);
    }
    return binding;
  }

  async #bind(host: string, port: number): Promise<Bound> {
    let address = host;
    const open = this.#options.openSocket ?? openDatagramSocket;
    try {
      if (net.isIP(host) === 0) address = (await lookup(host)).address;
      const socket = open(net.isIPv6(address) ? 6 : 4);
      let actual: number;
      try {
        actual = await socket.bind(port, address);
      } catch (error) {
        socket.close();
        throw error;
      }
      const { counters, clock } = this.#options;
      const endpoint = new UdpEndpoint(
        socket,
        this.#parameters,
        counters,
        () => clock.monotonic(),
        () => ++this.#lastId,
        () => this.#release(bound),
      );
      const bound: Bound = { key: keyOf(host, actual), port: actual, endpoint };
      this.#bound.set(bound.key, bound);
      return bound;
    } catch (error) {
      throw listenError(error as Error, host, port);
    }
  }

  /** Closes the socket once nothing needs it. */
  #release(bound: Bound): void {
    if (bound.endpoint.listening !== undefined || !bound.endpoint.isEmpty) return;
    if (this.#bound.get(bound.key) !== bound) return;
    this.#bound.delete(bound.key);
    bound.endpoint.close();
  }
}

/** Any address of this machine; for a peer on this machine its own, so that nobody else can reach the socket. */
function localHostFor(address: string): string {
  if (address === '::1' || address.startsWith('127.')) return address;
  return net.isIPv6(address) ? '::' : '0.0.0.0';
}

function keyOf(host: string, port: number): string {
  return `${host} ${port}`;
}
