/**
 * An application server as the SGP keeps it (RFC 4666 §4.3.2): its state, the ASPs that serve it, how traffic is spread
 * over them, and what waits while none of them is active.
 */
import type { Counters } from '../../types/counters.ts';
import type { TimerListener, Timers } from '../../types/timers.ts';
import { type AsAction, type AsEvent, type AsGuard, type AsState, asFsm } from './as-fsm.ts';
import type { AspState } from './asp-state-fsm.ts';
import { QUEUE_OCTETS_MAX_DEFAULT, type ServedApplicationServerConfig } from './configuration.ts';
import { AS_STATE_CHANGE, STATUS_OTHER, STATUS_TYPE, type TrafficMode } from './parameters.ts';
import type { Peer } from './peer.ts';
import { SendQueue } from './send-queue.ts';
import type { ApplicationServerSnapshot } from './snapshot.ts';

/** An ASP as its AS sees it. */
export interface ServingAsp {
  readonly peer: Peer;
  readonly aspIdentifier: number | undefined;
  /** False: it hears no Notify, since it is not the one that said ASP Up (RFC 4666 §4.3.4.5). Absent: it does. */
  readonly isNotified?: boolean;
  aspState(applicationServer: ApplicationServer): AspState;
  /** Another ASP took the traffic over (override). */
  overridden(applicationServer: ApplicationServer, by: ServingAsp): void;
}

export interface ApplicationServerUser {
  onAsState(applicationServer: ApplicationServer, from: AsState, to: AsState): void;
}

export class ApplicationServer implements TimerListener {
  readonly config: ServedApplicationServerConfig;
  readonly #timers: Timers;
  readonly #counters: Counters;
  readonly #recoveryMs: number;
  readonly #user: ApplicationServerUser;
  readonly #pending: SendQueue;
  /** Those that are not ASP-DOWN, and those of them that are ASP-ACTIVE, in the order they became so. */
  readonly #asps = new Set<ServingAsp>();
  #active: ServingAsp[] = [];
  #state: AsState = 'AS-DOWN';
  #trafficMode: TrafficMode | undefined;
  #recoveryTimer = 0;
  #turn = 0;

  constructor(options: {
    readonly config: ServedApplicationServerConfig;
    readonly timers: Timers;
    readonly counters: Counters;
    readonly recoveryMs: number;
    readonly user: ApplicationServerUser;
  }) {
    this.config = options.config;
    this.#timers = options.timers;
    this.#counters = options.counters;
    this.#recoveryMs = options.recoveryMs;
    this.#user = options.user;
    this.#trafficMode = options.config.trafficMode;
    this.#pending = new SendQueue(options.config.pendingOctetsMax ?? QUEUE_OCTETS_MAX_DEFAULT);
  }

  get state(): AsState {
    return this.#state;
  }

  get trafficMode(): TrafficMode {
    return this.#trafficMode ?? 'loadshare';
  }

  /** Whether an ASP may ask for this mode: the configured one, or that of the ASPs that are there (RFC 4666 §4.3.4.3). */
  accepts(mode: TrafficMode): boolean {
    return this.#trafficMode === undefined || this.#trafficMode === mode;
  }

  /** The first ASP sets the mode of an AS that has none configured. */
  adopt(mode: TrafficMode | undefined): void {
    this.#trafficMode ??= mode;
  }

  snapshot(): ApplicationServerSnapshot {
    const { name, routingContext } = this.config;
    return {
      name,
      ...(routingContext === undefined ? {} : { routingContext }),
      state: this.#state,
      aspsActive: this.#active.length,
      pendingOctets: this.#pending.octets,
    };
  }

