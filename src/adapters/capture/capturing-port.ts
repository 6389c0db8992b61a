/**
 * Writes what passes an SCTP port into a capture, whatever adapter stands behind it (`callwake run --capture FILE`):
 * no privilege needed. A message is recorded when it is queued or handed up, so a message still queued when an
 * association is lost is in the capture, too.
 */
import net from 'node:net';
import type {
  SctpAssociation,
  SctpConnectOptions,
  SctpDownReason,
  SctpListener,
  SctpListenOptions,
  SctpPort,
  SctpUser,
} from '../../stack/sctp/port.ts';
import type { CaptureFile } from './capture-file.ts';
import { type Address, Conversation } from './conversation.ts';

const EPHEMERAL_PORT_FIRST = 49_152;
const EPHEMERAL_PORTS = 16_384;

export class CapturingSctpPort implements SctpPort {
  readonly #port: SctpPort;
  readonly #file: CaptureFile;
  /** Stand-ins for names and for IPv6: an address of 10.0.0.0/8 each, in the order of appearance. */
  readonly #standIns = new Map<string, number>();
  #conversations = 0;

  /** The file is its maker's to close, after the port. */
  constructor(port: SctpPort, file: CaptureFile) {
    this.#port = port;
    this.#file = file;
  }

  listen(options: SctpListenOptions, user: SctpUser): Promise<SctpListener> {
    const known = new Map<SctpAssociation, Captured>();
    let port = options.port;
    const captured = (association: SctpAssociation): Captured => {
      const there = known.get(association);
      if (there !== undefined) return there;
      const us = this.#address(options.host, port);
      const made = new Captured(association, user, false, () => this.#converse(us, association.peer));
      known.set(association, made);
      return made;
    };
    const relay: SctpUser = {
      up: (association) => captured(association).up(),
      message: (association, message, stream, ppid) => captured(association).message(message, stream, ppid),
      drained: (association) => captured(association).drained(),
      restarted: (association) => captured(association).restarted(),
      down: (association, reason) => {
        captured(association).down(reason);
        known.delete(association);
      },
    };
    return this.#port.listen(options, relay).then((listener) => {
      port = listener.port;
      return listener;
    });
  }

  connect(options: SctpConnectOptions, user: SctpUser): SctpAssociation {
    // Upcalls never come inside connect, so `captured` is there by then.
    const relay: SctpUser = {
      up: () => captured.up(),
      message: (_association, message, stream, ppid) => captured.message(message, stream, ppid),
      drained: () => captured.drained(),
      restarted: () => captured.restarted(),
      down: (_association, reason) => captured.down(reason),
    };
    const association = this.#port.connect(options, relay);
    const localPort = options.localPort ?? EPHEMERAL_PORT_FIRST + (association.id % EPHEMERAL_PORTS);
    const us = this.#address(options.localHost ?? options.host, localPort);
    const captured = new Captured(association, user, true, () => this.#converse(us, association.peer));
    return captured;
  }

  close(): Promise<void> {
    return this.#port.close();
  }

  #converse(us: Address, peer: string): Conversation {
    const colon = peer.lastIndexOf(':');
    const number = ++this.#conversations;
    return new Conversation(
      us,
      this.#address(peer.slice(0, colon), Number(peer.slice(colon + 1))),
      // Spread over the 32 bits, so that no two conversations share a tag or run into one another's numbers.
      tagOf(2 * number),
      tagOf(2 * number + 1),
      (record) => this.#file.add(record),
    );
  }

  #address(host: string, port: number): Address {
    if (net.isIPv4(host)) return { host: Uint8Array.from(host.split('.'), Number), port: port & 0xffff };
    let number = this.#standIns.get(host);
    if (number === undefined) {
      number = this.#standIns.size + 1;
      this.#standIns.set(host, number);
    }
    return { host: Uint8Array.of(10, (number >>> 16) & 0xff, (number >>> 8) & 0xff, number & 0xff), port };
  }
}

function tagOf(number: number): number {
  return Math.imul(number, 0x9e3779b1) >>> 0 || 1;
}

/** An association as the user of a capturing port has it. */
class Captured implements SctpAssociation {
  readonly #association: SctpAssociation;
  readonly #user: SctpUser;
  readonly #byUs: boolean;
  readonly #converse: () => Conversation;
  #conversation: Conversation | undefined;
  #ending: 'closed' | 'aborted' | undefined;

  constructor(association: SctpAssociation, user: SctpUser, byUs: boolean, converse: () => Conversation) {
    this.#association = association;
    this.#user = user;
    this.#byUs = byUs;
    this.#converse = converse;
  }

  get id(): number {
    return this.#association.id;
  }

  get peer(): string {
    return this.#association.peer;
  }

  get outboundStreams(): number {
    return this.#association.outboundStreams;
  }

  get queuedOctets(): number {
    return this.#association.queuedOctets;
  }

  send(message: Uint8Array, stream: number, ppid: number): boolean {
    if (!this.#association.send(message, stream, ppid)) return false;
    this.#conversation?.data(true, message, stream, ppid);
    return true;
  }

  close(): void {
    this.#ending ??= 'closed';
    this.#association.close();
  }

  abort(): void {
    this.#ending = 'aborted';
    this.#association.abort();
  }

  pause(): void {
    this.#association.pause();
  }

  resume(): void {
    this.#association.resume();
  }

  up(): void {
    this.#begin(this.#byUs);
    this.#user.up(this);
  }

  message(message: Uint8Array, stream: number, ppid: number): void {
    this.#conversation?.data(false, message, stream, ppid);
    this.#user.message(this, message, stream, ppid);
  }

  drained(): void {
    this.#user.drained(this);
  }

  restarted(): void {
    this.#begin(false);
    this.#user.restarted(this);
  }

  down(reason: SctpDownReason): void {
    const conversation = this.#conversation;
    this.#conversation = undefined;
    if (reason === 'closed-by-us') {
      if (this.#ending === 'closed') conversation?.shutdown(true);
      else conversation?.abort(true);
    } else if (reason === 'shutdown') conversation?.shutdown(false);
    else if (reason === 'aborted') conversation?.abort(false);
    else if (reason === 'lost') conversation?.abort(true);
    else this.#converse().refusal(this.outboundStreams);
    this.#user.down(this, reason);
  }

  #begin(byUs: boolean): void {
    this.#conversation = this.#converse();
    this.#conversation.handshake(byUs, this.outboundStreams);
  }
}
