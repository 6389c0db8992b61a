/**
 * SCTP associations between endpoints in one memory: for unit tests and for the seeded simulation. Nothing here has a
 * clock: every upcall waits for the scheduler that the network was given, one event per callback, so that a seeded
 * scheduler decides what happens between two messages. Messages of one stream keep their order; with a Random port,
 * streams overtake one another as they may over a network (RFC 9260 §6.6).
 */
import type { Counters } from '../../types/counters.ts';
import { OperatingError } from '../../types/operating-error.ts';
import { type Random, randomBelow } from '../../types/random.ts';
import { MemoryAssociation, type MemoryNode } from './memory-association.ts';
import type {
  SctpAssociation,
  SctpConnectOptions,
  SctpListener,
  SctpListenOptions,
  SctpPort,
  SctpUser,
} from './port.ts';

export const STREAMS_DEFAULT = 16;
export const ASSOCIATIONS_MAX_DEFAULT = 64;
const EPHEMERAL_PORT_FIRST = 49_152;
const EPHEMERAL_PORT_LAST = 65_535;

export interface MemoryNetworkOptions {
  /** Runs `callback` once, later, never inside the call: `setImmediate`, or a step of the simulation. */
  readonly defer: (callback: () => void) => void;
  readonly counters?: Counters;
  /** Chooses which stream is served next; without it messages keep their order across streams too. */
  readonly random?: Random;
  /** Octets that one side may have queued; default 1 MiB. */
  readonly queueOctetsMax?: number;
}

interface Listening {
  readonly node: MemoryNode;
  readonly options: SctpListenOptions;
  readonly user: SctpUser;
  open: number;
}

export class MemoryNetwork {
  readonly #options: MemoryNetworkOptions;
  readonly #listening = new Map<string, Listening>();
  readonly #associations = new Set<MemoryAssociation>();
  readonly #cuts = new Set<string>();
  readonly #inUse = new Set<string>();
  #nextId = 1;
  #nextPort = EPHEMERAL_PORT_FIRST;

  constructor(options: MemoryNetworkOptions) {
    this.#options = options;
  }

