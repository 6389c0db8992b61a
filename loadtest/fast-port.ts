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
  /** The association of the engine is there; undefined: it is gone. */
  association(association: SctpAssociation | undefined): void;
}

export class FastPort implements SctpPort {
  readonly #port: SctpPort;
  readonly #fast: FastUser;
  #association: SctpAssociation | undefined;

  constructor(port: SctpPort, fast: FastUser) {
    this.#port = port;
    this.#fast = fast;
  }

  get queuedOctets(): number {
    return this.#association?.queuedOctets ?? 0;
  }

  /** A whole M3UA message; false: there is no room, or no association. */
  send(message: Uint8Array): boolean {
    return this.#association?.send(message, 0, PPID_M3UA) ?? false;
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
      up: (association) => {
        this.#association = association;
        fast.association(association);
        user.up(association);
      },
      message: (association, message, stream, ppid) => {
        if (isData(message)) fast.data(message);
        else user.message(association, message, stream, ppid);
      },
      drained: (association) => {
        fast.drained();
        user.drained(association);
      },
      restarted: (association) => user.restarted(association),
      down: (association: SctpAssociation, reason: SctpDownReason) => {
        if (this.#association === association) {
          this.#association = undefined;
          fast.association(undefined);
        }
        user.down(association, reason);
      },
    };
  }
}
