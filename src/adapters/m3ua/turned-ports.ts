/**
 * Who sets up the SCTP association has nothing to do with who is ASP (RFC 4666 §1.4.8): by default the ASP does. These
 * ports turn that round, for peers that have it the other way: an ASP that waits for its SGP, an SGP that calls its ASPs.
 */
import type {
  SctpAssociation,
  SctpConnectOptions,
  SctpDownReason,
  SctpListener,
  SctpListenOptions,
  SctpPort,
  SctpUser,
} from '../../stack/sctp/port.ts';

/** Pause before a peer that was not there, or is gone, is called again. */
const AGAIN_MS = 1_000;

/** `listen` calls the peers, and calls them again when they are gone. */
export class CallingPort implements SctpPort {
  readonly #port: SctpPort;
  readonly #peers: readonly SctpConnectOptions[];
  readonly #timeouts = new Set<NodeJS.Timeout>();
  #closed = false;

  constructor(port: SctpPort, peers: readonly SctpConnectOptions[]) {
    this.#port = port;
    this.#peers = peers;
  }

  listen(_options: SctpListenOptions, user: SctpUser): Promise<SctpListener> {
    for (const peer of this.#peers) this.#call(peer, user);
    return Promise.resolve({ port: 0, close: () => Promise.resolve(this.#stop()) });
  }

  connect(options: SctpConnectOptions, user: SctpUser): SctpAssociation {
    return this.#port.connect(options, user);
  }

  close(): Promise<void> {
    this.#stop();
    return this.#port.close();
  }

  #stop(): void {
    this.#closed = true;
    for (const timeout of this.#timeouts) clearTimeout(timeout);
  }

  #call(peer: SctpConnectOptions, user: SctpUser): void {
    let isUp = false;
    this.#port.connect(peer, {
      up: (association) => {
        isUp = true;
        user.up(association);
      },
      message: (association, message, stream, ppid) => user.message(association, message, stream, ppid),
      drained: (association) => user.drained(association),
      restarted: (association) => user.restarted(association),
      down: (association, reason) => {
        if (isUp) user.down(association, reason);
        if (this.#closed) return;
        const timeout = setTimeout(() => {
          this.#timeouts.delete(timeout);
          this.#call(peer, user);
        }, AGAIN_MS);
        this.#timeouts.add(timeout);
      },
    });
  }
}

/** `connect` waits for a peer to call; each that calls is for the one that has waited longest. */
export class WaitingPort implements SctpPort {
  readonly #port: SctpPort;
  readonly #waiting: WaitingAssociation[] = [];
  readonly #joined = new Map<SctpAssociation, WaitingAssociation>();
  #nextId = 1;

  constructor(port: SctpPort) {
    this.#port = port;
  }

  /** Listens for those that `connect` waits for. */
  open(options: SctpListenOptions): Promise<SctpListener> {
    return this.#port.listen(options, {
      up: (association) => {
        const waiting = this.#waiting.shift();
        // Nobody is waited for any more.
        if (waiting === undefined) return association.abort();
        this.#joined.set(association, waiting);
        waiting.join(association);
        waiting.user.up(waiting);
      },
      message: (association, message, stream, ppid) => {
        const one = this.#joined.get(association);
        one?.user.message(one, message, stream, ppid);
      },
      drained: (association) => {
        const one = this.#joined.get(association);
        one?.user.drained(one);
      },
      restarted: (association) => {
        const one = this.#joined.get(association);
        one?.user.restarted(one);
      },
      down: (association, reason) => {
        const one = this.#joined.get(association);
        this.#joined.delete(association);
        one?.user.down(one, reason);
      },
    });
  }

  listen(options: SctpListenOptions, user: SctpUser): Promise<SctpListener> {
    return this.#port.listen(options, user);
  }

  connect(_options: SctpConnectOptions, user: SctpUser): SctpAssociation {
    const waiting = new WaitingAssociation(this.#nextId++, user, (reason) => {
      const at = this.#waiting.indexOf(waiting);
      if (at < 0) return;
      this.#waiting.splice(at, 1);
      setImmediate(() => user.down(waiting, reason));
    });
    this.#waiting.push(waiting);
    return waiting;
  }

  close(): Promise<void> {
    return this.#port.close();
  }
}

/** An association that is that of a peer as soon as one has called. */
class WaitingAssociation implements SctpAssociation {
  readonly id: number;
  readonly user: SctpUser;
  readonly #giveUp: (reason: SctpDownReason) => void;
  #target: SctpAssociation | undefined;

  constructor(id: number, user: SctpUser, giveUp: (reason: SctpDownReason) => void) {
    this.id = id;
    this.user = user;
    this.#giveUp = giveUp;
  }

  join(target: SctpAssociation): void {
    this.#target = target;
  }

  get peer(): string {
    return this.#target?.peer ?? '';
  }

  get outboundStreams(): number {
    return this.#target?.outboundStreams ?? 1;
  }

  get queuedOctets(): number {
    return this.#target?.queuedOctets ?? 0;
  }

  send(message: Uint8Array, stream: number, ppid: number): boolean {
    return this.#target?.send(message, stream, ppid) ?? false;
  }

  close(): void {
    if (this.#target === undefined) this.#giveUp('closed-by-us');
    else this.#target.close();
  }

  abort(): void {
    if (this.#target === undefined) this.#giveUp('closed-by-us');
    else this.#target.abort();
  }

  pause(): void {
    this.#target?.pause();
  }

  resume(): void {
    this.#target?.resume();
  }
}
