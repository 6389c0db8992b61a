/** Keeps one bind up; what it does in which state says `link-fsm.ts`. */
import type { Counters } from '../../types/counters.ts';
import type { Log } from '../../types/log.ts';
import { type Random, randomFraction } from '../../types/random.ts';
import type { TimerListener, Timers } from '../../types/timers.ts';
import { commandStatusName } from './command-status.ts';
import { type LinkAction, type LinkEvent, type LinkState, linkFsm } from './link-fsm.ts';
import type { Pdu } from './pdu.ts';
import type { SmppConnection, SmppPeer, SmppPort, SmppReceiver } from './port.ts';
import {
  type BindRequest,
  type DownReason,
  type SessionUser,
  type SmppLimits,
  SmppSession,
  type SmppTimers,
} from './session.ts';

export interface LinkConfig {
  /** In logs, metrics and alarms. */
  readonly name: string;
  readonly peer: SmppPeer;
  readonly bind: BindRequest;
  readonly times: SmppTimers;
  readonly limits: SmppLimits;
  /** Pause before the next try; doubles with every further one, and a part of it is left to chance. */
  readonly reconnectMs: number;
  readonly reconnectMaxMs: number;
}

export interface LinkUser {
  up(link: SmppLink, session: SmppSession): void;
  roomy(link: SmppLink): void;
  request(link: SmppLink, session: SmppSession, pdu: Pdu): void;
  down(link: SmppLink): void;
}

export interface LinkPorts {
  readonly port: SmppPort;
  readonly timers: Timers;
  readonly counters: Counters;
  readonly random: Random;
  readonly log: Log;
  readonly user: LinkUser;
}

/** Share of the pause that chance may take off: a thousand links of an outage do not come back at once. */
const JITTER = 0.3;

export class SmppLink implements SessionUser, TimerListener {
  readonly config: LinkConfig;
  readonly #ports: LinkPorts;
  #state: LinkState = 'IDLE';
  #session: SmppSession | undefined;
  #connection: SmppConnection | undefined;
  #giveUp: () => void = () => undefined;
  #timer = 0;
  #pauseMs: number;

  constructor(config: LinkConfig, ports: LinkPorts) {
    this.config = config;
    this.#ports = ports;
    this.#pauseMs = config.reconnectMs;
  }

  get state(): LinkState {
    return this.#state;
  }

  /** The session, while it is bound. */
  get session(): SmppSession | undefined {
    return this.#state === 'BOUND' ? this.#session : undefined;
  }

  open(): void {
    this.#on('open');
  }

  /** Unbinds; `down` is told at once. */
  close(): void {
    this.#on('close');
  }

  bound(): void {
    this.#pauseMs = this.config.reconnectMs;
    this.#on('bound');
  }

  roomy(): void {
    this.#ports.user.roomy(this);
  }

  request(session: SmppSession, pdu: Pdu): void {
    this.#ports.user.request(this, session, pdu);
  }

  down(_session: SmppSession, reason: DownReason, status: number): void {
    const { counters, log } = this.#ports;
    counters.count(`smpp.link-down.${reason}`);
    log.warn('smpp.link-down', { link: this.config.name, reason, status: commandStatusName(status) });
    this.#on('down');
  }

  onTimer(): void {
    this.#timer = 0;
    this.#on('T(reconnect) expiry');
  }

  #on(event: LinkEvent): void {
    const row = linkFsm.find(this.#state, event, () => true);
    if (row === undefined) return;
    const [, , , actions, to] = row;
    this.#state = to;
    for (const action of actions) this.#do(action);
  }

  #do(action: LinkAction): void {
    switch (action) {
      case 'connect':
        return this.#connect();
      case 'give up connecting':
        return this.#giveUp();
      case 'bind':
        return this.#bind();
      case 'unbind':
        return this.#session?.unbind();
      case 'abort':
        return this.#session?.abort();
      case 'UP.ind':
        this.#ports.log.info('smpp.link-up', { link: this.config.name });
        return this.#ports.user.up(this, this.#session!);
      case 'DOWN.ind':
        return this.#ports.user.down(this);
      case 'start T(reconnect)':
        return this.#startPause();
      case 'stop T(reconnect)':
        return this.#ports.timers.stop(this.#timer);
    }
  }

  #connect(): void {
    const { port, counters, log } = this.#ports;
    this.#giveUp = port.connect(this.config.peer, {
      up: (connection): SmppReceiver => {
        this.#connection = connection;
        this.#on('connected');
        return this.#session!;
      },
      failed: (code) => {
        counters.count(`smpp.not-connected.${code}`);
        log.warn('smpp.not-connected', { link: this.config.name, code });
        this.#on('not connected');
      },
    });
  }

  #bind(): void {
    const { timers, counters } = this.#ports;
    const { bind, times, limits } = this.config;
    this.#session = new SmppSession({
      role: 'esme',
      systemId: bind.systemId,
      connection: this.#connection!,
      timers,
      counters,
      times,
      limits,
      user: this,
    });
    this.#session.bind(bind);
  }

  #startPause(): void {
    const { timers, random } = this.#ports;
    const { reconnectMaxMs } = this.config;
    const waitMs = Math.ceil(this.#pauseMs * (1 - JITTER * randomFraction(random)));
    this.#pauseMs = Math.min(reconnectMaxMs, this.#pauseMs * 2);
    this.#timer = timers.start(waitMs, this, 0, 0);
  }
}
