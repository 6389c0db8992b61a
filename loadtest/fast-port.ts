/**
 * The SCTP port of the generator: DATA goes past M3UA, both ways, as whole messages; all else is M3UA's, which keeps the
 * association and the states of the ASP as it does everywhere.
 */
import { isData } from '../src/stack/m3ua/data.ts';
import {
  PPID_M3UA,
  type SctpAssociation,
  type SctpConnectOptions,
  type SctpDownReason,
  type SctpListener,
  type SctpListenOptions,
  type SctpPort,
  type SctpUser,
} from '../src/stack/sctp/port.ts';

export interface FastUser {
  data(message: Uint8Array): void;
  drained(): void;
  /** So many associations carry traffic now; `lost`: one fewer than before. */
  associations(active: number, lost: boolean): void;
}

/** ASP Active (RFC 4666 §3.7.1): message class and type. */
const ASPTM = 4;
const ASPAC = 1;

export class FastPort implements SctpPort {
  readonly #port: SctpPort;
  readonly #fast: FastUser;
  /** Those whose ASP is active: they share what is sent. */
  #active: SctpAssociation[] = [];
  #turn = 0;

  constructor(port: SctpPort, fast: FastUser) {
    this.#port = port;
    this.#fast = fast;
  }

  /** Of the association that has least waiting. */
  get queuedOctets(): number {
    let least = Infinity;
    for (const { queuedOctets } of this.#active) least = Math.min(least, queuedOctets);
    return least === Infinity ? 0 : least;
  }

  /** A whole M3UA message; false: there is no room, or no association. */
  send(message: Uint8Array): boolean {
    const count = this.#active.length;
    for (let tried = 0; tried < count; tried++) {
      const association = this.#active[this.#turn++ % count]!;
      // Stream 0 is for management (RFC 4666 §1.4.7).
      if (association.send(message, association.outboundStreams > 1 ? 1 : 0, PPID_M3UA)) return true;
    }
    return false;
  }

  listen(options: SctpListenOptions, user: SctpUser): Promise<SctpListener> {
    return this.#port.listen(options, this.#between(user));
  }

  connect(options: SctpConnectOptions, user: SctpUser): SctpAssociation {
    return this.#port.connect(options, this.#between(user));
  }

  close(): Promise<void> {
    return this.#port.close();
  }

  #between(user: SctpUser): SctpUser {
    const fast = this.#fast;
    return {
      up: (association) => user.up(association),
      message: (association, message, stream, ppid) => {
        if (isData(message)) return fast.data(message);
        const activates = message[2] === ASPTM && message[3] === ASPAC;
        user.message(association, message, stream, ppid);
        if (activates && !this.#active.includes(association)) {
          this.#active.push(association);
          fast.associations(this.#active.length, false);
        }
      },
      drained: (association) => {
        fast.drained();
        user.drained(association);
      },
      restarted: (association) => {
        this.#gone(association);
        user.restarted(association);
      },
      down: (association: SctpAssociation, reason: SctpDownReason) => {
        this.#gone(association);
        user.down(association, reason);
      },
    };
  }

  #gone(association: SctpAssociation): void {
    const rest = this.#active.filter((one) => one !== association);
    if (rest.length === this.#active.length) return;
    this.#active = rest;
    this.#fast.associations(rest.length, true);
  }
}
