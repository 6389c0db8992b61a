/**
 * What `connect` returns: the association as the user has it, also before its socket is bound and its INIT sent.
 * Upcalls about the association under it are told about this one.
 */
import type {
  SctpAssociation,
  SctpConnectOptions,
  SctpDownReason,
  SctpUser,
} from '../../../stack/sctp/port.ts';
import type { Counters } from '../../../types/counters.ts';

export class PendingAssociation implements SctpAssociation {
  readonly id: number;
  readonly peer: string;
  readonly #user: SctpUser;
  readonly #counters: Counters;
  readonly #streams: number;
  #association: SctpAssociation | undefined;
  #over = false;
  #paused = false;

  constructor(id: number, options: SctpConnectOptions, user: SctpUser, counters: Counters) {
    this.id = id;
    this.peer = `${options.host}:${options.port}`;
    this.#streams = options.streams ?? 1;
    this.#user = user;
    this.#counters = counters;
  }

  get isOver(): boolean {
    return this.#over;
  }

  get outboundStreams(): number {
    return this.#association?.outboundStreams ?? this.#streams;
  }

  get queuedOctets(): number {
    return this.#association?.queuedOctets ?? 0;
  }

  /** The user of the association under this one. */
  relay(user: SctpUser): SctpUser {
    return {
      up: () => user.up(this),
      message: (_association, message, stream, ppid) => user.message(this, message, stream, ppid),
      drained: () => user.drained(this),
      restarted: () => user.restarted(this),
      down: (_association, reason) => {
        this.#over = true;
        user.down(this, reason);
      },
    };
  }

  become(association: SctpAssociation): void {
    this.#association = association;
    if (this.#paused) association.pause();
  }

  send(message: Uint8Array, stream: number, ppid: number): boolean {
    return this.#association?.send(message, stream, ppid) ?? false;
  }

  close(): void {
    if (this.#association === undefined) this.fail('closed-by-us');
    else this.#association.close();
  }

  abort(): void {
    if (this.#association === undefined) this.fail('closed-by-us');
    else this.#association.abort();
  }

  pause(): void {
    this.#paused = true;
    this.#association?.pause();
  }

  resume(): void {
    this.#paused = false;
    this.#association?.resume();
  }

  /** The attempt ends before there was an association. */
  fail(reason: SctpDownReason): void {
    if (this.#over) return;
    this.#over = true;
    this.#counters.count(`sctp.association.down.${reason}`);
    setImmediate(() => this.#user.down(this, reason));
  }
}