  /** The SCTP port of one node; `name` is what `partition`, `lose` and `restart` call it, and its default address. */
  port(name: string): SctpPort {
    const node: MemoryNode = { name };
    return {
      listen: (options, user) => Promise.resolve().then(() => this.#listen(node, options, user)),
      connect: (options, user) => this.#connect(node, options, user),
      close: () => {
        this.#stopListening(node);
        for (const association of this.#associations) if (association.node === node) association.abort();
        return this.#settled();
      },
    };
  }

  /** Cuts the path between two nodes: messages wait, as they would for retransmission, until `heal` or `lose`. */
  partition(one: string, other: string): void {
    this.#cuts.add(pair(one, other));
  }

  heal(one: string, other: string): void {
    this.#cuts.delete(pair(one, other));
    for (const association of this.#between(one, other)) association.wake();
  }

  /** A node stops and goes on taking what another one sends: what is sent meanwhile waits, and beyond the bound is refused. */
  setReading(node: string, from: string, reading: boolean): void {
    for (const association of this.#between(node, from)) {
      if (association.node.name !== node) continue;
      if (reading) association.resume();
      else association.pause();
    }
  }

  /** Both nodes give the peer up (RFC 9260 §8.1): what waited is gone, `down` with 'lost' on both sides. */
  lose(one: string, other: string): void {
    for (const association of this.#between(one, other)) association.end('lost');
  }

  /**
   * The node died and is there again, and nobody was told: it gets no upcall for what it had; a peer learns it when it
   * sends ('aborted'), or, when the node connects again from the same address and port, by `restarted`.
   */
  restart(name: string): void {
    for (const [key, listening] of this.#listening) {
      if (listening.node.name !== name) continue;
      this.#listening.delete(key);
      this.#inUse.delete(key);
    }
    for (const association of this.#associations) if (association.node.name === name) association.vanish();
  }

  #between(one: string, other: string): MemoryAssociation[] {
    const wanted = pair(one, other);
    return [...this.#associations].filter(
      (association) => pair(association.node.name, association.peerNode.name) === wanted,
    );
  }

  #count(name: string): void {
    this.#options.counters?.count(name);
  }

  #settled(): Promise<void> {
    return new Promise((resolve) => this.#options.defer(resolve));
  }

  #freePort(host: string): number {
    for (let tried = EPHEMERAL_PORT_FIRST; tried <= EPHEMERAL_PORT_LAST; tried++) {
      const port = this.#nextPort;
      this.#nextPort = port === EPHEMERAL_PORT_LAST ? EPHEMERAL_PORT_FIRST : port + 1;
      if (!this.#inUse.has(`${host}:${port}`)) return port;
    }
    throw new OperatingError('CW_PORT_IN_USE', `no free port is left on ${host}`, { host });
  }

  #listen(node: MemoryNode, options: SctpListenOptions, user: SctpUser): SctpListener {
    const port = options.port === 0 ? this.#freePort(options.host) : options.port;
    const key = `${options.host}:${port}`;
    if (this.#inUse.has(key)) {
      throw new OperatingError('CW_PORT_IN_USE', `${key} is in use: choose another port to listen on`, {
        host: options.host,
        port,
      });
    }
    this.#inUse.add(key);
    this.#listening.set(key, { node, options, user, open: 0 });
    return {
      port,
      close: () => {
        if (this.#listening.get(key)?.node === node) {
          this.#listening.delete(key);
          this.#inUse.delete(key);
        }
        return this.#settled();
      },
    };
  }

  #stopListening(node: MemoryNode): void {
    for (const [key, listening] of this.#listening) {
      if (listening.node !== node) continue;
      this.#listening.delete(key);
      this.#inUse.delete(key);
    }
  }

  #connect(node: MemoryNode, options: SctpConnectOptions, user: SctpUser): SctpAssociation {
    const localHost = options.localHost ?? node.name;
    const local = `${localHost}:${options.localPort ?? this.#freePort(localHost)}`;
    const remote = `${options.host}:${options.port}`;
    const listening = this.#listening.get(remote);
    const client = this.#associate(node, listening?.node ?? { name: options.host }, user, local, remote);
    this.#options.defer(() => {
      if (this.#isCut(client)) return client.end('lost');
      if (client.state !== 'opening') return;
      const old = this.#find(remote, local);
      if (old?.isOrphan === true) {
        this.#join(client, old, options.streams, listening?.options.streams);
        client.wentUp();
        old.wasRestarted();
        return;
      }
      if (listening === undefined || this.#listening.get(remote) !== listening || old !== undefined) {
        this.#count('sctp.association.refused');
        return client.end('refused');
      }
      if (listening.open >= (listening.options.associationsMax ?? ASSOCIATIONS_MAX_DEFAULT)) {
        this.#count('sctp.association.refused.bound');
        return client.end('refused');
      }
      const server = this.#associate(listening.node, node, listening.user, remote, local);
      listening.open++;
      server.ended = () => listening.open--;
      this.#join(client, server, options.streams, listening.options.streams);
      client.wentUp();
      server.wentUp();
    });
    return client;
  }

  #find(local: string, remote: string): MemoryAssociation | undefined {
    for (const association of this.#associations)
      if (association.local === local && association.peer === remote) return association;
    return undefined;
  }

  #associate(
    node: MemoryNode,
    peerNode: MemoryNode,
    user: SctpUser,
    local: string,
    peer: string,
  ): MemoryAssociation {
    const random = this.#options.random;
    const association: MemoryAssociation = new MemoryAssociation({
      id: this.#nextId++,
      node,
      peerNode,
      user,
      local,
      peer,
      defer: this.#options.defer,
      queueOctetsMax: this.#options.queueOctetsMax ?? 1_048_576,
      choose: random === undefined ? undefined : (below) => randomBelow(random, below),
      isCut: () => this.#isCut(association),
      count: (name) => this.#count(name),
      forget: () => this.#associations.delete(association),
    });
    this.#associations.add(association);
    return association;
  }

  #isCut(association: MemoryAssociation): boolean {
    return this.#cuts.has(pair(association.node.name, association.peerNode.name));
  }

  /** The fewer of what one side offers and the other takes, each way (RFC 9260 §5.1.1). */
  #join(
    client: MemoryAssociation,
    server: MemoryAssociation,
    clientStreams: number | undefined,
    serverStreams: number | undefined,
  ): void {
    const streams = Math.min(clientStreams ?? STREAMS_DEFAULT, serverStreams ?? STREAMS_DEFAULT);
    client.join(server, streams);
    server.join(client, streams);
  }
}

function pair(one: string, other: string): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}
