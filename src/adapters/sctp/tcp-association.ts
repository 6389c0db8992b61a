import type { Socket } from 'node:net';
import {
  PPID_M3UA,
  type SctpAssociation,
  type SctpDownReason,
  type SctpUser,
} from '../../stack/sctp/port.ts';
import type { Counters } from '../../types/counters.ts';
import { isWholeMessage, M3uaFrames } from './m3ua-frames.ts';
import { SendBatch } from './send-batch.ts';

export interface TcpLimits {
  readonly messageOctetsMax: number;
  readonly queueOctetsMax: number;
  readonly connectMs: number;
  readonly closeMs: number;
}

export interface TcpSetup {
  readonly id: number;
  readonly peer: string;
  readonly accepted: boolean;
  readonly user: SctpUser;
  readonly counters: Counters;
  readonly limits: TcpLimits;
}

/** Probes an idle connection, so that a peer whose machine is gone is found even without M3UA BEAT. */
const KEEP_ALIVE_MS = 5000;
/**
 * So many messages are handed on in one turn of the event loop. A busy socket would otherwise bring thousands, and what is
 * to be done about the first of them would wait for the last.
 */
const MESSAGES_PER_TURN = 256;

export class TcpAssociation implements SctpAssociation {
  readonly id: number;
  readonly peer: string;
  readonly outboundStreams = 1;
  /** Settles when the connection is over and its user has been told. */
  readonly closed: Promise<void>;

  readonly #socket: Socket;
  readonly #setup: TcpSetup;
  readonly #frames: M3uaFrames;
  readonly #batch: SendBatch;
  #state: 'opening' | 'up' | 'closing' | 'ended' = 'opening';
  #reason: SctpDownReason | undefined;
  #paused = false;
  #resuming = false;
  #deliveredInTurn = 0;
  #blocked = false;
  #guard: NodeJS.Timeout | undefined;

  constructor(socket: Socket, setup: TcpSetup) {
    this.id = setup.id;
    this.peer = setup.peer;
    this.#socket = socket;
    this.#setup = setup;
    this.#frames = new M3uaFrames(setup.limits.messageOctetsMax, (message) => this.#deliver(message));
    this.#batch = new SendBatch((octets) => {
      if (socket.writable) socket.write(octets, () => this.#tellDrained());
    });
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    socket.on('data', (octets: Buffer) => this.#take(octets));
    socket.on('end', () => {
      this.#reason ??= 'shutdown';
      if (this.#state === 'up') this.#state = 'closing';
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.#reason ??= this.#reasonOf(error.code);
      setup.counters.count(`sctp.tcp.error.${error.code ?? 'unknown'}`);
    });
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        this.#ended();
        resolve();
      });
    });
    if (setup.accepted) setImmediate(() => this.#up());
    else {
      this.#guardAfter(setup.limits.connectMs, 'lost');
      socket.on('connect', () => this.#up());
    }
  }

  get queuedOctets(): number {
    return this.#socket.writableLength + this.#batch.waitingOctets;
  }

  /** This turn's messages were handed on, and there are more, or there was no time to look. */
  get behind(): boolean {
    return this.#resuming || this.#frames.waiting;
  }

  /** `message` is a whole M3UA message by its own length, else the peer could not find its end. */
  send(message: Uint8Array, _stream: number, _ppid: number): boolean {
    if (!isWholeMessage(message))
      throw new RangeError('not a whole M3UA message: TCP is framed by its length');
    if (this.#state !== 'up') return false;
    const queued = this.queuedOctets;
    if (queued > 0 && queued + message.length > this.#setup.limits.queueOctetsMax) {
      this.#blocked = true;
      this.#setup.counters.count('sctp.send.refused');
      return false;
    }
    this.#batch.add(message);
    return true;
  }

  close(): void {
    if (this.#state === 'opening') this.abort();
    if (this.#state !== 'up') return;
    this.#state = 'closing';
    this.#reason ??= 'closed-by-us';
    this.#batch.flush();
    this.#socket.end();
    // What the peer still sends is no longer wanted, but its end must be read.
    this.#socket.resume();
    this.#guardAfter(this.#setup.limits.closeMs, 'closed-by-us');
  }

  abort(): void {
    if (this.#state === 'ended') return;
    this.#reason = 'closed-by-us';
    this.#state = 'closing';
    this.#reset();
  }

  #reset(): void {
    // A socket that is being shut down cannot be reset: it would never tell of its end.
    if (this.#socket.writableEnded) this.#socket.destroy();
    else this.#socket.resetAndDestroy();
  }

  pause(): void {
    this.#paused = true;
    this.#socket.pause();
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#goOnNextTurn();
  }

  #goOnNextTurn(): void {
    if (this.#resuming) return;
    this.#resuming = true;
    setImmediate(() => {
      this.#resuming = false;
      this.#deliveredInTurn = 0;
      if (this.#paused) return;
      if (this.#frames.waiting) this.#take(undefined);
      if (this.#isPaused()) return;
      this.#socket.resume();
    });
  }

  #up(): void {
    clearTimeout(this.#guard);
    if (this.#state !== 'opening' || this.#socket.destroyed) return;
    this.#state = 'up';
    this.#setup.counters.count('sctp.association.up');
    this.#setup.user.up(this);
  }

  #isPaused(): boolean {
    return this.#paused || this.#resuming;
  }

  #take(octets: Buffer | undefined): void {
    const taken = this.#frames.take(octets);
    if (taken.ok || this.#state === 'ended') return;
    this.#setup.counters.count(taken.code);
    this.#reason ??= 'aborted';
    this.#state = 'closing';
    this.#reset();
  }

  #deliver(message: Uint8Array): boolean {
    // Data may be read before the deferred `up` of an accepted connection.
    if (this.#state === 'opening') this.#up();
    if (this.#state === 'up') this.#setup.user.message(this, message, 0, PPID_M3UA);
    if (++this.#deliveredInTurn >= MESSAGES_PER_TURN) {
      this.#socket.pause();
      this.#goOnNextTurn();
    }
    return !this.#isPaused();
  }

  #tellDrained(): void {
    if (!this.#blocked || this.#state !== 'up') return;
    if (this.queuedOctets > this.#setup.limits.queueOctetsMax / 2) return;
    this.#blocked = false;
    this.#setup.user.drained(this);
  }

  #guardAfter(ms: number, reason: SctpDownReason): void {
    clearTimeout(this.#guard);
    this.#guard = setTimeout(() => {
      this.#reason ??= reason;
      this.#socket.destroy();
    }, ms);
  }

  #reasonOf(code: string | undefined): SctpDownReason {
    if (this.#state === 'opening')
      return code === 'ECONNREFUSED' || code === 'ECONNRESET' ? 'refused' : 'lost';
    return code === 'ECONNRESET' || code === 'EPIPE' ? 'aborted' : 'lost';
  }

  #ended(): void {
    clearTimeout(this.#guard);
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    const reason = this.#reason ?? 'lost';
    this.#setup.counters.count(`sctp.association.down.${reason}`);
    this.#setup.user.down(this, reason);
  }
}
