/** One side of an association in a memory network. */
import type { SctpAssociation, SctpDownReason, SctpUser } from './port.ts';

export interface MemoryNode {
  readonly name: string;
}

export interface MemoryAssociationSetup {
  readonly id: number;
  readonly node: MemoryNode;
  readonly peerNode: MemoryNode;
  readonly user: SctpUser;
  readonly local: string;
  readonly peer: string;
  readonly defer: (callback: () => void) => void;
  readonly queueOctetsMax: number;
  readonly choose: ((below: number) => number) | undefined;
  readonly isCut: () => boolean;
  readonly count: (name: string) => void;
  readonly forget: () => void;
}

interface Queued {
  readonly octets: Uint8Array;
  readonly stream: number;
  readonly ppid: number;
}

export class MemoryAssociation implements SctpAssociation {
  readonly id: number;
  readonly node: MemoryNode;
  readonly peerNode: MemoryNode;
  readonly local: string;
  readonly peer: string;
  outboundStreams = 1;
  queuedOctets = 0;
  state: 'opening' | 'up' | 'closing' | 'ended' = 'opening';
  /** Called once when the association is over, before the user hears of it. */
  ended: () => void = () => undefined;

  readonly #setup: MemoryAssociationSetup;
  /** The other side; undefined before the association is up, and when the peer's node was restarted. */
  #other: MemoryAssociation | undefined;
  #queue: Queued[] = [];
  #pumping = false;
  #paused = false;
  #blocked = false;
  #vanished = false;
  /** Upcalls that wait for their callback: they keep their order whichever callback the scheduler runs first. */
  readonly #upcalls: ((user: SctpUser) => void)[] = [];

  constructor(setup: MemoryAssociationSetup) {
    this.#setup = setup;
    this.id = setup.id;
    this.node = setup.node;
    this.peerNode = setup.peerNode;
    this.local = setup.local;
    this.peer = setup.peer;
  }

  /** The peer's node was restarted and this side does not know it yet. */
  get isOrphan(): boolean {
    return this.state === 'up' && this.#other === undefined;
  }

  join(other: MemoryAssociation, streams: number): void {
    this.#other = other;
    this.outboundStreams = streams;
    this.state = 'up';
  }

  wentUp(): void {
    this.#setup.count('sctp.association.up');
    this.#upcall((user) => user.up(this));
  }

  wasRestarted(): void {
    this.#setup.count('sctp.association.restarted');
    this.#queue = [];
    this.queuedOctets = 0;
    this.#upcall((user) => user.restarted(this));
    this.#tellDrained();
  }

  send(message: Uint8Array, stream: number, ppid: number): boolean {
    if (this.state !== 'up') return false;
    if (stream < 0 || stream >= this.outboundStreams) {
      throw new RangeError(`stream ${stream} of ${this.outboundStreams}`);
    }
    if (this.queuedOctets > 0 && this.queuedOctets + message.length > this.#setup.queueOctetsMax) {
      this.#blocked = true;
      this.#setup.count('sctp.send.refused');
      return false;
    }
    this.#queue.push({ octets: Uint8Array.from(message), stream, ppid });
    this.queuedOctets += message.length;
    this.wake();
    return true;
  }

  close(): void {
    if (this.state === 'opening') this.end('closed-by-us');
    if (this.state !== 'up') return;
    this.state = 'closing';
    this.wake();
  }

  abort(): void {
    const other = this.#other;
    this.end('closed-by-us');
    if (other === undefined) return;
    this.#setup.defer(() => {
      if (!this.#setup.isCut()) other.end('aborted');
      else other.#other = undefined;
    });
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#other?.wake();
  }

  /** Ends this side; the user hears it in a callback of its own. */
  end(reason: SctpDownReason): void {
    if (this.state === 'ended') return;
    this.#stop();
    this.#setup.count(`sctp.association.down.${reason}`);
    this.#upcall((user) => user.down(this, reason));
  }

  /** The node died: no upcall reaches its user any more, and the other side knows nothing. */
  vanish(): void {
    this.#vanished = true;
    const other = this.#other;
    this.#stop();
    if (other !== undefined) other.#other = undefined;
  }

  /** Serves the queue in callbacks of the scheduler, one message in each. */
  wake(): void {
    if (this.#pumping || this.state === 'ended' || this.state === 'opening') return;
    this.#pumping = true;
    this.#setup.defer(() => {
      this.#pumping = false;
      this.#serve();
    });
  }

  #serve(): void {
    if ((this.state !== 'up' && this.state !== 'closing') || this.#setup.isCut()) return;
    const other = this.#other;
    if (other === undefined) {
      // An endpoint that knows nothing of the association answers with ABORT (RFC 9260 §8.4).
      if (this.#queue.length > 0 || this.state === 'closing') this.end('aborted');
      return;
    }
    if (this.#queue.length === 0) {
      if (this.state === 'closing') {
        this.end('closed-by-us');
        other.end('shutdown');
      }
      return;
    }
    if (other.#paused || other.state === 'ended') return;
    if (other.#upcalls.length > 0) {
      this.wake();
      return;
    }
    const next = this.#take();
    this.queuedOctets -= next.octets.length;
    this.#tellDrained();
    other.#setup.user.message(other, next.octets, next.stream, next.ppid);
    if (this.#queue.length > 0 || this.state === 'closing') this.wake();
  }

  /** The oldest message, or, where the network chooses, the oldest of the stream of one chosen at random. */
  #take(): Queued {
    const choose = this.#setup.choose;
    if (choose === undefined || this.#queue.length === 1) return this.#queue.shift()!;
    const stream = this.#queue[choose(Math.min(this.#queue.length, 64))]!.stream;
    const at = this.#queue.findIndex((queued) => queued.stream === stream);
    return this.#queue.splice(at, 1)[0]!;
  }

  #tellDrained(): void {
    if (!this.#blocked || this.queuedOctets > this.#setup.queueOctetsMax / 2) return;
    this.#blocked = false;
    this.#upcall((user) => user.drained(this));
  }

  #upcall(call: (user: SctpUser) => void): void {
    this.#upcalls.push(call);
    this.#setup.defer(() => {
      const next = this.#upcalls.shift();
      if (!this.#vanished) next?.(this.#setup.user);
    });
  }

  #stop(): void {
    this.state = 'ended';
    this.#queue = [];
    this.queuedOctets = 0;
    this.#other = undefined;
    this.#setup.forget();
    this.ended();
  }
}