  /** An ASP changed its state for this AS, and was answered. */
  aspChanged(asp: ServingAsp, from: AspState, to: AspState): void {
    if (from === to) return;
    if (to === 'ASP-DOWN') this.#asps.delete(asp);
    else this.#asps.add(asp);
    if (to === 'ASP-ACTIVE') this.#active = [...this.#active, asp];
    else if (from === 'ASP-ACTIVE') this.#active = this.#active.filter((one) => one !== asp);
    if (from === 'ASP-DOWN') this.#step('ASP came up', asp);
    if (to === 'ASP-ACTIVE') this.#step('ASP became active', asp);
    if (from === 'ASP-ACTIVE') this.#step('ASP left active', asp);
    if (to === 'ASP-DOWN') this.#step('ASP went down', asp);
    if (this.#state === 'AS-DOWN') this.#trafficMode = this.config.trafficMode;
  }

  /** Sends a whole DATA message to the AS by its mode, or keeps it while AS-PENDING. False: not sent. */
  send(octets: Uint8Array, sls: number): boolean {
    if (this.#state === 'AS-PENDING') {
      // Streams are given when it is sent; the SLS waits with it.
      if (this.#pending.push(octets, 1 + sls)) return true;
      this.#counters.count('m3ua.as-pending.full');
      return false;
    }
    if (this.#state !== 'AS-ACTIVE') {
      this.#counters.count('m3ua.transfer.as-not-active');
      return false;
    }
    return this.#distribute(octets, sls);
  }

  /** How congested the way to the AS is: that of the ASP that takes the next message, at best. */
  get congestionLevel(): number {
    let level = Infinity;
    for (const { peer } of this.#active) level = Math.min(level, peer.congestionLevel);
    return level === Infinity ? 0 : level;
  }

  /** The AS is no more: what waited for it is lost. */
  dispose(): void {
    this.#timers.stop(this.#recoveryTimer);
    this.#recoveryTimer = 0;
    const waited = this.#pending.clear();
    if (waited > 0) this.#counters.count('m3ua.as-pending.discarded', waited);
  }

  /** Sends Notify with a status to one ASP of the AS. */
  notify(asp: ServingAsp, type: number, information: number, about?: ServingAsp): void {
    if (asp.isNotified === false) return;
    const { routingContext } = this.config;
    asp.peer.send('NTFY', {
      status: { type, information },
      ...(about?.aspIdentifier === undefined ? {} : { aspIdentifier: about.aspIdentifier }),
      ...(routingContext === undefined ? {} : { routingContext: [routingContext] }),
    });
  }

  /** Tells the other ASPs that one of them failed (RFC 4666 §4.3.4.5). */
  notifyFailure(failed: ServingAsp): void {
    for (const asp of this.#asps)
      if (asp !== failed) this.notify(asp, STATUS_TYPE.other, STATUS_OTHER['ASP Failure'], failed);
  }

  onTimer(): void {
    this.#recoveryTimer = 0;
    this.#step('T(r) expiry', undefined);
  }

  #distribute(octets: Uint8Array, sls: number): boolean {
    const active = this.#active;
    switch (this.trafficMode) {
      case 'override':
        return active[active.length - 1]!.peer.sendData(octets, sls);
      case 'loadshare': {
        const turn = this.config.loadshareBy === 'round-robin' ? this.#turn++ : sls;
        return active[turn % active.length]!.peer.sendData(octets, sls);
      }
      case 'broadcast': {
        let sent = false;
        for (const asp of active) sent = asp.peer.sendData(octets, sls) || sent;
        return sent;
      }
    }
  }

  #step(event: AsEvent, asp: ServingAsp | undefined): void {
    const row = asFsm.find(this.#state, event, (guard) => this.#holds(guard));
    if (row === undefined) return;
    const from = this.#state;
    this.#state = row[4];
    for (const action of row[3]) this.#perform(action, asp);
    if (from !== this.#state) this.#user.onAsState(this, from, this.#state);
  }

  #holds(guard: AsGuard): boolean {
    switch (guard) {
      case 'no ASP active':
        return this.#active.length === 0;
      case 'too few ASPs active':
        return this.#active.length < (this.config.aspsActiveMin ?? 1);
      case 'enough ASPs active':
        return this.#active.length >= (this.config.aspsActiveMin ?? 1);
      case 'all ASPs down':
        return this.#asps.size === 0;
      case 'override':
        return this.trafficMode === 'override';
    }
  }

  #perform(action: AsAction, asp: ServingAsp | undefined): void {
    switch (action) {
      case 'notify AS-INACTIVE':
        return this.#notifyAll(AS_STATE_CHANGE['AS-INACTIVE']);
      case 'notify AS-ACTIVE':
        return this.#notifyAll(AS_STATE_CHANGE['AS-ACTIVE']);
      case 'notify AS-PENDING':
        return this.#notifyAll(AS_STATE_CHANGE['AS-PENDING']);
      case 'notify the ASP of the state':
        if (asp !== undefined && this.#state !== 'AS-DOWN')
          this.notify(asp, STATUS_TYPE.asStateChange, AS_STATE_CHANGE[this.#state]);
        return;
      case 'notify Insufficient ASP Resources':
        for (const other of this.#asps)
          if (other.aspState(this) === 'ASP-INACTIVE' && other !== asp)
            this.notify(other, STATUS_TYPE.other, STATUS_OTHER['Insufficient ASP Resources']);
        return;
      case 'override the others':
        for (const other of [...this.#active])
          if (asp !== undefined && other !== asp) other.overridden(this, asp);
        return;
      case 'start T(r)':
        this.#timers.stop(this.#recoveryTimer);
        this.#recoveryTimer = this.#timers.start(this.#recoveryMs, this, 0, 0);
        return;
      case 'stop T(r)':
        this.#timers.stop(this.#recoveryTimer);
        this.#recoveryTimer = 0;
        return;
      case 'deliver queue':
        this.#pending.drain((octets, stream) => {
          if (!this.#distribute(octets, stream - 1)) this.#counters.count('m3ua.as-pending.lost');
          return true;
        });
        return;
      case 'discard queue':
        this.#counters.count('m3ua.as-pending.discarded', this.#pending.clear());
        return;
    }
  }

  #notifyAll(information: number): void {
    for (const asp of this.#asps) this.notify(asp, STATUS_TYPE.asStateChange, information);
  }
}
