/**
 * Keeps one association that we set up: connects, connects again with a growing pause when it is lost, and ends it in
 * order, by `association-fsm.ts`. What is said on it is the business of its user: an ASP, or an IPSP.
 */
import type { Counters } from '../../types/counters.ts';
import type { TimerListener, Timers } from '../../types/timers.ts';
import type {
  SctpAssociation,
  SctpConnectOptions,
  SctpDownReason,
  SctpPort,
  SctpUser,
} from '../sctp/port.ts';
import {
  type AssociationAction,
  type AssociationEvent,
  type AssociationState,
  associationFsm,
} from './association-fsm.ts';
import type { Times } from './configuration.ts';
import type { OnM3uaStateChange } from './snapshot.ts';

export interface AssociationKeeperUser {
  attach(association: SctpAssociation): void;
  detach(): void;
  restarted(): void;
  received(message: Uint8Array, stream: number): void;
  drained(): void;
  /** To end what runs on the association, and to call `close` then. */
  leave(): void;
  /** The association was released, as asked. */
  onReleased(): void;
}

export class AssociationKeeper implements SctpUser, TimerListener {
  readonly #name: string;
  readonly #connect: SctpConnectOptions;
  readonly #timers: Timers;
  readonly #times: Times;
  readonly #counters: Counters;
  readonly #sctp: SctpPort;
  readonly #user: AssociationKeeperUser;
  readonly #onStateChange: OnM3uaStateChange;
  #state: AssociationState = 'IDLE';
  #association: SctpAssociation | undefined;
  #reconnectTimer = 0;
  #reconnectMs: number;

  constructor(options: {
    readonly name: string;
    readonly connect: SctpConnectOptions;
    readonly times: Times;
    readonly timers: Timers;
    readonly counters: Counters;
    readonly sctp: SctpPort;
    readonly user: AssociationKeeperUser;
    readonly onStateChange: OnM3uaStateChange;
  }) {
    this.#name = options.name;
    this.#connect = options.connect;
    this.#timers = options.timers;
    this.#times = options.times;
    this.#counters = options.counters;
    this.#sctp = options.sctp;
    this.#user = options.user;
    this.#onStateChange = options.onStateChange;
    this.#reconnectMs = options.times.reconnectMinMs;
  }

  get state(): AssociationState {
    return this.#state;
  }

  establish(): void {
    this.#step('M-SCTP_ESTABLISH.req');
  }

  /** Ends what runs on the association, and the association; `onReleased` follows. */
  release(): void {
    if (this.#state === 'IDLE') this.#user.onReleased();
    else this.#step('M-SCTP_RELEASE.req');
  }

  /** All is said. The association is closed when it is to be released, and kept otherwise. */
  close(): void {
    if (this.#state === 'CLOSING') this.#association?.close();
  }

  /** Gives the association up; it is set up again. */
  abort(): void {
    this.#association?.abort();
  }

  /** The peer is there and wants us: the next pause is a short one again. */
  forgetFailures(): void {
    this.#reconnectMs = this.#times.reconnectMinMs;
  }

  // From SCTP. An upcall of an association that was given up before is not for us any more.

  up(association: SctpAssociation): void {
    if (association !== this.#association) return;
    this.#counters.count('m3ua.association.up');
    this.#step('SCTP-CU');
  }

  message(association: SctpAssociation, message: Uint8Array, stream: number): void {
    if (association === this.#association) this.#user.received(message, stream);
  }

  drained(association: SctpAssociation): void {
    if (association === this.#association) this.#user.drained();
  }

  restarted(association: SctpAssociation): void {
    if (association !== this.#association) return;
    this.#counters.count('m3ua.association.restarted');
    this.#user.restarted();
  }

  down(association: SctpAssociation, reason: SctpDownReason): void {
    if (association !== this.#association) return;
    this.#counters.count(`m3ua.association.down.${reason}`);
    this.#association = undefined;
    this.#step('SCTP-CDI');
  }

  onTimer(): void {
    this.#reconnectTimer = 0;
    this.#step('T(reconnect) expiry');
  }

  #step(event: AssociationEvent): void {
    const row = associationFsm.find(this.#state, event, () => true);
    if (row === undefined) return;
    const from = this.#state;
    this.#state = row[4];
    if (from !== this.#state)
      this.#onStateChange({ kind: 'association', name: this.#name, from, to: this.#state });
    for (const action of row[3]) this.#perform(action);
  }

  #perform(action: AssociationAction): void {
    switch (action) {
      case 'connect':
        this.#counters.count('m3ua.association.attempt');
        this.#association = this.#sctp.connect(this.#connect, this);
        return;
      case 'abort':
        this.#association?.abort();
        return;
      case 'attach':
        return this.#user.attach(this.#association!);
      case 'detach':
        return this.#user.detach();
      case 'M-ASP_DOWN':
        return this.#user.leave();
      case 'start T(reconnect)':
        this.#reconnectTimer = this.#timers.start(this.#reconnectMs, this, 0, 0);
        this.#reconnectMs = Math.min(this.#reconnectMs * 2, this.#times.reconnectMaxMs);
        return;
      case 'stop T(reconnect)':
        this.#timers.stop(this.#reconnectTimer);
        this.#reconnectTimer = 0;
        return;
      case 'M-SCTP_RELEASE.ind':
        return this.#user.onReleased();
    }
  }
}
