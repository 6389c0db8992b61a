/** An SCTP port whose messages can be damaged on the way, both ways, and which can be given messages that nobody sent. */
import { decodeData, encodeData, isData } from '../../src/stack/m3ua/data.ts';
import { decodeMessage as decodeSccp, encodeMessage as encodeSccp } from '../../src/stack/sccp/message.ts';
import type {
  SctpAssociation,
  SctpConnectOptions,
  SctpDownReason,
  SctpListener,
  SctpListenOptions,
  SctpPort,
  SctpUser,
} from '../../src/stack/sctp/port.ts';
import { PPID_M3UA } from '../../src/stack/sctp/port.ts';
import { type Random, randomBelow } from '../../src/types/random.ts';
import { damage } from '../support/damage.ts';

export class DamagingPort implements SctpPort {
  readonly #port: SctpPort;
  readonly #random: Random;
  /** One message in so many is damaged; 0: none. */
  oneIn: number;
  /** False: only what is sent from here is damaged. */
  bothWays = true;
  /** The length in the common header stays right: over TCP nothing else can be sent. */
  framed = false;
  damaged = 0;
  sent = 0;
  #relay: Relay | undefined;

  constructor(port: SctpPort, random: Random, oneIn: number) {
    this.#port = port;
    this.#random = random;
    this.oneIn = oneIn;
  }

  listen(options: SctpListenOptions, user: SctpUser): Promise<SctpListener> {
    const relays = new Map<SctpAssociation, Relay>();
    return this.#port.listen(options, {
      up: (association) => {
        const relay = this.#relayFor(user);
        relay.association = association;
        relays.set(association, relay);
        relay.up();
      },
      message: (association, ...rest) => relays.get(association)?.message(association, ...rest),
      drained: (association) => relays.get(association)?.drained(),
      restarted: (association) => relays.get(association)?.restarted(),
      down: (association, reason) => {
        relays.get(association)?.down(association, reason);
        relays.delete(association);
      },
    });
  }

  connect(options: SctpConnectOptions, user: SctpUser): SctpAssociation {
    const relay = this.#relayFor(user);
    relay.association = this.#port.connect(options, relay);
    return relay;
  }

  close(): Promise<void> {
    return this.#port.close();
  }

  get isUp(): boolean {
    return this.#relay?.isUp ?? false;
  }

  /** As if the peer had sent it. False while there is no association. */
  inject(octets: Uint8Array): boolean {
    const relay = this.#relay;
    if (relay?.isUp !== true) return false;
    relay.receive(octets, 1);
    return true;
  }

  #relayFor(user: SctpUser): Relay {
    const out = (octets: Uint8Array) => {
      this.sent++;
      return this.#pass(octets);
    };
    const relay = new Relay(user, out, (octets) => (this.bothWays ? this.#pass(octets) : octets));
    this.#relay = relay;
    return relay;
  }

  #pass(octets: Uint8Array): Uint8Array {
    if (this.oneIn === 0 || randomBelow(this.#random, this.oneIn) !== 0) return octets;
    this.damaged++;
    const damaged = damagedWithin(octets, this.#random);
    if (!this.framed) return damaged;
    const whole = new Uint8Array(Math.max(8, (damaged.length + 3) & ~3));
    whole.set(damaged);
    whole[0] = 1;
    new DataView(whole.buffer).setUint32(4, whole.length);
    return whole;
  }
}

/** Damage anywhere in an M3UA message, or within the SCCP or the TCAP message that it carries, with right lengths around it. */
export function damagedWithin(octets: Uint8Array, random: Random): Uint8Array {
  const layer = randomBelow(random, 6);
  const data = isData(octets) ? decodeData(octets) : undefined;
  if (layer === 0 || data?.ok !== true) return damage(octets, random);
  const sccp = decodeSccp(data.data);
  if (layer === 1 || !sccp.ok) return encodeData({ ...data, data: damage(data.data, random) }, data);
  const again = encodeSccp({ ...sccp.value, data: damage(sccp.value.data, random).subarray(0, 255) });
  return again === undefined ? damage(octets, random) : encodeData({ ...data, data: again }, data);
}

/** The association as its user has it, and the user as the association has it. */
class Relay implements SctpAssociation, SctpUser {
  association!: SctpAssociation;
  isUp = false;
  readonly #user: SctpUser;
  readonly #out: (octets: Uint8Array) => Uint8Array;
  readonly #in: (octets: Uint8Array) => Uint8Array;

  constructor(
    user: SctpUser,
    outgoing: (octets: Uint8Array) => Uint8Array,
    incoming: (octets: Uint8Array) => Uint8Array,
  ) {
    this.#user = user;
    this.#out = outgoing;
    this.#in = incoming;
  }

  get id(): number {
    return this.association.id;
  }

  get peer(): string {
    return this.association.peer;
  }

  get outboundStreams(): number {
    return this.association.outboundStreams;
  }

  get queuedOctets(): number {
    return this.association.queuedOctets;
  }

  send(message: Uint8Array, stream: number, ppid: number): boolean {
    return this.association.send(this.#out(message), stream, ppid);
  }

  close(): void {
    this.association.close();
  }

  abort(): void {
    this.association.abort();
  }

  pause(): void {
    this.association.pause();
  }

  resume(): void {
    this.association.resume();
  }

  receive(octets: Uint8Array, stream: number): void {
    this.#user.message(this, octets, stream, PPID_M3UA);
  }

  up(): void {
    this.isUp = true;
    this.#user.up(this);
  }

  message(_association: SctpAssociation, message: Uint8Array, stream: number, ppid: number): void {
    this.#user.message(this, this.#in(message), stream, ppid);
  }

  drained(): void {
    this.#user.drained(this);
  }

  restarted(): void {
    this.#user.restarted(this);
  }

  down(_association: SctpAssociation, reason: SctpDownReason): void {
    this.isUp = false;
    this.#user.down(this, reason);
  }
}
