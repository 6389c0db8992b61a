/** An ESME and a message centre with a connection between them, on virtual time; either may be cut, held or spoken for. */
import { encodePdu, type Pdu } from '../../../src/stack/smpp/pdu.ts';
import type { SmppConnection } from '../../../src/stack/smpp/port.ts';
import {
  type BindRequest,
  type DownReason,
  type SessionUser,
  SmppSession,
} from '../../../src/stack/smpp/session.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { TimingWheel } from '../../../src/types/timing-wheel.ts';

export const bind: BindRequest = {
  mode: 'transceiver',
  systemId: 'callwake',
  password: 'secret',
  systemType: '',
  addressRange: '',
  addrTon: 0,
  addrNpi: 0,
};

export class Side implements SessionUser {
  readonly requests: Pdu[] = [];
  bound_ = 0;
  roomy_ = 0;
  ended: { reason: DownReason; status: number } | undefined;
  bindStatus = 0;
  onRequest: (session: SmppSession, pdu: Pdu) => void = () => undefined;

  onBind(): number {
    return this.bindStatus;
  }

  bound(): void {
    this.bound_++;
  }

  request(session: SmppSession, pdu: Pdu): void {
    this.requests.push(pdu);
    this.onRequest(session, pdu);
  }

  roomy(): void {
    this.roomy_++;
  }

  down(_session: SmppSession, reason: DownReason, status: number): void {
    this.ended = { reason, status };
  }
}

class Wire implements SmppConnection {
  /** What was written and not carried yet. */
  waiting: Uint8Array[] = [];
  closed = false;
  held = false;

  get queuedOctets(): number {
    return this.waiting.reduce((sum, { length }) => sum + length, 0);
  }

  send(octets: Uint8Array): boolean {
    if (!this.closed) this.waiting.push(octets.slice());
    return !this.closed;
  }

  close(): void {
    this.closed = true;
  }
}

export class SessionPair {
  readonly timers = new TimingWheel({ startMs: 0 });
  readonly counters = new CountersMap();
  readonly esmeSide = new Side();
  readonly centreSide = new Side();
  readonly esmeWire = new Wire();
  readonly centreWire = new Wire();
  readonly esme: SmppSession;
  readonly centre: SmppSession;
  #nowMs = 0;

  /** @param centre who is the centre's user, in the place of `centreSide` */
  constructor({
    window = 10,
    queueOctetsMax = 100_000,
    inactivityMs = 0,
    centre = (side: SessionUser): SessionUser => side,
  } = {}) {
    const common = {
      timers: this.timers,
      counters: this.counters,
      times: { sessionInitMs: 5_000, enquireLinkMs: 30_000, inactivityMs, responseMs: 10_000 },
      limits: { window, pduOctetsMax: 70_000, queueOctetsMax },
    };
    this.esme = new SmppSession({
      ...common,
      role: 'esme',
      systemId: 'callwake',
      connection: this.esmeWire,
      user: this.esmeSide,
    });
    this.centre = new SmppSession({
      ...common,
      role: 'mc',
      systemId: 'smsc',
      connection: this.centreWire,
      user: {
        onBind: (session, asked) => centre(this.centreSide).onBind?.(session, asked) ?? 0,
        bound: (session) => centre(this.centreSide).bound(session),
        request: (session, pdu) => centre(this.centreSide).request(session, pdu),
        roomy: (session) => centre(this.centreSide).roomy(session),
        down: (session, reason, status) => centre(this.centreSide).down(session, reason, status),
      },
    });
  }

  /** Carries what was written, there and back, until nothing is. */
  carry(): void {
    for (let moved = true; moved; ) {
      moved = false;
      for (const [wire, to] of [
        [this.esmeWire, this.centre],
        [this.centreWire, this.esme],
      ] as const) {
        if (wire.held) continue;
        for (const octets of wire.waiting.splice(0)) {
          moved = true;
          to.received(octets);
        }
      }
    }
    if (this.esmeWire.closed && this.centre.state !== 'CLOSED') this.centre.disconnected();
    if (this.centreWire.closed && this.esme.state !== 'CLOSED') this.esme.disconnected();
  }

  advance(ms: number): void {
    for (const end = this.#nowMs + ms; this.#nowMs < end; ) {
      this.#nowMs = Math.min(end, this.#nowMs + 100);
      this.timers.advance(this.#nowMs);
      this.carry();
    }
  }

  bindNow(changes: Partial<BindRequest> = {}): this {
    this.esme.bind({ ...bind, ...changes });
    this.carry();
    return this;
  }

  /** As if the centre, or the ESME, had sent it. */
  say(to: 'esme' | 'centre', pdu: Pdu | Uint8Array): void {
    this[to].received(pdu instanceof Uint8Array ? pdu : encodePdu(pdu));
    this.carry();
  }
}
