/** SMPP connections in memory, on the plant's turns: what one side sends the other gets later, in order. */
import type { SmppConnection, SmppPort, SmppPortUser, SmppReceiver } from '../../src/stack/smpp/port.ts';

type Defer = (callback: () => void) => void;

class End implements SmppConnection {
  readonly queuedOctets = 0;
  readonly #defer: Defer;
  peer: End | undefined;
  receiver: SmppReceiver | undefined;
  isOpen = true;

  constructor(defer: Defer) {
    this.#defer = defer;
  }

  send(octets: Uint8Array): boolean {
    if (!this.isOpen) return false;
    const copy = octets.slice();
    const { peer } = this;
    this.#defer(() => {
      if (peer?.isOpen === true) peer.receiver?.received(copy);
    });
    return true;
  }

  close(): void {
    this.#defer(() => {
      this.vanish();
      this.peer?.vanish();
    });
  }

  vanish(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.receiver?.disconnected();
  }
}

export class SmppWire implements SmppPort {
  readonly #defer: Defer;
  readonly #accept: (connection: SmppConnection) => SmppReceiver;
  readonly #ends = new Set<[End, End]>();
  /** Which life of the client it is: who is gone connects no more. */
  #client = 0;
  /** Nobody answers a call. */
  isCut = false;

  constructor(defer: Defer, accept: (connection: SmppConnection) => SmppReceiver) {
    this.#defer = defer;
    this.#accept = accept;
  }

  connect(_peer: unknown, user: SmppPortUser): () => void {
    let over = false;
    const client = this.#client;
    this.#defer(() => {
      if (over || client !== this.#client) return;
      if (this.isCut) return user.failed('ECONNREFUSED');
      const ours = new End(this.#defer);
      const theirs = new End(this.#defer);
      ours.peer = theirs;
      theirs.peer = ours;
      this.#ends.add([ours, theirs]);
      theirs.receiver = this.#accept(theirs);
      ours.receiver = user.up(ours);
    });
    return () => {
      over = true;
    };
  }

  /** Every connection is lost, with what was on its way; the client's side is not told when it is gone itself. */
  lose(isClientGone = false): void {
    if (isClientGone) this.#client++;
    for (const [ours, theirs] of this.#ends) {
      if (isClientGone) ours.isOpen = false;
      ours.vanish();
      theirs.vanish();
    }
    this.#ends.clear();
  }
}
